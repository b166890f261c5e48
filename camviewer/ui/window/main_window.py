"""The window: makes the parts and wires them; what they do is theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
)

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.support import folders
from camviewer.ui.classes.class_list import ClassList
from camviewer.ui.explain.explain_panel import ExplainPanel
from camviewer.ui.help.cam_refusal_dialog import show_vgg_page
from camviewer.ui.help.self_test_dialog import SelfTestDialog
from camviewer.ui.help.shortcuts_sheet import ShortcutsSheet
from camviewer.ui.models.commands import ModelCommands
from camviewer.ui.pictures.filmstrip import Filmstrip
from camviewer.ui.preprocessing.commands import Preprocessing
from camviewer.ui.runs import RunCommands
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.state.settings import Settings
from camviewer.ui.structure.control import STRUCTURE_WIDTH, StructureControl, StructurePanel
from camviewer.ui.style import theme
from camviewer.ui.training import TrainingCommands
from camviewer.ui.trust.commands import TrustCommands
from camviewer.ui.trust.panel import TrustPanel
from camviewer.ui.window import menus
from camviewer.ui.window.actions import make_actions, shortcut_rows
from camviewer.ui.window.commands import Commands
from camviewer.ui.window.engine_switches import RunSwitches
from camviewer.ui.window.model_corner import Corner
from camviewer.ui.window.panel_dock import PanelDock
from camviewer.ui.window.picture_area import Stage
from camviewer.ui.window.presenter import Presenter
from camviewer.ui.window.saving import Saving
from camviewer.ui.window.side_column import SIDE_WIDTH, SideColumn
from camviewer.ui.window.status_line import StatusLine
from camviewer.ui.window.window_parts import Parts
from camviewer.ui.work.dropped_data import Incoming
from camviewer.ui.work.model_cache import ModelShelf
from camviewer.ui.work.model_client import ModelDesk
from camviewer.ui.work.model_file_kinds import PACK_SUFFIX, told_apart
from camviewer.ui.work.picture_client import PictureDesk

_SIZE = (1280, 800)
_STRIP_WIDTH = 132
_OPACITY_STEP = 0.1
_ZOOM_STEP = 1.25


class MainWindow(QMainWindow):
    """Shows pictures, classes and maps.

    Args:
        settings: what comes back from the last time.
        shelf: where models are taken from; a new, empty one when None.

    Raises:
        Exception: a part could not be made; no thread is left running.
    """

    def __init__(self, settings: Settings | None = None, shelf: ModelShelf | None = None) -> None:
        super().__init__()
        self._closed = False
        self.settings = settings or Settings()
        self._is_started = False
        self._first_model = ""
        self.model = ModelDesk(folders.offsets_folder(), self, shelf)
        self.pictures = PictureDesk(self)
        try:
            self._make()
        except BaseException:
            self.end_threads()
            raise

    def open_paths(self, paths: list[Path]) -> None:
        """Opens pictures and folders; a model among the files is asked, for this run only.

        A ``.camviewer`` file is kept, because keeping is what it is made for.
        """
        models, _ = told_apart(paths)
        asked = [path for path in models if path.suffix.lower() != PACK_SUFFIX]
        if asked:
            self._ask_for_this_run(str(asked[0].absolute()))
        others = tuple(path for path in paths if path not in asked)
        if others:
            self.exploration.open_incoming(Incoming(paths=others))

    def _ask_for_this_run(self, model: str) -> None:
        if self._is_started:
            self.exploration.models.choose(model)
        else:
            self._first_model = model

    def start(self) -> None:
        """Loads the model; called once the window is up."""
        self._is_started = True
        self.exploration.models.start(self._first_model or self.settings.model)

    def end_threads(self) -> None:
        """Ends the threads of pictures and model; what is under way is cancelled."""
        self.pictures.stop()
        self.model.stop()

    # -- building ------------------------------------------------------------------------------

    def _make(self) -> None:
        self.exploration = Exploration(
            self.model, self.pictures, self.settings.request, self.settings.options, self
        )
        self.saving = Saving(self)
        self.stage = Stage(self)
        self.classes = ClassList(self)
        self.panel = ExplainPanel(self)
        self.filmstrip = Filmstrip(self)
        self.status = StatusLine(self)
        self.structure = StructurePanel(self)
        self.actions_by_id = make_actions(self)
        self._was_shown = False
        self._build()
        parts = self._parts()
        self.presenter = Presenter(parts)
        self.commands = Commands(parts, self.presenter)
        self.model_commands = ModelCommands(
            self, self.settings, self.exploration.models, self.stage.notice
        )
        self.model_commands.choices_changed.connect(parts.corner.show_models)
        parts.corner.model_menu.aboutToShow.connect(self.model_commands.list_once)
        self.structure_control = StructureControl(
            self.structure, self.model, self.exploration, self.stage.canvas
        )
        self.training = TrainingCommands(self, self.exploration.models)
        self.runs = RunCommands(self, self.exploration, lambda: self.settings.folder)
        self.trust = TrustCommands(
            self,
            self.exploration,
            self.model,
            panel=self.trust_panel,
            dock=self.trust_dock,
            region_tool=self.stage.region_tool,
            region_action=self.actions_by_id["region"],
            look=lambda: self.panel.look,
        )
        zoom_bar = self.stage.canvas.zoom_bar
        zoom_bar.region_requested.connect(self.actions_by_id["region"].trigger)
        self.preprocessing = Preprocessing(
            self, self.exploration, self.exploration.models, self.model, self.stage.notice
        )
        self.run_switches = RunSwitches(parts, self.model)
        self._add_changing_menus()
        self._connect_exploration()
        self._connect_widgets()
        self._connect_actions()
        self._restore()

    def _build(self) -> None:
        self.setWindowTitle("camviewer")
        self.setObjectName("main")
        self.resize(*_SIZE)
        self.setMinimumSize(720, 480)
        self.setCentralWidget(self.stage)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        side = SideColumn(self.classes, self.panel, self.panel.save_bar, self)
        self.side_dock = PanelDock("Classes and map", side, self)
        self.strip_dock = PanelDock("Pictures", self.filmstrip, self)
        self.trust_panel = TrustPanel(self)
        self.trust_dock = PanelDock("Trust", self.trust_panel, self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.side_dock)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.strip_dock)
        self.structure_dock = PanelDock("Model structure", self.structure, self)
        # Hidden first: Qt leaves a second bar of tabs behind where it lays visible docks out anew.
        for dock in (self.side_dock, self.trust_dock, self.strip_dock, self.structure_dock):
            dock.hide()
        self.tabifyDockWidget(self.side_dock, self.trust_dock)
        self.tabifyDockWidget(self.strip_dock, self.structure_dock)
        self.side_dock.show()
        self.structure_dock.toggleViewAction().toggled.connect(self._narrow_strip)
        self.resizeDocks([self.side_dock], [SIDE_WIDTH], Qt.Orientation.Horizontal)
        self.resizeDocks([self.strip_dock], [_STRIP_WIDTH], Qt.Orientation.Horizontal)
        self._menus = menus.fill_menu_bar(self.menuBar(), self.actions_by_id)
        self.recent_menu = menus.add_recent_menu(self._menus, self.actions_by_id["paste"])
        names = ("import_model", "manage_models", "preprocessing", "model_details")
        self.model_corner = Corner(self.menuBar(), [self.actions_by_id[name] for name in names])

    def _narrow_strip(self, structure_shown: bool) -> None:
        """The tree of modules needs more width than the thumbnails that stay behind it."""
        dock, width = self.strip_dock, _STRIP_WIDTH
        if structure_shown:
            dock, width = self.structure_dock, STRUCTURE_WIDTH
        self.resizeDocks([dock], [width], Qt.Orientation.Horizontal)

    def _parts(self) -> Parts:
        return Parts(
            window=self,
            settings=self.settings,
            exploration=self.exploration,
            models=self.exploration.models,
            pictures=self.pictures,
            saving=self.saving,
            stage=self.stage,
            classes=self.classes,
            panel=self.panel,
            filmstrip=self.filmstrip,
            status=self.status,
            corner=self.model_corner,
            side_dock=self.side_dock,
            strip_dock=self.strip_dock,
            recent_menu=self.recent_menu,
            actions=self.actions_by_id,
        )

    def _add_changing_menus(self) -> None:
        before = self.actions_by_id["paste"]
        menus.add_samples_menu(self._menus, before, sample_pictures(), self.commands.open_sample)
        docks = (self.side_dock, self.trust_dock, self.strip_dock, self.structure_dock)
        menus.add_view_menus(self._menus, docks, self.settings.theme, self.commands.choose_theme)
        self.recent_menu.aboutToShow.connect(self.commands.list_recent)
        self.commands.list_recent()

    # -- wiring --------------------------------------------------------------------------------

    def _connect_exploration(self) -> None:
        explored, presenter = self.exploration, self.presenter
        explored.model_ready.connect(presenter.show_model)
        explored.model_ready.connect(self.commands.know_model)
        explored.models.loading_changed.connect(presenter.show_loading)
        explored.models.progressed.connect(presenter.show_loading_progress)
        explored.models.damaged_listed.connect(self.model_commands.know_damaged)
        explored.models.listed.connect(self.model_commands.show_models)
        explored.models.kept.connect(self.model_commands.tell_kept)
        explored.models.import_asks.connect(self.model_commands.ask_about_import)
        explored.pictures_listed.connect(presenter.list_pictures)
        explored.picture_opening.connect(lambda name: self.status.show_message(f"Opening {name}…"))
        explored.picture_shown.connect(presenter.show_picture)
        explored.verdict_changed.connect(presenter.show_verdict)
        explored.explanation_changed.connect(presenter.show_explanation)
        explored.layers_changed.connect(presenter.show_layers)
        explored.forecast.connect(self.panel.set_forecasts)
        explored.request_changed.connect(presenter.show_request)
        explored.failed.connect(presenter.show_failure)
        explored.file_failed.connect(presenter.mark_failed)
        explored.busy_changed.connect(self.stage.progress.set_busy)
        explored.work_changed.connect(presenter.show_work)
        explored.emptied.connect(presenter.show_empty)

    def _connect_widgets(self) -> None:
        explored, commands = self.exploration, self.commands
        self.classes.class_chosen.connect(explored.choose_class)
        self.classes.k_changed.connect(self.settings.set_class_count)
        self.panel.request_changed.connect(explored.set_request)
        self.panel.look_changed.connect(commands.change_look)
        self.panel.look_changed.connect(self.structure_control.set_look)
        self.panel.refused_chosen.connect(commands.show_ways_out)
        self.panel.stop_requested.connect(explored.finish_early)
        self.panel.rest_requested.connect(explored.explain_again)
        self.panel.copy_requested.connect(commands.copy)
        self.panel.save_requested.connect(commands.save_overlay)
        self.model_corner.model_chosen.connect(explored.models.choose)
        self.model_corner.loading_cancelled.connect(explored.models.cancel_loading)
        self.model_corner.device_chosen.connect(explored.models.choose_device)
        self.filmstrip.picture_chosen.connect(explored.show_file)
        self.filmstrip.thumbnails_wanted.connect(self.pictures.want_thumbnails)
        self.pictures.thumbnail_read.connect(self.presenter.take_thumbnail)
        self.pictures.thumbnail_failed.connect(self.filmstrip.set_failed)
        self.stage.dropped.connect(explored.open_incoming)
        self.stage.refused.connect(self.stage.notice.show_error)
        self.stage.empty_state.open_requested.connect(commands.ask_for_pictures)
        self.stage.empty_state.paste_requested.connect(commands.paste)
        self.stage.empty_state.sample_chosen.connect(commands.open_sample)
        self.stage.canvas.hovered.connect(self.presenter.show_hover)
        self.saving.saved.connect(self.status.show_message)
        self.saving.failed.connect(self.stage.notice.show_error)
        self._watch_keys()
        # A new look sends each widget a score of events, none of which is a key.
        theme.notifier().changing.connect(self._ignore_keys)
        theme.notifier().changed.connect(self._watch_keys)

    def _connect_actions(self) -> None:
        canvas, explored, commands = self.stage.canvas, self.exploration, self.commands
        slots: dict[str, Callable[[], object]] = {
            "open": commands.ask_for_pictures,
            "open_folder": commands.ask_for_folder,
            "run_over_folder": self.runs.open,
            "paste": commands.paste,
            "save_overlay": commands.save_overlay,
            "save_map": commands.save_map,
            "copy": commands.copy,
            "previous_picture": lambda: explored.step_picture(-1),
            "next_picture": lambda: explored.step_picture(1),
            "close_picture": explored.close_pictures,
            "self_test": lambda: SelfTestDialog(self).start(),
            "quit": self.close,
            "import_model": self.model_commands.ask_for_model,
            "train_head": self.training.open,
            "manage_models": self.model_commands.manage,
            "preprocessing": self.preprocessing.open,
            "model_details": commands.show_model_details,
            "zoom_in": lambda: canvas.zoom_by(_ZOOM_STEP),
            "zoom_out": lambda: canvas.zoom_by(1 / _ZOOM_STEP),
            "fit": canvas.fit,
            "actual_size": canvas.actual_size,
            "more_opaque": lambda: commands.step_opacity(_OPACITY_STEP),
            "less_opaque": lambda: commands.step_opacity(-_OPACITY_STEP),
            "crop_frame": commands.toggle_crop_frame,
            "nominal": commands.toggle_nominal,
            "full_screen": commands.toggle_full_screen,
            "next_class": lambda: explored.step_class(1),
            "previous_class": lambda: explored.step_class(-1),
            "find_class": commands.find_class,
            "next_method": commands.next_method,
            "stop": explored.finish_early,
            "choose_layer": self.panel.open_layers,
            "trust": self.trust.show_panel,
            "compare": self.trust.compare,
            "region": self.trust.draw_region,
            "placement_crop": lambda: commands.choose_placement(PlacementMode.CROP),
            "placement_whole": lambda: commands.choose_placement(PlacementMode.WHOLE),
            "placement_stretch": lambda: commands.choose_placement(PlacementMode.STRETCH),
            "signed": commands.toggle_signed,
            "shortcuts": lambda: ShortcutsSheet(shortcut_rows(), self).exec(),
            "show_log": commands.show_log,
            "structure": lambda: self.structure_control.show_in(self.structure_dock),
            "vgg_page": lambda: show_vgg_page(self),
            "about": commands.show_about,
        }
        for name, slot in slots.items():
            self.actions_by_id[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def _restore(self) -> None:
        look = self.settings.look
        self.classes.set_k(self.settings.class_count)
        self.panel.set_look(look)
        self.structure_control.set_look(look)
        self.panel.set_request(self.exploration.request)
        self.panel.set_enabled_for_picture(False)
        self.stage.canvas.set_look(look)
        self.actions_by_id["crop_frame"].setChecked(self.settings.crop_frame)
        self.actions_by_id["nominal"].setChecked(self.exploration.request.nominal)
        self.actions_by_id["signed"].setChecked(look.signed)
        self.presenter.enable_actions()
        saved = self.settings.geometry
        if saved is not None:
            self.restoreGeometry(saved[0])
            self.restoreState(saved[1])
        self.strip_dock.hide()
        self.status.show_message("Loading the model…")

    def _watch_keys(self) -> None:
        if not self._closed:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _ignore_keys(self) -> None:
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    # -- Qt's events ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.presenter.show_samples()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space shows the bare picture wherever the keyboard is, but where it has a meaning."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            focus = QApplication.focusWidget()
            typing = (QLineEdit, QAbstractButton, QComboBox, QAbstractSpinBox)
            if not isinstance(focus, typing) and self.isActiveWindow() and not self.stage.is_empty:
                if not event.isAutoRepeat() and event.type() in (
                    QEvent.Type.KeyPress,
                    QEvent.Type.KeyRelease,
                ):
                    self.stage.canvas.set_peek(event.type() == QEvent.Type.KeyPress)
                return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.training.may_close() and self.runs.may_close()):
            event.ignore()
            return
        self._closed = True
        self._ignore_keys()
        self.settings.set_geometry(self.saveGeometry(), self.saveState())
        self.settings.sync()
        self.hide()
        self.training.shut_down()
        self.runs.shut_down()
        self.end_threads()
        super().closeEvent(event)
