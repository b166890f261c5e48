"""Runs a method to its end, or until it is stopped or cancelled."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

import torch

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Method
from camviewer.engine.results.messages import OptionValue
from camviewer.engine.results.notes import Note, NoteKind
from camviewer.engine.support.cancellation import Stopped

OnProgress = Callable[[float, ClassMap], None]
"""Called with the share of the work that is done, and the map so far."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result of running a method.

    Attributes:
        class_map: the map.
        share: share of the work that was done, 0 to 1.
    """

    class_map: ClassMap
    share: float

    def noted(self, text: str) -> Outcome:
        """A copy with a note on how the map was computed; an empty text adds nothing."""
        if not text:
            return self
        return self.with_notes(Note(NoteKind.RUN, text))

    def with_notes(self, *notes: Note) -> Outcome:
        """A copy with further notes."""
        said = (*self.class_map.notes, *notes)
        return replace(self, class_map=replace(self.class_map, notes=said))


def drive(
    method: Method,
    probe: Probe,
    class_index: int,
    options: dict[str, OptionValue],
    on_progress: OnProgress | None = None,
) -> Outcome:
    """Runs a method step by step.

    Args:
        method: how the map is made.
        probe: gives the picture and runs the network.
        class_index: the class.
        options: all of the method's.
        on_progress: called with the share and the map so far after each step but the last.

    Raises:
        Cancelled: cancelled, or stopped before there was any map.
        CamviewerError: the method cannot be carried out on this picture.
    """
    last: Outcome | None = None
    with closing(method.begin(probe, class_index, options)) as steps:
        try:
            for share, class_map in steps:
                last = Outcome(class_map, min(max(share, 0.0), 1.0))
                if share < 1.0:
                    if on_progress is not None:
                        on_progress(last.share, class_map)
                    probe.cancellation.check()
        except Stopped:
            if last is None:
                raise Cancelled from None
            return Outcome(finite(method, last.class_map), last.share)
    if last is None:
        raise RuntimeError(f"{method.info.id} gave no map")
    return Outcome(finite(method, last.class_map), 1.0)


def finite(method: Method, class_map: ClassMap) -> ClassMap:
    """Returns the map unchanged if its values are finite.

    Raises:
        CamviewerError: its values are not finite.
    """
    if bool(torch.isfinite(class_map.values).all()):
        return class_map
    raise CamviewerError(
        f"{method.info.title} gives numbers here that are not finite.",
        "Choose another method, or another layer.",
    )
