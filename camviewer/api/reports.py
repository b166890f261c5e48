"""Writes reports of explanations, for scripts and the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from camviewer.api.explanation import PictureExplanation
from camviewer.engine.render import Look
from camviewer.engine.report import ReportedMap, write_report
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
    progress: Progress = NO_PROGRESS,
) -> None:
    """Writes what maps show, mean and rest on as one file.

    Args:
        explanations: of one model.
        file: ends in ``.html``, for a page with everything in it that opens offline.
        note: what you want to say about them.
        cards: what ``Model.trust`` has measured of some of them.
        seed: of the random maps on these cards.
        look: of the overlays; the usual one when None.
        overwrite: whether a file of that name is replaced.
        progress: reports each map.

    Raises:
        CamviewerError: the file is there already, has another suffix, or cannot be written.
    """
    given = [explanations] if isinstance(explanations, PictureExplanation) else explanations
    maps = (_reported(one, cards or {}, seed, look) for one in given)
    write_report(Path(file), maps, len(given), note, overwrite=overwrite, progress=progress)


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
