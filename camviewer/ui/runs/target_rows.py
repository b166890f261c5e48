"""The rows of the form that ask what the maps of a run explain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from camviewer.engine.results import MethodInfo, ModelInfo
from camviewer.engine.results.target_words import target_text
from camviewer.engine.results.targets import (
    OutputFunction,
    RegionPixels,
    Target,
    takes_any_class,
    why_not_explained,
    without_class,
)
from camviewer.ui.explain.target_box import TargetBox
from camviewer.ui.style import tr, translated
from camviewer.ui.widgets import FormRows
from camviewer.ui.widgets.pick_box import class_items


class TargetRows(QObject):
    """Asks for a target that holds for all pictures of a run.

    Signals:
        changed: another one was chosen, or one that still wants its class.

    Args:
        rows: where the rows are added.
        parent: the form.
    """

    changed = Signal()

    def __init__(self, rows: FormRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._target: Target | None = None
        self._model = ""
        self._box = TargetBox(parent, over_run=True)
        rows.add_row(tr("What"), self._box, self._box)
        for title, box, wanted in (
            (tr("Than"), self._box.other, self._box.other_wanted),
            (tr("Output"), self._box.output, self._box.output_wanted),
        ):
            rows.add_row(title, box, box)
            rows.set_row_visible(box, False)
            wanted.connect(lambda seen, box=box: rows.set_row_visible(box, seen))
            wanted.connect(self.changed)
        self._box.target_chosen.connect(self._take)

    @property
    def words(self) -> str:
        """The target, as ``--target`` takes it; empty for the classes' scores."""
        return "" if self._target is None else target_text(self._target)

    @property
    def title(self) -> str:
        """The target as the box calls it; empty for the classes' scores."""
        return "" if self._target is None else self._box.box.currentText()

    @property
    def takes_classes(self) -> bool:
        """Whether there is one map for each class that is chosen."""
        return takes_any_class(self._target)

    def set_model(self, info: ModelInfo) -> None:
        """Offers what can be asked of a model; what was chosen for another one is dropped."""
        if info.id != self._model:
            self._model = info.id
            self.choose(None)
        self._box.set_classes(lambda: class_items(info.labels, None))
        self._box.set_model(info)

    def choose(self, target: Target | None) -> None:
        """Takes the target of a picture, unless it is of this picture alone."""
        of_one = isinstance(target, OutputFunction) or (
            isinstance(target, RegionPixels) and target.region is not None
        )
        self._target = None if of_one else without_class(target)
        self._box.set_target(self._target)

    def refusals(
        self, methods: Sequence[tuple[MethodInfo, str]]
    ) -> tuple[tuple[MethodInfo, str], ...]:
        """The same methods, with why one cannot explain what is chosen."""
        whys = ((method, self._why_not(method)) for method, _ in methods)
        return tuple((method, why[:1].upper() + why[1:]) for method, why in whys)

    def refusal(self, method: MethodInfo | None) -> tuple[str, str] | None:
        """(message, hint): why there can be no run of what is chosen; None where there can."""
        if self._box.lacks_class:
            return tr("No class or output is chosen for what is explained."), tr("Choose one.")
        why = "" if method is None else self._why_not(method)
        if method is None or not why:
            return None
        return (
            tr("{method} cannot explain that: {reason}").format(
                method=translated(method.title), reason=translated(why)
            ),
            tr("Choose another method, or explain the classes."),
        )

    def _why_not(self, method: MethodInfo) -> str:
        return why_not_explained(method, self._target)

    def _take(self, target: Target | None) -> None:
        self._target = target
        self.changed.emit()
