"""camviewer: shows where an image classifier looks.

    import camviewer

    model = camviewer.load()
    explanation = model.explain("photo.jpg", "tiger cat")
    explanation.overlay().save("overlay.png")

torch is imported by the first name that is asked for, not by ``import camviewer``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names
from camviewer.version import __version__

if TYPE_CHECKING:
    from camviewer.api import (
        ClassScore,
        MapProgress,
        Model,
        PictureExplanation,
        Verification,
        batch,
        load,
        open_picture,
        open_run,
        report,
        verify,
    )
    from camviewer.engine.errors import CamviewerError
    from camviewer.engine.geometry import Recipe
    from camviewer.engine.render import Look
    from camviewer.engine.trust import TrustOptions
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "api": [
                "ClassScore",
                "MapProgress",
                "Model",
                "PictureExplanation",
                "Verification",
                "batch",
                "load",
                "open_picture",
                "open_run",
                "report",
                "verify",
            ],
            "engine.errors": ["CamviewerError"],
            "engine.geometry": ["Recipe"],
            "engine.render": ["Look"],
            "engine.trust": ["TrustOptions"],
        },
    )

__all__ = [
    "CamviewerError",
    "ClassScore",
    "Look",
    "MapProgress",
    "Model",
    "PictureExplanation",
    "Recipe",
    "TrustOptions",
    "Verification",
    "__version__",
    "batch",
    "load",
    "open_picture",
    "open_run",
    "report",
    "verify",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
