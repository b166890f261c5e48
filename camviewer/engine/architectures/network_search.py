"""Finds the network of a checkpoint that has another head, other names or more than the network.

The exact fingerprints (``fingerprints.py``) come first; here is what is done when none fits. Sums
(``body_candidates.py``) propose a few architectures, each is laid onto the checkpoint in full
(``body_match.py``), and what is left of the tensors is read as a head (``head_parsing.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from camviewer.engine.architectures.body_candidates import Branch, branches
from camviewer.engine.architectures.body_match import (
    Body,
    Expected,
    match_by_name,
    match_by_order,
)
from camviewer.engine.architectures.catalogue import tensor_shapes, trained_size, trial_network
from camviewer.engine.architectures.fingerprints import (
    CLASSES,
    Shapes,
    architectures_by_sum,
    essential,
)
from camviewer.engine.architectures.head_parsing import ParsedHead, parse_head
from camviewer.engine.architectures.head_places import HeadPlace, head_place
from camviewer.engine.architectures.network_changes import (
    HeadChange,
    HeadKind,
    NetworkChanges,
    Pooling,
)
from camviewer.engine.architectures.training_tensors import (
    is_beside,
    is_decoder,
    is_role,
    is_self_supervised,
    plain_name,
)

_ALIKE = 0.6
"""Minimum share of equal last names of modules; because a match by order is a guess below it."""


@dataclass(frozen=True)
class FoundNetwork:
    """An architecture, how it was changed, and where its tensors lie in a checkpoint.

    Attributes:
        architecture: its name.
        prefix: of the body's names in the checkpoint.
        body: how the body's modules are named there.
        changes: what differs from the architecture.
        classes: how many numbers the head puts out; of a network without one, its features.
        head: where the head's tensors lie; None without a head.
        aside: names in the checkpoint of what is not the network.
    """

    architecture: str
    prefix: str
    body: Body
    changes: NetworkChanges
    classes: int
    head: ParsedHead | None
    aside: tuple[str, ...]

    @property
    def role(self) -> str:
        """What the body's part of the checkpoint is called where it has a copy beside it."""
        parts = self.prefix.rstrip(".").split(".")
        return next((part for part in parts if is_role(part)), "")

    @property
    def likely(self) -> bool:
        """Whether names and not shapes alone say so: shapes can be laid on in a wrong order."""
        return self.body.likeness >= _ALIKE

    @property
    def headless(self) -> bool:
        """Whether it gives features and no classes."""
        return self.head is None


@dataclass(frozen=True)
class NetworkSearch:
    """What was found.

    Attributes:
        networks: those that fit, most usual first.
        body_of: the architecture whose body is there, when its head could not be read.
        unread: the tensors that could not be read as a head.
    """

    networks: tuple[FoundNetwork, ...] = ()
    body_of: str = ""
    unread: tuple[str, ...] = ()


def search_network(shapes: Shapes) -> NetworkSearch:
    """Finds the networks whose body, and a head that can be rebuilt, make up a checkpoint."""
    plain = {plain_name(name): tuple(shape) for name, shape in shapes.items()}
    telling = essential(plain)
    known = architectures_by_sum()
    found = branches(telling, known)
    usable = [branch for branch in found if not _is_second(branch, found)]
    for by_order in (False, True):
        unread = NetworkSearch()
        networks = list[FoundNetwork]()
        for branch in usable:
            for architecture in known[branch.total]:
                match = _laid(architecture, branch, telling, by_order=by_order)
                if match is None:
                    continue
                network = _with_head(architecture, branch, match, telling, found)
                if isinstance(network, FoundNetwork):
                    networks.append(network)
                elif not unread.body_of:
                    unread = NetworkSearch(body_of=architecture, unread=network)
            if networks:
                return NetworkSearch(_best(networks))
        if unread.body_of:
            return unread
    return NetworkSearch()


@lru_cache(maxsize=64)
def _shapes(architecture: str) -> Shapes:
    return tensor_shapes(architecture)


def _is_second(branch: Branch, others: tuple[Branch, ...]) -> bool:
    """Whether a branch is the slower or faster copy of one that was rather meant."""
    second = ("encoder_k.", "key_encoder.", "momentum_", "target", "student")
    first = ("encoder_q.", "query_encoder.", "", "online", "teacher")
    for slow, fast in zip(second, first, strict=True):
        if slow in branch.prefix and any(
            other.total == branch.total and fast in other.prefix and slow not in other.prefix
            for other in others
        ):
            return True
    return False


def _laid(architecture: str, branch: Branch, telling: Shapes, *, by_order: bool) -> Body | None:
    expected = Expected(_shapes(architecture))
    inner = {
        name.removeprefix(branch.prefix): shape
        for name, shape in telling.items()
        if name.startswith(branch.prefix)
    }
    if not by_order:
        return match_by_name(expected, inner)
    without = tuple(name.removeprefix(branch.prefix) for name in branch.without)
    return match_by_order(expected, inner, without)


