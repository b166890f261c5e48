"""What a screen reader is told of the controls in a window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QWidget,
)

_OF_ANOTHER = (QAbstractSpinBox, QComboBox, QLineEdit)
"""Controls whose inner parts are heard as a part of them."""
_NAMED_BY_QT = (QScrollBar, QHeaderView, QMenuBar, QTabBar)
"""A tab bar itself has no name; each of its tabs has one."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard or a click: in every page of the window, seen or not."""
    for widget in (root, *root.findChildren(QWidget)):
        takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not (takes or isinstance(widget, QAbstractButton)) or isinstance(widget, _NAMED_BY_QT):
            continue
        if isinstance(widget.parent(), _OF_ANOTHER) or widget.objectName().startswith("qt_"):
            continue
        if _is_blank(widget):
            continue
        if widget.focusProxy() is not None and root.isAncestorOf(widget.focusProxy()):
            continue
        if widget.window() is root.window() or root.isAncestorOf(widget):
            yield widget


def _is_blank(widget: QWidget) -> bool:
    """Whether it is out of sight until there is something to say."""
    if widget.isVisible() or not isinstance(widget, QAbstractButton | QLabel):
        return False
    has_icon = isinstance(widget, QAbstractButton) and not widget.icon().isNull()
    return not widget.text() and not has_icon


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it, be it by a label beside it."""
    if isinstance(widget, QComboBox):  # on Linux Qt hands its label out apart from its text
        labels = widget.window().findChildren(QLabel)
        beside = (label.text() for label in labels if label.buddy() is widget)
        return widget.accessibleName() or next(beside, "")
    told = QAccessible.queryAccessibleInterface(widget)
    return "" if told is None else told.text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    """What a screen reader says of it behind its name."""
    told = QAccessible.queryAccessibleInterface(widget)
    return "" if told is None else told.text(QAccessible.Text.Description)


def nameless(root: QWidget) -> list[str]:
    """Controls without a name, described for whoever has to name them."""
    return [_described(widget) for widget in controls(root) if not name_of(widget).strip()]


def confusable(root: QWidget) -> list[str]:
    """Names that several controls on screen share."""
    seen = [widget for widget in controls(root) if widget.isVisible()]
    names = Counter(name_of(widget) for widget in seen)
    return [
        f"{name!r}: {', '.join(_described(one) for one in seen if name_of(one) == name)}"
        for name, count in names.items()
        if count > 1
    ]


def _described(widget: QWidget) -> str:
    parents, above = [], widget.parentWidget()
    while above is not None:
        parents.append(type(above).__name__)
        above = above.parentWidget()
    text = widget.text() if isinstance(widget, QAbstractButton) else widget.toolTip()
    return f"{type(widget).__name__}({text!r}) in {' < '.join(parents[:4])}"
