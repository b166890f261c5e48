"""Runs shards on Ray: a thin loop hands them out, and what is written decides what is done."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from camviewer.engine.batch.addresses import is_address
from camviewer.engine.batch.configuration import RunSettings, settings_of, settings_record
from camviewer.engine.batch.run_creation import absolute_sources, require_sensible
from camviewer.engine.batch.run_folder import RunFolder, Shard, shards_with_failures
from camviewer.engine.batch.run_loop import RunOutcome, available_processors, open_work
from camviewer.engine.cluster.shard_worker import ShardOutcome, ShardWorker
from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.run_events import PictureFailed, RunProgress
from camviewer.engine.support.control import Control

LOCAL, AUTO = "local", "auto"
_SCHEME = "ray://"

_TRIES = 3
"""Maximum number of workers that may die over one shard; because a picture may end each of them."""
_STARTS = 3
"""Maximum number of tries to start Ray here; because on a busy machine it may come too late for
itself."""
_STORE_BYTES = 100 * 2**20
"""Memory of Ray's own store, in bytes; because nothing but names and counts goes through it."""
_POLL = 0.5
"""Seconds after which the loop looks whether it is to pause or to end."""
_ELSEWHERE_AGAIN = 15.0
"""Seconds after which a shard that another process held is tried again."""
_ELSEWHERE_PATIENCE = 180.0
"""Seconds after which a shard that is still held is left to its holder; because a claim whose
process died on another machine is free after 120."""


@dataclass(frozen=True)
class Cluster:
    """Where a run is carried out, and with how much.

    Attributes:
        address: ``local`` for this machine, ``auto`` for the cluster that this machine belongs to,
            or ``ray://HOST:PORT``.
        workers: processes that each hold the model; as many as there are processors when None.
        threads: of each worker.
        gpu_share: of a GPU for each worker, such as 0.25; 0 for workers on the processor.
    """

    address: str
    workers: int | None = None
    threads: int = 1
    gpu_share: float = 0.0


def require_cluster(cluster: Cluster) -> None:
    """Refuses at once what could not be carried out.

    Raises:
        CamviewerError: Ray is not installed, or there is no such place.
    """
    if cluster.address not in {LOCAL, AUTO} and not cluster.address.startswith(_SCHEME):
        raise CamviewerError(
            f"{cluster.address} is no cluster.", "Choose local, auto or ray://HOST:PORT."
        )
    if find_spec("ray") is None:
        raise CamviewerError(
            "Ray is not installed, which carries out runs on a cluster.",
            "Install it: pip install 'camviewer[cluster]'.",
        )


def batch_on_cluster(
    cluster: Cluster,
    sources: Sequence[str | Path],
    run: Path | str,
    settings: RunSettings,
    *,
    shard: tuple[int, int] = (1, 1),
    retry_failed: bool = False,
    on_progress: Callable[[RunProgress], None] | None = None,
    on_failure: Callable[[PictureFailed], None] | None = None,
    control: Control | None = None,
) -> RunOutcome:
    """Begins a run or goes on with it, on a cluster.

    The pictures, the model and the folder of the run must be where all machines find them under
    the same paths.

    Args:
        cluster: where.
        sources: see ``list_pictures``.
        run: the folder of the run.
        settings: what is computed.
        shard: (I, N): only every N-th shard, beginning with the I-th.
        retry_failed: make those shards again that have pictures which could not be explained.
        on_progress: told after each shard.
        on_failure: told of each picture that could not be explained.
        control: pauses the run after the shards at work, or ends it at once.

    Raises:
        CamviewerError: it cannot be carried out; what was written stays.
    """
    require_cluster(cluster)
    require_sensible(settings, cluster.threads, shard)
    opened = open_work(sources, run, settings)
    opened.loaded.session.close()
    folder = opened.folder
    shards = folder.shards()[shard[0] - 1 :: shard[1]]
    again = shards_with_failures(folder) if retry_failed else frozenset()
    todo = [each for each in shards if each.name in again or not folder.is_done(each.name)]
    control = control or Control()
    work = work_of(sources, run, opened.loaded.settings)
    loop = _Loop(
        shards=shards,
        todo=todo,
        again=again,
        control=control,
        on_progress=on_progress,
        on_failure=on_failure,
    )
    if todo:
        with _connected(cluster) as ray:
            loop.carry_out(ray, cluster, work)
    return loop.outcome(folder)


