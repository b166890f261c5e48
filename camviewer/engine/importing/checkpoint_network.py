"""The network of a checkpoint: which architecture, what was changed in it, and its tensors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from torch import Tensor

from camviewer.engine.architectures.catalogue import difference, tensor_shapes
from camviewer.engine.architectures.fingerprints import (
    Recognition,
    different_functions,
    essential,
    headless_sentence,
    recognise,
    same_function,
    unknown_sentence,
    without_prefix,
)
from camviewer.engine.architectures.network_changes import (
    RGB,
    Pooling,
    activation_note,
)
from camviewer.engine.architectures.network_search import (
    FoundNetwork,
    NetworkSearch,
    search_network,
)
from camviewer.engine.architectures.training_tensors import is_beside, plain_name
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.candidate_choice import (
    fit_of,
    fitting_best,
    is_sound,
    still_possible,
)
from camviewer.engine.importing.kept_network import EXPORT_HINT, CheckpointNetwork
from camviewer.engine.importing.special_checkpoints import (
    require_rebuildable,
    segmentation_network,
)
from camviewer.engine.packs.network import found_tensors, network_tensors
from camviewer.engine.results.guessed_recipe import CHANGE_IT
from camviewer.engine.statistics.layer_fit import LayerFit

_NAMED = 4


class AmbiguousArchitecture(CamviewerError):  # noqa: N818  (not an error: a question)
    """Several architectures have these tensors.

    Attributes:
        candidates: their names, to choose one of.
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(
            f"{name} fits {len(candidates)} architectures: {', '.join(candidates)}.",
            "Choose the one that it was trained with (--arch NAME).",
        )
        self.candidates = candidates


def checkpoint_network(
    name: str,
    tensors: Mapping[str, Tensor],
    wanted: str | None = None,
    *,
    stated: str = "",
    called: str = "",
    plainest: bool = False,
) -> CheckpointNetwork:
    """Recognises the network of a checkpoint.

    Args:
        name: of the file, for sentences.
        tensors: by name in the checkpoint.
        wanted: the architecture, when somebody says so; with or without its library.
        stated: the architecture that a file beside the checkpoint names, where it fits.
        called: what the checkpoint itself calls its network, which decides where nothing else does.
        plainest: whether the most usual is taken where several compute different functions.

    Raises:
        AmbiguousArchitecture: several architectures have these tensors and compute different
            functions.
        CamviewerError: none has, or not the one that was wanted.
    """
    shapes = {key: tuple(tensor.shape) for key, tensor in tensors.items()}
    require_rebuildable(name, tensors)
    if dense := segmentation_network(tensors, wanted):
        return dense
    found = recognise(shapes)
    search = NetworkSearch()
    if not found.candidates or _has_more(found, shapes):
        search = search_network(shapes)
        _require_readable_head(name, search, shapes)
    networks = search.networks
    if networks and not (found.candidates and networks[0].headless):
        names = tuple(network.architecture for network in networks)
        found = Recognition(found.prefix, names)
        wanted = wanted or (stated if stated in names else None)

        def rebuilt(architecture: str) -> CheckpointNetwork:
            return _rebuilt(tensors, networks[names.index(architecture)], ())

        choice = _Choice(name, rebuilt, called, plainest=plainest)
        chosen, said = _chosen(tensors, found, wanted, choice)
        network = networks[names.index(chosen)]
        if not network.likely and wanted is None and not is_sound(_fit(rebuilt(chosen))):
            raise CamviewerError(
                f"{name} has tensors of the order and shapes of {chosen}, but of other names: that "
                "is too little to know its network.",
                f"If it is {chosen}, say so (--arch {chosen}). {EXPORT_HINT}",
            )
        return _rebuilt(tensors, network, said)
    if search.networks and not found.candidates:
        # Their prefix may be one that the fingerprints do not see through.
        headless = tuple(network.architecture for network in search.networks)
        found = replace(found, headless=headless)
    wanted = wanted or (stated if stated in found.candidates else None)

    def as_it_is(architecture: str) -> CheckpointNetwork:
        kept, left_out = network_tensors(tensors, found.prefix, architecture, found.classes)
        return CheckpointNetwork(architecture, found.classes, None, kept, left_out)

    choice = _Choice(name, as_it_is, called, plainest=plainest)
    chosen, said = _chosen(tensors, found, wanted, choice)
    kept = as_it_is(chosen)
    return replace(kept, notes=(*said, *kept.notes))


