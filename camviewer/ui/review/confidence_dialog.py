"""Shows a reliability diagram, and how large sets of classes must be to hold the true one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.review.confidence_words import (
    error_words,
    head_words,
    reached_words,
    refusal_words,
    size_words,
    tenths,
    unlike_words,
)
from camviewer.ui.review.reliability_diagram import Diagram, ReliabilityDiagram
from camviewer.ui.style import tr
from camviewer.ui.widgets import FormRows, Placeholder, make_bare
from camviewer.ui.widgets.message_card import MessageCard

if TYPE_CHECKING:
    from camviewer.engine.batch.calibration_fit import Calibrated
    from camviewer.engine.calibration.refusals import CannotCalibrateError

_USUAL, _LEAST, _MOST = 95.0, 50.0, 99.9
"""Coverage in percent: at first, and its range."""


class ConfidenceDialog(QDialog):
    """How far the confidence of a run's model keeps its word.

    Signals:
        coverage_chosen: (0 to 1) sets of another coverage are wanted.
        keep_requested: (Calibrated) what is shown is to be kept with the model.

    Args:
        parent: the review.
    """

    coverage_chosen = Signal(float)
    keep_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Confidence"))
        self.resize(760, 640)
        self._fitted: Calibrated | None = None
        self._pages = QStackedWidget(self)
        self._nothing = Placeholder("scale", self._pages)
        self._body = QWidget(self._pages)
        self.diagram = ReliabilityDiagram(self._body)
        self.coverage_box = QDoubleSpinBox(self)
        self._head, self._error, self._temperature = (QLabel(self._body) for _ in range(3))
        self._reached, self._size, self._unlike = (QLabel(self._body) for _ in range(3))
        self._message = MessageCard(self)
        self.keep_button = QPushButton(tr("Keep with the model"), self)
        self.close_button = QPushButton(tr("Close"), self)
        self._build()

    @property
    def coverage(self) -> float:
        """Share of cases in which a set is to have the true class, 0 to 1."""
        return round(self.coverage_box.value() / 100.0, 4)

    @property
    def words(self) -> str:
        """Everything that is said of the run, a fact a line; in its place why there is nothing."""
        if self._pages.currentWidget() is self._nothing:
            return self._nothing.words
        facts = (self._error, self._temperature, self._reached, self._size, self._unlike)
        return "\n".join(label.text() for label in (self._head, *facts))

    @property
    def message(self) -> str:
        """What became of keeping; empty when nothing did."""
        return self._message.words

    def show_working(self) -> None:
        """Says that it is being fitted; what was shown before stays until that is done."""
        self._fitted = None
        self._message.clear()
        self.keep_button.setEnabled(False)
        if self._pages.currentWidget() is self._nothing:
            self._nothing.say(tr("Reading the rows and fitting…"))

    def show_fitted(self, found: Calibrated | CannotCalibrateError) -> None:
        """Shows what was fitted, or why nothing was."""
        from camviewer.engine.calibration.refusals import CannotCalibrateError  # noqa: PLC0415

        if isinstance(found, CannotCalibrateError):
            from camviewer.engine.calibration.refusals import Missing  # noqa: PLC0415

            self._show_nothing(*refusal_words(found, self.coverage))
            self._coverage_row.setVisible(found.missing is Missing.PICTURES)
            return
        self._fitted = found
        calibration = found.calibration
        before = tr("As the model says it: error {error}")
        after = tr("At temperature {temperature}: error {error}")
        self.diagram.show_diagrams(
            Diagram(before.format(error=tenths(calibration.error_before)), found.before),
            Diagram(
                after.format(
                    temperature=f"{calibration.temperature:.2f}",
                    error=tenths(calibration.error_after),
                ),
                found.after,
            ),
        )
        self._head.setText(head_words(found))
        self._error.setText(error_words(found))
        self._temperature.setText(f"{calibration.temperature:.3f}")
        self._reached.setText(reached_words(found))
        self._size.setText(size_words(found))
        self._unlike.setText(unlike_words(found))
        self._coverage_row.show()
        self._pages.setCurrentWidget(self._body)
        self.keep_button.setEnabled(True)

    def show_failure(self, message: str, hint: str) -> None:
        """Says that the run cannot be read."""
        self._show_nothing(message, hint)

    def show_kept(self, model: str) -> None:
        """Says that it is kept."""
        self.keep_button.setEnabled(False)
        self._message.say(
            tr("Kept with {model}.").format(model=model),
            tr("It is shown beside each verdict from the program's next start on."),
            icon="info",
        )

    def show_not_kept(self, message: str, hint: str) -> None:
        """Says why it is not kept."""
        self.keep_button.setEnabled(True)
        self._message.say(message, hint)

    def _show_nothing(self, title: str, words: str) -> None:
        self._nothing.say(title, words)
        self._pages.setCurrentWidget(self._nothing)
        self._coverage_row.hide()

    def _keep(self) -> None:
        if self._fitted is not None:
            self.keep_button.setEnabled(False)
            self._message.clear()
            self.keep_requested.emit(self._fitted)

    # -- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.coverage_box.setRange(_LEAST, _MOST)
        self.coverage_box.setDecimals(1)
        self.coverage_box.setValue(_USUAL)
        self.coverage_box.setSuffix(" %")
        self.coverage_box.setAccessibleName(tr("Coverage of the sets"))
        make_bare(self.coverage_box, 84)
        self.coverage_box.valueChanged.connect(lambda _: self.coverage_chosen.emit(self.coverage))
        self._build_body()
        self._nothing.say(tr("Reading the rows and fitting…"))
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._body)
        self.keep_button.setProperty("kind", "primary")
        self.keep_button.setToolTip(
            tr("Shown beside each verdict of the model afterwards; the verdict does not change")
        )
        self.keep_button.setEnabled(False)
        self.keep_button.clicked.connect(self._keep)
        self.keep_button.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._coverage_row = self._row_of_coverage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._coverage_row)
        layout.addWidget(self._message)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.keep_button)
        layout.addLayout(foot)

    def _build_body(self) -> None:
        legend = QLabel(
            tr(
                "Bar: how many were right, of the pictures said with so much probability. Blue "
                "line: what was said on average. Below: number of pictures. Where a bar ends at "
                "its line, the model keeps its word."
            ),
            self._body,
        )
        legend.setProperty("role", "hint")
        self._head.setProperty("role", "muted")
        rows = FormRows(tr("ON THE HALF THAT FITTED NO TEMPERATURE"))
        for name, label in (
            (tr("Calibration error"), self._error),
            (tr("Temperature"), self._temperature),
            (tr("Coverage"), self._reached),
            (tr("Size of sets"), self._size),
            (tr("Unlike pictures"), self._unlike),
        ):
            label.setAccessibleName(name)
            rows.add_row(name, label, label)
        for label in (self._head, legend, self._error, self._reached, self._size, self._unlike):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.diagram, 1)
        layout.addWidget(legend)
        layout.addLayout(rows)

    def _row_of_coverage(self) -> QWidget:
        holder = QWidget(self)
        label = QLabel(tr("Sets of classes that have the true one in"), holder)
        label.setBuddy(self.coverage_box)
        label.setProperty("role", "muted")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.coverage_box)
        row.addWidget(QLabel(tr("of cases"), holder))
        row.addStretch(1)
        return holder
