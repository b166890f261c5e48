"""Says to file dialogs which files are pictures."""

from __future__ import annotations

from camviewer.ui.style import tr

BUNDLE_SUFFIX = ".zip"
"""Of evidence bundles, which are opened to be checked."""


def picture_kinds() -> str:
    """The filter of a file dialog that opens pictures, of every kind that can be decoded here.

    Evidence bundles have a filter of their own.
    """
    from camviewer.engine.picture import PICTURE_SUFFIXES  # noqa: PLC0415  (start-up)

    kinds = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
    pictures, everything = tr("Pictures ({kinds});;All files (*)").split(";;")
    bundles = tr("Evidence bundles ({kinds})").format(kinds=f"*{BUNDLE_SUFFIX}")
    return ";;".join((pictures.format(kinds=kinds), bundles, everything))
