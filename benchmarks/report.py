"""The figures as text: for the terminal and for ``RESULTS.md``."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

import torch

from benchmarks.programs import CAMVIEWER, PLAIN
from benchmarks.scenarios import SCENARIOS, SubjectTimings
from benchmarks.window_start import MEASURES, WindowStarts
from camviewer import __version__

_VERSIONS = ("torch", "torchvision", "grad-cam", "torchcam", "captum", "PySide6-Essentials")

_RATIO_AIM = 1.0
_SECOND_CLASS_AIM_MS = 2.0
_WINDOW_AIMS_MS = {"window_ms": 500.0, "map_ms": 2500.0, "freeze_ms": 100.0}


def report(
    subjects: list[SubjectTimings], window: WindowStarts | None, rounds: int, load: str
) -> str:
    """Markdown."""
    parts = [
        "# Benchmarks",
        "Made by `python -m benchmarks` (`make bench`), which writes this file.",
        _circumstances(rounds, load),
        _aims(subjects, window),
        *(_table(subject) for subject in subjects),
    ]
    if subjects:
        parts.append(_NOTES)
    if window is not None:
        parts.append(_window(window))
    return "\n\n".join(parts) + "\n"


def load_of_machine() -> str:
    """How busy the machine is; ask before the timing begins."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _circumstances(rounds: int, load: str) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    waiting = os.environ.get("OMP_WAIT_POLICY", "not set")
    rows = (
        f"Date: {date.today().isoformat()}",  # noqa: DTZ011  (the user's own day)
        f"Machine: {_cpu()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        f"Versions: camviewer {__version__}, Python {platform.python_version()}, {versions}",
        f"Eager float32 on the CPU, {torch.get_num_threads()} threads, OMP_WAIT_POLICY {waiting}",
        f"Load average of the machine as it began: {load}",
        f"{rounds} rounds, interleaved in one run; each round is a new picture",
    )
    return "\n".join(f"- {row}" for row in rows)


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _aims(subjects: list[SubjectTimings], window: WindowStarts | None) -> str:
    rows = []
    for subject in subjects:
        place = subject.programs.index(CAMVIEWER)
        if "first" in subject.timings:
            ratio = subject.timings["first"][place].ratio
            rows.append(
                _aim(
                    f"First Grad-CAM, {subject.title}",
                    f"{ratio:.2f} of a plain forward",
                    f"{_RATIO_AIM:.1f}",
                    reached=ratio <= _RATIO_AIM,
                )
            )
        if "second" in subject.timings:
            taken = subject.timings["second"][place].milliseconds
            rows.append(
                _aim(
                    f"Second class, {subject.title}",
                    _ms(taken),
                    _ms(_SECOND_CLASS_AIM_MS),
                    reached=taken <= _SECOND_CLASS_AIM_MS,
                )
            )
    for measure, aim in _WINDOW_AIMS_MS.items():
        if window is None:
            break
        taken = window.median(measure)
        title = MEASURES[measure].capitalize().replace("gui", "GUI")
        figure = f"{_ms(taken)}, at most {_ms(window.most(measure))}"
        rows.append(_aim(title, figure, _ms(aim), reached=taken <= aim))
    head = "| camviewer | measured | aim: at most | |\n|---|---|---|---|"
    return "\n".join(["## What was aimed at", "", head, *rows])


def _aim(title: str, figure: str, aim: str, *, reached: bool) -> str:
    return f"| {title} | {figure} | {aim} | {'reached' if reached else '**missed**'} |"


def _table(subject: SubjectTimings) -> str:
    titles = [SCENARIOS[scenario][0] for scenario in subject.timings]
    rows = [
        f"## {subject.title}",
        "",
        "| | " + " | ".join(titles) + " |",
        "|---|" + "---|" * len(titles),
    ]
    for place, program in enumerate(subject.programs):
        cells = []
        for timings in subject.timings.values():
            timing = timings[place]
            low, high = timing.spread
            cell = _ms(timing.milliseconds)
            if program != PLAIN:
                cell += f" · {timing.ratio:.2f}x ({low:.2f} to {high:.2f})"
            cells.append(cell)
        rows.append(f"| {program} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _window(window: WindowStarts) -> str:
    head = (
        "## From the start of the process",
        "",
        f"`camviewer photo.png` with a warm disk, on {window.screen}; each start is a process of",
        "its own, with a fresh user's settings.",
        "",
        "| | median | most |",
        "|---|---|---|",
    )
    rows = [
        f"| {title} | {_ms(window.median(measure))} | {_ms(window.most(measure))} |"
        for measure, title in MEASURES.items()
    ]
    return "\n".join([*head, *rows])


def _ms(milliseconds: float) -> str:
    if milliseconds >= 100:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds:.1f} ms" if milliseconds >= 1 else f"{milliseconds:.2f} ms"


_NOTES = """\
Median milliseconds, then the median over rounds of the ratio to the plain forward of the same
round, with the quartiles of that ratio.

- *First Grad-CAM*: from the ready input tensor to the map of the most probable class, all programs
  on the same last layer. captum has to be told the class, which takes it a forward more.
- *Second class*: another class of the picture just explained. torchcam keeps the graph
  (`retain_graph`); pytorch-grad-cam and captum run the network again. On VGG16 a second class
  needs the gradient through 124 million weights of the fully connected layers.
- *File to overlay*: from a JPEG of 1200 x 1200 pixels to the coloured picture of that size:
  decoding, preprocessing, forward, map, enlarging, colours. Every program in its documented way
  with its documented helpers (captum's is a matplotlib figure). The plain forward beside it is
  given a tensor that is ready."""
