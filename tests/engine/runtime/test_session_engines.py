from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import PlacementMode, Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.runtime import network_runner as runner
from camviewer.engine.runtime.conversion_process import convert_model
from camviewer.engine.runtime.converted_networks import ConvertedNetworks
from camviewer.engine.runtime.cpu.batchnorm_folding import FoldedNetwork, fold
from camviewer.engine.runtime.half_precision import is_in_hardware
from camviewer.engine.runtime.openvino import CompiledNetwork
from camviewer.engine.runtime.second_engine import SecondEngine
from camviewer.engine.session.session import Session
from tests.engine.conftest import initialised

SMALL = (("patch", 112), ("stride", 56))
"""Options of an occlusion in few passes."""


class ConvertsHere:
    """Converts a model in this process."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    def __call__(self, layer: str, folder: Path) -> None:
        convert_model(self._classifier, layer, folder)

    def close(self) -> None:
        """Has nothing to end."""


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where converted networks of these tests are kept."""
    return tmp_path_factory.mktemp("networks")


@pytest.fixture
def warm(
    embedded: Classifier, networks: Path, photographs: dict[str, SourceImage]
) -> Iterator[tuple[Session, SecondEngine]]:
    """A session with the embedded model, whose second engine has been compared on a photograph."""
    kept = ConvertedNetworks(networks, embedded.info.weights_sha256)
    engine = SecondEngine(kept, ConvertsHere(embedded))
    offsets = OffsetStore(embedded.info.weights_sha256, shipped=IDENTIFIER)
    session = Session(embedded, offsets, engine)
    session.explain(photographs["rocket"], ExplainRequest())
    assert engine.wait(120)
    yield session, engine
    session.close()
    gc.collect()


@pytest.mark.parametrize("method", ["cam", "grad-cam", "layercam", "eigen-cam"])
def test_maps_by_the_second_engine_are_those_of_torch(
    warm: tuple[Session, SecondEngine],
    session: Session,
    photographs: dict[str, SourceImage],
    method: str,
) -> None:
    request = ExplainRequest(method=method)
    found = warm[0].explain(photographs["coffee"], request)
    reference = session.explain(photographs["coffee"], request)
    assert (found.engine, reference.engine) == ("OpenVINO", "")
    assert found.class_index == reference.class_index
    limit = 1e-4 * float(abs(reference.heatmap.values).max())
    torch.testing.assert_close(
        torch.from_numpy(found.heatmap.values.copy()),
        torch.from_numpy(reference.heatmap.values.copy()),
        rtol=0,
        atol=limit,
    )
    assert abs(found.logit - reference.logit) < 1e-4


def test_a_size_that_was_not_compared_is_run_by_torch_and_then_compared(
    warm: tuple[Session, SecondEngine], photographs: dict[str, SourceImage]
) -> None:
    session, engine = warm
    request = ExplainRequest(detail=1.5)
    assert session.explain(photographs["rocket"], request).engine == ""
    assert engine.wait(60)
    assert session.explain(photographs["coffee"], request).engine == "OpenVINO"


