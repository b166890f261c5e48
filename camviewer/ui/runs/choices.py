"""What the form of a run offers to choose from."""

from __future__ import annotations

from camviewer.ui.runs.plan import ALL_PAGES, FOLDERS_TRUTH, NO_TRUTH, TRUE_CLASS

TABLE, NAMES = "table", "names"
TRUTHS = (
    (NO_TRUTH, "Not known"),
    (FOLDERS_TRUTH, "The name of each picture's folder"),
    (TABLE, "A table with the columns path and label"),
)
CLASSES = (
    ("top1", "The most probable class"),
    ("top3", "The 3 most probable classes"),
    ("top5", "The 5 most probable classes"),
    (TRUE_CLASS, "The true class"),
    (NAMES, "These classes of each picture"),
)
USUAL_CLASSES = "top3"
PAGES = (
    ("", "The first page or frame of each file"),
    (ALL_PAGES, "Every page and frame, each as a picture"),
)
