"""The review's widgets and where they stand: overview, gallery, detail, and a line below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.errors import CamviewerError
from camviewer.ui.review.detail_panel import DetailPanel
from camviewer.ui.review.filter_bar import FilterBar
from camviewer.ui.review.gallery import GalleryView
from camviewer.ui.review.overview import Overview
from camviewer.ui.review.scale_bar import ScaleBar
from camviewer.ui.review.scales_of_two import ScalesOfTwo
from camviewer.ui.review.view_bar import ViewBar
from camviewer.ui.style import tr, whole
from camviewer.ui.widgets import Notice, Placeholder
from camviewer.ui.widgets.progress_line import ProgressLine
from camviewer.ui.work import dropped_data

if TYPE_CHECKING:
    from camviewer.ui.review.comparison_page import ComparisonPage

_OVERVIEW_WIDTH = 320
_NARROW = 1100
"""Width in pixels below which the detail gives way to the gallery."""


class Workplace(QWidget):
    """Everything that the review shows.

    Attributes:
        overview: ways into the pictures, at the left.
        filters: the chips.
        scale: the colours of all maps.
        scales_of_two: those of two runs, in its place.
        comparison: ways into the pictures of two runs, in the overview's place; None until two runs
            were compared once.
        view_bar: order and count.
        gallery: the pictures.
        detail: the current picture.
        notice: what went wrong.
        progress: how far reading is.

    Signals:
        dropped: (Incoming) files, folders, or a picture out of another program.
        open_requested: a run is to be chosen and opened.
        run_requested: a run is to be made.
        more_requested: the rows that came meanwhile are to be shown.
        selection_requested: the selected pictures are to be opened together.
        overlays_requested: the overlays of the selected pictures are to be saved.
        table_requested: their rows are to be saved as a table.
        comparison_requested: the selected pictures are to be shown side by side.
        compare_requested: another run is to be chosen, and compared with this one.
        confidence_requested: it is to be shown how far the model's confidence keeps its word.
        report_requested: a report is to be made of the selected pictures.
    """

    dropped = Signal(object)
    open_requested = Signal()
    run_requested = Signal()
    more_requested = Signal()
    selection_requested = Signal()
    overlays_requested = Signal()
    table_requested = Signal()
    comparison_requested = Signal()
    compare_requested = Signal()
    confidence_requested = Signal()
    report_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        # Each is made where it stays: Qt restyles all that moves to another parent.
        self._pages = QStackedWidget(self)
        self._empty, self._body = QWidget(self._pages), QWidget(self._pages)
        self._empty.setProperty("kind", "canvas")
        self._body.setProperty("kind", "panel")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._body)
        self._centre = QWidget(self._splitter)
        self._middle = QStackedWidget(self._centre)
        self.comparison: ComparisonPage | None = None
        self._pieces = self._make()

    def make_piece(self) -> bool:
        """Makes some of the parts, in a few milliseconds; returns whether others are left.

        The parts are there when none is left.
        """
        return next(self._pieces, False)

    @property
    def is_empty(self) -> bool:
        """Whether no run is open."""
        return self._pages.currentWidget() is self._empty

    @property
    def facts_line(self) -> str:
        """What is said of the run."""
        return self._facts.text()

    @property
    def more_button(self) -> QPushButton:
        """Shows the rows that came meanwhile; hidden while there are none."""
        return self._more

    @property
    def compare_button(self) -> QPushButton:
        """Asks for another run."""
        return self._compare

    @property
    def confidence_button(self) -> QPushButton:
        """Shows how far the model's confidence keeps its word."""
        return self._confidence

    @property
    def compare_selection_button(self) -> QPushButton:
        """Shows the selected pictures side by side."""
        return self._compare_selection

    @property
    def open_selection_button(self) -> QPushButton:
        """Opens the selected pictures together."""
        return self._open_selection

    @property
    def export_selection_button(self) -> QPushButton:
        """Opens a menu of what can be saved of the selected pictures."""
        return self._export_selection

    @property
    def nothing_words(self) -> str:
        """What is said in place of the gallery while no picture matches."""
        return self._nothing.words if self._middle.currentWidget() is self._nothing else ""

    def show_run(self) -> None:
        """Shows the run's parts in place of the empty state."""
        self._pages.setCurrentIndex(1)

    def show_comparison(self) -> ComparisonPage:
        """Shows the parts of two runs, and rests those of one."""
        page = self.comparison
        if page is None:
            from camviewer.ui.review.comparison_page import (  # noqa: PLC0415  (start-up)
                ComparisonPage,
            )

            self.comparison = page = ComparisonPage(self._splitter)
            page.setMinimumWidth(self.overview.minimumWidth())
            self._splitter.insertWidget(0, page)
        self._swap(self.overview, page)
        self._show_parts_of(two=True)
        return page

    def show_overview(self) -> None:
        """Shows the parts of one run, and rests those of two."""
        if self.comparison is not None:
            self._swap(self.comparison, self.overview)
        self._show_parts_of(two=False)

    def _swap(self, gone: QWidget, shown: QWidget) -> None:
        """Shows one of the two at the left in the other's place, as wide as that was."""
        if gone.isHidden():
            return
        width, rest = gone.width(), self._centre.width()
        gone.hide()
        shown.show()
        sizes = [0] * self._splitter.count()
        sizes[self._splitter.indexOf(shown)] = width
        sizes[self._splitter.indexOf(self._centre)] = rest
        self._splitter.setSizes(sizes)

    def _show_parts_of(self, *, two: bool) -> None:
        self.scale.setVisible(not two)
        self.scales_of_two.setVisible(two)
        self._compare.setVisible(not two)
        self._confidence.setVisible(not two)
        self.detail.show_other_button(two=two)

    def show_facts(self, words: str) -> None:
        """Says what the run is."""
        self._facts.setText(words)
        self._facts.setToolTip(words)

    def show_more(self, count: int) -> None:
        """Says how many pictures wait to be shown."""
        self._more.setVisible(count > 0)
        self._more.setText(tr("Show {count} more").format(count=whole(count)))

    def show_selected(self, count: int) -> None:
        """Offers what can be done with several pictures."""
        self._selection.setVisible(count > 1)
        self._selected.setText(tr("{count} selected").format(count=whole(count)))

    def show_nothing(self, title: str, words: str) -> None:
        """Says why there is no picture; an empty title shows the gallery."""
        self._nothing.say(title, words)
        self._middle.setCurrentWidget(self._nothing if title else self.gallery)

    # -- Qt's events -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        try:
            self.dropped.emit(dropped_data.take(event.mimeData()))
        except CamviewerError as error:
            self.notice.show_error(error.message, error.hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.setGeometry(0, 0, self.width(), self.progress.sizeHint().height())
        self.progress.raise_()
        self.detail.setVisible(self.width() >= _NARROW)

    # -- building --------------------------------------------------------------------------------

    def _make(self) -> Iterator[bool]:
        """Makes the parts, a piece at a time, between which Qt may give them their looks."""
        self.overview = Overview(self._splitter)
        yield True
        self.filters = FilterBar(self._centre)
        self.scale = ScaleBar(self._centre)
        self.scales_of_two = ScalesOfTwo(self._centre)
        self.scales_of_two.hide()
        self.view_bar = ViewBar(self._centre)
        yield True
        self.gallery = GalleryView(self._middle)
        self._nothing = Placeholder("search", self._middle)
        self._make_selection()
        yield True
        self.detail = DetailPanel(self._body)
        yield True
        foot = self._made_foot()
        self.progress = ProgressLine(self)
        self._make_empty()
        yield True
        self._lay_out(foot)
        yield True
        self.notice = Notice(self)

    def _lay_out(self, foot: QHBoxLayout) -> None:
        splitter, body = self._splitter, self._body
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.overview)
        self._lay_out_centre()
        splitter.addWidget(self._centre)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_OVERVIEW_WIDTH, 3 * _OVERVIEW_WIDTH])
        self.overview.setMinimumWidth(260)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(splitter, 1)
        row.addWidget(_line(body, vertical=True))
        row.addWidget(self.detail)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(_line(body))
        column.addLayout(foot)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _lay_out_centre(self) -> None:
        self._middle.addWidget(self.gallery)
        self._middle.addWidget(self._nothing)
        layout = QVBoxLayout(self._centre)
        layout.setContentsMargins(12, 12, 8, 8)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.filters, 1)
        head.addWidget(self.scale, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.scales_of_two)
        layout.addWidget(self.view_bar)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self._selection)

    def _make_selection(self) -> None:
        self._selection = QWidget(self._centre)
        self._selection.hide()
        self._selected = QLabel(self._selection)
        self._selected.setProperty("role", "muted")
        self._open_selection = QPushButton(tr("Open in Picture"), self._selection)
        self._open_selection.clicked.connect(self.selection_requested)
        self._compare_selection = QPushButton(tr("Compare"), self._selection)
        self._compare_selection.setToolTip(tr("Show these pictures alone, side by side"))
        self._compare_selection.clicked.connect(self.comparison_requested)
        self._export_selection = QPushButton(tr("Export"), self._selection)
        menu = QMenu(self._export_selection)
        menu.addAction(tr("Overlays…"), self.overlays_requested.emit)
        menu.addAction(tr("Table (CSV)…"), self.table_requested.emit)
        menu.addAction(tr("Report…"), self.report_requested.emit)
        self._export_selection.setMenu(menu)
        row = QHBoxLayout(self._selection)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._selected)
        for button in (self._open_selection, self._compare_selection, self._export_selection):
            row.addWidget(button)
        row.addStretch()

    def _made_foot(self) -> QHBoxLayout:
        self._facts = QLabel(self._body)
        self._facts.setProperty("role", "hint")
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._compare = QPushButton(tr("Compare with another run…"), self._body)
        self._compare.setProperty("kind", "ghost")
        self._compare.setToolTip(tr("Which verdicts changed, and how far the evidence moved"))
        self._compare.clicked.connect(self.compare_requested)
        self._confidence = QPushButton(tr("Confidence…"), self._body)
        self._confidence.setProperty("kind", "ghost")
        self._confidence.setToolTip(tr("How far the model's probabilities keep their word"))
        self._confidence.clicked.connect(self.confidence_requested)
        self._more = QPushButton(self._body)
        self._more.setProperty("kind", "primary")
        self._more.hide()
        self._more.clicked.connect(self.more_requested)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.setSpacing(12)
        foot.addWidget(self._facts, 1)
        for button in (self._confidence, self._compare, self._more):
            foot.addWidget(button)
        return foot

    def _make_empty(self) -> None:
        title = QLabel(tr("Drop a folder of pictures, or a run"), self._empty)
        title.setProperty("role", "title")
        hint = QLabel(
            tr(
                "A run has the maps and numbers of many pictures. Review shows which classes "
                "are taken for which, and where the evidence lies."
            ),
            self._empty,
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        hint.setMaximumWidth(460)
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        opening = QPushButton(tr("Open a run…"), self._empty)
        opening.setProperty("kind", "primary")
        opening.clicked.connect(self.open_requested)
        running = QPushButton(tr("Run over a folder…"), self._empty)
        running.clicked.connect(self.run_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(opening)
        buttons.addWidget(running)
        buttons.addStretch()
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(hint, 1000)
        middle.addStretch()
        layout = QVBoxLayout(self._empty)
        layout.setSpacing(16)
        layout.addStretch()
        layout.addWidget(title)
        layout.addLayout(middle)
        layout.addLayout(buttons)
        layout.addStretch()


def _line(parent: QWidget, *, vertical: bool = False) -> QFrame:
    line = QFrame(parent)
    line.setProperty("kind", "line")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