def test_when_it_fails_torch_answers(
    warm: tuple[Session, SecondEngine],
    session: Session,
    photographs: dict[str, SourceImage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_network: CompiledNetwork, _pictures: Tensor, *, half: bool) -> None:
        raise RuntimeError("the library gave up")

    monkeypatch.setattr(CompiledNetwork, "run", fail)
    for request in (ExplainRequest(), ExplainRequest(method="occlusion", options=SMALL)):
        found = warm[0].explain(photographs["coffee"], request)
        reference = session.explain(photographs["coffee"], request)
        assert found.engine == ""
        assert abs(found.heatmap.values - reference.heatmap.values).max() < 1e-3


def test_another_layer_is_run_by_torch(
    warm: tuple[Session, SecondEngine], photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(method="grad-cam", layer="blocks.5")
    assert warm[0].explain(photographs["coffee"], request).engine == ""


def test_pictures_in_batches_are_run_by_the_second_engine(
    warm: tuple[Session, SecondEngine], session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(method="occlusion", options=SMALL)
    found = warm[0].explain(photographs["coffee"], request)
    reference = session.explain(photographs["coffee"], request)
    assert found.engine == "OpenVINO"
    assert abs(found.heatmap.values - reference.heatmap.values).max() < 1e-3


@pytest.mark.parametrize("layer", ["head", "blocks.5"])
def test_pictures_that_are_run_ahead_have_the_passes_of_each_alone(
    warm: tuple[Session, SecondEngine],
    session: Session,
    photographs: dict[str, SourceImage],
    layer: str,
) -> None:
    images = [photographs[name] for name in ("coffee", "rocket", "coffee")]
    warm[0].forget_pictures()
    before = warm[0].pass_count
    warm[0].run_ahead(images, layer)
    ahead = warm[0].pass_count - before
    assert ahead == (2 if layer == "head" else 0)  # the engine knows no other layer
    for image in images:
        found, alone = (
            each.pass_of(image, layer, PlacementMode.CROP, 1.0) for each in (warm[0], session)
        )
        torch.testing.assert_close(found.logits, alone.logits, rtol=0, atol=1e-3)
        torch.testing.assert_close(found.activations, alone.activations, rtol=0, atol=1e-3)
    assert warm[0].pass_count - before == 2


@pytest.mark.skipif(not is_in_hardware(), reason="this processor does not compute in bfloat16")
def test_the_second_engine_scores_in_bfloat16_when_that_is_allowed(
    warm: tuple[Session, SecondEngine], session: Session, photographs: dict[str, SourceImage]
) -> None:
    request = ExplainRequest(method="occlusion", options=SMALL)
    reference = session.explain(photographs["coffee"], request)
    assert warm[0].allow_half_precision(allowed=True)
    found = warm[0].explain(photographs["coffee"], request)
    assert found.engine == "OpenVINO"
    assert "bfloat16" in " ".join(map(str, found.notes))
    values, wanted = found.heatmap.values, reference.heatmap.values
    assert abs(values - wanted).max() > 1e-4
    assert np.corrcoef(values.ravel(), wanted.ravel())[0, 1] > 0.99


@pytest.mark.parametrize(("seconds_of_torch", "last"), [(1e9, "OpenVINO"), (0.0, "")])
def test_a_second_engine_that_is_not_faster_is_let_go(
    warm: tuple[Session, SecondEngine],
    photographs: dict[str, SourceImage],
    monkeypatch: pytest.MonkeyPatch,
    seconds_of_torch: float,
    last: str,
) -> None:
    def folded(network: nn.Module, example: Tensor) -> FoldedNetwork | None:
        found = fold(network, example)
        return None if found is None else replace(found, seconds=seconds_of_torch)

    monkeypatch.setattr(runner, "fold", folded)
    session, _ = warm
    while session.warm_up():
        pass
    engines = [
        session.explain(photographs[name], ExplainRequest()).engine
        for name in ("coffee", "chelsea", "astronaut")
    ]
    assert engines == ["OpenVINO"] * 3
    assert session.engine_for((224, 224)) == last


def test_without_it_nothing_changes_but_the_time(
    warm: tuple[Session, SecondEngine], photographs: dict[str, SourceImage]
) -> None:
    session, _ = warm
    session.use_second_engine(None)
    assert session.explain(photographs["astronaut"], ExplainRequest()).engine == ""


def test_a_warm_session_gives_the_maps_of_a_cold_one(
    session: Session, embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    cold = Session(embedded)
    session.verdict(photographs["rocket"])
    assert session.warm_up()
    for layer, limit in (("head", 1e-4), ("blocks.5", 0.0), ("blocks.3", 0.0)):
        request = ExplainRequest(method="grad-cam", layer=layer, class_index=967)
        found = session.explain(photographs["coffee"], request).heatmap.values
        reference = cold.explain(photographs["coffee"], request).heatmap.values
        assert abs(found - reference).max() <= limit * abs(reference).max()


def test_a_convolution_that_was_folded_shows_what_it_puts_out_itself(
    session: Session, embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    convolution = next(
        name
        for name, module in embedded.network.named_modules()
        if isinstance(module, torch.nn.Conv2d) and name.startswith("blocks.5")
    )
    request = ExplainRequest(method="eigen-cam", layer=convolution)
    reference = session.explain(photographs["coffee"], request).heatmap.values
    again = Session(embedded)
    again.verdict(photographs["coffee"])
    assert again.warm_up()
    assert (again.explain(photographs["coffee"], request).heatmap.values == reference).all()


@pytest.mark.parametrize("name", ["vgg11", "resnet18"])
def test_gradients_go_on_in_torch_from_what_the_second_engine_puts_out(
    name: str,
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    tmp_path: Path,
) -> None:
    torch.manual_seed(0)
    network = initialised(name, num_classes=10)
    classifier = classifier_of(network, 10, Recipe(input_size=(96, 96)))
    kept = ConvertedNetworks(tmp_path, classifier.info.weights_sha256)
    engine = SecondEngine(kept, ConvertsHere(classifier))
    session, alone = Session(classifier, second_engine=engine), Session(classifier)
    session.explain(photographs["rocket"], ExplainRequest(method="grad-cam"))
    assert engine.wait(120)
    for method in ("grad-cam", "grad-cam++", "layercam"):
        for class_index in (2, 7):
            request = ExplainRequest(class_index=class_index, method=method)
            found = session.explain(photographs["coffee"], request)
            reference = alone.explain(photographs["coffee"], request)
            assert (found.engine, reference.engine) == ("OpenVINO", "")
            limit = 1e-4 * abs(reference.heatmap.values).max()
            assert abs(found.heatmap.values - reference.heatmap.values).max() <= limit
            assert abs(found.logit - reference.logit) < 1e-4
    session.close()


def test_a_transformer_is_explained_by_torch_and_scored_by_the_second_engine(
    classifier_of: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    tmp_path: Path,
) -> None:
    torch.manual_seed(0)
    network = timm.create_model("vit_tiny_patch16_224", img_size=96, depth=3, num_classes=10)
    recipe = Recipe(input_size=(96, 96), flexible=False)
    classifier = classifier_of(network, 10, recipe)
    engine = SecondEngine(
        ConvertedNetworks(tmp_path, classifier.info.weights_sha256), ConvertsHere(classifier)
    )
    session = Session(classifier, second_engine=engine)
    image = photographs["coffee"]
    request = ExplainRequest(method="grad-cam")
    before = session.explain(photographs["rocket"], request)
    assert engine.wait(120)
    assert session.explain(image, request).engine == before.engine == ""
    pictures = torch.randn((3, 3, 96, 96), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        wanted = network(pictures)
    torch.testing.assert_close(session.logits(pictures), wanted, rtol=0, atol=1e-4)
    occluded = ExplainRequest(method="occlusion", options=(("patch", 48), ("stride", 48)))
    assert session.explain(image, occluded).engine == "OpenVINO"
