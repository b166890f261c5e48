"""The mean map of a class over its mean picture; a cell leads to the pictures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from camviewer.engine.render import Look
from camviewer.engine.render.number_words import number_words
from camviewer.ui.pictures.thumbnail import image_of, pixmap_of
from camviewer.ui.review.host import RunFacts
from camviewer.ui.style import theme, tr, unit_words
from camviewer.ui.widgets.keys_and_tips import ARROWS, show_tip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.review import MeanEvidence, MeanPicture


class MeanGrid(QWidget):
    """A grid of cells in colours, or a picture in its place; arrow keys and Enter work, too.

    Signals:
        chosen: (row, column) of a cell.
    """

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: NDArray[np.float64] | None = None
        self._image = QImage()
        self._unit = ""
        self._mark = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Mean map"))
        self.setMinimumSize(120, 120)
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(260, 260)

    def show_values(self, values: NDArray[np.float64] | None, look: Look, unit: str) -> None:
        """Shows a mean map (h, w); None shows nothing."""
        from camviewer.engine.render import colormap_table  # noqa: PLC0415
        from camviewer.engine.render.overlay import indices  # noqa: PLC0415

        self._values, self._unit = values, unit_words(unit)
        if values is not None:
            most = float(abs(values).max() if look.signed else values.max())
            limits = (-most, most) if look.signed else (0.0, most)
            table = colormap_table(look.active_colormap)
            self._image = image_of(table[indices(values.astype("f4"), limits)])
            self._mark = (0, 0)
        self._say_mark()
        self.update()

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell lies in the widget."""
        assert self._values is not None  # noqa: S101
        area, (rows, columns) = self._area(), self._values.shape
        width, height = area.width() / columns, area.height() / rows
        return QRectF(area.left() + column * width, area.top() + row * height, width, height)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """(row, column) of the cell under a point."""
        area = self._area()
        if self._values is None or not area.contains(point):
            return None
        rows, columns = self._values.shape
        row = int((point.y() - area.top()) / area.height() * rows)
        column = int((point.x() - area.left()) / area.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            cell, words = self.cell_at(QPointF(event.pos())), ""
            if cell is not None:
                words = self._words(cell)
            show_tip(event, words, self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None:
            self._mark = cell
            self._say_mark()
            self.update()
            self.chosen.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._values is not None and key in ARROWS:
            rows, columns = self._values.shape
            right, down = ARROWS[key]
            self._mark = (
                min(max(self._mark[0] + down, 0), rows - 1),
                min(max(self._mark[1] + right, 0), columns - 1),
            )
            self._say_mark()
            self.update()
        elif self._values is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(*self._mark)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._values is None:
            return
        painter = QPainter(self)
        painter.drawImage(self._area(), self._image)
        if self.hasFocus():
            painter.setPen(QPen(theme.current_tokens().colour("accent"), 2))
            painter.drawRect(self.cell_box(*self._mark).adjusted(1, 1, -1, -1))
        painter.end()

    def _words(self, cell: tuple[int, int]) -> str:
        if self._values is None:
            return ""
        value = number_words(float(self._values[cell]))
        return tr("{value} {unit} on average").format(value=value, unit=self._unit)

    def _say_mark(self) -> None:
        """Tells a screen reader which cell the keyboard is at."""
        row, column = self._mark
        words = self._words(self._mark)
        where = tr("Row {row}, column {column}: {words}").format(
            row=row + 1, column=column + 1, words=words
        )
        self.setAccessibleDescription(where if words else "")

    def _area(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side)


class MeanPage(QWidget):
    """Chooses a class, and shows its mean map beside its mean picture.

    Signals:
        wanted: (class) whose mean map is to be made.
        cell_chosen: (MeanEvidence, (row, column)).
    """

    wanted = Signal(int)
    cell_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mean: MeanEvidence | None = None
        self._look, self._unit = Look(), ""
        self._classes: list[int] = []
        self._class = QComboBox(self)
        self._words = QLabel(self)
        self._grid = MeanGrid(self)
        self._picture = QLabel(self)
        self._picture_words = QLabel(self)
        self._build()

    @property
    def class_box(self) -> QComboBox:
        """The classes that have maps."""
        return self._class

    @property
    def chosen_class(self) -> int | None:
        """The class whose mean is shown; None while there is none."""
        place = self._class.currentIndex()
        return self._classes[place] if 0 <= place < len(self._classes) else None

    @property
    def grid(self) -> MeanGrid:
        """The mean map."""
        return self._grid

    @property
    def words(self) -> str:
        """The number of maps that the mean is made of, in words."""
        return self._words.text()

    @property
    def picture_words(self) -> str:
        """The number of pictures that the mean picture is made of, in words."""
        return self._picture_words.text()

    def show_classes(self, classes: list[int], facts: RunFacts, look: Look) -> None:
        """Offers classes, those with most pictures first."""
        self._look, self._unit = look, facts.unit
        before = self.chosen_class
        self._class.blockSignals(True)
        self._class.clear()
        self._classes = list(classes)
        self._class.addItems([facts.labels[index] for index in classes])
        place = self._classes.index(before) if before in self._classes else 0
        self._class.setCurrentIndex(place)
        self._class.blockSignals(False)

    def choose(self, index: int) -> None:
        """Shows another class."""
        if index in self._classes:
            self._class.setCurrentIndex(self._classes.index(index))

    def ask(self) -> None:
        """Asks for the mean map of the class that is chosen."""
        index = self.chosen_class
        if index is not None:
            self._picture.clear()
            self._picture_words.setText("")
            self.wanted.emit(index)

    def show_mean(self, mean: MeanEvidence | None) -> None:
        """Shows a mean map; None says that there is none."""
        self._mean = mean
        self._grid.show_values(None if mean is None else mean.values, self._look, self._unit)
        if mean is None:
            self._words.setText(tr("There is no map of this class."))
            return
        count = len(mean.numbers)
        words = [
            tr("Mean of {n} map(s) of pictures of the class.", "", count)
            if mean.of_truth
            else tr("Mean of {n} map(s) of pictures said to be of the class.", "", count)
        ]
        if mean.others:
            words.append(tr("{n} on another grid [is/are] carried over.", "", mean.others))
        words.append(tr("A cell shows the pictures whose evidence lies there."))
        self._words.setText(" ".join(words))
        self._picture_words.setText(tr("Making the mean picture…"))

    def show_picture(self, mean: MeanEvidence, picture: MeanPicture | None) -> None:
        """Shows the mean picture, if it is that of the mean map on screen."""
        if mean is not self._mean:
            return
        if picture is None:
            self._picture_words.setText(tr("None of its pictures can be read."))
            return
        self._picture.setPixmap(pixmap_of(picture.pixels))
        words = tr("Mean of {n} picture(s), as the maps cover them", "", picture.count)
        self._picture_words.setText(words)

    def _build(self) -> None:
        theme.style_combo(self._class)
        self._class.setAccessibleName(tr("Class of the mean map"))
        self._class.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for label in (self._words, self._picture_words):
            label.setProperty("role", "hint")
            label.setWordWrap(True)
        self._picture.setScaledContents(False)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._picture.setAccessibleName(tr("Mean picture"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._class)
        layout.addWidget(self._words)
        layout.addWidget(self._grid, 1)
        layout.addWidget(self._picture)
        layout.addWidget(self._picture_words)
        layout.addStretch()
        self._class.currentIndexChanged.connect(self.ask)
        self._grid.chosen.connect(
            lambda row, column: self.cell_chosen.emit(self._mean, (row, column))
        )
