"""Shows one channel of a layer over the picture, and brings the class map back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from camviewer.engine.results import ExplainRequest, MethodInfo, method_for_any_layer
from camviewer.engine.results.method_info import channel_method
from camviewer.ui.state import Exploration


class ChannelView(QObject):
    """Remembers the class map that a channel takes the place of.

    Args:
        exploration: takes the requests.
        canvas: where Esc leaves a channel.
    """

    def __init__(self, exploration: Exploration, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._exploration = exploration
        self._class_map: ExplainRequest | None = None
        canvas.installEventFilter(self)

    @property
    def channel(self) -> int | None:
        """The channel over the picture; None with a class map."""
        request, method = self._exploration.request, self._method
        if method is None or request.method != method.id:
            return None
        return int(dict(request.options).get(method.channel_option, 0))

    def tap(self, layer: str) -> None:
        """Makes the map on another layer; a method that does not allow it gives way."""
        self._class_map = None
        request = self._exploration.request
        if self.channel is not None:  # of the layer before
            request = self._explaining_a_class(request)
        self._exploration.set_request(replace(request, layer=layer))

    def enlarge(self, channel: int, layer: str) -> None:
        """Shows one channel over the picture; the class map comes back with Esc."""
        request, method = self._exploration.request, self._method
        if method is None:
            return
        if request.method != method.id:
            self._class_map = request
        options = ((method.channel_option, channel),)
        request = replace(request, method=method.id, layer=layer, options=options)
        self._exploration.set_request(request)

    def back(self) -> None:
        """Shows the class map again."""
        request = self._exploration.request
        if self.channel is None:
            return
        before = self._class_map or self._explaining_a_class(request)
        self._class_map = None
        self._exploration.set_request(
            replace(before, mode=request.mode, detail=request.detail, nominal=request.nominal)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc over the picture leaves the channel."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.channel is not None
        ):
            self.back()
            return True
        return super().eventFilter(watched, event)

    @property
    def _method(self) -> MethodInfo | None:
        return channel_method(self._exploration.methods)

    def _explaining_a_class(self, request: ExplainRequest) -> ExplainRequest:
        other = method_for_any_layer(self._exploration.methods)
        return request if other is None else replace(request, method=other.id, options=())
