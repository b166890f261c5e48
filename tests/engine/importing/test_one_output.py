"""A single output is the logit of one class: two rows, against and for, and maps of both."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tomli_w
import torch
import torchvision
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.network.classifier import classifier
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.packs import manifest as pack_manifest
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.store import PackInfo, find_pack, read_pack
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.engine.results.one_output import both_names
from camviewer.engine.session.session import Session
from camviewer.engine.training.base_model import open_base
from tests.engine.conftest import CPU, initialised
from tests.engine.program_files import example, export_program, network_of, script

CASES = Path(__file__).parents[1] / "cases"
AS_IT_IS = Recipe(mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))


def opened(info: PackInfo) -> Session:
    return Session(load_pack(info, CPU), OffsetStore(info.weights_sha256))


class Ending(nn.Module):
    """A network of torchvision that ends as people end theirs."""

    def __init__(self, end: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.network = network_of("squeezenet1_1", classes=1)
        self.end = end

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) to (N, 1) or (N,)."""
        return self.end(self.network(pictures))


def first_column(scores: Tensor) -> Tensor:
    return scores[:, 0]


def squeezed(scores: Tensor) -> Tensor:
    return scores.squeeze(1)


def probability(scores: Tensor) -> Tensor:
    return scores.sigmoid().squeeze(1)


def probability_by_hand(scores: Tensor) -> Tensor:
    return 1.0 / (1.0 + (-scores).exp())


@pytest.mark.parametrize("name", ["logit", "sigmoid"])
def test_a_graph_with_and_without_its_sigmoid_says_the_same(name: str, data: Path) -> None:
    info = import_checkpoint(CASES / f"{name}.onnx")
    info = edit_pack(info, recipe=AS_IT_IS)
    session = opened(info)
    assert session.info.labels == ("class 0", "class 1")
    for picture, expected in (("red", 0.769), ("blue", 0.354)):
        verdict = session.verdict(read_image(CASES / f"{picture}.png"))
        assert verdict.probabilities[1] == pytest.approx(expected, abs=2e-3)
        assert verdict.probabilities.sum() == pytest.approx(1.0, abs=1e-6)
    assert any("class 1" in note for note in info.notes)


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        *(("pt2", end) for end in (first_column, squeezed, probability, probability_by_hand)),
        *(("script", end) for end in (squeezed, probability)),
    ],
)
def test_programs_end_in_a_number_as_people_write_it(
    kind: str, end: Callable[[Tensor], Tensor], data: Path, tmp_path: Path
) -> None:
    network = Ending(end)
    if kind == "pt2":
        path = export_program(network, tmp_path / "n.pt2")
    else:
        path = script(network, tmp_path / "n.pt", traced=True)
    info = import_checkpoint(path, allow_code=True)
    assert (info.classes, info.activation) == (1, "sigmoid")
    found = load_pack(info, CPU)
    with torch.no_grad():
        logit = network.network(example()).item()
        both = found.network(example())
    assert both.shape == (1, 2)
    assert both[0].tolist() == pytest.approx([-logit, logit], abs=1e-3)
    assert found.probabilities(both)[0, 1] == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-4)


@pytest.mark.parametrize("architecture", ["resnet18", "squeezenet1_1", "vgg11"])
def test_a_checkpoint_with_one_output_has_exact_maps_of_both_sides(
    architecture: str, photographs: dict[str, SourceImage]
) -> None:
    network = initialised(architecture, num_classes=1)
    found = classifier(
        network,
        identifier="mine",
        title="Mine",
        labels=both_names(["tumour"]),
        recipe=Recipe(input_size=(96, 96), crop_fraction=1.0),
        weights_sha256="0" * 64,
        device=CPU,
        outputs=1,
    )
    assert found.info.labels == ("not tumour", "tumour")
    session = Session(found, OffsetStore("0" * 64))
    picture = photographs["chelsea"]
    against, in_favour = (
        session.explain(picture, ExplainRequest(class_index=side, method="grad-cam", nominal=True))
        for side in (0, 1)
    )
    assert against.logit == pytest.approx(-in_favour.logit, abs=1e-5)
    assert against.probability + in_favour.probability == pytest.approx(1.0, abs=1e-6)
    if found.head is not None:
        cam = session.explain(picture, ExplainRequest(class_index=1, method="cam", nominal=True))
        bias = float(found.head.bias[1])
        assert cam.heatmap.values.mean() + bias == pytest.approx(in_favour.logit, abs=1e-4)
        other = session.explain(picture, ExplainRequest(class_index=0, method="cam", nominal=True))
        assert np.allclose(other.heatmap.values, -cam.heatmap.values, atol=1e-5)


