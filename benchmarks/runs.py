"""Runs over many photographs beside plain loops: ``python -m benchmarks --only runs``.

CAM of the three most probable classes. All programs take turns with the same photographs;
loading a model is not timed. They share a process in which OpenMP waits in its own way, as it does
for the plain loops by themselves. Runs of several lengths are timed in processes of their own.
"""

from __future__ import annotations

import argparse
import copy
import json
import resource as unix
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import torch
from PIL import Image
from torch import Tensor

from benchmarks.busy import OPENMP_BY_ITSELF
from benchmarks.own_process import said_by
from benchmarks.subjects import Subject, input_tensor, subject, write_pictures
from camviewer.engine.batch import RunSettings, batch
from camviewer.engine.batch.run_loop import available_processors
from camviewer.engine.geometry.geometry import place
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.examples import example_picture
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.run_events import RunProgress
from camviewer.engine.runtime.conversion_process import shared_engine_for
from camviewer.engine.session.session import Session

_SIZE = (500, 375)
_CLASSES = 3
_DISTINCT = 100
"""Photographs that differ; more of them are the same files under other names."""


@dataclass(frozen=True)
class Taken:
    """What the photographs took.

    Attributes:
        seconds: by the clock.
        processor: seconds of all threads, which other programs on the machine change less.
    """

    seconds: float
    processor: float


@dataclass(frozen=True)
class RunTimings:
    """Milliseconds a photograph, the median over rounds, by program.

    Attributes:
        pictures: photographs of each program in a round.
        rounds: how often.
        clock: by the clock.
        processor: of all threads.
        ratios: the median over rounds of each program's time over camviewer's, by the clock.
        beyond: the median share of camviewer's time that is beyond decoding, resizing and the
            engine's own forward, by the clock and by the processor.
    """

    pictures: int
    rounds: int
    clock: dict[str, float]
    processor: dict[str, float]
    ratios: dict[str, float]
    beyond: tuple[float, float]


Entrant = Callable[[Sequence[Path]], Taken]
"""Carries out photographs."""

OURS, BARE = "camviewer batch", "bare eager network, ready tensors"
GRAD_CAM, TORCHCAM = "pytorch-grad-cam loop", "torch-cam loop"
_RESIZE, _FORWARD = "decoding and resizing alone", "the engine's forward alone"
_AIMS = {GRAD_CAM: 7.0, TORCHCAM: 4.0, BARE: 1.5}
_BEYOND_AIM = 0.15
_FLAT_AIM, _MEMORY_AIM = 0.10, 0.05


def time_runs(count: int, rounds: int) -> RunTimings:
    """All programs in turns; each carries out so many photographs in each round."""
    words = ["--turns", str(count), str(rounds)]
    found = said_by("benchmarks.runs", *words, variables=OPENMP_BY_ITSELF)
    return RunTimings(**{**found, "beyond": tuple(found["beyond"])})


def _in_turns(count: int, rounds: int) -> RunTimings:
    network = subject("efficientnet-lite0")
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = photographs(folder / "photographs", count)
        entrants = {
            OURS: time_batch(folder),
            BARE: _bare(network),
            GRAD_CAM: _pytorch_grad_cam(network),
            TORCHCAM: _torchcam(network),
            "decoding alone": _in_threads(_decode),
            _RESIZE: _in_threads(_resize(network)),
            _FORWARD: _forward(network),
        }
        taken: dict[str, list[Taken]] = {title: [] for title in entrants}
        for _ in range(rounds):
            for title, entrant in entrants.items():
                taken[title].append(entrant(paths))
    clock = {title: [each.seconds for each in found] for title, found in taken.items()}
    busy = {title: [each.processor for each in found] for title, found in taken.items()}
    return RunTimings(
        pictures=count,
        rounds=rounds,
        clock={title: 1000 * median(found) / count for title, found in clock.items()},
        processor={title: 1000 * median(found) / count for title, found in busy.items()},
        ratios={title: _ratio(found, clock[OURS]) for title, found in clock.items()},
        beyond=(_beyond(clock), _beyond(busy)),
    )


def _ratio(found: Sequence[float], ours: Sequence[float]) -> float:
    return median(one / other for one, other in zip(found, ours, strict=True))


def _beyond(taken: dict[str, list[float]]) -> float:
    triples = zip(taken[OURS], taken[_RESIZE], taken[_FORWARD], strict=True)
    return median(whole / (resize + forward) - 1 for whole, resize, forward in triples)


