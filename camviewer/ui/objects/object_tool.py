"""Draws an object on the canvas, by pointer or keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from camviewer.engine.geometry.region import Region
from camviewer.ui.canvas import Canvas
from camviewer.ui.canvas.message_pill import MessagePill
from camviewer.ui.canvas.shape_tool import ShapeTool
from camviewer.ui.style import mark, tr

_HINT = mark("Drag a box around the object, or hold Shift and draw its outline. Esc ends.")
_KEYS_HINT = mark("Arrow keys move the box, with Shift they size it. Enter keeps it; Esc ends.")


class ObjectTool(ShapeTool):
    """Hands out each object that is drawn, and stays at hand until Esc.

    Signals:
        object_drawn: (Region) a rectangle or an outline, in source pixels.
    """

    object_drawn = Signal(object)

    def __init__(self, canvas: Canvas) -> None:
        self._hint = MessagePill(canvas)
        super().__init__(canvas, tr("Object"))
        self._hint.raise_()

    @property
    def hint(self) -> str:
        """What it says over the canvas."""
        return self._hint.text

    def lay_down(self) -> None:
        """Ends drawing; what was not kept goes."""
        self._region = None
        self.set_active(False)
        self._let_through()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._region is not None:
            drawn, self._region = self._region, None
            self._say(tr(_HINT))
            self.object_drawn.emit(drawn)
            self.update()
        else:
            super().keyPressEvent(event)

    def _activity_changed(self) -> None:
        self._say(tr(_HINT) if self._active else "")

    def _drawn(self, region: Region) -> None:
        self.object_drawn.emit(region)

    def _moved(self) -> None:
        self._say(tr(_KEYS_HINT))

    def _remove(self) -> None:
        self.lay_down()

    def _say(self, words: str) -> None:
        self._hint.say(words)
        self._hint.raise_()
        self._follow()

    def _follow(self) -> None:
        super()._follow()
        self._hint.place_in(self._canvas.width(), self._canvas.height())
