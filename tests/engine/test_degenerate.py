"""What the odd network and the odd picture do to every method: a sound map, or a clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.heatmap import Evidence
from camviewer.engine.image import image_from_pixels
from camviewer.engine.messages import ExplainRequest, Explanation
from camviewer.engine.methods import find_method
from tests.engine.trial_networks import (
    CASES,
    CLASS,
    EVERY,
    blocks,
    close,
    quick,
    seeded,
    session_of,
    trial,
    values_of,
)

Answer = TypeVar("Answer")
every_method = pytest.mark.parametrize("method", EVERY)
every_method_everywhere = pytest.mark.parametrize(("name", "method"), CASES)


def what_comes_of(ask: Callable[[], Answer]) -> Answer | str:
    """The answer, or the sentence that says why there is none."""
    try:
        return ask()
    except CamviewerError as refused:
        return refused.message


def sound_or_said(ask: Callable[[], Explanation]) -> Explanation | None:
    """A map of numbers; None when it was said in a sentence why there is none."""
    found = what_comes_of(ask)
    if isinstance(found, str):
        assert len(found) > 20
        assert found.endswith(".")
        return None
    assert np.isfinite(found.heatmap.values).all()
    assert np.isfinite(found.heatmap.noise_scale)
    assert found.heatmap.geometry.shape == found.heatmap.values.shape
    return found


@every_method_everywhere
def test_a_picture_of_one_colour_gives_a_map_of_numbers(name: str, method: str) -> None:
    _, session, request = trial(name, method)
    grey = image_from_pixels(np.full((40, 40, 3), 124, np.uint8), "grey")
    assert np.isfinite(values_of(session, grey, request)).all()


FIRST_AND_TAPPED = {"convolutional": ("stem", "inner"), "dense": ("0", "2")}


@pytest.mark.parametrize("value", [0.0, 1.5])
@every_method_everywhere
def test_a_layer_that_is_the_same_everywhere_gives_a_map_of_numbers(
    name: str, method: str, value: float
) -> None:
    """With 0 nothing is seen and nothing flows back: that is no evidence, and it is said."""
    network = seeded(name)
    for layer in FIRST_AND_TAPPED.get(name, ("patch_embed.proj", "blocks.1.norm1")):
        network.get_parameter(f"{layer}.weight").data.zero_()
        network.get_parameter(f"{layer}.bias" if layer != "stem" else "norm.bias").data.fill_(value)
    if name == "convolutional":  # the shortcut beside the layer
        network.get_parameter("down.weight").data.zero_()
        network.get_parameter("down.bias").data.zero_()
    _, session, request = trial(name, method, network)
    found = sound_or_said(lambda: session.explain(blocks(), request))
    silent = value == 0.0 and name == "convolutional"
    if found is not None and silent and not found.method.fixed_layer:
        assert found.heatmap.evidence is Evidence.FLAT
        assert any("flat" in note for note in found.notes)


@every_method_everywhere
def test_where_no_score_depends_on_the_picture_the_map_is_sound(name: str, method: str) -> None:
    """All gradients are zero, and the activations are not."""
    network = seeded(name)
    last = [module for module in network.modules() if isinstance(module, nn.Linear)][-1]
    last.weight.data.zero_()
    _, session, request = trial(name, method, network)
    found = sound_or_said(lambda: session.explain(blocks(), request))
    weighs_by_softmax = {"score-cam", "ss-cam", "is-cam", "opti-cam"}
    if found is not None and not found.method.classless and method not in weighs_by_softmax:
        assert found.heatmap.evidence is not Evidence.POSITIVE
        assert found.notes


DAMAGED = {
    "convolutional": ("down.bias", ("inner", "act", "down")),
    "dense": ("2.bias", ("2", "3", "4")),
    "transformer": ("blocks.1.norm1.bias", ("blocks.1.norm1",)),
}


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
@every_method_everywhere
def test_activations_that_are_no_numbers_are_refused_by_name(
    name: str, method: str, number: float
) -> None:
    network, session, request = trial(name, method)
    tensor, layers = DAMAGED[name]
    network.get_parameter(tensor).data[2] = number
    with pytest.raises(CamviewerError, match="not finite") as refused:
        session.explain(blocks(), request)
    assert any(f"layer {layer}" in refused.value.message.lower() for layer in layers)


class Shared(nn.Module):
    """A convolutional network with two dense layers, whose activation is one or three modules."""

    def __init__(self, *, shared: bool, in_place: bool = True) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.second = nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.one = nn.ReLU(in_place)
        self.two = self.one if shared else nn.ReLU(in_place)
        self.pool = nn.AdaptiveAvgPool2d(4)
        self.hidden, self.last = nn.Linear(128, 10), nn.Linear(10, 4)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 4)."""
        features = self.two(self.second(self.one(self.first(pictures))))
        logits: Tensor = self.last(self.hidden(self.pool(features).flatten(1)).tanh())
        return logits


def shared(*, shared: bool, in_place: bool = True) -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(4)
        network = Shared(shared=shared, in_place=in_place)
    nn.init.zeros_(network.hidden.bias)
    network.last.weight.data *= 3
    return network.eval()


