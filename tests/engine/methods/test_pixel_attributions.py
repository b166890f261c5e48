"""Attributions to pixels obey their papers; tests of peers' maps compare them with captum's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Box, Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, Explanation, ScoreKind
from camviewer.engine.session.session import Session

CLASS = 285


def explained(
    session: Session, image: SourceImage, method: str, *options: tuple[str, int]
) -> Explanation:
    return session.explain(image, ExplainRequest(CLASS, method, options=options))


@pytest.mark.parametrize("method", ["input-x-gradient", "guided-grad-cam"])
def test_a_map_has_a_cell_for_each_input_pixel_at_its_place(
    method: str, session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = explained(session, photographs["rocket"], method)
    geometry, placement = found.heatmap.geometry, found.placement
    assert found.heatmap.values.shape == placement.input_size == (224, 224)
    assert geometry.centre(0, 0) == pytest.approx(placement.to_source(0.5, 0.5))
    assert geometry.centre(223, 223) == pytest.approx(placement.to_source(223.5, 223.5))
    assert geometry.extent == placement.box.intersected(
        Box(0, 0, *photographs["rocket"].size[::-1])
    )


def test_integrated_gradients_add_up_to_the_scores_rise(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = nn.Sequential(
            nn.Conv2d(3, 8, 5, stride=2), nn.Softplus(), nn.Flatten(), nn.Linear(800, 3), nn.Tanh()
        )
    recipe = Recipe((24, 24), flexible=False)
    session = Session(classifier_of(network, labels=3, recipe=recipe))
    found = session.explain(photographs["coffee"], ExplainRequest(1, "integrated-gradients"))
    picture = session.input_tensor(photographs["coffee"], found.placement)
    with torch.no_grad():
        ends = network(torch.cat([picture, torch.zeros_like(picture)]))[:, 1]
    assert abs(float(ends[0] - ends[1])) > 0.1
    assert found.heatmap.values.sum() == pytest.approx(float(ends[0] - ends[1]), rel=1e-3)


def test_integrated_gradients_of_too_few_steps_are_told(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    rough = explained(session, photographs["coffee"], "integrated-gradients", ("steps", 2))
    picture = session.input_tensor(photographs["coffee"], rough.placement)
    with torch.no_grad():
        ends = session.classifier.network(torch.cat([picture, torch.zeros_like(picture)]))
    rise, total = float(ends[0, CLASS] - ends[1, CLASS]), rough.heatmap.values.sum()
    assert abs(total - rise) > 0.05 * abs(rise)
    (told,) = (note.text for note in rough.notes if "add up" in note.text)
    assert told == (
        f"Pixels add up to {total:.3g}, not to the score's rise of {rise:.3g}: take more steps."
    )


def test_input_x_gradient_of_a_linear_network_is_each_pixels_part(
    classifier_of: Callable[..., Classifier],
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = nn.Sequential(nn.Conv2d(2, 3, 4), nn.AvgPool2d(5), nn.Flatten(), nn.Linear(3, 3))
    recipe = Recipe((8, 8), crop_fraction=1.0, flexible=False)
    network = nn.Sequential(Bands(), *network)
    session = Session(classifier_of(network, labels=3, recipe=recipe))
    image = image_from_pixels(
        np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8), "noise"
    )
    found = session.explain(image, ExplainRequest(1, "input-x-gradient"))
    picture = session.input_tensor(image, found.placement)
    with torch.no_grad():
        whole = float(network(picture)[0, 1] - network(torch.zeros_like(picture))[0, 1])
        without = picture.clone()
        without[:, :, 3, 5] = 0
        part = float(network(picture)[0, 1] - network(without)[0, 1])
    assert found.heatmap.values.sum() == pytest.approx(whole, rel=1e-4)
    assert found.heatmap.values[3, 5] == pytest.approx(part, rel=1e-3)


class Bands(nn.Module):
    """Drops the third channel."""

    def forward(self, pictures: Tensor) -> Tensor:
        return pictures[:, :2]


class Functional(nn.Module):
    """A network whose ReLUs are functions, in place and not, and one a module."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, padding=1)
        self.second = nn.Conv2d(6, 6, 3, padding=1)
        self.third = nn.Conv2d(6, 5, 3)
        self.act = nn.ReLU(inplace=True)
        self.linear = nn.Linear(5, 3)

    def forward(self, pictures: Tensor) -> Tensor:
        features = functional.relu_(self.first(pictures))
        changed = self.second(features)
        changed += features
        changed = torch.relu(changed)
        logits: Tensor = self.linear(self.act(self.third(changed)).mean((2, 3)))
        return logits


@contextmanager
def hooked(network: nn.Module) -> Iterator[None]:
    """Guided backpropagation as it is usually made: every ReLU a module, with a hook of its own."""
    handles = [
        module.register_full_backward_hook(lambda _m, given, _out: (given[0].clamp(min=0),))
        for module in network.modules()
        if isinstance(module, nn.ReLU)
    ]
    yield
    for handle in handles:
        handle.remove()


class Modules(Functional):
    """The same network with a module for each ReLU."""

    def __init__(self) -> None:
        super().__init__()
        self.acts = nn.ModuleList(nn.ReLU() for _ in range(3))

    def forward(self, pictures: Tensor) -> Tensor:
        features = self.acts[0](self.first(pictures))
        changed = self.acts[1](self.second(features) + features)
        logits: Tensor = self.linear(self.acts[2](self.third(changed)).mean((2, 3)))
        return logits


