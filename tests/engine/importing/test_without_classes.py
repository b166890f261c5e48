"""A backbone without a head opens, shows what needs no class, and refuses what does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import timm
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.region import Region
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.methods import find_method
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.store import PackInfo, remove_pack
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.sidecar import provenance, request_of
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.runtime.recipe_preview import preview
from camviewer.engine.session.opening import open_session
from camviewer.engine.session.session import Session
from camviewer.engine.structure.channels import channel_sheet
from camviewer.engine.structure.module_tree import ChannelOrder, ChannelWish
from camviewer.engine.trust.assessment import assess
from camviewer.engine.trust.comparison import compare
from camviewer.engine.trust.randomising import check_sanity
from camviewer.engine.trust.region_scoring import score_region
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU

NAME, FEATURES = "resnet10t", 512


@pytest.fixture
def whole() -> torch.nn.Module:
    return cheaply_made(lambda: timm.create_model(NAME, num_classes=5))


@pytest.fixture
def backbone(data: Path, tmp_path: Path, whole: torch.nn.Module) -> PackInfo:
    state = {name: t for name, t in whole.state_dict().items() if not name.startswith("fc.")}
    torch.save(state, tmp_path / "backbone.pth")
    return import_checkpoint(tmp_path / "backbone.pth")


@pytest.fixture
def session(backbone: PackInfo) -> Session:
    return open_session(backbone.id, device=CPU)


@pytest.fixture
def picture(photographs: dict[str, SourceImage]) -> SourceImage:
    return photographs["chelsea"]


def test_its_maps_are_those_of_the_whole_network(
    session: Session,
    whole: torch.nn.Module,
    tmp_path: Path,
    picture: SourceImage,
) -> None:
    torch.save(whole.state_dict(), tmp_path / "whole.pth")
    complete = open_session(import_checkpoint(tmp_path / "whole.pth").id, device=CPU)
    for method in ("eigen-cam", "kpca-cam", "fem", "channel", "dff"):
        request = ExplainRequest(method=method, layer="layer4.0", nominal=True)
        found, expected = session.explain(picture, request), complete.explain(picture, request)
        assert np.ptp(found.heatmap.values) > 0
        np.testing.assert_allclose(
            found.heatmap.values, expected.heatmap.values, rtol=1e-4, atol=1e-5
        )
        assert [concept.share for concept in found.concepts] == pytest.approx(
            [concept.share for concept in expected.concepts], abs=1e-4
        )
        assert not any(concept.classes for concept in found.concepts)
        assert (found.class_name, found.has_class, expected.has_class) == ("", False, True)


def test_it_says_that_it_has_no_classes(
    backbone: PackInfo, session: Session, picture: SourceImage
) -> None:
    assert (backbone.classes, backbone.activation) == (FEATURES, "features")
    assert any("features" in note and "no classes" in note for note in backbone.notes)
    assert session.info.labels == ()
    assert not session.info.has_classes
    verdict = session.verdict(picture)
    assert (verdict.top(5), verdict.logits.shape, verdict.probabilities.shape) == ((), (0,), (0,))


def test_what_needs_a_class_is_refused_in_one_sentence(
    session: Session, picture: SourceImage
) -> None:
    for info, refusal in session.methods():
        if info.classless:
            assert "classes" not in refusal
            continue
        assert "features and has no classes" in refusal
        with pytest.raises(CamviewerError, match="no classes") as refused:
            session.explain(picture, ExplainRequest(method=info.id))
        assert "Eigen-CAM" in refused.value.hint
    with pytest.raises(CamviewerError, match="no class 3"):
        session.explain(picture, ExplainRequest(class_index=3, method="eigen-cam"))


def test_measures_of_a_class_score_are_refused_and_the_sanity_check_is_not(
    session: Session, picture: SourceImage
) -> None:
    request = ExplainRequest(method="eigen-cam", nominal=True)
    explanation = session.explain(picture, request)
    with pytest.raises(CamviewerError, match="no classes"):
        list(assess(session, picture, explanation))
    with pytest.raises(CamviewerError, match="no classes"):
        list(compare(session, picture, request, ("eigen-cam", "fem")))
    with pytest.raises(CamviewerError, match="no classes"):
        score_region(session, picture, explanation, Region.rectangle(50, 50, 90, 90))
    *_, check = check_sanity(session, picture, explanation, draws=1)
    assert check.finished
    assert len(check.steps) > 1


def test_a_sidecar_of_its_map_repeats_it(session: Session, picture: SourceImage) -> None:
    explanation = session.explain(picture, ExplainRequest(method="eigen-cam", nominal=True))
    verdict = session.verdict(picture)
    record = provenance(picture, explanation, session.info, verdict=verdict)
    again = json.loads(json.dumps(record, allow_nan=False))
    assert (again["class"], again["top"], again["model"]["classes"]) == (None, [], 0)
    request = request_of(again)
    assert request.class_index is None
    assert session.explain(picture, request).heatmap.values == pytest.approx(
        explanation.heatmap.values
    )


def test_its_channels_are_shown_without_weights(session: Session, picture: SourceImage) -> None:
    explanation = session.explain(picture, ExplainRequest(method="eigen-cam", nominal=True))
    wish = ChannelWish(
        layer="layer4.0",
        class_index=explanation.class_index,
        mode=explanation.request.mode,
        detail=1.0,
        order=ChannelOrder.MEAN,
        signed=False,
        shared=False,
    )
    sheet = channel_sheet(session, picture, wish)
    assert sheet.shape[0] == FEATURES
    assert not sheet.weights.any()
    assert "no weight" in sheet.weight_meaning


def test_its_preprocessing_can_be_tried_and_edited_but_not_what_its_scores_mean(
    backbone: PackInfo, session: Session, picture: SourceImage
) -> None:
    recipe = session.info.recipe
    shown = preview(
        session.classifier, picture, recipe, activation="features", published=backbone.published
    )
    assert shown.top == ()
    other = edit_pack(backbone, recipe=recipe, activation="features")
    assert other.activation == "features"
    with pytest.raises(CamviewerError, match="no classes"):
        edit_pack(backbone, activation="sigmoid")
    with pytest.raises(CamviewerError, match="no classes"):
        edit_pack(backbone, labels=[f"name {index}" for index in range(FEATURES)])


def test_a_list_of_names_for_it_is_refused(backbone: PackInfo, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\n".join(f"name {index}" for index in range(FEATURES)))
    with pytest.raises(CamviewerError, match=r"names\.txt needs classes"):
        import_checkpoint(tmp_path / "backbone.pth", labels=names)


def test_it_travels_as_one_file(backbone: PackInfo, tmp_path: Path, picture: SourceImage) -> None:
    export_pack(backbone, tmp_path / "b.camviewer")
    remove_pack(backbone)
    again = import_pack_file(tmp_path / "b.camviewer")
    assert (again.classes, again.activation) == (FEATURES, "features")
    session = open_session(again.id, device=CPU)
    assert session.explain(picture, ExplainRequest(method="eigen-cam")).heatmap.high > 0


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("vgg11", marks=pytest.mark.slow),  # weights of 0.5 GB
        "mobilenetv3_small_050",
        "test_vit",
        "test_convnext",
    ],
)
def test_bodies_of_other_kinds_open_too(
    name: str, data: Path, tmp_path: Path, picture: SourceImage
) -> None:
    network = cheaply_made(lambda: timm.create_model(name, num_classes=0))
    torch.save(network.state_dict(), tmp_path / "b.pth")
    del network
    session = open_session(import_checkpoint(tmp_path / "b.pth").id, device=CPU)
    found = session.explain(picture, ExplainRequest(method="eigen-cam", nominal=True))
    assert np.ptp(found.heatmap.values) > 0
    assert session.info.cam_layer is None
    usable = {info.id for info, refusal in session.methods() if not refusal}
    assert {"eigen-cam", "kpca-cam", "fem", "channel", "dff"} <= usable
    if name == "test_vit":
        assert "attention-rollout" in usable


def test_every_method_without_a_class_is_tried(session: Session, picture: SourceImage) -> None:
    tried = {"eigen-cam", "kpca-cam", "fem", "channel", "dff", "attention-rollout"}
    assert {info.id for info, _ in session.methods() if info.classless} == tried
    assert find_method("eigen-cam").info.classless
