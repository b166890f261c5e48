"""The bar below a picture of several pages: which one is shown, and ways to the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSlider,
    QWidget,
)

from camviewer.ui.style import tr
from camviewer.ui.widgets.icon_button import icon_button

_HEIGHT = 36
_SLIDER_WIDTH = 240
_NAMES_FROM, _SLIDER_FROM = 560, 420
"""Least width of the bar, in pixels, with which it has room for names and for the slider."""

_FEW = 2
"""Largest number of pages for which the arrows do without a slider."""


class PageStepper(QFrame):
    """Asks for another page of the picture on screen; hidden where there is one alone.

    Signals:
        page_requested: (page, from 0).
    """

    page_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._pages = 0, 1
        self._names: tuple[str, ...] = ()
        self.setAccessibleName(tr("Pages"))
        self.setFixedHeight(_HEIGHT)
        self._before = icon_button("chevron-left", tr("Previous page (PgUp)"))
        self._after = icon_button("chevron-right", tr("Next page (PgDown)"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setAccessibleName(tr("Page"))
        self._slider.setFixedWidth(_SLIDER_WIDTH)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # narrow windows stay narrow
        row.addStretch(1)
        for widget in (self._before, self._slider, self._after, self._label):
            row.addWidget(widget)
        row.addStretch(1)
        self._before.clicked.connect(lambda: self._ask(self._page - 1))
        self._after.clicked.connect(lambda: self._ask(self._page + 1))
        self._slider.valueChanged.connect(self._ask)
        self.hide()

    @property
    def words(self) -> str:
        """What it says of the page on screen."""
        return self._label.text()

    @property
    def slider(self) -> QSlider:
        """The way to a page far away."""
        return self._slider

    def show_pages(self, page: int, pages: int, names: tuple[str, ...] = ()) -> None:
        """Shows that this page (from 0) of so many is on screen.

        Args:
            page: which one.
            pages: how many there are.
            names: of the pages, "" for one without; empty if none has one.
        """
        self._pages, self._names = pages, names
        self._slider.blockSignals(True)
        self._slider.setRange(0, max(pages - 1, 0))
        self._slider.setPageStep(max(pages // 10, 1))
        self._slider.blockSignals(False)
        self._show(page)
        self.setVisible(pages > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show(self._page)

    def _ask(self, page: int) -> None:
        if 0 <= page < self._pages and page != self._page:
            self._show(page)
            self.page_requested.emit(page)

    def _show(self, page: int) -> None:
        self._page = page
        self._slider.blockSignals(True)
        self._slider.setValue(page)
        self._slider.blockSignals(False)
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page + 1 < self._pages)
        self._slider.setVisible(self._pages > _FEW and self.width() >= _SLIDER_FROM)
        has_name = page < len(self._names) and self.width() >= _NAMES_FROM
        name = self._names[page] if has_name else ""
        words = tr("Page {page} of {pages}").format(page=page + 1, pages=self._pages)
        self._label.setText(f"{words} \N{MIDDLE DOT} {name}" if name else words)
        # The widest number keeps the arrows where they are.
        wide = self.fontMetrics().horizontalAdvance(
            tr("Page {pages} of {pages}").format(pages=self._pages)
        )
        self._label.setMinimumWidth(wide)
