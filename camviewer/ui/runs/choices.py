"""What the form of a run offers to choose from."""

from __future__ import annotations

from camviewer.ui.runs.plan import ALL_PAGES, FOLDERS_TRUTH, NO_TRUTH, TRUE_CLASS
from camviewer.ui.style import mark

TABLE, NAMES = "table", "names"
TRUTHS = (
    (NO_TRUTH, mark("Not known")),
    (FOLDERS_TRUTH, mark("The name of each picture's folder")),
    (TABLE, mark("A table with the columns path and label")),
)
CLASSES = (
    ("top1", mark("The most probable class")),
    ("top3", mark("The 3 most probable classes")),
    ("top5", mark("The 5 most probable classes")),
    (TRUE_CLASS, mark("The true class")),
    (NAMES, mark("These classes of each picture")),
)
PAGES = (
    ("", mark("The first page or frame of each file")),
    (ALL_PAGES, mark("Every page and frame, each as a picture")),
)
