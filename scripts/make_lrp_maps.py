"""Writes the raw maps of zennit that tests compare our LRP with.

zennit is under the LGPL and no dependency: only its numbers are kept. Run it when the networks of
tests/engine/methods/test_lrp.py change, with zennit in a folder of its own:

    python -m pip install --no-deps --target /tmp/zennit zennit
    PYTHONPATH=.:/tmp/zennit python -m scripts.make_lrp_maps
"""

from __future__ import annotations

import copy
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch  # noqa: TID253  (nobody waits for a window here)
from torch.nn.functional import one_hot  # noqa: TID253

from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import load_embedded
from tests.engine.conftest import lively, read_photographs
from tests.engine.peer_places import CLASS, PLACES, Subject, Values
from tests.engine.small_networks import without_in_place_layers

FILE = Path(__file__).resolve().parent.parent / "tests" / "engine" / "data" / "lrp_maps.npz"
CANONIZERS = {"vgg11": "VGGCanonizer", "resnet18": "ResNetCanonizer"}
TINY = 1e-9


def main() -> None:
    """Writes all maps, and the versions that made them."""
    torch.set_num_threads(1)
    photographs, embedded = read_photographs(), load_embedded(torch.device("cpu"))
    found: dict[str, Values] = {}
    for name in CANONIZERS:
        classifier = lively(name, PLACES[name].side, photographs, embedded)
        subject = Subject(name, classifier, PLACES[name], photographs["coffee"])
        for rule in ("gamma", "z-plus"):
            found[f"{name}/{rule}"] = relevance(classifier, subject.picture, name, rule)
    versions = np.array([f"{name} {version(name)}" for name in ("zennit", "torch", "torchvision")])
    np.savez_compressed(FILE, versions=versions, **found)


def relevance(classifier: Classifier, picture: torch.Tensor, name: str, rule: str) -> Values:
    """zennit's relevance of pixels, summed over colours."""
    composites: Any = import_module("zennit.composites")
    canonizer = getattr(import_module("zennit.torchvision"), CANONIZERS[name])()
    common = {"epsilon": TINY, "stabilizer": TINY, "canonizers": [canonizer]}
    if rule == "gamma":
        recipe = classifier.info.recipe
        scales = list(zip(recipe.channel_means, recipe.channel_stds, strict=True))
        low, high = (torch.tensor([(end - m) / d for m, d in scales]) for end in (0.0, 1.0))
        low = torch.minimum(low[None, :, None, None], picture)
        high = torch.maximum(high[None, :, None, None], picture)
        composite = composites.EpsilonGammaBox(low=low, high=high, **common)
    else:
        composite = composites.EpsilonPlus(**common)
    network = copy.deepcopy(classifier.network)
    attribution: Any = import_module("zennit.attribution")
    with (
        without_in_place_layers(network),
        attribution.Gradient(model=network, composite=composite) as attributor,
    ):
        _, found = attributor(
            picture.clone().requires_grad_(),
            lambda logits: logits * one_hot(torch.tensor([CLASS]), logits.shape[1]),
        )
    values: Values = found.detach()[0].sum(0).numpy()
    return values


if __name__ == "__main__":
    main()
