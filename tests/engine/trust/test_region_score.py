"""What a region means to a class: shares that add up, and what blurring does."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.coverage import coverage, covered_cells
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.geometry.region import Region
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.trust.region import RegionScore
from camviewer.engine.trust.region_scoring import score_region

REGIONS = {
    "rectangle": Region.rectangle(90.0, 40.5, 201.3, 140.0),
    "outline": Region(((100.0, 50.0), (300.0, 60.0), (230.0, 120.0), (290.0, 250.0))),
    "beyond the picture": Region.rectangle(-50.0, -50.0, 300.0, 200.0),
}


@pytest.mark.parametrize("mode", list(PlacementMode))
@pytest.mark.parametrize("name", REGIONS)
def test_inside_outside_and_bias_are_the_logit(session: Session, photographs, name, mode) -> None:
    image: SourceImage = photographs["chelsea"]
    explanation = session.explain(image, ExplainRequest(mode=mode))
    share = score_region(session, image, explanation, REGIONS[name]).share

    assert share is not None
    assert share.inside + share.outside + share.bias == pytest.approx(share.logit, rel=1e-4)


def test_the_whole_picture_holds_all_of_it_and_leaves_the_blurred_one(session, photographs) -> None:
    image = photographs["chelsea"]
    explanation = session.explain(image, ExplainRequest())
    score = score_region(session, image, explanation, Region.rectangle(0, 0, 451, 300))

    assert score.area == pytest.approx(1.0)
    assert score.map_share == pytest.approx(1.0)
    assert score.share is not None
    assert score.share.outside == pytest.approx(0.0, abs=1e-9)
    assert score.outside_blurred == pytest.approx(score.probability, abs=1e-6)
    assert score.probability == pytest.approx(explanation.probability_here, abs=1e-5)


def test_blurring_the_face_of_the_cat_costs_more_than_blurring_a_corner(
    session, photographs
) -> None:
    image = photographs["chelsea"]
    explanation = session.explain(image, ExplainRequest())

    def without(region: Region) -> RegionScore:
        return score_region(session, image, explanation, region)

    face = without(Region.rectangle(120, 40, 200, 150))
    corner = without(Region.rectangle(75, 240, 60, 55))
    assert face.inside_blurred < 0.5 * face.probability
    assert corner.inside_blurred > 0.7 * corner.probability


def test_a_gradient_map_has_no_share_of_the_logit_but_all_other_numbers(
    session, photographs
) -> None:
    image = photographs["chelsea"]
    explanation = session.explain(image, ExplainRequest(method="layercam", layer="blocks.4"))
    score = score_region(session, image, explanation, REGIONS["rectangle"])

    assert score.share is None
    assert score.map_share is not None
    assert 0.0 < score.inside_blurred < 1.0


def test_a_region_that_the_network_did_not_see_is_refused(session, photographs) -> None:
    image = photographs["chelsea"]
    explanation = session.explain(image, ExplainRequest())  # the crop begins at x = 75

    with pytest.raises(CamviewerError, match="saw nothing of this region"):
        score_region(session, image, explanation, Region.rectangle(0, 0, 40, 300))


def test_a_cell_counts_by_the_area_that_lies_inside() -> None:
    borders = np.array([0.0, 10.0, 20.0, 40.0])
    shares = coverage(Region.rectangle(5.0, 10.0, 25.0, 5.0), borders, borders)

    assert shares.tolist() == [[0, 0, 0], [0.25, 0.5, 0.25], [0, 0, 0]]


def test_an_outline_covers_half_of_a_square_that_it_cuts_along_the_diagonal() -> None:
    borders = np.linspace(0.0, 90.0, 4)
    shares = coverage(Region(((0.0, 0.0), (90.0, 0.0), (90.0, 90.0))), borders, borders)

    expected = [[0.5, 1.0, 1.0], [0.0, 0.5, 1.0], [0.0, 0.0, 0.5]]
    assert shares == pytest.approx(np.array(expected), abs=2e-3)


def test_an_outline_of_a_rectangle_counts_like_the_rectangle() -> None:
    borders = np.linspace(0.0, 70.0, 8)
    rectangle = Region.rectangle(11.0, 13.0, 31.0, 40.0)
    outline = Region((*rectangle.points, (11.0, 30.0)))

    assert not outline.is_rectangle
    assert coverage(outline, borders, borders) == pytest.approx(
        coverage(rectangle, borders, borders), abs=0.02
    )


def test_the_cells_fill_the_map_without_gaps(session, photographs) -> None:
    image = photographs["rocket"]
    geometry = session.explain(image, ExplainRequest(mode=PlacementMode.WHOLE)).heatmap.geometry
    extent = geometry.extent
    half = extent.left + extent.width / 3
    left = Region.rectangle(extent.left, extent.top, half - extent.left, extent.height)
    right = Region.rectangle(half, extent.top, extent.right - half, extent.height)

    both = covered_cells(left, geometry) + covered_cells(right, geometry)
    assert both == pytest.approx(np.ones(geometry.shape))


def test_a_flat_picture_has_no_region_that_matters(session) -> None:
    image = image_from_pixels(np.full((224, 224, 3), 127, np.uint8), "grey")
    explanation = session.explain(image, ExplainRequest())
    score = score_region(session, image, explanation, Region.rectangle(30, 30, 90, 90))

    assert score.inside_blurred == pytest.approx(score.probability, abs=1e-4)
    assert torch.isfinite(torch.tensor(score.area))
