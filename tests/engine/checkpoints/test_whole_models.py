"""Networks that were pickled whole give their weights, and nothing of them runs."""

from __future__ import annotations

import argparse
import enum
import io
import pickle
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import timm
import torch
from torch import Tensor, nn
from torchvision.models import resnet18

from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from tests.engine.checkpoints.conftest import refusal, small_network


class Wrapped(nn.Module):
    """A network of one's own around a known one, with a loss that has a weight."""

    def __init__(self) -> None:
        super().__init__()
        self.net = resnet18(num_classes=5)
        self.loss = nn.CrossEntropyLoss(weight=torch.ones(5))

    def forward(self, picture: Tensor) -> Tensor:
        return self.net(picture)


class Own(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3)
        self.last = nn.Linear(4, 2)
        self.register_buffer("passing", torch.ones(2), persistent=False)
        self.register_buffer("kept", torch.ones(2))


class Learner:
    """What fastai exports: an object that holds the model, and much else."""

    def __init__(self, model: nn.Module) -> None:
        self.model, self.opt, self.path = model, print, Path("models")


class Colour(enum.Enum):
    RED = 1


def saved(content: object, path: Path, *, new_zip: bool = True) -> Path:
    with warnings.catch_warnings(action="ignore"):
        torch.save(content, path, _use_new_zipfile_serialization=new_zip)
    return path


def assert_gives(path: Path, network: nn.Module) -> None:
    found, expected = read_checkpoint(path).tensors, network.state_dict()
    assert list(found) == list(expected)
    assert all(torch.equal(found[name], tensor) for name, tensor in expected.items())


WRAPPINGS: dict[str, Callable[[nn.Module], object]] = {
    "bare": lambda network: network,
    "under model": lambda network: {"model": network, "epoch": 3},
    "averaged": lambda network: {"model": None, "ema": network, "updates": 7},
    "data parallel": nn.DataParallel,
    "compiled": torch.compile,
    "average": torch.optim.swa_utils.AveragedModel,
    "learner": Learner,
    "list": lambda network: [network, {"epoch": 1}],
}


@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS)
@pytest.mark.parametrize("new_zip", [True, False])
def test_a_whole_network_gives_its_state_dict(
    tmp_path: Path, wrap: Callable[[nn.Module], object], new_zip: bool
) -> None:
    network = small_network()
    assert_gives(saved(wrap(network), tmp_path / "w.pth", new_zip=new_zip), network)


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_a_plain_pickle_of_a_network_gives_its_state_dict(tmp_path: Path, protocol: int) -> None:
    network = small_network()
    (tmp_path / "w.pkl").write_bytes(pickle.dumps(network, protocol))
    assert_gives(tmp_path / "w.pkl", network)


def test_buffers_that_a_state_dict_leaves_out_are_left_out(tmp_path: Path) -> None:
    network = Own()
    assert_gives(saved(network, tmp_path / "w.pth"), network)
    assert "passing" not in read_checkpoint(tmp_path / "w.pth").tensors


def test_modules_tell_their_class_and_settings(tmp_path: Path) -> None:
    found = read_checkpoint(saved(Wrapped(), tmp_path / "w.pth")).network
    assert found is not None
    assert found.kind.endswith("test_whole_models.Wrapped")
    parts = {part.path: part for part in found.parts}
    assert parts["net"].kind == "torchvision.models.resnet.ResNet"
    assert parts["net.conv1"].settings["stride"] == (2, 2)
    assert parts["net.relu"].kind == "torch.nn.modules.activation.ReLU"


def test_foreign_classes_beside_the_weights_are_not_asked_for(tmp_path: Path) -> None:
    network = small_network()
    content = {
        "state_dict": network.state_dict(),
        "hyper_parameters": {"args": argparse.Namespace(x=Colour.RED), "net": Own, "f": resnet18},
        "callbacks": {"saver": Learner(small_network())},
        "pytorch-lightning_version": "2.5",
    }
    assert_gives(saved(content, tmp_path / "last.ckpt"), network)


def keeps(path: Path, pictures: Tensor, network: nn.Module) -> str:
    """The architecture that the file is kept as, after a comparison of the logits."""
    pack = import_checkpoint(path)
    kept = load_pack(pack, torch.device("cpu")).network
    with torch.no_grad():
        assert torch.allclose(kept(pictures), network.eval()(pictures), atol=1e-4)
    return pack.architecture