def test_an_imported_checkpoint_names_both_sides(data: Path, tmp_path: Path) -> None:
    network = torchvision.models.shufflenet_v2_x0_5(num_classes=1)
    path = tmp_path / "mine.pth"
    torch.save(network.state_dict(), path)
    names = tmp_path / "names.txt"
    names.write_text("healthy\ntumour\n")
    info = import_checkpoint(path, architecture="torchvision/shufflenet_v2_x0_5", labels=names)
    assert read_pack(info.folder).labels == ("healthy", "tumour")
    assert any("probability of tumour (for, class 1)" in note for note in info.notes)
    assert load_pack(info, CPU).info.labels == ("healthy", "tumour")
    renamed = edit_pack(info, labels=["polyp"])
    assert load_pack(renamed, CPU).info.labels == ("not polyp", "polyp")
    with pytest.raises(CamviewerError, match="softmax of one number"):
        edit_pack(info, activation="softmax")
    with pytest.raises(CamviewerError, match="softmax of one number"):
        import_checkpoint(path, architecture="torchvision/shufflenet_v2_x0_5", activation="softmax")


def test_a_model_that_was_kept_with_a_softmax_over_one_output_opens_with_a_sigmoid(
    data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.pth"
    torch.save(torchvision.models.shufflenet_v2_x0_5(num_classes=1).state_dict(), path)
    info = import_checkpoint(path, architecture="torchvision/shufflenet_v2_x0_5")
    labels = b"class 0\n"
    (info.folder / pack_manifest.LABELS).write_bytes(labels)
    manifest = info.folder / pack_manifest.MODEL
    record = tomllib.loads(manifest.read_text())
    record["activation"] = "softmax"
    record["files"]["labels.txt"] = {
        "size": len(labels),
        "sha256": hashlib.sha256(labels).hexdigest(),
    }
    manifest.write_text(tomli_w.dumps(record))
    old = find_pack(info.id)
    assert old.activation == "sigmoid"
    found = load_pack(old, CPU)
    assert found.info.labels == ("class 0", "class 1")
    with torch.no_grad():
        both = found.network(example(96))
    assert float(found.probabilities(both).max()) < 1.0
    assert float(found.probabilities(both).sum()) == pytest.approx(1.0, abs=1e-6)


def test_other_numbers_than_the_logit_are_explained_for_both_sides(
    data: Path, photographs: dict[str, SourceImage]
) -> None:
    session = opened(edit_pack(import_checkpoint(CASES / "logit.onnx"), recipe=AS_IT_IS))
    first, second = (
        session.explain(
            photographs["coffee"],
            ExplainRequest(
                class_index=side, method="hirescam", score=ScoreKind.PROBABILITY, nominal=True
            ),
        ).heatmap.values
        for side in (0, 1)
    )
    assert np.abs(first).max() > 0
    assert np.allclose(first, -second, atol=1e-6)


def test_the_softmax_of_one_number_is_refused(data: Path, tmp_path: Path) -> None:
    path = export_program(Ending(lambda scores: scores.softmax(1)), tmp_path / "n.pt2")
    with pytest.raises(CamviewerError, match="1 for every picture"):
        import_checkpoint(path)


def test_a_model_with_one_output_can_be_taught_other_classes(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.pth"
    torch.save(torchvision.models.shufflenet_v2_x0_5(num_classes=1).state_dict(), path)
    info = import_checkpoint(path, architecture="torchvision/shufflenet_v2_x0_5")
    base = open_base(info.id, CPU)
    assert base.cut.base_classes == 1
    assert base.with_head(3)(example(64)).shape == (1, 3)


def test_scores_that_happen_to_lie_between_0_and_1_stay_scores(data: Path, tmp_path: Path) -> None:
    network = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3)
    )
    with torch.no_grad():
        network[-1].weight.fill_(1e-4)
        network[-1].bias.copy_(torch.tensor([0.2, 0.5, 0.7]))
    path = script(network.eval(), tmp_path / "n.pt", traced=True)
    info = import_checkpoint(path, allow_code=True)
    with torch.no_grad():
        assert torch.allclose(load_pack(info, CPU).network(example()), network(example()))


class Branching(nn.Module):
    """A network whose code depends on the numbers of the picture, as no list of operators does."""

    def __init__(self) -> None:
        super().__init__()
        self.network = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 1)
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """(N, 3, h, w) to probabilities (N, 1)."""
        scores = self.network(pictures)
        if bool(pictures.mean() > 1000.0):
            scores = scores * 2.0
        return torch.sigmoid(scores)


def test_a_black_box_that_ends_in_a_sigmoid_gives_its_own_probabilities(
    data: Path, tmp_path: Path
) -> None:
    network = Branching().eval()
    info = import_checkpoint(script(network, tmp_path / "n.pt"), allow_code=True)
    found = load_pack(info, CPU)
    assert found.info.layer_refusal
    with torch.no_grad():
        expected = network(example()).item()
        assert found.probabilities(found.network(example()))[0].tolist() == pytest.approx(
            [1 - expected, expected], abs=1e-5
        )
