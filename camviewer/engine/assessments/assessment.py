"""What a reviewer says of one picture, and a change of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Judgement(StrEnum):
    """Whether the model is right, and for the right reason; the value is what tables say."""

    RIGHT_REASON = "right for the right reason"
    WRONG_REASON = "right for the wrong reason"
    WRONG = "wrong"
    UNSURE = "unsure"


class PictureKey(NamedTuple):
    """Which picture is meant: of a file that was changed, another one.

    Attributes:
        id: of the picture, as in the rows.
        sha256: of the file's bytes; empty where it could not be read.
    """

    id: str
    sha256: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> PictureKey:
        """The picture of a run's row, which has ``id`` and ``sha256``."""
        return cls(row["id"], row["sha256"] or "")


@dataclass(frozen=True)
class Assessment:
    """What is said of a picture.

    Attributes:
        judgement: None while it is not judged.
        tags: each once, in the order in which they were given.
        note: free words.
        reviewer: who said so last; empty unless the reviewer wanted to sign.
        changed_at: when, in UTC (ISO 8601); empty before it is kept.
    """

    judgement: Judgement | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    reviewer: str = ""
    changed_at: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self.judgement is None and not self.tags and not self.note

    def says_as(self, other: Assessment) -> bool:
        """Whether both say the same, whoever said it."""
        return (self.judgement, self.tags, self.note) == (other.judgement, other.tags, other.note)


NO_ASSESSMENT = Assessment()


@dataclass(frozen=True)
class Change:
    """What is to be said of a picture from now on. Only what differs is written.

    Attributes:
        key: the picture.
        path: its path, for sentences about it.
        known: what was known to be said before.
        wanted: what is to be said.
    """

    key: PictureKey
    path: str
    known: Assessment
    wanted: Assessment

    def followed_by(self, later: Change) -> Change:
        """Both changes of a picture as one."""
        return Change(self.key, self.path, self.known, later.wanted)


def split_tags(words: str) -> tuple[str, ...]:
    """The tags in words with commas between them, each once."""
    tags = (" ".join(tag.split()) for tag in words.replace(";", ",").split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def words_for_report(said: Assessment) -> str:
    """What is said of a picture, in whole and in English, as the rest of a report."""
    lines = [] if said.judgement is None else [f"Judged {said.judgement}."]
    lines += [f"Tags: {joined_tags(said.tags)}."] if said.tags else []
    lines += [said.note] if said.note else []
    return "\n".join(lines)


def joined_tags(tags: Iterable[str]) -> str:
    """Tags as ``split_tags`` reads them."""
    return ", ".join(tags)