@pytest.mark.parametrize(
    ("make", "architecture"),
    [
        (lambda: resnet18(num_classes=5), "torchvision/resnet18"),
        (lambda: timm.create_model("resnet18", num_classes=5), "timm/resnet18"),
        (lambda: timm.create_model("resnetblur18", num_classes=5), "timm/resnetblur18"),
        (lambda: timm.create_model("tf_efficientnet_b0"), "timm/tf_efficientnet_b0"),
        (Wrapped, "torchvision/resnet18"),
    ],
)
@pytest.mark.usefixtures("data")
def test_its_class_tells_apart_what_its_tensors_cannot(
    tmp_path: Path, make: Callable[[], nn.Module], architecture: str
) -> None:
    torch.manual_seed(0)
    network = make()
    path = saved(network, tmp_path / "w.pth")
    assert keeps(path, torch.rand(1, 3, 64, 64), network) == architecture


def body_alone(network: nn.Module) -> nn.Module:
    """As fastai builds it: the body's modules in a row, then a head."""
    return nn.Sequential(
        nn.Sequential(*list(network.children())[:-2]),
        nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 5)),
    )


@pytest.mark.usefixtures("data")
def test_blocks_of_a_library_tell_a_body_in_a_row(tmp_path: Path) -> None:
    torch.manual_seed(0)
    whole = body_alone(resnet18())
    found = keeps(saved(whole, tmp_path / "export.pkl"), torch.rand(1, 3, 64, 64), whole)
    assert found == "torchvision/resnet18"


@pytest.mark.usefixtures("data")
def test_a_stride_under_another_name_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(CamviewerError, match=r"stride of 0\.0 is \(1, 1\)"):
        import_checkpoint(saved(body_alone(with_stride()), tmp_path / "export.pkl"))


def with_silu() -> nn.Module:
    network = resnet18()
    network.layer1[0].relu = nn.SiLU()
    return network


def with_stride() -> nn.Module:
    network = resnet18()
    network.conv1.stride = (1, 1)
    return network


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (with_silu, "layer1.0.relu is SiLU, not ReLU"),
        (with_stride, "stride of conv1 is (1, 1), not (2, 2)"),
    ],
)
@pytest.mark.usefixtures("data")
def test_a_network_that_computes_something_else_is_refused(
    tmp_path: Path, make: Callable[[], nn.Module], words: str
) -> None:
    with pytest.raises(CamviewerError) as refused:
        import_checkpoint(saved(make(), tmp_path / "w.pth"))
    assert words in refused.value.message
    assert "torch.export.export" in refused.value.hint


@pytest.mark.usefixtures("data")
def test_a_network_of_ones_own_is_refused_with_the_lines_that_export_it(tmp_path: Path) -> None:
    with pytest.raises(CamviewerError) as refused:
        import_checkpoint(saved(Own(), tmp_path / "w.pth"))
    assert "torch.export.export(model.eval()" in refused.value.hint
    assert "torch.export.save" in refused.value.hint


def test_an_object_without_a_network_is_named(tmp_path: Path) -> None:
    path = saved(argparse.Namespace(x=1), tmp_path / "w.pth")
    assert "argparse.Namespace and no network" in refusal(path).message


def test_tensors_that_share_memory_share_it_still(tmp_path: Path) -> None:
    base = torch.arange(6.0)
    path = saved({"a": base, "b": base[2:], "c": base.view(2, 3).t()}, tmp_path / "w.pth")
    found = read_checkpoint(path).tensors
    assert found["b"].data_ptr() == found["a"].data_ptr() + 8
    assert torch.equal(found["c"], base.view(2, 3).t())


@pytest.mark.parametrize(
    "dtype",
    [torch.float16, torch.bfloat16, torch.float64, torch.float8_e4m3fn, torch.int8, torch.bool],
)
@pytest.mark.parametrize("new_zip", [True, False])
def test_every_type_of_number_is_read(tmp_path: Path, dtype: torch.dtype, new_zip: bool) -> None:
    expected = torch.tensor([0.0, 1.0, 2.0, 0.5]).to(dtype)
    path = saved({"a": torch.ones(1), "b": expected}, tmp_path / "w.pth", new_zip=new_zip)
    found = read_checkpoint(path).tensors["b"]
    assert torch.equal(found, expected.float() if dtype.is_floating_point else expected)


def test_the_file_stays_as_it_is_when_its_tensors_are_changed(tmp_path: Path) -> None:
    path = saved({"a": torch.ones(4), "b": torch.ones(4)}, tmp_path / "w.pth")
    before = path.read_bytes()
    read_checkpoint(path).tensors["a"].zero_()
    assert path.read_bytes() == before


def test_numbers_are_those_of_torchs_own_reader(tmp_path: Path) -> None:
    content = io.BytesIO()
    torch.save(resnet18().state_dict(), content)
    (tmp_path / "w.pth").write_bytes(content.getvalue())
    expected = torch.load(io.BytesIO(content.getvalue()), weights_only=True)
    found = read_checkpoint(tmp_path / "w.pth").tensors
    assert list(found) == list(expected)
    assert all(torch.equal(found[name], tensor) for name, tensor in expected.items())
