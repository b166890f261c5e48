"""Files of programs become networks with the numbers, layers and gradients of the original."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods.core.activation_scorer import ActivationScorer
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import grid_layers, mixes_globally
from camviewer.engine.network.pooled_head import find_head
from camviewer.engine.programs.exported_program import read_exported_program
from camviewer.engine.programs.graph_network import GraphNetwork, graph_network
from camviewer.engine.programs.onnx_file import read_onnx
from camviewer.engine.programs.onnx_network import onnx_network
from camviewer.engine.programs.script_unrolling import unrolled
from tests.engine.program_files import (
    SIZE,
    example,
    export_onnx,
    export_program,
    network_of,
    script,
)

CASES = (
    *(("resnet18", kind) for kind in ("pt2", "script", "onnx")),
    *(("shufflenet_v2_x0_5", kind) for kind in ("trace", "onnx-torchscript")),
)
CASES_OF_GRAPHS = Path(__file__).parents[1] / "cases"
CAM_LAYERS = {
    "resnet18": {"layer4.1.relu_1"},
    "shufflenet_v2_x0_5": {"conv5.2", "conv5.relu"},
}


def loaded(kind: str, network: nn.Module, folder: Path, *, size: int = SIZE) -> nn.Module:
    """The network of a file that was written from a network."""
    if kind == "pt2":
        path = export_program(network, folder / "n.pt2", size=size)
        return graph_network(read_exported_program(path), example(size))
    if kind in {"script", "trace"}:
        path = script(network, folder / "n.pt", traced=kind == "trace", size=size)
        program = torch.jit.load(path).eval()
        return GraphNetwork(unrolled(program, example(size))).eval()
    exporter = "dynamo" if kind == "onnx" else "torchscript"
    path = export_onnx(network, folder / "n.onnx", size=size, exporter=exporter)
    found, why = onnx_network(read_onnx(path), example(size))
    assert why == ""
    return found


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_file_becomes_a_network_with_the_same_numbers_layers_and_gradients(
    name: str, kind: str, tmp_path: Path
) -> None:
    original = network_of(name)
    network = loaded(kind, original, tmp_path)
    picture = example()
    with torch.no_grad():
        expected = original(picture)
        assert (network(picture) - expected).abs().max() < 1e-4
        several = torch.cat([picture, picture * 0.5, picture * 0.3])
        assert (network(several) - original(several)).abs().max() < 1e-4
    search = find_head(network, picture)
    assert search.last_layer in CAM_LAYERS[name]
    assert search.head is not None
    assert search.head.layer == search.last_layer
    found = passes.run(network, picture, search.last_layer, search.head, search.layout)
    class_map = (search.head.weight[3, :, None, None] * found.activations).sum(0)
    logit = class_map.mean() + search.head.bias[3]
    assert torch.allclose(logit, expected[0, 3], atol=1e-4)
    earlier = "layer3.1.relu_1" if name == "resnet18" else "maxpool"
    names = {layer.name for layer in grid_layers(network, picture)}
    if earlier in names:
        assert_gradients_are_those_of(original, network, earlier, picture)


def assert_gradients_are_those_of(
    original: nn.Module, network: nn.Module, layer: str, picture: Tensor
) -> None:
    """By a pass of the original network that torch's own hooks cut at the same place."""
    kept: list[Tensor] = []

    def keep(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        kept[:] = [output]

    parent = "layer3.1" if layer.startswith("layer3") else layer
    handle = original.get_submodule(parent).register_forward_hook(keep)
    picture = picture.clone().requires_grad_(True)
    logits = original(picture)
    handle.remove()
    (expected,) = torch.autograd.grad(logits[0, 3], kept[0])
    found = passes.run(network, picture.detach(), layer).gradients(3)
    assert expected.abs().max() > 0
    assert (found - expected[0]).abs().max() < 1e-4 * max(1.0, float(expected.abs().max()))


class Shuffled(nn.Module):
    """Writes the sizes of its input into the program, as ShuffleNet does."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv(x)
        n, c, h, w = x.shape
        x = x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)
        return self.fc(x.relu().mean((2, 3)))


@pytest.fixture
def shuffled() -> nn.Module:
    torch.manual_seed(0)
    return Shuffled().eval()


def test_a_dynamic_program_takes_other_sizes_and_a_static_one_says_its_own(
    shuffled: nn.Module, tmp_path: Path
) -> None:
    program = read_exported_program(export_program(shuffled, tmp_path / "d.pt2", dynamic=True))
    assert program.input_shape == (None, 3, None, None)
    other = torch.rand((2, 3, 128, 160), generator=torch.Generator().manual_seed(5))
    with torch.no_grad():
        assert (GraphNetwork(program)(other) - shuffled(other)).abs().max() < 1e-5
    static = read_exported_program(export_program(shuffled, tmp_path / "s.pt2"))
    assert static.input_shape == (1, 3, SIZE, SIZE)


def test_a_program_that_takes_one_picture_at_once_answers_for_several(
    shuffled: nn.Module, tmp_path: Path
) -> None:
    program = read_exported_program(export_program(shuffled, tmp_path / "s.pt2"))
    several = torch.cat([example(), example() * 0.4])
    with torch.no_grad():
        with pytest.raises(RuntimeError):  # sizes of one picture are written into it
            GraphNetwork(program)(several)
        answers = graph_network(program, example())(several)
        assert (answers - shuffled(several)).abs().max() < 1e-5


@pytest.mark.parametrize("batch", [1, 4])
def test_layers_of_a_program_of_fixed_batch_are_replaced_one_picture_at_a_time(
    batch: int, shuffled: nn.Module, tmp_path: Path, classifier_of: Callable[..., Classifier]
) -> None:
    program = torch.export.export(shuffled, (example(64, batch),))
    torch.export.save(program, tmp_path / "b.pt2")
    network = graph_network(read_exported_program(tmp_path / "b.pt2"), example(64))
    recipe = Recipe(input_size=(64, 64), flexible=False)
    fixed = classifier_of(network, labels=4, recipe=recipe)
    free = classifier_of(shuffled, labels=4, recipe=recipe)
    assert fixed.head is not None
    assert torch.allclose(fixed.head.weight, shuffled.fc.weight)
    picture = example(64)
    changed = torch.rand((3, 8, 64, 64), generator=torch.Generator().manual_seed(3))
    found, expected = (
        ActivationScorer(asked, passes.run(asked.network, picture, "conv"), picture)(changed)
        for asked in (fixed, free)
    )
    assert (found - expected).abs().max() < 1e-5


def torch_file(content: object) -> bytes:
    file = io.BytesIO()
    torch.save(content, file)
    return file.getvalue()


def test_programs_of_torch_before_2_8_are_read(shuffled: nn.Module, tmp_path: Path) -> None:
    program = torch.export.export(shuffled, (example(),))
    torch.export.save(program, tmp_path / "new.pt2")
    with zipfile.ZipFile(tmp_path / "new.pt2") as archive:
        (graph,) = [name for name in archive.namelist() if name.endswith("models/model.json")]
        content = archive.read(graph)
    with zipfile.ZipFile(tmp_path / "old.pt2", "w") as archive:  # as torch.export.save wrote it
        archive.writestr("version", "8.20")
        archive.writestr("serialized_exported_program.json", content)
        archive.writestr("serialized_state_dict.pt", torch_file(dict(program.state_dict)))
        archive.writestr("serialized_constants.pt", torch_file(dict(program.constants)))
        archive.writestr("serialized_example_inputs.pt", torch_file(program.example_inputs))
    with torch.no_grad():
        found = graph_network(read_exported_program(tmp_path / "old.pt2"), example())(example())
        assert (found - shuffled(example())).abs().max() < 1e-6
        assert torch.equal(torch.export.load(tmp_path / "old.pt2").module()(example()), found)


def test_a_program_in_half_precision_runs_in_float32(shuffled: nn.Module, tmp_path: Path) -> None:
    with torch.no_grad():
        expected = shuffled(example())
    program = torch.export.export(shuffled.half(), (example().half(),))
    torch.export.save(program, tmp_path / "half.pt2")
    network = graph_network(read_exported_program(tmp_path / "half.pt2"), example())
    with torch.no_grad():
        found = network(example())
    assert found.dtype == torch.float32
    assert (found - expected).abs().max() < 1e-2


class Branched(nn.Module):
    """Ends in joined branches, as GoogLeNet does."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two, self.three = (nn.Conv2d(3, 4, 3, padding=1) for _ in range(3))
        self.fc = nn.Linear(12, 4)

    def forward(self, x: Tensor) -> Tensor:
        joined = torch.cat([self.one(x), self.two(x).relu(), self.three(x)], 1)
        return self.fc(joined.mean((2, 3)))


def test_joined_branches_are_a_layer(tmp_path: Path) -> None:
    torch.manual_seed(0)
    original = Branched().eval()
    for kind, name in (("pt2", "cat"), ("trace", "cat"), ("onnx-torchscript", "concat")):
        network = loaded(kind, original, tmp_path, size=32)
        search = find_head(network, example(32))
        assert search.head is not None
        assert search.last_layer == name


def test_attention_is_known_as_such_and_its_tokens_have_a_grid(tmp_path: Path) -> None:
    torch.manual_seed(0)
    from torchvision.models import VisionTransformer

    original = VisionTransformer(
        image_size=64, patch_size=16, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=64,
        num_classes=5,
    ).eval()  # fmt: skip
    nn.init.normal_(original.heads.head.weight, std=0.1)
    picture = example(64)
    expected = find_head(original, picture)
    for kind in ("pt2", "script", "onnx"):
        network = loaded(kind, original, tmp_path, size=64)
        with torch.no_grad():
            assert (network(picture) - original(picture)).abs().max() < 1e-4, kind
        search = find_head(network, picture)
        assert search.layout == expected.layout
        assert search.refusal == expected.refusal
        assert search.last_layer == expected.last_layer == "encoder.layers.encoder_layer_1.ln_1"
        assert mixes_globally(network)


def test_a_program_exported_in_training_mode_runs_in_evaluation_mode(tmp_path: Path) -> None:
    torch.manual_seed(0)
    original = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.Dropout(0.5),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4),
    )  # fmt: skip
    export_program(original.train(), tmp_path / "t.pt2", size=32)
    network = GraphNetwork(read_exported_program(tmp_path / "t.pt2"))
    with torch.no_grad():
        assert torch.allclose(network(example(32)), original.eval()(example(32)), atol=1e-5)


