"""A popup with a search field over a view, and the keys that lead from one to the other."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRegularExpression,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from camviewer.ui.style import current_tokens


class SearchProxy(QSortFilterProxyModel):
    """The rows that a search leaves, with what lies above them in a tree.

    Args:
        role: holds the text that is searched.
        parent: Qt's.
    """

    def __init__(self, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self.setFilterRole(role)

    def seek(self, text: str) -> None:
        """Leaves the rows with all of these words, in whatever order."""
        words = (QRegularExpression.escape(word) for word in text.split())
        pattern = QRegularExpression("".join(f"(?=.*{word})" for word in words))
        options = QRegularExpression.PatternOption
        pattern.setPatternOptions(
            options.CaseInsensitiveOption | options.DotMatchesEverythingOption
        )
        self.setFilterRegularExpression(pattern)


def prepare_search_field(field: QLineEdit, placeholder: str, keys_for: QObject) -> None:
    """Dresses a search field and lets another object see its keys first."""
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(placeholder)
    field.setClearButtonEnabled(True)
    field.installEventFilter(keys_for)


class SearchPopup(QFrame):
    """Opens under a widget; a subclass says what the first hit is and what taking a row does.

    Args:
        view: of the rows.
        role: holds the text that is searched.
        placeholder: what the field is for.
        nothing: is said where nothing matches.
        parent: the widget that it opens under, or one above.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        role: int,
        placeholder: str,
        nothing: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.proxy = SearchProxy(role, self)
        self._field = QLineEdit(self)
        self._nothing = QLabel(nothing, self)
        self._rows = view
        self._taking_keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        view.setModel(self.proxy)
        view.installEventFilter(self)
        view.clicked.connect(self.take)
        prepare_search_field(self._field, placeholder, self)
        self._field.textChanged.connect(self._on_search)
        self._nothing.setProperty("role", "hint")
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._field)
        layout.addWidget(self._nothing)
        layout.addWidget(view, 1)

    @property
    def search_field(self) -> QLineEdit:
        """The field that narrows the rows."""
        return self._field

    def first_hit(self) -> QModelIndex:
        """The row that Enter in the field takes."""
        return self.proxy.index(0, 0)

    def is_uppermost(self, index: QModelIndex) -> bool:
        """Whether the arrow key Up leads from this row back to the field."""
        return index == self.first_hit()

    def take(self, index: QModelIndex) -> None:
        """A row was clicked, or Enter pressed on it."""
        raise NotImplementedError

    def seek(self, text: str) -> None:
        """Leaves the rows that match what is sought."""
        self.proxy.seek(text)

    def searched(self) -> None:
        """The rows that are left are other ones."""

    def enter_rows(self) -> None:
        """The keyboard goes from the field to the rows."""
        if not self._rows.currentIndex().isValid():
            self._rows.setCurrentIndex(self.first_hit())
        self._rows.setFocus(Qt.FocusReason.TabFocusReason)

    def show_below(self, anchor: QWidget, size: QSize) -> None:
        """Opens under a widget, flush with its right edge and within the screen."""
        corner = anchor.mapToGlobal(QPoint(anchor.width(), anchor.height() + 2))
        area = anchor.screen().availableGeometry()
        self._show_at(corner - QPoint(min(size.width(), area.width()), 0), size, anchor)

    def show_over(self, window: QWidget, size: QSize, below: int) -> None:
        """Opens over a window, in its middle and some pixels below its upper edge."""
        left = (window.width() - size.width()) // 2
        self._show_at(window.mapToGlobal(QPoint(left, below)), size, window)

    def _show_at(self, corner: QPoint, size: QSize, near: QWidget) -> None:
        area = near.screen().availableGeometry()
        size = size.boundedTo(area.size())
        left = min(max(corner.x(), area.left()), area.right() - size.width() + 1)
        top = min(max(corner.y(), area.top()), area.bottom() - size.height() + 1)
        self.resize(size)
        self.move(left, top)
        self._field.clear()
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws its own edge: a popup of a combo box is given none by the style sheet."""
        del event
        tokens = current_tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.colour("panel"))
        painter.setPen(tokens.colour("disabled"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Carries the keys that lead from the field to the rows, and those that take one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            in_field = watched is self._field
            return self._key(in_field, Qt.Key(event.key())) or (
                not in_field and self._type_on(event)
            )
        return super().eventFilter(watched, event)

    def take_with(self, key: Qt.Key) -> None:
        """Another key takes the current row, too."""
        self._taking_keys.add(key)

    def _key(self, in_field: bool, key: Qt.Key) -> bool:
        if in_field and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.first_hit())
        elif not in_field and key in self._taking_keys:
            self.take(self._rows.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key == Qt.Key.Key_Down and in_field:
            self.enter_rows()
        elif key == Qt.Key.Key_Up and not in_field and self.is_uppermost(self._rows.currentIndex()):
            self._field.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            return False
        return True

    def _type_on(self, event: QKeyEvent) -> bool:
        """Letters that are typed in the rows go on with the search."""
        letters = event.text().strip()
        erases = event.key() == Qt.Key.Key_Backspace
        if not erases and not (letters and letters.isprintable()):
            return False
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.deselect()
        if erases:
            self._field.backspace()
        else:
            self._field.insert(letters)
        return True

    def _on_search(self, text: str) -> None:
        self.seek(text)
        self._nothing.setVisible(self.proxy.rowCount() == 0)
        self.searched()
