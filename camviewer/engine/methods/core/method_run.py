"""Runs a method step by step to its end, or until it is stopped or cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Method
from camviewer.engine.results.messages import OptionValue
from camviewer.engine.results.notes import Note, NoteKind
from camviewer.engine.support.cancellation import Stopped
from camviewer.engine.support.numeric_comparison import all_finite


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


class MethodRun:
    """A method at work: ``step`` until it returns False, then ``outcome`` is the map; then close.

    Args:
        method: how the map is made.
        probe: gives the picture and runs the network.
        class_index: the class.
        options: all of the method's.
    """

    def __init__(
        self, method: Method, probe: Probe, class_index: int, options: dict[str, OptionValue]
    ) -> None:
        self._method = method
        self._cancellation = probe.cancellation
        self._steps = method.begin(probe, class_index, options)
        self._outcome: Outcome | None = None

    @property
    def outcome(self) -> Outcome:
        """The map, complete or so far, after the first ``step``."""
        if self._outcome is None:
            raise RuntimeError(f"{self._method.info.id} gave no map")
        return self._outcome

    def step(self) -> bool:
        """Goes on to the next map; False when the last one was made.

        Raises:
            Cancelled: cancelled, or stopped before there was any map.
            CamviewerError: the method cannot be carried out on this picture.
        """
        try:
            if self._outcome is not None:
                self._cancellation.check()
            for share, class_map in self._steps:
                self._outcome = Outcome(class_map, min(max(share, 0.0), 1.0))
                if share < 1.0:
                    return True
        except Stopped:
            if self._outcome is None:
                raise Cancelled from None
            finite(self._method, self.outcome.class_map)
            return False
        self._outcome = Outcome(finite(self._method, self.outcome.class_map), 1.0)
        return False

    def close(self) -> None:
        """Ends the method, wherever it is."""
        self._steps.close()


def finite(method: Method, class_map: ClassMap) -> ClassMap:
    """Returns the map unchanged if its values are finite.

    Raises:
        CamviewerError: its values are not finite.
    """
    if all_finite(class_map.values):
        return class_map
    raise CamviewerError(
        f"{method.info.title} gives numbers here that are not finite.",
        "Choose another method, or another layer.",
    )
