"""Files of programs, written by torch from torchvision's networks, as their users write them."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
import torchvision
from torch import Tensor, nn

SIZE = 96
CLASSES = 10


def network_of(name: str, classes: int = CLASSES) -> nn.Module:
    """A network of torchvision with seeded weights and statistics that no initialisation has."""
    torch.manual_seed(0)
    options = {"init_weights": True} if name == "googlenet" else {}
    network: nn.Module = torchvision.models.get_model(
        name, weights=None, num_classes=classes, **options
    )
    generator = torch.Generator().manual_seed(1)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-0.1, 0.1, generator=generator)
            module.running_var.uniform_(0.5, 1.0, generator=generator)
    if name.startswith("vit"):
        nn.init.normal_(network.heads.head.weight, std=0.05, generator=generator)
    return network.eval()


def example(size: int = SIZE, count: int = 1) -> Tensor:
    return torch.rand((count, 3, size, size), generator=torch.Generator().manual_seed(2))


def export_program(
    network: nn.Module, path: Path, *, size: int = SIZE, dynamic: bool = False
) -> Path:
    """Writes a ``.pt2`` file; with ``dynamic`` any number of pictures of any size is taken."""
    free = {0: torch.export.Dim.DYNAMIC, 2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC}
    program = torch.export.export(
        network, (example(size, 2 if dynamic else 1),), dynamic_shapes=(free,) if dynamic else None
    )
    torch.export.save(program, path)
    return path


def script(network: nn.Module, path: Path, *, traced: bool = False, size: int = SIZE) -> Path:
    """Writes a TorchScript file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch says that TorchScript is of the past
        made = torch.jit.trace(network, example(size)) if traced else torch.jit.script(network)
        torch.jit.save(made, path)
    return path


def export_onnx(
    network: nn.Module,
    path: Path,
    *,
    size: int = SIZE,
    dynamic: bool = False,
    exporter: str = "dynamo",
    **options: object,
) -> Path:
    """Writes an ONNX file with either of torch's exporters."""
    axes = {0: "batch", 2: "height", 3: "width"}
    if exporter == "dynamo":
        free = dict.fromkeys(axes, torch.export.Dim.DYNAMIC)
        options |= {"dynamic_shapes": (free,)} if dynamic else {}
    else:
        options |= {"dynamic_axes": {"x": axes}, "input_names": ["x"]} if dynamic else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (example(size, 2 if dynamic else 1),),
            str(path),
            dynamo=exporter == "dynamo",
            verbose=False,
            **options,
        )
    return path


def written(kind: str, network: nn.Module, folder: Path, **options: object) -> Path:
    """Writes ``mine.pt2``, ``mine.pt`` or ``mine.onnx``."""
    if kind == "pt2":
        return export_program(network, folder / "mine.pt2", **options)  # type: ignore[arg-type]
    if kind == "pt":
        return script(network, folder / "mine.pt")
    return export_onnx(network, folder / "mine.onnx", exporter="torchscript", **options)  # type: ignore[arg-type]
