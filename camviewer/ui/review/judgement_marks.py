"""How judgements are given, named, and marked on a picture."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from camviewer.engine.assessments import Assessment, Judgement, joined_tags
from camviewer.ui.style import current_tokens, font, mark, tr

TAKE_AWAY_KEY = "0"

_SHOWN_NOTE = 80
"""Maximum length of a note in a line about a picture, in characters."""
_SIDE = 20
_MARGIN = 4
_LINES = (6.5, 10.0, 13.5)
"""Where the lines of the sign for words lie in its square, from above."""


@dataclass(frozen=True)
class JudgementWords:
    """How a judgement is given and named.

    Attributes:
        key: on the keyboard.
        title: on its button, in English.
        colour: of its mark, by role.
    """

    key: str
    title: str
    colour: str


JUDGEMENTS = {
    Judgement.RIGHT_REASON: JudgementWords("1", mark("Right for the right reason"), "right"),
    Judgement.WRONG_REASON: JudgementWords("2", mark("Right for the wrong reason"), "wrong"),
    Judgement.WRONG: JudgementWords("3", mark("Wrong"), "wrong"),
    Judgement.UNSURE: JudgementWords("4", mark("Unsure"), "muted"),
}


def said_words(said: Assessment) -> str:
    """What reviewers say of a picture in one line; empty when they say nothing."""
    words = []
    if said.judgement is not None:
        title = tr(JUDGEMENTS[said.judgement].title)
        words.append(tr("Judged: {judgement}").format(judgement=title))
    if said.tags:
        words.append(tr("Tags: {tags}").format(tags=joined_tags(said.tags)))
    if said.note:
        note = shorten(said.note, _SHOWN_NOTE, placeholder="…")
        words.append(tr("Note: “{note}”").format(note=note))
    return " · ".join(words)


def paint_mark(painter: QPainter, box: QRectF, said: Assessment) -> None:
    """Paints into the upper right corner of a picture how it is judged, and whether it has words.

    The mark of a judgement is the key that gives it; beside it, lines stand for tags or a note.
    """
    right = box.right() - _MARGIN
    if said.judgement is not None:
        words = JUDGEMENTS[said.judgement]
        place = _place(painter, right, box.top())
        painter.setFont(font(12, QFont.Weight.Bold))
        painter.setPen(current_tokens().colour(words.colour))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words.key)
        right = place.left() - _MARGIN
    if said.tags or said.note:
        place = _place(painter, right, box.top())
        painter.setPen(QPen(current_tokens().colour("muted"), 1.5))
        for y in _LINES:
            line = QLineF(place.left() + 5, place.top() + y, place.right() - 5, place.top() + y)
            painter.drawLine(line)


def _place(painter: QPainter, right: float, top: float) -> QRectF:
    """Paints the ground of a mark; returns where it is."""
    place = QRectF(right - _SIDE, top + _MARGIN, _SIDE, _SIDE)
    tokens = current_tokens()
    painter.setPen(QPen(tokens.colour("line"), 1))
    painter.setBrush(tokens.colour("panel"))
    painter.drawRoundedRect(place, 4, 4)
    return place
