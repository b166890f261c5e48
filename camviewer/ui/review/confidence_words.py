"""Says in words what was fitted on a run, and why nothing was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camviewer.engine.render.number_words import share_words
from camviewer.ui.style import percent, tr, whole

if TYPE_CHECKING:
    from camviewer.engine.batch.calibration_fit import Calibrated
    from camviewer.engine.calibration.refusals import CannotCalibrateError


def refusal_words(refusal: CannotCalibrateError, coverage: float) -> tuple[str, str]:
    """(why nothing can be fitted, what to do)."""
    from camviewer.engine.calibration.refusals import Missing  # noqa: PLC0415  (start-up)

    if refusal.missing is Missing.SCORES:
        return (
            tr("This run does not have all class scores of its pictures"),
            tr(
                "Run over the pictures again (File > Run over a folder…), choose where their true "
                "classes come from, and tick “Keep all class scores and features”."
            ),
        )
    if refusal.missing is Missing.TRUTH:
        return (
            tr("No picture of this run has a true class that is one of the model's"),
            tr(
                "Run over pictures whose class is known (File > Run over a folder…), and choose "
                "where their true classes come from."
            ),
        )
    if refusal.missing is Missing.SOFTMAX:
        return (
            tr("The classes of this model do not exclude each other"),
            tr("Sets of classes and a temperature are for models with softmax."),
        )
    words = tr(
        "Sets that have the true class in {coverage} of cases need {needed} pictures whose true "
        "class is known; this run has {count}"
    )
    return (
        words.format(
            coverage=share_words(coverage),
            needed=whole(refusal.needed),
            count=whole(refusal.count),
        ),
        tr("Run over more such pictures, or ask for a lower coverage."),
    )


def tenths(share: float) -> str:
    """Gives ``3.0%``: errors and coverages are compared by their tenths."""
    return f"{100 * share:.1f}%"


def head_words(fitted: Calibrated) -> str:
    """What was fitted on, and what checks it."""
    pictures = fitted.calibration.pictures
    words = tr(
        "{count} pictures of {run} have a true class: {fitting} of them, drawn at random, fitted "
        "the temperature; everything below is of the other {checking}."
    )
    return words.format(
        count=whole(pictures),
        run=fitted.calibration.run,
        fitting=whole(pictures - pictures // 2),
        checking=whole(pictures // 2),
    )


def error_words(fitted: Calibrated) -> str:
    """The expected calibration error, before and after."""
    calibration = fitted.calibration
    words = tr("{before} before, {after} after, on {count} pictures")
    return words.format(
        before=tenths(calibration.error_before),
        after=tenths(calibration.error_after),
        count=whole(calibration.pictures // 2),
    )


def reached_words(fitted: Calibrated) -> str:
    """In what share of cases sets have the true class."""
    if fitted.reached is None:
        return tr("not measured: too few pictures to leave some out")
    return tr("reached {share} on pictures that the threshold was not taken from").format(
        share=tenths(fitted.reached)
    )


def size_words(fitted: Calibrated) -> str:
    """How large the sets are."""
    return tr("{size} classes on average; {share} of the sets have one").format(
        size=f"{fitted.mean_size:.2f}", share=percent(fitted.single)
    )


def unlike_words(fitted: Calibrated) -> str:
    """Whether pictures that are unlike the run's are told."""
    if not fitted.features:
        return tr("not told: the run has no features of every picture")
    return tr("told by {features} features and {classes} class means").format(
        features=whole(fitted.features), classes=whole(fitted.means)
    )
