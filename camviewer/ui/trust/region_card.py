"""The label beside a region: its share of the logit in large figures, the rest in words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from camviewer.engine.render.number_words import number_words
from camviewer.engine.trust.region import RegionScore
from camviewer.engine.trust.words import region_words
from camviewer.ui.canvas import shadow
from camviewer.ui.style import theme, tr, translated
from camviewer.ui.style.wording import percent

_WIDTH = 264
_GAP = 2


class RegionCard(QWidget):
    """A floating card with one bold line and sentences under it; its cross removes the region."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What the region means"))
        self._head = QLabel(self)
        self._words = QLabel(self)
        self._close = QToolButton(self)
        self._head.setFont(theme.font(13, QFont.Weight.DemiBold))
        self._words.setProperty("role", "hint")
        for label in (self._head, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_icon(self._close, "x", "muted")
        self._close.setToolTip(tr("Remove the region (Esc)"))
        self._close.setAccessibleName(tr("Remove the region"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = self._column = QVBoxLayout(self)
        beside, above = shadow.REACH + 12, shadow.REACH + 8
        column.setContentsMargins(beside, above, beside - 4, above)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._words)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFixedWidth(_WIDTH + 2 * shadow.REACH)
        self.hide()
        theme.notifier().changed.connect(self.update)

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n".join(text for text in (self._head.text(), self._words.text()) if text)

    def say(self, head: str, words: str = "") -> None:
        """Shows a bold line, and sentences under it where there are any."""
        self._head.setText(head)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._fit()
        self.show()
        self.raise_()

    def show_score(self, score: RegionScore | None) -> None:
        """Shows what was measured; None says that it could not be."""
        if score is None:
            self.say(tr("Not measured."))
            return
        said = list(region_words(score, percent))
        if score.share is not None:  # the headline says the first part
            said[0] = said[0].partition("here, ")[2].capitalize()
        self.say(_headline(score), "\n".join(map(translated, said)))

    def place_at_top(self, width: int) -> None:
        """Floats at the top, in the middle."""
        self._move(QPoint((width - self.width()) // 2, 12 - shadow.REACH))

    def place_beside(self, box: QRectF, area: QRectF) -> None:
        """Stands where there is room beside, below or above a box, else over its middle."""
        right = box.right() + _GAP
        left = box.left() - _GAP - self.width()
        if right + self.width() <= area.right() - 60:
            x = right
        elif left >= area.left():
            x = left
        else:
            x = box.center().x() - self.width() / 2
        x = min(max(x, area.left()), max(area.right() - self.width(), area.left()))
        y = min(max(box.top() - shadow.REACH, area.top()), area.bottom() - self.height() - 56)
        if box.left() - self.width() < x < box.right():  # no room beside
            below, above = box.bottom() + _GAP, box.top() - _GAP - self.height()
            if below + self.height() <= area.bottom() - 56:
                y = below
            elif above >= area.top():
                y = above
        self._move(QPoint(round(x), round(max(y, area.top()))))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        shadow.draw_card(self)

    def _move(self, place: QPoint) -> None:
        if place != self.pos():
            self.move(place)

    def _fit(self) -> None:
        self._column.invalidate()
        tall = self._column.totalHeightForWidth(self.width())
        self.setFixedHeight(tall if tall > 0 else self._column.totalSizeHint().height())


def _headline(score: RegionScore) -> str:
    share = score.share
    if share is None:
        change = score.inside_blurred - score.probability
        told = percent if score.is_probability else number_words
        words = (
            tr("{change} higher when blurred") if change > 0 else tr("{change} lower when blurred")
        )
        return words.format(change=told(abs(change)))
    evidence = share.inside + share.outside
    part = f" ({percent(share.inside / evidence)})" if evidence > 0 and share.inside > 0 else ""
    words = tr("{inside} of {total} logit{part}")
    return words.format(
        inside=number_words(share.inside), total=number_words(share.logit), part=part
    )
