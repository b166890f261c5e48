"""Carries out shards of a run: decoding ahead, explaining in threads, writing behind."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import torch

from camviewer.engine.batch.configuration import RunConfiguration
from camviewer.engine.batch.durable_files import clear_unfinished
from camviewer.engine.batch.explaining import Explainers
from camviewer.engine.batch.loaded_run import LoadedRun
from camviewer.engine.batch.objects.finding import open_objects
from camviewer.engine.batch.picture_reading import ReadPicture, read_picture
from camviewer.engine.batch.pixel_budget import PixelBudget
from camviewer.engine.batch.rows import Row
from camviewer.engine.batch.run_folder import RunFolder, Shard
from camviewer.engine.batch.run_log import RunLog
from camviewer.engine.batch.shard_claims import Claims
from camviewer.engine.batch.shard_rows import ShardAtWork
from camviewer.engine.batch.sources import PictureEntry
from camviewer.engine.batch.truth import class_indices
from camviewer.engine.results.run_events import PictureFailed, RunProgress
from camviewer.engine.support.control import Control

_AHEAD = 3
"""Pictures, or groups of them, under way for each thread: one that is explained, and those that are
read ahead."""

_RATE_PICTURES = 200
"""Maximum number of the latest pictures that the rate is told by."""


@dataclass(frozen=True, eq=False)
class OpenedRun:
    """A run with the model that it is carried out with.

    Attributes:
        folder: the run.
        configuration: what decides its rows.
        roots: where this process finds the pictures.
        loaded: the model.
    """

    folder: RunFolder
    configuration: RunConfiguration
    roots: tuple[Path, ...]
    loaded: LoadedRun


@dataclass(frozen=True)
class WorkDone:
    """What a worker has done of its shards.

    Attributes:
        made: pictures whose rows it has written.
        failed: those of them that could not be explained.
        elsewhere: shards that other processes are at work on.
    """

    made: int
    failed: int
    elsewhere: int


class Worker:
    """Holds the model in memory, and carries out shards.

    Args:
        opened: the run.
        jobs: processors to use.
    """

    def __init__(self, opened: OpenedRun, jobs: int) -> None:
        self._opened = opened
        self._claims = Claims(opened.folder.claims_folder)
        pictures = opened.folder.pictures()
        names = pictures["truth"].unique().to_list()
        by_name = class_indices(names, opened.loaded.session.info.labels)
        self._explainers = Explainers(
            opened.loaded,
            opened.configuration,
            by_name,
            open_objects(
                opened.loaded.settings.objects,
                opened.configuration.objects,
                opened.roots,
                pictures["path"],
            ),
            jobs=jobs,
            pictures=opened.folder.picture_count,
        )
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.callback(torch.set_num_threads, torch.get_num_threads())
            stack.callback(self._explainers.close)
            stack.enter_context(self._claims)
            self._explainers.prepare_engine()
            threads = self._explainers.threads
            self._pools = _Pools(
                readers=ThreadPoolExecutor(
                    max(threads, self._explainers.threads_of_a_pass), "read"
                ),
                explaining=ThreadPoolExecutor(threads, "explain"),
                writer=stack.enter_context(ThreadPoolExecutor(1, "write")),
            )
            # Ends at once what has not begun; what has begun ends by itself.
            for pool in (self._pools.readers, self._pools.explaining):
                stack.callback(pool.shutdown, wait=True, cancel_futures=True)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def carry_out(
        self,
        shards: Sequence[Shard],
        *,
        again: frozenset[str] = frozenset(),
        on_progress: Callable[[RunProgress], None] | None = None,
        on_failure: Callable[[PictureFailed], None] | None = None,
        control: Control | None = None,
    ) -> WorkDone:
        """Does what is not done of these shards; it may be called several times.

        Args:
            shards: of the run.
            again: names of shards that are made again though they are there.
            on_progress: told after each picture.
            on_failure: told of each picture that could not be explained.
            control: pauses the work, or ends it, after the pictures at work.
        """
        work = _Work(
            self._opened,
            self._explainers,
            self._claims,
            self._pools,
            shards=shards,
            on_progress=on_progress,
            on_failure=on_failure,
            control=control or Control(),
        )
        return work.carry_out(again)


@dataclass(frozen=True)
class _Pools:
    """The threads of a worker: each of those that explain has its session."""

    readers: ThreadPoolExecutor
    explaining: ThreadPoolExecutor
    writer: ThreadPoolExecutor


_Entry = tuple[PictureEntry, str | None]
"""A picture with its true class as the source names it."""

_Submitted = tuple[PictureEntry, str | None, Future[ReadPicture]]
"""The same while it is being read."""

_Pending = tuple[ShardAtWork, Future[list[list[Row]]]]


class _Work:
    """One call of a worker."""

    def __init__(
        self,
        opened: OpenedRun,
        explainers: Explainers,
        claims: Claims,
        pools: _Pools,
        *,
        shards: Sequence[Shard],
        on_progress: Callable[[RunProgress], None] | None,
        on_failure: Callable[[PictureFailed], None] | None,
        control: Control,
    ) -> None:
        self._folder = opened.folder
        self._roots = opened.roots
        self._kept_range = opened.configuration.kept_range
        self._explainers = explainers
        self._claims = claims
        self._pools = pools
        self._shards = shards
        self._on_progress = on_progress
        self._on_failure = on_failure
        self._control = control
        self._log = RunLog(opened.folder.log_folder)
        self._total = sum(map(len, shards))
        self._done = self._made = self._failed = self._elsewhere = self._left = 0
        self._times: deque[float] = deque(maxlen=_RATE_PICTURES)
        self._written: deque[Future[None]] = deque()
        self._budget = PixelBudget()

    def carry_out(self, again: frozenset[str]) -> WorkDone:
        """Does what is not done."""
        there = self._folder.done_shards() - again
        todo = [shard for shard in self._shards if shard.name not in there]
        self._done = self._total - sum(map(len, todo))
        self._tell()
        if todo:
            self._log.begin(
                configuration=self._folder.record["configuration_sha256"],
                torch=torch.__version__,
                engine=self._explainers.engine,
                threads=self._explainers.threads,
                threads_of_a_pass=self._explainers.threads_of_a_pass,
                pictures=self._total - self._done,
            )
            self._run(todo, again)
            self._log.add("end", pictures=self._made, stopped=self._control.is_cancelled)
        return WorkDone(self._made, self._failed, self._elsewhere)

    def _run(self, todo: Sequence[Shard], again: frozenset[str]) -> None:
        pending = deque[_Pending]()
        most = _AHEAD * max(self._explainers.threads, self._explainers.threads_of_a_pass)
        self._prepare(self._explainers.threads)
        self._left = sum(map(len, todo))
        for at_work in self._claimed(todo, again):
            for group in self._groups(at_work.shard):
                full = len(pending) >= most
                while pending and (full or not self._budget.has_room()):
                    self._collect(pending.popleft())
                    full = False
                self._pause(pending)
                if self._control.is_cancelled:
                    break
                pending.append((at_work, self._submit(group)))
        while pending and not self._control.is_cancelled:
            self._collect(pending.popleft())
        for _, rows in pending:
            rows.cancel()
        while self._written:
            self._written.popleft().result()

    def _groups(self, shard: Shard) -> Iterator[list[_Entry]]:
        """A shard's pictures, those together that are best explained together.

        Towards the end there are fewer in a group, so that all threads have work until then; and
        one alone while pictures are so large that few fit into memory.
        """
        entries = iter(shard.entries())
        while group := list(islice(entries, self._together())):
            self._left -= len(group)
            yield group

    def _together(self) -> int:
        # How large pictures are is known once there is one.
        if not (self._times and self._budget.has_room(self._explainers.together)):
            return 1
        share = self._left // (2 * self._explainers.threads)
        return min(self._explainers.together, max(share, 1))

    def _submit(self, group: Sequence[_Entry]) -> Future[list[list[Row]]]:
        """Has a group read and explained."""
        submitted: list[_Submitted] = []
        for entry, truth in group:
            path = self._roots[entry.root] / os.fsdecode(entry.location)
            self._budget.begin()
            submitted.append(
                (entry, truth, self._pools.readers.submit(self._read, path, entry.page))
            )
        return self._pools.explaining.submit(self._rows, submitted)

    def _pause(self, pending: deque[_Pending]) -> None:
        """Waits while the run is paused; the pictures at work are done before."""
        if not self._control.is_paused:
            return
        while pending:
            self._collect(pending.popleft())
        self._control.wait_while_paused()
        self._times.clear()

    def _read(self, path: Path, page: int) -> ReadPicture:
        found = read_picture(path, self._kept_range, page)
        self._budget.read(found.size_bytes)
        return found

    def _rows(self, submitted: Sequence[_Submitted]) -> list[list[Row]]:
        rows = self._explainers.rows(
            (entry, truth, read.result()) for entry, truth, read in submitted
        )
        for _, _, read in submitted:
            self._budget.release(read.result().size_bytes)
        return rows

    def _prepare(self, threads: int) -> None:
        """Has each thread make its session; each waits for the others, so that all take part."""
        together = threading.Barrier(threads)

        def prepare() -> None:
            together.wait()
            self._explainers.prepare_thread()

        for prepared in [self._pools.explaining.submit(prepare) for _ in range(threads)]:
            prepared.result()

    def _claimed(self, todo: Sequence[Shard], again: frozenset[str]) -> Iterator[ShardAtWork]:
        """The shards that this process may do, each when its turn comes."""
        for shard in todo:
            if self._control.is_cancelled:
                return
            if not self._claims.take(shard.name):
                self._elsewhere += 1
                continue
            if shard.name not in again and self._folder.is_done(shard.name):
                self._claims.give_back(shard.name)  # another process was faster
                self._done += len(shard)
                continue
            clear_unfinished(self._folder.shards_folder, f"{shard.name}.parquet")
            yield ShardAtWork(shard, left=len(shard))

    def _collect(self, pending: _Pending) -> None:
        """Takes the rows of the oldest pictures, until the work is cancelled."""
        at_work, future = pending
        for rows in future.result():
            self._take(at_work, rows)
            if self._control.is_cancelled:
                return

    def _take(self, at_work: ShardAtWork, rows: list[Row]) -> None:
        """Takes a picture's rows; with a shard's last, the shard is written."""
        at_work.add(rows)
        at_work.left -= 1
        failed = any(row.get("error") for row in rows)
        if failed and self._on_failure is not None:
            self._on_failure(PictureFailed(rows[0]["path"], rows[0]["error"]))
        at_work.failed += failed
        self._failed += failed
        self._done += 1
        self._times.append(monotonic())
        if not at_work.left:
            self._written.append(self._pools.writer.submit(self._write, at_work))
        while self._written and self._written[0].done():
            self._written.popleft().result()
        self._tell()

    def _write(self, at_work: ShardAtWork) -> None:
        name = at_work.shard.name
        self._folder.write_table(name, at_work.table())
        self._claims.give_back(name)
        self._made += len(at_work.shard)
        self._log.add(
            "shard",
            shard=name,
            pictures=len(at_work.shard),
            failed=at_work.failed,
            seconds=round(monotonic() - at_work.began, 3),
        )

    def _tell(self) -> None:
        if self._on_progress is None:
            return
        rate = None
        if len(self._times) > 1 and self._times[-1] > self._times[0]:
            rate = (len(self._times) - 1) / (self._times[-1] - self._times[0])
        left = None if rate is None else (self._total - self._done) / rate
        self._on_progress(RunProgress(self._total, self._done, self._failed, rate, left))
