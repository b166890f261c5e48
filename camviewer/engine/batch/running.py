"""Carries out a run: decoding ahead, explaining in threads, writing behind."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import polars as pl
import torch

from camviewer.engine.batch.beginning import begin_or_go_on, require_sensible
from camviewer.engine.batch.claims import Claims
from camviewer.engine.batch.configuration import (
    RunSettings,
    configuration,
)
from camviewer.engine.batch.durable_files import clear_unfinished
from camviewer.engine.batch.explaining import Explainers, load_for_run
from camviewer.engine.batch.pixel_budget import PixelBudget
from camviewer.engine.batch.reading import ReadPicture, read_picture
from camviewer.engine.batch.rows import Row
from camviewer.engine.batch.run_folder import RunFolder, Shard
from camviewer.engine.batch.run_log import RunLog
from camviewer.engine.batch.sources import PictureEntry
from camviewer.engine.batch.truth import class_indices, truth_mark

_AHEAD = 3
"""Pictures under way for each thread: one that is explained, and those that are read ahead."""

_RATE_PICTURES = 200
"""Maximum number of the latest pictures that the rate is told by."""


@dataclass(frozen=True)
class RunProgress:
    """How far a process is with its part of a run.

    Attributes:
        total: pictures of this part.
        done: those whose rows are made.
        failed: those of this process that could not be explained.
        rate: pictures a second lately; None while that is not known.
        seconds_left: what the rest will take; None while that is not known.
    """

    total: int
    done: int
    failed: int
    rate: float | None
    seconds_left: float | None


@dataclass(frozen=True)
class RunOutcome:
    """What a process has done of a run.

    Attributes:
        folder: the run.
        total: pictures of this process's part.
        made: pictures whose rows it has written.
        failed: those of them that could not be explained.
        elsewhere: shards that other processes are at work on.
        stopped: whether it was told to stop.
    """

    folder: RunFolder
    total: int
    made: int
    failed: int
    elsewhere: int
    stopped: bool


def batch(
    sources: Sequence[str | Path],
    run: Path,
    settings: RunSettings,
    *,
    jobs: int | None = None,
    shard: tuple[int, int] = (1, 1),
    retry_failed: bool = False,
    on_progress: Callable[[RunProgress], None] | None = None,
    stop: threading.Event | None = None,
) -> RunOutcome:
    """Begins a run, or goes on with it.

    Args:
        sources: see ``list_pictures``.
        run: the folder of the run.
        settings: what is computed.
        jobs: threads; as many as there are processors for this process when None.
        shard: (I, N): only every N-th shard, beginning with the I-th.
        retry_failed: make those shards again that have pictures which could not be explained.
        on_progress: told after each picture.
        stop: when it is set, the run ends after the pictures at work.

    Raises:
        CamviewerError: it cannot be carried out, or the folder has a run with another
            configuration; what was written stays.
    """
    require_sensible(settings, jobs, shard)
    mark = truth_mark(settings.truth)
    loaded = load_for_run(settings)
    settings = loaded.settings
    asked = configuration(settings, loaded.session.info, loaded.request, loaded.offset, mark)
    folder, settled, roots = begin_or_go_on(sources, run, settings, asked, loaded)
    shards = folder.shards()[shard[0] - 1 :: shard[1]]
    labels = loaded.session.info.labels
    names = folder.pictures()["truth"].unique().to_list()
    explainers = Explainers(
        loaded, settled, class_indices(names, labels), jobs or available_processors()
    )
    before = torch.get_num_threads()
    try:
        with Claims(folder.claims_folder) as claims:
            work = _Work(
                folder,
                roots,
                explainers,
                claims,
                shards=shards,
                on_progress=on_progress,
                stop=stop or threading.Event(),
            )
            return work.carry_out(retry_failed=retry_failed)
    finally:
        torch.set_num_threads(before)
        explainers.close()


def available_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shards_with_failures(folder: RunFolder) -> frozenset[str]:
    """The shards that have a picture which could not be explained."""
    found = set()
    for file in sorted(folder.shards_folder.glob("*.parquet")):
        errors = pl.scan_parquet(file).select(pl.col("error").is_not_null().any()).collect()
        if errors.item():
            found.add(file.stem)
    return frozenset(found)


@dataclass
class _ShardAtWork:
    """A shard whose pictures are under way."""

    shard: Shard
    rows: list[Row] = field(default_factory=list)
    left: int = 0
    failed: int = 0
    began: float = field(default_factory=monotonic)


_Pending = tuple[_ShardAtWork, Future[list[Row]]]


class _Work:
    """The part of a run that this process does."""

    def __init__(
        self,
        folder: RunFolder,
        roots: tuple[Path, ...],
        explainers: Explainers,
        claims: Claims,
        *,
        shards: Sequence[Shard],
        on_progress: Callable[[RunProgress], None] | None,
        stop: threading.Event,
    ) -> None:
        self._folder = folder
        self._roots = roots
        self._explainers = explainers
        self._claims = claims
        self._shards = shards
        self._on_progress = on_progress
        self._stop = stop
        self._log = RunLog(folder.log_folder)
        self._total = sum(len(shard.entries) for shard in shards)
        self._done = self._made = self._failed = self._elsewhere = 0
        self._times: deque[float] = deque(maxlen=_RATE_PICTURES)
        self._written: deque[Future[None]] = deque()
        self._budget = PixelBudget()

    def carry_out(self, *, retry_failed: bool) -> RunOutcome:
        """Does what is not done."""
        again = shards_with_failures(self._folder) if retry_failed else frozenset()
        todo = [s for s in self._shards if s.name in again or not self._folder.is_done(s.name)]
        self._done = self._total - sum(len(shard.entries) for shard in todo)
        self._tell()
        if todo:
            self._log.begin(
                configuration=self._folder.record["configuration_sha256"],
                torch=torch.__version__,
                threads=self._explainers.threads,
                threads_of_a_pass=self._explainers.threads_of_a_pass,
                pictures=self._total - self._done,
            )
            self._run(todo, again)
            self._log.add("end", pictures=self._made, stopped=self._stop.is_set())
        return RunOutcome(
            folder=self._folder,
            total=self._total,
            made=self._made,
            failed=self._failed,
            elsewhere=self._elsewhere,
            stopped=self._stop.is_set(),
        )

    def _run(self, todo: Sequence[Shard], again: frozenset[str]) -> None:
        threads = self._explainers.threads
        readers_count = max(threads, self._explainers.threads_of_a_pass)
        with ExitStack() as stack:
            readers = stack.enter_context(ThreadPoolExecutor(readers_count, "read"))
            explaining = stack.enter_context(ThreadPoolExecutor(threads, "explain"))
            writer = stack.enter_context(ThreadPoolExecutor(1, "write"))
            # Ends at once what has not begun; what has begun ends by itself.
            for pool in (readers, explaining):
                stack.callback(pool.shutdown, wait=True, cancel_futures=True)
            self._prepare(explaining, threads)
            pending: deque[_Pending] = deque()
            for at_work in self._claimed(todo, again):
                for entry, truth in zip(at_work.shard.entries, at_work.shard.truths, strict=True):
                    full = len(pending) >= _AHEAD * readers_count
                    while pending and (full or not self._budget.has_room()):
                        self._collect(pending.popleft(), writer)
                        full = False
                    if self._stop.is_set():
                        break
                    path = self._roots[entry.root] / os.fsdecode(entry.location)
                    self._budget.begin()
                    read = readers.submit(self._read, path)
                    rows = explaining.submit(self._rows, entry, truth, read)
                    pending.append((at_work, rows))
            while pending and not self._stop.is_set():
                self._collect(pending.popleft(), writer)
            while self._written:
                self._written.popleft().result()

    def _read(self, path: Path) -> ReadPicture:
        found = read_picture(path)
        self._budget.read(found.size_bytes)
        return found

    def _rows(self, entry: PictureEntry, truth: str | None, read: Future[ReadPicture]) -> list[Row]:
        found = read.result()
        rows = self._explainers.rows(entry, truth, found)
        self._budget.release(found.size_bytes)
        return rows

    def _prepare(self, explaining: ThreadPoolExecutor, threads: int) -> None:
        """Has each thread make its session; each waits for the others, so that all take part."""
        together = threading.Barrier(threads)

        def prepare() -> None:
            together.wait()
            self._explainers.prepare_thread()

        for prepared in [explaining.submit(prepare) for _ in range(threads)]:
            prepared.result()

    def _claimed(self, todo: Sequence[Shard], again: frozenset[str]) -> Iterator[_ShardAtWork]:
        """The shards that this process may do, each when its turn comes."""
        for shard in todo:
            if self._stop.is_set():
                return
            if not self._claims.take(shard.name):
                self._elsewhere += 1
                continue
            if shard.name not in again and self._folder.is_done(shard.name):
                self._claims.give_back(shard.name)  # another process was faster
                self._done += len(shard.entries)
                continue
            clear_unfinished(self._folder.shards_folder, f"{shard.name}.parquet")
            yield _ShardAtWork(shard, left=len(shard.entries))

    def _collect(self, pending: _Pending, writer: ThreadPoolExecutor) -> None:
        """Takes the oldest picture's rows; with a shard's last, the shard is written."""
        at_work, future = pending
        rows = future.result()
        at_work.rows += rows
        at_work.left -= 1
        failed = any(row.get("error") for row in rows)
        at_work.failed += failed
        self._failed += failed
        self._done += 1
        self._times.append(monotonic())
        if not at_work.left:
            self._written.append(writer.submit(self._write, at_work))
        while self._written and self._written[0].done():
            self._written.popleft().result()
        self._tell()

    def _write(self, at_work: _ShardAtWork) -> None:
        name = at_work.shard.name
        self._folder.write_rows(name, at_work.rows)
        self._claims.give_back(name)
        self._made += len(at_work.shard.entries)
        self._log.add(
            "shard",
            shard=name,
            pictures=len(at_work.shard.entries),
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
