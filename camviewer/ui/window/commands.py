"""What the user can do, beyond what single widgets do by themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.source_image import PICTURE_SUFFIXES
from camviewer.engine.render.overlay import Look
from camviewer.engine.results.messages import DeviceInfo, MethodInfo, ModelInfo
from camviewer.engine.support import folders
from camviewer.ui.help.about import about_text, model_text, show_text
from camviewer.ui.help.cam_refusal_dialog import CONVOLUTIONAL, WaysOutDialog
from camviewer.ui.style import theme
from camviewer.ui.widgets.folder_showing import show_folder
from camviewer.ui.window import menus
from camviewer.ui.window.presenter import Presenter
from camviewer.ui.window.saving import Shown
from camviewer.ui.window.window_parts import Parts
from camviewer.ui.work import dropped_data as incoming


class Commands(QObject):
    """Carries out what was chosen in menus and panels."""

    def __init__(self, parts: Parts, presenter: Presenter) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._presenter = presenter
        self._methods: tuple[tuple[MethodInfo, str], ...] = ()
        self._devices: tuple[DeviceInfo, ...] = ()

    def open_paths(self, paths: list[Path]) -> None:
        """Opens files and folders."""
        self._parts.exploration.open_paths(paths)

    def know_model(
        self,
        _info: ModelInfo,
        methods: tuple[tuple[MethodInfo, str], ...],
        devices: tuple[DeviceInfo, ...],
    ) -> None:
        """Takes the methods of the loaded model, and where it could run."""
        self._methods, self._devices = methods, devices

    def show_model_details(self) -> None:
        """Tells what is known of the model."""
        info = self._parts.models.info
        if info is not None:
            show_text(self._parts.window, "Model", model_text(info))

    def show_about(self) -> None:
        """Tells what the program is."""
        show_text(self._parts.window, "About camviewer", about_text(self._devices))

    def ask_for_pictures(self) -> None:
        """Asks for files to open."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._parts.window,
            "Open pictures",
            str(self._parts.settings.folder),
            f"Pictures ({kinds});;All files (*)",
        )
        if names:
            self.open_paths([Path(name) for name in names])

    def ask_for_folder(self) -> None:
        """Asks for a folder to open."""
        name = QFileDialog.getExistingDirectory(
            self._parts.window, "Open folder", str(self._parts.settings.folder)
        )
        if name:
            self.open_paths([Path(name)])

    def open_sample(self, path: Path) -> None:
        """Opens a photograph that comes with the program."""
        self.open_paths([path])

    def paste(self) -> None:
        """Opens what was copied."""
        try:
            taken = incoming.take(QGuiApplication.clipboard().mimeData())
        except CamviewerError as error:
            self._parts.stage.notice.show_error(error.message, error.hint)
        else:
            self._parts.exploration.open_incoming(taken)

    def save_overlay(self) -> None:
        """Asks for a file for the overlay."""
        if (shown := self.shown()) is not None:
            self._parts.saving.save_overlay(shown, self._parts.settings.folder)

    def save_map(self) -> None:
        """Asks for a file for the raw map."""
        if (shown := self.shown()) is not None:
            self._parts.saving.save_map(shown, self._parts.settings.folder)

    def copy(self) -> None:
        """Copies the overlay."""
        if (shown := self.shown()) is not None:
            self._parts.saving.copy_overlay(shown)

    def shown(self) -> Shown | None:
        """What is on screen; None without a map."""
        explored, info = self._parts.exploration, self._parts.models.info
        if explored.picture and explored.explanation and info and explored.verdict:
            return Shown(
                explored.picture.image,
                explored.explanation,
                self._parts.panel.look,
                info,
                explored.verdict,
                self._parts.stage.region_tool.score_of(explored.explanation),
            )
        return None

    def change_look(self, look: Look) -> None:
        """Shows the map in another look."""
        self._parts.stage.canvas.set_look(look)
        self._parts.settings.set_look(self._parts.panel.lasting_look)
        self._parts.actions["signed"].setChecked(look.signed)
        self._presenter.say_evidence()

    def set_look(self, look: Look) -> None:
        """Sets the look for the controls, too."""
        self._parts.panel.set_look(look)
        self.change_look(look)

    def step_opacity(self, step: float) -> None:
        """Makes the map more or less opaque."""
        look = self._parts.panel.look
        self.set_look(replace(look, opacity=min(max(look.opacity + step, 0.0), 1.0)))

    def toggle_signed(self) -> None:
        """Shows evidence against the class, or not."""
        self.set_look(
            replace(self._parts.panel.look, signed=self._parts.actions["signed"].isChecked())
        )

    def toggle_crop_frame(self) -> None:
        """Frames what the network sees, or not."""
        self._parts.settings.set_crop_frame(self._parts.actions["crop_frame"].isChecked())
        self._presenter.frame_crop()

    def toggle_nominal(self) -> None:
        """Draws the cells at their nominal centres, or where they look."""
        nominal = self._parts.actions["nominal"].isChecked()
        self._parts.exploration.set_request(
            replace(self._parts.exploration.request, nominal=nominal)
        )

    def toggle_full_screen(self) -> None:
        """Fills the screen, or not."""
        self._parts.window.setWindowState(
            self._parts.window.windowState() ^ Qt.WindowState.WindowFullScreen
        )

    def choose_placement(self, mode: PlacementMode) -> None:
        """Gives the network the picture in another way."""
        self._parts.exploration.set_request(replace(self._parts.exploration.request, mode=mode))

    def find_class(self) -> None:
        """Goes to the search field."""
        self._parts.side_dock.show()
        self._parts.classes.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._parts.classes.search_field.selectAll()

    def next_method(self) -> None:
        """Takes the next method that is defined."""
        usable = [method.id for method, reason in self._methods if not reason]
        if usable:
            current = self._parts.exploration.request.method
            place = usable.index(current) + 1 if current in usable else 0
            following = usable[place % len(usable)]
            self._parts.exploration.set_request(
                replace(self._parts.exploration.request, method=following, options=())
            )

    def show_ways_out(self, refused: str) -> None:
        """Says why a method is not defined for this model, and offers what can be done."""
        info = self._parts.models.info
        if info is None:
            return
        reasons = {method.id: reason for method, reason in self._methods}
        train = self._parts.actions.get("train_head")
        dialog = WaysOutDialog(
            info.title,
            reasons.get(refused, info.cam_refusal),
            reasons.get(CONVOLUTIONAL, ""),
            train is not None,
            self._parts.window,
        )
        dialog.convolutional_chosen.connect(lambda: self._choose_method(CONVOLUTIONAL))
        if train is not None:
            dialog.training_chosen.connect(train.trigger)
        dialog.open()

    def _choose_method(self, method: str) -> None:
        explored = self._parts.exploration
        explored.set_request(replace(explored.request, method=method, options=()))

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system."""
        self._parts.settings.set_theme(choice)
        theme.apply(QApplication.instance(), choice)  # type: ignore[arg-type]

    def show_log(self) -> None:
        """Opens the folder of the log file."""
        folder = folders.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        show_folder(folder, self._parts.window)

    def list_recent(self) -> None:
        """Fills the menu of pictures opened last."""
        menus.fill_recent_menu(
            self._parts.recent_menu,
            self._parts.settings.recent,
            lambda path: self.open_paths([path]),
            self.clear_recent,
        )

    def clear_recent(self) -> None:
        """Forgets the pictures opened last."""
        self._parts.settings.clear_recent()
        self.list_recent()
