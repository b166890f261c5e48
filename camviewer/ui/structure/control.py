"""The dock Model structure: asks for what it shows, and carries its choices to the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt

from camviewer.engine.render import Look
from camviewer.engine.results import ExplainRequest
from camviewer.ui.canvas import Canvas
from camviewer.ui.state import Exploration
from camviewer.ui.structure.channel_view import ChannelView
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import PanelDock
from camviewer.ui.work import ModelClient

if TYPE_CHECKING:
    from camviewer.engine.structure import ChannelSheet, NetworkParts
    from camviewer.ui.structure.panel import StructurePanel

STRUCTURE_WIDTH = 460
"""Width in pixels at which names of modules and shapes are seen whole."""
_NO_MAP = mark("There is no map of this picture.")
_NO_PICTURE = mark("Open a picture to see what a layer's channels put out.")


class StructureControl(QObject):
    """Makes the panel when it is first shown, and asks for what it shows while it is seen.

    Args:
        dock: holds the panel.
        exploration: tells which picture, model and layer are looked at.
        model: describes its modules and channels.
        canvas: shows a channel that is enlarged.
        look: gives the colours in which maps are shown.
    """

    def __init__(
        self,
        dock: PanelDock,
        exploration: Exploration,
        model: ModelClient,
        canvas: Canvas,
        look: Callable[[], Look],
    ) -> None:
        super().__init__(dock)
        self._dock = dock
        self._exploration = exploration
        self._model = model
        self._look = look
        self._view = ChannelView(exploration, canvas)
        self._panel: StructurePanel | None = None
        self._asked_modules: object = None
        self._asked_channels: object = None
        self._have_channels_failed = False
        dock.fill_when_shown(self._make_panel)

    @property
    def panel(self) -> StructurePanel:
        """The panel, which is made now if it was never shown."""
        return self._panel or self._make_panel()

    def show(self) -> None:
        """Shows the dock and leads the keyboard to the search."""
        self._dock.show()
        self._dock.raise_()
        self.panel.tree.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_look(self, look: Look) -> None:
        """Takes the colours of the map upon the picture."""
        if self._panel is not None:
            self._panel.channels.set_look(look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catches up when the panel is shown again."""
        if event.type() == QEvent.Type.Show:
            self._refresh()
        return super().eventFilter(watched, event)

    def _make_panel(self) -> StructurePanel:
        from camviewer.ui.structure.panel import StructurePanel  # noqa: PLC0415  (start-up)

        panel = self._panel = StructurePanel()
        panel.channels.set_look(self._look())
        panel.tree.layer_chosen.connect(self._view.tap)
        panel.channels.channel_chosen.connect(lambda n: self._view.enlarge(n, self._layer()))
        panel.channels.back_requested.connect(self._view.back)
        panel.channels.wish_changed.connect(self._refresh)
        explored = self._exploration
        explored.model_ready.connect(self._forget)
        explored.picture_shown.connect(self._forget)
        explored.emptied.connect(self._forget)
        explored.pictures.opening.connect(self._say_why_empty)
        explored.failed.connect(self._say_why_empty)
        explored.explanation_changed.connect(self._refresh)
        explored.request_changed.connect(self._refresh)
        panel.installEventFilter(self)
        self._dock.fill(panel)
        self._forget()
        return panel

    def _forget(self) -> None:
        self._asked_modules = self._asked_channels = None
        self._have_channels_failed = False
        if self._exploration.picture is None:
            self.panel.channels.show_sheet(None, None)
        self._say_why_empty()
        self._refresh()

    def _say_why_empty(self) -> None:
        explored = self._exploration
        if self._have_channels_failed:
            words = tr("The channels of this layer could not be read.")
        elif explored.picture is not None:
            has_map = explored.awaits_map or explored.explanation is not None
            words = tr("Waiting for the map…") if has_map else tr(_NO_MAP)
        elif explored.pictures.name_opening:
            words = tr("Opening {name}…").format(name=explored.pictures.name_opening)
        else:
            words = tr(_NO_PICTURE)
        self.panel.channels.say_empty(words)

    def _layer(self) -> str:
        """The tapped layer: the map's own, where there is one."""
        explanation, info = self._exploration.explanation, self._exploration.models.info
        if explanation is not None and not explanation.method.fixed_layer:
            return explanation.layer.name
        return self._exploration.request.layer or ("" if info is None else info.default_layer)

    def _refresh(self) -> None:
        """Marks what is tapped, and asks for what is not shown yet."""
        if not self.panel.isVisible() or self._exploration.models.info is None:
            return
        request = self._exploration.request
        self.panel.tree.set_tapped(self._layer())
        self.panel.channels.mark(self._view.channel)
        self._ask_modules(request)
        self._ask_channels(request)

    def _ask_modules(self, request: ExplainRequest) -> None:
        from camviewer.ui.structure.queries import ListModules  # noqa: PLC0415  (start-up)

        picture, info = self._exploration.picture, self._exploration.models.info
        size = None if picture is None else picture.image.size
        wanted = (None if info is None else info.id, size, request.mode, request.detail)
        if wanted != self._asked_modules:
            self._asked_modules = wanted
            query = ListModules(size, request.mode, request.detail)
            self._model.ask(
                query,
                self._show_modules,
                failed=lambda *_: self._forget_modules(),
                dropped=self._forget_modules,
            )

    def _ask_channels(self, request: ExplainRequest) -> None:
        from camviewer.engine.structure import ChannelWish  # noqa: PLC0415  (start-up)
        from camviewer.ui.structure.queries import ListChannels  # noqa: PLC0415  (start-up)

        picture, explanation = self._exploration.picture, self._exploration.explanation
        if picture is None or explanation is None:
            return
        channels = self.panel.channels
        wish = ChannelWish(
            layer=self._layer(),
            class_index=explanation.class_index,
            mode=request.mode,
            detail=request.detail,
            order=channels.order,
            signed=channels.signed,
            shared=channels.shared,
        )
        wanted = (picture.image.key, wish)
        if wanted != self._asked_channels:
            self._asked_channels = wanted
            query = ListChannels(picture.image, wish)
            self._have_channels_failed = False
            self._model.ask(
                query,
                self._show_channels,
                failed=lambda *_: self._lose_channels(),
                dropped=self._forget_channels,
            )

    def _show_modules(self, network: NetworkParts) -> None:
        self.panel.tree.set_parts(network)
        self.panel.tree.set_tapped(self._layer())

    def _forget_modules(self) -> None:
        """Not to be had; they are asked for again when there is next something to show."""
        self._asked_modules = None

    def _show_channels(self, sheet: ChannelSheet) -> None:
        self.panel.channels.show_sheet(sheet, self._view.channel)

    def _forget_channels(self) -> None:
        self._asked_channels = None

    def _lose_channels(self) -> None:
        self._have_channels_failed = True
        self._forget_channels()
