"""Compares a network that was pickled whole with the architecture that its tensors belong to.

The same tensors can belong to a network with another stride, padding or activation. A network that
was pickled whole tells these, so that it is not taken for what it is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from torch import nn

from camviewer.engine.architectures.catalogue import trial_network
from camviewer.engine.architectures.fingerprints import Shapes, different_functions, recognise
from camviewer.engine.architectures.network_search import search_network
from camviewer.engine.checkpoints.pickled_modules import ModulePart, ModuleTree
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.kept_network import EXPORT_HINT

_COMPARED = (
    "stride",
    "padding",
    "dilation",
    "groups",
    "kernel_size",
    "padding_mode",
    "eps",
    "ceil_mode",
    "count_include_pad",
    "negative_slope",
    "approximate",
    "num_heads",
)
_NAMED = 3
_CONVOLUTION = "torch.nn.modules.conv.Conv2d"


def told_by_modules(tree: ModuleTree, shapes: Shapes) -> str:
    """The only architecture with a network's tensors that has its modules; empty without one.

    When the network is of the class of one and differs in a setting, it is that one all the same.

    Args:
        tree: the modules of a network that was pickled whole.
        shapes: of its tensors.
    """
    candidates = recognise(shapes).candidates or tuple(
        network.architecture for network in search_network(shapes).networks
    )
    kinds = {part.kind for part in tree.parts}
    fitting, of_its_class = [], []
    for candidate in candidates:
        network = trial_network(candidate)
        library = f"{candidate.partition('/')[0]}."
        # A body alone, as fastai's, has the library's blocks and no longer its network.
        own = {_class_of(module) for module in network.modules()}
        if any(kind.startswith(library) for kind in own & kinds):
            of_its_class.append(candidate)
            if not (differences(tree, network) or _reordered(tree, network)):
                fitting.append(candidate)
    if len(different_functions(fitting)) == 1:
        return fitting[0]
    return of_its_class[0] if of_its_class and not fitting else ""


def notes_of_modules(name: str, tree: ModuleTree, architecture: str) -> tuple[str, ...]:
    """Checks that a pickled network computes what an architecture does, as far as it tells.

    Returns:
        What to say of a network whose class may compute otherwise than its modules tell.

    Raises:
        CamviewerError: a module has another stride, padding, activation or the like.
    """
    network = trial_network(architecture)
    found = differences(tree, network) or _reordered(tree, network)
    if found:
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        raise CamviewerError(
            f"{name} has the tensors of {architecture}, but computes something else: "
            f"{'; '.join(found[:_NAMED])}{more}.",
            EXPORT_HINT,
        )
    if _class_of(network) in {part.kind for part in tree.parts}:
        return ()
    words = (
        f"Its class ({tree.kind[:100]}) is not that of {architecture}: that both compute the same "
        "was told by tensors and modules alone."
    )
    return (words,)


def _class_of(network: nn.Module) -> str:
    return f"{type(network).__module__}.{type(network).__qualname__}"


def differences(tree: ModuleTree, network: nn.Module) -> list[str]:
    """How the modules of the same name differ, in words; empty when they do not."""
    modules = dict(network.named_modules())
    before = _before(tree, set(modules))
    if before is None:
        return []
    return [
        words
        for part in tree.parts
        if part.path.startswith(before)
        for module in (modules.get(part.path.removeprefix(before)),)
        if module is not None and part.path
        for words in _differing(part, module)
    ]


def _reordered(tree: ModuleTree, network: nn.Module) -> list[str]:
    """The same of convolutions under other names, one after the other; empty where none fit."""
    theirs = [part for part in tree.parts if part.kind == _CONVOLUTION]
    ours = [module for module in network.modules() if _class_of(module) == _CONVOLUTION]
    if len(theirs) != len(ours):
        return []
    return [
        words
        for part, module in zip(theirs, ours, strict=True)
        for words in _differing(part, module)
    ]


def _before(tree: ModuleTree, names: set[str]) -> str | None:
    """What stands before the names of the network's modules, where it lies within another.

    None when fewer than half of the names are there: other modules share a few of them by chance.
    """
    paths = {part.path for part in tree.parts}
    outer = ["", *(f"{path}." for path in paths if path)]
    shared = {one: sum(f"{one}{name}" in paths for name in names) for one in outer}
    best = max(outer, key=lambda one: (shared[one], -len(one)))
    return best if 2 * shared[best] >= len(names) else None


def _differing(part: ModulePart, module: nn.Module) -> Iterator[str]:
    kind, expected = part.kind.rpartition(".")[2], type(module).__name__
    if not any(module.children()) and kind != expected and not _is_same_kind(kind, expected):
        yield f"{part.path} is {kind}, not {expected}"
        return
    for name in _COMPARED:
        theirs, ours = part.settings.get(name), getattr(module, name, None)
        if theirs is not None and ours is not None and _plain(theirs) != _plain(ours):
            yield f"{name} of {part.path} is {theirs}, not {ours}"


_ALIKE = (
    frozenset({"BatchNorm2d", "SyncBatchNorm", "FrozenBatchNorm2d"}),
    frozenset({"Linear", "NonDynamicallyQuantizableLinear"}),
    frozenset({"Dropout", "Identity", "Dropout2d", "DropPath", "StochasticDepth"}),
)


def _is_same_kind(kind: str, expected: str) -> bool:
    """Whether two classes compute the same in eval mode; a replaced head is told by its tensors."""
    is_removed = kind == "Identity" and expected == "Linear"
    return kind == "Sequential" or is_removed or any({kind, expected} <= alike for alike in _ALIKE)


def _plain(value: object) -> object:
    """A setting, with one number in place of the same number twice."""
    if isinstance(value, tuple) and len(set(value)) == 1:
        return value[0]
    return value
