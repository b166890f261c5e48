"""What the thread of the review can be asked about the confidence of a run's model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from camviewer.engine.support.torch_loading import others_may_run
from camviewer.ui.review.host import ReviewHost
from camviewer.ui.review.queries import ReviewQuery
from camviewer.ui.work import UnderWay

if TYPE_CHECKING:
    from camviewer.engine.batch.calibration_fit import Calibrated
    from camviewer.engine.calibration.refusals import CannotCalibrateError


@dataclass(frozen=True)
class FitConfidence(ReviewQuery["Calibrated | CannotCalibrateError"]):
    """Fit on the open run what makes confidence keep its word, or say why that cannot be.

    Attributes:
        coverage: share of cases in which a set of classes is to have the true one, 0 to 1.
    """

    coverage: float
    urgency = 1

    def answer(
        self, host: ReviewHost, under_way: UnderWay[Calibrated | CannotCalibrateError]
    ) -> Calibrated | CannotCalibrateError:
        del under_way
        with others_may_run():
            from camviewer.engine.batch.calibration_fit import calibrate  # noqa: PLC0415
            from camviewer.engine.calibration.refusals import CannotCalibrateError  # noqa: PLC0415

        try:
            return calibrate(host.rows.table.run, self.coverage)
        except CannotCalibrateError as refusal:
            return refusal


@dataclass(frozen=True, eq=False)
class KeepConfidence(ReviewQuery[str]):
    """Keep what was fitted with the run's model, whose title is the answer."""

    fitted: Calibrated
    urgency = 1

    def answer(self, host: ReviewHost, under_way: UnderWay[str]) -> str:
        del under_way
        with others_may_run():
            from camviewer.engine.calibration.keeping import keep  # noqa: PLC0415

        record = host.rows.table.run.record
        keep(self.fitted.calibration, record["configuration"]["model"])
        return str(record["model"]["title"])
