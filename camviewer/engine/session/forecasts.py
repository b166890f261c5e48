"""Forecasts how long the slow methods will take on this machine."""

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
"""Assumed share of a pass's time that the tail network takes, if it was not measured."""

_AT_ONCE = 2
"""Assumed batch size for layers of tokens, which have no tail network; because each batch runs the
modules before the layer once."""


def effort_of(forward: Forward, placement: Placement, options: dict[str, OptionValue]) -> Effort:
    """The quantities that determine a method's cost.

    Args:
        forward: a pass of the picture.
        placement: how the network sees it.
        options: all options of the method.
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
        request: the request on screen; its options apply to its own method only.
    """
    layer = request.layer or session.info.default_layer
    found = []
    for method in all_methods():
        if method.probes and not session.refusal(method, layer, request.target):
            options = request.options if method.info.id == request.method else ()
            wanted = replace(request, method=method.info.id, options=options)
            found.append((method.info.id, session.forecast(image, wanted)))
    return tuple(found)
