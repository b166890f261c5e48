"""A map lies where its evidence is: carried to source pixels, for every way to place a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import DETAILS, PlacementMode, Recipe, place
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.efficientnet_lite import SameConv2d
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels, read_image
from camviewer.engine.results.heatmap import Heatmap
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session

GREY = 127
RECIPE = Recipe(mean=(GREY / 255,) * 3, std=(128 / 255,) * 3, interpolation="bicubic")
STRIDE = 32
BRIGHT = 1
"""The class that a single output speaks for; class 0 is against it."""


class Detector(nn.Module):
    """Brightness on a grid of stride 32, averaged, as the score of its only class."""

    def __init__(self, *stages: nn.Module) -> None:
        super().__init__()
        self.features = nn.Sequential(*stages)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.linear = nn.Linear(3, 1)
        nn.init.ones_(self.linear.weight)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 1)."""
        logits: Tensor = self.linear(self.pool(self.features(pictures)).flatten(1))
        return logits


def halving(convolution: nn.Conv2d) -> nn.Conv2d:
    """Gives a convolution the weights of linear interpolation, so that five make a plain hat."""
    hat = np.outer([0.25, 0.5, 0.25], [0.25, 0.5, 0.25]).astype(np.float32)
    weight = convolution.weight.data
    weight.copy_(weight.new_tensor(hat).expand_as(weight))
    return convolution


def averaging() -> Detector:
    return Detector(nn.AvgPool2d(STRIDE))


def padded_on_both_sides() -> Detector:
    """As torchvision's networks are: each cell looks 15.5 px up and left of its centre."""
    return Detector(*(halving(nn.Conv2d(3, 3, 3, 2, 1, groups=3, bias=False)) for _ in range(5)))


def padded_as_tensorflow_does() -> Detector:
    """Each cell looks 15.5 px down and right of its centre."""
    return Detector(*(halving(SameConv2d(3, 3, 3, 2, groups=3, bias=False)) for _ in range(5)))


def padded_at_one_corner() -> Detector:
    """Each cell looks 15.5 px left of and below its centre."""
    stages: list[nn.Module] = []
    for _ in range(5):
        stages += [
            nn.ZeroPad2d((1, 0, 0, 1)),
            halving(nn.Conv2d(3, 3, 3, 2, groups=3, bias=False)),
        ]
    return Detector(*stages)


DETECTORS = {
    averaging: (0.0, 0.0),
    padded_on_both_sides: (-15.5, -15.5),
    padded_as_tensorflow_does: (15.5, 15.5),
    padded_at_one_corner: (-15.5, 15.5),
}


@pytest.fixture(scope="module", params=DETECTORS, ids=lambda build: build.__name__)
def detector(request: pytest.FixtureRequest, classifier_of: Callable[..., Classifier]) -> Session:
    """A session that has measured where its detector looks."""
    session = Session(classifier_of(request.param(), labels=1, recipe=RECIPE))
    assert session.info.cam_layer == "features"
    assert session.wants_offset("features")
    session.measure_offset("features")
    assert not session.wants_offset("features")
    return session


def test_the_offset_of_a_known_network_is_measured(
    detector: Session, request: pytest.FixtureRequest
) -> None:
    image = image_from_pixels(np.full((300, 300, 3), GREY, np.uint8), "plain")
    measured = detector.explain(image, ExplainRequest(BRIGHT)).heatmap.geometry
    nominal = detector.explain(image, ExplainRequest(BRIGHT, nominal=True)).heatmap.geometry
    expected = DETECTORS[request.node.callspec.params["detector"]]
    assert measured.measured
    assert not nominal.measured
    assert measured.offset == pytest.approx(expected, abs=0.3)
    assert nominal.offset == (0, 0)


