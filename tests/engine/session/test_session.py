"""A session answers truly, reuses what it has, and says why it refuses."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.results.notes import NoteKind
from camviewer.engine.session.session import Session

ESPRESSO, MISSILE, PLATFORM = 967, 657, 540


def test_the_verdict_is_the_models_own(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    coffee = session.verdict(photographs["coffee"])
    assert coffee.top(1) == (ESPRESSO,)
    assert session.info.labels[ESPRESSO] == "espresso"
    assert coffee.probabilities[ESPRESSO] == pytest.approx(0.95, abs=0.03)
    assert coffee.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert session.verdict(photographs["rocket"]).top(1) == (MISSILE,)
    chelsea = session.verdict(photographs["chelsea"]).top(3)
    assert {281, 282, 285} & set(chelsea), "one of the cats"


@pytest.mark.parametrize("mode", list(PlacementMode))
@pytest.mark.parametrize("detail", [1.0, 2.0])
def test_the_verdict_comes_from_the_recipe_whatever_the_placement(
    session: Session,
    photographs: dict[str, SourceImage],
    mode: PlacementMode,
    detail: float,
) -> None:
    rocket = photographs["rocket"]
    found = session.explain(rocket, ExplainRequest(mode=mode, detail=detail))
    verdict = session.verdict(rocket)
    assert found.class_index == MISSILE
    assert found.probability == pytest.approx(float(verdict.probabilities[MISSILE]))
    assert found.logit == pytest.approx(float(verdict.logits[MISSILE]))
    here_is_the_recipe = mode is PlacementMode.CROP and detail == 1.0
    assert (found.probability_here == pytest.approx(found.probability)) is here_is_the_recipe
    assert found.placement.mode is mode
    assert found.placement.detail == detail


def test_another_class_or_method_on_the_same_layer_costs_no_pass(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["chelsea"]
    first = session.explain(image, ExplainRequest())
    assert first.passes == 1
    assert session.explain(image, ExplainRequest(7)).passes == 0
    assert session.explain(image, ExplainRequest(method="grad-cam")).passes == 0
    assert session.explain(image, ExplainRequest(nominal=True)).passes == 0
    session.verdict(image)
    assert session.pass_count == 1


def test_another_placement_costs_one_pass_and_coming_back_none(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["chelsea"]
    session.explain(image, ExplainRequest())
    assert session.explain(image, ExplainRequest(mode=PlacementMode.WHOLE)).passes == 1
    assert session.explain(image, ExplainRequest()).passes == 0


def test_a_second_class_below_an_inner_layer_costs_no_pass(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["chelsea"]
    request = ExplainRequest(281, "grad-cam", layer="blocks.4")
    first = session.explain(image, request)
    second = session.explain(image, ExplainRequest(7, "grad-cam", layer="blocks.4"))
    assert (first.passes, second.passes) == (1, 0)
    assert not np.allclose(first.heatmap.values, second.heatmap.values)


def test_what_was_cached_equals_what_is_made_anew(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["astronaut"]
    used, fresh = Session(embedded), Session(embedded)
    for method in ("cam", "grad-cam"):
        for class_index in (1, 2, 3):
            used.explain(image, ExplainRequest(class_index, method))
    request = ExplainRequest(2, "grad-cam")
    again = used.explain(image, request)
    assert again.passes == 0
    assert np.array_equal(again.heatmap.values, fresh.explain(image, request).heatmap.values)


def test_pictures_of_the_same_size_are_not_taken_for_each_other(session: Session) -> None:
    rng = np.random.default_rng(0)
    one, other = (
        image_from_pixels(rng.integers(0, 256, (60, 80, 3), dtype=np.uint8), "same name")
        for _ in range(2)
    )
    first = session.explain(one, ExplainRequest(3)).heatmap.values
    second = session.explain(other, ExplainRequest(3)).heatmap.values
    assert not np.array_equal(first, second)
    assert not np.array_equal(session.verdict(one).logits, session.verdict(other).logits)


@pytest.mark.parametrize(
    "request_", [ExplainRequest(), ExplainRequest(method="grad-cam", mode=PlacementMode.WHOLE),
                 ExplainRequest(method="refine-cam")], ids=lambda one: one.method,
)  # fmt: skip
def test_several_classes_together_have_the_maps_of_each_alone(
    session: Session, photographs: dict[str, SourceImage], request_: ExplainRequest
) -> None:
    chelsea, classes = photographs["chelsea"], (282, ESPRESSO)
    together = session.explain_classes(chelsea, request_, classes)
    for found, class_index in zip(together, classes, strict=True):
        session.forget_pictures()
        alone = session.explain(chelsea, replace(request_, class_index=class_index))
        assert np.array_equal(found.heatmap.values, alone.heatmap.values)
        assert found.heatmap.geometry == alone.heatmap.geometry
        assert (found.request, found.layer, found.notes) == (
            alone.request,
            alone.layer,
            alone.notes,
        )
        assert (found.class_name, found.probability) == (alone.class_name, alone.probability)
        assert (found.logit_here, found.remark) == (alone.logit_here, alone.remark)


def test_an_unknown_layer_is_refused(session: Session, photographs: dict[str, SourceImage]) -> None:
    for layer in ("blocks.99", "classifier", "pool", "nonsense.deep"):
        with pytest.raises(CamviewerError, match=layer) as refusal:
            session.explain(photographs["chelsea"], ExplainRequest(method="grad-cam", layer=layer))
        assert "camviewer layers" in refusal.value.hint
    assert session.pass_count == 0


def test_an_unknown_method_is_refused_with_those_that_there_are(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    with pytest.raises(CamviewerError, match="no method called gradcam") as refusal:
        session.explain(photographs["chelsea"], ExplainRequest(method="gradcam"))
    assert "grad-cam" in refusal.value.hint


@pytest.mark.parametrize("class_index", [-1, 1000, 10**9])
def test_a_class_that_is_not_there_is_refused(
    session: Session, photographs: dict[str, SourceImage], class_index: int
) -> None:
    with pytest.raises(CamviewerError, match=f"no class {class_index}.*1000 classes"):
        session.explain(photographs["chelsea"], ExplainRequest(class_index))


def test_cam_on_another_layer_is_refused_with_the_way_out(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    with pytest.raises(CamviewerError, match=r"not to those of blocks\.3") as no:
        session.explain(photographs["chelsea"], ExplainRequest(method="cam", layer="blocks.3"))
    assert no.value.hint == "Choose layer head, or Grad-CAM."
    refusals = {info.id: why for info, why in session.methods("blocks.3")}
    assert refusals["cam"]
    assert refusals["grad-cam"] == ""
    left_out = {info.id: why for info, why in session.methods() if why}
    assert "CAM itself is exact" in left_out.pop("fc-cam")
    assert set(left_out.values()) == {"this network has no attention."}


def test_a_network_without_a_pooled_head_refuses_cam_and_offers_grad_cam(
    random_classifier: Callable[[str], Classifier], photographs: dict[str, SourceImage]
) -> None:
    session = Session(random_classifier("vgg11"))
    with pytest.raises(CamviewerError, match=r"320 features .* not to the 512") as refusal:
        session.explain(photographs["chelsea"], ExplainRequest())
    assert "Grad-CAM" in refusal.value.hint
    found = session.explain(photographs["chelsea"], ExplainRequest(method="grad-cam"))
    assert found.layer.name == session.info.default_layer
    assert not found.layer.cam


@pytest.mark.parametrize("mode", list(PlacementMode))
@pytest.mark.parametrize("detail", [1.0, 1.5])
def test_layers_tell_their_shapes_for_this_picture_and_placement(
    session: Session,
    photographs: dict[str, SourceImage],
    mode: PlacementMode,
    detail: float,
) -> None:
    image = photographs["chelsea"]
    layers = {layer.name: layer for layer in session.layers(image, mode, detail)}
    assert [layer.name for layer in layers.values() if layer.cam] == ["head"]
    assert {"stem.conv", "blocks.3", "head.act"} <= set(layers)
    assert not {"pool", "classifier"} & set(layers)
    for name in ("head", "blocks.3", "stem"):
        request = ExplainRequest(0, "grad-cam", layer=name, mode=mode, detail=detail)
        found = session.explain(image, request)
        assert found.layer == layers[name]
        assert found.heatmap.values.shape == layers[name].shape[1:]
        height, width = found.placement.input_size
        assert layers["head"].shape == (1280, -(-height // 32), -(-width // 32))


def test_nominal_moves_the_map_by_the_offset_and_changes_no_value(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["chelsea"]
    measured = session.explain(image, ExplainRequest()).heatmap
    nominal = session.explain(image, ExplainRequest(nominal=True)).heatmap
    assert np.array_equal(measured.values, nominal.values)
    assert measured.geometry.measured
    assert not nominal.geometry.measured
    assert nominal.geometry.offset == (0, 0)
    scale = session.explain(image, ExplainRequest()).placement.scale
    for axis in (0, 1):
        moved = measured.geometry.origin[axis] - nominal.geometry.origin[axis]
        assert moved == pytest.approx(measured.geometry.offset[axis] / scale[axis])
        assert moved != 0


def test_the_request_comes_back_filled_in(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = session.explain(photographs["coffee"], ExplainRequest())
    assert found.request == ExplainRequest(ESPRESSO, "cam", "head")
    assert found.class_name == "espresso"
    assert found.device == "CPU"
    assert found.milliseconds > 0
    assert found.notes == ()


class ThreeConstants(nn.Module):
    """Class 0 sees nothing, class 1 only what speaks against it, class 2 what is bright."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(nn.AvgPool2d(32), nn.ReLU())
        self.linear = nn.Linear(3, 3, bias=False)
        rows = torch.tensor([[0.0] * 3, [-1.0] * 3, [1.0] * 3])
        self.linear.weight = nn.Parameter(rows)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 3)."""
        logits: Tensor = self.linear(self.features(pictures).mean((2, 3)))
        return logits


def test_a_map_without_positive_evidence_says_so(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    session = Session(classifier_of(ThreeConstants(), labels=3))
    found = [session.explain(photographs["coffee"], ExplainRequest(index)) for index in range(3)]
    evidence = [explanation.heatmap.evidence for explanation in found]
    assert evidence == [Evidence.FLAT, Evidence.ONLY_NEGATIVE, Evidence.POSITIVE]
    assert "class 0 is flat" in found[0].notes[0].text
    assert [note.text for note in found[1].notes] == ["No positive evidence for class 1 here."]
    assert {note.kind for one in found for note in one.notes} == {NoteKind.EVIDENCE}
    assert found[2].notes == ()


def test_the_values_cannot_be_changed_by_who_gets_them(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    found = session.explain(photographs["coffee"], ExplainRequest())
    for array in (found.heatmap.values, session.verdict(photographs["coffee"]).logits):
        assert array.dtype == np.float32
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_a_cancelled_request_raises_and_the_next_one_works(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    told = threading.Event()
    told.set()
    with pytest.raises(Cancelled):
        session.explain(photographs["coffee"], ExplainRequest(), told)
    with pytest.raises(Cancelled):
        session.measure_offset("head", told)
    told.clear()
    assert session.explain(photographs["coffee"], ExplainRequest(), told).heatmap.high > 0


def test_passes_are_kept_within_bounds(classifier_of: Callable[..., Classifier]) -> None:
    """No graph or tensor outlives the few passes that are kept, over many pictures."""
    session = Session(classifier_of(ThreeConstants(), labels=3))
    rng = np.random.default_rng(0)

    def tensors_after(pictures: int) -> int:
        for _ in range(pictures):
            pixels = rng.integers(0, 256, (40, 40, 3), dtype=np.uint8)
            image = image_from_pixels(pixels, "noise")
            session.explain(image, ExplainRequest(2, "grad-cam", layer="features.0"))
        gc.collect()
        return sum(issubclass(type(thing), Tensor) for thing in gc.get_objects())

    early = tensors_after(10)
    assert tensors_after(150) <= early


def test_offsets_that_were_measured_are_there_in_the_next_session(
    random_classifier: Callable[[str], Classifier],
    photographs: dict[str, SourceImage],
    tmp_path: Path,
) -> None:
    from camviewer.engine.network.offset_store import OffsetStore

    classifier = random_classifier("shufflenet_v2_x0_5")
    sha256 = classifier.info.weights_sha256
    first = Session(classifier, OffsetStore(sha256, tmp_path))
    request = ExplainRequest(0, "grad-cam", layer="maxpool")
    before = first.explain(photographs["chelsea"], request).heatmap.geometry
    assert first.wants_offset("maxpool")
    assert not before.measured
    first.measure_offset("maxpool")
    second = Session(classifier, OffsetStore(sha256, tmp_path))
    assert not second.wants_offset("maxpool")
    after = second.explain(photographs["chelsea"], request).heatmap.geometry
    assert after.measured
    assert after.offset != (0, 0)


class SlowAtFirst(nn.Sequential):
    """A network whose first pass takes long, as one does while a machine is still reading it."""

    passes = 0

    def forward(self, pictures: Tensor) -> Tensor:
        self.passes += 1
        if self.passes == 1:
            sleep(0.5)
        return super().forward(pictures)


def test_a_slow_first_pass_does_not_make_every_forecast_long(
    classifier_of: Callable[..., Classifier],
) -> None:
    network = SlowAtFirst(
        nn.Conv2d(3, 6, 8, stride=8), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 4)
    )
    session = Session(classifier_of(network, labels=4))
    image = image_from_pixels(np.full((64, 64, 3), 90, np.uint8), "grey")
    request = ExplainRequest(class_index=1, method="rise")
    network.passes = 0  # it was looked at when the session was made
    assert 0 < session.forecast(image, request) < 0.5 * 1000 / 5  # 1000 masks, as at first
    assert session.knows_its_pace


def test_closed_pictures_are_forgotten_and_open_ones_kept(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    coffee, rocket = photographs["coffee"], photographs["rocket"]
    request = ExplainRequest(method="occlusion", options=(("patch", 160), ("stride", 160)))
    for picture in (coffee, rocket):
        session.explain(picture, request)
    session.forget_pictures({rocket.sha256})
    before = session.pass_count
    session.explain(rocket, request)
    assert session.pass_count == before
    gone = weakref.ref(session.verdict(rocket))
    held = weakref.ref(session.pass_of(rocket, session.info.default_layer, PlacementMode.CROP, 1.0))
    session.forget_pictures()
    gc.collect()
    assert gone() is None
    assert held() is None
    assert session.explain(coffee, request).passes > 0
