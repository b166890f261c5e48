"""Opens TorchScript files with torch's own reader, which can run code and needs consent."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from camviewer.engine.checkpoints.file_kinds import damaged
from camviewer.engine.errors import CamviewerError
from camviewer.engine.programs.activations import meets_exponential, without_activation
from camviewer.engine.programs.black_box import BlackBox, takes_several
from camviewer.engine.programs.graph_network import graph_network
from camviewer.engine.programs.script_unrolling import unrolled
from camviewer.engine.programs.script_values import UnconvertibleError

_log = logging.getLogger(__name__)

_SIDES = (
    224,
    256,
    299,
    288,
    320,
    336,
    384,
    448,
    512,
    240,
    260,
    300,
    380,
    192,
    160,
    128,
    96,
    64,
    32,
)
"""Input sizes that are tried in turn, because a script does not declare its own."""
_AGREES = 1e-4


def open_script(name: str, path: Path) -> torch.jit.ScriptModule:
    """The program of a TorchScript file, in evaluation mode, on the CPU.

    This can run any code of its author, so callers must have the user's consent.

    Raises:
        CamviewerError: it is damaged, or no TorchScript.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch says that TorchScript is of the past
            module: torch.jit.ScriptModule = torch.jit.load(  # type: ignore[no-untyped-call]
                str(path), map_location="cpu"
            )
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory to open {name}.", "Close other programs."
        ) from error
    except Exception as error:  # whatever its code may raise
        raise damaged(name) from error
    module.eval()
    for parameter in module.parameters():
        parameter.requires_grad = False
    return module


def input_side(name: str, script: torch.jit.ScriptModule) -> int:
    """The side of square pictures that a script accepts.

    Raises:
        CamviewerError: it accepts none of the usual sizes.
    """
    for side in _SIDES:
        if _answers(script, side) is not None:
            return side
    raise CamviewerError(
        f"{name} takes no pictures (N, 3, height, width) of any usual size, or puts out no class "
        "scores.",
        "Choose a program with one input and the class scores as output.",
    )


def takes_other_sizes(script: torch.jit.ScriptModule, side: int) -> bool:
    """Whether a script also accepts larger pictures, square and rectangular ones."""
    expected = _answers(script, side)
    larger = (_answers(script, side + 32), _answers(script, side + 64, side + 32))
    return expected is not None and all(
        found is not None and found.shape == expected.shape for found in larger
    )


def script_network(script: torch.jit.ScriptModule, example: Tensor) -> tuple[nn.Module, str, str]:
    """The network of a script, with layers if it can be traced and results agree.

    Returns:
        The network, ``softmax`` or ``sigmoid`` (empty if it ends in neither), and why it is a
        black box (empty if it has layers).
    """
    expected = class_scores(script, example)
    try:
        program = unrolled(script, example)
        whole = graph_network(program, example)
        if not _agree(class_scores(whole, example), expected):
            raise UnconvertibleError("other class scores")
        shorter, activation = without_activation(program)
        return (graph_network(shorter, example), activation, "")
    except (UnconvertibleError, CamviewerError, RuntimeError, TypeError, ValueError) as error:
        _log.info("the script was not unrolled: %s: %s", type(error).__name__, error)
    except (KeyError, IndexError, AttributeError) as error:
        _log.info("the script was not unrolled: %s: %s", type(error).__name__, error)
    tensors = (*script.parameters(), *script.buffers())
    size = sum(tensor.numel() * tensor.element_size() for tensor in tensors)

    def answer(pictures: Tensor) -> Tensor:
        # A copy, because the script may work in place and the picture is cached.
        return class_scores(script, pictures.clone())

    batch = None if takes_several(answer, example, expected) else 1
    network = BlackBox(answer, size, batch, holds=script)
    return network, "", "its code could not be followed as a list of operators."


def script_may_give_probabilities(script: torch.jit.ScriptModule) -> bool:
    """Whether there are exponentials between the last layer of a script and its scores."""
    graph = script.inlined_graph
    makers = {
        value.debugName(): (node.kind(), [each.debugName() for each in node.inputs()])
        for node in graph.nodes()
        for value in node.outputs()
    }
    return any(meets_exponential(output.debugName(), makers) for output in graph.outputs())


def class_scores(network: nn.Module, pictures: Tensor) -> Tensor:
    """Class scores (N, K) among outputs that may be a tuple or a dictionary.

    Raises:
        CamviewerError: there are no class scores.
    """
    found = network(pictures)
    outputs = list(found.values()) if isinstance(found, dict) else found
    listed = outputs if isinstance(outputs, list | tuple) else [outputs]
    tensors = [output for output in listed if isinstance(output, Tensor)]
    for output in tensors:
        if output.dim() == 2 and len(output) == len(pictures):
            return output
    for output in tensors:
        if output.dim() < 2 and output.numel() == len(pictures):
            return output.reshape(-1, 1)
    raise CamviewerError("The program puts out no class scores.", "Choose a classifier.")


def agrees_at(network: nn.Module, activation: str, script: nn.Module, pictures: Tensor) -> bool:
    """Whether the traced network equals the script for pictures of another size.

    Args:
        network: the traced network, without a final softmax or sigmoid.
        activation: the removed ``softmax`` or ``sigmoid``; empty when there was none.
        script: the script.
        pictures: (1, 3, h, w).
    """
    try:
        with torch.no_grad():
            found, expected = network(pictures), class_scores(script, pictures)
    except (RuntimeError, CamviewerError):
        return False
    ended = found.sigmoid() if activation == "sigmoid" else found.softmax(1)
    return any(_agree(scores, expected) for scores in (found, ended, ended.log()))


def _answers(
    script: torch.jit.ScriptModule, height: int, width: int | None = None
) -> Tensor | None:
    picture = torch.zeros((1, 3, height, width or height))
    try:
        with torch.no_grad():
            return class_scores(script, picture)
    except Exception as error:  # noqa: BLE001  (what a script raises is its author's affair)
        _log.debug("the script does not take %s: %s", tuple(picture.shape), error)
        return None


def _agree(found: Tensor, expected: Tensor) -> bool:
    difference = float((found - expected).detach().abs().max())
    return found.shape == expected.shape and difference <= _AGREES * max(
        1.0, float(expected.detach().abs().max())
    )
