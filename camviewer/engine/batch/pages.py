"""Says which pages of the picture files a run is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from camviewer.engine.batch.addresses import is_remote
from camviewer.engine.batch.sources import Listing, PictureEntry, page_id
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.file_kinds import EIGHT_BIT_SUFFIXES
from camviewer.engine.picture.source_image import read_image

FIRST_PAGE = ""
ALL_PAGES = "all"
_ONE_PAGE = frozenset(EIGHT_BIT_SUFFIXES | {".png"}) - {".gif", ".ico", ".mpo", ".webp"}
"""How names of files end whose pages need not be counted; because opening each takes time."""


def require_pages(words: str) -> str:
    """The words of a choice of pages, the first page as the empty word.

    Raises:
        CamviewerError: they are neither a number from 1 nor ``all``.
    """
    words = words.strip().lower()
    if words in {FIRST_PAGE, ALL_PAGES}:
        return words
    if not (words.isdecimal() and int(words) > 0):
        raise CamviewerError(f"{words!r} says no page.", "Give its number, counted from 1, or all.")
    return FIRST_PAGE if int(words) == 1 else str(int(words))


def with_pages(listing: Listing, words: str) -> Listing:
    """The pictures of a listing by page.

    Args:
        listing: an entry for each file.
        words: of ``require_pages``. For all pages each file that may have several is opened; one
            that cannot be read stays one picture, whose row says why.

    Raises:
        CamviewerError: all pages are asked for of pictures at an address.
    """
    if words == FIRST_PAGE:
        return listing
    if words != ALL_PAGES:
        page = int(words) - 1
        return replace(listing, entries=tuple(_at(entry, page) for entry in listing.entries))
    return replace(listing, entries=tuple(_every_page(listing)))


def _every_page(listing: Listing) -> Iterator[PictureEntry]:
    for entry in listing.entries:
        for page in range(_page_count(listing, entry)):
            yield _at(entry, page)


def _page_count(listing: Listing, entry: PictureEntry) -> int:
    path = listing.file_of(entry)
    if path.suffix.lower() in _ONE_PAGE:
        return 1
    if is_remote(path):
        raise CamviewerError(
            f"{path.name} lies at an address, and its pages cannot be counted from here.",
            "Give the number of one page, or copy the pictures to a disk.",
        )
    try:
        return max(read_image(path).pages, 1)
    except (CamviewerError, MemoryError, OSError):
        return 1


def _at(entry: PictureEntry, page: int) -> PictureEntry:
    return entry if page == 0 else replace(entry, id=page_id(entry.id, page), page=page)
