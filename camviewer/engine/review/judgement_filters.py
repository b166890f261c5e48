"""Filters over what reviewers said."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from camviewer.engine.assessments import Judgement


@dataclass(frozen=True)
class Judged:
    """Pictures that reviewers judged so.

    Attributes:
        judgement: None for those that are not judged.
    """

    judgement: Judgement | None = None


@dataclass(frozen=True)
class Tagged:
    """Pictures that reviewers gave a tag."""

    tag: str


@dataclass(frozen=True)
class Noted:
    """Pictures that reviewers wrote a note about, or did not."""

    has: bool = True


JudgementFilter = Judged | Tagged | Noted


def judgement_condition(one: JudgementFilter) -> pl.Expr:
    """The condition on the columns of ``with_judgements``."""
    match one:
        case Judged(None):
            return pl.col("judgement").is_null()
        case Judged(judgement):
            return pl.col("judgement") == str(judgement)
        case Tagged(tag):
            return pl.col("tags").list.contains(tag).fill_null(value=False)
        case Noted(has):
            return pl.col("note").is_not_null() == has


def judgement_filter_words(one: JudgementFilter) -> str:
    """What such a filter does, in a few words."""
    match one:
        case Judged(judgement):
            return "not judged" if judgement is None else f"judged {judgement}"
        case Tagged(tag):
            return f"tag: {tag}"
        case Noted(has):
            return "has a note" if has else "has no note"
