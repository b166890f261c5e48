"""Concepts are drawn where they are, each in its own colour, and files say what they mean."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.render.concept_overlay import (
    concept_layer,
    concept_overlay,
    with_concept_legend,
)
from camviewer.engine.render.concept_words import CONCEPT_COLOURS, concept_colour
from camviewer.engine.render.files import output_paths, provenance, save_overlay, save_sidecar
from camviewer.engine.render.look import Look
from camviewer.engine.results.heatmap import Concept, Heatmap, SpokenClass
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session

OPAQUE = Look(opacity=1.0, fade=False)


def two_concepts() -> tuple[Heatmap, tuple[Concept, ...]]:
    """One on the left, weak; one on the right, strong; over the middle of 80 x 40 pixels."""
    left = np.array([[1.0, 0.5, 0.0, 0.0]] * 2, np.float32)
    right = np.array([[0.0, 0.0, 40.0, 80.0]] * 2, np.float32)
    geometry = GridGeometry(
        (2, 4), (15.0, 15.0), (10.0, 10.0), Box(10, 10, 50, 30), (32, 32), (0, 0), True
    )
    spoken = (SpokenClass(3, "left", 1.0),)
    concepts = tuple(Concept(values, 0.5, spoken) for values in (left, right))
    return Heatmap(left + right, geometry, "activation"), concepts


def test_every_place_has_the_colour_of_the_concept_that_is_strongest_for_its_own_size() -> None:
    heatmap, concepts = two_concepts()
    layer = concept_layer(heatmap, concepts, OPAQUE, (20, 40))
    assert tuple(layer[10, 2]) == (*concept_colour(0)[1], 255)
    assert tuple(layer[10, 37]) == (*concept_colour(1)[1], 255)


def test_outside_the_maps_extent_the_picture_is_untouched() -> None:
    heatmap, concepts = two_concepts()
    image = image_from_pixels(np.full((40, 80, 3), 200, np.uint8), "grey")
    drawn = concept_overlay(image, heatmap, concepts, OPAQUE)
    assert drawn.shape == image.pixels.shape
    changed = (drawn != image.pixels).any(2)
    assert changed[10:30, 10:50].all()
    changed[10:30, 10:50] = False
    assert not changed.any()
    assert (image.pixels == 200).all()


def test_the_weaker_a_concept_the_more_of_the_picture_is_seen() -> None:
    heatmap, concepts = two_concepts()
    layer = concept_layer(heatmap, concepts, Look(opacity=0.8), (20, 40))
    assert layer[10, 39, 3] == round(255 * 0.8)
    assert layer[10, 20, 3] < layer[10, 39, 3]


def test_the_legend_is_a_strip_below_with_every_colour() -> None:
    _, concepts = two_concepts()
    pixels = np.zeros((40, 400, 3), np.uint8)
    whole = with_concept_legend(pixels, concepts)
    assert np.array_equal(whole[:40], pixels)
    colours = {tuple(int(part) for part in colour) for colour in whole[40:].reshape(-1, 3)}
    assert {concept_colour(0)[1], concept_colour(1)[1]} <= colours


def test_no_two_concepts_have_the_same_colour() -> None:
    assert len({rgb for _, rgb in CONCEPT_COLOURS}) == len({n for n, _ in CONCEPT_COLOURS}) == 8


@pytest.fixture
def written(
    session: Session, photographs: dict[str, SourceImage], tmp_path: Path
) -> tuple[Path, dict[str, object], SourceImage]:
    image = photographs["coffee"]
    explanation = session.explain(image, ExplainRequest(None, "dff"))
    paths = output_paths(tmp_path, image, explanation)
    save_overlay(paths.overlay, image, explanation, Look())
    save_sidecar(paths.sidecar, provenance(image, explanation, session.info))
    return paths.overlay, json.loads(paths.sidecar.read_text()), image


def test_the_file_holds_the_regions_and_their_legend(written) -> None:
    overlay, _, image = written
    assert overlay.name == "coffee.dff.png"
    with Image.open(overlay) as file:
        assert file.width == image.width
        assert file.height > image.height
        assert "Class" not in file.text


def test_the_sidecar_holds_every_concept_with_its_values(written) -> None:
    _, record, _ = written
    assert len(record["concepts"]) == 4
    assert [concept["colour"] for concept in record["concepts"]][:2] == ["orange", "sky blue"]
    for concept in record["concepts"]:
        assert np.array(concept["values"]).shape == (7, 7)
        assert {"index", "name", "rise"} == set(concept["classes"][0])
    assert sum(concept["share"] for concept in record["concepts"]) == pytest.approx(1.0)
