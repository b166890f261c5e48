"""Score-CAM and Ablation-CAM, all channels, beside the programs that have them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import interpolate

from benchmarks.programs import CAMVIEWER, CAMVIEWER_FAST, CamviewerWithOpenVINO
from benchmarks.subjects import SIDE, Subject, input_tensor, subject, write_pictures
from camviewer.engine.picture import read_image
from camviewer.engine.results import ExplainRequest, Explanation
from camviewer.engine.session import Session

Map = NDArray[np.float32]
METHODS = {"score-cam": "Score-CAM", "ablation-cam": "Ablation-CAM"}
PYTORCH_GRAD_CAM, TORCHCAM = "pytorch-grad-cam", "torchcam"


@dataclass(frozen=True)
class SlowTiming:
    """One program and method.

    Attributes:
        program: its name.
        method: its title.
        seconds: median over rounds.
        first_seconds: until the first map of what was done so far; None where there is none.
        next_seconds: of another class of the same picture; None where it is all done again.
        correlation: of its map with this program's, by torch alone.
    """

    program: str
    method: str
    seconds: float
    first_seconds: float | None
    next_seconds: float | None
    correlation: float


@dataclass(frozen=True)
class _Run:
    seconds: float
    first_seconds: float | None
    next_seconds: float | None
    map: Map


def time_slow_methods(rounds: int) -> tuple[SlowTiming, ...]:
    """Times them on EfficientNet-Lite0 (1280 channels), interleaved, one picture a round."""
    network = subject("efficientnet-lite0")
    recipe = network.classifier.info.recipe
    found: dict[tuple[str, str], list[_Run]] = {}
    with TemporaryDirectory() as folder:
        paths = write_pictures(Path(folder), rounds)
        tensors = [input_tensor(path, recipe) for path in paths]
        fast = CamviewerWithOpenVINO(network, Path(folder))
        fast.warm_up(paths[0], tensors[0])
        programs = {
            CAMVIEWER: _ours(Session(network.classifier), network.layer),
            CAMVIEWER_FAST: _ours(fast.session, network.layer),
            PYTORCH_GRAD_CAM: _pytorch_grad_cam(network),
            TORCHCAM: _torchcam(network),
        }
        for path, tensor in zip(paths, tensors, strict=True):
            for program, run in programs.items():
                for method in METHODS:
                    made = run(method, path, tensor)
                    if made is not None:
                        found.setdefault((program, method), []).append(made)
    return tuple(
        _timing(program, method, runs, found[CAMVIEWER, method])
        for (program, method), runs in found.items()
    )


def _timing(program: str, method: str, runs: list[_Run], reference: list[_Run]) -> SlowTiming:
    firsts = [run.first_seconds for run in runs if run.first_seconds is not None]
    nexts = [run.next_seconds for run in runs if run.next_seconds is not None]
    pairs = zip(runs, reference, strict=True)
    return SlowTiming(
        program,
        METHODS[method],
        median(run.seconds for run in runs),
        median(firsts) if firsts else None,
        median(nexts) if nexts else None,
        min(_correlation(run.map, other.map) for run, other in pairs),
    )


_Runner = Callable[[str, Path, Tensor], _Run | None]


def _ours(session: Session, layer: str) -> _Runner:
    def run(method: str, path: Path, _tensor: Tensor) -> _Run:
        image = read_image(path)
        session.explain(image, ExplainRequest(method="grad-cam", layer=layer))
        moments: list[float] = []

        def on_progress(_map: Explanation) -> None:
            moments.append(perf_counter())

        start = perf_counter()
        made = session.explain(
            image, ExplainRequest(method=method, layer=layer), on_progress=on_progress
        )
        stop = perf_counter()
        values = np.maximum(made.heatmap.values, 0)
        first = moments[0] - start if moments else None
        another = session.verdict(image).top(2)[1]
        session.explain(image, ExplainRequest(another, method, layer))
        return _Run(stop - start, first, perf_counter() - stop, values)

    return run


def _pytorch_grad_cam(network: Subject) -> _Runner:
    from pytorch_grad_cam import AblationCAM, ScoreCAM  # noqa: PLC0415

    model = copy.deepcopy(network.classifier.network)
    layers = [model.get_submodule(network.layer)]
    kinds = {"score-cam": ScoreCAM, "ablation-cam": AblationCAM}

    def run(method: str, _path: Path, tensor: Tensor) -> _Run:
        start = perf_counter()
        with kinds[method](model=model, target_layers=layers) as cam:
            cam.batch_size = 32
            values = cam(input_tensor=tensor, targets=None)[0]
        return _Run(perf_counter() - start, None, None, values)

    return run


def _torchcam(network: Subject) -> _Runner:
    from torchcam.methods import ScoreCAM  # noqa: PLC0415

    model = copy.deepcopy(network.classifier.network)

    def run(method: str, _path: Path, tensor: Tensor) -> _Run | None:
        if method != "score-cam":
            return None  # it has no other of the two
        start = perf_counter()
        with ScoreCAM(model, network.layer, batch_size=32) as extractor, torch.no_grad():
            scores = model(tensor)
            found = extractor(scores.squeeze(0).argmax().item(), scores)[0]
        return _Run(perf_counter() - start, None, None, found[0].numpy())

    return run


def _correlation(one: Map, other: Map) -> float:
    flat = [_enlarged(values).ravel() for values in (one, other)]
    return float(np.corrcoef(*flat)[0, 1])


def _enlarged(values: Map) -> Map:
    tensor = torch.from_numpy(np.ascontiguousarray(values, np.float32))[None, None]
    return interpolate(tensor, (SIDE, SIDE), mode="bilinear", align_corners=False).numpy()
