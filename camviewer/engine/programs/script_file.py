"""Opens TorchScript files with torch's own reader, which can run code and needs consent."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from camviewer.engine.checkpoints.file_kinds import damaged
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import MOST_CHANNELS, RGB_CHANNELS
from camviewer.engine.network.structured_output import offered_words, tensors_by_path
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
_NONE, _ONE, _LIST, _PIXELS = 0, 1, 2, 4
"""Numbers of axes: of one score alone and in a list, of class scores, and of those of pixels."""
_KERNEL = 4
"""Number of axes of the weights of a convolution."""


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


@dataclass(frozen=True)
class ScriptInput:
    """What a script takes and gives.

    Attributes:
        channels: of its pictures.
        side: of square pictures that it takes.
        outputs: the paths of the tensors that it puts out, if these are several.
    """

    channels: int
    side: int
    outputs: tuple[str, ...] = ()

    def example(self, more: tuple[int, int] = (0, 0)) -> Tensor:
        """A picture at random, (1, C, h, w), the same every time.

        Args:
            more: by how much it is higher and wider than the side.
        """
        shape = (1, self.channels, self.side + more[0], self.side + more[1])
        return torch.rand(shape, generator=torch.Generator().manual_seed(0))


def script_input(name: str, script: torch.jit.ScriptModule, output: str) -> ScriptInput:
    """What a script takes, found by trying it.

    Args:
        name: of its file.
        script: the script.
        output: the path of the tensor that is taken; empty for the class scores among all.

    Raises:
        CamviewerError: it accepts none of the usual sizes, or puts out no such tensor.
    """
    for channels in _channels_to_try(script):
        for side in _SIDES:
            found = _output(script, channels, side)
            if found is None:
                continue
            try:
                scores_among(name, found, 1, output)
            except CamviewerError:
                if output:
                    raise
                continue
            paths = tuple(tensors_by_path(found))
            return ScriptInput(channels, side, paths if len(paths) > 1 else ())
    raise CamviewerError(
        f"{name} takes no pictures (N, channels, height, width) of any usual size, or puts out no "
        "class scores.",
        "Choose a program with one input and the class scores as output.",
    )


def _channels_to_try(script: torch.jit.ScriptModule) -> tuple[int, ...]:
    """Three, what the first convolution takes, and one; because a script does not declare it."""
    kernels = (weight for weight in script.parameters() if weight.dim() == _KERNEL)
    taken = next((int(weight.shape[1]) for weight in kernels), RGB_CHANNELS)
    return tuple(dict.fromkeys((RGB_CHANNELS, min(taken, MOST_CHANNELS), 1)))


def takes_other_sizes(script: torch.jit.ScriptModule, taken: ScriptInput, output: str) -> bool:
    """Whether a script also accepts larger pictures, square and rectangular ones."""
    first, square, wide = (
        _answers(script, taken.example(more), output) for more in ((0, 0), (32, 32), (64, 32))
    )
    return first is not None and all(
        found is not None and found.shape[:2] == first.shape[:2] and found.dim() == first.dim()
        for found in (square, wide)
    )


def script_network(
    script: torch.jit.ScriptModule, example: Tensor, output: str = ""
) -> tuple[nn.Module, str, str]:
    """The network of a script, with layers if it can be traced and results agree.

    Args:
        script: the script.
        example: a picture that it takes, (1, C, h, w).
        output: the path of the tensor that is taken; empty for the class scores among all.

    Returns:
        The network, ``softmax`` or ``sigmoid`` (empty if it ends in neither), and why it is a
        black box (empty if it has layers).
    """
    expected = class_scores(script, example, output)
    try:
        program = unrolled(script, example, output)
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
        return class_scores(script, pictures.clone(), output)

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


def class_scores(network: nn.Module, pictures: Tensor, output: str = "") -> Tensor:
    """Class scores (N, K), or of every pixel (N, K, h, w), of a network with any kind of output.

    Args:
        network: the network.
        pictures: (N, C, h, w).
        output: the path of the tensor that is taken; empty for the class scores among all.

    Raises:
        CamviewerError: there are no class scores.
    """
    return scores_among("The program", network(pictures), len(pictures), output)


def scores_among(name: str, found: object, count: int, output: str = "") -> Tensor:
    """The class scores in what a network puts out, see ``class_scores``.

    Args:
        name: of its file, as the beginning of a sentence.
        found: what it puts out.
        count: N, the number of pictures.
        output: the path of the tensor that is taken; empty for the class scores among all.

    Raises:
        CamviewerError: there are none.
    """
    by_path = tensors_by_path(found)
    if output and output not in by_path:
        raise CamviewerError(
            f"{name} puts out no tensor {output}.", f"It puts out {offered_words(by_path)}."
        )
    tensors = [by_path[output]] if output else list(by_path.values())
    for axes in (_LIST, _ONE, _NONE, _PIXELS):
        for tensor in tensors:
            fits = tensor.numel() == count if axes < _LIST else len(tensor) == count
            if tensor.dim() == axes and fits:
                return tensor.reshape(-1, 1) if axes < _LIST else tensor
    raise CamviewerError(f"{name} puts out no class scores.", "Choose a classifier.")


def agrees_at(
    network: nn.Module, activation: str, script: nn.Module, pictures: Tensor, output: str = ""
) -> bool:
    """Whether the traced network equals the script for pictures of another size.

    Args:
        network: the traced network, without a final softmax or sigmoid.
        activation: the removed ``softmax`` or ``sigmoid``; empty when there was none.
        script: the script.
        pictures: (1, C, h, w).
        output: the path of the tensor that is taken; empty for the class scores among all.
    """
    try:
        with torch.no_grad():
            found, expected = network(pictures), class_scores(script, pictures, output)
    except (RuntimeError, CamviewerError):
        return False
    ended = found.sigmoid() if activation == "sigmoid" else found.softmax(1)
    return any(_agree(scores, expected) for scores in (found, ended, ended.log()))


def _output(script: torch.jit.ScriptModule, channels: int, side: int) -> object:
    """What a script puts out for a picture; None where it does not take it."""
    picture = torch.zeros((1, channels, side, side))
    try:
        with torch.no_grad():
            return script(picture)
    except Exception as error:  # noqa: BLE001  (what a script raises is its author's affair)
        _log.debug("the script does not take %s: %s", tuple(picture.shape), error)
        return None


def _answers(script: torch.jit.ScriptModule, picture: Tensor, output: str) -> Tensor | None:
    try:
        with torch.no_grad():
            return class_scores(script, picture, output)
    except Exception as error:  # noqa: BLE001  (what a script raises is its author's affair)
        _log.debug("the script does not take %s: %s", tuple(picture.shape), error)
        return None


def _agree(found: Tensor, expected: Tensor) -> bool:
    difference = float((found - expected).detach().abs().max())
    return found.shape == expected.shape and difference <= _AGREES * max(
        1.0, float(expected.detach().abs().max())
    )
