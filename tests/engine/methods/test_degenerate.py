"""What the odd network and the odd picture do to every method: a sound map, or a clear sentence.

A test goes through all methods, and names each that fails.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import find_method
from camviewer.engine.picture.source_image import image_from_pixels
from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import ExplainRequest, Explanation
from tests.engine.trial_networks import (
    CLASS,
    EVERY,
    NETWORKS,
    alone,
    blocks,
    close,
    of_network,
    quick,
    seeded,
    session_of,
    values_of,
)

every_network = pytest.mark.parametrize("name", NETWORKS)
LOOK_ELSEWHERE = {"attention-rollout", "legrad"}
"""Methods that do not look at the layer that is asked for, but at the attention of all blocks."""


def assert_sound(found: Explanation) -> None:
    """A map of numbers, as large as its grid."""
    assert np.isfinite(found.heatmap.values).all()
    assert np.isfinite(found.heatmap.noise_scale)
    assert found.heatmap.geometry.shape == found.heatmap.values.shape


@every_network
def test_a_picture_of_one_colour_gives_a_map_of_numbers(
    name: str, subtests: pytest.Subtests
) -> None:
    session = session_of(seeded(name))
    grey = image_from_pixels(np.full((40, 40, 3), 124, np.uint8), "grey")
    for method, request in of_network(name).items():
        with subtests.test(method):
            assert_sound(session.explain(grey, request))


FIRST_AND_TAPPED = {
    "convolutional": ("stem", "inner"),
    "dense": ("0", "2"),
    "transformer": ("patch_embed.proj", "blocks.1.norm1"),
}


def the_same_everywhere(name: str, value: float) -> nn.Module:
    """The network of that name, whose tapped layer puts out that value in every cell."""
    network = seeded(name)
    for layer in FIRST_AND_TAPPED[name]:
        network.get_parameter(f"{layer}.weight").data.zero_()
        network.get_parameter(f"{layer}.bias" if layer != "stem" else "norm.bias").data.fill_(value)
    if name == "convolutional":  # the shortcut beside the layer
        network.get_parameter("down.weight").data.zero_()
        network.get_parameter("down.bias").data.zero_()
    return network


@every_network
def test_a_layer_of_nothing_but_zeros_gives_a_flat_map_and_it_is_said(
    name: str, subtests: pytest.Subtests
) -> None:
    """Nothing is seen and nothing flows back: that is no evidence."""
    session = session_of(the_same_everywhere(name, 0.0))
    for method, request in of_network(name).items():
        with subtests.test(method):
            found = session.explain(blocks(), request)
            assert_sound(found)
            if method == "fc-cam":  # its dense layers have biases that each cell is told
                assert found.heatmap.evidence is not Evidence.POSITIVE
            elif method not in LOOK_ELSEWHERE:
                assert found.heatmap.evidence is Evidence.FLAT
                assert any("flat" in note.text for note in found.notes)


@every_network
def test_a_layer_that_is_the_same_everywhere_gives_a_map_of_numbers(
    name: str, subtests: pytest.Subtests
) -> None:
    session = session_of(the_same_everywhere(name, 1.5))
    for method, request in of_network(name).items():
        with subtests.test(method):
            assert_sound(session.explain(blocks(), request))


WEIGH_BY_SOFTMAX = {"score-cam", "ss-cam", "is-cam", "opti-cam"}
"""Their weights are shares: where no score says anything, all channels count alike."""


@every_network
def test_where_no_score_depends_on_the_picture_there_is_no_evidence(
    name: str, subtests: pytest.Subtests
) -> None:
    """All gradients are zero, and the activations are not."""
    network = seeded(name)
    last = [module for module in network.modules() if isinstance(module, nn.Linear)][-1]
    last.weight.data.zero_()
    session = session_of(network)
    for method, request in of_network(name).items():
        with subtests.test(method):
            if method == "attention-rollout":
                with pytest.raises(CamviewerError, match="depends on the picture"):
                    session.explain(blocks(), request)
                continue
            found = session.explain(blocks(), request)
            assert_sound(found)
            if method == "fc-cam":
                assert found.heatmap.evidence is not Evidence.POSITIVE
            elif not found.method.classless and method not in WEIGH_BY_SOFTMAX:
                assert found.heatmap.evidence is Evidence.FLAT
                assert any("flat" in note.text for note in found.notes)


DAMAGED = {
    "convolutional": ("down.bias", ("inner", "act", "down")),
    "dense": ("2.bias", ("2", "3", "4")),
    "transformer": ("blocks.1.norm1.bias", ("blocks.1.norm1",)),
}


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
@every_network
def test_activations_that_are_no_numbers_are_refused_by_name(
    name: str, number: float, subtests: pytest.Subtests
) -> None:
    network = seeded(name)
    session = session_of(network)
    session.methods()  # which looks at the whole network, while it is sound
    tensor, layers = DAMAGED[name]
    network.get_parameter(tensor).data[2] = number
    for method, request in of_network(name).items():
        with subtests.test(method):
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


def test_of_a_layer_that_runs_twice_the_last_call_counts_and_it_is_said(
    subtests: pytest.Subtests,
) -> None:
    """The map is that of the same network whose second activation is a module of its own."""
    twice, once = session_of(shared(shared=True)), session_of(shared(shared=False))
    for method in EVERY:
        if twice.refusal(find_method(method), "one") or method in ONLY_RECTIFIERS:
            continue
        with subtests.test(method):
            options = quick(twice.method_info(method))
            found = twice.explain(blocks(), ExplainRequest(CLASS, method, "one", options=options))
            beside = once.explain(blocks(), ExplainRequest(CLASS, method, "two", options=options))
            if method not in CHOOSES_ITS_LAYERS:
                close(found.heatmap.values, beside.heatmap.values)
            said = "Layer one runs 2 times in a pass: this is its last call." in map(
                str, found.notes
            )
            assert said is not bool(found.method.fixed_layer)
            assert not any("runs" in note.text for note in beside.notes)


ONLY_RECTIFIERS = {"guided-backprop", "guided-grad-cam", "lrp"}
"""Methods that refuse the network's tanh, which is a function that they meet on the way."""
CHOOSES_ITS_LAYERS = {"refine-cam", "layer-fusion", "poly-cam"}
"""Where a module runs twice there is a layer less to choose from."""


