"""Invites a first picture: a place to drop it, two buttons, three samples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.pictures.thumbnail import paint_cover, pixmap_of
from camviewer.ui.style import current_tokens, icon, mark, notifier, tr
from camviewer.ui.widgets import in_tip
from camviewer.ui.work import PictureClient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DROP_SIZE = QSize(504, 396)
_LEAST_SIZE = QSize(216, 200)
_SAMPLE_SIZE = QSize(112, 78)
_SAMPLES = 3
_ICON_SIZE = 44
_ALSO = mark("or a folder, or a model file (.pth, .safetensors, .camviewer)")


class EmptyState(QWidget):
    """What stands in the canvas's place as long as there is no picture."""

    open_requested = Signal()
    paste_requested = Signal()

    sample_chosen = Signal(Path)
    """The path of the sample photograph that the user clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = _DropArea(self)
        self._icon = QLabel(self._area)
        self._samples = [_Sample(self._area) for _ in range(_SAMPLES)]
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self._apply_theme()
        notifier().changed.connect(self._apply_theme)

    @property
    def sample_buttons(self) -> tuple[QAbstractButton, ...]:
        """The sample photographs, from left to right."""
        return tuple(self._samples)

    @property
    def drop_area(self) -> QWidget:
        """The frame in which to drop a picture."""
        return self._area

    def set_samples(self, samples: Sequence[tuple[Path, NDArray[np.uint8]]]) -> None:
        """Shows the sample photographs: paths, and thumbnails as uint8 RGB (H, W, 3)."""
        for button, (path, pixels) in zip(self._samples, samples, strict=False):
            button.show_sample(path, pixmap_of(pixels))

    def show_samples(self, pictures: PictureClient, samples: Sequence[Path]) -> None:
        """Has thumbnails of the first sample photographs made, and shows them together."""
        wanted = tuple(samples[:_SAMPLES])
        made: dict[Path, NDArray[np.uint8]] = {}

        def take(path: Path, pixels: NDArray[np.uint8]) -> None:
            made[path] = pixels
            if len(made) == len(wanted):
                self.set_samples([(path, made[path]) for path in wanted])

        pictures.want_thumbnails(wanted, take, purpose="samples")

    def minimumSizeHint(self) -> QSize:
        """Less than it needs to be seen whole: it must not push the panels off the window."""
        return _LEAST_SIZE

    def set_drop_active(self, active: bool) -> None:
        """Highlights the area while something is dragged over the window."""
        self._area.set_active(active)

    def _build(self) -> None:
        title = _centred(tr("Drop a picture here"), "title", self._area)
        subtitle = _centred(tr(_ALSO), "muted", self._area)
        promise = _centred(tr("Try a sample. Nothing leaves this computer."), "hint", self._area)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self._area)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, gap in ((self._icon, 8), (title, 8), (subtitle, 16)):
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addLayout(_row(self._buttons(), 8))
        column.addSpacing(28)
        column.addLayout(_row(self._samples, 10))
        column.addSpacing(12)
        column.addWidget(promise)
        column.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addWidget(self._area)
        for sample in self._samples:
            sample.chosen.connect(self.sample_chosen)

    def _buttons(self) -> list[QWidget]:
        open_button = QPushButton(tr("Open picture…"), self._area)
        open_button.setProperty("kind", "primary")
        open_button.clicked.connect(self.open_requested)
        paste_button = _KeyedButton(tr("Paste"), QKeySequence.StandardKey.Paste, self._area)
        paste_button.clicked.connect(self.paste_requested)
        for button in (open_button, paste_button):
            button.setMinimumWidth(146)
        return [open_button, paste_button]

    def _apply_theme(self) -> None:
        self._icon.setPixmap(
            icon("image-down", "muted", _ICON_SIZE).pixmap(
                QSize(_ICON_SIZE, _ICON_SIZE), self.devicePixelRatioF()
            )
        )
        self._area.update()


class _DropArea(QWidget):
    """A dashed, rounded frame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._active = False
        self.setMaximumSize(_DROP_SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return _DROP_SIZE

    def set_active(self, active: bool) -> None:
        self._active = active
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The canvas is darker than the panels: a line's colour would hardly show on it.
        pen = QPen(tokens.colour("accent") if self._active else tokens.colour("muted", 110), 2)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        if self._active:
            painter.setBrush(tokens.colour("selected"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)


class _Sample(QAbstractButton):
    """A sample photograph to click; a grey card until its thumbnail comes."""

    chosen = Signal(Path)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._picture = QPixmap()
        self.setFixedSize(_SAMPLE_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEnabled(False)
        self.setAccessibleName(tr("Sample photograph"))
        self.clicked.connect(self._on_clicked)

    def show_sample(self, path: Path, picture: QPixmap) -> None:
        self._path, self._picture = path, picture
        name = path.stem.replace("_", " ")
        self.setToolTip(in_tip(tr("Open the sample “{name}”").format(name=name)))
        self.setAccessibleName(tr("Sample photograph {name}").format(name=name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setEnabled(True)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("line"))
            painter.drawRoundedRect(box, 8, 8)
        else:
            paint_cover(painter, box, self._picture, 8)
        if self.hasFocus() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)

    def _on_clicked(self) -> None:
        if self._path is not None:
            self.chosen.emit(self._path)


class _KeyedButton(QPushButton):
    """A button with the keys that do the same."""

    def __init__(self, text: str, key: QKeySequence.StandardKey, parent: QWidget) -> None:
        super().__init__(parent)
        keys = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(text)
        self.setAccessibleDescription(keys)
        words, cap = QLabel(text, self), QLabel(keys, self)
        cap.setProperty("role", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for label in (words, cap):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)


def _centred(text: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label


def _row(widgets: Sequence[QWidget], spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