def work_of(
    sources: Sequence[Path | str], run: Path | str, settings: RunSettings
) -> tuple[Sequence[str], str, RunSettings]:
    """What a worker is told of a run: its sources, its folder, and its settings.

    Args:
        sources: see ``list_pictures``.
        run: the folder of the run.
        settings: those of the opened run, whose target names its pictures by whole paths.
    """
    return (
        absolute_sources(sources),
        str(run) if is_address(run) else str(Path(run).absolute()),
        settings_of(settings_record(settings)),
    )


class _Loop:
    """Hands shards to workers, and takes what came of them."""

    def __init__(
        self,
        *,
        shards: Sequence[Shard],
        todo: Sequence[Shard],
        again: frozenset[str],
        control: Control,
        on_progress: Callable[[RunProgress], None] | None,
        on_failure: Callable[[PictureFailed], None] | None,
    ) -> None:
        self._sizes = {shard.name: len(shard) for shard in todo}
        self._waiting = deque(self._sizes)
        self._again = again
        self._control = control
        self._on_progress = on_progress
        self._on_failure = on_failure
        self._total = sum(map(len, shards))
        self._done = self._total - sum(self._sizes.values())
        self._made = self._failed = 0
        self._tries: dict[str, int] = {}
        self._held: dict[str, tuple[float, float]] = {}
        self._elsewhere: set[str] = set()
        self._began = monotonic()

    def carry_out(self, ray: Any, cluster: Cluster, work: tuple[Any, ...]) -> None:
        """Does what is not done."""
        self._tell()
        actor = ray.remote(ShardWorker).options(
            num_cpus=cluster.threads, num_gpus=cluster.gpu_share
        )
        count = min(workers_with_room(ray.nodes(), cluster), len(self._sizes))
        idle = [actor.remote(*work, cluster.threads) for _ in range(count)]
        at_work: dict[Any, tuple[Any, str]] = {}
        while not self._control.is_cancelled:
            self._control.wait_while_paused()
            at_work_on = {name for _, name in at_work.values()}
            while idle and (name := self._next(at_work_on)) is not None:
                worker = idle.pop()
                at_work_on.add(name)
                at_work[worker.carry_out.remote(name, again=name in self._again)] = worker, name
            if not at_work and not self._waiting and not self._held:
                break
            if not at_work:  # what is left is held by others
                sleep(_POLL)
                continue
            ready, _ = ray.wait(list(at_work), timeout=_POLL)
            for reference in ready:
                worker, name = at_work.pop(reference)
                try:
                    self._take(name, ray.get(reference))
                except ray.exceptions.RayActorError as error:
                    self._died(name, error)
                    worker = actor.remote(*work, cluster.threads)
                except ray.exceptions.RayTaskError as error:
                    raise _refusal(error) from error
                idle.append(worker)

    def outcome(self, folder: RunFolder) -> RunOutcome:
        """What was done."""
        return RunOutcome(
            folder=folder,
            total=self._total,
            made=self._made,
            failed=self._failed,
            elsewhere=len(self._elsewhere),
            stopped=self._control.is_cancelled,
        )

    def _next(self, at_work_on: Collection[str]) -> str | None:
        """A shard that can be tried now."""
        if self._waiting:
            return self._waiting.popleft()
        for name, (since, tried) in tuple(self._held.items()):
            if name in at_work_on:
                continue
            if monotonic() - since > _ELSEWHERE_PATIENCE:
                del self._held[name]
                self._elsewhere.add(name)
            elif monotonic() - tried > _ELSEWHERE_AGAIN:
                self._held[name] = since, monotonic()
                return name
        return None

    def _take(self, name: str, outcome: ShardOutcome) -> None:
        if outcome.elsewhere:
            since, _ = self._held.get(name, (monotonic(), 0.0))
            self._held[name] = since, monotonic()
            return
        self._held.pop(name, None)
        self._made += outcome.made
        self._failed += len(outcome.failures)
        self._done += self._sizes[name]
        if self._on_failure is not None:
            for failure in outcome.failures:
                self._on_failure(failure)
        self._tell()

    def _died(self, name: str, error: Exception) -> None:
        """A worker has died, and what it had of a shard with it; another one does that again.

        Raises:
            CamviewerError: it is not the first one over this shard.
        """
        self._tries[name] = self._tries.get(name, 0) + 1
        if self._tries[name] >= _TRIES:
            raise CamviewerError(
                f"{_TRIES} workers died over the shard {name}: {first_line(error)}",
                "A picture may need more memory than there is, or a machine may lack the model.",
            ) from error
        self._held.pop(name, None)
        self._waiting.append(name)

    def _tell(self) -> None:
        if self._on_progress is None:
            return
        seconds = monotonic() - self._began
        rate = self._made / seconds if self._made and seconds > 0 else None
        left = None if rate is None else (self._total - self._done) / rate
        self._on_progress(RunProgress(self._total, self._done, self._failed, rate, left))


