"""Sentences that send their reader to a chapter of the documents."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHAPTER = re.compile(r"(docs/[a-z_-]+\.md)#([a-z0-9-]+)")


def test_every_chapter_that_a_sentence_names_is_there() -> None:
    named = {
        found
        for file in (ROOT / "camviewer").rglob("*.py")
        for found in CHAPTER.findall(file.read_text(encoding="utf-8"))
    }
    missing = [
        f"{page}#{anchor}" for page, anchor in sorted(named) if anchor not in anchors(ROOT / page)
    ]

    assert len(named) >= 5
    assert not missing


def anchors(page: Path) -> set[str]:
    """What the headings of a page are reached by."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings}
