"""How long the slow methods will take on this machine, for all of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import Placement
from camviewer.engine.methods import all_methods
from camviewer.engine.methods.core.registry import Effort
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.layouts import Arrangement
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, OptionValue

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session

_BEHIND = 0.5
"""What of a pass lies behind a layer, where that was not measured."""

_AT_ONCE = 2
"""Tokens go around their layer, so what lies before it runs with every batch: of about so many."""


def effort_of(forward: Forward, placement: Placement, options: dict[str, OptionValue]) -> Effort:
    """What a method's cost depends on.

    Args:
        forward: a pass of the picture.
        placement: how the network sees it.
        options: all of the method's.
    """
    tail_share = _BEHIND if forward.tail_share is None else forward.tail_share
    if forward.layout is not None and forward.layout.arrangement is Arrangement.TOKENS:
        tail_share += (1 - tail_share) / _AT_ONCE
    if forward.head is not None:
        tail_share = 0.0  # a product with the class weights
    size = placement.input_size
    return Effort(forward.non_constant_channels, tail_share, forward.cells, size, options)


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
