"""The main window: makes its parts and connects them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.support import folders
from camviewer.ui.classes.class_list import ClassList
from camviewer.ui.explain.explain_panel import ExplainPanel
from camviewer.ui.models.commands import ModelCommands
from camviewer.ui.objects import ObjectsControl
from camviewer.ui.pictures.brightness import Brightness
from camviewer.ui.pictures.filmstrip import Filmstrip
from camviewer.ui.preprocessing.commands import Preprocessing
from camviewer.ui.preprocessing.details import ModelDetails
from camviewer.ui.runs import RunCommands
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.state.remembering import Remembering
from camviewer.ui.state.settings import Settings
from camviewer.ui.structure.control import StructureControl
from camviewer.ui.style import theme, tr
from camviewer.ui.training import TrainingCommands
from camviewer.ui.trust.commands import TrustCommands
from camviewer.ui.trust.comparing import Comparing
from camviewer.ui.trust.region_scoring import RegionScoring
from camviewer.ui.widgets.plain_text import in_title
from camviewer.ui.window import menus
from camviewer.ui.window.action_spec import FILE
from camviewer.ui.window.action_states import ActionStates
from camviewer.ui.window.actions import make_actions
from camviewer.ui.window.bare_picture_key import BarePictureKey
from camviewer.ui.window.command_palette import CommandPalette
from camviewer.ui.window.docks import Docks
from camviewer.ui.window.engine_switches import EngineSwitches
from camviewer.ui.window.explain_commands import ExplainCommands
from camviewer.ui.window.help_commands import HelpCommands
from camviewer.ui.window.map_view import MapView
from camviewer.ui.window.model_menu import ModelMenu
from camviewer.ui.window.notices import Notices
from camviewer.ui.window.picture_area import PictureArea
from camviewer.ui.window.picture_commands import PictureCommands
from camviewer.ui.window.reporting import reports_of
from camviewer.ui.window.side_column import SideColumn
from camviewer.ui.window.status_line import StatusLine
from camviewer.ui.window.tour_steps import FirstTour
from camviewer.ui.window.workplaces import Workplaces
from camviewer.ui.work.dropped_data import Incoming
from camviewer.ui.work.model_file_kinds import PACK_SUFFIX, told_apart
from camviewer.ui.work.model_thread import ModelClient
from camviewer.ui.work.picture_client import LoadedPicture, PictureClient

_SIZE = (1280, 800)
_OPACITY_STEP = 0.1
_ZOOM_STEP = 1.25


class MainWindow(QMainWindow):
    """Shows pictures, classes and maps.

    Args:
        settings: what comes back from the last time.
        model: asks the model; a new client when None.

    Raises:
        Exception: a part could not be made; no thread is left running.
    """

    def __init__(self, settings: Settings | None = None, model: ModelClient | None = None) -> None:
        super().__init__()
        self._is_started, self._first_model = False, ""
        self.settings = settings or Settings()
        self.model = model or ModelClient(folders.offsets_folder())
        self.model.setParent(self)
        self.pictures = PictureClient(self)
        self._threads: list[Callable[[], object]] = [self.pictures.stop, self.model.stop]
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
            self.workplaces.open_incoming(Incoming(paths=others))

    def _ask_for_this_run(self, model: str) -> None:
        if self._is_started:
            self.exploration.models.choose(model)
        else:
            self._first_model = model

    def start(self) -> None:
        """Loads the model and the samples' thumbnails; called once the window is up."""
        self._is_started = True
        self.picture_area.empty_state.show_samples(self.pictures, sample_pictures())
        self.exploration.models.start(self._first_model or self.settings.model)

    def end_threads(self) -> None:
        """Ends the threads of pictures, model and review; what is under way is cancelled."""
        for stop in self._threads:
            stop()

    # -- building ------------------------------------------------------------------------------

    def _make(self) -> None:
        self.exploration = explored = Exploration(
            self.model, self.pictures, self.settings.request, self.settings.options, self
        )
        self.picture_area = PictureArea(self)
        self.classes = ClassList(self)
        self.panel = ExplainPanel(self)
        self.filmstrip = Filmstrip(self)
        self.status = StatusLine(self)
        self.actions_by_id = make_actions(self)
        self._build()
        self._make_commands()
        self._add_changing_menus()
        for part in (self.picture_area, self.classes, self.panel, self.status):
            part.follow(explored)
        self.filmstrip.follow(explored, self.pictures)
        self._connect()
        self._connect_actions()
        self._restore()

    def _build(self) -> None:
        self.setWindowTitle("camviewer")
        self.setObjectName("main")
        self.resize(*_SIZE)
        self.setMinimumSize(720, 480)
        self.workplaces = Workplaces(
            self, self.picture_area, self.exploration, self.pictures, self.settings
        )
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        side = SideColumn(self.classes, self.panel, self.panel.save_bar, self)
        self.docks = docks = Docks(self, side, self.filmstrip)
        self.side_dock, self.strip_dock, self.trust_dock = docks.side, docks.strip, docks.trust
        self.structure_dock = docks.structure

    def _make_commands(self) -> None:
        """Makes what has no widget of its own, or makes it when it is first shown."""
        explored, actions, canvas = self.exploration, self.actions_by_id, self.picture_area.canvas
        notice = self.picture_area.notice
        self.map_view = MapView(
            canvas,
            self.panel,
            explored,
            self.settings,
            signed=actions["signed"],
            crop_frame=actions["crop_frame"],
        )
        self.structure = StructureControl(
            self.structure_dock, explored, self.model, canvas, lambda: self.panel.look
        )
        self.trust = TrustCommands(self.trust_dock, explored, self.model)
        self.comparing = Comparing(self, explored, self.model, lambda: self.panel.look)
        self.regions = RegionScoring(canvas, explored, self.model, actions["region"])
        self.regions.region_changed.connect(self.panel.set_region)
        self.objects = ObjectsControl(
            self.docks.objects,
            canvas,
            explored,
            self.pictures,
            settings=self.settings,
            actions=actions,
            notice=notice,
        )
        self.commands = PictureCommands(
            self,
            explored,
            self.settings,
            notice,
            look=lambda: self.panel.look,
            region_score=self.regions.score_of,
            objects=self.objects,
        )
        self.reports = reports_of(self)
        self.explain_commands = ExplainCommands(self, explored, actions["train_head"])
        self.help_commands = HelpCommands(self, explored.models)
        self.model_commands = ModelCommands(self, self.settings, explored.models, notice)
        self.training = TrainingCommands(self, explored.models)
        self.brightness = Brightness(canvas, explored, self.pictures)
        kept_eye = self.brightness.kept_choice
        self.runs = RunCommands(self, explored, lambda: self.settings.folder, kept_eye)
        self.preprocessing = Preprocessing(self, explored, self.model, notice)
        self.details = ModelDetails(self, explored, self.model)
        self.details.editing_requested.connect(self.preprocessing.open)
        Remembering(explored, self.settings)
        self.notices = Notices(notice, explored)
        self.action_states = ActionStates(actions, explored)
        EngineSwitches(actions, self.settings, explored, self.model)

    def _add_changing_menus(self) -> None:
        actions, commands = self.actions_by_id, self.commands
        bar_menus = menus.fill_menu_bar(self.menuBar(), actions)
        self.recent_menu = recent = menus.add_recent_menu(bar_menus, actions["paste"])
        bar_menus[FILE].aboutToShow.connect(lambda: commands.list_recent(recent))
        commands.list_recent(recent)
        menus.add_samples_menu(bar_menus, actions["paste"], sample_pictures(), commands.open_one)
        menus.add_view_menus(bar_menus, self.docks.all, self.settings, self.choose_theme, self)
        docks, look = self.docks.all, lambda: self.panel.look
        kept_eye = self.brightness.kept_choice
        self.workplaces.follow(docks, actions, self.action_states, self.runs, look, eye=kept_eye)
        names = ("import_model", "manage_models", "preprocessing", "model_details")
        self.model_menu = ModelMenu(
            self.menuBar(),
            self.exploration,
            [actions[name] for name in names],
            self.workplaces.switch,
        )
        self.first_tour = FirstTour(
            self,
            self.exploration,
            self.settings,
            self.workplaces,
            area=self.picture_area,
            classes=self.classes,
            panel=self.panel,
        )
        self.command_palette = CommandPalette(
            self,
            self.exploration,
            self.settings,
            self.workplaces,
            model_menu=self.model_menu,
            explaining=self.explain_commands,
            layers=lambda: self.panel.layers,
            refresh=lambda: commands.list_recent(recent),
        )

    # -- wiring --------------------------------------------------------------------------------

    def _connect(self) -> None:
        explored, commands, stage = self.exploration, self.commands, self.picture_area
        self.workplaces.review_made.connect(lambda review: self._threads.insert(0, review.stop))
        self.workplaces.row_opened.connect(self.objects.expect)
        stage.dropped.connect(self._take_dropped)
        commands.opened.connect(self.workplaces.open_incoming)
        explored.pictures.listed.connect(lambda paths: self.strip_dock.setVisible(len(paths) > 1))
        explored.picture_shown.connect(self._title_picture)
        explored.emptied.connect(self._title_nothing)
        self.classes.k_changed.connect(self.settings.set_class_count)
        self.panel.recent_methods_changed.connect(self.settings.set_recent_methods)
        self.panel.look_changed.connect(self.structure.set_look)
        self.panel.refused_chosen.connect(self.explain_commands.show_ways_out)
        self.panel.copy_requested.connect(commands.copy)
        self.panel.save_requested.connect(commands.save_overlay)
        stage.empty_state.open_requested.connect(commands.ask_for_pictures)
        stage.empty_state.paste_requested.connect(commands.paste)
        stage.empty_state.sample_chosen.connect(commands.open_one)
        stage.canvas.hovered.connect(self.status.show_place)
        stage.canvas.zoom_bar.region_requested.connect(self.actions_by_id["region"].trigger)
        commands.saving.saved.connect(self.status.show_message)
        self.objects.said.connect(self.status.show_message)
        self.trust.compare_requested.connect(self.comparing.open)
        self._bare_picture_key = BarePictureKey(self, stage)

    def _connect_actions(self) -> None:
        canvas, explored, commands = self.picture_area.canvas, self.exploration, self.commands
        explaining, helping, actions = self.explain_commands, self.help_commands, self.actions_by_id
        slots: dict[str, Callable[[], object]] = {
            "open": commands.ask_for_pictures,
            "open_folder": commands.ask_for_folder,
            "open_run": self.workplaces.ask_for_run,
            "compare_runs": self.workplaces.compare_runs,
            "show_picture": self.workplaces.show_picture,
            "show_review": self.workplaces.show_review,
            "back_to_review": self.workplaces.show_review,
            "run_over_folder": self.runs.open,
            "paste": commands.paste,
            "save_overlay": commands.save_overlay,
            "save_map": commands.save_map,
            "report": self.reports.open,
            "copy": commands.copy,
            "previous_picture": lambda: explored.pictures.step_page(-1),
            "next_picture": lambda: explored.pictures.step_page(1),
            "close_picture": explored.close_pictures,
            "self_test": helping.start_self_test,
            "quit": self.close,
            "import_model": self.model_commands.ask_for_model,
            "train_head": self.training.open,
            "manage_models": self.model_commands.manage,
            "preprocessing": self.preprocessing.open,
            "model_details": self.details.open,
            "zoom_in": lambda: canvas.zoom_by(_ZOOM_STEP),
            "zoom_out": lambda: canvas.zoom_by(1 / _ZOOM_STEP),
            "fit": canvas.fit,
            "brightness": self.brightness.toggle,
            "actual_size": canvas.actual_size,
            "more_opaque": lambda: self.map_view.step_opacity(_OPACITY_STEP),
            "less_opaque": lambda: self.map_view.step_opacity(-_OPACITY_STEP),
            "nominal": lambda: explaining.set_nominal(actions["nominal"].isChecked()),
            "full_screen": self._toggle_full_screen,
            "next_class": lambda: explored.step_class(1),
            "previous_class": lambda: explored.step_class(-1),
            "find_class": self._find_class,
            "next_method": explaining.next_method,
            "stop": explored.finish_early,
            "choose_layer": self.panel.open_layers,
            "trust": self.trust.show_panel,
            "compare": self.comparing.open,
            "placement_crop": lambda: explaining.choose_placement(PlacementMode.CROP),
            "placement_whole": lambda: explaining.choose_placement(PlacementMode.WHOLE),
            "placement_stretch": lambda: explaining.choose_placement(PlacementMode.STRETCH),
            "command_palette": self.command_palette.open,
            "shortcuts": helping.show_shortcuts,
            "tour": self.first_tour.begin,
            "show_log": helping.show_log,
            "structure": self.structure.show,
            "vgg_page": helping.show_vgg_page,
            "about": helping.show_about,
        }
        for name, slot in slots.items():
            actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def _restore(self) -> None:
        self.classes.set_k(self.settings.class_count)
        self.panel.set_recent_methods(self.settings.recent_methods)
        saved = self.settings.geometry
        if saved is not None:
            self.restoreGeometry(saved[0])
            self.restoreState(saved[1])
        self.strip_dock.hide()
        self.status.show_message(tr("Loading the model…"))

    # -- what the window does by itself --------------------------------------------------------

    def _title_picture(self, loaded: LoadedPicture) -> None:
        image = loaded.image
        kind = f" ({image.modality})" if image.modality else ""
        self.setWindowTitle(in_title(f"{image.name}{kind} — camviewer"))

    def _title_nothing(self) -> None:
        self.setWindowTitle("camviewer")
        self.strip_dock.hide()

    def _take_dropped(self, incoming: Incoming) -> None:
        if not self.objects.takes(incoming.paths):
            self.workplaces.open_incoming(incoming)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _find_class(self) -> None:
        self.side_dock.show()
        self.classes.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.classes.search_field.selectAll()

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system."""
        self.settings.set_theme(choice)
        theme.apply(QApplication.instance(), choice)  # type: ignore[arg-type]

    # -- Qt's events ---------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(one.may_close() for one in (self.training, self.runs, self.workplaces)):
            event.ignore()
            return
        self._bare_picture_key.end()
        self.workplaces.prepare_no_more()
        self.workplaces.show_picture()  # the panels come back at the next start
        self.settings.set_geometry(self.saveGeometry(), self.saveState())
        self.settings.sync()
        self.hide()
        self.training.shut_down()
        self.runs.shut_down()
        self.end_threads()
        super().closeEvent(event)
