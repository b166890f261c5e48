"""The figures as text: for the terminal and for ``RESULTS.md``."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import torch

from benchmarks.gradient_methods import MethodTimings
from benchmarks.programs import CAMVIEWER, CAMVIEWER_FAST, PLAIN
from benchmarks.scenarios import SCENARIOS, SubjectTimings
from benchmarks.slow_methods import SlowTiming
from benchmarks.window_start import MEASURES, RATIOS, WindowStarts
from camviewer import __version__
from camviewer.engine.methods.core.registry import Group

_VERSIONS = (
    "torch",
    "torchvision",
    "openvino",
    "grad-cam",
    "torchcam",
    "captum",
    "PySide6-Essentials",
)

_FIRST_MAP_AIMS = {
    "EfficientNet-Lite0": (1.0, 0.42),
    "ResNet-50": (1.0, 0.52),
    "VGG16": (1.15, 0.88),
}
"""Maximum time of a first map by network, in plain forwards: by torch alone, and with OpenVINO."""
_SECOND_CLASS_AIM = 0.05
_KINDS = ("Every gradient method", "Every other method of one pass and its gradient")
_SLOW_AIM = 4.0
_FIRST_REFINEMENT_AIM_S = 0.5
_MEMORY_AIM_MB = 1500.0
_START_AIMS = {
    "window_ms": ("Start to window on screen", "a bare Qt window", 3.5),
    "map_ms": ("Start to first map on screen", "the map without a window", 1.3),
}
_FREEZE_AIM_MS = 80.0


@dataclass(frozen=True)
class Found:
    """What a run has measured; parts that were left out are empty."""

    subjects: tuple[SubjectTimings, ...] = ()
    methods: tuple[MethodTimings, ...] = ()
    slow: tuple[SlowTiming, ...] = ()
    memory_mb: float | None = None
    window: WindowStarts | None = None


def report(found: Found, rounds: int, load: str) -> str:
    """Markdown."""
    parts = [
        "# Benchmarks",
        "Made by `python -m benchmarks` (`make bench`), which writes this file.",
        _circumstances(rounds, load),
        _aims(found),
        *(_table(subject) for subject in found.subjects),
    ]
    if found.subjects:
        parts.append(_NOTES)
    parts += [_methods(timings) for timings in found.methods]
    if found.slow:
        parts.append(_slow(found.slow))
    if found.window is not None:
        parts.append(_window(found.window))
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


def _aims(found: Found) -> str:
    rows = [row for subject in found.subjects for row in _subject_aims(subject)]
    rows += [row for timings in found.methods for row in _method_aims(timings)]
    rows += _slow_aims(found.slow)
    if found.memory_mb is not None:
        rows.append(
            _aim(
                "Most memory of a Score-CAM run, VGG16 at 448 pixels",
                f"{found.memory_mb:.0f} MB",
                f"{_MEMORY_AIM_MB:.0f} MB",
                reached=found.memory_mb <= _MEMORY_AIM_MB,
            )
        )
    if found.window is not None:
        rows += _start_aims(found.window)
    head = "| camviewer | measured | aim: at most | |\n|---|---|---|---|"
    return "\n".join(["## What was aimed at", "", head, *rows])


def _start_aims(window: WindowStarts) -> list[str]:
    rows = []
    for measure, (title, bare, aim) in _START_AIMS.items():
        ratio = window.ratio(measure)
        rows.append(_aim(title, f"{ratio:.2f} of {bare}", f"{aim:g}", reached=ratio <= aim))
    freeze = window.median("freeze_ms")
    figure = f"{_ms(freeze)}, at most {_ms(window.most('freeze_ms'))}"
    title = "Longest freeze of the GUI thread until then"
    rows.append(_aim(title, figure, _ms(_FREEZE_AIM_MS), reached=freeze <= _FREEZE_AIM_MS))
    return rows


def _subject_aims(subject: SubjectTimings) -> list[str]:
    if "first" not in subject.timings:
        return []
    rows = []
    torch_aim, fast_aim = _first_map_aims(subject.title)
    for program, aim, how in (
        (CAMVIEWER, torch_aim, "by torch alone"),
        (CAMVIEWER_FAST, fast_aim, "with OpenVINO at hand"),
    ):
        ratio = subject.timings["first"][subject.programs.index(program)].ratio
        title, figure = f"First Grad-CAM {how}, {subject.title}", f"{ratio:.2f} of a plain forward"
        rows.append(_aim(title, figure, f"{aim:g}", reached=ratio <= aim))
    return rows


def _first_map_aims(title: str) -> tuple[float, float]:
    network, _, _ = title.partition(",")
    return _FIRST_MAP_AIMS[network]


def _method_aims(timings: MethodTimings) -> list[str]:
    """Those of the list's group *Gradient*, then the others that take a pass and its gradient."""
    rows = []
    for words, all_timings, aim in (
        ("first map", timings.first, _first_map_aims(timings.title)[0]),
        ("second class", timings.second, _SECOND_CLASS_AIM),
    ):
        ratios: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
        for title, group, timing in zip(timings.methods, timings.groups, all_timings, strict=True):
            ratios[group == Group.GRADIENT.value].append((timing.ratio, title))
        for kind, of_kind in zip(_KINDS, ratios.values(), strict=True):
            ratio, worst = max(of_kind)
            title = f"{kind}, {words}, {timings.title}"
            figure = f"{ratio:.2f} of a plain forward ({worst})"
            rows.append(_aim(title, figure, f"{aim:g}", reached=ratio <= aim))
    return rows


