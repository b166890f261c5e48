"""Holds the rows of a view for the gallery: their order, captions and thumbnails."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from math import isnan
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QImage, QPixmap

from camviewer.engine.assessments import NO_ASSESSMENT, Assessment, PictureKey
from camviewer.engine.render.number_words import number_words
from camviewer.ui.review.card_painter import CardWords, PairWords, Role
from camviewer.ui.review.host import RunFacts
from camviewer.ui.style import percent, tr
from camviewer.ui.widgets import in_tip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Index = QModelIndex | QPersistentModelIndex

_KEPT = 400
"""Maximum number of thumbnails in memory: about 40 MB on a screen of scale 1."""
_FEW = 100
"""Maximum number of rows that are looked up one by one; because polars gathers on its threads,
which have to wait for a processor beside a run, and the window with them."""


class GalleryModel(QAbstractListModel):
    """The rows' numbers in their order, their captions, and the thumbnails that were seen last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts: RunFacts | None = None
        self._numbers: NDArray[np.uint32] | None = None
        self._thumbnails: OrderedDict[int, QPixmap] = OrderedDict()
        self._failures: dict[int, str] = {}
        self._said: Callable[[PictureKey], Assessment] = lambda _key: NO_ASSESSMENT

    def set_assessments(self, said: Callable[[PictureKey], Assessment]) -> None:
        """Takes what is asked for what reviewers say of a picture."""
        self._said = said

    def key(self, number: int) -> PictureKey:
        """Which picture a row is of."""
        assert self._facts is not None  # noqa: S101
        captions = self._facts.captions
        return PictureKey(captions.ids[number], captions.hashes[number] or "")

    def keys_and_paths(self, numbers: Sequence[int]) -> tuple[tuple[PictureKey, str], ...]:
        """Which pictures rows are of, and their paths."""
        assert self._facts is not None  # noqa: S101
        captions = self._facts.captions
        if len(numbers) <= _FEW:
            return tuple((self.key(number), captions.paths[number]) for number in numbers)
        columns = (captions.ids, captions.hashes, captions.paths)
        chosen = (column.gather(list(numbers)).to_list() for column in columns)
        return tuple(
            (PictureKey(name, sha256 or ""), path)
            for name, sha256, path in zip(*chosen, strict=True)
        )

    def set_facts(self, facts: RunFacts | None) -> None:
        """Takes the captions of all rows; of another reading, what was made is forgotten."""
        if facts is None or self._facts is None or facts.reading != self._facts.reading:
            self.forget_thumbnails()
        self._facts = facts

    def set_numbers(self, numbers: NDArray[np.uint32] | None) -> None:
        """Shows these rows, in this order."""
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def forget_thumbnails(self) -> None:
        """The thumbnails are of another run, or in another look."""
        self._thumbnails.clear()
        self._failures.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def number_at(self, place: int) -> int:
        """The number of the row at a place of the view."""
        assert self._numbers is not None  # noqa: S101
        return int(self._numbers[place])

    def place_of(self, number: int) -> int | None:
        """Where a row is in the view; None when it is not in it."""
        if self._numbers is None:
            return None
        found = (self._numbers == number).nonzero()[0]
        return int(found[0]) if len(found) else None

    def lacking(self, seen: Iterable[int]) -> list[int]:
        """Those of the rows in sight whose thumbnail is still to come; the others' are kept."""
        found = []
        for number in seen:
            if number in self._thumbnails:
                self._thumbnails.move_to_end(number)
            elif number not in self._failures:
                found.append(number)
        return found

    def set_thumbnail(self, number: int, image: QImage, places: range) -> None:
        """Takes a row's thumbnail; ``places`` are those in sight, which are drawn anew."""
        self._thumbnails[number] = QPixmap.fromImage(image)
        self._thumbnails.move_to_end(number)
        while len(self._thumbnails) > _KEPT:
            self._thumbnails.popitem(last=False)
        self._tell(number, places)

    def set_failure(self, number: int, message: str, places: range) -> None:
        """Takes why a row has no thumbnail."""
        self._failures[number] = message
        self._tell(number, places)

    def thumbnail(self, number: int) -> QPixmap | None:
        """The thumbnail of a row, as far as it is in memory."""
        return self._thumbnails.get(number)

    def failure(self, number: int) -> str:
        """Why a row has no thumbnail; empty when it has one, or is to have one."""
        return self._failures.get(number, "")

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._numbers is None else len(self._numbers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number = self.number_at(index.row())
        if role == Role.THUMBNAIL:
            return self._thumbnails.get(number)
        if role == Role.FAILURE:
            return self._failures.get(number, "")
        if role == Role.WORDS:
            return self.words(number)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(number).all
        if role == Qt.ItemDataRole.ToolTipRole:
            failure = self._failures.get(number, "")
            return in_tip("\n".join(filter(None, (self.words(number).all, failure))))
        return None

    def words(self, number: int) -> CardWords | PairWords:
        """What is said of a row; of two runs, what both say."""
        assert self._facts is not None  # noqa: S101
        facts, compared = self._facts, self._facts.compared
        captions = facts.captions
        truth = int(captions.truth[number])
        first = _card_words(
            facts.labels,
            (
                int(captions.explained[number]),
                float(captions.probability[number]),
                float(captions.value[number]),
            ),
            (int(captions.predicted[number]), float(captions.confidence[number])),
            truth,
            self._said(self.key(number)),
        )
        if compared is None:
            return first
        if not compared.has(number):
            return PairWords(first, None, "", "")
        explained, moved = int(compared.explained[number]), float(compared.moved[number])
        second = _card_words(
            facts.labels,
            (explained, float(compared.probability[number]), float(compared.value[number])),
            (int(compared.said[number]), float(compared.confidence[number])),
            truth,
        )
        same = explained == int(captions.explained[number])
        shown = (
            tr("no evidence in one")
            if isnan(moved)
            else tr("{share} moved").format(share=f"{moved:.0%}")
        )
        return PairWords(first, second, shown, "" if same else tr("maps of two classes"))

    def _tell(self, number: int, places: range) -> None:
        if self._numbers is None:
            return
        for offset in (self._numbers[places.start : places.stop] == number).nonzero()[0]:
            index = self.index(places.start + int(offset))
            self.dataChanged.emit(index, index)


def _card_words(
    labels: Sequence[str],
    shown: tuple[int, float, float],
    said: tuple[int, float],
    truth: int,
    judged: Assessment = NO_ASSESSMENT,
) -> CardWords:
    """What is said of a map.

    Args:
        labels: of the classes.
        shown: (class, probability, value) of the map; the class is below 0 where there is none, the
            probability NaN where the model puts out values.
        said: (class, probability) of the most probable class.
        truth: the true class; below 0 where it is not known.
        judged: what reviewers say of the picture.
    """
    explained, probability, value = shown
    predicted, confidence = said
    if explained < 0:
        return CardWords(tr("no map"), "", None, "", judged)
    share = number_words(value) if isnan(probability) else percent(probability)
    below = ""
    if truth >= 0 and truth != predicted:
        other = predicted if explained == truth else truth
        words = tr("said {name}") if explained == truth else tr("true: {name}")
        below = words.format(name=labels[other])
    elif explained != predicted:
        if isnan(confidence):
            below = tr("highest: {name}").format(name=labels[predicted])
        else:
            said_words = tr("said {name} {share}")
            below = said_words.format(name=labels[predicted], share=percent(confidence))
    right = None if truth < 0 else truth == predicted
    return CardWords(labels[explained], share, right, below, judged)
