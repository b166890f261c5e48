"""Finds what is written in a window, and what of it is cut off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTreeView,
    QWidget,
)

_SLACK = 1
"""Pixels that rounding may cost."""
_ARROW = 30
"""Pixels that the arrow of a combo box and its margins take."""
_MANY = 100
"""Rows of a list that are read; those below say nothing else."""


def seen(root: QWidget) -> Iterator[QWidget]:
    """The widgets of a window that are on screen."""
    yield root
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.window() is root:
            yield widget


def texts(root: QWidget) -> set[str]:
    """Everything that a window says: on it, in its tips, and to a screen reader."""
    said: set[str] = {root.windowTitle()}
    for widget in seen(root):
        said |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            said.add(widget.text())
        if isinstance(widget, QLineEdit):
            said.add(widget.placeholderText())
        if isinstance(widget, QAbstractSpinBox):
            said.add(widget.text())
        if isinstance(widget, QComboBox):
            said |= {widget.itemText(row) for row in range(widget.count())}
        if isinstance(widget, QTabBar):
            said |= {widget.tabText(tab) for tab in range(widget.count())}
        if isinstance(widget, QTreeView):
            said |= set(_heads(widget.header()))
        if isinstance(widget, QListView | QTreeView):
            said |= set(_rows(widget))
        for action in widget.actions():
            said |= {action.text().replace("&", ""), action.toolTip()}
    return {text.strip() for text in said if text.strip()}


def cut_off(root: QWidget) -> list[str]:
    """The texts of a window that do not fit where they stand."""
    return [text for widget in seen(root) for text in _cut(widget, root)]


def _cut(widget: QWidget, root: QWidget) -> Iterator[str]:
    if widget.visibleRegion().isEmpty():
        return  # behind another panel
    if isinstance(widget, QLabel | QAbstractButton):
        fits = _label_fits(widget) if isinstance(widget, QLabel) else _button_fits(widget)
        if widget.text() and not (fits and _lies_within(widget, root)):
            yield widget.text()
        return
    measured = widget.fontMetrics().horizontalAdvance
    yield from (words for words, room in _lines(widget) if measured(words) > room + _SLACK)


def _lines(widget: QWidget) -> Iterator[tuple[str, int]]:
    """What else a widget says, each with its room in pixels."""
    if isinstance(widget, QComboBox) and not widget.isEditable():
        yield widget.currentText(), widget.width() - _ARROW
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab), widget.tabRect(tab).width()
    elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        for section, head in enumerate(_heads(widget)):
            if not widget.isSectionHidden(section):
                yield head, widget.sectionSize(section)
    elif isinstance(widget, QLineEdit) and not widget.text():
        yield widget.placeholderText(), widget.contentsRect().width() - 4


def _button_fits(button: QAbstractButton) -> bool:
    font = QFont(button.font())
    if button.isCheckable():
        font.setWeight(QFont.Weight.DemiBold)  # as a segment that is chosen
    needed = QFontMetrics(font).horizontalAdvance(button.text()) + 4
    if isinstance(button, QPushButton | QCheckBox | QRadioButton):
        needed = button.sizeHint().width()
    return button.width() + _SLACK >= needed


def _label_fits(label: QLabel) -> bool:
    if not label.pixmap().isNull():
        return True
    if label.wordWrap():
        return label.heightForWidth(label.width()) <= label.height() + _SLACK
    return label.minimumSizeHint().width() <= label.width() + _SLACK


def _lies_within(widget: QWidget, root: QWidget) -> bool:
    """Whether nothing cuts off a widget's sides, but where it can be scrolled to."""
    parent = widget.parentWidget()
    while parent is not None and widget is not root:
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea):
            return True
        left = widget.mapTo(parent, widget.rect().topLeft()).x()
        if left < 0 or left + widget.width() > parent.width() + _SLACK:
            return False
        if parent is root:
            return True
        parent = parent.parentWidget()
    return True


def _heads(header: QHeaderView) -> list[str]:
    model = header.model()
    if model is None:
        return []
    count = model.columnCount()
    role = Qt.ItemDataRole.DisplayRole
    heads = (model.headerData(n, Qt.Orientation.Horizontal, role) for n in range(count))
    return [str(head or "") for head in heads]


def _rows(view: QAbstractItemView) -> Iterator[str]:
    """What stands in the rows of a list, and in those of a tree that are not below others."""
    model = view.model()
    top = QModelIndex()
    for row in range(min(model.rowCount(top), _MANY) if model else 0):
        columns = model.columnCount() if isinstance(view, QTreeView) else 1
        for column in range(columns):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                said = model.index(row, column).data(role)
                if isinstance(said, str):
                    yield said
