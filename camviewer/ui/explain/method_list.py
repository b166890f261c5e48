"""A popup to search the methods in: those used last first, then all of them under their heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QWidget

from camviewer.engine.results import MethodInfo
from camviewer.ui.explain.progress_row import forecast_words
from camviewer.ui.style import mark, tr, translated
from camviewer.ui.widgets import in_tip
from camviewer.ui.widgets.headed_list import KEY, HeadedList, can_be_taken, head_item, row_item

_RECENT = mark("Used last")
_SIZE = QSize(340, 480)


class MethodList(HeadedList):
    """A search field over the methods; those that are not defined are grey and say why."""

    method_taken = Signal(str)
    """The id of the method that was clicked, or taken with Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Methods"), tr("Find a method"), tr("No method matches."), parent)

    def open_below(
        self,
        anchor: QWidget,
        methods: Sequence[tuple[MethodInfo, str]],
        forecasts: Mapping[str, float],
        chosen: str,
        recent: Sequence[str],
    ) -> None:
        """Opens under a widget, with the method in use marked.

        Args:
            anchor: the widget.
            methods: each with why it is not defined; empty when it is.
            forecasts: seconds that slow ones take, by their ids.
            chosen: id of the one in use.
            recent: ids of those that were used, the last one first.
        """
        self.rows.clear()
        known = {method.id: (method, refusal) for method, refusal in methods}
        stood_in_for = {method.stands_in_for for method, _ in methods}
        used = [known[method_id] for method_id in recent if method_id in known]
        rows = [(tr(_RECENT), *entry) for entry in used]
        rows += [(method.group, method, refusal) for method, refusal in methods]
        head = ""
        for title, method, refusal in rows:
            if title and title != head:
                head = title
                self.rows.appendRow(head_item(head))
            item = method_item(method, refusal, forecasts, has_way_out=method.id in stood_in_for)
            self.rows.appendRow(item)
        self.show_below(anchor, _SIZE)
        self.mark(chosen)

    def take(self, index: QModelIndex) -> None:
        """Chooses a method."""
        if can_be_taken(index):
            self.close()
            self.method_taken.emit(index.data(KEY))


def method_item(
    method: MethodInfo,
    refusal: str,
    forecasts: Mapping[str, float] | None = None,
    *,
    has_way_out: bool = False,
) -> QStandardItem:
    """A method, with the seconds that it takes where that is worth a word.

    Args:
        method: the method.
        refusal: why it is not defined; empty when it is.
        forecasts: seconds that slow ones take, by their ids.
        has_way_out: whether it can be chosen although it is not defined: the answer says what can
            be done instead.
    """
    time = forecast_words((forecasts or {}).get(method.id, 0.0))
    refusal = translated(refusal)
    item = row_item(
        method.title,
        method.id,
        time,
        sought=f"{method.title} {method.id} {method.group}",
        refused=bool(refusal),
    )
    item.setToolTip(in_tip(refusal or f"{translated(method.summary)}\n{method.citation}"))
    item.setEnabled(not refusal or has_way_out)
    told = (
        method.title,
        tr("takes {time}").format(time=time) if time else "",
        tr("not defined: {refusal}").format(refusal=refusal),
    )
    item.setAccessibleText(", ".join(words for words in told[: 3 if refusal else 2] if words))
    return item