def _with_head(
    architecture: str,
    branch: Branch,
    body: Body,
    telling: Shapes,
    found: tuple[Branch, ...],
) -> FoundNetwork | tuple[str, ...]:
    """The network with its head, or the tensors that cannot be read as one."""
    ours = {f"{branch.prefix}{name}" for name in body.tensors}
    left = {name: shape for name, shape in telling.items() if name not in ours}
    copies = tuple(
        other.prefix
        for other in found
        if other.prefix and not _overlap(other.prefix, branch.prefix)
    )
    beside = {
        name
        for name, shape in left.items()
        if name.startswith(copies) or is_beside(name.removeprefix(branch.prefix), shape)
    }
    if is_self_supervised(left):
        beside = set(left)
    if any(not is_decoder(name) for name in left.keys() - beside):
        beside |= {name for name in left if is_decoder(name)}
    rest = {name: shape for name, shape in left.items() if name not in beside}
    aside = tuple(name for name in telling if name in beside)
    size = trained_size(architecture)
    place = head_place(trial_network(architecture), body.place, size)
    base = FoundNetwork(
        architecture=architecture,
        prefix=branch.prefix,
        body=body,
        changes=NetworkChanges(body.channels, _at(body.place)),
        classes=place.features or (place.grid.channels if place.grid else 0),
        head=None,
        aside=aside,
    )
    if not rest:
        return base if place.features else _pooled(base, place, Pooling.AVERAGE, None)
    parsed = parse_head(rest, place.features) if place.features else None
    if parsed is not None:
        return replace(
            base,
            changes=NetworkChanges(body.channels, _head_change(architecture, body, parsed)),
            classes=parsed.classes,
            head=parsed,
        )
    if place.grid is not None:
        for pooling, width in (
            (Pooling.AVERAGE, place.grid.channels),
            (Pooling.MAXIMUM_AND_AVERAGE, 2 * place.grid.channels),
        ):
            parsed = parse_head(rest, width)
            if parsed is not None:
                return _pooled(base, place, pooling, parsed)
    return tuple(rest)


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _at(place: str) -> HeadChange:
    return HeadChange(layers=(), place=place)


def _head_change(architecture: str, body: Body, parsed: ParsedHead) -> HeadChange | None:
    """None when the head is the architecture's own, with its number of classes."""
    own = {
        name: shape
        for name, shape in _shapes(architecture).items()
        if name.startswith(f"{body.place}.")
    }
    (layer, *more) = parsed.layers
    weight = own.get(f"{body.place}.weight", ())
    is_own = (
        not more
        and layer.kind is HeadKind.LINEAR
        and weight == (CLASSES, layer.inputs)
        and layer.bias == (f"{body.place}.bias" in own)
    )
    return None if is_own else HeadChange(parsed.layers, place=body.place)


def _pooled(
    base: FoundNetwork, place: HeadPlace, pooling: Pooling, parsed: ParsedHead | None
) -> FoundNetwork:
    grid = place.grid
    assert grid is not None  # noqa: S101
    change = HeadChange(
        layers=() if parsed is None else parsed.layers,
        layer=grid.layer,
        channels=grid.channels,
        arrangement=grid.arrangement,
        prefix=grid.prefix,
        pooling=pooling,
        without=(base.body.place.partition(".")[0],),
    )
    return replace(
        base,
        changes=NetworkChanges(base.body.channels, change),
        classes=grid.channels if parsed is None else parsed.classes,
        head=parsed,
    )


def _best(networks: list[FoundNetwork]) -> tuple[FoundNetwork, ...]:
    """Those with a head before those without, and those whose names are most alike."""
    left = [network for network in networks if not network.headless] or networks
    alike = max(network.body.likeness for network in left)
    return tuple(network for network in left if network.body.likeness == alike)


def network_sources(
    found: FoundNetwork, wanted: Mapping[str, object], names: Mapping[str, str]
) -> dict[str, str]:
    """Which tensor of the checkpoint is which of the rebuilt network's.

    Args:
        found: what was recognised.
        wanted: the rebuilt network's tensors by name.
        names: the checkpoint's own name of each tensor by its plain one.
    """
    start = found.prefix.rstrip(".")
    theirs = {
        ours: ".".join(part for part in (start, module) if part)
        for module, ours in found.body.modules.items()
    }
    change = found.changes.head
    head, base = "", ""
    if change is not None:
        head, base = (f"{change.place}.", "") if change.place else ("head.", "base.")
    elif found.head is not None:
        theirs[found.body.place] = found.head.modules[0]
    sources = {}
    for name in wanted:
        if head and name.startswith(head):
            assert found.head is not None  # noqa: S101
            number, _, leaf = name.removeprefix(head).partition(".")
            source = f"{found.head.modules[int(number)]}.{leaf}"
        else:
            module, _, leaf = name.removeprefix(base).rpartition(".")
            inside = theirs.get(module)
            if inside is None:
                # What follows from the rest has modules of its own, which only names can find.
                inside = "" if found.body.by_order else f"{found.prefix}{module}"
            source = f"{inside}.{leaf}" if inside else leaf
        if source in names:
            sources[name] = names[source]
    return sources
