"""Paints a card of the gallery: a picture with its map, or with those of two runs, and words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camviewer.engine.assessments import NO_ASSESSMENT, Assessment
from camviewer.ui.pictures.thumbnail import paint_failure
from camviewer.ui.review.card_shape import CARD_PADDING, GAP, PARTS, USUAL, CardShape
from camviewer.ui.review.judgement_marks import paint_mark, said_words
from camviewer.ui.style import current_tokens, font, tr

_LINE = 18


class Role(IntEnum):
    """What a card holds beside its caption."""

    THUMBNAIL = Qt.ItemDataRole.UserRole + 1
    FAILURE = Qt.ItemDataRole.UserRole + 2
    WORDS = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class CardWords:
    """What a card says.

    Attributes:
        name: the class of the map.
        share: its probability.
        right: whether the predicted class is the true one; None when that is not known.
        below: what is to be added.
        said: what reviewers say of the picture.
    """

    name: str
    share: str
    right: bool | None
    below: str
    said: Assessment = NO_ASSESSMENT

    @property
    def sign(self) -> str:
        """The verdict as a sign."""
        return "" if self.right is None else "✓" if self.right else "✗"

    @property
    def all(self) -> str:
        """Everything in one line, as a screen reader says it."""
        verdict = {None: "", True: "right", False: "wrong"}[self.right]
        words = (f"{self.name} {self.share}".strip(), verdict, self.below, said_words(self.said))
        return ", ".join(filter(None, words))


@dataclass(frozen=True)
class PairWords:
    """What a card of two runs says.

    Attributes:
        first: of the first run.
        second: of the second run; None where it has not this picture.
        moved: how far the evidence moved.
        note: what is to be said of the two maps.
    """

    first: CardWords
    second: CardWords | None
    moved: str
    note: str

    @property
    def all(self) -> str:
        """Everything in one line, as a screen reader says it."""
        second = (
            tr("not in B") if self.second is None else tr("B: {all}").format(all=self.second.all)
        )
        return "; ".join(filter(None, (f"A: {self.first.all}", second, self.moved, self.note)))

    @property
    def columns(self) -> tuple[CardWords, CardWords, CardWords]:
        """What stands under each of the three pictures."""
        second = self.second or CardWords(tr("not in B"), "", None, "")
        return self.first, second, CardWords(self.moved, "", None, self.note)


class CardPainter(QStyledItemDelegate):
    """Paints the cards.

    Attributes:
        shape: theirs.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape: CardShape = USUAL

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return self.shape.card

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.shape.card
        card = QRectF(option.rect)
        card.setWidth(size.width())
        card.moveLeft(option.rect.left() + (option.rect.width() - size.width()) / 2)
        card.adjust(2, 2, -2, -2)
        _paint_card(painter, card, option.state)
        corner = card.topLeft() + QPointF(CARD_PADDING, CARD_PADDING)
        box = QRectF(corner, QSizeF(self.shape.picture))
        picture, failed = index.data(Role.THUMBNAIL), bool(index.data(Role.FAILURE))
        words = index.data(Role.WORDS)
        parts = _parts(box) if isinstance(words, PairWords) else (box,)
        _paint_picture(painter, box, parts, picture, failed)
        each = words.columns if isinstance(words, PairWords) else (words,)
        paint_mark(painter, parts[0], each[0].said)
        for part, said in zip(parts, each, strict=True):
            _paint_words(painter, QRectF(part.left(), box.bottom() + 2, part.width(), _LINE), said)
        painter.restore()


def _parts(box: QRectF) -> tuple[QRectF, ...]:
    """The places of the pictures of two runs and of their difference."""
    width = (box.width() - (PARTS - 1) * GAP) / PARTS
    return tuple(
        QRectF(box.left() + number * (width + GAP), box.top(), width, box.height())
        for number in range(PARTS)
    )


def _paint_card(painter: QPainter, card: QRectF, state: QStyle.StateFlag) -> None:
    tokens = current_tokens()
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(Qt.PenStyle.NoPen)
    if focused or selected:
        painter.setPen(QPen(tokens.colour("accent"), 2 if focused else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if selected:
        painter.setBrush(tokens.colour("selected"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(tokens.colour("hover"))
    elif not focused:
        return
    painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)


def _paint_picture(
    painter: QPainter,
    box: QRectF,
    places: tuple[QRectF, ...],
    picture: QPixmap | None,
    failed: bool,
) -> None:
    """Paints the whole picture into its box, or quiet places for it."""
    tokens = current_tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("canvas"))
    for place in places:
        painter.drawRoundedRect(place, 4, 4)
    if failed:
        paint_failure(painter, box)
    elif picture is not None:
        size = QSizeF(picture.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        part = QRectF(0, 0, size.width(), size.height())
        part.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(part, picture, QRectF(picture.rect()))


def _paint_words(painter: QPainter, line: QRectF, words: CardWords) -> None:
    tokens = current_tokens()
    left = line
    if words.sign:
        painter.setFont(_font(QFont.Weight.Bold))
        painter.setPen(tokens.colour("right" if words.right else "wrong"))
        painter.drawText(line, _LEFT, words.sign)
        left = line.adjusted(16, 0, 0, 0)
    painter.setFont(_font(QFont.Weight.Normal))
    metrics = QFontMetricsF(painter.font())
    share = metrics.horizontalAdvance(words.share)
    name = metrics.elidedText(words.name, _ELIDE, left.width() - share - 6)
    painter.setPen(tokens.colour("text"))
    painter.drawText(left, _LEFT, name)
    painter.setPen(tokens.colour("muted"))
    painter.drawText(left, _RIGHT, words.share)
    if words.below:
        below = left.translated(0, _LINE - 2)
        painter.drawText(below, _LEFT, metrics.elidedText(words.below, _ELIDE, below.width()))


@lru_cache(maxsize=2)
def _font(weight: QFont.Weight) -> QFont:
    """The font of captions; looking up the system's takes a millisecond."""
    return font(12, weight)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
