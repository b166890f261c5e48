"""Single passes and runs, idle and beside two busy loops: ``python -m benchmarks --only busy``.

Each figure is of a process of its own, in turns: with OpenMP's own way of waiting, and as the
program sets it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.own_process import said_by
from camviewer.engine.support.thread_waiting import spin_shortly
from camviewer.engine.support.torch_loading import load_torch

_LOOPS = 2
_IDLE_AIM, _BUSY_AIM = 1.15, 2.0
_PASSES, _PICTURES = 40, 100
OPENMP_BY_ITSELF = {"GOMP_SPINCOUNT": "300000", "KMP_BLOCKTIME": "200"}
"""What OpenMP does when it is told nothing."""
_KINDS = (("pass", "a pass by torch alone, 2 threads"), ("engine", "a pass with OpenVINO"),
          ("run", f"a picture of a run of {_PICTURES}"))  # fmt: skip


def time_busy(rounds: int) -> str:
    """Markdown."""
    taken: dict[tuple[str, bool, bool], list[float]] = {}
    for _ in range(rounds):
        for kind, _ in _KINDS:
            for todays in (True, False):
                for busy in (False, True):
                    found = _probe(kind, todays=todays, busy=busy)
                    taken.setdefault((kind, todays, busy), []).append(found)
    lines = [
        "## Beside other work",
        "",
        f"Median milliseconds of {rounds} processes each, in turns, without other work of ours and",
        f"beside {_LOOPS} endless loops. *By itself* is how OpenMP waits when it is told nothing,",
        "as before the program told threads to spin shortly.",
        "",
        "A pass is of EfficientNet-Lite0. The last column compares a pass with OpenVINO with the",
        "idle pass by torch *by itself*, as single pictures were run before OpenVINO came.",
        "",
        "| | by itself | beside loops | camviewer | beside loops | of the first | of torch, idle |",
        "|---|---|---|---|---|---|---|",
    ]
    by_torch = median(taken["pass", True, False])
    for kind, title in _KINDS:
        before, before_busy, now, now_busy = (
            median(taken[kind, todays, busy]) for todays in (True, False) for busy in (False, True)
        )
        compared = by_torch if kind == "engine" else None
        lines.append(
            f"| {title} | {before:.1f} | {before_busy:.1f} | {now:.1f} | {now_busy:.1f} "
            f"| {_ratios(now, now_busy, before)} | {_ratios(now, now_busy, compared)} |"
        )
    lines += ["", f"Aimed at: at most {_IDLE_AIM:g} idle and {_BUSY_AIM:g} beside the loops."]
    return "\n".join(lines)


def _ratios(idle: float, busy: float, before: float | None) -> str:
    if before is None:
        return ""
    reached = idle <= _IDLE_AIM * before and busy <= _BUSY_AIM * before
    word = "reached" if reached else "**missed**"
    return f"{idle / before:.2f} idle, {busy / before:.2f} busy: {word}"


def _probe(kind: str, *, todays: bool, busy: bool) -> float:
    variables = OPENMP_BY_ITSELF if todays else {}
    with _loops(_LOOPS if busy else 0):
        return float(said_by("benchmarks.busy", "--probe", kind, variables=variables))


@contextmanager
def _loops(count: int) -> Iterator[None]:
    words = [sys.executable, "-c", "while True: pass"]
    loops = [subprocess.Popen(words) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _pass_ms(*, second_engine: bool) -> float:
    from camviewer.engine.picture.samples import sample_pictures  # noqa: PLC0415
    from camviewer.engine.picture.source_image import read_image  # noqa: PLC0415
    from camviewer.engine.runtime.conversion_process import second_engine_for  # noqa: PLC0415
    from camviewer.engine.session.session import Session  # noqa: PLC0415

    session = Session.embedded()
    image = read_image(sample_pictures()[0])
    engine = second_engine_for(session.info) if second_engine else None
    session.use_second_engine(engine)
    session.verdict(image)
    if engine is not None:
        engine.wait()
    while session.warm_up():
        pass
    from camviewer.engine.geometry.geometry import place  # noqa: PLC0415

    tensor = session.input_tensor(image, place(image.size, session.info.recipe))
    taken = []
    for _ in range(_PASSES):
        began = perf_counter()
        session.logits(tensor)
        taken.append(1000 * (perf_counter() - began))
    session.close()
    return median(taken)


def _run_ms() -> float:
    from benchmarks.runs import photographs, time_batch  # noqa: PLC0415

    with TemporaryDirectory() as name:
        paths = photographs(Path(name) / "photographs", _PICTURES)
        return 1000 * time_batch(Path(name))(paths).seconds / _PICTURES


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures once; see `python -m benchmarks`.")
    parser.add_argument("--probe", choices=[kind for kind, _ in _KINDS], required=True)
    kind = parser.parse_args().probe
    spin_shortly()  # before torch is imported
    load_torch()
    found = _run_ms() if kind == "run" else _pass_ms(second_engine=kind == "engine")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