def _require_readable_head(
    name: str, search: NetworkSearch, shapes: Mapping[str, tuple[int, ...]]
) -> None:
    """Refuses a known body whose head cannot be told.

    Raises:
        CamviewerError: there are layers in which no single head is seen.
    """
    plain = {plain_name(key): shape for key, shape in shapes.items()}
    layers = [key for key in search.unread if len(plain[key]) > 1]
    if not layers:
        return
    several = [f"{key} ({' x '.join(map(str, plain[key]))})" for key in layers[:_NAMED]]
    raise CamviewerError(
        f"{name} has the body of {search.body_of}, but its head cannot be told from "
        f"{', '.join(several)}{', ...' if len(layers) > _NAMED else ''}.",
        EXPORT_HINT,
    )


def _has_more(found: Recognition, shapes: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether there are tensors beside the network that may be layers behind it."""
    return any(
        not name.startswith(found.prefix) and not is_beside(name, shape)
        for name, shape in shapes.items()
    )


def _rebuilt(
    tensors: Mapping[str, Tensor], network: FoundNetwork, said: tuple[str, ...]
) -> CheckpointNetwork:
    kept, left_out = found_tensors(tensors, network)
    return CheckpointNetwork(
        network.architecture,
        network.classes,
        network.changes or None,
        kept,
        (*said, *_said(network), *left_out),
        network.headless,
        () if network.head is None else network.head.modules,
    )


def _said(network: FoundNetwork) -> tuple[str, ...]:
    """What was assumed, in sentences."""
    notes = [headless_sentence(network.architecture)] if network.headless else []
    if network.body.by_order:
        notes.append(
            f"The names in the file are not {network.architecture}'s: order and shapes told it."
        )
    channels = network.changes.channels
    if channels == 1:
        notes.append("The network takes one channel and is fed the picture's luma.")
        notes.append(
            f"Its mean and deviation are a guess: those published for red. {CHANGE_IT}",
        )
    elif channels != RGB:
        notes.append(f"The network takes {channels} bands, more or less than a picture has.")
    if network.role:
        notes.append(f"The network under {network.role} was taken.")
    head = network.changes.head
    if head is not None and head.pooling is not Pooling.AVERAGE:
        notes.append(
            "The head is given the maximum and the average of each channel: a map is the sum of "
            "both parts, with all of a maximum in the cell where it lies."
        )
    if head is not None and head.assumed:
        notes.append(activation_note())
    return tuple(notes)


def _chosen(
    tensors: Mapping[str, Tensor], found: Recognition, wanted: str | None, choice: _Choice
) -> tuple[str, tuple[str, ...]]:
    """The architecture of a checkpoint, and what is to be said of the choice.

    Raises:
        CamviewerError: there is none, there are several, or it is not the one that was wanted.
    """
    if wanted is not None:
        fitting = [known for known in found.candidates if wanted in {known, _short(known)}]
        if fitting:
            return choice.among(tuple(fitting))
        if "/" in wanted:
            raise _unfit(choice.name, tensors, found, wanted)
        raise CamviewerError(
            f"{choice.name} is no {wanted}.",
            f"It fits {', '.join(found.candidates[:5])}."
            if found.candidates
            else "Give the whole name, for example torchvision/resnet50.",
        )
    if found.candidates:
        return choice.among(found.candidates)
    if found.headless:
        raise CamviewerError(
            f"{choice.name}: {headless_sentence(found.headless[0])}",
            "Choose a checkpoint with a trained classifier, or teach this one classes: camviewer "
            "train PICTURES --base FILE.",
        )
    raise _unfit(choice.name, tensors, found, found.nearest)


@dataclass(frozen=True)
class _Choice:
    """Chooses one of several architectures that a checkpoint fits.

    Attributes:
        name: of the file.
        rebuilt: the network of the checkpoint as one of them.
        called: what the checkpoint itself calls its network; may be empty.
        plainest: whether the most usual is taken where nothing tells them apart.
    """

    name: str
    rebuilt: Callable[[str], CheckpointNetwork]
    called: str
    plainest: bool

    def among(self, candidates: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """The candidate that is taken, and what is to be said of the others.

        Raises:
            AmbiguousArchitecture: they compute different functions, and somebody is to choose.
        """
        told, why = self._told(candidates)
        chosen = _preferred(self.name, same_function(told, candidates))
        said = []
        others = [other for other in candidates if other not in same_function(chosen, candidates)]
        if others:
            said.append(
                f"The weights also fit {', '.join(others)}, with other class scores "
                f"(--arch NAME). {why}"
            )
        same = [other for other in same_function(chosen, candidates) if other != chosen]
        if same:
            said.append(
                f"{chosen} computes the same as {', '.join(same)}: Model > Model details offers "
                "the preprocessing of either."
            )
        return chosen, tuple(said)

    def _told(self, candidates: tuple[str, ...]) -> tuple[str, str]:
        """One of the right ones among candidates, and why it is right."""
        different = different_functions(candidates)
        if len(different) == 1:
            return different[0], ""
        rebuilt = [self.rebuilt(each) for each in different]
        fits = [_fit(each, quick=True) for each in rebuilt]
        best = fitting_best(fits)
        if best is None and None not in fits:
            fits = [_fit(each) for each in rebuilt]
            best = fitting_best(fits)
        if best is not None:
            return different[best], "The network's own statistics tell this one."
        left = tuple(different[index] for index in still_possible(fits))
        exactly = [each for each in left if self.called in {each, _short(each)}]
        if exactly:
            return exactly[0], f"The file calls it {self.called}."
        possible = tuple(name for one in left for name in same_function(one, candidates))
        named = _told_by(self.name, possible)
        if named:
            return named, "The file's name decided."
        if not self.plainest:
            raise AmbiguousArchitecture(self.name, left)
        return left[0], "The plainest was taken."


def _fit(network: CheckpointNetwork, *, quick: bool = False) -> LayerFit | None:
    return fit_of(
        network.architecture, network.classes, network.changes, network.tensors, quick=quick
    )


def _told_by(name: str, candidates: tuple[str, ...]) -> str:
    """The candidate that the file is named after; empty when there is none."""
    words = re.sub(r"[^a-z0-9]", "", name.lower())
    called = {candidate: re.sub(r"[^a-z0-9]", "", _short(candidate)) for candidate in candidates}
    return max(
        (candidate for candidate in candidates if called[candidate] in words),
        key=lambda candidate: len(called[candidate]),
        default="",
    )


def _preferred(name: str, candidates: tuple[str, ...]) -> str:
    """The one whose library the file's name tells, else the most usual."""
    words = name.lower()
    for candidate in candidates:
        library = candidate.partition("/")[0]
        if library in words:
            return candidate
    return candidates[0]


def _unfit(
    name: str, tensors: Mapping[str, Tensor], found: Recognition, nearest: str | None
) -> CamviewerError:
    shapes = {
        without_prefix(key, found.prefix): tuple(tensor.shape) for key, tensor in tensors.items()
    }
    if nearest is None or not (found.headless or _is_near(nearest, shapes)):
        return CamviewerError(f"{name} is of no architecture that camviewer knows.", EXPORT_HINT)
    sentence = unknown_sentence(nearest, difference(nearest, shapes))
    if found.candidates:
        sentence = sentence.partition(": ")[2]
        return CamviewerError(
            f"{name} does not fit {nearest}: {sentence}",
            f"It fits {', '.join(found.candidates[:5])}.",
        )
    return CamviewerError(f"{name}: {sentence}", EXPORT_HINT)


def _is_near(architecture: str, shapes: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether at least half of the tensors agree."""
    found, expected = essential(shapes), tensor_shapes(architecture)
    differs = difference(architecture, shapes)
    agreeing = len(expected) - len(differs.missing) - len(differs.differing)
    return 2 * agreeing >= max(len(found), len(expected))


def _short(architecture: str) -> str:
    return architecture.partition("/")[2]
