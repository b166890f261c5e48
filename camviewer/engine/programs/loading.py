"""From the file of a program to a network that can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from camviewer.engine.checkpoints.consent import ConsentNeeded, is_allowed
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.grid_layers import grid_layers
from camviewer.engine.packs.manifest import ONNX, TORCH_EXPORT, Manifest
from camviewer.engine.programs.activations import without_activation
from camviewer.engine.programs.black_box import BlackBox
from camviewer.engine.programs.exported_program import read_exported_program
from camviewer.engine.programs.graph_network import graph_network
from camviewer.engine.programs.onnx_file import read_onnx
from camviewer.engine.programs.onnx_network import onnx_network
from camviewer.engine.programs.script_file import (
    agrees_at,
    input_side,
    open_script,
    script_network,
    takes_other_sizes,
)

_USUAL_SIDE = 224
_STEP = 32
_MOST_CLASSES = 1_000_000


@dataclass(frozen=True, eq=False)
class LoadedProgram:
    """A program as a network.

    Attributes:
        network: (N, 3, h, w) in, class scores (N, K) out; on the CPU.
        classes: how many class scores there are.
        input_size: (h, w) that it takes.
        flexible: whether it takes other sizes, too.
        activation: how its scores become probabilities: ``softmax`` or ``sigmoid``.
        refusal: why no layer can be reached; empty when layers can.
        title: the class of the network, where the file tells it; else empty.
    """

    network: nn.Module
    classes: int
    input_size: tuple[int, int]
    flexible: bool
    activation: str
    refusal: str
    title: str = ""

    @property
    def recipe(self) -> Recipe:
        """ImageNet's usual preprocessing for its input size; the file does not tell another."""
        return Recipe(input_size=self.input_size, step=_STEP, flexible=self.flexible)


def load_program(name: str, path: Path, kept_as: str, weights_sha256: str = "") -> LoadedProgram:
    """Opens a program.

    Args:
        name: for sentences.
        path: of its file.
        kept_as: ``torch_export``, ``torchscript`` or ``onnx``.
        weights_sha256: of its file; a TorchScript of a hash that was not allowed is not opened.

    Raises:
        ConsentNeeded: it can run any code, and nobody has allowed that.
        CamviewerError: it is damaged, or no classifier of pictures.
    """
    if kept_as == TORCH_EXPORT:
        return _exported(path)
    if kept_as == ONNX:
        return _onnx(path)
    if not is_allowed(weights_sha256):
        raise ConsentNeeded(name)
    return _script(name, path)


def require_program(name: str, path: Path, manifest: Manifest) -> None:
    """Checks that a program is what the manifest of its pack says.

    Raises:
        CamviewerError: it cannot be opened, or has other classes or another input size.
    """
    found = load_program(name, path, manifest.format, manifest.weights.sha256)
    if found.classes != manifest.classes:
        raise CamviewerError(
            f"The program in {name} has {found.classes} classes and not {manifest.classes}.",
            "Ask the one who made it for another.",
        )
    if not found.flexible and (
        manifest.recipe.flexible or manifest.recipe.input_size != found.input_size
    ):
        height, width = found.input_size
        raise CamviewerError(
            f"The program in {name} takes pictures of {width} x {height} alone, and is to be fed "
            "others.",
            "Ask the one who made it for another.",
        )


def _exported(path: Path) -> LoadedProgram:
    program, activation = without_activation(read_exported_program(path))
    size, flexible = _size(program.input_shape)
    network = graph_network(program, _example(size))
    return _loaded(
        path.name, network, size, flexible=flexible, activation=activation, title=program.title
    )


def _onnx(path: Path) -> LoadedProgram:
    found = read_onnx(path)
    size, flexible = _size(found.input_shape)
    network, refusal = onnx_network(found, _example(size))
    title = found.model.graph.name if found.model.graph.name not in {"main_graph", ""} else ""
    return _loaded(
        path.name,
        network,
        size,
        flexible=flexible,
        activation=found.activation,
        refusal=refusal,
        title=title,
    )


def _script(name: str, path: Path) -> LoadedProgram:
    script = open_script(name, path)
    side = input_side(name, script)
    network, activation, refusal = script_network(script, _example((side, side)))
    larger = _example((side + _STEP, side + 2 * _STEP))
    flexible = takes_other_sizes(script, side) and (
        bool(refusal) or agrees_at(network, activation, script, larger)
    )
    title = str(getattr(script, "original_name", ""))
    return _loaded(
        name,
        network,
        (side, side),
        flexible=flexible,
        activation=activation,
        refusal=refusal,
        title=title,
    )


def _loaded(
    name: str,
    network: nn.Module,
    size: tuple[int, int],
    *,
    flexible: bool,
    activation: str,
    refusal: str = "",
    title: str = "",
) -> LoadedProgram:
    logits = _answer(network, size)
    if logits is None or logits.dim() != 2 or not 1 <= logits.shape[1] <= _MOST_CLASSES:
        raise CamviewerError(
            f"{name} is no classifier of pictures: it puts out no list of class scores.",
            "Choose a program whose output is (N, classes).",
        )
    larger = (size[0] + _STEP, size[1] + 2 * _STEP)
    if not refusal and not grid_layers(network, _example(size)):
        tensors = (*network.parameters(), *network.buffers())
        held = sum(tensor.numel() * tensor.element_size() for tensor in tensors)
        refusal = "none of its operators puts out a spatial grid."
        network = BlackBox(network.forward, held, holds=network)
    if flexible:
        other = _answer(network, larger)
        flexible = other is not None and other.shape == logits.shape
    return LoadedProgram(
        network=network,
        classes=logits.shape[1],
        input_size=size,
        flexible=flexible,
        activation=activation,
        refusal=refusal,
        title=title,
    )


def _answer(network: nn.Module, size: tuple[int, int]) -> Tensor | None:
    try:
        with torch.no_grad():
            answer: Tensor = network(_example(size))
    except (RuntimeError, TypeError, ValueError, KeyError, IndexError):
        return None
    except Exception as error:
        if type(error).__module__.startswith("onnxruntime"):
            return None
        raise
    return answer


def _size(
    shape: tuple[int | None, int | None, int | None, int | None],
) -> tuple[tuple[int, int], bool]:
    """(h, w) that a program takes, and whether it says that it takes others."""
    _, _, height, width = shape
    size = (height or width or _USUAL_SIDE, width or height or _USUAL_SIDE)
    return size, height is None and width is None


def _example(size: tuple[int, int]) -> Tensor:
    return torch.rand((1, 3, *size), generator=torch.Generator().manual_seed(0))