def picture_with_dot(
    size: tuple[int, int], centre: tuple[float, float], radius: tuple[float, float]
) -> NDArray[np.uint8]:
    """Grey, with a white ellipse."""
    height, width = size
    y, x = np.ogrid[:height, :width]
    away = ((x + 0.5 - centre[0]) / radius[0]) ** 2 + ((y + 0.5 - centre[1]) / radius[1]) ** 2
    pixels = np.full((height, width, 3), GREY, np.uint8)
    pixels[away <= 1] = 255
    return pixels


def dots(
    size: tuple[int, int], mode: PlacementMode, detail: float, count: int
) -> Iterator[tuple[tuple[float, float], NDArray[np.uint8]]]:
    """Pictures with a dot at a random place, one stride and more inside of what is seen."""
    placement = place(size, RECIPE, mode, detail)
    rng = np.random.default_rng([*size, int(detail * 2), list(PlacementMode).index(mode)])
    rows, columns = placement.input_size
    for _ in range(count):
        inside = rng.uniform(STRIDE, (columns - STRIDE, rows - STRIDE))
        centre = placement.to_source(float(inside[0]), float(inside[1]))
        radius = (max(5 / placement.scale[0], 0.75), max(5 / placement.scale[1], 0.75))
        yield centre, picture_with_dot(size, centre, radius)


def assert_the_peak_is_at(
    session: Session, image: SourceImage, request: ExplainRequest, centre: tuple[float, float]
) -> None:
    heatmap = session.explain(image, request).heatmap
    row, column = np.unravel_index(int(heatmap.values.argmax()), heatmap.values.shape)
    x, y = heatmap.geometry.centre(int(row), int(column))
    # The dot is drawn in whole source pixels, so its own centre is known to half a pixel.
    assert abs(x - centre[0]) <= heatmap.geometry.pitch[0] / 2 + 0.5
    assert abs(y - centre[1]) <= heatmap.geometry.pitch[1] / 2 + 0.5
    assert (int(row), int(column)) == heatmap.geometry.cell_at(x, y)


@pytest.mark.parametrize("mode", list(PlacementMode))
@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("size", [(301, 451), (640, 211), (97, 300)])
def test_the_peak_lies_on_the_dot(
    detector: Session, mode: PlacementMode, detail: float, size: tuple[int, int]
) -> None:
    for centre, pixels in dots(size, mode, detail, count=2):
        image = image_from_pixels(pixels, "dot")
        assert_the_peak_is_at(
            detector, image, ExplainRequest(BRIGHT, mode=mode, detail=detail), centre
        )


def test_without_the_offset_it_would_not(classifier_of: Callable[..., Classifier]) -> None:
    """So that the tests above cannot pass by themselves."""
    session = Session(classifier_of(padded_on_both_sides(), labels=1, recipe=RECIPE))
    missed = 0
    for centre, pixels in dots((301, 451), PlacementMode.WHOLE, 2.0, count=12):
        request = ExplainRequest(BRIGHT, mode=PlacementMode.WHOLE, detail=2.0, nominal=True)
        try:
            assert_the_peak_is_at(session, image_from_pixels(pixels, "dot"), request, centre)
        except AssertionError:
            missed += 1
    assert missed >= 6


