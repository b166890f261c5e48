"""Converts pictures with an embedded colour profile to sRGB."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

_ToSrgb = Callable[[Image.Image], Image.Image]

_SPACES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""Pillow's mode by the colour space of a profile."""

_SAME = 2
"""Maximum change of a colour value, of 255, by a profile that is taken for sRGB."""


@dataclass(frozen=True, eq=False)
class ColourConversion:
    """How the pixels of one picture become sRGB.

    Attributes:
        to_srgb: turns an image of mode L, RGB or CMYK into RGB.
        note: what the user should know about it; empty when there is nothing.
    """

    to_srgb: _ToSrgb
    note: str = ""


def conversion_to_srgb(profile: bytes | None, mode: str) -> ColourConversion:
    """The conversion for a picture of ``mode`` (L, RGB or CMYK) with an embedded profile.

    A profile that is damaged, or that describes another kind of picture, is ignored, and the
    note says so.
    """
    if not profile:
        return ColourConversion(_plain_rgb, _without_profile(mode))
    from PIL import ImageCms  # noqa: PLC0415  # most pictures need no colour management

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = _SPACES.get(source.profile.xcolor_space, "")
        if space != mode and (space, mode) != ("RGB", "L"):
            return ColourConversion(_plain_rgb, "Its colour profile does not fit it: ignored.")
        # The optimisation of grey curves in lcms makes shadows up to ten levels wrong.
        exact = ImageCms.Flags.NOOPTIMIZE if space == "L" else ImageCms.Flags.HIGHRESPRECALC
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            space,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION | exact,
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return ColourConversion(_plain_rgb, "Its colour profile is damaged: ignored.")

    def converted(image: Image.Image) -> Image.Image:
        return transform.apply(image if image.mode == space else image.convert(space))

    to_srgb = _by_table(converted) if space == "L" else converted

    if space != "CMYK" and _changes_nothing(to_srgb, space):
        return ColourConversion(_plain_rgb)
    name = (source.profile.profile_description or "without a name").strip()
    return ColourConversion(to_srgb, f"Colours converted to sRGB (profile: {name}).")


def _by_table(to_srgb: _ToSrgb) -> _ToSrgb:
    """The same conversion for grey images, by a table of the 256 values."""
    values = Image.fromarray(np.arange(256, dtype=np.uint8)[None])
    table = np.asarray(to_srgb(values))[0, :, 1].tolist()
    return lambda image: image.point(table).convert("RGB")


def _plain_rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


def _without_profile(mode: str) -> str:
    return "CMYK without a colour profile: its colours are approximate." if mode == "CMYK" else ""


def _changes_nothing(to_srgb: _ToSrgb, space: str) -> bool:
    """Whether a conversion leaves a grid of sample colours unchanged.

    Most profiles in photographs are sRGB. Skipping the conversion is both exact and quick.
    """
    steps = np.linspace(0, 255, 17).round().astype(np.uint8)
    if space == "L":
        probe = Image.fromarray(steps[None])
    else:
        grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
        probe = Image.fromarray(grid.reshape(17, -1, 3))
    before = np.asarray(probe.convert("RGB"), np.int16)
    after = np.asarray(to_srgb(probe), np.int16)
    return int(np.abs(after - before).max()) <= _SAME
