"""Says what the model of a run is fed in place of its own range and bands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from camviewer.engine.geometry.input_scale import InputChoice, scale_words
from camviewer.engine.picture.input_range import InputRange
from camviewer.ui.style import tr


class FedLine(QLabel):
    """A hint, which is hidden while there is nothing to say.

    Attributes:
        bands: that were chosen for this session, as ``8,4,3``; empty for the model's own.

    Args:
        ranges: the ranges of values that were chosen for the pictures of a folder.
        parent: Qt's.
    """

    def __init__(self, ranges: Callable[[Path], Sequence[InputRange]], parent: QWidget) -> None:
        super().__init__(parent)
        self._ranges = ranges
        self.bands = self._values = ""
        self.setProperty("role", "hint")
        self.setWordWrap(True)
        self.hide()

    def set_choice(self, choice: InputChoice | None) -> None:
        """Takes what was chosen for this session."""
        self.bands = self._values = ""
        if choice is not None:
            self.bands = ",".join(map(str, choice.bands))
            self._values = "" if choice.scale is None else scale_words(choice.scale)

    def values(self, source: str) -> str:
        """The range for the pictures of a source, as ``0,4095``; empty for the model's own."""
        return self._values or self._values_of(source)

    def say(self, source: str) -> None:
        """Says what holds for the pictures of a source."""
        of_folder = "" if self._values else self._values_of(source)
        words = []
        if self.bands:
            said = tr("It is fed the bands {bands}, as chosen for this session.")
            words.append(said.format(bands=self.bands))
        if self._values:
            said = tr("It is fed the values {values}, as chosen for this session.")
            words.append(said.format(values=self._values))
        if of_folder:
            said = tr("It is fed the values {values}, as chosen for this folder.")
            words.append(said.format(values=of_folder))
        self.setText(" ".join(words))
        self.setVisible(bool(words))

    def _values_of(self, source: str) -> str:
        """The range that was chosen for the pictures of a folder; empty without one."""
        chosen = self._ranges(Path(source)) if source else ()
        return f"{chosen[0].low:.9g},{chosen[0].high:.9g}" if len(chosen) == 1 else ""
