"""Shows how far the confidence of a run's model keeps its word, and keeps what was fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camviewer.ui.review.confidence_queries import FitConfidence, KeepConfidence
from camviewer.ui.review.host import ReviewHost
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    from camviewer.engine.batch.calibration_fit import Calibrated
    from camviewer.ui.review.confidence_dialog import ConfidenceDialog


class ConfidenceOfRun(QObject):
    """Opens the dialog, and asks for what it shows.

    Args:
        workplace: has the button.
        counting: asks the thread that counts.
    """

    def __init__(self, workplace: Workplace, counting: QueryClient[ReviewHost]) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._counting = counting
        self._dialog: ConfidenceDialog | None = None
        workplace.confidence_requested.connect(self.show)

    @property
    def dialog(self) -> ConfidenceDialog | None:
        """The open dialog; None while none is."""
        return self._dialog

    def show(self) -> None:
        """Opens the dialog over the window; the run stays the same until it is closed."""
        from camviewer.ui.review.confidence_dialog import ConfidenceDialog  # noqa: PLC0415

        self._dialog = dialog = ConfidenceDialog(self._workplace)
        dialog.coverage_chosen.connect(self._fit)
        dialog.keep_requested.connect(self._keep)
        dialog.finished.connect(self._closed)
        dialog.open()
        self._fit(dialog.coverage)

    def _fit(self, coverage: float) -> None:
        if self._dialog is not None:
            self._dialog.show_working()
            self._counting.ask(
                FitConfidence(coverage), self._dialog.show_fitted, failed=self._dialog.show_failure
            )

    def _keep(self, fitted: Calibrated) -> None:
        if self._dialog is not None:
            self._counting.ask(
                KeepConfidence(fitted), self._dialog.show_kept, failed=self._dialog.show_not_kept
            )

    def _closed(self) -> None:
        # What is to be kept is kept; only nobody says so any more.
        self._counting.give_up(FitConfidence)
        self._dialog = None
