"""Generated scenes with one object each, whose box is known: to measure where a map points.

A scene is a landscape of natural noise (amplitude 1/f, as photographs have) under uneven light,
with clutter, and one object whose *texture and outline* make its class; colour, size, place and
brightness say nothing. So a classifier can only be right by looking at the object.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

_FINE = 4
"""Shapes are drawn so many times larger and reduced, for smooth edges."""


@dataclass(frozen=True)
class ObjectBox:
    """The rectangle around an object in source pixels: ``[left, right) x [top, bottom)``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture with one object.

    Attributes:
        pixels: uint8 RGB (H, W, 3).
        label: name of the object's class.
        index: of the class among those that were asked for.
        box: around the object.
    """

    pixels: NDArray[np.uint8]
    label: str
    index: int
    box: ObjectBox

    @property
    def chance(self) -> float:
        """The share of the picture that the box takes: how often a random point lies in it."""
        height, width = self.pixels.shape[:2]
        return self.box.area / (height * width)


def make_scenes(
    count: int,
    seed: int = 0,
    size: tuple[int, int] = (128, 128),
    classes: Sequence[str] = (),
    scale: tuple[float, float] = (0.22, 0.4),
) -> list[Scene]:
    """Makes scenes of all classes in turn.

    Args:
        count: how many.
        seed: of everything random.
        size: (H, W) in pixels.
        classes: names out of ``CLASSES``; all of them when empty.
        scale: smallest and largest side of an object, as a share of the shorter side.
    """
    names = tuple(classes) or CLASSES
    random = np.random.default_rng(seed)
    return [_scene(names, number % len(names), random, size, scale) for number in range(count)]


def write_folder(root: Path, scenes: Sequence[Scene]) -> Path:
    """Writes PNG files into one subfolder a class, and ``boxes.json`` beside them."""
    boxes = {}
    for number, scene in enumerate(scenes):
        name = f"{scene.label}/{number:04d}.png"
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(scene.pixels).save(path)
        boxes[name] = asdict(scene.box)
    (root / "boxes.json").write_text(json.dumps(boxes, indent=1), encoding="utf-8")
    return root


def _scene(
    names: Sequence[str],
    index: int,
    random: np.random.Generator,
    size: tuple[int, int],
    scale: tuple[float, float],
) -> Scene:
    height, width = size
    picture = _landscape(random, size)
    for _ in range(int(random.integers(2, 6))):
        _add_clutter(picture, random)
    side = round(float(random.uniform(*scale)) * min(size))
    left = int(random.integers(0, width - side))
    top = int(random.integers(0, height - side))
    mask = np.asarray(_SHAPES[names[index]](side, random), np.float32)[..., None] / 255.0
    part = picture[top : top + side, left : left + side]
    colour = _colour(random)
    # Bright objects on dark ground and dark ones on bright ground: always to be seen.
    if abs(float(colour.mean()) - float(part.mean())) < 0.25:
        colour = colour - 0.45 if part.mean() > 0.5 else colour + 0.45
    shade = 1.0 + 0.12 * _noise(random, (side, side))[..., None]
    part[:] = (1.0 - mask) * part + mask * colour * shade
    picture += random.normal(0.0, 0.02, picture.shape)
    inked = np.argwhere(mask[..., 0] > 0.5)
    (first_y, first_x), (last_y, last_x) = inked.min(0), inked.max(0)
    box = ObjectBox(
        float(left + first_x),
        float(top + first_y),
        float(left + last_x + 1),
        float(top + last_y + 1),
    )
    pixels = np.rint(255.0 * np.clip(picture, 0.0, 1.0)).astype(np.uint8)
    return Scene(pixels, names[index], index, box)


def _noise(random: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float32]:
    """(h, w): noise with the amplitude spectrum of photographs, standard deviation 1."""
    height, width = size
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None])
    frequency[0, 0] = np.inf
    spectrum = np.fft.fft2(random.normal(size=size)) / frequency
    plane = np.fft.ifft2(spectrum).real
    return (plane / plane.std()).astype(np.float32)


def _landscape(random: np.random.Generator, size: tuple[int, int]) -> NDArray[np.float64]:
    height, width = size
    ground = _colour(random) * 0.5 + 0.25
    slope = random.normal(0.0, 0.15, 2)
    light = slope[0] * np.linspace(-1, 1, height)[:, None] + slope[1] * np.linspace(-1, 1, width)
    texture = 0.1 * _noise(random, size)
    tint = np.stack([0.04 * _noise(random, size) for _ in range(3)], -1)
    return ground + (light + texture)[..., None] + tint


def _colour(random: np.random.Generator) -> NDArray[np.float64]:
    return random.uniform(0.05, 0.95, 3)


def _add_clutter(picture: NDArray[np.float64], random: np.random.Generator) -> None:
    """A soft blob or bar, which belongs to no class."""
    height, width = picture.shape[:2]
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    x, y = random.uniform(0, width), random.uniform(0, height)
    long, short = random.uniform(0.05, 0.3) * width, random.uniform(0.03, 0.1) * height
    draw.ellipse((x - long, y - short, x + long, y + short), fill=int(random.integers(60, 160)))
    mask = mask.rotate(float(random.uniform(0, 180)), center=(x, y))
    mask = mask.filter(ImageFilter.GaussianBlur(0.02 * width))
    share = np.asarray(mask, np.float64)[..., None] / 255.0
    picture[:] = (1 - share) * picture + share * _colour(random)


def _drawn(side: int, draw: Callable[[ImageDraw.ImageDraw, int], None], turn: float) -> Image.Image:
    fine = side * _FINE
    mask = Image.new("L", (fine, fine))
    draw(ImageDraw.Draw(mask), fine)
    return mask.rotate(turn, Image.Resampling.BICUBIC).resize((side, side), Image.Resampling.BOX)


def _ring(side: int, random: np.random.Generator) -> Image.Image:
    width = float(random.uniform(0.16, 0.24))

    def draw(on: ImageDraw.ImageDraw, fine: int) -> None:
        on.ellipse((0.04 * fine, 0.04 * fine, 0.96 * fine, 0.96 * fine), fill=255)
        inner = (0.04 + width) * fine
        on.ellipse((inner, inner, fine - inner, fine - inner), fill=0)

    return _drawn(side, draw, 0.0)


def _stripes(side: int, random: np.random.Generator) -> Image.Image:
    count = int(random.integers(4, 6))

    def draw(on: ImageDraw.ImageDraw, fine: int) -> None:
        step = 0.8 * fine / count
        for number in range(count):
            top = 0.1 * fine + number * step
            on.rectangle((0.12 * fine, top, 0.88 * fine, top + 0.5 * step), fill=255)

    return _drawn(side, draw, float(random.uniform(-20, 20)))


def _cross(side: int, random: np.random.Generator) -> Image.Image:
    arm = float(random.uniform(0.22, 0.32))

    def draw(on: ImageDraw.ImageDraw, fine: int) -> None:
        low, high = (0.5 - arm / 2) * fine, (0.5 + arm / 2) * fine
        on.rectangle((low, 0.06 * fine, high, 0.94 * fine), fill=255)
        on.rectangle((0.06 * fine, low, 0.94 * fine, high), fill=255)

    return _drawn(side, draw, float(random.uniform(-15, 15)))


def _dots(side: int, random: np.random.Generator) -> Image.Image:
    count = int(random.integers(3, 5))

    def draw(on: ImageDraw.ImageDraw, fine: int) -> None:
        step = 0.88 * fine / count
        for row in range(count):
            for column in range(count):
                x, y = (0.06 * fine + (place + 0.5) * step for place in (column, row))
                radius = 0.3 * step
                on.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    return _drawn(side, draw, float(random.uniform(-20, 20)))


_SHAPES = {"ring": _ring, "stripes": _stripes, "cross": _cross, "dots": _dots}
CLASSES = tuple(_SHAPES)
