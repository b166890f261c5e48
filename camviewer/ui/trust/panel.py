"""Shows how far the map on screen can be believed, and asks for it to be measured."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results.messages import Explanation
from camviewer.engine.trust.messages import Baseline, TrustCard
from camviewer.engine.trust.sanity import SanityCheck
from camviewer.engine.trust.words import findings, sanity_words, warnings
from camviewer.ui.style import mark, subject_words, tr, translated
from camviewer.ui.style.wording import percent, placement_words
from camviewer.ui.trust.plot import CurveKey, TrustPlot
from camviewer.ui.trust.sanity_table import SanityTable
from camviewer.ui.trust.table import TrustTable
from camviewer.ui.widgets.segmented_control import Segmented
from camviewer.ui.widgets.share_bar import ShareBar

_BASELINES = (
    (Baseline.BLUR, mark("Blur")),
    (Baseline.MEAN, mark("Mean")),
    (Baseline.BLACK, mark("Black")),
)
_EMPTY = mark(
    "Removes pixels in the map's order and watches the class. Every number stands "
    "beside the same number for a random map and for a centred blob, which know "
    "nothing of the picture."
)
_SANITY = mark("Replaces learnt weights by chance, on a copy of the model: the map should change.")
_NOT_YET = mark("Only a map that is made can be measured")
_MINIMUM_WIDTH = 304


class State(Enum):
    """Where the panel stands."""

    EMPTY = "empty"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class TrustPanel(QScrollArea):
    """The dock's content: a button, findings in words, curves, numbers, the sanity check."""

    measure_requested = Signal()
    sanity_requested = Signal()
    stop_requested = Signal()
    compare_requested = Signal()
    sanity_stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = State.EMPTY
        self._card: TrustCard | None = None
        self._check: SanityCheck | None = None
        self._checking = False
        self._current: Explanation | None = None
        self._subject = _text("muted", self)
        self._stale = _text("hint", self)
        self._button = QPushButton(tr("Measure this map"), self)
        self._progress = ShareBar(tr("Share that is measured"), self)
        self._findings = _text("", self)
        self._warning = _text("", self)
        self._results = QWidget(self)
        self._baseline = Segmented(
            [(value, tr(words)) for value, words in _BASELINES],
            tr("What a removed pixel becomes"),
            self,
        )
        self._deletion = TrustPlot(tr("Removed, strongest first"), lambda c: c.deletion, self)
        self._insertion = TrustPlot(tr("Shown, strongest first"), lambda c: c.insertion, self)
        self._table = TrustTable(self)
        self._fine_print = _text("hint", self)
        self._sanity = _text("", self)
        self._sanity_table = SanityTable(self)
        self._sanity_button = QPushButton(tr("Try random weights"), self)
        self._compare = QPushButton(tr("Compare methods…"), self)
        self._build()
        self._refresh()

    @property
    def state(self) -> State:
        """Where the panel stands."""
        return self._state

    @property
    def card(self) -> TrustCard | None:
        """What is shown."""
        return self._card

    @property
    def button(self) -> QPushButton:
        """Measures the map, and stops that."""
        return self._button

    @property
    def is_stale(self) -> bool:
        """Whether the numbers belong to another map than the one on screen."""
        return self._card is not None and self._card.explanation is not self._current

    @property
    def words(self) -> str:
        """All sentences that stand in the panel."""
        labels = (self._subject, self._stale, self._warning, self._findings, self._sanity)
        shown = (*labels, self._fine_print)
        return "\n".join(label.text() for label in shown if label.text())

    @property
    def sanity_table(self) -> SanityTable:
        """The steps of the sanity check."""
        return self._sanity_table

    @property
    def table(self) -> TrustTable:
        """The numbers."""
        return self._table

    def set_current(self, explanation: Explanation | None) -> None:
        """Takes the map on screen."""
        self._current = explanation
        self._refresh()

    def set_running(self) -> None:
        """Measuring has begun; the numbers before go."""
        self._state = State.RUNNING
        self._card = None
        self._refresh()

    def set_stopped(self) -> None:
        """Measuring was given up or failed; what is known stays."""
        if self._state is State.RUNNING:
            self._state = State.STOPPED if self._card is not None else State.EMPTY
            self._refresh()

    def show_card(self, card: TrustCard) -> None:
        """Shows what is known so far."""
        self._card = card
        self._state = State.DONE if card.finished else State.RUNNING
        self._refresh()

    def set_checking(self, checking: bool) -> None:
        """The sanity check has begun or was given up."""
        self._checking = checking
        self._check = None if checking else self._check
        self._refresh()

    def show_check(self, check: SanityCheck) -> None:
        """Shows the sanity check as far as it is."""
        self._check = check
        self._checking = not check.finished
        self._refresh()

    def clear(self) -> None:
        """No picture is there."""
        self._state, self._card, self._check = State.EMPTY, None, None
        self._checking = False
        self.set_current(None)

    def focus_button(self) -> None:
        """Goes to the button."""
        self._button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(_MINIMUM_WIDTH)
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self._on_button)
        self._sanity_button.clicked.connect(self._on_sanity_button)
        self._compare.clicked.connect(self.compare_requested)
        self._baseline.chosen.connect(lambda _: self._show_curves())
        results = QVBoxLayout(self._results)
        results.setContentsMargins(0, 0, 0, 0)
        results.setSpacing(8)
        results.addWidget(_head(tr("CURVES")))
        results.addWidget(self._baseline)
        results.addWidget(self._deletion)
        results.addWidget(self._insertion)
        results.addWidget(CurveKey(self))
        results.addSpacing(8)
        results.addWidget(_head(tr("NUMBERS")))
        results.addWidget(self._table)
        results.addWidget(self._fine_print)
        content = QWidget(self)
        content.setProperty("kind", "panel")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 8, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(_head(tr("TRUST")))
        for widget in (self._subject, self._stale, self._button, self._progress):
            layout.addWidget(widget)
        for widget in (self._warning, self._findings):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self._results)
        layout.addSpacing(8)
        layout.addWidget(_head(tr("RANDOM WEIGHTS")))
        layout.addWidget(self._sanity)
        layout.addWidget(self._sanity_table)
        layout.addLayout(_row(self._sanity_button))
        layout.addSpacing(8)
        layout.addWidget(_head(tr("WHICH METHOD")))
        layout.addLayout(_row(self._compare))
        layout.addStretch(1)
        self.setWidget(content)

    def _on_button(self) -> None:
        if self._state is State.RUNNING:
            self.stop_requested.emit()
        else:
            self.measure_requested.emit()

    def _on_sanity_button(self) -> None:
        if self._checking:
            self.sanity_stop_requested.emit()
        else:
            self.sanity_requested.emit()

    def _refresh(self) -> None:
        card, running = self._card, self._state is State.RUNNING
        shown = card.explanation if card is not None else self._current
        self._say(self._subject, "" if shown is None else _about(shown))
        self._say(self._stale, self._stale_words())
        again = card is not None or self._state is State.STOPPED
        self._button.setText(
            tr("Stop") if running else tr("Measure again") if again else tr("Measure this map")
        )
        made = self._current is not None and not self._current.underway
        self._button.setEnabled(running or made)
        self._progress.setVisible(running)
        self._progress.show_share(0.0 if card is None else card.share_done)
        self._say(
            self._warning,
            "" if card is None else " ".join(map(translated, warnings(card, percent))),
        )
        said = tr(_EMPTY) if card is None else "\n\n".join(map(translated, findings(card, percent)))
        self._say(self._findings, said)
        self._results.setVisible(card is not None and bool(card.measures))
        if card is not None:
            self._table.show_measures(card.measures)
            self._say(self._fine_print, _fine_print(card))
        self._show_curves()
        self._show_check()
        self._sanity_button.setText(tr("Stop") if self._checking else tr("Try random weights"))
        self._sanity_button.setEnabled(self._checking or made)
        for button in (self._button, self._sanity_button):
            button.setToolTip("" if button.isEnabled() else tr(_NOT_YET))
        self._compare.setEnabled(self._current is not None)

    def _show_curves(self) -> None:
        curves = () if self._card is None else self._card.curves
        first: dict[str, int] = {}
        chosen = []
        for curve in curves:
            if curve.baseline == self._baseline.value and curve.subject not in first:
                first[curve.subject] = 1
                chosen.append(curve)
        in_percent = self._card is None or self._card.is_probability
        self._deletion.show_curves(chosen, in_percent=in_percent)
        self._insertion.show_curves(chosen, in_percent=in_percent)

    def _show_check(self) -> None:
        check = self._check
        self._sanity_table.show_check(check)
        if check is None:
            self._say(self._sanity, tr(_SANITY))
            return
        stale = check.explanation is not self._current
        words = translated(sanity_words(check))
        self._say(
            self._sanity, tr("For the map before: {words}").format(words=words) if stale else words
        )

    def _stale_words(self) -> str:
        if self._state is State.STOPPED:
            return tr("Stopped: the numbers below are not complete.")
        if self.is_stale:
            return tr("These numbers are for the map before.")
        return ""

    def _say(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def _about(explanation: Explanation) -> str:
    placement = placement_words(explanation.placement.mode, explanation.placement.detail)
    return tr("{method} of {subject}, {placement}").format(
        method=explanation.method.title, subject=subject_words(explanation), placement=placement
    )


def _fine_print(card: TrustCard) -> str:
    passes = card.passes
    words = (
        tr("{n} picture(s) run by {engine} in {seconds} s; {budget} s are allowed.", "", passes)
        if card.finished
        else tr(
            "{n} picture(s) run by {engine} in {seconds} s so far; {budget} s are allowed.",
            "",
            passes,
        )
    )
    ran = words.format(
        engine=card.engine or "torch", seconds=f"{card.seconds:.0f}", budget=f"{card.budget:g}"
    )
    legend = tr("Bold: better than both. ↑ high is good, ↓ low is good.")
    return "\n".join((ran, legend, *map(translated, card.cut)))


def _head(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "head")
    return label


def _text(role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _row(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