def runs_report(found: RunTimings) -> str:
    """Markdown."""
    lines = [
        f"## A run of {found.pictures:,} photographs, CAM of the top {_CLASSES}",
        "",
        "JPEG files of 500 x 375 pixels, EfficientNet-Lite0, all programs in turns; medians of",
        f"{found.rounds} rounds. A loop makes one map of each photograph with pytorch-grad-cam,",
        "and three with torch-cam.",
        "OpenMP's threads wait in their own way, as in plain loops by themselves: that is right on",
        "an idle machine, and beside other work it makes those loops many times slower.",
        "",
        "| program | ms a picture | of all threads | times camviewer's clock |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {title} | {clock:.1f} | {found.processor[title]:.1f} | {found.ratios[title]:.2f} |"
        for title, clock in found.clock.items()
    ]
    lines += ["", "| aim | measured | aimed at | |", "|---|---|---|---|"]
    for title, aim in _AIMS.items():
        lines.append(_aim(f"times a {title}", f"{found.ratios[title]:.1f}", f"at least {aim:g}",
                          reached=found.ratios[title] >= aim))  # fmt: skip
    by_clock, by_processor = found.beyond
    measured = f"{by_clock:.0%} by the clock, {by_processor:.0%} of all threads"
    title = "time beyond decoding, resizing and the engine's own forward"
    lines.append(
        _aim(title, measured, f"at most {_BEYOND_AIM:.0%}", reached=by_clock <= _BEYOND_AIM)
    )
    return "\n".join(lines)


def _aim(title: str, measured: str, aim: str, *, reached: bool) -> str:
    return f"| {title} | {measured} | {aim} | {'reached' if reached else '**missed**'} |"


def time_growth(counts: Sequence[int], rounds: int) -> str:
    """Milliseconds per photograph and peak memory of runs of several lengths."""
    found: dict[int, list[dict[str, float]]] = {count: [] for count in counts}
    for _ in range(rounds):
        for count in counts:
            found[count].append(said_by("benchmarks.runs", "--alone", str(count)))
    medians = {
        count: {name: median(each[name] for each in runs) for name in runs[0]}
        for count, runs in found.items()
    }
    lines = ["## Runs of several lengths", ""]
    lines += [f"Each in a process of its own, in turns; medians of {rounds} rounds.", ""]
    lines += ["| pictures | ms a picture | of all threads | MB at most |", "|---|---|---|---|"]
    lines += [
        f"| {count:,} | {each['milliseconds']:.1f} | {each['processor']:.1f} "
        f"| {each['megabytes']:.0f} |"
        for count, each in medians.items()
    ]
    lines += ["", "| aim | measured | aimed at | |", "|---|---|---|---|"]
    for title, name, aim in (
        ("time of the slowest beyond that of the fastest", "milliseconds", _FLAT_AIM),
        ("memory of the largest beyond that of the smallest", "megabytes", _MEMORY_AIM),
    ):
        figures = [each[name] for each in medians.values()]
        apart = max(figures) / min(figures) - 1
        lines.append(_aim(title, f"{apart:.0%}", f"at most {aim:.0%}", reached=apart <= aim))
    return "\n".join(lines)


def photographs(folder: Path, count: int) -> list[Path]:
    """JPEG files of 500 x 375 pixels."""
    folder.mkdir(parents=True)
    paths = []
    for number, source in enumerate(write_pictures(folder, min(count, _DISTINCT))):
        path = folder / f"photograph-{number:06}.jpg"
        Image.open(source).resize(_SIZE).save(path, quality=90)
        source.unlink()
        paths.append(path)
    for number in range(len(paths), count):
        path = folder / f"photograph-{number:06}.jpg"
        path.hardlink_to(paths[number % _DISTINCT])
        paths.append(path)
    return paths


def time_batch(folder: Path) -> Entrant:
    """A run of this program, from the first picture on."""
    number = 0

    def run(paths: Sequence[Path]) -> Taken:
        nonlocal number
        number += 1
        listed = folder / f"list-{number}.txt"
        listed.write_text("\n".join(map(str, paths)))
        began: list[_Watch] = []

        def on_progress(_progress: RunProgress) -> None:
            began.append(_Watch())

        settings = RunSettings(classes=f"top{_CLASSES}")
        batch([f"@{listed}"], folder / f"run-{number}", settings, on_progress=on_progress)
        # The second call comes when the first picture is done.
        return began[1].taken(len(paths) / max(len(paths) - 1, 1))

    return run


