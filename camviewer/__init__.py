"""camviewer: shows where an image classifier looks.

    import camviewer

    model = camviewer.load()
    explanation = model.explain("photo.jpg", "tiger cat")
    explanation.overlay().save("overlay.png")

torch is imported by the first name that is asked for, not by ``import camviewer``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from camviewer.version import __version__

if TYPE_CHECKING:
    from camviewer.api.explanation import PictureExplanation
    from camviewer.api.loading import load
    from camviewer.api.model import ClassScore, Model
    from camviewer.api.runs import batch, open_run
    from camviewer.engine.errors import CamviewerError
    from camviewer.engine.geometry.geometry import Recipe
    from camviewer.engine.render.look import Look


__all__ = [
    "CamviewerError",
    "ClassScore",
    "Look",
    "Model",
    "PictureExplanation",
    "Recipe",
    "__version__",
    "batch",
    "load",
    "open_run",
]

_PLACES = {
    "CamviewerError": "camviewer.engine.errors",
    "ClassScore": "camviewer.api.model",
    "Look": "camviewer.engine.render.look",
    "Model": "camviewer.api.model",
    "PictureExplanation": "camviewer.api.explanation",
    "Recipe": "camviewer.engine.geometry.geometry",
    "batch": "camviewer.api.runs",
    "load": "camviewer.api.loading",
    "open_run": "camviewer.api.runs",
}


def __getattr__(name: str) -> object:
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(place), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
