"""The column at the right of the gallery: the current picture with its map and numbers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.review.assessment_panel import AssessmentPanel
from camviewer.ui.review.queries import RowDetail
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import Segmented

DETAIL_WIDTH = 268
PICTURE = QSize(DETAIL_WIDTH - 24, 196)
NOTHING_CHOSEN = mark("Choose a picture to see its numbers.")


class DetailPanel(QWidget):
    """What is known of one row, and what reviewers say of its picture.

    Attributes:
        assessment: asks for that.
        maps: of two runs, whether the first's map is shown (0), the second's (1), or their
            difference (2).

    Signals:
        open_requested: the picture is to be opened with this map.
        other_requested: it is to be opened with the map of the run that is compared.
    """

    open_requested = Signal()
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel(self)
        self.maps = Segmented(((0, "A"), (1, "B"), (2, "B − A")), tr("Map that is shown"), self)
        self._name = QLabel(self)
        self._notes = QLabel(self)
        self.assessment = AssessmentPanel(self)
        self._open = QPushButton(tr("Open in Picture"), self)
        self._other = QPushButton(tr("Open with B's map"), self)
        self._content = QWidget(self)
        self._facts = QGridLayout()
        self._labels: list[QLabel] = []
        self._number: int | None = None
        self._build()
        self.clear()

    @property
    def number(self) -> int | None:
        """The row that is shown."""
        return self._number

    @property
    def words(self) -> str:
        """Everything that is said, line by line."""
        pairs = zip(self._labels[::2], self._labels[1::2], strict=True)
        lines = (f"{title.text()}: {value.text()}" for title, value in pairs)
        head = self._name.text() or self._picture.text()
        return "\n".join((head, *lines, self._notes.text()))

    @property
    def open_button(self) -> QPushButton:
        """Opens the picture."""
        return self._open

    @property
    def other_button(self) -> QPushButton:
        """Opens the picture with the map of the run that is compared."""
        return self._other

    def show_other_button(self, *, two: bool) -> None:
        """Offers the second map while two runs are compared."""
        self._other.setVisible(two)
        self.maps.setVisible(two)
        if not two:
            self.maps.set_value(0)
        self._open.setText(tr("Open with A's map") if two else tr("Open in Picture"))

    def clear(self) -> None:
        """Shows no row."""
        self._number = None
        self._picture.setText(tr(NOTHING_CHOSEN))
        self._say(())
        self._name.setText("")
        self._notes.setText("")
        self._content.hide()
        self._open.setEnabled(False)
        self._other.setEnabled(False)

    def show_detail(self, detail: RowDetail) -> None:
        """Shows a row; its picture comes later."""
        if detail.number != self._number:
            self._picture.clear()
        self._number = detail.number
        name = detail.path.rsplit("/", 1)[-1]
        self._name.setText(
            self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, PICTURE.width())
        )
        self._name.setToolTip(detail.path)
        self._say(detail.facts)
        self._notes.setText(detail.notes)
        self._notes.setVisible(bool(detail.notes))
        self._content.show()
        self._open.setEnabled(True)
        self._other.setEnabled(True)

    def show_refusal(self, message: str) -> None:
        """Says in place of a row why nothing is known of it."""
        self.clear()
        self._picture.setText(message)

    def show_picture(self, number: int, part: int, image: QImage) -> None:
        """Shows the picture with a map, if it is that of the row on screen that is wanted."""
        if number == self._number and part == self.maps.value:
            shown = QPixmap.fromImage(image)
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.setPixmap(shown)

    def show_problem(self, number: int, message: str) -> None:
        """Says why there is no picture."""
        if number == self._number:
            self._picture.setText(message)

    def _say(self, facts: tuple[tuple[str, str], ...]) -> None:
        words = [text for pair in facts for text in pair]
        while len(self._labels) > len(words):
            label = self._labels.pop()
            self._facts.removeWidget(label)
            label.deleteLater()
        while len(self._labels) < len(words):
            place = len(self._labels)
            label = QLabel(self._content)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", "hint" if place % 2 == 0 else "body")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(label, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            self._labels.append(label)
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)

    def _build(self) -> None:
        self.setFixedWidth(DETAIL_WIDTH)
        self._picture.setFixedSize(PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setWordWrap(True)
        self._picture.setProperty("kind", "canvas")
        self._picture.setAccessibleName(tr("Current picture with its map"))
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setStyleSheet("font-weight: 600;")
        self._notes.setProperty("role", "hint")
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnMinimumWidth(0, 96)
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._name)
        inner.addLayout(self._facts)
        inner.addWidget(self._notes)
        inner.addStretch()
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._content)
        self._open.setToolTip(tr("Show it in Picture with exactly this map (Enter)"))
        self._open.clicked.connect(self.open_requested)
        self._other.setToolTip(tr("Show it in Picture with exactly the other run's map"))
        self._other.clicked.connect(self.other_requested)
        self._other.hide()
        self.maps.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._picture)
        layout.addWidget(self.maps, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.assessment)
        layout.addWidget(self._open)
        layout.addWidget(self._other)
