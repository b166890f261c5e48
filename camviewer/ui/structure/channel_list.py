"""Shows the channels of a layer as a grid of small pictures; only those in sight are painted."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen, qRgb
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camviewer.engine.render import Look, colormap_table
from camviewer.engine.render.number_words import number_words
from camviewer.engine.structure import ChannelOrder, ChannelSheet
from camviewer.ui.style import current_tokens, font, tr

CELL = QSize(74, 82)
_PICTURE = 56
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a channel holds beside its number."""

    PICTURE = Qt.ItemDataRole.UserRole + 1
    CHANNEL = Qt.ItemDataRole.UserRole + 2


class ChannelModel(QAbstractListModel):
    """The channels of a sheet; a picture is made of its bytes when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: ChannelSheet | None = None
        self._colours: list[int] = []

    @property
    def sheet(self) -> ChannelSheet | None:
        """What is shown."""
        return self._sheet

    def set_sheet(self, sheet: ChannelSheet | None) -> None:
        self.beginResetModel()
        self._sheet = sheet
        self.endResetModel()

    def set_look(self, look: Look) -> None:
        """Takes the colours of maps; the sheet says itself whether they are signed."""
        signed = self._sheet is not None and self._sheet.wish.signed
        name = look.signed_colormap if signed else look.colormap
        self._colours = [qRgb(*colour) for colour in colormap_table(name).tolist()]
        if self._sheet is not None:
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def row_of(self, channel: int) -> int | None:
        """Where a channel stands in the order."""
        if self._sheet is None:
            return None
        found = np.flatnonzero(self._sheet.channels == channel)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.channels)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        sheet, row = self._sheet, index.row()
        if sheet is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(sheet.channels[row])
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return "\n".join(channel_words(sheet, row))
            case Role.PICTURE:
                return self._picture(sheet, row)
            case Role.CHANNEL:
                return int(sheet.channels[row])
        return None

    def _picture(self, sheet: ChannelSheet, row: int) -> QImage:
        places = np.ascontiguousarray(sheet.places[row])
        height, width = places.shape
        image = QImage(places.data, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        return image.copy()  # the bytes are the sheet's


def channel_words(sheet: ChannelSheet, row: int) -> tuple[str, ...]:
    """What is known of a channel, line by line."""
    low, high = number_words(float(sheet.lows[row])), number_words(float(sheet.highs[row]))
    return (
        tr("Channel {number} of {layer}").format(
            number=sheet.channels[row], layer=sheet.wish.layer
        ),
        tr("{low} to {high}, mean {mean}").format(
            low=low, high=high, mean=number_words(float(sheet.means[row]))
        ),
        f"{sheet.weight_meaning.capitalize()} {number_words(float(sheet.weights[row]))}",
        tr("Colours end at {value}").format(value=number_words(float(sheet.ends[row]))),
    )


class ChannelList(QListView):
    """The grid; a click or Enter enlarges a channel."""

    channel_chosen = Signal(int)
    """The number of the channel that the user chose."""

    left = Signal()
    """The user wants the class map back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channels = ChannelModel(self)
        self.setModel(self.channels)
        self.setItemDelegate(_Painter(self))
        self.setProperty("kind", "plain")
        self.setAccessibleName(tr("Channels"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionRectVisible(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)

    def select(self, channel: int | None) -> None:
        """Marks the channel that is enlarged, without a signal."""
        row = None if channel is None else self.channels.row_of(channel)
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.channels.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.channel_chosen.emit(int(index.data(Role.CHANNEL)))


class _Painter(QStyledItemDelegate):
    """Paints a channel with its number under it, and its mean or weight where it is sorted so."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = current_tokens()
        cell = QRectF(option.rect)
        picture: QImage = index.data(Role.PICTURE)
        frame = QRectF(cell.center().x() - _PICTURE / 2, cell.top() + 4, _PICTURE, _PICTURE)
        size = picture.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(frame.center())
        painter.save()
        # Every cell of the grid is to be seen as it is.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(box, picture)
        ring = _ring(option.state, tokens.colour("accent"), tokens.colour("control_line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ring)
        inset = ring.widthF() / 2
        painter.drawRect(box.adjusted(-inset, -inset, inset, inset))
        painter.setFont(font(11))
        painter.setPen(tokens.colour("muted"))
        line = QRectF(cell.left(), frame.bottom() + 4, cell.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, _caption(index))
        painter.restore()


def _ring(state: QStyle.StateFlag, accent: QColor, line: QColor) -> QPen:
    if state & QStyle.StateFlag.State_Selected:
        return QPen(accent, 2)
    return QPen(accent if state & QStyle.StateFlag.State_MouseOver else line, 1)


def _caption(index: _Index) -> str:
    model = index.model()
    sheet = model.sheet if isinstance(model, ChannelModel) else None
    number = str(index.data())
    if sheet is None or sheet.wish.order is ChannelOrder.NUMBER:
        return number
    by_mean = sheet.wish.order is ChannelOrder.MEAN
    value = (sheet.means if by_mean else sheet.weights)[index.row()]
    return f"{number} · {float(value):.2g}".replace("-", "\N{MINUS SIGN}")
