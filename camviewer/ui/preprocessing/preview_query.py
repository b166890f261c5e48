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
    from camviewer.engine.picture.value_histogram import ValueHistogram
    from camviewer.ui.work import ModelHost


@dataclass(frozen=True, eq=False)
class Refusal:
    """Why a recipe cannot be carried out.

    Attributes:
        message: in one sentence.
        hint: what to do.
        histogram: of the picture's values all the same; None where the range cannot be had.
    """

    message: str
    hint: str
    histogram: ValueHistogram | None = None


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
            return Refusal(error.message, error.hint, _histogram(self.image, self.recipe))


def _histogram(image: SourceImage, recipe: Recipe) -> ValueHistogram | None:
    from camviewer.engine.geometry.input_scale import require_scale  # noqa: PLC0415
    from camviewer.engine.picture.value_histogram import value_histogram  # noqa: PLC0415

    try:
        require_scale(recipe.scale)
    except CamviewerError:
        return None
    return value_histogram(image.values, image.input_range(recipe.scale))