def _slow_aims(slow: tuple[SlowTiming, ...]) -> list[str]:
    rows = []
    for method in dict.fromkeys(timing.method for timing in slow):
        of_method = {timing.program: timing for timing in slow if timing.method == method}
        fast = of_method[CAMVIEWER_FAST]
        peers = [t for name, t in of_method.items() if name not in {CAMVIEWER, CAMVIEWER_FAST}]
        best = min(peers, key=lambda timing: timing.seconds)
        share = fast.seconds / best.seconds
        rows.append(
            _aim(
                f"{method}, EfficientNet-Lite0",
                f"{share:.2f} of {best.program}, correlation {best.correlation:.4f}",
                f"{1 / _SLOW_AIM:g}",
                reached=share <= 1 / _SLOW_AIM,
            )
        )
        if fast.first_seconds is not None:
            rows.append(
                _aim(
                    f"{method}, the first refinement",
                    f"{fast.first_seconds:.2f} s",
                    f"{_FIRST_REFINEMENT_AIM_S:g} s",
                    reached=fast.first_seconds <= _FIRST_REFINEMENT_AIM_S,
                )
            )
    return rows


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


def _methods(timings: MethodTimings) -> str:
    rows = [
        f"## Every gradient method on the last layer, {timings.title}",
        "",
        "By torch alone. Median milliseconds, and the ratio to the plain forward of the round. The",
        "maps of the five classes that the window lists are made while nobody waits; *any other",
        "class* is the 50th by probability, of which nothing was made ahead.",
        "",
        "| | first map | second class | any other class |",
        "|---|---|---|---|",
    ]
    columns = (timings.first, timings.second, timings.unlisted)
    for title, *row in zip(timings.methods, *columns, strict=True):
        cells = " | ".join(f"{_ms(t.milliseconds)} · {t.ratio:.2f}x" for t in row)
        rows.append(f"| {title} | {cells} |")
    return "\n".join(rows)


def _slow(slow: tuple[SlowTiming, ...]) -> str:
    rows = [
        "## Score-CAM and Ablation-CAM, EfficientNet-Lite0, all 1280 channels",
        "",
        "Each program with batches of 32, this one with those that it chooses; the time to the",
        "first map that is shown while it refines, and to the map of another class of the same",
        "picture, for which the other programs do it all again; the correlation with camviewer by",
        "torch alone, after a ReLU, at 224 x 224. torch-cam has no Ablation-CAM.",
        "",
        "| | | seconds | first map | another class | correlation |",
        "|---|---|---|---|---|---|",
    ]
    for timing in sorted(slow, key=lambda timing: (timing.method, timing.seconds)):
        first, another = (
            "" if seconds is None else f"{seconds:.2f} s"
            for seconds in (timing.first_seconds, timing.next_seconds)
        )
        rows.append(
            f"| {timing.method} | {timing.program} | {timing.seconds:.1f} | {first} | {another} "
            f"| {timing.correlation:.4f} |"
        )
    return "\n".join(rows)


def _window(window: WindowStarts) -> str:
    head = (
        "## From the start of the process",
        "",
        f"`camviewer photo.png` with a warm disk, on {window.screen}, in turn with a bare window",
        "and with a map without a window; each start is a process of its own, with a fresh user's",
        "settings. The ratio is that of the medians.",
        "",
        "| | median | most | ratio |",
        "|---|---|---|---|",
    )
    rows = [
        f"| {title} | {_ms(window.median(measure))} | {_ms(window.most(measure))} "
        f"| {f'{window.ratio(measure):.2f}' if measure in RATIOS else ''} |"
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
- With OpenVINO at hand the program takes the faster of the two, by its own timing; on VGG16 that
  may be torch alone.
- *Second class*: the second most probable class of the picture just explained. torchcam keeps the
  graph (`retain_graph`); pytorch-grad-cam and captum run the network again. This program makes the
  maps of the classes that its window lists while nobody waits; the tables below show a class that
  it did not foresee, too.
- *File to overlay*: from a JPEG of 1200 x 1200 pixels to the coloured picture of that size:
  decoding, preprocessing, forward, map, enlarging, colours. Every program in its documented way
  with its documented helpers (captum's is a matplotlib figure). The plain forward beside it is
  given a tensor that is ready."""
