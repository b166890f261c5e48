"""Loads the file of a program as a network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from camviewer.engine.checkpoints.consent import ConsentNeeded, is_allowed
from camviewer.engine.companions.config_json import Stated
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe
from camviewer.engine.network.grid_layers import grid_layers
from camviewer.engine.packs.manifest import MOST_CLASSES, ONNX, TORCH_EXPORT, Manifest
from camviewer.engine.programs.activations import (
    gives_probabilities,
    may_give_probabilities,
    undo_activation,
    without_activation,
)
from camviewer.engine.programs.black_box import BlackBox
from camviewer.engine.programs.exported_program import read_exported_program
from camviewer.engine.programs.graph_network import graph_network
from camviewer.engine.programs.metadata import entries_of_zip, stated_in_metadata
from camviewer.engine.programs.onnx_file import read_onnx
from camviewer.engine.programs.onnx_network import onnx_network
from camviewer.engine.programs.script_file import (
    agrees_at,
    open_script,
    script_input,
    script_may_give_probabilities,
    script_network,
    takes_other_sizes,
)

OTHER_OUTPUT = "--output of `camviewer models import`, or --tensor of `camviewer explain`"
"""How another of several tensors is chosen at the command line."""

_USUAL_SIDE = 224
_STEP = 32
_PROBABILITIES = (
    "The program puts out probabilities, by a softmax or sigmoid that cannot be left off: as class "
    "scores their logarithms or logits are taken, which give the same probabilities."
)


@dataclass(frozen=True, eq=False)
class LoadedProgram:
    """A program as a network.

    Attributes:
        network: (N, 3, h, w) in, class scores (N, K) out, or (N,) of a single one; on the CPU.
        classes: number of class scores.
        input_size: its input size (h, w).
        flexible: whether it accepts other sizes as well.
        activation: how its scores become probabilities: ``softmax`` or ``sigmoid``; empty if it is
            unknown.
        refusal: why no layer can be reached; empty when layers can.
        title: class name of the network, if the file has it; else empty.
        remark: note on its scores; empty when there is none.
        stated: class names and preprocessing in its file; None when there are none.
        channels: number of its input channels.
        ends_in: the ``softmax`` or ``sigmoid`` that it ends in itself; empty when it has none.
        scores_pixels: whether it puts out class scores of every pixel, (N, K, h, w).
        outputs: the names of the tensors that it puts out, if these are several.
    """

    network: nn.Module
    classes: int
    input_size: tuple[int, int]
    flexible: bool
    activation: str
    refusal: str
    title: str = ""
    remark: str = ""
    stated: Stated | None = None
    channels: int = RGB_CHANNELS
    ends_in: str = ""
    scores_pixels: bool = False
    outputs: tuple[str, ...] = ()

    @property
    def usual_recipe(self) -> Recipe:
        """ImageNet's usual preprocessing for its input size; for other bands, values of 0 to 1."""
        usual = Recipe(input_size=self.input_size, step=_STEP, flexible=self.flexible)
        return usual.with_channels(self.channels)


def load_program(
    name: str, path: Path, kept_as: str, weights_sha256: str = "", output: str = ""
) -> LoadedProgram:
    """Opens a program.

    Args:
        name: its name in messages.
        path: path of its file.
        kept_as: ``torch_export``, ``torchscript`` or ``onnx``.
        weights_sha256: hash of its file; a TorchScript is opened only if its hash was allowed.
        output: which of several tensors is taken: its name in ONNX, its place in a .pt2, its path
            (``out``, ``0``, ``logits.1``) in TorchScript; the class scores when empty.

    Raises:
        ConsentNeeded: it can run any code, and the user has not allowed that.
        CamviewerError: it is damaged, or no classifier of pictures.
    """
    if kept_as == ONNX:
        return _onnx(name, path, output)
    if kept_as == TORCH_EXPORT:
        found = _exported(path, output)
    elif is_allowed(weights_sha256):
        found = _script(name, path, output)
    else:
        raise ConsentNeeded(name)
    return replace(found, stated=stated_in_metadata(entries_of_zip(path), name))


def require_program(name: str, path: Path, manifest: Manifest) -> None:
    """Checks that a program is what the manifest of its pack says.

    Raises:
        CamviewerError: it cannot be opened, or has other classes or another input size.
    """
    found = load_program(name, path, manifest.format, manifest.weights.sha256, manifest.output)
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


def _exported(path: Path, output: str) -> LoadedProgram:
    program, activation = without_activation(read_exported_program(path, output))
    size, flexible = _size(program.input_shape)
    channels = program.input_shape[1] or RGB_CHANNELS
    network = graph_network(program, _example(size, channels))
    return _loaded(
        path.name,
        network,
        size,
        flexible=flexible,
        activation=activation,
        suspect=may_give_probabilities(program),
        title=program.title,
        channels=channels,
        outputs=program.outputs,
    )


