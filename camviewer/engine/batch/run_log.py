"""What a run took, where and with what: kept beside the rows, which do not depend on it."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from camviewer.engine.batch.addresses import is_remote, write_remote
from camviewer.engine.errors import CamviewerError


class RunLog:
    """A file of JSON lines for one process; what cannot be written is left out.

    Args:
        folder: of the logs of all processes.
    """

    def __init__(self, folder: Path) -> None:
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        host = "".join(c if c.isalnum() or c in "-." else "-" for c in platform.node()) or "host"
        self._file = folder / f"{now}-{host}-{os.getpid()}.jsonl"
        self._words = ""

    def add(self, event: str, **facts: Any) -> None:
        """Adds a line with the time."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        words = json.dumps(line | facts) + "\n"
        if is_remote(self._file):
            self._words += words
            with suppress(CamviewerError):
                write_remote(self._file, self._words.encode("ascii"))
            return
        # A log that cannot be written must not end a run whose rows can be.
        with suppress(OSError), self._file.open("a", encoding="ascii") as file:
            file.write(words)

    def begin(self, **facts: Any) -> None:
        """Says where and with what this process runs."""
        self.add(
            "begin",
            host=platform.node(),
            pid=os.getpid(),
            system=platform.platform(terse=True),
            processor=platform.machine(),
            **facts,
        )
