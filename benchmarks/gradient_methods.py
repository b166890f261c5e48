"""Every method that needs one pass and its gradient, on the last layer of each network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from torch import Tensor

from benchmarks.interleaved import Timing, interleaved
from benchmarks.programs import Camviewer, PlainForward
from benchmarks.subjects import input_tensor, subject, write_pictures
from camviewer.engine.methods import Method, all_methods
from camviewer.engine.methods.core.registry import Needs

_UNLISTED = 50


@dataclass(frozen=True)
class MethodTimings:
    """All gradient methods on one network, by torch alone.

    Attributes:
        title: the network.
        methods: their titles.
        groups: of the methods, as the list of methods has them.
        first: from the input tensor to the map, one timing a method.
        second: the second of the classes that the window lists, from the click to the map.
        unlisted: a class that the window does not list, of which nothing was made ahead.
    """

    title: str
    methods: tuple[str, ...]
    groups: tuple[str, ...]
    first: tuple[Timing, ...]
    second: tuple[Timing, ...]
    unlisted: tuple[Timing, ...]


def time_gradient_methods(name: str, rounds: int, warm_up: int) -> MethodTimings:
    """Times them against the plain forward, interleaved; every round has a new picture."""
    network = subject(name)
    methods = [m for m in all_methods() if m.needs is Needs.GRADIENTS and not m.probes]
    with TemporaryDirectory() as folder:
        paths = write_pictures(Path(folder), warm_up + rounds)
        tensors = [input_tensor(path, network.classifier.info.recipe) for path in paths]
        plain, program = PlainForward(network), Camviewer(network)
        program.warm_up(paths[0], tensors[0])

        def forward(number: int) -> Callable[[], object]:
            return lambda: plain(tensors[number])

        def first(method: Method) -> Callable[[int], Callable[[], object]]:
            return lambda number: lambda: _map(program, method, tensors[number])

        def another(place: int) -> list[Callable[[int], Callable[[], object]]]:
            def by(method: Method) -> Callable[[int], Callable[[], object]]:
                return lambda number: program.another_class(paths[number], method.info.id, place)

            return [forward, *map(by, methods)]

        timed_first = interleaved(rounds, [forward, *map(first, methods)], warm_up)[1:]
        timed_second = interleaved(rounds, another(2), warm_up)[1:]
        timed_unlisted = interleaved(rounds, another(_UNLISTED), warm_up)[1:]
    titles = tuple(method.info.title for method in methods)
    groups = tuple(method.info.group for method in methods)
    return MethodTimings(network.title, titles, groups, timed_first, timed_second, timed_unlisted)


def _map(program: Camviewer, method: Method, tensor: Tensor) -> object:
    passed = program.forward(tensor)
    class_index = int(passed.logits.argmax())
    return method.explain(passed, class_index, **_options(method)).values.numpy()


def _options(method: Method) -> dict[str, object]:
    return {option.key: option.default for option in method.info.options}
