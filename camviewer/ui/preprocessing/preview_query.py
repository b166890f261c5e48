"""Asks the model's thread how a picture looks to the network under a recipe that is tried."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.recipe_limits import Preview
from camviewer.engine.picture.source_image import SourceImage
from camviewer.ui.work.model_query import Question

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session

PREVIEW = "preview"


@dataclass(frozen=True)
class Refusal:
    """Why a recipe cannot be carried out."""

    message: str
    hint: str


@dataclass(frozen=True, eq=False)
class PreviewQuestion(Question):
    """What the network sees and says.

    Attributes:
        image: the picture.
        recipe: that is tried.
        activation: ``softmax`` or ``sigmoid``.
        published: the network's own recipe.
        head_activation: what is tried between the linear layers of the head.
    """

    image: SourceImage
    recipe: Recipe
    activation: str
    published: Recipe
    head_activation: str = ""

    def answer(
        self,
        session: Session,
        cancelled: threading.Event,
        on_progress: Callable[[object], None],  # noqa: ARG002  (it comes at once)
    ) -> Preview | Refusal:
        """The preview, or why there is none: that is said beside the values that cause it."""
        from camviewer.engine.runtime.recipe_preview import preview  # noqa: PLC0415  (imports torch)

        try:
            return preview(
                session.classifier,
                self.image,
                self.recipe,
                activation=self.activation,
                published=self.published,
                head_activation=self.head_activation,
                cancelled=cancelled,
            )
        except CamviewerError as error:
            return Refusal(error.message, error.hint)
