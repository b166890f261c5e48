"""Puts what reviewers say beside the rows of a table, for filters, orders and counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.assessments import Assessment, Judgement, PictureKey
from camviewer.engine.batch.assessed_rows import table_of, with_assessments
from camviewer.engine.review.sorting import JUDGEMENT_ORDER

Assessments = Mapping[PictureKey, Assessment]

NOTHING_SAID: Assessments = {}

_PLACES = {judgement.value: place for place, judgement in enumerate(Judgement, 1)}


def with_judgements(rows: pl.DataFrame, said: Assessments) -> pl.DataFrame:
    """Rows with ``judgement``, ``tags``, ``note`` and the column of the order by judgement."""
    place = pl.col("judgement").replace_strict(_PLACES, default=0, return_dtype=pl.Int8)
    return with_assessments(rows, table_of(said)).with_columns(place.alias(JUDGEMENT_ORDER))


def judged_count(rows: pl.DataFrame, numbers: NDArray[np.uint32], said: Assessments) -> int:
    """How many of these rows' pictures are judged."""
    judged = {key: one for key, one in said.items() if one.judgement is not None}
    if not judged:
        return 0
    keys = rows.select("id", "sha256")[numbers]
    return int(with_assessments(keys, table_of(judged))["judgement"].count())