@every_method
def test_of_a_layer_that_runs_twice_the_last_call_counts_and_it_is_said(method: str) -> None:
    """The map is that of the same network whose second activation is a module of its own."""
    twice, once = session_of(shared(shared=True)), session_of(shared(shared=False))
    options = quick(twice.method_info(method))
    if twice.refusal(find_method(method), "one"):
        return
    found = twice.explain(blocks(), ExplainRequest(CLASS, method, "one", options=options))
    alone = once.explain(blocks(), ExplainRequest(CLASS, method, "two", options=options))
    if method not in CHOOSES_ITS_LAYERS:
        close(found.heatmap.values, alone.heatmap.values)
    said = "Layer one runs 2 times in a pass: this is its last call." in found.notes
    assert said is not bool(found.method.fixed_layer)
    assert not any("runs" in note for note in alone.notes)


CHOOSES_ITS_LAYERS = {"refine-cam", "layer-fusion", "poly-cam"}
"""Where a module runs twice there is a layer less to choose from."""


@every_method
def test_layers_that_work_in_place_change_no_map(method: str) -> None:
    here, beside = (session_of(shared(shared=False, in_place=each)) for each in (True, False))
    options = quick(here.method_info(method))
    for layer in ("first", "second"):
        request = ExplainRequest(CLASS, method, layer, options=options)
        if not here.refusal(find_method(method), layer):
            close(values_of(here, blocks(), request), values_of(beside, blocks(), request))


@every_method_everywhere
def test_frozen_parameters_and_switched_off_gradients_change_no_map(name: str, method: str) -> None:
    _, plain, request = trial(name, method)
    frozen = session_of(seeded(name).requires_grad_(False))
    with torch.no_grad():
        within = values_of(frozen, blocks(), request)
    close(values_of(plain, blocks(), request), within)


@every_method
def test_a_layer_that_nothing_passes_through_is_no_choice(method: str) -> None:
    session = session_of(seeded("convolutional"))
    if session.method_info(method).fixed_layer:
        return
    with pytest.raises(CamviewerError, match=r"[Ll]ayer spare|not defined here"):
        session.explain(blocks(), ExplainRequest(CLASS, method, layer="spare"))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@every_method_everywhere
def test_weights_of_half_precision_are_computed_with_in_single(
    name: str, method: str, dtype: torch.dtype
) -> None:
    _, half, request = trial(name, method, seeded(name).to(dtype))
    single = session_of(seeded(name).to(dtype).float())
    close(values_of(half, blocks(), request), values_of(single, blocks(), request))


class SingleCell(nn.Module):
    """Its last layer looks at the whole picture at once: a grid of 1 x 1."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 4, stride=4)
        self.end = nn.Conv2d(8, 12, 8, stride=8)
        self.linear = nn.Linear(12, 4)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 4)."""
        features = self.end(self.stem(pictures).relu()).relu()
        logits: Tensor = self.linear(features.mean((2, 3)))
        return logits


@every_method
def test_on_a_grid_of_one_cell_there_is_a_map_or_a_sentence(method: str) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        session = session_of(SingleCell().eval())
    options = dict(quick(session.method_info(method)))
    if method == "occlusion":
        options = {"patch": 32, "stride": 32}
    request = ExplainRequest(CLASS, method, "end", options=tuple(options.items()))
    found = sound_or_said(lambda: session.explain(blocks(), request))
    if method == "occlusion":
        assert found is not None
        assert found.heatmap.values.shape == (1, 1)
    elif not session.method_info(method).fixed_layer:
        assert found is None
        with pytest.raises(CamviewerError, match="Layer end puts out no grid") as refused:
            session.explain(blocks(), request)
        assert "larger detail" in refused.value.hint


def test_at_a_larger_detail_the_same_layer_has_a_grid() -> None:
    session = session_of(SingleCell().eval())
    found = session.explain(blocks(), ExplainRequest(CLASS, "grad-cam", "end", detail=2.0))
    assert found.heatmap.values.shape == (2, 2)


@pytest.mark.parametrize("size", [(4, 4), (4, 8), (8, 4)])
@pytest.mark.parametrize("name", ["convolutional", "dense"])
@every_method
def test_inputs_that_leave_one_cell_or_two_are_no_trap(
    name: str, method: str, size: tuple[int, int]
) -> None:
    """The default layer is taken as it is, so there the formulas themselves see a single cell."""
    session = session_of(seeded(name))
    layer, options = session.info.default_layer, quick(session.method_info(method))
    if session.refusal(find_method(method), layer):
        return
    whole = session.explain(blocks(), ExplainRequest(CLASS, "grad-cam"))
    picture = session.input_tensor(blocks(), whole.placement)[:, :, : size[0], : size[1]]
    request = ExplainRequest(CLASS, method, layer, options=options)
    found = what_comes_of(lambda: session.map_of(picture, request))
    assert isinstance(found, str) or bool(torch.isfinite(found).all())
