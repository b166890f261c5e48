"""Makes a map, and reports how far it is to scripts that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from camviewer.engine.results import ExplainRequest, Explanation

if TYPE_CHECKING:
    from camviewer.engine.picture import SourceImage
    from camviewer.engine.session import Session

_SMALLEST_SHARE = 1e-3
"""Share from which the remaining time is estimated; because nothing can be told of less."""


@dataclass(frozen=True)
class MapProgress:
    """How far a map is, as ``Model.explain`` reports it.

    Attributes:
        share: of the passes that are done, 0 to 1.
        seconds_left: estimated.
        explanation: the map so far; None before the first.
        measured_layer: the layer for which it is measured where its cells look, once for each
            model; empty at other times.
    """

    share: float
    seconds_left: float
    explanation: Explanation | None = None
    measured_layer: str = ""

    @classmethod
    def of(cls, explanation: Explanation) -> Self:
        """The progress of a map of which a part is done."""
        share = max(explanation.share, _SMALLEST_SHARE)
        return cls(share, explanation.milliseconds / 1000 * (1 / share - 1), explanation)


def explained(
    session: Session,
    image: SourceImage,
    request: ExplainRequest,
    *,
    measure: bool,
    on_progress: Callable[[MapProgress], None] | None,
) -> Explanation:
    """The map of a picture.

    Args:
        session: has the model.
        image: the picture.
        request: which map of it.
        measure: whether to measure where the layer's cells look, if that was not done before.
        on_progress: called with a forecast, with maps so far, and before the measurement.

    Raises:
        CamviewerError: the class, layer or method does not exist or does not fit.
    """
    if on_progress is None:
        explanation = session.explain(image, request)
    else:
        on_progress(MapProgress(0.0, session.forecast(image, request)))
        explanation = session.explain(
            image, request, on_progress=lambda so_far: on_progress(MapProgress.of(so_far))
        )
    layer = explanation.layer.name
    if not (measure and session.wants_offset_of(explanation)):
        return explanation
    if on_progress is not None:
        on_progress(MapProgress(1.0, 0.0, explanation, measured_layer=layer))
    while session.wants_offset(layer):
        session.measure_offset(layer)
    again = session.explain(image, request)
    return replace(again, milliseconds=explanation.milliseconds, passes=explanation.passes)