FAMILIES = (
    "densenet121", "efficientnet_b0", "googlenet", "inception_v3", "maxvit_t", "mnasnet0_5",
    "mobilenet_v3_small", "regnet_y_400mf", "squeezenet1_1", "swin_t", "swin_v2_t", "vgg11",
    "vit_b_16", "convnext_tiny",
)  # fmt: skip


@pytest.mark.exhaustive
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", ["pt2", "script", "onnx-torchscript"])
@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_of_torchvision_keeps_its_numbers_and_its_head(
    name: str, kind: str, tmp_path: Path
) -> None:
    original = network_of(name)
    size = 299 if name == "inception_v3" else 224
    picture = example(size)
    network = loaded(kind, original, tmp_path, size=size)
    with torch.no_grad():
        expected = original(picture)
        assert (network(picture) - expected).abs().max() < 1e-4 * max(1.0, expected.abs().max())
    found, known = find_head(network, picture), find_head(original, picture)
    assert (found.head is None) == (known.head is None)
    if known.head is not None and found.head is not None:
        assert torch.allclose(found.head.weight, known.head.weight, atol=1e-5)


@pytest.mark.parametrize("form", ["gemm", "matmul"])
def test_a_linear_head_has_cam_however_a_graph_holds_its_weights(form: str) -> None:
    found, why = onnx_network(read_onnx(CASES_OF_GRAPHS / f"six_{form}.onnx"), example(224))
    assert why == ""
    head = find_head(found, example(224)).head
    assert head is not None
    # The first channel speaks for class 1, the second for class 2, the third for class 0.
    assert head.weight[:, :3].tolist() == [[0, 0, 4], [4, 0, 0], [0, 4, 0]]