def workers_with_room(nodes: Sequence[Mapping[str, Any]], cluster: Cluster) -> int:
    """How many workers are started: as many as are asked for, at most those that find a place.

    Args:
        nodes: the machines, as ``ray.nodes()`` lists them.
        cluster: what is asked for.

    Raises:
        CamviewerError: no machine has room for one; Ray would wait for one without a word.
    """
    room = 0
    for node in nodes:
        if node["Alive"]:
            there = node["Resources"]
            fitting = int(there.get("CPU", 0)) // cluster.threads
            if cluster.gpu_share:
                fitting = min(fitting, int(there.get("GPU", 0) / cluster.gpu_share + 1e-9))
            room += fitting
    if not room:
        graphics = f" and {cluster.gpu_share:g} of a GPU" if cluster.gpu_share else ""
        raise CamviewerError(
            f"No machine of the cluster has {cluster.threads} processors{graphics} for a worker.",
            "Choose fewer --jobs or a smaller --gpu-share, or begin a machine that has them.",
        )
    return min(cluster.workers or room, room)


def first_line(error: Exception) -> str:
    """The first line of an error's words, which may be empty."""
    return (str(error).splitlines() or [""])[0]


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Any]:
    """Ray, connected; it tells its makers nothing.

    Raises:
        CamviewerError: there is no cluster at this address.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray  # noqa: PLC0415  (takes a second, and is an extra)

    here = cluster.address == LOCAL
    how: dict[str, Any] = {"address": cluster.address, "log_to_driver": False}
    if here:
        how |= {
            "num_cpus": available_processors(),
            "include_dashboard": False,
            "object_store_memory": _STORE_BYTES,
        }
    for left in range(_STARTS if here else 1, 0, -1):
        try:
            ray.init(**how)
            break
        except Exception as error:  # Ray raises plain exceptions when it is late
            ray.shutdown()
            if left > 1:
                continue
            raise CamviewerError(
                f"There is no cluster at {cluster.address}: {first_line(error)}",
                "Begin one with `ray start --head`, or choose --cluster local.",
            ) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _refusal(error: Any) -> CamviewerError:
    """Why a worker could not go on; its own sentence if it has one."""
    cause = error.cause
    if isinstance(cause, CamviewerError):
        return CamviewerError(cause.message, cause.hint)
    return CamviewerError(
        f"A worker could not go on: {type(cause).__name__}.", "Ray's log has the details."
    )
