"""The filters in force as chips, and the button that adds one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from camviewer.ui.review.filter_form import FilterForm
from camviewer.ui.review.host import RunFacts
from camviewer.ui.style import tr, translated
from camviewer.ui.widgets import in_button
from camviewer.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from camviewer.engine.review import Filter


class FilterBar(QWidget):
    """Chips that say what they do; a click takes one away.

    Signals:
        changed: (tuple of Filter) what holds from now on.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters: tuple[Filter, ...] = ()
        self._chips: list[QPushButton] = []
        self._form: FilterForm | None = None
        self._facts: RunFacts | None = None
        self._tags: Sequence[str] = ()
        self._add = QPushButton(tr("+ Filter"), self)
        self._add.setProperty("kind", "ghost")
        self._add.setToolTip(tr("Show only some of the pictures"))
        self._add.clicked.connect(self.open_form)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self)
        self._flow.addWidget(self._add)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """What holds."""
        return self._filters

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """The chips, in the order in which they were added."""
        return tuple(self._chips)

    @property
    def add_button(self) -> QPushButton:
        """Opens the form."""
        return self._add

    @property
    def form(self) -> FilterForm | None:
        """The form; None until it was opened once."""
        return self._form

    def set_facts(self, facts: RunFacts) -> None:
        """Takes which classes and columns there are."""
        self._facts = facts
        if self._form is not None:
            self._form.set_facts(facts)

    def set_tags(self, tags: Sequence[str]) -> None:
        """Takes the tags that reviewers gave."""
        self._tags = tags
        if self._form is not None:
            self._form.set_tags(tags)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Takes filters without a signal."""
        self._filters = tuple(filters)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()  # it is deleted only when the event loop runs again
            chip.deleteLater()
        self._flow.removeWidget(self._add)
        self._chips = [self._chip(one) for one in self._filters]
        for widget in (*self._chips, self._add):
            self._flow.addWidget(widget)
        self.updateGeometry()

    def add(self, *filters: Filter) -> None:
        """Adds filters, each in the place of one that it replaces."""
        from camviewer.engine.review.filters import with_filter  # noqa: PLC0415  (start-up)

        held = self._filters
        for one in filters:
            held = with_filter(held, one)
        self._change(held)

    def replace_all(self, *filters: Filter) -> None:
        """Has these hold, and no others."""
        self._change(filters)

    def open_form(self) -> None:
        """Opens the form under the button."""
        if self._facts is None:
            return
        if self._form is None:
            self._form = FilterForm(self)
            self._form.set_facts(self._facts)
            self._form.set_tags(self._tags)
            self._form.wanted.connect(lambda filters: self.add(*filters))
        self._form.adjustSize()
        corner = self._add.mapToGlobal(QPoint(0, self._add.height() + 4))
        screen = self.screen().availableGeometry()
        left = max(min(corner.x(), screen.right() - self._form.width()), screen.left())
        self._form.move(left, corner.y())
        self._form.show()
        self._form.start()

    def _chip(self, one: Filter) -> QPushButton:
        from camviewer.engine.review.filters import words_of  # noqa: PLC0415  (start-up)

        facts = self._facts
        words = words_of(
            one,
            () if facts is None else facts.labels,
            of_two=facts is not None and facts.compared is not None,
        )
        said = translated(words)
        if said == words:  # what stands before a colon is said of a class, which keeps its name
            head, colon, name = words.partition(": ")
            said = f"{translated(head)}{colon}{name}"
        words = said
        chip = QPushButton(in_button(f"{words}  ×"), self)
        chip.setAccessibleName(tr("Remove the filter: {words}").format(words=words))
        chip.setToolTip(tr("Remove this filter"))
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setProperty("kind", "chip")
        chip.clicked.connect(partial(self._remove, one))
        chip.show()
        return chip

    def _remove(self, gone: Filter) -> None:
        self._change(tuple(one for one in self._filters if one is not gone))

    def _change(self, filters: tuple[Filter, ...]) -> None:
        self.set_filters(filters)
        self.changed.emit(filters)
