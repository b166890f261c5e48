"""Compares two runs over the same pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.comparison.changes import ComparisonSummary, summarise
from camviewer.engine.batch.comparison.compared_rows import compared_rows
from camviewer.engine.batch.comparison.joint_classes import JointClasses, joint_classes
from camviewer.engine.batch.comparison.kept_distances import KeptDistances
from camviewer.engine.batch.comparison.moved_evidence import moved_evidence
from camviewer.engine.batch.comparison.pairing import (
    Pairing,
    Side,
    WhyLeftOut,
    pair_pictures,
    read_side,
)
from camviewer.engine.batch.run import Run
from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_READ, _JOINED = 0.15, 0.2
"""Shares of the whole work that are done when rows are read, and when they are joined."""


@dataclass(frozen=True, eq=False)
class RunComparison:
    """Two runs side by side, as far as their rows were there.

    Attributes:
        first: the first side, A.
        second: the second side, B.
        classes: of both models.
        rows: a row for each picture that both runs explained, by path; columns of A and B end in
            ``_a`` and ``_b``, those of the compared maps in ``_map_a`` and ``_map_b``.
        left_out: ``path`` and ``why`` of the others.
        wanted: the class whose maps are compared where both runs have them, by ``classes``; None
            for the true one and those that the models predict.
    """

    first: Side
    second: Side
    classes: JointClasses
    rows: pl.DataFrame
    left_out: pl.DataFrame
    wanted: int | None = None

    @cached_property
    def summary(self) -> ComparisonSummary:
        """All of it in numbers."""
        return summarise(self.rows, self.left_out.height)

    def table(self) -> pl.DataFrame:
        """What is of use outside of the program, a row for each picture.

        Columns: ``path``, ``page``, ``path_b``, ``sha256``, ``truth``, ``outcome``, ``changed``,
        then of each run ``predicted_*``, ``predicted_probability_*``, ``class_*`` and
        ``probability_*`` of the compared maps, ``same_class``, ``evidence_moved`` (0 to 1),
        ``centre_moved`` (share of the diagonal), ``correlation`` (-1 to 1).
        """
        return self.rows.select(
            path="path_a",
            page=pl.col("page_a").fill_null(1),
            path_b="path_b",
            sha256="sha256_a",
            truth=pl.coalesce("truth_a", "truth_b"),
            outcome="outcome",
            changed="changed",
            predicted_a="predicted_a",
            predicted_probability_a="predicted_probability_a",
            predicted_b="predicted_b",
            predicted_probability_b="predicted_probability_b",
            class_a="class_map_a",
            probability_a="probability_map_a",
            class_b="class_map_b",
            probability_b="probability_map_b",
            same_class="same_class",
            evidence_moved="evidence_moved",
            centre_moved="centre_moved",
            correlation="correlation",
        )


def compare_runs(
    first: Run,
    second: Run,
    class_name: str | int | None = None,
    *,
    progress: Progress = NO_PROGRESS,
    kept: KeptDistances | None = None,
) -> RunComparison:
    """Compares two runs over the same pictures; they may go on meanwhile.

    Args:
        first: A.
        second: B.
        class_name: the class whose maps are compared where both runs have them, by name or by its
            index in ``JointClasses``.
        progress: told how far it is.
        kept: distances that were measured before; the program's own when None.

    Raises:
        CamviewerError: they have no picture in common, nothing that both explained, no such class,
            or a shard is damaged.
        Cancelled: nobody waits for it any more.
    """
    sides = (
        read_side(first, progress.part(0.0, _READ / 2)),
        read_side(second, progress.part(_READ / 2, _READ)),
    )
    progress.at(_READ, "Finding the same pictures")
    pairing = pair_pictures(*sides)
    _require_pairs(pairing, *sides)
    labels = [side.run.record["model"]["labels"] for side in sides]
    classes = joint_classes(*labels)
    wanted = _class_named(class_name, classes) if isinstance(class_name, str) else class_name
    rows = compared_rows(*sides, pairing, classes, wanted)
    kept = KeptDistances() if kept is None else kept
    key = kept.key(*sides, wanted)
    found = kept.get(key, rows.height)
    if found is None:
        found = moved_evidence(*sides, rows, progress.part(_JOINED, 1.0))
        kept.put(key, found)
    return RunComparison(
        *sides, classes, rows.with_columns(found.get_columns()), pairing.left_out, wanted
    )


def _class_named(name: str, classes: JointClasses) -> int:
    found = ClassNames(classes.labels).index(name)
    if found is None:
        raise CamviewerError(
            f"No class of the two models is called '{name}'.", "Name one of theirs, or its index."
        )
    return found


def _require_pairs(pairing: Pairing, first: Side, second: Side) -> None:
    """Refuses runs that have nothing to compare."""
    for side in (first, second):
        if not side.rows.height:
            raise CamviewerError(
                f"{side.run.path.name} has no rows yet.", "Wait until the first are written."
            )
    if pairing.pairs.height:
        return
    names = f"{first.run.path.name} and {second.run.path.name}"
    reasons = set(pairing.left_out["why"])
    if reasons & {WhyLeftOut.FAILED_FIRST, WhyLeftOut.FAILED_SECOND, WhyLeftOut.FAILED_BOTH}:
        raise CamviewerError(
            f"{names} have no picture with a map in both.",
            "`camviewer batch status` says why pictures could not be explained.",
        )
    if WhyLeftOut.CHANGED in reasons:
        raise CamviewerError(
            f"{names} have pictures of the same paths, but their content differs.",
            "Run both over the same files.",
        )
    raise CamviewerError(
        f"{names} have no picture in common.", "Compare runs over the same pictures."
    )
