"""The menus of models and devices at the right end of the menu bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QPushButton, QToolButton, QWidget

from camviewer.engine.results import DeviceInfo, ModelInfo
from camviewer.ui.state import Exploration
from camviewer.ui.style import file_size, theme, tr
from camviewer.ui.widgets import in_button
from camviewer.ui.window.actions import add_icons

_WIDEST_LOADING = 260
_LEAST_NAME = 56
"""What is left of a model's name in a narrow window, in pixels."""
_MENU_PADDING = 32
"""What a menu's title has beside its words, in pixels; a little more than the style sheet's."""

Choice = tuple[str, str]
"""An id and a title."""


class ModelMenu(QWidget):
    """Two buttons that open menus.

    Args:
        bar: the menu bar.
        exploration: tells which model is asked.
        model_actions: entries under the models.
        before: stands at the left of both.
    """

    def __init__(
        self,
        bar: QMenuBar,
        exploration: Exploration,
        model_actions: Sequence[QAction],
        before: QWidget,
    ) -> None:
        super().__init__(bar)
        self._model_choice = exploration.models
        self._bar = bar
        self._model_actions = model_actions
        self._words = ""
        self._models: tuple[Choice, ...] = ()
        self._model: Choice = ("", "")
        self._model_button = self._button("box", tr("The model that is asked"))
        self._device_button = self._button("cpu", tr("Where the model runs"))
        self._cancel_button = QToolButton(self)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape_left = False
        self._prepare_cancelling()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(before)
        layout.addSpacing(8)
        layout.addWidget(self._cancel_button)
        layout.addWidget(self._model_button)
        layout.addWidget(self._device_button)
        self.show_loading(tr("Loading the model…"))
        self._device_button.hide()
        self._connect(exploration)
        bar.installEventFilter(self)

    @property
    def models(self) -> QMenu:
        """The menu of models."""
        return self._model_button.menu()

    @property
    def said(self) -> str:
        """The model that is asked, or what is being loaded, as its button says it."""
        return self._model_button.text().strip()

    @property
    def cancel_button(self) -> QToolButton:
        """Gives up the model that is being loaded; hidden while none is."""
        return self._cancel_button

    @property
    def devices(self) -> QMenu:
        """The menu of devices."""
        return self._device_button.menu()

    def show_loading(self, text: str, can_cancel: bool = False) -> None:
        """Says that a model is being loaded, and offers to do without it."""
        metrics = self._model_button.fontMetrics()
        self._words = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST_LOADING)
        self._offer_cancelling(can_cancel)
        self._settle()

    def end_loading(self) -> None:
        """Says which model is asked, as before."""
        self._offer_cancelling(False)
        self._words = self._model[1]
        self._fill_models()  # with the tick where it was
        self._settle()

    def leave_escape(self, to_others: bool) -> None:
        """Does without the Escape key while something more urgent waits for it."""
        self._escape_left = to_others
        self._offer_cancelling(self._cancel_button.isVisibleTo(self))

    def _prepare_cancelling(self) -> None:
        theme.set_icon(self._cancel_button, "x", "muted")
        self._cancel_button.setAccessibleName(tr("Cancel loading"))
        self._cancel_button.setToolTip(tr("Cancel loading (Esc)"))
        self._cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel_button.clicked.connect(self._model_choice.cancel_loading)
        self._escape.activated.connect(self._model_choice.cancel_loading)
        self._escape.activatedAmbiguously.connect(self._model_choice.cancel_loading)
        self._offer_cancelling(False)

    def _offer_cancelling(self, offered: bool) -> None:
        self._cancel_button.setVisible(offered)
        self._escape.setEnabled(offered and not self._escape_left)

    def _connect(self, exploration: Exploration) -> None:
        models = exploration.models
        self.models.aboutToShow.connect(models.list_once)
        self.devices.aboutToShow.connect(self._tick_device)
        self.models.aboutToShow.connect(lambda: add_icons(self._model_actions))
        models.loading_changed.connect(self._show_loading)
        models.listed.connect(lambda: self.show_models(models.choices))
        exploration.model_ready.connect(lambda ready: self.show_model(ready.info, ready.devices))
        exploration.work_changed.connect(self.leave_escape)

    def _show_loading(self, name: str) -> None:
        if name:
            words = tr("Loading {title}…").format(title=self._model_choice.title_of(name))
            self.show_loading(words, self._model_choice.can_cancel_loading)
        else:
            self.end_loading()

    def show_model(self, info: ModelInfo, devices: Sequence[DeviceInfo]) -> None:
        """Says which model is loaded, and what it could run on."""
        self._model = (info.id, info.title)
        self._offer_cancelling(False)
        self._words = info.title
        self._device_button.setText(f" {in_button(info.device)}")
        self._device_button.show()
        self._fill_models()
        menu = self._device_button.menu()
        menu.clear()
        group = QActionGroup(menu)
        for device in devices:
            text = device.title
            if device.free_bytes is not None:
                text = tr("{text}, {size} free").format(
                    text=text, size=file_size(device.free_bytes)
                )
            action = self._choice(menu, group, text, chosen=device.title == info.device)
            action.setData(device.title)
            action.triggered.connect(
                lambda _checked=False, chosen=device.id: self._model_choice.choose_device(chosen)
            )
        self._settle()

    def show_models(self, models: Sequence[Choice]) -> None:
        """Lists the models that can be asked."""
        self._models = tuple(models)
        self._fill_models()

    def _tick_device(self) -> None:
        """Where the model runs, though another device was chosen and refused."""
        info = self._model_choice.info
        for action in self.devices.actions():
            if info is not None and action.data() == info.device:
                action.setChecked(True)

    def _fill_models(self) -> None:
        menu = self._model_button.menu()
        menu.clear()
        group = QActionGroup(menu)
        known = self._models or ((self._model,) if self._model[0] else ())
        for identifier, title in known:
            action = self._choice(menu, group, title, chosen=identifier == self._model[0])
            action.triggered.connect(
                lambda _checked=False, chosen=identifier: self._model_choice.choose(chosen)
            )
        menu.addSeparator()
        menu.addActions(list(self._model_actions))

    def _choice(self, menu: QMenu, group: QActionGroup, text: str, *, chosen: bool) -> QAction:
        action = menu.addAction(in_button(text))
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

    def _fit_words(self) -> None:
        """Shortens the model's name where the menus need the room."""
        metrics = self._bar.fontMetrics()
        menus = sum(
            metrics.horizontalAdvance(action.text().replace("&", "")) + _MENU_PADDING
            for action in self._bar.actions()
        )
        self._model_button.setText(f" {in_button(self._words)}")
        layout = self.layout()
        wanted = 0 if layout is None else layout.sizeHint().width()
        room = metrics.horizontalAdvance(self._words) + self._bar.width() - menus - wanted
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, _LEAST_NAME))
        self._model_button.setText(f" {in_button(shown)}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fits the name again when the menu bar has another width."""
        if watched is self._bar and event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        """The menu bar asks for the corner's size only when the corner is given to it."""
        self._fit_words()
        self.adjustSize()
        self._bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
        self.show()
