"""The dock Model structure: asks for what it shows, and carries its choices to the map."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QSplitter, QWidget

from camviewer.engine.render.overlay import Look
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.structure.module_tree import ChannelSheet, ChannelWish, NetworkParts
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.structure.channel_panel import ChannelPanel
from camviewer.ui.structure.queries import CHANNELS, PARTS, AskChannels, AskParts
from camviewer.ui.structure.tree import StructureTree
from camviewer.ui.work.model_client import ModelDesk

CHANNEL = "channel"
"""The method that shows a single channel, and its option."""

STRUCTURE_WIDTH = 400
"""Width in pixels at which names of modules and shapes are seen whole."""
_LEAST_WIDTH = 190


class StructurePanel(QSplitter):
    """The tree of modules over the channels of the tapped layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setProperty("kind", "panel")
        self.setChildrenCollapsible(False)
        self.tree = StructureTree(self)
        self.channels = ChannelPanel(self)
        self.addWidget(self.tree)
        self.addWidget(self.channels)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setSizes([400, 320])


class StructureControl(QObject):
    """Stands between the dock, the model's desk and what is explored.

    Nothing is asked while the dock is hidden; shown again, it catches up.
    """

    def __init__(
        self, panel: StructurePanel, model: ModelDesk, exploration: Exploration, canvas: Canvas
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._model = model
        self._exploration = exploration
        self._asked_parts: object = None
        self._asked_channels: object = None
        self._class_map: ExplainRequest | None = None
        panel.tree.layer_chosen.connect(self.tap)
        panel.channels.channel_chosen.connect(self.enlarge)
        panel.channels.back_requested.connect(self.back)
        panel.channels.wish_changed.connect(self._refresh)
        exploration.model_ready.connect(lambda *_: self._forget())
        exploration.picture_shown.connect(lambda _picture: self._forget())
        exploration.emptied.connect(self._forget)
        exploration.explanation_changed.connect(self._explained)
        exploration.request_changed.connect(lambda _request: self._refresh())
        model.answered.connect(self._answered)
        model.dropped.connect(self._dropped)
        panel.installEventFilter(self)
        canvas.installEventFilter(self)

    def tap(self, layer: str) -> None:
        """Makes the map on another layer; a method that does not allow it gives way."""
        self._class_map = None
        request = self._exploration.request
        if request.method == CHANNEL:  # of the layer before
            request = replace(request, options=(), method="grad-cam")
        self._exploration.set_request(replace(request, layer=layer))

    def enlarge(self, channel: int) -> None:
        """Shows one channel over the picture; the class map comes back with Esc."""
        request = self._exploration.request
        if request.method != CHANNEL:
            self._class_map = request
        layer = self._layer()
        self._exploration.set_request(
            replace(request, method=CHANNEL, layer=layer, options=((CHANNEL, channel),))
        )

    def back(self) -> None:
        """Shows the class map again."""
        request = self._exploration.request
        if request.method != CHANNEL:
            return
        before = self._class_map or replace(request, method="grad-cam", options=())
        self._class_map = None
        self._exploration.set_request(
            replace(before, mode=request.mode, detail=request.detail, nominal=request.nominal)
        )

    def show_in(self, dock: QDockWidget) -> None:
        """Shows the dock and leads the keyboard to the search."""
        dock.show()
        dock.raise_()
        self._panel.tree.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_look(self, look: Look) -> None:
        """Takes the colours of the map upon the picture."""
        self._panel.channels.set_look(look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catches up when the dock is shown; Esc over the picture leaves the channel."""
        if event.type() == QEvent.Type.Show and watched is self._panel:
            self._refresh()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            on_channel = self._exploration.request.method == CHANNEL
            if event.key() == Qt.Key.Key_Escape and on_channel:
                self.back()
                return True
        return super().eventFilter(watched, event)

    def _explained(self, explanation: Explanation | None) -> None:
        del explanation
        self._refresh()

    def _forget(self) -> None:
        self._asked_parts = self._asked_channels = None
        if self._exploration.picture is None:
            self._panel.channels.show_sheet(None, None)
        self._refresh()

    def _layer(self) -> str:
        """The tapped layer: the map's own, where there is one."""
        explanation, info = self._exploration.explanation, self._exploration.models.info
        if explanation is not None and not explanation.method.fixed_layer:
            return explanation.layer.name
        return self._exploration.request.layer or ("" if info is None else info.default_layer)

    def _refresh(self) -> None:
        """Marks what is tapped, and asks for what is not shown yet."""
        if not self._panel.isVisible() or self._exploration.models.info is None:
            return
        request = self._exploration.request
        self._panel.tree.set_tapped(self._layer())
        self._panel.channels.mark(_channel_of(request))
        self._ask_parts(request)
        self._ask_channels(request)

    def _ask_parts(self, request: ExplainRequest) -> None:
        picture, info = self._exploration.picture, self._exploration.models.info
        size = None if picture is None else picture.image.size
        wanted = (None if info is None else info.id, size, request.mode, request.detail)
        if wanted != self._asked_parts:
            self._asked_parts = wanted
            self._model.ask(PARTS, AskParts(size, request.mode, request.detail))

    def _ask_channels(self, request: ExplainRequest) -> None:
        picture, explanation = self._exploration.picture, self._exploration.explanation
        if picture is None or explanation is None:
            return
        channels = self._panel.channels
        wish = ChannelWish(
            layer=self._layer(),
            class_index=explanation.class_index,
            mode=request.mode,
            detail=request.detail,
            order=channels.order,
            signed=channels.signed,
            shared=channels.shared,
        )
        wanted = (picture.image.sha256, wish)
        if wanted != self._asked_channels:
            self._asked_channels = wanted
            self._model.ask(CHANNELS, AskChannels(picture.image, wish))

    def _answered(self, kind: str, answer: object) -> None:
        if kind == PARTS and isinstance(answer, NetworkParts):
            self._panel.tree.set_parts(answer)
            self._panel.tree.set_tapped(self._layer())
        elif kind == CHANNELS and isinstance(answer, ChannelSheet):
            self._panel.channels.show_sheet(answer, _channel_of(self._exploration.request))

    def _dropped(self, kind: str) -> None:
        """What was interrupted is asked again when there is next something to show."""
        if kind == PARTS:
            self._asked_parts = None
        elif kind == CHANNELS:
            self._asked_channels = None


def _channel_of(request: ExplainRequest) -> int | None:
    if request.method != CHANNEL:
        return None
    return int(dict(request.options).get(CHANNEL, 0))
