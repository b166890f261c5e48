"""Shows the opened pictures one under the other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.results.messages import Verdict
from camviewer.ui.pictures.thumbnail import paint_cover, paint_failure, pixmap_of
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.style import tr
from camviewer.ui.style.theme import current_tokens, notifier
from camviewer.ui.style.wording import score_words, shown_first
from camviewer.ui.widgets.plain_text import in_tip
from camviewer.ui.work.picture_client import LoadedPicture, PictureClient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THUMBNAIL_SIZE = QSize(103, 70)
_CELL_HEIGHT = 107
_WIDTH = 132
_KEPT_THUMBNAILS = 400
_SETTLE_MS = 30
_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row holds beside its caption."""

    THUMBNAIL = Qt.ItemDataRole.UserRole + 1
    FAILURE = Qt.ItemDataRole.UserRole + 2


class Filmstrip(QWidget):
    """A list of thumbnails that asks only for those that are seen."""

    picture_chosen = Signal(Path)
    """The path of the picture that the user chose."""

    thumbnails_wanted = Signal(object)
    """A list of the paths whose thumbnails are seen and missing."""

    thumbnails_given_up = Signal(object)
    """A list of the paths that were wanted, and are not seen any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = _Strip(self)
        self._asked: set[Path] = set()
        self._quiet = False
        self._view = _StripView(self)
        self._settle = QTimer(self)
        self._build()

    def follow(self, exploration: Exploration, pictures: PictureClient) -> None:
        """Lists the pictures that are open, and shows those that are chosen."""
        self._exploration = exploration
        exploration.pictures.listed.connect(self.set_paths)
        exploration.picture_shown.connect(self._mark_shown)
        exploration.pictures.file_failed.connect(self._mark_failed)
        exploration.verdict_changed.connect(self._caption)
        exploration.emptied.connect(lambda: self.set_paths(()))
        self.picture_chosen.connect(exploration.pictures.show_file)
        self.thumbnails_wanted.connect(
            lambda paths: pictures.want_thumbnails(paths, self.set_thumbnail, self.set_failed)
        )
        self.thumbnails_given_up.connect(pictures.give_up_thumbnails)

    @property
    def view(self) -> QListView:
        """The list itself."""
        return self._view

    @property
    def paths(self) -> tuple[Path, ...]:
        """The opened pictures, from above."""
        return self._strip.paths

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Lists pictures; what was known of others is forgotten."""
        if self._asked:
            self.thumbnails_given_up.emit(list(self._asked))
        self._asked.clear()
        self._quiet = True
        self._strip.set_paths(paths)
        self._quiet = False
        self._settle.start()

    def select(self, path: Path) -> None:
        """Marks a picture and scrolls to it, without a signal."""
        row = self._strip.row_of(path)
        self._quiet = True
        index = QModelIndex() if row is None else self._strip.index(row)
        self._view.setCurrentIndex(index)
        self._quiet = False
        if row is not None:
            self._view.scrollTo(index)

    def set_thumbnail(self, path: Path, pixels: NDArray[np.uint8]) -> None:
        """Shows a picture's thumbnail, uint8 RGB (H, W, 3)."""
        self._asked.discard(path)
        self._strip.set_thumbnail(path, pixmap_of(pixels))

    def set_caption(self, path: Path, text: str) -> None:
        """Says something else than the file's name under a picture."""
        self._strip.set_caption(path, text)

    def set_failed(self, path: Path, reason: str) -> None:
        """Shows that a picture could not be read, and why."""
        self._strip.set_failed(path, reason)

    def set_readable(self, path: Path) -> None:
        """Takes the mark away: the picture could be read this time."""
        self._strip.set_readable(path)

    def _mark_shown(self, loaded: LoadedPicture) -> None:
        if loaded.image.path is not None:
            self.set_readable(loaded.image.path)
            self.select(loaded.image.path)

    def _mark_failed(self, path: Path, message: str) -> None:
        self.set_failed(path, message)
        self.select(path)

    def _caption(self, verdict: Verdict) -> None:
        info, picture = self._exploration.models.info, self._exploration.picture
        if info is not None and picture is not None and picture.image.path is not None:
            text = "".join(
                f"{info.labels[best]} {score_words(verdict, best, info.unit)}"
                for best in shown_first(verdict, 1)
            )
            self.set_caption(picture.image.path, text)

    def _build(self) -> None:
        self._view.setModel(self._strip)
        self._view.setItemDelegate(_StripPainter(self._view))
        self._view.current_moved.connect(self._on_current_moved)
        self._view.seen_changed.connect(self._settle.start)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask_for_seen)
        notifier().changed.connect(self._view.viewport().update)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)

    def sizeHint(self) -> QSize:
        """The width of one thumbnail with its margins."""
        return QSize(_WIDTH, 400)

    def _ask_for_seen(self) -> None:
        if not self._view.isVisible():
            return
        seen = [self._strip.paths[row] for row in self._view.seen_rows()]
        missing = [path for path in seen if self._strip.lacks(path)]
        wanted = [path for path in missing if path not in self._asked]
        # Thumbnails are made oldest first: what scrolled away must not come before what is seen.
        given_up = [path for path in self._asked.difference(seen) if self._strip.lacks(path)]
        self._asked = set(missing)
        if given_up:
            self.thumbnails_given_up.emit(given_up)
        if wanted:
            self.thumbnails_wanted.emit(wanted)

    def _on_current_moved(self, row: int) -> None:
        if not self._quiet:
            self.picture_chosen.emit(self._strip.paths[row])


