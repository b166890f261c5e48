"""How long the slow methods will take on this machine, for all of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from camviewer.engine.forward import Forward
from camviewer.engine.geometry import Placement
from camviewer.engine.image import SourceImage
from camviewer.engine.messages import ExplainRequest, OptionValue
from camviewer.engine.methods import all_methods
from camviewer.engine.methods.registry import Effort

if TYPE_CHECKING:
    from camviewer.engine.session import Session

_BEHIND = 0.5
"""What of a pass lies behind a layer is not known; behind a pooled linear head it is nothing."""


def effort_of(forward: Forward, placement: Placement, options: dict[str, OptionValue]) -> Effort:
    """What a method's cost depends on.

    Args:
        forward: a pass of the picture.
        placement: how the network sees it.
        options: all of the method's.
    """
    flat = forward.activations.flatten(1)
    lively = int((flat.amax(1) > flat.amin(1)).sum())
    behind = _BEHIND if forward.head is None else 0.0
    return Effort(lively, behind, flat.shape[1], placement.input_size, options)


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
