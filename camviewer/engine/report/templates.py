"""Fills the templates of reports, in which nothing of the data becomes markup."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import number_words
from camviewer.engine.render.overlay import colormap_table, indices
from camviewer.engine.report.language import Language
from camviewer.engine.support.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable


def environment(language: Language, **filters: Callable[..., str]) -> Environment:
    """The environment of all reports.

    Args:
        language: of the report; templates have it as ``language``, and its ``say``.
        filters: further ones by name, beside ``count``, ``number`` and ``map_image``.
    """
    made = Environment(
        loader=FileSystemLoader(resource("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "count": language.count,
        "number": lambda value: language.number(number_words(value)),
        "map_image": map_image,
        **filters,
    }
    made.globals |= {"language": language, "say": language.say}
    return made


def map_image(values: NDArray[np.float64], look: Look) -> str:
    """A small PNG of a map as a data URI, a pixel for each cell, in colours up to its maximum."""
    most = float(np.abs(values).max() if look.signed else values.max())
    limits = (-most, most) if look.signed else (0.0, most)
    pixels = colormap_table(look.active_colormap)[indices(values.astype(np.float32), limits)]
    return png_address(Image.fromarray(pixels))


def colour_bar(look: Look) -> str:
    """The colours of a look from the lowest to the highest value, as a data URI."""
    steps = np.linspace(-1.0 if look.signed else 0.0, 1.0, 64)[None]
    return map_image(steps, look)


def png_address(image: Image.Image) -> str:
    """A picture as a data URI, without loss."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"
