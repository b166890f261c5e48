"""How long the slow methods will take on this machine, for all of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from camviewer.engine.image import SourceImage
from camviewer.engine.messages import ExplainRequest
from camviewer.engine.methods import all_methods

if TYPE_CHECKING:
    from camviewer.engine.session import Session


def forecasts(
    session: Session, image: SourceImage, request: ExplainRequest
) -> tuple[tuple[str, float], ...]:
    """(id, seconds) of every method that takes more than one pass.

    Args:
        session: the model.
        image: the picture.
        request: what is on screen; the options are those of its method only.
    """
    layer = request.layer or session.info.default_layer
    found = []
    for method in all_methods():
        if method.probes and not session.refusal(method, layer):
            options = request.options if method.info.id == request.method else ()
            wanted = replace(request, method=method.info.id, options=options)
            found.append((method.info.id, session.forecast(image, wanted)))
    return tuple(found)
