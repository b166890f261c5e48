"""Draws objects and lines over the picture, and has the map measured against the objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from camviewer.ui.canvas import Canvas
from camviewer.ui.objects.object_drawing import ObjectDrawing
from camviewer.ui.objects.object_saving import ObjectSaving
from camviewer.ui.objects.queries import FindObjects, MeasuredMap, MeasureMap, ReadObjects, Shown
from camviewer.ui.objects.shown_objects import KnownObjects, ShownObject
from camviewer.ui.objects.words import box_words
from camviewer.ui.state import Exploration, Settings
from camviewer.ui.style import tr
from camviewer.ui.widgets import Notice, PanelDock
from camviewer.ui.work import LoadedPicture, PictureClient

if TYPE_CHECKING:
    from camviewer.engine.batch.objects import MapOnObjects
    from camviewer.engine.results import Explanation
    from camviewer.engine.review.reopening import Reopened
    from camviewer.ui.canvas.marks import Marks
    from camviewer.ui.objects.panel import ObjectsPanel
    from camviewer.ui.state.mark_choice import MarkChoice

_KINDS = "{objects} (*.xml *.json *.txt *.png);;{all_files} (*)"
_DROPPED = (".xml", ".json", ".txt")
"""Suffixes of files that are objects when they are dropped; a PNG is a picture."""

_STALE_MS = 80
"""Delay in ms after which lines of the map before go; because new ones are usually there sooner,
and would flicker."""


class ObjectsControl(QObject):
    """Knows the objects of the picture on screen; makes the panel when it is first shown.

    Signals:
        said: (text) what was copied or saved.

    Args:
        dock: holds the panel.
        canvas: draws.
        exploration: tells which picture and map are shown.
        pictures: the thread that reads and measures.
        settings: keep what is drawn.
        actions: the window's.
        notice: says which file cannot be read.

    Attributes:
        drawing: draws objects by hand.
        saving: writes them to files.
    """

    said = Signal(str)

    def __init__(
        self,
        dock: PanelDock,
        canvas: Canvas,
        exploration: Exploration,
        pictures: PictureClient,
        *,
        settings: Settings,
        actions: Mapping[str, QAction],
        notice: Notice,
    ) -> None:
        super().__init__(dock)
        self._dock = dock
        self._canvas = canvas
        self._exploration = exploration
        self._pictures = pictures
        self._settings = settings
        self._notice = notice
        self._actions = actions
        self._choice = settings.marks
        self._known = KnownObjects()
        self._objects: Shown = ()
        self._measured: MeasuredMap | None = None
        self._problem = ""
        self._expected: Reopened | None = None
        self._panel: ObjectsPanel | None = None
        self.drawing = ObjectDrawing(canvas, exploration, actions)
        self.drawing.drawn.connect(self.add)
        self.saving = ObjectSaving(dock.window())
        self.saving.saved.connect(self.said)
        self.saving.failed.connect(notice.show_error)
        self._stale = QTimer(self, singleShot=True, interval=_STALE_MS)
        self._stale.timeout.connect(self._forget_measured)
        dock.fill_when_shown(self._make_panel)
        exploration.picture_shown.connect(self._picture_shown)
        exploration.explanation_changed.connect(self._map_changed)
        exploration.emptied.connect(self._emptied)
        self._connect_actions()

    @property
    def panel(self) -> ObjectsPanel:
        """The panel, which is made now if it was never shown."""
        return self._panel or self._make_panel()

    @property
    def choice(self) -> MarkChoice:
        """What is drawn, and at which values."""
        return self._choice

    @property
    def objects(self) -> Shown:
        """The objects of the picture on screen."""
        return self._objects

    @property
    def measured(self) -> MeasuredMap | None:
        """What is known of the map on screen; None until it is measured."""
        return self._measured

    @property
    def saved_marks(self) -> Marks | None:
        """What is drawn, where overlays are to have it, too."""
        return self._canvas.marks if self._choice.saved else None

    def measured_of(self, explanation: Explanation) -> MapOnObjects | None:
        """How a map lies on the picture's objects; None without objects, or not measured yet."""
        measured = None if self._measured is None else self._measured.on_objects
        if measured is None or measured.explanation is not explanation or not measured.objects:
            return None
        return measured

    def record_of(self, explanation: Explanation) -> dict[str, Any] | None:
        """The numbers of a map for its sidecar; None where they were not measured."""
        measured = self._measured
        if measured is None or measured.on_objects.explanation is not explanation:
            return None
        from camviewer.engine.batch.objects import measures_record  # noqa: PLC0415  (start-up)

        return measures_record(measured.on_objects)

    def show_panel(self) -> None:
        """Opens the panel."""
        self._dock.show()
        self._dock.raise_()
        self.panel.setFocus()

    def set_choice(self, choice: MarkChoice) -> None:
        """Draws other lines, or measures by other values."""
        before, self._choice = self._choice, choice
        self._settings.set_marks(choice)
        self._check_actions()
        if self._panel is not None:
            self._panel.show_choice(choice)
        if replace(before, saved=choice.saved) != choice:
            self._measure()
            self._draw()

    def ask_for_objects(self) -> None:
        """Asks for a file with the objects of the picture on screen."""
        kinds = _KINDS.format(objects=tr("Objects"), all_files=tr("All files"))
        name, _ = QFileDialog.getOpenFileName(
            self._dock.window(), tr("Open objects"), str(self._settings.folder), kinds
        )
        if name:
            self.open(Path(name))

    def ask_to_save(self) -> None:
        """Asks for a file for the objects of the picture on screen."""
        picture = self._exploration.picture
        if picture is not None:
            self.saving.ask(picture.image, self._objects, self._settings.folder)

    def expect(self, row: Reopened) -> None:
        """Takes the row of a run whose picture is shown next: it carries the run's objects."""
        self._expected = row

    def takes(self, paths: tuple[Path, ...]) -> bool:
        """Whether what was dropped are objects of the picture on screen, which are opened then."""
        alone = paths[0] if len(paths) == 1 else None
        if alone is None or alone.suffix.lower() not in _DROPPED or alone.is_dir():
            return False
        if self._exploration.picture is None:
            return False
        self.open(alone)
        return True

    def open(self, file: Path) -> None:
        """Reads the objects that a file has of the picture on screen; those before are replaced."""
        picture = self._exploration.picture
        if picture is None:
            return
        image = picture.image
        name = image.name if image.path is None else image.path.name
        self._pictures.ask(
            ReadObjects(file, name, (image.width, image.height)),
            lambda found: self._opened(image.key, found, file),
            failed=self._reading_failed,
        )

    def add(self, added: ShownObject) -> None:
        """Adds one object to those of the picture on screen."""
        self._choose((*self._objects, added))

    def remove(self, numbers: set[int]) -> None:
        """Removes some of the objects, by their places in the list."""
        self._choose(
            tuple(each for place, each in enumerate(self._objects) if place not in numbers)
        )

    def copy_box(self) -> None:
        """Copies the box around the evidence: left, top, right and bottom in source pixels."""
        self._ask(self._copy_box_of)

    def _copy_box_of(self, measured: MeasuredMap) -> None:
        self._take_measured(measured)
        box = measured.on_objects.box
        if box is None:
            self._notice.show_info(tr("This map has no evidence for the class, so it has no box."))
            return
        QGuiApplication.clipboard().setText(box_words(box))
        self.said.emit(tr("Copied the box: {numbers}").format(numbers=box_words(box)))

    # -- what changes ----------------------------------------------------------------------------

    def _picture_shown(self, loaded: LoadedPicture) -> None:
        self._pictures.give_up(FindObjects, ReadObjects, MeasureMap)
        self._measured, self._problem = None, ""
        image = loaded.image
        row, self._expected = self._expected, None
        known = self._known.of(image.key)
        self._set_objects(known or ())
        if known is not None or image.path is None or image.page > 0:
            return
        is_of_run = row is not None and row.path == image.path
        if is_of_run and row is not None and row.objects is None:
            return  # the run had no objects
        place = row.objects if row is not None and is_of_run else None
        self._pictures.ask(
            FindObjects(image.path, (image.width, image.height), place),
            self._set_objects,
            failed=self._reading_failed,
        )

    def _emptied(self) -> None:
        self._pictures.give_up(FindObjects, ReadObjects, MeasureMap)
        self._measured, self._problem = None, ""
        self._set_objects(())

    def _opened(self, key: str, found: Shown, file: Path) -> None:
        self._settings.set_folder(file.parent)
        picture = self._exploration.picture
        if picture is not None and picture.image.key == key:
            self._choose(found)
            if not found:
                words = tr("{file} has no object of this picture.")
                self._notice.show_info(words.format(file=file.name))

    def _choose(self, objects: Shown) -> None:
        picture = self._exploration.picture
        if picture is not None:
            self._known.choose(picture.image.key, objects)
            self._problem = ""
            if objects and not self._choice.objects:
                self.set_choice(replace(self._choice, objects=True))
            self._set_objects(objects)

    def _reading_failed(self, message: str, hint: str) -> None:
        self._problem = message
        self._notice.show_error(message, hint)
        self._tell()

    def _set_objects(self, objects: Shown) -> None:
        self._objects = objects
        self._measure()
        self._draw()

    def _map_changed(self, explanation: Explanation | None) -> None:
        if explanation is None:
            self._forget_measured()
        else:
            self._stale.start()
            self._measure()

    # -- measuring and drawing -------------------------------------------------------------------

    def _measure(self) -> None:
        """Has the map on screen measured, where anything of that is seen."""
        choice = self._choice
        is_seen = self._objects or choice.contours or choice.box or self._panel is not None
        if is_seen:
            self._ask(self._take_measured)
        else:
            self._measured = None

    def _ask(self, answered: Callable[[MeasuredMap], object]) -> None:
        explanation, info = self._exploration.explanation, self._exploration.models.info
        choice = self._choice
        if explanation is not None and info is not None:
            query = MeasureMap(
                explanation,
                tuple(each.found for each in self._objects),
                info.labels,
                choice.share,
                choice.of_any_class,
                choice.shares if choice.contours else (),
            )
            self._pictures.ask(query, answered)

    def _take_measured(self, measured: MeasuredMap) -> None:
        if measured.on_objects.explanation is self._exploration.explanation:
            self._stale.stop()
            self._measured = measured
            self._draw()

    def _forget_measured(self) -> None:
        self._measured = None
        self._draw()

    def _draw(self) -> None:
        marks = None
        if self._objects or self._measured is not None:
            from camviewer.ui.objects.wanted_marks import marks_of  # noqa: PLC0415  (start-up)

            marks = marks_of(self._choice, self._objects, self._measured)
        self._canvas.set_marks(marks)
        self._tell()

    def _tell(self) -> None:
        if self._panel is not None:
            self._panel.show_objects(self._objects, self._problem)
            self._panel.show_measured(self._measured)

    # -- building --------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        switched: dict[str, Callable[[bool], MarkChoice]] = {
            "show_objects": lambda on: replace(self._choice, objects=on),
            "contours": lambda on: replace(self._choice, contours=on),
            "evidence_box": lambda on: replace(self._choice, box=on),
            "save_marks": lambda on: replace(self._choice, saved=on),
        }
        for name, chosen in switched.items():
            self._actions[name].triggered.connect(
                lambda on, chosen=chosen: self.set_choice(chosen(on))
            )
        done: dict[str, Callable[[], object]] = {
            "open_objects": self.ask_for_objects,
            "save_objects": self.ask_to_save,
            "objects_panel": self.show_panel,
            "copy_box": self.copy_box,
        }
        for name, slot in done.items():
            self._actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())
        self._check_actions()

    def _check_actions(self) -> None:
        choice = self._choice
        self._actions["show_objects"].setChecked(choice.objects)
        self._actions["contours"].setChecked(choice.contours)
        self._actions["evidence_box"].setChecked(choice.box)
        self._actions["save_marks"].setChecked(choice.saved)

    def _make_panel(self) -> ObjectsPanel:
        from camviewer.ui.objects.panel import ObjectsPanel  # noqa: PLC0415  (start-up)

        panel = self._panel = ObjectsPanel()
        panel.show_choice(self._choice)
        panel.choice_changed.connect(self.set_choice)
        panel.open_requested.connect(self.ask_for_objects)
        panel.draw_requested.connect(self.drawing.draw)
        panel.save_requested.connect(self.ask_to_save)
        panel.remove_requested.connect(self.remove)
        panel.copy_requested.connect(self.copy_box)
        self._dock.fill(panel)
        self._measure()
        self._tell()
        return panel
