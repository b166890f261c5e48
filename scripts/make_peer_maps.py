"""Writes the raw maps of other programs that tests compare ours with.

Run it when one of them changes, or the networks of tests/engine/peer_places.py:

    python -m scripts.make_peer_maps
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch  # noqa: TID253  (nobody waits for a window here)

from camviewer.engine.network.embedded import load_embedded
from tests.engine.conftest import lively, read_photographs
from tests.engine.peer_places import LARGE, PLACES, Values
from tests.engine.peers import PeerSubject, maps_of_peers
from tests.engine.target_peers import maps_of_targets

FILE = Path(__file__).resolve().parent.parent / "tests" / "engine" / "data" / "peer_maps.npz"
TARGETS_FILE = FILE.with_name("peer_targets.npz")
MADE_WITH = ("captum", "grad-cam", "torchcam", "timm", "torch", "torchvision")


def main() -> None:
    """Writes all maps, and the versions that made them."""
    versions = np.array([f"{name} {version(name)}" for name in MADE_WITH])
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(FILE, versions=versions, **all_maps())
    np.savez_compressed(TARGETS_FILE, versions=versions, **all_targets())


def all_maps() -> dict[str, Values]:
    """Raw maps by ``network/peer/method``."""
    return {
        f"{subject.name}/{key}": values
        for subject, _ in _subjects()
        for key, values in maps_of_peers(subject).items()
    }


def all_targets() -> dict[str, Values]:
    """Raw maps of other targets than a class, by ``network/peer/target/method``."""
    return {
        f"{subject.name}/{key}": values
        for subject, reference in _subjects()
        for key, values in maps_of_targets(subject, reference.picture).items()
    }


def _subjects() -> Iterator[tuple[PeerSubject, PeerSubject]]:
    """Each network in front of the explained photograph, and of the one to compare with."""
    torch.set_num_threads(1)
    photographs, embedded = read_photographs(), load_embedded(torch.device("cpu"))
    for name, place in PLACES.items():
        if name in LARGE:
            continue
        classifier = lively(name, place.side, photographs, embedded, **place.arguments)
        explained, reference = (
            PeerSubject(name, classifier, place, photographs[each]) for each in ("coffee", "rocket")
        )
        yield explained, reference


if __name__ == "__main__":
    main()
