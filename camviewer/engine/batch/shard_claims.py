"""Exclusive claims on shards: processes share a run, and never wait for one that is dead.

A claim is a file that only one process can make. Its holder renews the file's time; a claim that
was not renewed for a while has lost its holder. On one machine a lock, which the system gives back
when a process ends in any way, tells that at once.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from camviewer.engine.batch.addresses import is_remote, modified, names_in, write_remote
from camviewer.engine.batch.durable_files import RUN_GOES_ON, write_refusal

_LIMIT = 120.0
"""Seconds after which a claim that was not renewed is free."""

_RENEWED_EVERY = 15.0
"""Seconds between two renewals."""


class Claims:
    """The claims of one process on the shards of a run.

    Args:
        folder: where the claims of all processes are.
        limit: seconds after which a claim that was not renewed is free.
    """

    def __init__(self, folder: Path, limit: float = _LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._host = platform.node()
        self._token = secrets.token_hex(8)
        self._remote = is_remote(folder)
        # At an address there are no locks.
        self._alive = None if self._remote else FileLock(folder / f"{self._token}.alive")
        self._held: set[Path] = set()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._renewing = threading.Thread(target=self._renew, daemon=True)

    def __enter__(self) -> Self:
        try:
            if self._alive is None:
                self._host = ""  # the time tells alone
            else:
                self._alive.acquire()
        except (OSError, NotImplementedError):  # a file system without locks: the time tells alone
            self._host = ""
        self._renewing.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._renewing.join()
        for path in tuple(self._held):
            self.give_back(path.stem)
        if self._alive is None:
            return
        self._alive.release()
        with suppress(OSError):
            Path(self._alive.lock_file).unlink(missing_ok=True)

    def take(self, shard: str) -> bool:
        """Claims a shard; False while another process holds it.

        Raises:
            CamviewerError: the folder cannot be written.
        """
        path = self._path(shard)
        for _ in range(2):
            if self._make(path):
                return True
            if not self._is_free(path) or not self._put_away(path):
                return False
        return False

    def is_held(self, shard: str) -> bool:
        """Whether some process has claimed a shard and seems to live."""
        return not self._is_free(self._path(shard))

    def give_back(self, shard: str) -> None:
        """Ends a claim of this process."""
        path = self._path(shard)
        with self._lock:
            self._held.discard(path)
        if self._holder(path).get("token") == self._token:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _path(self, shard: str) -> Path:
        return self._folder / f"{shard}.claim"

    def _make(self, path: Path) -> bool:
        words = json.dumps({"host": self._host, "pid": os.getpid(), "token": self._token})
        if self._remote:
            if not write_remote(path, words.encode("ascii"), only_new=True):
                return False
            with self._lock:
                self._held.add(path)
            return True
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(words)
        except FileExistsError:
            return False
        except OSError as error:
            with suppress(OSError):  # a full disk may have taken the name and not the words
                path.unlink(missing_ok=True)
            raise write_refusal(path, error, RUN_GOES_ON) from error
        with self._lock:
            self._held.add(path)
        return True

    def _is_free(self, path: Path) -> bool:
        """Whether a claim's holder is gone."""
        try:
            age = time.time() - modified(path)
        except OSError:
            return True
        holder = self._holder(path)
        if not holder:  # being written, or cut short by a full disk
            return age > _RENEWED_EVERY
        return age > self._limit or self._is_dead(holder)

    def _is_dead(self, holder: dict[str, str]) -> bool:
        """Whether a holder on this machine has ended; of others only the time tells."""
        if not self._host or holder["host"] != self._host or holder["token"] == self._token:
            return False
        alive = self._folder / f"{holder['token']}.alive"
        if not alive.exists():
            return True
        try:
            with FileLock(alive, timeout=0):
                pass
        except Timeout:
            return False
        except (OSError, NotImplementedError):  # a file system without locks: the time tells
            return False
        with suppress(OSError):
            alive.unlink(missing_ok=True)
        return True

    def _put_away(self, path: Path) -> bool:
        """Removes a free claim; when several processes try, one of them succeeds.

        What was moved is looked at again, because another process may have made a new claim.
        """
        if self._remote:  # two that do this at once make the same file twice, and harm nothing
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return True
        aside = path.with_suffix(f".{secrets.token_hex(4)}.free")
        try:
            path.rename(aside)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        free = self._is_free(aside)
        with suppress(OSError):
            if free:
                aside.unlink()
            else:
                aside.rename(path)
        return free

    def _holder(self, path: Path) -> dict[str, str]:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return {"host": str(found["host"]), "token": str(found["token"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _renew(self) -> None:
        while not self._ended.wait(min(_RENEWED_EVERY, self._limit / 4)):
            with self._lock:
                held = tuple(self._held)
            for path in held:
                with suppress(OSError):
                    if self._remote:
                        path.write_bytes(path.read_bytes())
                    else:
                        os.utime(path)


def claimed_shards(folder: Path) -> frozenset[str]:
    """The shards that some process seems to hold; for telling, not for deciding."""
    claims = Claims(folder)
    names = (Path(name) for name in names_in(folder))
    return frozenset(
        name.stem for name in names if name.suffix == ".claim" and claims.is_held(name.stem)
    )