def test_guided_backpropagation_sees_functions_and_what_is_in_place(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(1)
        network, same = Functional(), Modules()
    same.load_state_dict(network.state_dict())
    recipe = Recipe((24, 24), flexible=False)
    session = Session(classifier_of(network, labels=3, recipe=recipe))
    found = session.explain(photographs["coffee"], ExplainRequest(1, "guided-backprop"))
    picture = session.input_tensor(photographs["coffee"], found.placement).requires_grad_()
    with hooked(same):
        (expected,) = torch.autograd.grad(same(picture)[0, 1], picture)
    expected_map = expected[0].sum(0).numpy()
    assert np.abs(found.heatmap.values - expected_map).max() < 1e-5 * np.abs(expected_map).max()
    with torch.enable_grad():
        (plain,) = torch.autograd.grad(same(picture)[0, 1], picture)
    assert np.abs(plain[0].sum(0).numpy() - expected_map).max() > 0.1 * np.abs(expected_map).max()


class Overwriting(Functional):
    """A network that adds to a ReLU's output in place, which only works without gradients."""

    def forward(self, pictures: Tensor) -> Tensor:
        features = torch.relu(self.first(pictures))
        features += pictures.mean(1, keepdim=True)
        logits: Tensor = self.linear(self.third(features).mean((2, 3)))
        return logits


def test_a_network_that_overwrites_what_a_gradient_needs_is_refused(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    network = Overwriting()
    session = Session(classifier_of(network, labels=3, recipe=Recipe((16, 16), flexible=False)))
    with pytest.raises(CamviewerError, match="overwrites values") as refused:
        session.explain(photographs["coffee"], ExplainRequest(1, "input-x-gradient"))
    assert "Occlusion" in refused.value.hint


class Hidden(nn.Module):
    """A network whose SiLU is a function, which no list of modules tells."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.linear = nn.Linear(4, 3)

    def forward(self, pictures: Tensor) -> Tensor:
        logits: Tensor = self.linear(functional.silu(self.conv(pictures)).mean((2, 3)))
        return logits


@pytest.mark.parametrize("method", ["guided-backprop", "guided-grad-cam", "lrp"])
def test_another_activation_is_refused_also_when_it_is_a_function(
    method: str, classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    session = Session(classifier_of(Hidden(), labels=3, recipe=Recipe((16, 16), flexible=False)))
    with pytest.raises(CamviewerError, match="silu") as refused:
        session.explain(photographs["coffee"], ExplainRequest(1, method))
    assert "is not defined here" in refused.value.message
    assert refused.value.hint


def test_guided_grad_cam_is_guided_where_grad_cam_looks(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    """Pixels are weighed by the coarse map as it is drawn: at the measured places of its cells."""
    layer = session.info.default_layer
    coarse = explained(session, photographs["chelsea"], "grad-cam")
    guided = explained(session, photographs["chelsea"], "guided-backprop").heatmap
    both = explained(session, photographs["chelsea"], "guided-grad-cam").heatmap
    assert coarse.heatmap.geometry.measured
    assert both.geometry.measured
    strongest = np.unravel_index(np.abs(guided.values).argmax(), guided.values.shape)
    row, column = (int(each) for each in strongest)
    x, y = guided.geometry.centre(row, column)
    left, up = (float(each) - 0.5 for each in coarse.heatmap.geometry.to_grid(x, y))
    rows, columns = coarse.heatmap.values.shape
    down, across = int(np.floor(up)), int(np.floor(left))
    weight = 0.0
    for r, c in ((down, across), (down, across + 1), (down + 1, across), (down + 1, across + 1)):
        part = (1 - abs(up - r)) * (1 - abs(left - c))
        cell = coarse.heatmap.values[min(max(r, 0), rows - 1), min(max(c, 0), columns - 1)]
        weight += part * max(float(cell), 0.0)
    expected = guided.values[row, column] * weight
    assert both.values[row, column] == pytest.approx(expected, rel=1e-3)
    assert layer == coarse.layer.name


def test_the_score_that_is_explained_may_be_a_probability(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(CLASS, "input-x-gradient", score=ScoreKind.PROBABILITY)
    found = session.explain(photographs["chelsea"], request)
    picture = session.input_tensor(photographs["chelsea"], found.placement).requires_grad_()
    with torch.enable_grad():
        probability = session.classifier.network(picture).softmax(1)[0, CLASS]
        (gradient,) = torch.autograd.grad(probability, picture)
    expected = (gradient * picture).detach()[0].sum(0).numpy()
    assert np.abs(found.heatmap.values - expected).max() < 1e-4 * np.abs(expected).max()


def test_smoothgrad_repeats_itself_with_its_seed(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    def with_seed(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        options = (("samples", 2), ("seed", seed))
        return explained(session, photographs["coffee"], "smoothgrad", *options).heatmap.values

    first, other = with_seed(1), with_seed(2)
    session.forget_pictures()
    assert (with_seed(1) == first).all()
    assert not (other == first).all()


def test_offsets_of_the_embedded_model_are_shipped(session: Session) -> None:
    """What the test of guided Grad-CAM relies on."""
    store = OffsetStore(session.info.weights_sha256, shipped=session.info.id)
    assert store.get(session.info.default_layer) is not None
