"""Networks that put out values and no classes: one that counts discs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

import camviewer
from camviewer.engine.errors import CamviewerError
from tests.discs import SIDE, DiscCounter, disc_scenes

WEIGHTS = Path(__file__).parents[1] / "data" / "discs.safetensors"
RECIPE = camviewer.Recipe(
    input_size=(SIDE, SIDE), crop_fraction=1.0, step=4, mean=(0.5,) * 3, std=(0.5,) * 3
)


@pytest.fixture(scope="module")
def counter() -> camviewer.Model:
    network = DiscCounter()
    network.load_state_dict(load_file(WEIGHTS))
    return camviewer.load(
        network, recipe=RECIPE, activation="none", unit="discs", labels=["count"], device="cpu"
    )


def test_a_network_that_counts_discs_points_at_discs(counter: camviewer.Model) -> None:
    scenes, hits = disc_scenes(200, seed=3, least=1), 0
    for scene in scenes:
        found = counter.explain(scene.pixels, method="cam")
        row, column = np.unravel_index(found.values.argmax(), found.values.shape)
        hits += scene.on_a_disc(*found.cell_centres[row, column])
    assert hits / len(scenes) > 0.95


def test_a_regression_has_values_with_a_unit_and_no_probabilities(
    counter: camviewer.Model,
) -> None:
    (scene,) = disc_scenes(1, seed=11, least=4)
    (said,) = counter.classify(scene.pixels)
    assert said.name == "count"
    assert np.isnan(said.probability)
    assert said.logit == pytest.approx(len(scene.discs), abs=1.0)
    up = counter.explain(scene.pixels, target="output:0:up", measure=False)
    down = counter.explain(scene.pixels, target="output:count:down", measure=False)
    assert up.unit == "discs"
    assert np.array_equal(down.values, -up.values)
    assert down.details.target_name == "count down"
    with pytest.raises(CamviewerError, match="There is no probability of this target"):
        counter.explain(scene.pixels, score="probability")
    card = counter.trust(up, None)
    assert not card.is_probability
    assert card.probability == pytest.approx(said.logit, abs=1e-3)
    assert card.measure("average-drop") is None
