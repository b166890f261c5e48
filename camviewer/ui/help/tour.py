"""Four bubbles that say, at the first start, where to begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.style import current_tokens, notifier, tr

_WIDTH = 320
_ARROW = 10
"""Height of the arrow in pixels; there is as much room for it at each side."""
_RADIUS = 8.0
_MARGIN = 12
_TYPING = (QLineEdit, QAbstractSpinBox, QComboBox)


class _Side(Enum):
    """Where the arrow is."""

    NONE = "none"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class TourStep:
    """One bubble.

    Attributes:
        title: in a few words.
        words: one or two sentences.
        anchor: gives what the bubble points at; None, or something hidden, for nothing.
    """

    title: str
    words: str
    anchor: Callable[[], QWidget | None]


class Tour(QWidget):
    """A bubble over the picture that goes from step to step; it blocks nothing.

    It is a child of what takes drops, so that what is dropped on the bubble is taken as well.

    Signals:
        ended: the last step was left, or the tour was skipped.

    Args:
        area: that it lies over; it points at what is in it and around it.
        steps: in their order.
    """

    ended = Signal()

    def __init__(self, area: QWidget, steps: Sequence[TourStep]) -> None:
        super().__init__(area)
        self._area = area
        self._steps = tuple(steps)
        self._step = 0
        self._side = _Side.NONE
        self._tip = QPoint()
        self._title, self._words, self._count = QLabel(self), QLabel(self), QLabel(self)
        self._skip, self._next = QPushButton(tr("Skip"), self), QPushButton(self)
        self._build()
        self.hide()
        area.installEventFilter(self)
        notifier().changed.connect(self.update)

    @property
    def step(self) -> int:
        """The number of the step, from 0."""
        return self._step

    @property
    def said(self) -> str:
        """Title and words, as a screen reader says them."""
        return self.accessibleName()

    @property
    def next_button(self) -> QPushButton:
        """Goes on; ends the tour at its last step."""
        return self._next

    @property
    def skip_button(self) -> QPushButton:
        """Ends the tour."""
        return self._skip

    def begin(self) -> None:
        """Shows the first step; takes the keyboard where nobody is typing."""
        self._show_step(0)
        focus = QApplication.focusWidget()
        if not isinstance(focus, _TYPING):
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Shows the next step; after the last one there is none."""
        if self._step + 1 < len(self._steps):
            self._show_step(self._step + 1)
        else:
            self.end()

    def end(self) -> None:
        """Goes away."""
        if self.isHidden():
            return
        if self.isAncestorOf(QApplication.focusWidget() or self._area):
            # Qt would hand the keyboard to whatever comes next, and that may be a field to type in.
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.ended.emit()

    # -- Qt's events -----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when what it lies over changes its size."""
        kinds = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if event.type() in kinds and not self.isHidden():
            self._settle()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape skips the rest, the right arrow goes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() == Qt.Key.Key_Right:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.colour("accent"), 1.5))
        painter.setBrush(tokens.colour("panel"))
        painter.drawPath(self._outline())

    # -- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title.setStyleSheet("font-weight: 600;")
        self._count.setProperty("role", "hint")
        for label in (self._title, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._skip.setProperty("kind", "ghost")
        self._next.setProperty("kind", "primary")
        self._skip.clicked.connect(self.end)
        self._next.clicked.connect(self.go_on)
        for button in (self._skip, self._next):
            button.setAutoDefault(True)  # Enter presses it, as in a dialog
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._skip)
        foot.addWidget(self._next)
        layout = QVBoxLayout(self)
        edge = _ARROW + 14
        layout.setContentsMargins(edge, _ARROW + 12, edge, _ARROW + 12)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        layout.addSpacing(4)
        layout.addLayout(foot)

    def _show_step(self, number: int) -> None:
        self._step = number
        step, last = self._steps[number], number + 1 == len(self._steps)
        self._title.setText(step.title)
        self._words.setText(step.words)
        self._count.setText(
            tr("{number} of {count}").format(number=number + 1, count=len(self._steps))
        )
        self._next.setText(tr("Done") if last else tr("Next"))
        self._skip.setVisible(not last)
        said = f"{step.title}. {step.words}"
        self.setAccessibleName(said)
        self.show()
        self.raise_()
        self._settle()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _settle(self) -> None:
        """Takes its place beside what it points at."""
        width = min(_WIDTH, self._area.width())
        layout = self.layout()
        assert layout is not None  # noqa: S101
        layout.invalidate()  # the words are others than those that it was laid out for
        size = QSize(width, layout.totalHeightForWidth(width))
        anchor = self._steps[self._step].anchor()
        if anchor is None or not anchor.isVisible():
            self._side = _Side.NONE
            corner = QPoint((self._area.width() - width) // 2, _MARGIN)
        else:
            corner = self._beside(_within(anchor, self._area), size)
        self.setGeometry(QRect(corner, size))
        self.update()

    def _beside(self, anchor: QRect, size: QSize) -> QPoint:
        """The corner at which it points at a part of the window, in the area's pixels."""
        room = self._area.rect()
        middle = anchor.center() - QPoint(size.width() // 2, size.height() // 2)
        across = min(max(middle.x(), 0), max(room.width() - size.width(), 0))
        down = min(max(middle.y(), 0), max(room.height() - size.height(), 0))
        if anchor.left() >= room.right():
            self._side, corner = _Side.RIGHT, QPoint(room.width() - size.width(), down)
        elif anchor.right() <= 0:
            self._side, corner = _Side.LEFT, QPoint(0, down)
        elif anchor.bottom() <= 0:
            self._side, corner = _Side.UP, QPoint(across, 0)
        else:
            above = anchor.top() - size.height()
            self._side, corner = _Side.DOWN, QPoint(across, max(above, 0))
        self._tip = anchor.center() - corner
        return corner

    def _outline(self) -> QPainterPath:
        """A rounded box, with an arrow at the side of what it points at."""
        inset = float(_ARROW)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        path = QPainterPath()
        path.addRoundedRect(box, _RADIUS, _RADIUS)
        far = _RADIUS + inset
        x = min(max(float(self._tip.x()), box.left() + far), box.right() - far)
        y = min(max(float(self._tip.y()), box.top() + far), box.bottom() - far)
        arrows = {
            _Side.UP: ((x - inset, box.top()), (x, 1.0), (x + inset, box.top())),
            _Side.DOWN: (
                (x - inset, box.bottom()),
                (x, self.height() - 1.0),
                (x + inset, box.bottom()),
            ),
            _Side.LEFT: ((box.left(), y - inset), (1.0, y), (box.left(), y + inset)),
            _Side.RIGHT: (
                (box.right(), y - inset),
                (self.width() - 1.0, y),
                (box.right(), y + inset),
            ),
        }
        if self._side in arrows:
            arrow = QPainterPath()
            arrow.addPolygon(QPolygonF([QPointF(*point) for point in arrows[self._side]]))
            arrow.closeSubpath()
            path = path.united(arrow)
        return path


def _within(widget: QWidget, area: QWidget) -> QRect:
    """Where a part of the window lies, in the area's pixels."""
    seen = widget.visibleRegion().boundingRect()
    shown = seen if not seen.isEmpty() else widget.rect()
    return QRect(area.mapFromGlobal(widget.mapToGlobal(shown.topLeft())), shown.size())
