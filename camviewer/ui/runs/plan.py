"""What the dialog asks for, and the arguments of the command that does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NO_TRUTH, FOLDERS_TRUTH = "none", "folders"
TRUE_CLASS = "truth"
USUAL_CLASSES = "top3"
ALL_PAGES = "all"
LIST_SUFFIXES = frozenset({".csv", ".tsv", ".parquet", ".txt"})
"""How the name of a table or a list of paths ends."""


@dataclass(frozen=True)
class RunPlan:
    """A run that is to be begun, or gone on with.

    Attributes:
        run: the folder of the run.
        source: the pictures; empty for a run that goes on with its own settings.
        model: id of the model.
        method: id of the method.
        classes: ``top3`` and the like, ``truth``, or names with commas between them.
        truth: ``none``, ``folders``, or the path of a table.
        bands: what the model is fed in place of its own, as ``8,4,3``; empty for its own.
        values: the range that it is fed, as ``--values`` takes it; empty for its own.
        page: ``all`` for every page of each file; empty for the first.
        target: what is explained, as ``--target`` takes it; empty for the scores of the classes.
        scores: whether all class scores and the pooled features are kept.
    """

    run: Path
    source: str = ""
    model: str = ""
    method: str = ""
    classes: str = ""
    truth: str = NO_TRUTH
    bands: str = ""
    values: str = ""
    page: str = ""
    target: str = ""
    scores: bool = False


def plan_words(plan: RunPlan, *, retry_failed: bool = False) -> list[str]:
    """The arguments that carry out a plan at the terminal."""
    how = ["--json-lines", "--commands", *(["--retry-failed"] if retry_failed else [])]
    if not plan.source:
        return ["batch", "resume", *how, "--", str(plan.run)]
    settings = [
        f"--output={plan.run}",
        f"--model={plan.model}",
        f"--method={plan.method}",
        f"--classes={plan.classes}",
        f"--truth={plan.truth}",
        *([f"--bands={plan.bands}"] if plan.bands else []),
        *([f"--values={plan.values}"] if plan.values else []),
        *([f"--page={plan.page}"] if plan.page else []),
        *([f"--target={plan.target}"] if plan.target else []),
        *(["--logits", "--features"] if plan.scores else []),
    ]
    return ["batch", "run", *settings, *how, "--", plan.source]


def csv_words(run: Path, file: Path) -> list[str]:
    """The arguments that write the rows of a run as CSV."""
    return ["batch", "export", f"--csv={file}", "--overwrite", "--", str(run)]


def overlay_words(run: Path, folder: Path, window: str = "") -> list[str]:
    """The arguments that draw the overlays of a run; the window says what the eye sees."""
    seen = [f"--window={window}"] if window else []
    return ["batch", "export", f"--overlays={folder}", *seen, "--overwrite", "--", str(run)]
