"""Checks the embedded model: its classes, its maps, every method and every device."""

from __future__ import annotations

import threading
from functools import cache, partial
from time import perf_counter

import numpy as np
import torch
from numpy.typing import NDArray

from camviewer.engine.network.devices import find_device, list_devices
from camviewer.engine.network.embedded import embedded_weights
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.render.contours import contours
from camviewer.engine.results.messages import ExplainRequest, Explanation, MethodInfo
from camviewer.engine.selftest.reference import (
    MAP_TOLERANCE,
    PROBABILITY_TOLERANCE,
    Expected,
    expected_samples,
)
from camviewer.engine.selftest.result import Checks, require
from camviewer.engine.session.session import Session
from camviewer.engine.support.resources import resource

_SAMPLE = "chelsea.png"
_ENOUGH_S = 1.0
"""Time after which a refining method is stopped, in seconds; because it has shown that it runs."""
_DEVICE_TOLERANCE = 0.02
"""Maximum relative difference between a GPU and the CPU; because GPUs sum in another order, and
some with less precision."""


def model_checks() -> Checks:
    """Loads the model, and compares its classes and maps of the sample photographs."""
    yield "Weights", _load
    for expected in expected_samples():
        yield expected.sample, partial(_classify, expected)
        for method in expected.maps:
            yield f"{expected.sample}, {method}", partial(_compare_map, expected, method)
    yield "Contour lines", _find_lines


def method_checks() -> Checks:
    """Runs every method of the registry once."""
    for info, refusal in _session().methods():
        if not refusal:
            yield info.id, partial(_run_method, info)


def device_checks() -> Checks:
    """Makes one map on every device, and compares it with the CPU's."""
    for device in list_devices():
        yield device.title, partial(_run_on, device.id)


@cache
def _session() -> Session:
    return Session.embedded(device=torch.device("cpu"))


@cache
def _picture(name: str) -> SourceImage:
    return read_image(resource("samples", name))


def _load() -> str:
    info = _session().info  # checks the hash of the weights
    size = embedded_weights().stat().st_size / 1e6
    return f"{info.title}, {len(info.labels)} classes, {size:.0f} MB, SHA-256 as published"


def _classify(expected: Expected) -> str:
    verdict = _session().verdict(_picture(expected.sample))
    best = verdict.top(1)[0]
    name, probability = _session().info.labels[best], float(verdict.probabilities[best])
    require(name == expected.class_name, f"{name} instead of {expected.class_name}")
    away = abs(probability - expected.probability)
    require(
        away <= PROBABILITY_TOLERANCE,
        f"{name} {probability:.2%} instead of {expected.probability:.2%}",
    )
    return f"{name} {probability:.1%}"


def _compare_map(expected: Expected, method: str) -> str:
    explanation = _session().explain(_picture(expected.sample), ExplainRequest(method=method))
    share = _away(explanation.heatmap.values, expected.maps[method])
    require(share <= MAP_TOLERANCE, f"the map is {share:.1%} of its range away")
    rows, columns = explanation.heatmap.values.shape
    return f"{columns} x {rows} cells, {share:.4%} of the range away"


def _find_lines() -> str:
    """Lines at half of the maximum lie around the cell with the largest value."""
    heatmap = _session().explain(_picture(_SAMPLE), ExplainRequest()).heatmap
    (contour,) = contours(heatmap, (0.5,))
    require(bool(contour.lines), "there is no line at half of the maximum")
    row, column = np.unravel_index(int(heatmap.values.argmax()), heatmap.values.shape)
    x, y = heatmap.geometry.centre(int(row), int(column))
    around = [
        line
        for line in contour.lines
        if line[:, 0].min() < x < line[:, 0].max() and line[:, 1].min() < y < line[:, 1].max()
    ]
    require(bool(around), "no line is around the largest value")
    return f"{len(contour.lines)} at half of the maximum"


def _run_method(info: MethodInfo) -> str:
    enough, start = threading.Event(), perf_counter()

    def look(_so_far: Explanation) -> None:
        if perf_counter() - start > _ENOUGH_S:
            enough.set()

    request = ExplainRequest(method=info.id)
    explanation = _session().explain(_picture(_SAMPLE), request, stopped=enough, on_progress=look)
    require(
        bool(np.isfinite(explanation.heatmap.values).all()),
        "the map has values that are no numbers",
    )
    begun = explanation.share < 1  # the first samples need not have met anything
    require(begun or bool(np.ptp(explanation.heatmap.values) > 0), "the map is flat")
    rows, columns = explanation.heatmap.values.shape
    part = "" if explanation.share >= 1 else f", stopped after {explanation.share:.0%}"
    return f"{columns} x {rows} cells, {explanation.passes} passes{part}"


def _run_on(device: str) -> str:
    reference = _session().explain(_picture(_SAMPLE), ExplainRequest())
    explanation = _explained_on(device)
    share = _away(explanation.heatmap.values, reference.heatmap.values)
    require(share <= _DEVICE_TOLERANCE, f"the map is {share:.1%} of its range away from the CPU's")
    if device == "cpu":
        return f"{torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}"
    return f"{share:.4%} of the range away from the CPU's map"


def _explained_on(device: str) -> Explanation:
    return Session.embedded(device=find_device(device)).explain(_picture(_SAMPLE), ExplainRequest())


def _away(values: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """The largest difference, as a share of the expected map's range."""
    require(values.shape == expected.shape, f"{values.shape} cells instead of {expected.shape}")
    return float(np.abs(values - expected).max() / np.ptp(expected))
