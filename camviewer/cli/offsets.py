"""Measuring where a layer's cells look, which a map on a new layer has to wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.cli.progress import Progress

if TYPE_CHECKING:
    from camviewer.engine.results.messages import Explanation
    from camviewer.engine.session.session import Session


def measure_where_cells_look(
    session: Session, explanation: Explanation, progress: Progress
) -> bool:
    """Measures it where that was not done before, and says so: it takes seconds to a minute.

    Returns:
        Whether the map lies elsewhere now.
    """
    if not session.wants_offset_of(explanation):
        return False
    layer = explanation.layer.name
    progress.announce(f"Measuring where the cells of {layer} look, once for this model ...")
    while session.wants_offset(layer):
        session.measure_offset(layer)
    return True
