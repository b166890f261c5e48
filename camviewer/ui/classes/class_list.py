"""Lists what the model says of the picture, and finds any of its classes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isnan

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.calibration import confidence_lines
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.messages import Explanation, Verdict
from camviewer.ui.classes.class_count_spin import TopSpin
from camviewer.ui.classes.class_rows import ClassRowPainter, ClassRows
from camviewer.ui.classes.class_rows_view import ClassRowsView
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.style import mark, tr, translated
from camviewer.ui.style.theme import current_tokens, notifier, set_icon
from camviewer.ui.style.wording import percent, times
from camviewer.ui.work.model_answers import ModelReady

# The theme's tool buttons are too high for the icons that stand inside a field.
_SEARCH_STYLE = "QToolButton { min-width: 0; min-height: 0; padding: 0; border: 0; }"

DEFAULT_K = 5
_MOST_PLACEHOLDERS = 8
_WITHOUT_CLASSES = mark(
    "This model has no classes: it puts out features. Maps that need no class show "
    "what it answers to. Model > Train a CAM head… teaches it classes."
)
_SEEN = {
    PlacementMode.CROP: mark("the <b>trained crop{at}</b>"),
    PlacementMode.WHOLE: mark("the picture <b>whole{at}</b>"),
    PlacementMode.STRETCH: mark("the picture <b>stretched{at}</b>"),
}


def here_line(explanation: Explanation) -> str:
    """Says what the class scores where the map was made; empty when that is the recipe's place."""
    if explanation.remark:
        return escape(translated(explanation.remark))
    mode, detail = explanation.placement.mode, explanation.placement.detail
    if mode is PlacementMode.CROP and detail == 1.0:
        return ""
    at = "" if detail == 1.0 else tr(", at {detail}").format(detail=times(detail))
    seen = tr(_SEEN[mode]).format(at=at)
    if not explanation.has_class or isnan(explanation.probability_here):
        return tr("This map sees {seen}.").format(seen=seen)
    name = escape(explanation.class_name)
    score = escape(percent(explanation.probability_here))
    return tr("This map sees {seen}: {name} <b>{score}</b> there.").format(
        seen=seen, name=name, score=score
    )