STORED_AS: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that is held so stores the upright picture."""


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
@pytest.mark.parametrize("orientation", STORED_AS)
def test_the_peak_lies_on_the_dot_however_the_camera_was_held(
    detector: Session, tmp_path: Path, orientation: int, suffix: str
) -> None:
    size = (301, 451)
    for mode in PlacementMode:
        for centre, pixels in dots(size, mode, 1.0, count=2):
            stored = Image.fromarray(pixels)
            how = STORED_AS[orientation]
            exif = Image.Exif()
            exif[0x0112] = orientation
            path = tmp_path / f"dot{suffix}"
            (stored if how is None else stored.transpose(how)).save(path, exif=exif, quality=95)
            image = read_image(path)
            assert image.size == size
            assert_the_peak_is_at(detector, image, ExplainRequest(BRIGHT, mode=mode), centre)


@dataclass(frozen=True)
class Paste:
    """A photograph on a plain grey canvas: ``sides`` of both, upper left corner of the paste."""

    canvas: int
    side: int
    x: int
    y: int


def pastes(rng: np.random.Generator, count: int) -> Iterator[tuple[Paste, Paste]]:
    """Random places 32 px and more from the border, each with its mirror image in the centre."""
    for index in range(count):
        canvas = (352, 448)[index % 2]
        side = int(rng.integers(112, 129))
        x, y = (int(place) for place in rng.integers(32, canvas - 32 - side + 1, 2))
        yield (
            Paste(canvas, side, x, y),
            Paste(canvas, side, canvas - side - x, canvas - side - y),
        )


def canvas_with(paste: Paste, photograph: NDArray[np.uint8] | None) -> SourceImage:
    pixels = np.full((paste.canvas, paste.canvas, 3), GREY, np.uint8)
    if photograph is not None:
        pixels[paste.y : paste.y + paste.side, paste.x : paste.x + paste.side] = photograph
    return image_from_pixels(pixels, "canvas")


def centroid_error(
    session: Session,
    paste: Paste,
    photograph: NDArray[np.uint8],
    background: Heatmap,
    request: ExplainRequest,
) -> tuple[float, float]:
    """How far the centre of the added evidence lies from the paste's, (x, y) in pixels."""
    pasted = session.explain(canvas_with(paste, photograph), request).heatmap
    evidence = np.clip(pasted.values - background.values, 0, None).astype(np.float64)
    assert evidence.sum() > 0
    rows, columns = np.indices(evidence.shape)
    geometry = pasted.geometry
    x = geometry.origin[0] + geometry.pitch[0] * (columns * evidence).sum() / evidence.sum()
    y = geometry.origin[1] + geometry.pitch[1] * (rows * evidence).sum() / evidence.sum()
    return x - paste.x - paste.side / 2, y - paste.y - paste.side / 2


@pytest.mark.slow
def test_pasted_photographs_come_out_where_they_are(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    """With the embedded model's own weights and the shipped offset.

    All four flips of each photograph, so that what lies off its middle cancels; places in
    pairs that mirror each other, so that a pull to the canvas's middle cancels. The standard
    error is over the pairs.
    """
    rng = np.random.default_rng(0)
    errors: list[NDArray[np.float64]] = []
    for photograph in photographs.values():
        class_index = session.verdict(photograph).top(1)[0]
        height, width = photograph.size
        shorter = min(height, width)
        top, left = (height - shorter) // 2, (width - shorter) // 2
        square = Image.fromarray(photograph.pixels[top : top + shorter, left : left + shorter])
        requests = {
            canvas: ExplainRequest(class_index, mode=PlacementMode.STRETCH, detail=detail)
            for canvas, detail in ((352, 1.5), (448, 2.0))
        }
        backgrounds = {
            canvas: session.explain(canvas_with(Paste(canvas, 0, 0, 0), None), request).heatmap
            for canvas, request in requests.items()
        }
        for pair in pastes(rng, count=6):
            found: list[tuple[float, float]] = []
            for paste in pair:
                small = np.asarray(square.resize((paste.side,) * 2, Image.Resampling.BICUBIC))
                request, background = requests[paste.canvas], backgrounds[paste.canvas]
                found += [
                    centroid_error(session, paste, small[::down, ::right], background, request)
                    for down in (1, -1)
                    for right in (1, -1)
                ]
            errors.append(np.mean(found, axis=0))
    mean = np.mean(errors, axis=0)
    standard_error = np.std(errors, axis=0, ddof=1) / len(errors) ** 0.5
    print(f"mean error (x, y) {mean.round(2)} px, standard error {standard_error.round(2)} px")
    assert (standard_error < 1).all(), standard_error
    assert (np.abs(mean) < 2).all(), mean