def _onnx(name: str, path: Path, output: str) -> LoadedProgram:
    found = read_onnx(path, output)
    stated = stated_in_metadata(found.entries, name)
    size, flexible = _size(found.input_shape)
    if flexible and stated is not None and stated.recipe.input_size is not None:
        size = stated.recipe.input_size
    channels = found.input_shape[1] or RGB_CHANNELS
    network, refusal = onnx_network(found, _example(size, channels))
    title = found.model.graph.name if found.model.graph.name not in {"main_graph", ""} else ""
    loaded = _loaded(
        path.name,
        network,
        size,
        flexible=flexible,
        activation=found.activation,
        suspect=found.may_give_probabilities,
        refusal=refusal,
        title=title,
        channels=channels,
        outputs=found.outputs,
    )
    return replace(loaded, stated=stated)


def _script(name: str, path: Path, output: str) -> LoadedProgram:
    script = open_script(name, path)
    taken = script_input(name, script, output)
    network, activation, refusal = script_network(script, taken.example(), output)
    larger = taken.example((_STEP, 2 * _STEP))
    flexible = takes_other_sizes(script, taken, output) and (
        bool(refusal) or agrees_at(network, activation, script, larger, output)
    )
    title = str(getattr(script, "original_name", ""))
    return _loaded(
        name,
        network,
        (taken.side, taken.side),
        flexible=flexible,
        activation=activation,
        suspect=script_may_give_probabilities(script),
        refusal=refusal,
        title=title,
        channels=taken.channels,
        outputs=taken.outputs,
    )


def _loaded(
    name: str,
    network: nn.Module,
    size: tuple[int, int],
    *,
    flexible: bool,
    activation: str,
    suspect: bool,
    refusal: str = "",
    title: str = "",
    channels: int = RGB_CHANNELS,
    outputs: tuple[str, ...] = (),
) -> LoadedProgram:
    several = outputs if len(outputs) > 1 else ()
    example = _example(size, channels)
    logits = _answer(network, example)
    classes = 0 if logits is None else _class_count(logits, size)
    if logits is None or not classes:
        raise CamviewerError(
            f"{name} is no classifier of pictures: it puts out no list of class scores.",
            "Choose a program whose output is (N, classes), or (N, classes, h, w) for every pixel."
            + (
                f" It puts out {', '.join(several)}: take another by {OTHER_OUTPUT}."
                if several
                else ""
            ),
        )
    scores_pixels = logits.dim() == 4
    if classes == 1 and activation == "softmax":
        raise CamviewerError(
            f"{name} puts out the softmax of one number, which is 1 for every picture.",
            "Export the network without its softmax; one number is read with a sigmoid.",
        )
    larger = (size[0] + _STEP, size[1] + 2 * _STEP)
    if not refusal and not grid_layers(network, example):
        tensors = (*network.parameters(), *network.buffers())
        held = sum(tensor.numel() * tensor.element_size() for tensor in tensors)
        refusal = "none of its operators puts out a spatial grid."
        network = BlackBox(network.forward, held, holds=network)
    remark = ""
    if not activation and suspect and not scores_pixels:
        activation = gives_probabilities(network, example)
        if activation:
            undo_activation(network, activation)
            remark = _PROBABILITIES
    if flexible:
        other = _answer(network, _example(larger, channels))
        flexible = other is not None and other.shape[:2] == logits.shape[:2]
    return LoadedProgram(
        network=network,
        classes=classes,
        input_size=size,
        flexible=flexible,
        activation="sigmoid" if classes == 1 and not scores_pixels else activation,
        refusal=refusal,
        title=title,
        remark=remark,
        channels=channels,
        ends_in=activation,
        scores_pixels=scores_pixels,
        outputs=several,
    )


def _class_count(scores: Tensor, size: tuple[int, int]) -> int:
    """Number of scores for one picture of a size (h, w), or of one pixel; 0 for other outputs.

    An output with more pixels than the picture is an enlarged picture.
    """
    if scores.dim() < 2:
        return 1 if scores.numel() == 1 else 0
    pixels = scores.shape[2] * scores.shape[3] if scores.dim() == 4 else 0
    of_pixels = 1 < pixels <= size[0] * size[1]
    is_list = scores.dim() == 2 or of_pixels
    return scores.shape[1] if is_list and 0 < scores.shape[1] <= MOST_CLASSES else 0


def _answer(network: nn.Module, example: Tensor) -> Tensor | None:
    try:
        with torch.no_grad():
            answer: Tensor = network(example)
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
    """The input size (h, w) of a program, and whether it declares others as allowed."""
    _, _, height, width = shape
    size = (height or width or _USUAL_SIDE, width or height or _USUAL_SIDE)
    return size, height is None and width is None


def _example(size: tuple[int, int], channels: int = RGB_CHANNELS) -> Tensor:
    return torch.rand((1, channels, *size), generator=torch.Generator().manual_seed(0))
