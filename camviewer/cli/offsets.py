"""Measures a layer's offset before its first map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.cli.progress import Progress

if TYPE_CHECKING:
    from camviewer.engine.results.messages import Explanation
    from camviewer.engine.session.session import Session


def measure_where_cells_look(
    session: Session, explanation: Explanation, progress: Progress
) -> bool:
    """Measures the offset of a map's layer if it is unknown, which takes up to a minute.

    Returns:
        Whether the geometry of the map has changed.
    """
    if not session.wants_offset_of(explanation):
        return False
    layer = explanation.layer.name
    progress.announce(f"Measuring where the cells of {layer} look, once for this model ...")
    while session.wants_offset(layer):
        session.measure_offset(layer)
    return True
