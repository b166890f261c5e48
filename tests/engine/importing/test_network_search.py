"""Networks that libraries and people made of known ones are known again, whatever lies beside."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import timm
import torch
import torchvision
from torch import Tensor, nn

from camviewer.engine.architectures.body_match import natural
from camviewer.engine.architectures.head_parsing import parse_head
from camviewer.engine.architectures.network_changes import (
    HeadKind,
    NetworkChanges,
    Pooling,
    read_changes,
)
from camviewer.engine.architectures.network_search import search_network
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode, place
from camviewer.engine.importing.checkpoint_network import checkpoint_network
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.importing.kept_network import CheckpointNetwork
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.runtime.recipe_preview import preview
from camviewer.engine.session.opening import open_session
from camviewer.engine.support.resources import resource
from tests.engine.cheap_networks import cheaply_made
from tests.engine.importing.ways_to_save import ConcatPool, put

REAL = Path(__file__).resolve().parents[1] / "data" / "real_checkpoints.json.gz"
"""Names and shapes of checkpoints that the libraries themselves wrote."""
FASTAI = ["batch norm", "linear", "activation", "batch norm", "linear"]
State = dict[str, Tensor]


@pytest.fixture(scope="module")
def real() -> dict[str, dict[str, tuple[int, ...]]]:
    with gzip.open(REAL) as file:
        found = json.load(file)
    return {
        name: {tensor: tuple(shape) for tensor, shape in shapes.items()}
        for name, shapes in found.items()
    }


def prefixed(state: State, prefix: str) -> State:
    return {f"{prefix}{name}": tensor for name, tensor in state.items()}


@lru_cache(maxsize=4)
def resnet(classes: int = 1000) -> State:
    """Nobody may change it; its batch normalisation has seen nothing, and so tells nothing."""
    return torchvision.models.resnet18(num_classes=classes).state_dict()


def features() -> State:
    return {name: tensor for name, tensor in resnet().items() if not name.startswith("fc")}


def empty(**shapes: tuple[int, ...]) -> State:
    return {name.replace("__", "."): torch.empty(shape) for name, shape in shapes.items()}


def found_in(state: State, name: str = "resnet18.pth", **options: bool) -> CheckpointNetwork:
    return checkpoint_network(name, state, **options)


@pytest.mark.parametrize(
    ("name", "architecture", "channels", "classes", "head"),
    [
        ("monai_densenet121_1ch", "torchvision/densenet121", 1, 4, None),
        ("txv_densenet", "torchvision/densenet121", 1, 18, None),
        ("fastai_resnet18", "torchvision/resnet18", 3, 5, FASTAI),
        ("fastai_densenet121", "torchvision/densenet121", 3, 5, FASTAI),
        ("fastai_timm_convnext", "timm/convnext_atto", 3, 5, FASTAI),
        ("peft_alone", "", 0, 0, None),
        ("lightning", "torchvision/resnet18", 3, 4, None),
    ],
)
def test_what_libraries_write_is_known(
    real: dict[str, dict[str, tuple[int, ...]]],
    name: str,
    architecture: str,
    channels: int,
    classes: int,
    head: list[str] | None,
) -> None:
    networks = search_network(real[name]).networks
    if not architecture:
        assert networks == ()
        return
    network = networks[0]
    assert (network.architecture, network.classes) == (architecture, classes)
    assert network.changes.channels == channels
    assert network.likely
    change = network.changes.head
    assert (None if change is None else [str(layer.kind) for layer in change.layers]) == head
    if head is not None:
        assert change is not None
        assert change.pooling is Pooling.MAXIMUM_AND_AVERAGE


def test_adapters_are_refused_by_name(real: dict[str, dict[str, tuple[int, ...]]]) -> None:
    for name, words in (("peft_alone", "and not the network"), ("peft_all", "beside the weights")):
        tensors = {key: torch.empty(shape, device="meta") for key, shape in real[name].items()}
        with pytest.raises(CamviewerError, match=f"LoRA adapters.*{words}") as refused:
            checkpoint_network("a.pth", tensors)
        assert "merge_and_unload" in refused.value.hint


def test_order_and_shapes_alone_are_too_little(
    real: dict[str, dict[str, tuple[int, ...]]],
) -> None:
    # Batch normalisation as it was made: it has seen no picture and tells nothing.
    tensors = {
        key: (torch.ones if key.endswith("var") else torch.zeros)(shape)
        for key, shape in real["fastai_xresnet18"].items()
    }
    with pytest.raises(CamviewerError, match="but of other names") as refused:
        checkpoint_network("x.pth", tensors)
    assert "--arch timm/resnet18d" in refused.value.hint
    assert checkpoint_network("x.pth", tensors, "timm/resnet18d").classes == 5


def test_the_network_and_not_its_teacher_is_taken() -> None:
    teacher = {**prefixed(resnet(7), "student."), "teacher.fc.weight": torch.empty(9, 2048)}
    assert found_in(teacher).classes == 7


@pytest.mark.parametrize(
    ("state", "role", "features"),
    [
        (
            {
                **prefixed(resnet(128), "module.encoder_q."),
                **prefixed(resnet(128), "module.encoder_k."),
                **empty(module__queue=(128, 64), module__queue_ptr=(1,)),
            },
            "encoder_q",
            512,
        ),
        (
            {
                **prefixed(features(), "student.backbone."),
                **prefixed(features(), "teacher.backbone."),
                **empty(student__head__mlp__0__weight=(8, 512), dino_loss__center=(1, 8)),
            },
            "teacher",
            512,
        ),
        (
            {
                **prefixed(features(), "online_network.encoder."),
                **prefixed(features(), "target_network.encoder."),
                **empty(predictor__0__weight=(8, 8), online_network__projector__weight=(8, 512)),
            },
            "online_network",
            512,
        ),
    ],
    ids=["MoCo", "DINO", "BYOL"],
)
def test_training_without_labels_leaves_a_body_without_a_head(
    state: State, role: str, features: int
) -> None:
    found = found_in(state)
    assert any("resnet18 without its classifier" in note for note in found.notes)
    assert (found.headless, found.classes) == (True, features)
    assert any(role in note for note in found.notes)
    assert any("Left out" in note for note in found.notes)


@pytest.mark.parametrize(
    "more",
    [
        empty(head__weight=(5, 512), head__bias=(5,)),
        empty(age__weight=(1, 512), sex__weight=(2, 512)),
    ],
    ids=["own head and another", "two tasks"],
)
def test_two_heads_are_refused_with_what_to_do(more: State) -> None:
    with pytest.raises(CamviewerError, match="head cannot be told from") as refused:
        found_in({**prefixed(resnet(), "backbone."), **more})
    assert "torch.onnx.export" in refused.value.hint
    assert "torch.export.export" in refused.value.hint


def test_only_what_is_near_is_named() -> None:
    unknown = {f"conv{number}.weight": torch.empty(8, 8, 3, 3) for number in range(9)}
    with pytest.raises(CamviewerError, match=r"^x.pth is of no architecture"):
        checkpoint_network("x.pth", unknown)
    changed = {**resnet(), "layer4.1.conv2.weight": torch.empty(512, 512, 5, 5)}
    with pytest.raises(CamviewerError, match="nearest is torchvision/resnet18"):
        found_in(changed)


def test_a_file_named_after_its_network_needs_no_question() -> None:
    found = found_in(resnet(), "resnet18-f37072fd.pth")
    assert found.architecture == "torchvision/resnet18"
    assert any("resnetblur18" in note for note in found.notes)
    assert found_in(resnet(), "timm_resnet18.pth").architecture == "timm/resnet18"


@pytest.mark.parametrize(
    ("names", "widths", "expected"),
    [
        (("0", "2"), ((64, 10), (5, 64)), ["linear", "activation", "linear"]),
        (("0", "1"), ((64, 10), (5, 64)), ["linear", "linear"]),
        (("fc1", "fc2"), ((64, 10), (5, 64)), ["linear", "activation", "linear"]),
        (("0.fc", "1"), ((64, 10), (5, 64)), ["linear", "linear"]),
        (("10", "2"), ((5, 64), (64, 10)), ["linear", "activation", "linear"]),
        (("out", "hidden"), ((5, 64), (64, 10)), ["linear", "activation", "linear"]),
    ],
)
def test_an_activation_stands_where_the_numbering_has_room(
    names: tuple[str, str], widths: tuple[tuple[int, int], ...], expected: list[str]
) -> None:
    shapes = {f"{name}.weight": width for name, width in zip(names, widths, strict=True)}
    parsed = parse_head(shapes, 10)
    assert parsed is not None
    assert [str(layer.kind) for layer in parsed.layers] == expected
    assert parsed.classes == 5


def test_a_head_that_takes_something_else_is_none() -> None:
    assert parse_head({"fc.weight": (5, 11)}, 10) is None
    assert parse_head({"fc.weight": (5, 10), "more.weight": (5, 9)}, 10) is None
    assert parse_head({"bn.weight": (10,), "bn.bias": (10,)}, 10) is None


def test_names_are_sorted_as_their_modules_are_numbered() -> None:
    assert sorted(["a.10", "a.9", "a.1b"], key=natural) == ["a.1b", "a.9", "a.10"]


def concat_pooled() -> nn.Module:
    body = torchvision.models.shufflenet_v2_x0_5()
    head = (ConcatPool(), nn.Flatten(), nn.BatchNorm1d(2048), nn.Dropout(), nn.Linear(2048, 4))
    return nn.Sequential(nn.Sequential(*list(body.children())[:-1]), nn.Sequential(*head))


@pytest.mark.usefixtures("data")
def test_cam_of_concat_pooling_adds_up_to_the_class_score(tmp_path: Path) -> None:
    network = cheaply_made(concat_pooled)
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    info = import_checkpoint(tmp_path / "mine.pth")
    assert any("maximum" in note for note in info.notes)
    session = open_session(info.id, tmp_path / "cache", torch.device("cpu"))
    image = read_image(resource("samples", "astronaut.png"))
    for index in range(4):
        found = session.explain(image, ExplainRequest(method="cam", class_index=index))
        norm, linear = network[1][2], network[1][4]
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        bias = linear.bias + linear.weight @ (norm.bias - norm.running_mean * scale)
        summed = float(np.mean(found.heatmap.values)) + float(bias[index].detach())
        assert summed == pytest.approx(found.logit, rel=1e-4, abs=1e-4)


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(("function", "module"), [("gelu", nn.GELU), ("none", nn.Identity)])
def test_the_activation_in_a_head_is_tried_and_then_kept(
    tmp_path: Path, function: str, module: type[nn.Module]
) -> None:
    def make(between: type[nn.Module]) -> nn.Module:
        head = nn.Sequential(nn.Linear(512, 8), between(), nn.Linear(8, 3))
        return put(timm.create_model("resnet10t"), "fc", head)

    wanted = cheaply_made(lambda: make(module))
    torch.save(wanted.state_dict(), tmp_path / "mine.pth")
    info = import_checkpoint(tmp_path / "mine.pth")
    session = open_session(info.id, device=torch.device("cpu"))
    assert session.info.head_activations == ("relu",)
    image, recipe = read_image(resource("samples", "astronaut.png")), session.info.recipe
    with torch.no_grad():
        picture = session.input_tensor(image, place(image.size, recipe, PlacementMode.CROP))
        expected = wanted(picture)[0].softmax(0)
    tried = preview(
        session.classifier,
        image,
        recipe,
        activation="softmax",
        published=recipe,
        head_activations=(function,),
    )
    assert dict(tried.top) == pytest.approx(dict(enumerate(expected.tolist())), abs=1e-4)
    before = session.verdict(image).probabilities
    assert np.abs(before - expected.numpy()).max() > 1e-3  # the trial has left nothing behind

    edited = edit_pack(info, head_activations=[function])
    assert f"set to {function}" in edited.notes[0]
    again = open_session(info.id, device=torch.device("cpu"))
    assert np.abs(again.verdict(image).probabilities - expected.numpy()).max() < 1e-4
    assert (again.info.cam_layer is not None) == (function == "none")
    back = preview(
        again.classifier,
        image,
        recipe,
        activation="softmax",
        published=recipe,
        head_activations=("relu",),
    )
    assert dict(back.top)[0] == pytest.approx(float(before[0]), abs=1e-4)


@pytest.mark.usefixtures("data")
def test_only_a_rebuilt_head_has_an_activation_to_change(tmp_path: Path) -> None:
    torch.save(timm.create_model("resnet10t", num_classes=2).state_dict(), tmp_path / "m.pth")
    with pytest.raises(CamviewerError, match="no activation in its head"):
        edit_pack(import_checkpoint(tmp_path / "m.pth"), head_activations=["gelu"])


@pytest.mark.usefixtures("data")
def test_batch_norm_before_the_last_layer_does_not_keep_from_cam(tmp_path: Path) -> None:
    head = nn.Sequential(nn.BatchNorm1d(512), nn.Dropout(), nn.Linear(512, 3))
    network = cheaply_made(lambda: put(timm.create_model("resnet10t"), "fc", head))
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    session = open_session(import_checkpoint(tmp_path / "mine.pth").id, device=torch.device("cpu"))
    assert session.info.cam_layer is not None


def test_what_a_manifest_says_of_a_head_is_checked(
    real: dict[str, dict[str, tuple[int, ...]]],
) -> None:
    changes = search_network(real["fastai_resnet18"]).networks[0].changes
    table = changes.table()
    assert read_changes(table) == changes
    assert read_changes(NetworkChanges(1).table()) == NetworkChanges(1)
    assert changes.head is not None
    assert changes.head.layers[1].kind is HeadKind.LINEAR
    for wrong in (
        {"place": "fc"},
        {"layer": "a b"},
        {"pooling": "median"},
        {"layers": [{"kind": "linear", "inputs": 3, "outputs": 4}]},
        {"layers": table["head"]["layers"][::-1]},
        {"without": ["../x"]},
        {"channels": -1},
    ):
        with pytest.raises(ValueError, match=r"^\w+$"):
            read_changes({**table, "head": {**table["head"], **wrong}})


def test_student_and_teacher_may_lie_side_by_side(tmp_path: Path) -> None:
    state = prefixed(features(), "module.backbone.")
    file = tmp_path / "dino.pth"
    torch.save({"student": state, "teacher": state, "epoch": 3, "args": {"lr": 0.1}}, file)
    found = found_in(read_checkpoint(file).tensors)
    assert (found.architecture, found.classes) == ("torchvision/resnet18", 512)
    assert "The network under teacher was taken." in found.notes
