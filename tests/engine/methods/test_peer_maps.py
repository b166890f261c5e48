"""The same raw maps as other programs make, which are kept as data: they take too long to run.

``scripts/make_peer_maps.py`` makes them anew, and an exhaustive test checks that it makes the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, OptionValue
from camviewer.engine.results.target_words import read_target
from camviewer.engine.results.targets import LikePicture, Reference, Target
from tests.engine.peer_places import LARGE, PLACES, Subject, Values, same

FILE = Path(__file__).parents[1] / "data" / "peer_maps.npz"
TARGETS_FILE = FILE.with_name("peer_targets.npz")
OPTIONS: dict[str, dict[str, OptionValue]] = {
    "occlusion": {"patch": 8, "stride": 8},
    "integrated-gradients": {"steps": 8},
    "smoothgrad": {"samples": 4},
    "lrp": {"rule": "epsilon", "epsilon": 0.0},
}
OF_MANY_PASSES = {"ablation-cam", "occlusion", "score-cam"}
LIKE_OTHERS = {"convnext_tiny", "densenet121"}
"""Their passes take long, and ``test_perturbation_peers`` makes them of these networks as well."""
EITHER_SIGN = {"eigengrad-cam"}
"""A direction of a singular value is one as well when it is turned around."""


def kept(file: Path) -> dict[str, Values]:
    """Raw maps, made with the versions that ``versions`` names."""
    with np.load(file) as archive:
        return {name: archive[name] for name in archive.files if name != "versions"}


MAPS = kept(FILE)
"""By ``network/peer/method``."""
OF_TARGETS = kept(TARGETS_FILE)
"""By ``network/peer/target/method``; of the peers' targets, torch-cam's are callables."""


def test_every_network_is_compared_with_three_peers() -> None:
    for name in PLACES.keys() - LARGE:
        peers = {key.split("/")[-2] for key in MAPS if key.startswith(f"{name}/")}
        of_tokens = PLACES[name].reshape is not None
        assert peers == {"pytorch-grad-cam", "torch-cam", "captum"}, (name, of_tokens)


@pytest.mark.parametrize("name", [name for name in PLACES if name not in LARGE])
def test_maps_are_those_of_the_peers(
    name: str,
    lively_classifier: Callable[..., Classifier],
    photographs: dict[str, SourceImage],
    subtests: pytest.Subtests,
) -> None:
    place = PLACES[name]
    classifier = lively_classifier(name, place.side, **place.arguments)
    subject = Subject(name, classifier, place, photographs["coffee"])
    for key, theirs in MAPS.items():
        network, _peer, method = key.rsplit("/", 2)
        if network != name or (name in LIKE_OTHERS and method in OF_MANY_PASSES):
            continue
        with subtests.test(key):
            mine = subject.mine(method, **OPTIONS.get(method, {}))
            turned = method in EITHER_SIGN and (mine * theirs).sum() < 0
            same(-mine if turned else mine, theirs)

    for key, theirs in OF_TARGETS.items():
        if not key.startswith(f"{name}/"):
            continue
        with subtests.test(key):
            words, method = key.split("/")[-2:]
            request = ExplainRequest(
                None, method, place.layer, target=target_of(words, photographs["rocket"])
            )
            same(subject.session.explain(subject.image, request).heatmap.values, theirs)


def target_of(words: str, rocket: SourceImage) -> Target:
    """A target of a peer's map; what ``like`` means is always the same photograph."""
    if words == "like":
        return LikePicture(Reference("rocket", image=rocket))
    return read_target(words, ())


def test_targets_are_compared_on_ten_networks_with_two_peers() -> None:
    names = PLACES.keys() - LARGE
    assert len(names) == 10
    for name in names:
        keys = {
            tuple(key.removeprefix(f"{name}/").split("/"))
            for key in OF_TARGETS
            if key.startswith(f"{name}/")
        }
        assert {peer for peer, _, _ in keys} == {"pytorch-grad-cam", "torch-cam"}
        assert {words.partition(":")[0] for _, words, _ in keys} == {
            "difference",
            "output",
            "against",
            "like",
        }


@pytest.mark.exhaustive
def test_the_script_makes_the_same_maps(subtests: pytest.Subtests) -> None:
    from scripts.make_peer_maps import all_maps, all_targets

    for found, expected in ((all_maps(), MAPS), (all_targets(), OF_TARGETS)):
        assert found.keys() == expected.keys()
        for key, values in found.items():
            with subtests.test(key):
                same(values, expected[key])
