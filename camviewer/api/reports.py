"""Writes reports of explanations, for scripts and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from camviewer.api.explanation import PictureExplanation
from camviewer.engine.render import Look
from camviewer.engine.report import ReportedMap, write_report
from camviewer.engine.report.bundle_reading import Bundle, open_bundle
from camviewer.engine.report.checking import check_record, session_of_bundle
from camviewer.engine.report.recomputing import MapCheck, Outcome, recomputed, summary
from camviewer.engine.support.progress import NO_PROGRESS, Progress
from camviewer.engine.trust.messages import TrustCard


def report(
    explanations: PictureExplanation | Sequence[PictureExplanation],
    file: str | PathLike[str],
    *,
    note: str = "",
    cards: Mapping[PictureExplanation, TrustCard] | None = None,
    seed: int = 0,
    look: Look | None = None,
    overwrite: bool = False,
    with_pictures: bool = True,
    progress: Progress = NO_PROGRESS,
) -> str:
    """Writes what maps show, mean and rest on as one file.

    Args:
        explanations: of one model.
        file: ends in ``.html``, for a page with everything in it that opens offline, in ``.pdf``,
            or in ``.zip``, for an evidence bundle that ``verify`` checks.
        note: what you want to say about them.
        cards: what ``Model.trust`` has measured of some of them.
        seed: of the random maps on these cards.
        look: of the overlays; the usual one when None.
        overwrite: whether a file of that name is replaced.
        with_pictures: whether a bundle has the pictures as they are; DICOM files never go in.
        progress: reports each map.

    Returns:
        Of a bundle the SHA-256 of its manifest, in hexadecimal; else empty.

    Raises:
        CamviewerError: the file is there already, has another suffix, or cannot be written.
    """
    given = [explanations] if isinstance(explanations, PictureExplanation) else explanations
    maps = (_reported(one, cards or {}, seed, look) for one in given)
    return write_report(
        Path(file),
        maps,
        len(given),
        note,
        printer=print_pdf,
        with_pictures=with_pictures,
        overwrite=overwrite,
        progress=progress,
    )


def print_pdf(title: str, page: str, progress: Progress) -> bytes:
    """Makes the PDF of a report by Qt, which is imported now."""
    from camviewer.pdf import pdf_of  # noqa: PLC0415  (Qt)

    return pdf_of(title, page, progress)


@dataclass(frozen=True)
class Verification:
    """An evidence bundle that is what it was when it was written, and its maps computed anew.

    Attributes:
        bundle: its files.
        checks: of each map.
    """

    bundle: Bundle
    checks: tuple[MapCheck, ...]

    @property
    def agrees(self) -> bool:
        """Whether every map agrees within 1e-4 of its largest value."""
        return all(check.outcome is Outcome.AGREES for check in self.checks)

    @property
    def sentence(self) -> str:
        """What came of it."""
        return summary(self.checks)

    def record(self) -> dict[str, Any]:
        """The same as data for JSON."""
        return {**check_record(self.bundle, self.checks), "agrees": self.agrees}


def verify(
    bundle: str | PathLike[str],
    *,
    model: str | PathLike[str] | None = None,
    pictures: str | PathLike[str] | None = None,
    progress: Progress = NO_PROGRESS,
    on_check: Callable[[MapCheck], None] | None = None,
) -> Verification:
    """Checks every byte of an evidence bundle, and computes its maps anew.

    Args:
        bundle: the zip.
        model: id or file of the model; the one that is kept with the bundle's weights when None.
        pictures: a folder with the pictures that are not in the bundle.
        progress: reports each file and map.
        on_check: called with every map as soon as it is checked.

    Raises:
        CamviewerError: a byte of the bundle was changed, or there is no model with its weights.
    """
    opened = open_bundle(Path(bundle), progress.part(0.0, 0.1))
    folder = None if pictures is None else Path(pictures)
    checks = []
    with session_of_bundle(opened, model=None if model is None else str(model)) as session:
        for check in recomputed(opened, session, folder, progress.part(0.1, 1.0)):
            if on_check is not None:
                on_check(check)
            checks.append(check)
    return Verification(opened, tuple(checks))


def _reported(
    one: PictureExplanation,
    cards: Mapping[PictureExplanation, TrustCard],
    seed: int,
    look: Look | None,
) -> ReportedMap:
    look = look or Look(signed=one.details.method.signed)
    return ReportedMap(
        one.image, one.details, one.model, one.verdict, look, card=cards.get(one), seed=seed
    )
