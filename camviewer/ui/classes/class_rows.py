"""The rows of the class list: what they hold, and how one is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camviewer.engine.render.number_words import percent_digits
from camviewer.engine.results.messages import Verdict
from camviewer.ui.style import tr
from camviewer.ui.style.theme import current_tokens
from camviewer.ui.style.wording import are_values, score_words, shown_first
from camviewer.ui.widgets.plain_text import in_tip

ROW_HEIGHT = 32
_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row holds beside its text."""

    CLASS = Qt.ItemDataRole.UserRole + 1
    PROBABILITY = Qt.ItemDataRole.UserRole + 2
    EXTRA = Qt.ItemDataRole.UserRole + 3
    PLACEHOLDER = Qt.ItemDataRole.UserRole + 4
    VALUE = Qt.ItemDataRole.UserRole + 5


def search_classes(query: str, folded_labels: Sequence[str], order: Sequence[int]) -> list[int]:
    """Finds classes by every word of a query, in the given order; an index comes first.

    ``folded_labels`` are the class names after ``casefold``. ``#281`` means the index alone.
    """
    query = query.strip().casefold()
    digits = query.removeprefix("#").strip()
    hits: list[int] = []
    if digits.isdecimal() and int(digits) < len(folded_labels):
        hits.append(int(digits))
    if query.startswith("#"):
        return hits
    wanted = query.split()
    by_name = (i for i in order if all(word in folded_labels[i] for word in wanted))
    return hits + [index for index in by_name if index not in hits]


