"""The window: makes the parts and wires them; what they do is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine import folders
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import PlacementMode
from camviewer.engine.image import PICTURE_SUFFIXES
from camviewer.engine.messages import ExplainRequest, Explanation, MethodInfo, ModelInfo, Verdict
from camviewer.engine.render import Look
from camviewer.engine.resources import resource
from camviewer.ui import incoming, menus, theme
from camviewer.ui.about import about_text, model_text, show_text
from camviewer.ui.actions import make_actions, shortcut_rows
from camviewer.ui.class_list import ClassList, here_line
from camviewer.ui.explain_panel import ExplainPanel
from camviewer.ui.exploration import Exploration
from camviewer.ui.filmstrip import Filmstrip
from camviewer.ui.panel_dock import PanelDock
from camviewer.ui.picture_loader import LoadedPicture, PictureDesk
from camviewer.ui.saving import Saving, Shown
from camviewer.ui.settings import Settings
from camviewer.ui.shortcuts_sheet import ShortcutsSheet
from camviewer.ui.stage import Stage
from camviewer.ui.status_line import StatusLine, hover_words
from camviewer.ui.wording import percent
from camviewer.ui.worker import ModelDesk

_SIZE = (1280, 800)
_SIDE_WIDTH = 304
_STRIP_WIDTH = 132
_OPACITY_STEP = 0.1
_SAMPLES_SHOWN = 3
_SAMPLES = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png")


class MainWindow(QMainWindow):
    """Shows pictures, classes and maps.

    Args:
        settings: what comes back from the last time.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.model = ModelDesk(folders.offsets_folder(), self)
        self.pictures = PictureDesk(self)
        self.exploration = Exploration(self.model, self.pictures, self.settings.request)
        self.saving = Saving(self)
        self.stage = Stage(self)
        self.classes = ClassList(self)
        self.panel = ExplainPanel(self)
        self.filmstrip = Filmstrip(self)
        self.status = StatusLine(self)
        self._was_shown = False
        self._samples: dict[Path, NDArray[np.uint8]] = {}
        self._build()
        self._connect()
        self._restore()

    def open_paths(self, paths: list[Path]) -> None:
        """Opens files and folders."""
        self.exploration.open_paths(paths)

    def start(self) -> None:
        """Loads the model; called once the window is up."""
        self.model.start()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle("camviewer")
        self.setObjectName("main")
        self.resize(*_SIZE)
        self.setMinimumSize(720, 480)
        self.setCentralWidget(self.stage)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.side_dock = PanelDock("Classes and map", self._side_column(), self)
        self.strip_dock = PanelDock("Pictures", self.filmstrip, self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.side_dock)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.strip_dock)
        self.strip_dock.hide()
        self.resizeDocks([self.side_dock], [_SIDE_WIDTH], Qt.Orientation.Horizontal)
        self.resizeDocks([self.strip_dock], [_STRIP_WIDTH], Qt.Orientation.Horizontal)
        self.actions_by_id = make_actions(self)
        self._build_menus()
        self._enable_actions()

    def _side_column(self) -> QWidget:
        """Classes above the controls; scrolls where the screen is too low for both."""
        column = QWidget(self)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.classes)
        layout.addWidget(self.panel, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumWidth(_SIDE_WIDTH)
        scroll.setWidget(column)
        return scroll

    def _build_menus(self) -> None:
        by_title = menus.fill_menu_bar(self.menuBar(), self.actions_by_id)
        samples = sample_pictures()
        self.recent_menu = menus.add_recent_menu(by_title, self.actions_by_id["paste"])
        menus.add_samples_menu(by_title, self.actions_by_id["paste"], samples, self._open_sample)
        menus.add_view_menus(
            by_title,
            (self.side_dock, self.strip_dock),
            self.settings.theme,
            self._choose_theme,
        )
        corner = QWidget(self)
        layout = QHBoxLayout(corner)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        self.model_button = menus.corner_button(corner, "box", "The model that is asked")
        self.model_button.setText("Loading the model…")
        self.device_button = menus.corner_button(corner, "cpu", "Where the model runs")
        self.device_button.setText("…")
        layout.addWidget(self.model_button)
        layout.addWidget(self.device_button)
        self._corner = corner
        self.menuBar().setCornerWidget(corner, Qt.Corner.TopRightCorner)

    # -- wiring --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._connect_actions()
        explored = self.exploration
        explored.model_ready.connect(self._show_model)
        explored.pictures_listed.connect(self._list_pictures)
        explored.picture_opening.connect(lambda name: self.status.show_message(f"Opening {name}…"))
        explored.picture_shown.connect(self._show_picture)
        explored.verdict_changed.connect(self._show_verdict)
        explored.explanation_changed.connect(self._show_explanation)
        explored.layers_changed.connect(self._show_layers)
        explored.request_changed.connect(self._show_request)
        explored.failed.connect(self.stage.notice.show_error)
        explored.file_failed.connect(self.filmstrip.set_failed)
        explored.busy_changed.connect(self.stage.progress.set_busy)
        explored.emptied.connect(self._show_empty)
        self.classes.class_chosen.connect(explored.choose_class)
        self.classes.k_changed.connect(self.settings.set_class_count)
        self.panel.request_changed.connect(explored.set_request)
        self.panel.look_changed.connect(self._change_look)
        self.panel.copy_requested.connect(self._copy)
        self.panel.save_requested.connect(self._save_overlay)
        self.filmstrip.picture_chosen.connect(explored.show_file)
        self.filmstrip.thumbnails_wanted.connect(self.pictures.want_thumbnails)
        self.pictures.thumbnail_read.connect(self._take_thumbnail)
        self.pictures.thumbnail_failed.connect(self.filmstrip.set_failed)
        self.stage.dropped.connect(explored.open_incoming)
        self.stage.refused.connect(self.stage.notice.show_error)
        self.stage.empty_state.open_requested.connect(self._ask_for_pictures)
        self.stage.empty_state.paste_requested.connect(self._paste)
        self.stage.empty_state.sample_chosen.connect(self._open_sample)
        self.stage.canvas.hovered.connect(self._show_hover)
        self.saving.saved.connect(self.status.show_message)
        self.saving.failed.connect(self.stage.notice.show_error)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _connect_actions(self) -> None:
        canvas, explored = self.stage.canvas, self.exploration
        slots: dict[str, Callable[[], object]] = {
            "open": self._ask_for_pictures,
            "open_folder": self._ask_for_folder,
            "paste": self._paste,
            "save_overlay": self._save_overlay,
            "save_map": self._save_map,
            "copy": self._copy,
            "previous_picture": lambda: explored.step_picture(-1),
            "next_picture": lambda: explored.step_picture(1),
            "close_picture": explored.close_pictures,
            "quit": self.close,
            "model_details": self._show_model_details,
            "zoom_in": lambda: canvas.zoom_by(1.25, None),
            "zoom_out": lambda: canvas.zoom_by(1 / 1.25, None),
            "fit": canvas.fit,
            "actual_size": canvas.actual_size,
            "more_opaque": lambda: self._step_opacity(_OPACITY_STEP),
            "less_opaque": lambda: self._step_opacity(-_OPACITY_STEP),
            "crop_frame": self._toggle_crop_frame,
            "nominal": self._toggle_nominal,
            "full_screen": self._toggle_full_screen,
            "next_class": lambda: explored.step_class(1),
            "previous_class": lambda: explored.step_class(-1),
            "find_class": self._find_class,
            "next_method": self._next_method,
            "choose_layer": self.panel.open_layers,
            "placement_crop": lambda: self._choose_placement(PlacementMode.CROP),
            "placement_whole": lambda: self._choose_placement(PlacementMode.WHOLE),
            "placement_stretch": lambda: self._choose_placement(PlacementMode.STRETCH),
            "signed": self._toggle_signed,
            "shortcuts": lambda: ShortcutsSheet(shortcut_rows(), self).exec(),
            "show_log": self._show_log,
            "about": lambda: show_text(self, "About camviewer", about_text()),
        }
        for name, slot in slots.items():
            self.actions_by_id[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def _restore(self) -> None:
        self._methods: tuple[tuple[MethodInfo, str], ...] = ()
        look = self.settings.look
        self.classes.set_k(self.settings.class_count)
        self.panel.set_look(look)
        self.panel.set_request(self.exploration.request)
        self.panel.set_enabled_for_picture(False)
        self.stage.canvas.set_look(look)
        self.actions_by_id["crop_frame"].setChecked(self.settings.crop_frame)
        self.actions_by_id["nominal"].setChecked(self.exploration.request.nominal)
        self.actions_by_id["signed"].setChecked(look.signed)
        self._list_recent()
        saved = self.settings.geometry
        if saved is not None:
            self.restoreGeometry(saved[0])
            self.restoreState(saved[1])
        self.strip_dock.hide()
        self.status.show_message("Loading the model…")

    # -- what there is to show -----------------------------------------------------------------

    def _show_model(self, info: ModelInfo, methods: tuple[tuple[MethodInfo, str], ...]) -> None:
        self._methods = methods
        self.classes.set_labels(info.labels)
        self.panel.set_methods(methods)
        self.model_button.setText(f" {info.title}")
        self.device_button.setText(f" {info.device}")
        for button, text in ((self.model_button, info.title), (self.device_button, info.device)):
            menu = button.menu()
            menu.clear()
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(True)
            action.triggered.connect(lambda _checked=False, action=action: action.setChecked(True))
        # The menu bar asks for the corner's size only when the corner is given to it.
        self._corner.adjustSize()
        self.menuBar().setCornerWidget(self._corner, Qt.Corner.TopRightCorner)
        self._corner.show()
        self.model_button.menu().addSeparator()
        self.model_button.menu().addAction(self.actions_by_id["model_details"])
        if self.stage.is_empty:
            name = info.title.split(" · ")[0]
            self.status.show_message(f"Ready. {name} on {info.device}.")

    def _list_pictures(self, paths: tuple[Path, ...]) -> None:
        self.filmstrip.set_paths(paths)
        self.strip_dock.setVisible(len(paths) > 1)

    def _show_picture(self, loaded: LoadedPicture) -> None:
        image = loaded.image
        self.stage.notice.hide()
        self.stage.canvas.show_picture(loaded.levels, image.name)
        self.stage.show_canvas()
        self.classes.show_placeholders()
        self.panel.set_enabled_for_picture(True)
        self.setWindowTitle(f"{image.name} — camviewer")
        note = " · ".join((f"{image.name}, {image.width} × {image.height}", *image.notes))
        self.status.show_message(note)
        if image.notes:
            self.stage.notice.show_info(image.name, " ".join(image.notes))
        if image.path is not None:
            self.filmstrip.select(image.path)
            self._remember(image.path)
        self._enable_actions()

    def _show_verdict(self, verdict: Verdict, class_index: int) -> None:
        self.classes.show_verdict(verdict, class_index)
        info, picture = self.exploration.info, self.exploration.picture
        if info is not None and picture is not None and picture.image.path is not None:
            best = verdict.top(1)[0]
            text = f"{info.labels[best]} {percent(float(verdict.probabilities[best]))}"
            self.filmstrip.set_caption(picture.image.path, text)

    def _show_explanation(self, explanation: Explanation) -> None:
        canvas = self.stage.canvas
        canvas.show_map(explanation.heatmap, self.panel.look)
        self._frame_crop()
        self._say_evidence()
        self.classes.select_class(explanation.class_index)
        self.classes.set_here_line(here_line(explanation))
        self.panel.set_map_high(explanation.heatmap.high)
        self.status.show_explanation(explanation)
        self._enable_actions()

    def _show_layers(self, layers: object) -> None:
        self.panel.set_layers(layers, self.exploration.request.layer or "")  # type: ignore[arg-type]

    def _show_request(self, request: ExplainRequest) -> None:
        self.panel.set_request(request)
        self.actions_by_id["nominal"].setChecked(request.nominal)
        self.settings.set_request(request)

    def _show_empty(self) -> None:
        self.stage.show_empty()
        self.classes.clear()
        self.filmstrip.set_paths(())
        self.strip_dock.hide()
        self.panel.set_enabled_for_picture(False)
        self.setWindowTitle("camviewer")
        self.status.clear()
        self._enable_actions()

    def _show_hover(self, place: tuple[float, float, float | None] | None) -> None:
        explanation = self.exploration.explanation
        if place is None:
            self.status.show_hover("")
        elif explanation is None:
            self.status.show_hover(f"x {int(place[0])} y {int(place[1])}")
        else:
            self.status.show_hover(hover_words(*place, explanation))

    def _frame_crop(self) -> None:
        explanation = self.exploration.explanation
        wanted = self.actions_by_id["crop_frame"].isChecked()
        if explanation is None or explanation.placement.covers_picture or not wanted:
            self.stage.canvas.set_crop_frame(None)
        else:
            self.stage.canvas.set_crop_frame(explanation.placement.box)

    def _say_evidence(self) -> None:
        explanation = self.exploration.explanation
        notes = explanation.notes if explanation is not None else ()
        if self.panel.look.signed and "No positive" in " ".join(notes):
            notes = ()  # signed values show what speaks against the class
        self.stage.canvas.set_message(" ".join(notes))

    def _enable_actions(self) -> None:
        has_picture = self.exploration.picture is not None
        has_map = self.exploration.explanation is not None
        for spec in menus.needing("picture"):
            self.actions_by_id[spec.id].setEnabled(has_picture)
        for spec in menus.needing("map"):
            self.actions_by_id[spec.id].setEnabled(has_map)

    # -- what the user does --------------------------------------------------------------------

    def _ask_for_pictures(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self, "Open pictures", str(self.settings.folder), f"Pictures ({kinds});;All files (*)"
        )
        if names:
            self.open_paths([Path(name) for name in names])

    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Open folder", str(self.settings.folder))
        if name:
            self.open_paths([Path(name)])

    def _open_sample(self, path: Path) -> None:
        self.open_paths([path])

    def _paste(self) -> None:
        try:
            taken = incoming.take(QGuiApplication.clipboard().mimeData())
        except CamviewerError as error:
            self.stage.notice.show_error(error.message, error.hint)
        else:
            self.exploration.open_incoming(taken)

    def _save_overlay(self) -> None:
        if (shown := self._shown()) is not None:
            self.saving.save_overlay(shown, self.settings.folder)

    def _save_map(self) -> None:
        if (shown := self._shown()) is not None:
            self.saving.save_map(shown, self.settings.folder)

    def _copy(self) -> None:
        if (shown := self._shown()) is not None:
            self.saving.copy_overlay(shown)

    def _shown(self) -> Shown | None:
        explored = self.exploration
        if explored.picture and explored.explanation and explored.info and explored.verdict:
            return Shown(
                explored.picture.image,
                explored.explanation,
                self.panel.look,
                explored.info,
                explored.verdict,
            )
        return None

    def _change_look(self, look: Look) -> None:
        self.stage.canvas.set_look(look)
        self.settings.set_look(look)
        self.actions_by_id["signed"].setChecked(look.signed)
        self._say_evidence()

    def _set_look(self, look: Look) -> None:
        self.panel.set_look(look)
        self._change_look(look)

    def _step_opacity(self, step: float) -> None:
        look = self.panel.look
        self._set_look(replace(look, opacity=min(max(look.opacity + step, 0.0), 1.0)))

    def _toggle_signed(self) -> None:
        self._set_look(replace(self.panel.look, signed=self.actions_by_id["signed"].isChecked()))

    def _toggle_crop_frame(self) -> None:
        self.settings.set_crop_frame(self.actions_by_id["crop_frame"].isChecked())
        self._frame_crop()

    def _toggle_nominal(self) -> None:
        nominal = self.actions_by_id["nominal"].isChecked()
        self.exploration.set_request(replace(self.exploration.request, nominal=nominal))

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _choose_placement(self, mode: PlacementMode) -> None:
        self.exploration.set_request(replace(self.exploration.request, mode=mode))

    def _find_class(self) -> None:
        self.side_dock.show()
        self.classes.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.classes.search_field.selectAll()

    def _next_method(self) -> None:
        usable = [method.id for method, reason in self._methods if not reason]
        if usable:
            current = self.exploration.request.method
            place = usable.index(current) + 1 if current in usable else 0
            following = usable[place % len(usable)]
            self.exploration.set_request(replace(self.exploration.request, method=following))

    def _choose_theme(self, choice: str) -> None:
        self.settings.set_theme(choice)
        theme.apply(QApplication.instance(), choice)  # type: ignore[arg-type]

    def _show_model_details(self) -> None:
        if self.exploration.info is not None:
            show_text(self, "Model", model_text(self.exploration.info))

    def _show_log(self) -> None:
        folder = folders.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _remember(self, path: Path) -> None:
        self.settings.set_folder(path.parent)
        if path not in sample_pictures():
            self.settings.add_recent(path)
            self._list_recent()

    def _list_recent(self) -> None:
        menus.fill_recent_menu(
            self.recent_menu,
            self.settings.recent,
            lambda path: self.open_paths([path]),
            self._clear_recent,
        )

    def _clear_recent(self) -> None:
        self.settings.clear_recent()
        self._list_recent()

    def _take_thumbnail(self, path: Path, pixels: NDArray[np.uint8]) -> None:
        self.filmstrip.set_thumbnail(path, pixels)
        wanted = sample_pictures()[:_SAMPLES_SHOWN]
        if path in wanted and len(self._samples) < len(wanted):
            self._samples[path] = pixels
            if len(self._samples) == len(wanted):
                self.stage.empty_state.set_samples([(p, self._samples[p]) for p in wanted])

    # -- Qt's events ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.pictures.want_thumbnails(sample_pictures()[:_SAMPLES_SHOWN])

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
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.settings.set_geometry(self.saveGeometry(), self.saveState())
        self.settings.sync()
        self.hide()
        self.pictures.stop()
        self.model.stop()
        super().closeEvent(event)


def sample_pictures() -> tuple[Path, ...]:
    """The photographs that come with the program, the ones to begin with first."""
    return tuple(resource("samples", name) for name in _SAMPLES)
