"""What a process of the cluster does: it holds the model and carries out shards by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camviewer.engine.batch.configuration import RunSettings
from camviewer.engine.batch.run_loop import open_work
from camviewer.engine.batch.shard_work import Worker
from camviewer.engine.results.run_events import PictureFailed


@dataclass(frozen=True)
class ShardOutcome:
    """What came of a shard.

    Attributes:
        made: pictures whose rows were written.
        failures: those of them that could not be explained.
        elsewhere: whether another process is at work on it.
    """

    made: int
    failures: tuple[PictureFailed, ...]
    elsewhere: bool


class ShardWorker:
    """Loads the model once and carries out one shard after the other.

    Args:
        sources: of the run.
        run: its folder, which all machines share.
        settings: what is computed.
        jobs: processors to use.
    """

    def __init__(self, sources: Sequence[str], run: str, settings: RunSettings, jobs: int) -> None:
        opened = open_work(sources, run, settings)
        self._shards = {shard.name: shard for shard in opened.folder.shards()}
        self._worker = Worker(opened, jobs).__enter__()

    def carry_out(self, name: str, *, again: bool) -> ShardOutcome:
        """Does a shard.

        Args:
            name: of the shard.
            again: whether it is made again though it is there.
        """
        failures: list[PictureFailed] = []
        done = self._worker.carry_out(
            [self._shards[name]],
            again=frozenset({name}) if again else frozenset(),
            on_failure=failures.append,
        )
        return ShardOutcome(done.made, tuple(failures), done.elsewhere > 0)
