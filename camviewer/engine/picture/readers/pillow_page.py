"""Names a page that Pillow reads without loss."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PillowPage:
    """A page that Pillow reads without loss.

    Attributes:
        frame: its number for Pillow, from 0.
        pages: how many pages the file has; None where Pillow has to count.
        page_names: of all pages; empty where they have none.
    """

    frame: int
    pages: int | None = None
    page_names: tuple[str, ...] = ()
