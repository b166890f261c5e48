"""Shows what a network sees of a picture under a recipe, and what it says of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from camviewer.engine.packs import Preview
from camviewer.ui.pictures.thumbnail import image_of
from camviewer.ui.style import current_tokens, font, notifier, percent, tr

_SIDE = 320
_ROW = 26
_ROWS = 3


class RecipePreview(QWidget):
    """The picture, its numbers, and the most probable classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = _Picture(self)
        self._numbers = QLabel(self)
        self._classes = _Classes(self)
        self._in_use = QLabel(self)
        for label in (self._numbers, self._in_use):
            label.setProperty("role", "hint")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        head, said = QLabel(tr("WHAT THE NETWORK SEES"), self), QLabel(tr("WHAT IT SAYS"), self)
        for label in (head, said):
            label.setProperty("role", "head")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self._picture)
        layout.addWidget(self._numbers)
        layout.addSpacing(8)
        layout.addWidget(said)
        layout.addWidget(self._classes)
        layout.addWidget(self._in_use)
        self.setFixedWidth(_SIDE)

    @property
    def rows(self) -> tuple[tuple[str, float], ...]:
        """(class name, probability) as shown."""
        return self._classes.rows

    @property
    def image(self) -> QImage:
        """What the network sees, pixel by pixel; null before the first preview."""
        return self._picture.image

    @property
    def numbers(self) -> str:
        """What is said of the input's numbers."""
        return self._numbers.text()

    def show_preview(self, preview: Preview, labels: Sequence[str]) -> None:
        """Shows what the network sees and says now."""
        self._picture.show_pixels(preview.pixels)
        height, width = preview.pixels.shape[:2]
        self._numbers.setText(
            tr(
                "{width} × {height} pixels as a network trained with the published values sees "
                "them. Numbers {low} to {high}, mean {mean}, deviation {deviation}"
            ).format(
                width=width,
                height=height,
                low=_signed(preview.low),
                high=_signed(preview.high),
                mean=_signed(preview.mean),
                deviation=f"{preview.deviation:.2f}",
            )
        )
        self._classes.show_rows(tuple((labels[index], share) for index, share in preview.top))

    def show_in_use(self, text: str) -> None:
        """Says what the model says by the recipe that is in use; empty when that is shown."""
        self._in_use.setText(text)

    def set_stale(self, stale: bool) -> None:
        """What is shown belongs to values before these."""
        self._picture.set_stale(stale)


class _Picture(QWidget):
    """The input, as large as there is room, with its pixels to be seen when it is small."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = QImage()
        self._stale = False
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(tr("What the network sees"))
        notifier().changed.connect(self.update)

    def show_pixels(self, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> None:
        self.image = image_of(pixels)
        self.update()

    def set_stale(self, stale: bool) -> None:
        self._stale = stale
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QPainterPath()
        card.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.fillPath(card, tokens.colour("canvas"))
        if self.image.isNull():
            return
        painter.setClipPath(card)
        painter.setOpacity(0.45 if self._stale else 1.0)
        smooth = max(self.image.width(), self.image.height()) > _SIDE / 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self.image)


class _Classes(QWidget):
    """Rows of a name, a bar and a percentage."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[tuple[str, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _ROW * _ROWS)

    def show_rows(self, rows: tuple[tuple[str, float], ...]) -> None:
        self.rows = rows
        said = ", ".join(f"{name} {percent(share)}" for name, share in rows)
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (name, share) in enumerate(self.rows):
            face = font(13, QFont.Weight.DemiBold if number == 0 else QFont.Weight.Normal)
            painter.setFont(face)
            row = QRectF(0, number * _ROW, self.width(), _ROW - 4)
            painter.setPen(tokens.colour("text"))
            words, metrics = percent(share), QFontMetrics(face)
            right = metrics.horizontalAdvance("100%") + 8
            shown = metrics.elidedText(
                name, Qt.TextElideMode.ElideRight, round(row.width() - right)
            )
            upper = row.adjusted(0, 0, 0, -3)
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(upper, flags | Qt.AlignmentFlag.AlignLeft, shown)
            painter.drawText(upper, flags | Qt.AlignmentFlag.AlignRight, words)
            track = QRectF(0, row.bottom() - 2, row.width(), 3)
            painter.fillRect(track, tokens.colour("line"))
            bar = QRectF(track.left(), track.top(), track.width() * share, track.height())
            painter.fillRect(bar, tokens.colour("accent" if number == 0 else "bar"))


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")