class ClassRows(QAbstractListModel):
    """The classes on show: the top k, or what a search found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._unit = ""
        self._folded: tuple[str, ...] = ()
        self._verdict: Verdict | None = None
        self._order: Sequence[int] = ()
        self._rows: list[int] = []
        self._top_count = 0
        self._placeholders = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """The class names by index."""
        return self._labels

    @property
    def has_verdict(self) -> bool:
        """Whether the probabilities are known."""
        return self._verdict is not None

    def set_labels(self, labels: Sequence[str], unit: str = "") -> None:
        """Takes the names of another model's classes or values, and forgets the verdict.

        Args:
            labels: the names.
            unit: of the values.
        """
        self._labels = tuple(labels)
        self._unit = unit
        self._folded = tuple(label.casefold() for label in self._labels)
        self.set_verdict(None)

    def set_verdict(self, verdict: Verdict | None) -> None:
        """Takes what the model says; `list_top` or `list_found` must follow."""
        self._verdict = verdict
        count = len(self._labels)
        self._order = range(count) if verdict is None else shown_first(verdict, count)

    def list_placeholders(self, count: int) -> None:
        """Lists rows that say nothing yet."""
        self._replace([], placeholders=count)

    def list_top(self, k: int, selected: int | None) -> None:
        """Lists the ``k`` most probable classes, and the selected one even if it is not in them."""
        rows = list(self._order[:k]) if self._verdict is not None else []
        top_count = len(rows)
        if rows and selected is not None and selected not in rows:
            rows.append(selected)
        self._replace(rows, top_count)

    def list_found(self, query: str) -> None:
        """Lists the classes that a search finds, the most probable first."""
        found = search_classes(query, self._folded, self._order)
        self._replace(found, len(found))

    def row_of(self, class_index: int | None) -> int | None:
        """The row that shows a class."""
        if class_index is None or class_index not in self._rows:
            return None
        return self._rows.index(class_index)

    def class_at(self, row: int) -> int:
        """The class that a row shows."""
        return self._rows[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows) or self._placeholders

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Says that a row may be chosen only once the model has spoken."""
        if self._placeholders:
            return Qt.ItemFlag.NoItemFlags
        if self._verdict is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row says on screen, in its tooltip and to a screen reader."""
        if self._placeholders:
            return self._placeholder_data(role)
        class_index = self._rows[index.row()]
        said: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self._labels[class_index],
            Qt.ItemDataRole.ToolTipRole: lambda: in_tip(self._full_words(class_index)),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(class_index),
            Role.CLASS: lambda: class_index,
            Role.PROBABILITY: lambda: self._probability(class_index),
            Role.VALUE: lambda: self._value(class_index),
            Role.EXTRA: lambda: index.row() >= self._top_count,
        }
        say = said.get(role)
        return None if say is None else say()

    def _placeholder_data(self, role: int) -> object:
        if role == Role.PLACEHOLDER:
            return True
        return tr("Working") if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _probability(self, class_index: int) -> float | None:
        if self._verdict is None or are_values(self._verdict):
            return None
        return float(self._verdict.probabilities[class_index])

    def _value(self, class_index: int) -> str:
        """A value with its unit; empty for a class."""
        if self._verdict is None or not are_values(self._verdict):
            return ""
        return score_words(self._verdict, class_index, self._unit)

    def _full_words(self, class_index: int) -> str:
        words = tr("{name}\nclass #{index}").format(
            name=self._labels[class_index], index=class_index
        )
        if self._verdict is None:
            return words
        if are_values(self._verdict):
            value = float(self._verdict.logits[class_index])
            return tr("{name}\noutput #{index}\n{value} {unit}").format(
                name=self._labels[class_index],
                index=class_index,
                value=f"{value:.6g}",
                unit=self._unit,
            )
        logit = float(self._verdict.logits[class_index])
        probability = float(self._verdict.probabilities[class_index])
        return tr("{words}\nprobability {probability}\nlogit {logit}").format(
            words=words, probability=f"{probability:.6g}", logit=f"{logit:.4f}"
        )

    def _spoken(self, class_index: int) -> str:
        probability = self._probability(class_index)
        name = self._labels[class_index]
        if probability is None:
            return f"{name} {self._value(class_index)}".rstrip()
        digits = percent_digits(probability)
        digits = digits.replace("<", "less than ").replace(">", "more than ")
        return tr("{name}, {digits} percent").format(name=name, digits=digits)

    def _replace(self, rows: list[int], top_count: int = 0, placeholders: int = 0) -> None:
        self.beginResetModel()
        self._rows, self._top_count, self._placeholders = rows, top_count, placeholders
        self.endResetModel()


class ClassRowPainter(QStyledItemDelegate):
    """Paints name, percentage and a thin bar as long as the probability."""

    _INSET = 8.0
    _SKELETON = (0.5, 0.62, 0.38, 0.46, 0.7)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """One height for all rows, so that a list of thousands needs no measuring."""
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect).adjusted(0, 0, 0, -2)
        if index.data(Role.PLACEHOLDER):
            self._paint_placeholder(painter, row, index.row())
        else:
            self._paint_row(painter, row, option, index)
        painter.restore()

    def _paint_placeholder(self, painter: QPainter, row: QRectF, number: int) -> None:
        line = current_tokens().colour("line")
        share = self._SKELETON[number % len(self._SKELETON)]
        width = (row.width() - 2 * self._INSET) * share
        left, top = row.left() + self._INSET, row.top() + 9
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        painter.drawRoundedRect(QRectF(left, top, width, 9), 4, 4)
        painter.drawRoundedRect(QRectF(row.right() - self._INSET - 36, top, 36, 9), 4, 4)

    def _paint_row(
        self, painter: QPainter, row: QRectF, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        tokens = current_tokens()
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("selected" if selected else "hover"))
            painter.drawRoundedRect(row, 6, 6)
        if self._has_ring(state, option.widget):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 5, 5)
        if index.data(Role.EXTRA) and index.row() > 0:
            painter.setPen(QPen(tokens.colour("line"), 1))
            left, right = row.left() + self._INSET, row.right() - self._INSET
            painter.drawLine(int(left), int(row.top()) - 2, int(right), int(row.top()) - 2)
        inner = row.adjusted(self._INSET, 0, -self._INSET, 0)
        self._paint_words(painter, inner, option.font, index, selected)
        self._paint_bar(painter, inner, index, tokens.colour("accent" if selected else "bar"))

    @staticmethod
    def _has_ring(state: QStyle.StateFlag, widget: QWidget | None) -> bool:
        """Whether the list has the keyboard; Qt's own mark follows the last mouse click too."""
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        by_keys = widget is not None and bool(getattr(widget, "has_keyboard", False))
        return focus and by_keys

    def _paint_words(
        self, painter: QPainter, inner: QRectF, base: QFont, index: _Index, selected: bool
    ) -> None:
        tokens = current_tokens()
        line = inner.adjusted(0, 1, 0, -5)
        number_font = QFont(base)
        unit_font = QFont(base)
        unit_font.setPixelSize(11)
        probability: float | None = index.data(Role.PROBABILITY)
        room = inner.width()
        middle = Qt.AlignmentFlag.AlignVCenter
        if probability is not None:
            unit_width = QFontMetricsF(unit_font).horizontalAdvance("%") + 1
            painter.setFont(unit_font)
            painter.setPen(tokens.colour("muted"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, "%")
            painter.setFont(number_font)
            painter.setPen(tokens.colour("text"))
            numbers = line.adjusted(0, 0, -unit_width, 0)
            digits = percent_digits(probability)
            painter.drawText(numbers, Qt.AlignmentFlag.AlignRight | middle, digits)
            room -= QFontMetricsF(number_font).horizontalAdvance(">99.9") + unit_width + 8
        elif value := str(index.data(Role.VALUE) or ""):
            painter.setFont(number_font)
            painter.setPen(tokens.colour("text"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, value)
            room -= QFontMetricsF(number_font).horizontalAdvance(value) + 8
        name_font = QFont(base)
        name_font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        painter.setFont(name_font)
        painter.setPen(tokens.colour("text"))
        name = QFontMetricsF(name_font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, room
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, name)

    @staticmethod
    def _paint_bar(painter: QPainter, inner: QRectF, index: _Index, colour: QColor) -> None:
        probability: float | None = index.data(Role.PROBABILITY)
        if probability is None:
            return
        length = inner.width() * probability
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        bar = QRectF(inner.left(), inner.bottom() - 4, length, 3)
        painter.drawRoundedRect(bar, min(1.5, length / 2), 1.5)
