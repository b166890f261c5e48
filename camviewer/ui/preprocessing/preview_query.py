"""The query how a picture looks to the network under a recipe that is tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import Recipe
from camviewer.engine.packs import Preview
from camviewer.ui.work import LongQuery, UnderWay

if TYPE_CHECKING:
    from camviewer.engine.picture import SourceImage
    from camviewer.ui.work import ModelHost


@dataclass(frozen=True)
class Refusal:
    """Why a recipe cannot be carried out."""

    message: str
    hint: str


@dataclass(frozen=True, eq=False)
class PreviewRecipe(LongQuery[Preview | Refusal]):
    """What the network sees and says; why there is no preview is said beside its cause.

    Attributes:
        image: the picture.
        recipe: that is tried.
        activation: ``softmax`` or ``sigmoid``.
        published: the network's own recipe.
        head_activations: what is tried between the linear layers of the head, one for each place.
    """

    image: SourceImage
    recipe: Recipe
    activation: str
    published: Recipe
    head_activations: tuple[str, ...] = ()

    def answer(self, host: ModelHost, under_way: UnderWay[Preview | Refusal]) -> Preview | Refusal:
        from camviewer.engine.runtime import preview  # noqa: PLC0415  (imports torch)

        session = host.session
        try:
            return preview(
                session.classifier,
                self.image,
                self.recipe,
                activation=self.activation,
                published=self.published,
                head_activations=self.head_activations,
                cancelled=under_way.cancelled,
            )
        except CamviewerError as error:
            return Refusal(error.message, error.hint)
