"""What is timed: the first map of a picture, a second class, and the way from file to overlay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from torch import Tensor

from benchmarks.interleaved import Timing, interleaved
from benchmarks.programs import PlainForward, Program, all_programs
from benchmarks.subjects import input_tensor, subject, write_pictures

_Prepared = Callable[[], object]
_Ask = Callable[[Program, Path, Tensor], _Prepared]


def _first_map(program: Program, _path: Path, tensor: Tensor) -> _Prepared:
    return lambda: program.first_map(tensor)


def _second_class(program: Program, path: Path, tensor: Tensor) -> _Prepared:
    return program.second_class(path, tensor)


def _overlay(program: Program, path: Path, _tensor: Tensor) -> _Prepared:
    return lambda: program.overlay(path)


SCENARIOS: dict[str, tuple[str, _Ask]] = {
    "first": ("first Grad-CAM", _first_map),
    "second": ("second class", _second_class),
    "overlay": ("file to overlay", _overlay),
}


@dataclass(frozen=True)
class SubjectTimings:
    """All programs on one network.

    Attributes:
        title: the network.
        programs: names; the first is the plain forward.
        timings: by scenario, in the order of ``programs``.
    """

    title: str
    programs: tuple[str, ...]
    timings: dict[str, tuple[Timing, ...]]


def time_subject(name: str, scenarios: Sequence[str], rounds: int, warm_up: int) -> SubjectTimings:
    """Times all programs on one network; every round has a new picture."""
    network = subject(name)
    recipe = network.classifier.info.recipe
    timings = {}
    with TemporaryDirectory() as folder:
        paths = write_pictures(Path(folder), warm_up + rounds)
        tensors = [input_tensor(path, recipe) for path in paths]
        plain, programs = PlainForward(network), all_programs(network, Path(folder))
        for program in programs:
            program.warm_up(paths[0], tensors[0])
        for scenario in scenarios:
            _, ask = SCENARIOS[scenario]

            def entrant(program: Program, ask: _Ask = ask) -> Callable[[int], _Prepared]:
                return lambda number: ask(program, paths[number], tensors[number])

            entrants = [lambda number: lambda: plain(tensors[number]), *map(entrant, programs)]
            timings[scenario] = interleaved(rounds, entrants, warm_up)
    names = (plain.name, *(program.name for program in programs))
    return SubjectTimings(network.title, names, timings)
