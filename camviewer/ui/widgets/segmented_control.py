"""Offers two to four choices side by side, of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from camviewer.ui.style import current_tokens, notifier

_HEIGHT = 28
_RADIUS = 6.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Segmented(QWidget):
    """A row of joined buttons; arrow keys move the choice, Tab passes the row as one."""

    chosen = Signal(object)
    """The value that the user chose."""

    def __init__(
        self,
        choices: Sequence[tuple[object, str]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Shows ``choices`` as (value, text); ``name`` is what a screen reader calls the row."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _ in choices]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._segments: list[_Segment] = []
        for index, (_, text) in enumerate(choices):
            segment = _Segment(text, index == 0, index == len(choices) - 1, self)
            segment.setAccessibleName(f"{name}: {text}")
            self._group.addButton(segment, index)
            self._segments.append(segment)
            row.addWidget(segment, 1)
        self._segments[0].setChecked(True)
        self._group.idClicked.connect(self._on_clicked)
        self._last = 0
        self.setFocusProxy(self._segments[0])
        notifier().changed.connect(self.update)

    @property
    def value(self) -> object:
        """The value of the segment that holds."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: object) -> None:
        """Moves the choice without a signal."""
        self._last = self._values.index(value)
        self._segments[self._last].setChecked(True)
        self.setFocusProxy(self._segments[self._last])

    def set_choice_enabled(self, value: object, enabled: bool, reason: str = "") -> None:
        """Allows or forbids one choice; the reason stands in its tooltip."""
        segment = self._segments[self._values.index(value)]
        segment.setEnabled(enabled)
        segment.setToolTip(reason)

    def set_choice_shown(self, value: object, shown: bool) -> None:
        """Offers one choice or leaves it out; the outer corners move to those that are seen."""
        self._segments[self._values.index(value)].setVisible(shown)
        seen = [segment for segment in self._segments if not segment.isHidden()]
        for segment in seen:
            segment.set_ends(segment is seen[0], segment is seen[-1])

    def sizeHint(self) -> QSize:
        """Wide enough for the longest choice in each segment, as all are equally wide."""
        seen = [segment for segment in self._segments if not segment.isHidden()]
        widest = max((segment.sizeHint().width() for segment in seen), default=0)
        return QSize(widest * len(seen), _HEIGHT)

    def segment(self, value: object) -> QAbstractButton:
        """The button of one choice."""
        return self._segments[self._values.index(value)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the choice to the next segment that is allowed."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = self._group.checkedId() + step
        while 0 <= index < len(self._segments) and not self._segments[index].can_be_chosen:
            index += step
        if 0 <= index < len(self._segments):
            self._segments[index].click()
            self._segments[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self, index: int) -> None:
        if index == self._last:
            return
        self._last = index
        self.setFocusProxy(self._segments[index])
        self.chosen.emit(self._values[index])


class _Segment(QAbstractButton):
    """One choice of the row, drawn with the row's outer corners rounded."""

    def __init__(self, text: str, first: bool, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self._first, self._last = first, last
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def can_be_chosen(self) -> bool:
        """Whether the choice is offered and allowed."""
        return self.isEnabled() and not self.isHidden()

    def set_ends(self, first: bool, last: bool) -> None:
        """Says which of the row's ends this is."""
        self._first, self._last = first, last
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 20, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 32), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The row moves the choice: Qt's own arrows would leave the row at its ends.
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = self._outline(0.5)
        fill = "selected" if self.isChecked() else "field"
        if self.underMouse() and self.isEnabled() and not self.isChecked():
            fill = "hover"
        painter.fillPath(outline, tokens.colour(fill))
        painter.setPen(QPen(tokens.colour("control_line"), 1))
        painter.drawPath(outline)
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawPath(self._outline(1.0, overlap=0.0))
        painter.setFont(self._text_font())
        painter.setPen(tokens.colour(self._ink()))
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - 4
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return "accent" if self.isChecked() else "muted"

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        if self.isChecked():
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _outline(self, inset: float, overlap: float = 1.0) -> QPainterPath:
        """The segment's outline; neighbours overlap so that one line parts them."""
        left = inset
        right = self.width() - inset + (0.0 if self._last else overlap)
        box = QRectF(left, inset, right - left, self.height() - 2 * inset)
        round_left = _RADIUS - inset if self._first else 0.0
        round_right = _RADIUS - inset if self._last else 0.0
        return _rounded(box, round_left, round_right)


def _rounded(box: QRectF, left: float, right: float) -> QPainterPath:
    """A rectangle whose left and right corners have radii of their own."""
    path = QPainterPath()
    path.moveTo(box.left() + left, box.top())
    path.lineTo(box.right() - right, box.top())
    path.arcTo(box.right() - 2 * right, box.top(), 2 * right, 2 * right, 90, -90)
    path.lineTo(box.right(), box.bottom() - right)
    path.arcTo(box.right() - 2 * right, box.bottom() - 2 * right, 2 * right, 2 * right, 0, -90)
    path.lineTo(box.left() + left, box.bottom())
    path.arcTo(box.left(), box.bottom() - 2 * left, 2 * left, 2 * left, -90, -90)
    path.lineTo(box.left(), box.top() + left)
    path.arcTo(box.left(), box.top(), 2 * left, 2 * left, 180, -90)
    path.closeSubpath()
    return path
