"""The orders that a run's pictures can be shown in."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from camviewer.engine.errors import CamviewerError


@dataclass(frozen=True)
class Sort:
    """An order of rows; those without a value come last, equal ones by path.

    Attributes:
        name: by which it is asked for.
        title: what is sorted by.
        column: of the table.
        descending: whether the largest value comes first: what is worth a look comes first.
        first: what comes first, in two or three words.
        last: what comes first when the order is reversed.
        wants: what a run needs to have it; empty when every run has it.
    """

    name: str
    title: str
    column: str
    descending: bool
    first: str
    last: str
    wants: str = ""

    def expression(self) -> pl.Expr:
        """What is sorted by."""
        return pl.col(self.column)


JUDGEMENT_ORDER = "judgement_order"
"""Column of the order by judgement: 0 while a picture is not judged."""

_TRUTH = "Run it with true classes (--truth)."
_OBJECTS = "Run it with objects (--objects)."

SORTS = (
    Sort("path", "Path", "path_order", descending=False, first="A to Z", last="Z to A"),
    Sort(
        "confidence",
        "Confidence",
        "predicted_probability",
        descending=True,
        first="surest first",
        last="least sure first",
    ),
    Sort(
        "margin",
        "Margin",
        "margin",
        descending=False,
        first="closest call first",
        last="clearest first",
    ),
    Sort(
        "loss",
        "Loss",
        "loss",
        descending=True,
        first="largest first",
        last="smallest first",
        wants=_TRUTH,
    ),
    Sort(
        "border",
        "Evidence on the border",
        "border_share",
        descending=True,
        first="most first",
        last="least first",
    ),
    Sort(
        "outside",
        "Evidence outside the object",
        "outside_object",
        descending=True,
        first="most first",
        last="least first",
        wants=_OBJECTS,
    ),
    Sort(
        "stability",
        "Stability",
        "stability",
        descending=False,
        first="least stable first",
        last="most stable first",
        wants="Run it with --measures stability.",
    ),
    Sort(
        "faithfulness",
        "Faithfulness",
        "faithfulness",
        descending=False,
        first="least faithful first",
        last="most faithful first",
        wants="Run it with --measures deletion,insertion.",
    ),
    Sort(
        "judgement",
        "Judgement",
        JUDGEMENT_ORDER,
        descending=False,
        first="unjudged first",
        last="unjudged last",
    ),
    Sort(
        "moved",
        "Evidence moved",
        "evidence_moved",
        descending=True,
        first="most first",
        last="least first",
        wants="Compare two runs.",
    ),
    Sort(
        "centre",
        "Centre of the evidence moved",
        "centre_moved",
        descending=True,
        first="farthest first",
        last="nearest first",
        wants="Compare two runs.",
    ),
)
"""All orders. Loss is the cross-entropy of the true class; faithfulness is insertion minus
deletion (Petsiuk et al., RISE, 2018)."""

_BY_NAME = {sort.name: sort for sort in SORTS}


def sort_named(name: str) -> Sort:
    """The order of this name.

    Raises:
        CamviewerError: there is none.
    """
    if name not in _BY_NAME:
        raise CamviewerError(
            f"There is no order '{name}'.", f"Choose one of {', '.join(_BY_NAME)}."
        )
    return _BY_NAME[name]
