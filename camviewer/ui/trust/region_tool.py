"""Draws a region on the canvas, by pointer or keyboard, and says what it means to the class."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal

from camviewer.engine.geometry.region import Region
from camviewer.engine.results.messages import Explanation
from camviewer.engine.trust.region import RegionScore
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.canvas.shape_tool import ShapeTool
from camviewer.ui.style import mark, tr
from camviewer.ui.trust.region_card import RegionCard

_HINT = mark("Drag a rectangle, or hold Shift and draw an outline. Arrow keys move one; Esc ends.")

_SETTLE = 250
"""Delay in ms from the last key to the measurement."""


class RegionTool(ShapeTool):
    """Keeps one region, with a card beside it.

    Signals:
        region_drawn: (Region) is to be measured.
        region_removed: there is none any more.
    """

    region_drawn = Signal(object)
    region_removed = Signal()

    def __init__(self, canvas: Canvas) -> None:
        self._card = RegionCard(canvas)
        super().__init__(canvas, tr("Region"))
        self._score: RegionScore | None = None
        self._card.closed.connect(self.remove)
        self._card.raise_()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._tell)
        canvas.zoom_changed.connect(lambda _: self._place_card())

    @property
    def score(self) -> RegionScore | None:
        """What it means, once that is known."""
        return self._score

    def score_of(self, explanation: Explanation) -> RegionScore | None:
        """What the region means to this map; None where it was not measured for it."""
        known = self._score
        return known if known is not None and known.explanation is explanation else None

    @property
    def card(self) -> RegionCard:
        """The label beside the region."""
        return self._card

    def set_region(self, region: Region) -> None:
        """Draws a region and has it measured."""
        self._region = region
        self._say_measuring()
        self._let_through()
        self.update()
        self._tell()

    def show_score(self, score: RegionScore | None) -> None:
        """Says what the region means; None when that could not be measured."""
        if self._region is None or (score is not None and score.region != self._region):
            return
        self._score = score
        self._card.show_score(score)
        self._place_card()

    def remove(self) -> None:
        """Takes the region away and lays the tool down."""
        had = self._region is not None
        self._settle.stop()
        self._region = self._score = None
        self._card.hide()
        self.set_active(False)
        self._let_through()
        self.update()
        if had:
            self.region_removed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Paint:
            self._place_card()
        return super().eventFilter(watched, event)

    def _activity_changed(self) -> None:
        if self._active and self._region is None:
            self._card.say(tr("Draw a region"), tr(_HINT))
        elif self._region is None:
            self._card.hide()
        self._place_card()

    def _drawn(self, region: Region) -> None:
        self.set_active(False)
        self.set_region(region)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self) -> None:
        self._say_measuring()
        self._settle.start()

    def _remove(self) -> None:
        self.remove()

    def _say_measuring(self) -> None:
        self._score = None
        self._card.say(tr("Measuring…"))
        self._place_card()

    def _tell(self) -> None:
        if self._region is not None:
            self.region_drawn.emit(self._region)

    def _follow(self) -> None:
        super()._follow()
        self._place_card()

    def _place_card(self) -> None:
        if self._card.isHidden():
            return
        if self._region is None:
            self._card.place_at_top(self._canvas.width())
            return
        left, top, right, bottom = self._region.bounds
        box = QRectF(self._canvas.to_view(left, top), self._canvas.to_view(right, bottom))
        self._card.place_beside(box, QRectF(self._canvas.rect()))
