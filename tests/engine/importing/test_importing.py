"""From a checkpoint to a model that answers as the library's own does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import timm
import torch
import torchvision
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.importing.checkpoint_network import AmbiguousArchitecture
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.packs.store import list_packs, read_pack
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.opening import open_session
from camviewer.engine.support.resources import resource
from tests.engine.cheap_networks import cheaply_made

CPU = torch.device("cpu")
PHOTOGRAPH = resource("samples", "astronaut.png")
pytestmark = pytest.mark.usefixtures("data")


def torchvision_network(name: str, classes: int = 1000) -> nn.Module:
    """With weights and statistics under which every tensor counts."""
    return cheaply_made(
        lambda: torchvision.models.get_model(name, weights=None, num_classes=classes)
    )


def prefixed(prefix: str) -> Callable[[dict[str, Tensor]], dict[str, Tensor]]:
    return lambda weights: {f"{prefix}{name}": tensor for name, tensor in weights.items()}


@pytest.mark.parametrize(
    "wrap",
    [
        prefixed("module."),
        prefixed("model."),
        prefixed("net."),
        prefixed("_orig_mod."),
        prefixed("module._orig_mod."),
        lambda weights: {"epoch": 3, "state_dict": prefixed("model.")(weights), "args": None},
        lambda weights: {
            "model_ema": {"n_averaged": torch.tensor(1), **prefixed("module.")(weights)}
        },
        lambda weights: {
            "state_dict": {**prefixed("model.")(weights), "loss.weight": torch.ones(7)}
        },
        lambda weights: {
            name: tensor for name, tensor in weights.items() if "num_batches" not in name
        },
    ],
    ids=[
        "DataParallel",
        "model",
        "net",
        "compile",
        "both",
        "Lightning",
        "averaged",
        "loss",
        "no counters",
    ],
)
@pytest.mark.parametrize("ending", ["ckpt", "safetensors"])
def test_what_wrappers_put_around_the_weights_is_taken_off(
    tmp_path: Path, wrap: Callable[[dict[str, Tensor]], dict[str, object]], ending: str
) -> None:
    network = torchvision_network("shufflenet_v2_x0_5", classes=5)
    path, wrapped = tmp_path / f"w.{ending}", wrap(network.state_dict())
    if ending == "ckpt":
        torch.save(wrapped, path)
    elif all(isinstance(tensor, Tensor) for tensor in wrapped.values()):
        save_file(wrapped, path)
    else:
        pytest.skip("safetensors hold tensors alone")
    info = import_checkpoint(path)
    kept, expected = load_file(info.folder / "weights.safetensors"), network.state_dict()
    assert kept.keys() == expected.keys()
    for name, tensor in kept.items():
        counter = name.endswith("num_batches_tracked")
        assert counter or torch.equal(tensor, expected[name]), name
    assert read_pack(info.folder).labels == tuple(f"class {index}" for index in range(5))


def test_half_precision_is_said(tmp_path: Path) -> None:
    weights = torchvision_network("squeezenet1_1", classes=3).half().state_dict()
    torch.save(weights, tmp_path / "w.pth")
    info = import_checkpoint(tmp_path / "w.pth")
    assert "The float16 weights were made float32." in info.notes


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    path = tmp_path / "My_cats.pth"
    torch.save(torchvision_network("squeezenet1_1", classes=3).state_dict(), path)
    return path


def test_labels_title_and_activation_are_kept(tmp_path: Path, checkpoint: Path) -> None:
    (tmp_path / "names.csv").write_text("1,b\n0,a\n2,c\n")
    info = import_checkpoint(
        checkpoint, labels=tmp_path / "names.csv", title="Cats", activation="sigmoid"
    )
    session = open_session(info.id, device=CPU)
    assert (session.info.title, session.info.activation) == ("Cats", "sigmoid")
    assert session.info.labels == ("a", "b", "c")
    verdict = session.verdict(read_image(PHOTOGRAPH))
    assert torch.allclose(
        torch.from_numpy(verdict.probabilities.copy()),
        torch.from_numpy(verdict.logits.copy()).sigmoid(),
    )


def test_labels_of_another_count_are_refused_before_anything_is_kept(
    tmp_path: Path, checkpoint: Path, data: Path
) -> None:
    (tmp_path / "names.txt").write_text("a\nb\n")
    with pytest.raises(CamviewerError, match="2 names, and the model has 3 classes"):
        import_checkpoint(checkpoint, labels=tmp_path / "names.txt")
    assert not data.exists()


def test_a_map_is_made_with_an_imported_model(checkpoint: Path, tmp_path: Path) -> None:
    torch.save(torchvision_network("resnet18", classes=4).state_dict(), checkpoint)
    info = import_checkpoint(checkpoint, architecture="torchvision/resnet18")
    session = open_session(info.id, tmp_path / "cache", CPU)
    image = read_image(PHOTOGRAPH)
    explanation = session.explain(image, ExplainRequest(class_index=2))
    assert explanation.heatmap.values.shape == (7, 7)
    mean = float(explanation.heatmap.values.mean())
    bias = float(torch.load(checkpoint, weights_only=True)["fc.bias"][2])
    assert mean + bias == pytest.approx(explanation.logit, rel=1e-4, abs=1e-4)


def test_a_checkpoint_of_networks_that_compute_something_else_asks_which(tmp_path: Path) -> None:
    network = timm.create_model("resnet18", num_classes=3)
    torch.save(network.state_dict(), tmp_path / "w.pth")
    with pytest.raises(AmbiguousArchitecture) as ambiguous:
        import_checkpoint(tmp_path / "w.pth")
    assert ambiguous.value.candidates == ("torchvision/resnet18", "timm/resnetblur18")
    assert "--arch" in ambiguous.value.hint
    info = import_checkpoint(tmp_path / "w.pth", architecture="timm/resnet18")
    assert info.architecture == "timm/resnet18"


def test_an_unknown_network_is_compared_with_the_nearest(tmp_path: Path, data: Path) -> None:
    weights = torchvision_network("squeezenet1_1", classes=3).state_dict()
    weights["features.99.weight"] = weights.pop("features.0.weight")
    torch.save(weights, tmp_path / "w.pth")
    with pytest.raises(CamviewerError) as unknown:
        import_checkpoint(tmp_path / "w.pth")
    assert "torchvision/squeezenet1_1" in unknown.value.message
    assert "features.0.weight" in unknown.value.message
    assert not data.exists()


def test_a_network_without_its_classifier_is_named(tmp_path: Path) -> None:
    weights = torchvision_network("mobilenet_v3_small").state_dict()
    body = {name: tensor for name, tensor in weights.items() if "classifier.3" not in name}
    torch.save(body, tmp_path / "w.pth")
    info = import_checkpoint(tmp_path / "w.pth")
    assert "mobilenet_v3_small without its classifier" in info.notes[0]
    assert info.activation == "features"


@pytest.mark.parametrize("wanted", ["torchvision/resnet50", "torchvision/none", "resnet50"])
def test_an_architecture_that_does_not_fit_is_refused(checkpoint: Path, wanted: str) -> None:
    with pytest.raises(CamviewerError):
        import_checkpoint(checkpoint, architecture=wanted)
    assert list_packs() == ()


def test_each_step_is_told_and_a_stop_leaves_nothing(checkpoint: Path, data: Path) -> None:
    steps: list[tuple[float, str]] = []
    import_checkpoint(checkpoint, report=lambda share, words: steps.append((share, words)))
    shares = [share for share, _ in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for count in range(len(steps)):
        stop, seen = threading.Event(), list[float]()

        def progress(
            share: float, _words: str, stop: threading.Event = stop, seen: list[float] = seen
        ) -> None:
            seen.append(share)
            if len(seen) == count:  # noqa: B023
                stop.set()

        if count == 0:
            stop.set()
        with pytest.raises(Cancelled):
            import_checkpoint(checkpoint, report=progress, cancelled=stop)
        assert len(list_packs()) == 1