class _Strip(QAbstractListModel):
    """Paths, captions and the thumbnails that were seen last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        self._row_of: dict[Path, int] = {}
        self._captions: dict[Path, str] = {}
        self._failures: dict[Path, str] = {}
        self._thumbnails: OrderedDict[Path, QPixmap] = OrderedDict()

    def set_paths(self, paths: Sequence[Path]) -> None:
        self.beginResetModel()
        self.paths = tuple(dict.fromkeys(paths))
        self._row_of = {path: row for row, path in enumerate(self.paths)}
        for known in (self._captions, self._failures, self._thumbnails):
            for path in [path for path in known if path not in self._row_of]:
                del known[path]
        self.endResetModel()

    def row_of(self, path: Path) -> int | None:
        return self._row_of.get(path)

    def lacks(self, path: Path) -> bool:
        """Whether a thumbnail is still to come."""
        return path not in self._thumbnails and path not in self._failures

    def set_thumbnail(self, path: Path, picture: QPixmap) -> None:
        if path not in self._row_of:
            return
        self._thumbnails[path] = picture
        self._thumbnails.move_to_end(path)
        while len(self._thumbnails) > _KEPT_THUMBNAILS:
            self._thumbnails.popitem(last=False)
        self._tell(path)

    def set_caption(self, path: Path, text: str) -> None:
        if path in self._row_of:
            self._captions[path] = text
            self._tell(path)

    def set_failed(self, path: Path, reason: str) -> None:
        if path in self._row_of:
            self._failures[path] = reason
            self._tell(path)

    def set_readable(self, path: Path) -> None:
        if self._failures.pop(path, None) is not None:
            self._tell(path)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.paths)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        path = self.paths[index.row()]
        caption = self._captions.get(path, path.name)
        failure = self._failures.get(path, "")
        said: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: caption,
            Qt.ItemDataRole.ToolTipRole: in_tip(_lines(str(path), failure)),
            Qt.ItemDataRole.AccessibleTextRole: _lines(
                path.name, self._captions.get(path, ""), failure
            ),
            Role.THUMBNAIL: self._thumbnails.get(path),
            Role.FAILURE: failure,
        }
        return said.get(role)

    def _tell(self, path: Path) -> None:
        index = self.index(self._row_of[path])
        self.dataChanged.emit(index, index)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


class _StripView(QListView):
    """Thumbnails in as many columns as there is room for; it knows which of them are seen."""

    current_moved = Signal(int)
    seen_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self.setAccessibleName(tr("Opened pictures"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().valueChanged.connect(self.seen_changed)

    def seen_rows(self) -> range:
        """The numbers of the pictures within the view, and a line beyond on either side."""
        top, columns = self.verticalOffset(), self._columns()
        first = max(top // _CELL_HEIGHT - 1, 0)
        last = (top + self.viewport().height()) // _CELL_HEIGHT + 1
        return range(first * columns, min((last + 1) * columns, self.model().rowCount()))

    def _columns(self) -> int:
        return max(self.viewport().width() // _WIDTH, 1)

    def _lay_out(self, columns: int) -> None:
        several = columns > 1
        self.setFlow(QListView.Flow.LeftToRight if several else QListView.Flow.TopToBottom)
        self.setWrapping(several)
        # Qt keeps a bar's width free, and wraps what reaches into it.
        room = self.viewport().width() - self.verticalScrollBar().sizeHint().width() - 1
        self.setGridSize(QSize(room // columns, _CELL_HEIGHT) if several else QSize())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.current_moved.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self._columns())
        super().resizeEvent(event)
        self.seen_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen_changed.emit()


class _StripPainter(QStyledItemDelegate):
    """Paints a thumbnail over its caption, on a ringed card where it is the chosen one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(_WIDTH - 12, _CELL_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(8, 4, -8, -2)
        self._paint_card(painter, card, option.state)
        self._paint_picture(painter, card, index)
        self._paint_caption(painter, card, option.font, str(index.data()))
        painter.restore()

    @staticmethod
    def _paint_card(painter: QPainter, card: QRectF, state: QStyle.StateFlag) -> None:
        tokens = current_tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.setBrush(tokens.colour("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(tokens.colour("hover"))
        else:
            return
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)

    @staticmethod
    def _paint_picture(painter: QPainter, card: QRectF, index: _Index) -> None:
        tokens = current_tokens()
        box = QRectF(card.left() + 6, card.top() + 6, card.width() - 12, THUMBNAIL_SIZE.height())
        picture: QPixmap | None = index.data(Role.THUMBNAIL)
        failed = bool(index.data(Role.FAILURE))
        if picture is not None and not failed:
            paint_cover(painter, box, picture, 4)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("line"))
        painter.drawRoundedRect(box, 4, 4)
        if failed:
            paint_failure(painter, box)

    @staticmethod
    def _paint_caption(painter: QPainter, card: QRectF, base: QFont, caption: str) -> None:
        """Paints a class's name with its probability after it, or a file's name."""
        tokens = current_tokens()
        line = QRectF(card.left() + 6, card.bottom() - 22, card.width() - 12, 18)
        name, _, number = caption.rpartition(" ")
        if not number.endswith("%"):
            name, number = caption, ""
        font = QFont(base)
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        gap = metrics.horizontalAdvance(" ") if number else 0.0
        room = line.width() - metrics.horizontalAdvance(number) - gap
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(tokens.colour("text"))
        painter.drawText(line, where, shown)
        painter.setPen(tokens.colour("muted"))
        left = metrics.horizontalAdvance(shown) + gap
        painter.drawText(line.adjusted(left, 0, 0, 0), where, number)
