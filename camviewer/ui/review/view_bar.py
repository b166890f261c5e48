"""The line above the gallery: order, which map, and how many pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from camviewer.ui.review.host import RunFacts
from camviewer.ui.style import theme, tr, translated, whole
from camviewer.ui.widgets import Segmented

if TYPE_CHECKING:
    from camviewer.engine.review import Sort


class ViewBar(QWidget):
    """Controls of the view.

    Signals:
        changed: order or map.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sort = QComboBox(self)
        self._direction = QPushButton(self)
        self._map = Segmented(((False, tr("Said")), (True, tr("True"))), tr("Map"), self)
        self._again = QPushButton(tr("Filter and sort again"), self)
        self._count = QLabel(self)
        self._map_label = QLabel(tr("Map of"), self)
        self._reverse = False
        self._sorts: dict[str, Sort] = {}
        self._build()

    @property
    def sort_box(self) -> QComboBox:
        """The orders."""
        return self._sort

    @property
    def direction_button(self) -> QPushButton:
        """Turns the order around."""
        return self._direction

    @property
    def again_button(self) -> QPushButton:
        """Brings what is in view up to date; hidden while it is."""
        return self._again

    @property
    def sort(self) -> str:
        """Name of the order."""
        return str(self._sort.currentData() or "path")

    @property
    def reverse(self) -> bool:
        """Whether the order is turned around."""
        return self._reverse

    @property
    def of_truth(self) -> bool:
        """Whether the map of the true class is shown."""
        return bool(self._map.value)

    @property
    def count(self) -> str:
        """How many pictures of how many are shown."""
        return self._count.text()

    def set_facts(self, facts: RunFacts) -> None:
        """Offers the orders that the run has; the others say what they need."""
        before = self.sort
        self._sorts = {sort.name: sort for sort, _ in facts.sorts}
        self._sort.blockSignals(True)
        self._sort.clear()
        model = self._sort.model()
        for place, (sort, has) in enumerate(facts.sorts):
            self._sort.addItem(translated(sort.title), sort.name)
            if not has and isinstance(model, QStandardItemModel):
                model.item(place).setEnabled(False)
                self._sort.setItemData(place, translated(sort.wants), Qt.ItemDataRole.ToolTipRole)
        self._sort.setCurrentIndex(max(self._sort.findData(before), 0))
        self._sort.blockSignals(False)
        for widget in (self._map, self._map_label):
            widget.setVisible(facts.several_maps and facts.has_truth and facts.compared is None)
        self._say_direction()

    def choose(self, sort: str) -> None:
        """Has this order hold, without a signal."""
        self._sort.blockSignals(True)
        self._sort.setCurrentIndex(max(self._sort.findData(sort), 0))
        self._sort.blockSignals(False)
        self._reverse = False
        self._say_direction()

    def show_count(self, shown: int, total: int) -> None:
        """Says how many pictures are shown, of how many."""
        if shown == total:
            self._count.setText(tr("{n} picture(s)", "", total))
        else:
            words = tr("{shown} of {total} pictures")
            self._count.setText(words.format(shown=whole(shown), total=whole(total)))

    def show_outdated(self, outdated: bool) -> None:
        """Says whether filters and order would give something else by now."""
        self._again.setVisible(outdated)

    def _turn(self) -> None:
        self._reverse = not self._reverse
        self._say_direction()
        self.changed.emit()

    def _chosen(self) -> None:
        self._reverse = False
        self._say_direction()
        self.changed.emit()

    def _say_direction(self) -> None:
        sort = self._sorts.get(self.sort)
        if sort is not None:
            self._direction.setText(translated(sort.last if self._reverse else sort.first))
            self._direction.setAccessibleName(
                tr("Order: {text}").format(text=self._direction.text())
            )

    def _build(self) -> None:
        self._sort.setAccessibleName(tr("Sort by"))
        theme.style_combo(self._sort)
        self._direction.setProperty("kind", "ghost")
        self._direction.setToolTip(tr("Turn the order around"))
        for label in (self._count, self._map_label):
            label.setProperty("role", "muted")
        self._map_label.setBuddy(self._map)
        self._map.setToolTip(
            tr("Whether a picture has the map of what was said, or of its true class")
        )
        sorted_by = QLabel(tr("Sort"), self)
        sorted_by.setProperty("role", "muted")
        sorted_by.setBuddy(self._sort)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (sorted_by, self._sort, self._direction, self._map_label, self._map):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._again)
        layout.addWidget(self._count)
        self._again.setProperty("kind", "ghost")
        self._again.setToolTip(tr("What you judge stays where it is until then (F5)"))
        self._again.setShortcut("F5")
        self._again.hide()
        self._again.clicked.connect(self.changed)
        self._sort.currentIndexChanged.connect(self._chosen)
        self._direction.clicked.connect(self._turn)
        self._map.chosen.connect(lambda _: self.changed.emit())