def _bare(network: Subject) -> Entrant:
    model, recipe = copy.deepcopy(network.classifier.network), network.classifier.info.recipe

    def run(paths: Sequence[Path]) -> Taken:
        tensors = [input_tensor(path, recipe) for path in paths]
        watch = _Watch()
        with torch.no_grad():
            for tensor in tensors:
                model(tensor)
        return watch.taken()

    return run


def _pytorch_grad_cam(network: Subject) -> Entrant:
    """One map a photograph: each class more would cost it another pass."""
    from pytorch_grad_cam import GradCAM  # noqa: PLC0415

    model = copy.deepcopy(network.classifier.network).requires_grad_()
    recipe = network.classifier.info.recipe

    def run(paths: Sequence[Path]) -> Taken:
        watch = _Watch()
        with GradCAM(model=model, target_layers=[model.get_submodule(network.layer)]) as cam:
            for path in paths:
                cam(input_tensor=input_tensor(path, recipe), targets=None)
        return watch.taken()

    return run


def _torchcam(network: Subject) -> Entrant:
    """All classes of a photograph from one pass."""
    from torchcam.methods import GradCAM  # noqa: PLC0415

    model = copy.deepcopy(network.classifier.network).requires_grad_()
    recipe = network.classifier.info.recipe

    def run(paths: Sequence[Path]) -> Taken:
        watch = _Watch()
        with GradCAM(model, network.layer) as extractor:
            for path in paths:
                scores = model(input_tensor(path, recipe))
                for index in scores[0].topk(_CLASSES).indices.tolist():
                    extractor(index, scores, retain_graph=True)
        return watch.taken()

    return run


def _decode(path: Path) -> object:
    return read_image(path)


def _resize(network: Subject) -> Callable[[Path], object]:
    recipe = network.classifier.info.recipe

    def run(path: Path) -> object:
        image = read_image(path)
        return picture_tensor(image, place(image.size, recipe), recipe)

    return run


def _in_threads(work: Callable[[Path], object]) -> Entrant:
    def run(paths: Sequence[Path]) -> Taken:
        with ThreadPoolExecutor(available_processors()) as pool:
            watch = _Watch()
            for _ in pool.map(work, paths):
                pass
            return watch.taken()

    return run


def _forward(network: Subject) -> Entrant:
    """What a run asks of the network, in as many threads, each pass in one."""
    jobs, recipe = available_processors(), network.classifier.info.recipe
    classifier = network.classifier
    engine = shared_engine_for(classifier.info, {classifier.info.default_layer}, jobs)
    sessions = [
        Session(replace(classifier, network=copy.deepcopy(classifier.network)), None, engine)
        for _ in range(jobs)
    ]
    for session in sessions:
        session.verdict(example_picture(session.info.recipe))
        while engine is None and session.warm_up():
            pass
    if engine is not None:
        engine.settle()

    def share(session: Session, tensors: Sequence[Tensor]) -> None:
        torch.set_num_threads(1)
        for tensor in tensors:
            session.logits(tensor)

    def run(paths: Sequence[Path]) -> Taken:
        threads = torch.get_num_threads()
        tensors = [input_tensor(path, recipe) for path in paths]
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(share, sessions, [tensors[:1]] * jobs))  # the threads are there
            watch = _Watch()
            list(pool.map(share, sessions, [tensors[number::jobs] for number in range(jobs)]))
            taken = watch.taken()
        torch.set_num_threads(threads)
        return taken

    return run


class _Watch:
    """Measures from when it was made."""

    def __init__(self) -> None:
        self._clock, self._processor = perf_counter(), process_time()

    def taken(self, times: float = 1.0) -> Taken:
        """What has passed, multiplied."""
        clock, processor = perf_counter() - self._clock, process_time() - self._processor
        return Taken(clock * times, processor * times)


def _alone(count: int) -> dict[str, float]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = photographs(folder / "photographs", count)
        taken = time_batch(folder)(paths)
    return {
        "milliseconds": 1000 * taken.seconds / count,
        "processor": 1000 * taken.processor / count,
        "megabytes": unix.getrusage(unix.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Times runs once; see `python -m benchmarks`.")
    parser.add_argument("--alone", type=int, default=100, metavar="PICTURES")
    parser.add_argument("--turns", type=int, nargs=2, metavar=("PICTURES", "ROUNDS"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    found = asdict(_in_turns(*options.turns)) if options.turns else _alone(options.alone)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
