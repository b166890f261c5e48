"""Says to file dialogs which files are pictures."""

from __future__ import annotations

from camviewer.ui.style import tr


def picture_kinds() -> str:
    """The filter of a file dialog that opens pictures: every kind that can be decoded here."""
    from camviewer.engine.picture import PICTURE_SUFFIXES  # noqa: PLC0415  (start-up)

    kinds = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
    return tr("Pictures ({kinds});;All files (*)").format(kinds=kinds)