class ClassList(QWidget):
    """The top k classes with their probabilities, and a search over all of them."""

    class_chosen = Signal(int)
    """The index of the class that the user chose."""

    k_changed = Signal(int)
    """How many classes the user wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._k = DEFAULT_K
        self._selected: int | None = None
        self._waiting = False
        self._here = ""
        self._none_words = ""
        self._head = QLabel(tr("CLASSES"), self)
        self._rows = ClassRows(self)
        self._search = QLineEdit(self)
        self._list = ClassRowsView(self)
        self._top = TopSpin(self)
        self._nothing = _quiet_label("hint", self)
        self._here_label = _quiet_label("hint", self)
        self._confidence_label = _quiet_label("hint", self)
        self._build()
        self._connect()
        self._refresh()

    def follow(self, exploration: Exploration) -> None:
        """Lists the classes of the picture that is looked at, and explains the chosen one."""
        exploration.model_ready.connect(self._take_model)
        exploration.picture_shown.connect(self.show_placeholders)
        exploration.verdict_changed.connect(self.show_verdict)
        exploration.explanation_changed.connect(self._show_explanation)
        exploration.emptied.connect(self.clear)
        self.class_chosen.connect(exploration.choose_class)

    @property
    def k(self) -> int:
        """How many classes are listed."""
        return self._k

    @property
    def selected(self) -> int | None:
        """The class that is marked."""
        return self._selected

    @property
    def search_field(self) -> QLineEdit:
        """The field that finds a class, for a shortcut to lead to."""
        return self._search

    @property
    def view(self) -> QListView:
        """The list itself."""
        return self._list

    def set_k(self, k: int) -> None:
        """Lists ``k`` classes, without a signal."""
        self._k = max(k, 1)
        self._top.show_value(self._k)
        self._refresh()

    def set_labels(
        self, labels: Sequence[str], none_words: str = "", unit: str = "", are_values: bool = False
    ) -> None:
        """Takes another model's classes; what was said before is forgotten.

        Args:
            labels: the classes' names.
            none_words: what is said in place of classes, when there are none and never will be.
            unit: of values.
            are_values: whether they have values in place of probabilities.
        """
        self._rows.set_labels(labels, unit)
        self._head.setText(tr("VALUES") if are_values else tr("CLASSES"))
        self._search.setPlaceholderText(tr("Find a value") if are_values else tr("Find a class"))
        self._set_confidence(())
        self._none_words = none_words
        self._search.setHidden(bool(none_words))
        self._selected = None
        self._top.set_count(len(labels))
        self._top.show_value(self._k)
        self.set_here_line("")
        self._refresh()

    def show_verdict(self, verdict: Verdict, selected: int | None) -> None:
        """Shows what the model says, with one class marked."""
        self._waiting = False
        self._selected = selected
        self._rows.set_verdict(verdict)
        found = verdict.confidence
        self._set_confidence(() if found is None else confidence_lines(found, self._rows.labels))
        self._refresh()

    def show_placeholders(self) -> None:
        """Shows quiet rows while the model works."""
        self._waiting = True
        self._selected = None
        self._rows.set_verdict(None)
        self._set_confidence(())
        self.set_here_line("")
        self._refresh()

    def clear(self) -> None:
        """Shows that there is nothing to say yet."""
        self._waiting = False
        self._selected = None
        self._rows.set_verdict(None)
        self._set_confidence(())
        self.set_here_line("")
        self._refresh()

    def select_class(self, class_index: int) -> None:
        """Marks a class, without a signal."""
        self._selected = class_index
        if self._rows.row_of(class_index) is None:
            self._refresh()
        else:
            self._mark_selected()

    def set_here_line(self, text: str) -> None:
        """Shows one rich line under the list; nothing when empty."""
        self._here = text
        colour = current_tokens().text
        self._here_label.setText(f"<style>b {{ color: {colour}; font-weight: 600; }}</style>{text}")
        self._here_label.setVisible(bool(text))

    def _set_confidence(self, lines: Sequence[str]) -> None:
        """Shows what the model's calibration says beside the verdict; nothing when empty."""
        self._confidence_label.setText("\n".join(map(translated, lines)))
        self._confidence_label.setVisible(bool(lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leads from the search field into the list and back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._search:
                return self._search_key(event)
            if watched is self._list and event.key() == Qt.Key.Key_Up:
                return self._leave_upwards()
        return super().eventFilter(watched, event)

    def _take_model(self, ready: ModelReady) -> None:
        info = ready.info
        self.set_labels(
            info.labels,
            "" if info.has_classes else tr(_WITHOUT_CLASSES),
            info.unit,
            are_values=info.has_classes and not info.has_probabilities,
        )

    def _show_explanation(self, explanation: Explanation | None) -> None:
        if explanation is None:
            self.show_placeholders()
            return
        self.select_class(explanation.class_index)
        self.set_here_line(here_line(explanation))

    def _build(self) -> None:
        self._head.setProperty("role", "head")
        self._search.setPlaceholderText(tr("Find a class"))
        self._search.setAccessibleName(tr("Find a class by name or index"))
        self._search.setClearButtonEnabled(True)
        self._search_action = QAction(self._search)
        set_icon(self._search_action, "search", role="muted")
        self._search.addAction(self._search_action, QLineEdit.ActionPosition.LeadingPosition)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(ClassRowPainter(self._list))
        self._list.setAccessibleName(tr("Classes"))
        self._here_label.setTextFormat(Qt.TextFormat.RichText)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._confidence_label.setTextFormat(Qt.TextFormat.PlainText)
        self._confidence_label.setAccessibleName(tr("What the model's calibration says"))
        self._confidence_label.hide()
        # As it is read: the number at the upper right, the field, the classes.
        self.setTabOrder(self._top, self._search)
        self.setTabOrder(self._search, self._list)
        headline = QHBoxLayout()
        headline.addWidget(self._head)
        headline.addStretch(1)
        headline.addWidget(self._top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setSpacing(0)
        layout.addLayout(_indented(headline))
        layout.addSpacing(4)
        layout.addLayout(_indented(self._search))
        layout.addSpacing(6)
        layout.addWidget(self._list)
        layout.addSpacing(4)
        layout.addLayout(_indented(self._nothing))
        layout.addLayout(_indented(self._confidence_label))
        layout.addLayout(_indented(self._here_label))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._apply_theme()

    def _connect(self) -> None:
        self._search.setStyleSheet(_SEARCH_STYLE)
        self._search.installEventFilter(self)
        self._list.installEventFilter(self)
        self._search.textChanged.connect(self._refresh)
        self._list.current_moved.connect(self._on_current_moved)
        self._top.chosen.connect(self._on_k_chosen)
        notifier().changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        self.set_here_line(self._here)
        self._list.viewport().update()

    def _refresh(self) -> None:
        """Lists what is to be seen now: placeholders, hits, or the top k."""
        query = self._search.text().strip()
        with self._list.quiet():
            if self._waiting and not self._none_words:
                self._rows.list_placeholders(min(self._k, _MOST_PLACEHOLDERS))
            elif query:
                self._rows.list_found(query)
            else:
                self._rows.list_top(self._k, self._selected)
        self._list.updateGeometry()
        self._mark_selected()
        self._say_nothing(query)

    def _say_nothing(self, query: str) -> None:
        empty = self._rows.rowCount() == 0
        self._list.setHidden(empty)
        self._nothing.setVisible(empty)
        if self._none_words:
            self._nothing.setText(self._none_words)
        elif empty and query and self._rows.labels:
            self._nothing.setText(tr("No class matches “{query}”.").format(query=query))
        else:
            self._nothing.setText(tr("The classes appear here."))

    def _mark_selected(self) -> None:
        row = self._rows.row_of(self._selected)
        with self._list.quiet():
            if row is None or not self._rows.has_verdict:
                self._list.setCurrentIndex(QModelIndex())
            else:
                self._list.setCurrentIndex(self._rows.index(row))

    def _on_current_moved(self, row: int) -> None:
        if self._rows.has_verdict:
            self._choose(self._rows.class_at(row))

    def _choose(self, class_index: int) -> None:
        if class_index != self._selected:
            self._selected = class_index
            self.class_chosen.emit(class_index)

    def _on_k_chosen(self, k: int) -> None:
        self._k = k
        self._refresh()
        self.k_changed.emit(k)

    def _search_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go_to_first_hit()
            case Qt.Key.Key_Down:
                self._enter_list()
            case Qt.Key.Key_Escape if self._search.text():
                self._search.clear()
            case _:
                return False
        return True

    def _go_to_first_hit(self) -> None:
        if self._rows.rowCount() and self._rows.has_verdict:
            self._list.setCurrentIndex(self._rows.index(0))

    def _enter_list(self) -> None:
        if not self._rows.rowCount() or not self._rows.has_verdict:
            return
        self._list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._rows.index(0))

    def _leave_upwards(self) -> bool:
        """Goes back to the search field from the first row."""
        if self._list.currentIndex().row() > 0:
            return False
        self._search.setFocus(Qt.FocusReason.BacktabFocusReason)
        return True


def _quiet_label(role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setMinimumHeight(26)
    return label


def _indented(content: QWidget | QHBoxLayout) -> QHBoxLayout:
    """Content set in by 4 px, so that the marked row reaches beyond what stands above it."""
    row = QHBoxLayout()
    row.setContentsMargins(4, 0, 4, 0)
    if isinstance(content, QWidget):
        row.addWidget(content)
    else:
        row.addLayout(content)
    return row
