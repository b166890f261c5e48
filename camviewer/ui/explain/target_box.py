"""Chooses what is explained: the class, what speaks against it, a difference, a likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from camviewer.engine.geometry.region import Region
from camviewer.engine.results.messages import ModelInfo
from camviewer.engine.results.target_words import file_name
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    Output,
    Reference,
    RegionPixels,
    Target,
    UnlikePictures,
)
from camviewer.ui.style import mark, theme, tr
from camviewer.ui.widgets.pick_box import PickBox, PickItem
from camviewer.ui.widgets.plain_text import in_tip
from camviewer.ui.widgets.quiet_combo import QuietCombo
from camviewer.ui.work.picture_kinds import picture_kinds

_TIP = Qt.ItemDataRole.ToolTipRole


class Kind(Enum):
    """The choices of the box; each says what it does when it is pointed at."""

    CLASS = mark("What speaks for the chosen class")
    AGAINST = mark("What speaks against the chosen class: what lowers its score")
    DIFFERENCE = mark("Why the chosen class more than another one")
    LIKE = mark("How like a reference picture this one is, by the features of the network")
    UNLIKE = mark("How this picture differs from a set of reference pictures (after DiffCAM)")
    UP = mark("What raises one output of the network, the same one in every picture")
    DOWN = mark("What lowers one output of the network, the same one in every picture")
    WON = mark("The class's mean score over the pixels where it wins")
    REGION = mark(
        "The class's mean score over the pixels of the region that is drawn on the picture"
    )


_TITLES = {
    Kind.CLASS: mark("This class"),
    Kind.AGAINST: mark("Against this class"),
    Kind.DIFFERENCE: mark("More than…"),
    Kind.LIKE: mark("Like a picture…"),
    Kind.UNLIKE: mark("Unlike pictures…"),
    Kind.UP: mark("What raises an output…"),
    Kind.DOWN: mark("What lowers an output…"),
    Kind.WON: mark("Pixels where it wins"),
    Kind.REGION: mark("Pixels of the region"),
}
_VALUE_TITLES = {Kind.CLASS: mark("What raises it"), Kind.AGAINST: mark("What lowers it")}
_VALUE_TIPS = {
    Kind.CLASS: mark("What makes the chosen value larger"),
    Kind.AGAINST: mark("What makes the chosen value smaller"),
}

_OUTPUTS = (Kind.UP, Kind.DOWN)
_KINDS: dict[type, Kind] = {
    AgainstClass: Kind.AGAINST,
    ClassDifference: Kind.DIFFERENCE,
    LikePicture: Kind.LIKE,
    UnlikePictures: Kind.UNLIKE,
}


def kind_of(target: Target | None) -> Kind:
    """The choice that a target belongs to."""
    if isinstance(target, RegionPixels):
        return Kind.WON if target.region is None else Kind.REGION
    if isinstance(target, Output):
        return Kind.UP if target.up else Kind.DOWN
    return _KINDS.get(type(target), Kind.CLASS)


class TargetBox(QWidget):
    """A box with the kinds of target.

    Attributes:
        other: the class that a difference is taken to, for a row under the box.
        output: the output that is explained in every picture, for a row under the box.

    Args:
        parent: Qt's.
        over_run: whether it is for many pictures, which have no region in common, and whose list
            of classes cannot be shown.
    """

    other_wanted = Signal(bool)
    """Whether the class of a difference is to be seen."""

    output_wanted = Signal(bool)
    """Whether the output is to be seen."""

    target_chosen = Signal(object)
    """The Target without a class, which the list of classes has; None for the class itself."""

    def __init__(self, parent: QWidget | None = None, *, over_run: bool = False) -> None:
        super().__init__(parent)
        self._over_run = over_run
        self._target: Target | None = None
        self._region: Region | None = None
        self._kinds: list[Kind] = []
        self._are_values = False
        self._items: Callable[[], Sequence[PickItem]] = tuple
        self._box = QuietCombo(self)
        self.other = PickBox(tr("Choose a class"), several=False, parent=self)
        self.output = PickBox(tr("Choose an output"), several=False, parent=self)
        self.output.hide()  # only a form has a row for it; elsewhere it would lie over the box
        self._box.setAccessibleName(tr("What is explained"))
        self._box.setMinimumContentsLength(8)
        theme.style_combo(self._box)
        self.other.setAccessibleName(tr("The class that it is compared with"))
        self.output.setAccessibleName(tr("The output that is explained"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._box)
        self.setFocusProxy(self._box)
        self._offer([Kind.CLASS, Kind.AGAINST, Kind.DIFFERENCE, Kind.LIKE, Kind.UNLIKE])
        self._box.activated.connect(self._on_kind)
        self.other.changed.connect(self._on_other)
        self.output.changed.connect(self._on_output)

    @property
    def box(self) -> QComboBox:
        """The box with the kinds."""
        return self._box

    @property
    def lacks_class(self) -> bool:
        """Whether the class or output of what was chosen is still to be chosen."""
        kind = self._kinds[self._box.currentIndex()]
        return kind in {Kind.DIFFERENCE, *_OUTPUTS} and kind is not kind_of(self._target)

    def set_model(self, info: ModelInfo) -> None:
        """Offers what can be asked of a model."""
        self._are_values = not info.has_probabilities and info.has_classes
        kinds = [Kind.LIKE, Kind.UNLIKE]
        if info.has_classes:
            kinds = [Kind.CLASS, Kind.AGAINST, *kinds]
        else:
            kinds = [Kind.CLASS, *kinds]
        if len(info.labels) > 1 and info.has_probabilities:
            kinds.insert(2, Kind.DIFFERENCE)
        if self._over_run and info.labels and not info.one_output:
            kinds += _OUTPUTS
        if info.scores_pixels:
            kinds += [Kind.WON] if self._over_run else [Kind.WON, Kind.REGION]
        self._offer(kinds)

    def set_classes(self, items: Callable[[], Sequence[PickItem]]) -> None:
        """Takes the classes, which are the outputs, too; they are listed when they are needed."""
        self._items = items
        self._show_class(kind_of(self._target))

    def set_region(self, region: Region | None) -> None:
        """Takes the region that is drawn on the picture; None without one."""
        self._region = region
        self._mark_region()
        if kind_of(self._target) is Kind.REGION:
            self._choose(None if region is None else RegionPixels(None, region))

    def set_target(self, target: Target | None) -> None:
        """Shows what is explained, without a signal."""
        self._target = target
        self._show()

    def _offer(self, kinds: list[Kind]) -> None:
        self._kinds = kinds
        self._box.clear()
        for kind in kinds:
            self._box.addItem(self._title(kind))
        for place, kind in enumerate(kinds):
            tip = _VALUE_TIPS.get(kind, kind.value) if self._are_values else kind.value
            self._box.setItemData(place, in_tip(tr(tip)), _TIP)
        self._mark_region()
        self._show()

    def _title(self, kind: Kind) -> str:
        titles = _TITLES | _VALUE_TITLES if self._are_values else _TITLES
        return tr(titles[kind])

    def _mark_region(self) -> None:
        if Kind.REGION in self._kinds:
            model = self._box.model()
            assert isinstance(model, QStandardItemModel)  # noqa: S101  (Qt's own for a combo box)
            model.item(self._kinds.index(Kind.REGION)).setEnabled(self._region is not None)

    def _show(self, kind: Kind | None = None) -> None:
        kind = kind or kind_of(self._target)
        for place, each in enumerate(self._kinds):
            self._box.setItemText(place, self._words(each))
        self._box.setCurrentIndex(self._kinds.index(kind) if kind in self._kinds else 0)
        self.other_wanted.emit(kind is Kind.DIFFERENCE)
        self.output_wanted.emit(kind in self._kinds and kind in _OUTPUTS)
        self._show_class(kind)
        self._box.setToolTip(self._box.itemData(self._box.currentIndex(), _TIP) or "")

    def _show_class(self, kind: Kind) -> None:
        """Shows the class of a difference, or the output."""
        target = self._target
        if kind is Kind.DIFFERENCE:
            self.other.set_items(self._items())
            self.other.set_value(str(target.other) if isinstance(target, ClassDifference) else "")
        if kind in _OUTPUTS:
            self.output.set_items(self._items())
            self.output.set_value(str(target.index) if isinstance(target, Output) else "")

    def _words(self, kind: Kind) -> str:
        """A kind's title; of the chosen one with its pictures."""
        target = self._target
        if kind is Kind.LIKE and isinstance(target, LikePicture):
            return tr("Like {name}").format(name=file_name(target.reference.path))
        if kind is Kind.UNLIKE and isinstance(target, UnlikePictures):
            return tr("Unlike {n} picture(s)", "", len(target.references))
        return self._title(kind)

    def _on_kind(self, place: int) -> None:
        kind = self._kinds[place]
        if kind is Kind.DIFFERENCE:
            self._show(kind)  # until another class is chosen the map stays as it is
            if not isinstance(self._target, ClassDifference):
                self.other.showPopup()
            return
        if kind in _OUTPUTS:
            if isinstance(self._target, Output):
                self._choose(Output(self._target.index, kind is Kind.UP))
            else:
                self._show(kind)
                self.output.showPopup()
            return
        if kind in {Kind.LIKE, Kind.UNLIKE}:
            target = self._ask_for_pictures(kind)
            if target is None:
                self._show()
                return
        else:
            target = self._plain(kind)
        self._choose(target)

    def _plain(self, kind: Kind) -> Target | None:
        if kind is Kind.AGAINST:
            return AgainstClass()
        if kind is Kind.WON:
            return RegionPixels()
        if kind is Kind.REGION and self._region is not None:
            return RegionPixels(None, self._region)
        return None

    def _ask_for_pictures(self, kind: Kind) -> Target | None:
        if kind is Kind.LIKE:
            path, _ = QFileDialog.getOpenFileName(
                self, tr("Like which picture?"), "", picture_kinds()
            )
            return LikePicture(Reference(path)) if path else None
        paths, _ = QFileDialog.getOpenFileNames(
            self, tr("Unlike which pictures?"), "", picture_kinds()
        )
        return UnlikePictures(tuple(map(Reference, paths))) if paths else None

    def _on_other(self, value: str) -> None:
        self._choose(ClassDifference(None, int(value)) if value else None)

    def _on_output(self, value: str) -> None:
        up = self._kinds[self._box.currentIndex()] is Kind.UP
        self._choose(Output(int(value), up) if value else None)

    def _choose(self, target: Target | None) -> None:
        changed = target != self._target
        self._target = target
        self._show()
        if changed:
            self.target_chosen.emit(target)