def test_layers_that_work_in_place_change_no_map(subtests: pytest.Subtests) -> None:
    here, beside = (session_of(shared(shared=False, in_place=each)) for each in (True, False))
    for method in EVERY:
        for layer in ("first", "second"):
            if here.refusal(find_method(method), layer) or method in ONLY_RECTIFIERS:
                continue
            with subtests.test(method, layer=layer):
                options = quick(here.method_info(method))
                request = ExplainRequest(CLASS, method, layer, options=options)
                close(values_of(here, blocks(), request), values_of(beside, blocks(), request))


@every_network
def test_frozen_parameters_and_switched_off_gradients_change_no_map(
    name: str, subtests: pytest.Subtests
) -> None:
    frozen = session_of(seeded(name).requires_grad_(False))
    for method, request in of_network(name).items():
        with subtests.test(method):
            with torch.no_grad():
                within = values_of(frozen, blocks(), request)
            close(alone(name, method), within)


def test_a_layer_that_nothing_passes_through_is_no_choice(subtests: pytest.Subtests) -> None:
    session = session_of(seeded("convolutional"))
    for method in EVERY:
        if session.method_info(method).fixed_layer:
            continue
        with (
            subtests.test(method),
            pytest.raises(CamviewerError, match="Layer spare puts out no grid"),
        ):
            session.explain(blocks(), ExplainRequest(CLASS, method, layer="spare"))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@every_network
def test_weights_of_half_precision_are_computed_with_in_single(
    name: str, dtype: torch.dtype, subtests: pytest.Subtests
) -> None:
    half = session_of(seeded(name).to(dtype))
    single = session_of(seeded(name).to(dtype).float())
    for method, request in of_network(name).items():
        with subtests.test(method):
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


_NEED_NO_GRID = {
    "occlusion": (1, 1),
    "rise": (32, 32),
    "fullgrad": (32, 32),
    "poly-cam": (8, 8),
    "input-x-gradient": (32, 32),
    "integrated-gradients": (32, 32),
    "smoothgrad": (32, 32),
    "guided-backprop": (32, 32),
    "lrp": (32, 32),
}
"""The maps of methods that do not look at the layer that is asked for."""
_REFUSED_ELSEWHERE = {
    "refine-cam": "This network's layers all have the same grid.",
    "layer-fusion": "This network's layers all have the same grid.",
    "attention-rollout": "Attention rollout is not defined here: this network has no attention.",
    "legrad": "LeGrad is not defined here: this network has no attention.",
}


def test_a_grid_of_one_cell_is_refused_with_a_way_out(subtests: pytest.Subtests) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        session = session_of(SingleCell().eval())
    for method in EVERY:
        with subtests.test(method):
            options = dict(quick(session.method_info(method)))
            if method == "occlusion":
                options = {"patch": 32, "stride": 32}
            request = ExplainRequest(CLASS, method, "end", options=tuple(options.items()))
            if method in _NEED_NO_GRID:
                found = session.explain(blocks(), request)
                assert_sound(found)
                assert found.heatmap.values.shape == _NEED_NO_GRID[method]
                continue
            with pytest.raises(CamviewerError) as refused:
                session.explain(blocks(), request)
            no_grid = "Layer end puts out no grid of several cells for 32 x 32 pixels."
            assert refused.value.message == _REFUSED_ELSEWHERE.get(method, no_grid)
            if refused.value.message == no_grid:
                assert "larger detail" in refused.value.hint


def test_at_a_larger_detail_the_same_layer_has_a_grid() -> None:
    session = session_of(SingleCell().eval())
    found = session.explain(blocks(), ExplainRequest(CLASS, "grad-cam", "end", detail=2.0))
    assert found.heatmap.values.shape == (2, 2)


@pytest.mark.parametrize("size", [(4, 4), (4, 8), (8, 4)])
@pytest.mark.parametrize("name", ["convolutional", "dense"])
def test_inputs_that_leave_one_cell_or_two_are_no_trap(
    name: str, size: tuple[int, int], subtests: pytest.Subtests
) -> None:
    """The default layer is taken as it is, so there the formulas themselves see a single cell."""
    session = session_of(seeded(name))
    whole = session.explain(blocks(), ExplainRequest(CLASS, "grad-cam"))
    picture = session.input_tensor(blocks(), whole.placement)[:, :, : size[0], : size[1]]
    layer = session.info.default_layer
    for method in EVERY:
        if session.refusal(find_method(method), layer):
            continue
        with subtests.test(method):
            options = quick(session.method_info(method))
            request = ExplainRequest(CLASS, method, layer, options=options)
            if method == "multi-scale":
                with pytest.raises(CamviewerError, match="in several placements, and here is only"):
                    session.map_of(picture, request)
            else:
                assert torch.isfinite(session.map_of(picture, request)).all()
