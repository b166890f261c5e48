"""Shows whether a network's own statistics agree with what it is fed, and what fits better."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from camviewer.engine.statistics.verdict import Convention, ConventionFit, StatisticsCheck

_ROOM = 4


class StatisticsPanel(QWidget):
    """One sentence, the button that follows it, and the figures behind a second one.

    Signals:
        chosen: (Convention) is to be used.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = QLabel("Comparing with the network's own statistics…", self)
        self.use_button = QPushButton(self)
        self.figures_button = QPushButton("Show figures", self)
        self._figures = QWidget(self)
        self._suggested: Convention | None = None
        self._build()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._sentence.text()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(preprocessing, figure) as listed, the one in use first."""
        labels = [label.text() for label in self._figures.findChildren(QLabel)]
        return tuple(zip(labels[::2], labels[1::2], strict=True))

    def show_check(self, check: StatisticsCheck, *, can_edit: bool) -> None:
        """Says what was found."""
        self._suggested = check.suggested
        used = f" Judged by {check.pictures}." if check.pictures else ""
        self._sentence.setText(f"{check.sentence}{used}")
        if self._suggested is not None:
            self.use_button.setText(f"Use {self._suggested.title}")
        usable = self._suggested is not None and not self._suggested.blue_first
        self.use_button.setVisible(usable and can_edit)
        if check.own is not None:
            self._list((check.own, *check.others))
            self.figures_button.show()

    def _build(self) -> None:
        head = QLabel("THE NETWORK'S OWN STATISTICS", self)
        head.setProperty("role", "head")
        self._sentence.setProperty("role", "hint")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        for button in (self.use_button, self.figures_button):
            button.setAutoDefault(False)
            button.hide()
        self.use_button.clicked.connect(self._use)
        self.figures_button.setCheckable(True)
        self.figures_button.toggled.connect(self._show_figures)
        self.figures_button.setToolTip(
            "How far each preprocessing is from what the network remembers: 0 is a perfect fit, "
            "below 0.3 fits."
        )
        self._figures.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self._sentence)
        layout.addWidget(self.use_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.figures_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._figures)
        rows = QGridLayout(self._figures)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(_ROOM)
        rows.setColumnStretch(0, 1)

    def _list(self, fits: tuple[ConventionFit, ...]) -> None:
        rows = self._figures.layout()
        assert isinstance(rows, QGridLayout)  # noqa: S101
        for label in self._figures.findChildren(QLabel):
            label.setParent(None)
        for number, fit in enumerate(fits):
            in_use = " (in use)" if number == 0 else ""
            name = QLabel(f"{fit.convention.title}{in_use}", self._figures)
            figure = QLabel(_figure(fit.divergence), self._figures)
            for label in (name, figure):
                label.setProperty("role", "hint")
                label.setTextFormat(Qt.TextFormat.PlainText)
            rows.addWidget(name, number, 0)
            rows.addWidget(figure, number, 1, Qt.AlignmentFlag.AlignRight)

    def _show_figures(self, shown: bool) -> None:
        self._figures.setVisible(shown)
        self.figures_button.setText("Hide figures" if shown else "Show figures")

    def _use(self) -> None:
        if self._suggested is not None:
            self.chosen.emit(self._suggested)


def _figure(divergence: float) -> str:
    return f"{divergence:,.0f}" if divergence >= 100 else f"{divergence:.3f}"
