"""Runs over many photographs beside plain loops: ``python -m benchmarks.runs --pictures 1000``.

CAM of the three most probable classes. All programs take turns with the same block of photographs;
loading a model is not timed. ``--growth`` times runs of several lengths in processes of their own.
"""

from __future__ import annotations

import argparse
import copy
import json
import resource as unix
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import torch
from PIL import Image

from benchmarks.subjects import Subject, input_tensor, subject, write_pictures
from camviewer.engine.batch import RunProgress, RunSettings, batch
from camviewer.engine.batch.running import available_processors
from camviewer.engine.geometry.geometry import place
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.session.session import Session

_SIZE = (500, 375)
_CLASSES = 3
_DISTINCT = 100
"""Photographs that differ; more of them are the same files under other names."""

Entrant = Callable[[Sequence[Path]], float]
"""Seconds for a block of photographs."""


def time_runs(count: int, block: int) -> str:
    """A table of milliseconds per photograph, the median over blocks."""
    network = subject("efficientnet-lite0")
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = photographs(folder / "photographs", count)
        entrants = {
            "camviewer batch": _batch(folder),
            "bare eager network, ready tensors": _bare(network),
            "pytorch-grad-cam loop": _pytorch_grad_cam(network),
            "torch-cam loop": _torchcam(network),
            "decoding alone": _in_threads(_decode),
            "decoding and resizing alone": _in_threads(_resize(network)),
            "the engine's forward alone": _forward(network),
        }
        taken: dict[str, list[float]] = {title: [] for title in entrants}
        for start in range(0, count, block):
            part = paths[start : start + block]
            for title, entrant in entrants.items():
                taken[title].append(1000 * entrant(part) / len(part))
    found = {title: median(values) for title, values in taken.items()}
    ours = found["camviewer batch"]
    parts = found["decoding and resizing alone"] + found["the engine's forward alone"]
    lines = [f"## A run of {count:,} photographs, CAM of the top {_CLASSES}", ""]
    lines += ["| program | ms a picture | times camviewer's |", "|---|---|---|"]
    lines += [f"| {title} | {value:.1f} | {value / ours:.2f} |" for title, value in found.items()]
    lines += [
        "",
        f"Beyond decoding, resizing and the engine's own forward: {ours / parts - 1:.0%}.",
    ]
    return "\n".join(lines)


def time_growth(counts: Sequence[int]) -> str:
    """Milliseconds per photograph and peak memory of runs of several lengths."""
    lines = ["| pictures | ms a picture | MB at most |", "|---|---|---|"]
    for count in counts:
        words = [sys.executable, "-m", "benchmarks.runs", "--alone", str(count)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        lines.append(f"| {count:,} | {found['milliseconds']:.1f} | {found['megabytes']:.0f} |")
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


def _batch(folder: Path) -> Entrant:
    number = 0

    def run(paths: Sequence[Path]) -> float:
        nonlocal number
        number += 1
        listed = folder / f"list-{number}.txt"
        listed.write_text("\n".join(map(str, paths)))
        began: list[float] = []

        def on_progress(_progress: RunProgress) -> None:
            began.append(perf_counter())

        settings = RunSettings(classes=f"top{_CLASSES}")
        batch([f"@{listed}"], folder / f"run-{number}", settings, on_progress=on_progress)
        # The second call comes when the first picture is done.
        return (perf_counter() - began[1]) * len(paths) / max(len(paths) - 1, 1)

    return run


def _bare(network: Subject) -> Entrant:
    model, recipe = copy.deepcopy(network.classifier.network), network.classifier.info.recipe

    def run(paths: Sequence[Path]) -> float:
        tensors = [input_tensor(path, recipe) for path in paths]
        start = perf_counter()
        with torch.no_grad():
            for tensor in tensors:
                model(tensor)
        return perf_counter() - start

    return run


def _pytorch_grad_cam(network: Subject) -> Entrant:
    """One map a photograph: each class more would cost it another pass."""
    from pytorch_grad_cam import GradCAM  # noqa: PLC0415

    model = copy.deepcopy(network.classifier.network).requires_grad_()
    recipe = network.classifier.info.recipe

    def run(paths: Sequence[Path]) -> float:
        start = perf_counter()
        with GradCAM(model=model, target_layers=[model.get_submodule(network.layer)]) as cam:
            for path in paths:
                cam(input_tensor=input_tensor(path, recipe), targets=None)
        return perf_counter() - start

    return run


def _torchcam(network: Subject) -> Entrant:
    """All classes of a photograph from one pass."""
    from torchcam.methods import GradCAM  # noqa: PLC0415

    model = copy.deepcopy(network.classifier.network).requires_grad_()
    recipe = network.classifier.info.recipe

    def run(paths: Sequence[Path]) -> float:
        start = perf_counter()
        with GradCAM(model, network.layer) as extractor:
            for path in paths:
                scores = model(input_tensor(path, recipe))
                for index in scores[0].topk(_CLASSES).indices.tolist():
                    extractor(index, scores, retain_graph=True)
        return perf_counter() - start

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
    def run(paths: Sequence[Path]) -> float:
        with ThreadPoolExecutor(available_processors()) as pool:
            start = perf_counter()
            for _ in pool.map(work, paths):
                pass
            return perf_counter() - start

    return run


def _forward(network: Subject) -> Entrant:
    """The folded network in as many threads as a run has, each pass in one."""
    jobs, recipe = available_processors(), network.classifier.info.recipe
    sessions = [Session(copy.deepcopy(network.classifier)) for _ in range(jobs)]

    def share(session: Session, paths: Sequence[Path]) -> tuple[float, float]:
        torch.set_num_threads(1)
        tensors = [input_tensor(path, recipe) for path in paths]
        image = read_image(paths[0])
        session.verdict(image)
        while session.warm_up():
            pass
        start = perf_counter()
        for tensor in tensors:
            session.logits(tensor)
        return start, perf_counter()

    def run(paths: Sequence[Path]) -> float:
        threads = torch.get_num_threads()
        with ThreadPoolExecutor(jobs) as pool:
            parts = [paths[number::jobs] for number in range(jobs)]
            spans = list(pool.map(share, sessions, parts))
        torch.set_num_threads(threads)
        return max(stop - start for start, stop in spans)

    return run


def _alone(count: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        seconds = _batch(folder)(photographs(folder / "photographs", count))
    peak = unix.getrusage(unix.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"milliseconds": 1000 * seconds / count, "megabytes": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description="Times runs beside plain loops.")
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--block", type=int, default=100, help="photographs between two turns")
    parser.add_argument("--growth", type=int, nargs="+", metavar="N", help="100 1000 10000")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        _alone(options.alone)
    elif options.growth:
        print(time_growth(options.growth))
    else:
        print(time_runs(options.pictures, options.block))


if __name__ == "__main__":
    main()
