"""The right end of the menu bar: which model is asked, and where it runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QPushButton, QWidget

from camviewer.engine.messages import DeviceInfo, ModelInfo
from camviewer.ui import theme
from camviewer.ui.wording import file_size

Choice = tuple[str, str]
"""An id and a title."""


class Corner(QWidget):
    """Two buttons that open menus.

    Signals:
        model_chosen: (id).
        device_chosen: (id).
    """

    model_chosen = Signal(str)
    device_chosen = Signal(str)

    def __init__(self, bar: QMenuBar, model_actions: Sequence[QAction]) -> None:
        super().__init__(bar)
        self._bar = bar
        self._model_actions = model_actions
        self._models: tuple[Choice, ...] = ()
        self._model: Choice = ("", "")
        self._model_button = self._button("box", "The model that is asked")
        self._device_button = self._button("cpu", "Where the model runs")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._model_button)
        layout.addWidget(self._device_button)
        self.show_loading("Loading the model…")
        self._device_button.hide()

    @property
    def model_menu(self) -> QMenu:
        """The menu of models."""
        return self._model_button.menu()

    @property
    def device_menu(self) -> QMenu:
        """The menu of devices."""
        return self._device_button.menu()

    def show_loading(self, text: str) -> None:
        """Says that a model is being loaded."""
        self._model_button.setText(f" {text}")
        self._settle()

    def show_model(self, info: ModelInfo, devices: Sequence[DeviceInfo]) -> None:
        """Says which model is loaded, and what it could run on."""
        self._model = (info.id, info.title)
        self._model_button.setText(f" {info.title}")
        self._device_button.setText(f" {info.device}")
        self._device_button.show()
        self._fill_models()
        menu = self._device_button.menu()
        menu.clear()
        group = QActionGroup(menu)
        for device in devices:
            text = device.title
            if device.free_bytes is not None:
                text = f"{text}, {file_size(device.free_bytes)} free"
            action = self._choice(menu, group, text, chosen=device.title == info.device)
            action.triggered.connect(
                lambda _checked=False, chosen=device.id: self.device_chosen.emit(chosen)
            )
        self._settle()

    def show_models(self, models: Sequence[Choice]) -> None:
        """Lists the models that can be asked."""
        self._models = tuple(models)
        self._fill_models()

    def _fill_models(self) -> None:
        menu = self._model_button.menu()
        menu.clear()
        group = QActionGroup(menu)
        known = self._models or ((self._model,) if self._model[0] else ())
        for identifier, title in known:
            action = self._choice(menu, group, title, chosen=identifier == self._model[0])
            action.triggered.connect(
                lambda _checked=False, chosen=identifier: self.model_chosen.emit(chosen)
            )
        menu.addSeparator()
        menu.addActions(list(self._model_actions))

    def _choice(self, menu: QMenu, group: QActionGroup, text: str, *, chosen: bool) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
        return action

    def _button(self, icon: str, tip: str) -> QPushButton:
        button = QPushButton(self)
        theme.set_icon(button, icon, "muted")
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(QMenu(button))
        return button

    def _settle(self) -> None:
        """The menu bar asks for the corner's size only when the corner is given to it."""
        self.adjustSize()
        self._bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
        self.show()
