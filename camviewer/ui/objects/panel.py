"""Lists the objects of the picture, and shows how the map lies on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.objects import words
from camviewer.ui.objects.measure_rows import MeasureRows
from camviewer.ui.objects.shown_objects import ShownObject
from camviewer.ui.state.mark_choice import MOST_LINES, MarkChoice, shares_of, words_of
from camviewer.ui.style import tr
from camviewer.ui.widgets import Segmented

if TYPE_CHECKING:
    from camviewer.ui.objects.queries import MeasuredMap

_MINIMUM_WIDTH = 304
_MOST_ROWS = 5
"""Maximum number of objects that are seen without scrolling."""


class ObjectsPanel(QScrollArea):
    """The dock's content: objects, measures, the box, the lines.

    Signals:
        choice_changed: (MarkChoice) other lines or values are wanted.
        open_requested: a file of objects is to be opened.
        draw_requested: an object is to be drawn.
        save_requested: the objects are to be saved.
        remove_requested: (set of int) objects are to be removed, by their places in the list.
        copy_requested: the box is to be copied.
    """

    choice_changed = Signal(object)
    open_requested = Signal()
    draw_requested = Signal()
    save_requested = Signal()
    remove_requested = Signal(object)
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = MarkChoice()
        self._shown = QCheckBox(tr("Show"), self)
        self._list = _ObjectList(self)
        self._empty = _text("hint", self)
        self._problem = _text("", self)
        self._open = QPushButton(tr("Open…"), self)
        self._draw = QPushButton(tr("Draw"), self)
        self._save = QPushButton(tr("Save…"), self)
        self._remove = QPushButton(tr("Remove"), self)
        self._against = Segmented(
            ((False, tr("This class")), (True, tr("All objects"))), tr("Measured against"), self
        )
        self._why = _text("hint", self)
        self._measures = MeasureRows(self)
        self._box = QCheckBox(tr("Show"), self)
        self._share = _Slider(Qt.Orientation.Horizontal, self)
        self._share_words = QLabel(self)
        self._box_words = _text("", self)
        self._copy = QPushButton(tr("Copy as numbers"), self)
        self._contours = QCheckBox(tr("Show"), self)
        self._shares = QLineEdit(self)
        self._saved = QCheckBox(tr("Save and copy overlays with all this"), self)
        self._build()
        self._connect()

    @property
    def words(self) -> str:
        """All sentences and numbers that are shown."""
        labels = (self._problem, self._empty, self._why, self._box_words)
        said = [label.text() for label in labels if label.text()]
        return "\n".join((*said, self._measures.words))

    @property
    def object_words(self) -> list[str]:
        """The rows of the list."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def show_choice(self, choice: MarkChoice) -> None:
        """Shows what is wanted, without a signal."""
        self._choice = choice
        controls = (self._shown, self._box, self._share, self._contours, self._shares, self._saved)
        for control in controls:
            control.blockSignals(True)
        self._shown.setChecked(choice.objects)
        self._box.setChecked(choice.box)
        self._share.setValue(round(100 * choice.share))
        self._share_words.setText(f"{100 * choice.share:.0f}%")
        self._contours.setChecked(choice.contours)
        if shares_of(self._shares.text()) != choice.shares:
            self._shares.setText(words_of(choice.shares))
        self._saved.setChecked(choice.saved)
        self._against.set_value(choice.of_any_class)
        for control in controls:
            control.blockSignals(False)

    def show_objects(self, objects: tuple[ShownObject, ...], problem: str) -> None:
        """Lists the objects, and says why a file could not be read."""
        self._list.list_objects(objects)
        self._list.setVisible(bool(objects))
        self._remove.setEnabled(bool(objects))
        self._save.setEnabled(bool(objects))
        _say(self._problem, problem)
        _say(self._empty, "" if objects else tr(words.NO_OBJECTS))

    def show_measured(self, measured: MeasuredMap | None) -> None:
        """Shows the numbers of the map on screen; None while there are none."""
        found = None if measured is None else measured.on_objects
        why = words.why_no_numbers(found)
        has_objects = self._list.count() > 0
        _say(self._why, why if has_objects else tr(words.LATER))
        self._measures.setVisible(not why)
        self._against.setVisible(has_objects)
        if found is not None and not why:
            self._measures.show_rows(
                (
                    words.overlap_words(found),
                    words.pointing_words(found),
                    words.inside_words(found),
                )
            )
        box = None if found is None else found.box
        self._copy.setEnabled(box is not None)
        _say(self._box_words, tr("No box yet.") if box is None else words.named_sides(box))

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_MINIMUM_WIDTH)
        self.setFocusProxy(self._open)
        self._name_parts()
        content = QWidget(self)
        content.setProperty("kind", "panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 14)
        column.setSpacing(8)
        column.addLayout(_head(tr("OBJECTS"), self._shown))
        column.addWidget(self._list)
        column.addWidget(self._empty)
        column.addWidget(self._problem)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        for number, button in enumerate((self._open, self._draw, self._save, self._remove)):
            buttons.addWidget(button, *divmod(number, 2))
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addLayout(_head(tr("MAP ON OBJECTS")))
        column.addWidget(self._against)
        column.addWidget(self._why)
        column.addWidget(self._measures)
        column.addSpacing(8)
        column.addLayout(_head(tr("EVIDENCE'S BOX"), self._box))
        threshold = QHBoxLayout()
        threshold.addWidget(self._share, 1)
        threshold.addWidget(self._share_words)
        column.addLayout(threshold)
        column.addWidget(self._box_words)
        column.addLayout(_row(self._copy))
        column.addSpacing(8)
        column.addLayout(_head(tr("CONTOUR LINES"), self._contours))
        column.addLayout(_labelled(tr("At % of the maximum"), self._shares))
        column.addSpacing(8)
        column.addWidget(self._saved)
        column.addStretch(1)
        self.setWidget(content)

    def _name_parts(self) -> None:
        """For screen readers, and in tips."""
        self._shown.setAccessibleName(tr("Show the objects"))
        self._box.setAccessibleName(tr("Show the evidence's box"))
        self._contours.setAccessibleName(tr("Show the contour lines"))
        self._share.setRange(1, 99)
        self._share.setPageStep(10)
        self._share.setAccessibleName(tr("Threshold of the box"))
        self._share.setToolTip(
            tr("The box surrounds the largest part above this share of the maximum")
        )
        self._share_words.setProperty("role", "hint")
        self._share_words.setFixedWidth(
            self._share_words.fontMetrics().horizontalAdvance("99%") + 2
        )
        self._shares.setAccessibleName(tr("Shares of the maximum, in percent"))
        self._shares.setToolTip(
            tr("Up to {count} percentages with commas between them").format(count=MOST_LINES)
        )
        self._box_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy.setToolTip(tr("Left, top, right and bottom in pixels of the picture"))

    def _connect(self) -> None:
        self._open.clicked.connect(self.open_requested)
        self._draw.clicked.connect(self.draw_requested)
        self._save.clicked.connect(self.save_requested)
        self._remove.clicked.connect(self._remove_chosen)
        self._list.removed.connect(self._remove_chosen)
        self._copy.clicked.connect(self.copy_requested)
        self._shown.toggled.connect(lambda on: self._change(replace(self._choice, objects=on)))
        self._box.toggled.connect(lambda on: self._change(replace(self._choice, box=on)))
        self._share.valueChanged.connect(self._take_share)
        self._contours.toggled.connect(lambda on: self._change(replace(self._choice, contours=on)))
        self._shares.editingFinished.connect(self._take_shares)
        self._saved.toggled.connect(lambda on: self._change(replace(self._choice, saved=on)))
        self._against.chosen.connect(
            lambda every: self._change(replace(self._choice, of_any_class=bool(every)))
        )

    def _change(self, choice: MarkChoice) -> None:
        self.show_choice(choice)
        self.choice_changed.emit(choice)

    def _take_share(self, percent: int) -> None:
        """Who moves the threshold wants to see the box."""
        self._change(replace(self._choice, share=percent / 100, box=True))

    def _take_shares(self) -> None:
        """Who names shares wants to see the lines; what is no list of shares is put back."""
        shares = shares_of(self._shares.text())
        if shares is None:
            self._shares.setText(words_of(self._choice.shares))
        elif shares != self._choice.shares:
            self._change(replace(self._choice, shares=shares, contours=True))

    def _remove_chosen(self) -> None:
        """Removes the chosen objects; where none is chosen, all of them."""
        chosen = {index.row() for index in self._list.selectedIndexes()}
        self.remove_requested.emit(chosen or set(range(self._list.count())))


class _Slider(QSlider):
    """Keeps PageUp and PageDown for itself, which turn to another picture elsewhere."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        ):
            event.accept()
            return True
        return super().event(event)


class _ObjectList(QListWidget):
    """The objects, a row for each; Delete removes those that are chosen.

    Signals:
        removed: the chosen ones are to be removed.
    """

    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._listed: tuple[ShownObject, ...] = ()
        self.setProperty("kind", "plain")
        self.setAccessibleName(tr("Objects of the picture"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def list_objects(self, objects: tuple[ShownObject, ...]) -> None:
        if objects == self._listed:
            return
        self._listed = objects
        self.clear()
        self.addItems([_object_words(each) for each in objects])
        rows = min(len(objects), _MOST_ROWS)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), 24) + 2 * self.frameWidth() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def _object_words(shown: ShownObject) -> str:
    return tr("{label}: {kind}, {origin}").format(
        label=shown.found.label or tr("of any class"),
        kind=tr(shown.kind),
        origin=shown.origin or tr("drawn"),
    )


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _text(role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label


def _head(title: str, beside: QWidget | None = None) -> QHBoxLayout:
    label = QLabel(title)
    label.setProperty("role", "head")
    row = QHBoxLayout()
    row.addWidget(label, 1)
    if beside is not None:
        row.addWidget(beside)
    return row


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _labelled(text: str, field: QLineEdit) -> QHBoxLayout:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setBuddy(field)
    row = QHBoxLayout()
    row.addWidget(label)
    row.addWidget(field, 1)
    return row
