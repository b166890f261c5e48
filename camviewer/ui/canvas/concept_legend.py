"""Says what the colours of concepts mean: how much of the activity, and for which classes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from camviewer.engine.render import concept_colour
from camviewer.engine.render.concept_words import concept_words
from camviewer.engine.results import Concept
from camviewer.ui.canvas import shadow
from camviewer.ui.style import percent, theme, tr

_ROW = 36.0
_PADDING = 10.0
_SWATCH = 12.0
_TEXT_LEFT = _PADDING + _SWATCH + 8.0
_WIDEST = 280.0
_EDGE = 12
"""Distance of the card from the edge of the canvas, in pixels."""


class ConceptLegend(QWidget):
    """A floating card with a row for each concept; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Concepts"))
        self._concepts: tuple[Concept, ...] = ()
        self.hide()
        theme.notifier().changed.connect(self.update)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(classes, share) of each concept, as they stand on the card."""
        return tuple(
            (
                ", ".join(spoken.name for spoken in concept.classes[:2])
                or tr("Concept {number}").format(number=number),
                tr("{share} of the activity").format(share=percent(concept.share))
                + (f" · {concept_words(concept, 1)}" if concept.classes else ""),
            )
            for number, concept in enumerate(self._concepts, start=1)
        )

    def describe(self, concepts: tuple[Concept, ...]) -> None:
        """Shows these concepts, or nothing when there are none."""
        self._concepts = concepts
        said = [
            f"{concept_colour(number)[0]}: {classes}, {share}"
            for number, (classes, share) in enumerate(self.rows)
        ]
        self.setAccessibleDescription("; ".join(said))
        self.setVisible(bool(concepts))
        self.update()

    def sizeHint(self) -> QSize:
        around = 2 * shadow.REACH
        wide = max((self._width_of(row) for row in self.rows), default=0.0)
        wide = min(wide, _WIDEST) + _TEXT_LEFT + _PADDING
        tall = _ROW * len(self._concepts) + 2 * _PADDING - 6
        return QSize(round(wide + around), round(tall + around))

    def place_in(self, width: int, height: int, beside: QRect | None = None) -> None:
        """Floats in the lower left corner of an area, within it.

        Args:
            width: of the area.
            height: of the area.
            beside: what floats there already; it stands above that when there is no room beside.
        """
        size = self.sizeHint().boundedTo(QSize(max(width - 2 * _EDGE, 60), height))
        foot = height
        if beside is not None and _EDGE + size.width() - 2 * shadow.REACH > beside.left():
            foot = beside.top() + shadow.REACH
        top = max(foot - size.height() - _EDGE + shadow.REACH, -shadow.REACH)
        self.setGeometry(_EDGE - shadow.REACH, top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shadow.draw_card(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(shadow.REACH, shadow.REACH)
        room = self.width() - 2 * shadow.REACH - _TEXT_LEFT - _PADDING
        for number, row in enumerate(self.rows):
            self._paint_row(painter, number, row, room)
        painter.end()

    def _paint_row(self, painter: QPainter, number: int, row: tuple[str, str], room: float) -> None:
        tokens = theme.current_tokens()
        top = _PADDING - 3 + number * _ROW
        swatch = QRectF(_PADDING, top + (_ROW - _SWATCH) / 2, _SWATCH, _SWATCH)
        painter.setPen(QPen(tokens.colour("text", 60), 1.0))
        painter.setBrush(QColor(*concept_colour(number)[1]))
        painter.drawRoundedRect(swatch, 3, 3)
        lines = zip(row, (13, 11), ("text", "muted"), (0.0, _ROW / 2), strict=True)
        for text, size, colour, below in lines:
            font = theme.font(size)
            elided = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(tokens.colour(colour))
            box = QRectF(_TEXT_LEFT, top + below, room, _ROW / 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided)

    @staticmethod
    def _width_of(row: tuple[str, str]) -> float:
        sizes = (13, 11)
        return max(
            QFontMetricsF(theme.font(size)).horizontalAdvance(text) + 2
            for text, size in zip(row, sizes, strict=True)
        )
