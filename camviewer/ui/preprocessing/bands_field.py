"""Chooses the bands of a picture that a network's input channels are fed, by number or name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.fed_bands import band_title, bands_by_name
from camviewer.ui.style import tr

_MOST_LISTED = 64
"""Maximum number of channels, and of bands, that menus list; because longer ones cannot be read."""


class BandsField(QWidget):
    """A field for numbers or names, and a menu of the picture's bands for each channel.

    Signals:
        changed: other bands were chosen by the user.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bands: tuple[int, ...] = ()
        self._names: tuple[str, ...] = ()
        self._channels = 0
        self.edit = QLineEdit(self)
        self.button = QPushButton(tr("List…"), self)
        self.menu = QMenu(self)
        self._build()

    @property
    def bands(self) -> tuple[int, ...]:
        """Numbers from 1, one for each channel; empty for the usual ones."""
        return self._bands

    def set_bands(self, bands: tuple[int, ...], channels: int) -> None:
        """Shows these bands of a network with so many channels, without a signal."""
        self._bands, self._channels = bands, channels
        self._show()

    def set_names(self, names: Sequence[str]) -> None:
        """Takes the names of the picture's bands, "" where there is none."""
        self._names = tuple(names)
        self._show()

    def _build(self) -> None:
        self.edit.setAccessibleName(tr("Bands"))
        self.edit.setPlaceholderText(tr("Automatic, or 8, 4, 3"))
        self.edit.editingFinished.connect(self._take_words)
        self.button.setAccessibleName(tr("Bands of the picture"))
        self.button.setToolTip(tr("Choose the band of each channel from those of the picture"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._open_menu)
        self.menu.aboutToShow.connect(self._fill)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.edit)

    def _open_menu(self) -> None:
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def _show(self) -> None:
        self.edit.setText(", ".join(map(str, self._bands)))
        named = [band_title(self._names, band - 1) for band in self._bands]
        told = ", ".join(named) or tr("Numbers from 1, or names, in the order of the channels")
        self.edit.setToolTip(told)
        listed = 0 < self._channels <= _MOST_LISTED and 0 < len(self._names) <= _MOST_LISTED
        self.button.setVisible(listed)

    def _fill(self) -> None:
        """Makes the menu anew for the picture and the bands of this moment."""
        self.menu.clear()
        usual = self.menu.addAction(tr("Automatic"))
        usual.setCheckable(True)
        usual.setChecked(not self._bands)
        usual.triggered.connect(lambda: self._take(()))
        self.menu.addSeparator()
        if self._channels == 1:
            self._list_bands(self.menu, 0)
            return
        for channel in range(self._channels):
            title = tr("Channel {number}").format(number=channel + 1)
            if channel < len(self._bands):
                band = band_title(self._names, self._bands[channel] - 1)
                title = tr("Channel {number}: {band}").format(number=channel + 1, band=band)
            self._list_bands(self.menu.addMenu(title), channel)

    def _list_bands(self, menu: QMenu, channel: int) -> None:
        chosen = self._bands[channel] if channel < len(self._bands) else 0
        for index in range(len(self._names)):
            action = menu.addAction(band_title(self._names, index))
            action.setCheckable(True)
            action.setChecked(index + 1 == chosen)
            action.triggered.connect(partial(self._take_one, channel, index + 1))

    def _take_one(self, channel: int, band: int, _checked: bool = False) -> None:
        """One channel's band; the others keep theirs, or begin with the first bands in order."""
        first = [min(number, len(self._names)) for number in range(1, self._channels + 1)]
        bands = list(self._bands) if len(self._bands) == self._channels else first
        bands[channel] = band
        self._take(tuple(bands))

    def _take_words(self) -> None:
        words = self.edit.text().strip()
        try:
            bands = bands_by_name(words, self._names) if words else ()
        except CamviewerError:
            bands = self._bands
        self._take(bands)

    def _take(self, bands: tuple[int, ...]) -> None:
        is_news = bands != self._bands
        self._bands = bands
        self._show()
        if is_news:
            self.changed.emit()
