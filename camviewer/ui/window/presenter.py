"""Puts on screen what there is to show: pictures, verdicts, maps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from camviewer.engine.geometry.geometry import DETAILS, PlacementMode
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.results.heatmap import Evidence
from camviewer.engine.results.messages import (
    DeviceInfo,
    ExplainRequest,
    Explanation,
    LayerInfo,
    MethodInfo,
    ModelInfo,
    Verdict,
)
from camviewer.engine.results.notes import NoteKind, Severity
from camviewer.ui.classes.class_list import here_line
from camviewer.ui.style.wording import percent
from camviewer.ui.widgets.plain_text import in_title
from camviewer.ui.window import menus
from camviewer.ui.window.status_line import hover_words
from camviewer.ui.window.window_parts import Parts
from camviewer.ui.work.picture_client import LoadedPicture

_SAMPLES_SHOWN = 3
_WITHOUT_CLASSES = (
    "This model has no classes: it puts out features. Maps that need no class show what it answers "
    "to. Model > Train a CAM head… teaches it classes."
)


class Presenter(QObject):
    """Says to every part of the window what it has to show."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._samples: dict[Path, NDArray[np.uint8]] = {}
        self._told: tuple[str, ...] = ()

    def show_model(
        self,
        info: ModelInfo,
        methods: tuple[tuple[MethodInfo, str], ...],
        devices: tuple[DeviceInfo, ...],
    ) -> None:
        """A model was loaded."""
        parts = self._parts
        parts.classes.set_labels(info.labels, "" if info.has_classes else _WITHOUT_CLASSES)
        parts.panel.set_classes(info.labels)
        parts.panel.set_methods(methods)
        parts.panel.set_unavailable_placements(*_unavailable(info))
        parts.corner.show_model(info, devices)
        parts.stage.progress.forget_fraction()
        if info.is_for_this_run:
            if info.remarks:
                told = f"{info.title} was opened for this run only."
                parts.stage.notice.show_info(told, " ".join(info.remarks))
        else:
            parts.settings.set_model(info.id)
        if parts.stage.is_empty:
            name = info.title.split(" · ")[0]
            parts.status.show_message(f"Ready. {name} on {info.device}.")

    def show_loading(self, name: str) -> None:
        """A model is being loaded or imported; an empty name says that it failed."""
        parts = self._parts
        if name:
            can_cancel = parts.models.can_cancel_loading
            parts.corner.show_loading(f"Loading {parts.corner.title_of(name)}…", can_cancel)
            parts.status.show_message(f"Loading {parts.corner.title_of(name)}…")
            return
        parts.corner.end_loading()
        parts.stage.progress.forget_fraction()
        if parts.exploration.explanation is not None:
            parts.status.show_explanation(parts.exploration.explanation)
        elif parts.models.info is not None:
            parts.status.show_message(f"{parts.models.info.title} is asked as before.")

    def show_loading_progress(self, share: float, words: str) -> None:
        """A model that is loaded or imported is so far."""
        parts = self._parts
        if parts.models.loading:
            title = parts.corner.title_of(parts.models.loading)
            parts.stage.progress.set_fraction(share)
            parts.status.show_words((f"Loading {title}", words, f"{share:.0%}"))

    def show_failure(self, message: str, hint: str) -> None:
        """Something failed; what was on screen before is there still, and is said again."""
        parts = self._parts
        parts.stage.notice.show_error(message, hint)
        if parts.exploration.explanation is not None:
            parts.status.show_explanation(parts.exploration.explanation)
        elif parts.exploration.picture is None:
            parts.status.clear()

    def mark_failed(self, path: Path, message: str) -> None:
        """A file could not be read: it is marked, and where the strip stands."""
        self._parts.filmstrip.set_failed(path, message)
        self._parts.filmstrip.select(path)

    def show_samples(self) -> None:
        """Asks for the photographs of the empty window."""
        self._parts.pictures.want_thumbnails(sample_pictures()[:_SAMPLES_SHOWN])

    def list_pictures(self, paths: tuple[Path, ...]) -> None:
        """These files were opened together."""
        self._parts.filmstrip.set_paths(paths)
        self._parts.strip_dock.setVisible(len(paths) > 1)

    def show_picture(self, loaded: LoadedPicture) -> None:
        """A picture was decoded."""
        image = loaded.image
        self._told = ()
        self._parts.stage.notice.hide()
        self._parts.stage.canvas.show_picture(loaded.levels, image.name)
        self._parts.stage.show_canvas()
        self._parts.classes.show_placeholders()
        self._parts.panel.set_enabled_for_picture(True)
        self._parts.window.setWindowTitle(in_title(f"{image.name} — camviewer"))
        note = " · ".join((f"{image.name}, {image.width} × {image.height}", *image.notes))
        self._parts.status.show_message(note)
        if image.notes:
            self._parts.stage.notice.show_info(image.name, " ".join(image.notes))
        if image.path is not None:
            self._parts.filmstrip.set_readable(image.path)
            self._parts.filmstrip.select(image.path)
            remember(self._parts, image.path)
        self.enable_actions()

    def show_verdict(self, verdict: Verdict, class_index: int) -> None:
        """The model has said what it sees."""
        self._parts.classes.show_verdict(verdict, class_index)
        info, picture = self._parts.models.info, self._parts.exploration.picture
        if info is not None:
            self._parts.panel.set_classes(info.labels, verdict)
        if info is not None and picture is not None and picture.image.path is not None:
            text = "".join(
                f"{info.labels[best]} {percent(float(verdict.probabilities[best]))}"
                for best in verdict.top(1)
            )
            self._parts.filmstrip.set_caption(picture.image.path, text)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """A map was made; None when the one before is no longer true."""
        canvas = self._parts.stage.canvas
        if explanation is None:
            canvas.show_map(None, self._parts.panel.look)
            canvas.set_crop_frame(None)
            self._parts.classes.show_placeholders()
            self.enable_actions()
            return
        if explanation.underway:
            self._parts.stage.progress.set_fraction(explanation.share)
        self._parts.panel.show_explanation(explanation)
        canvas.show_map(explanation.heatmap, self._parts.panel.look, explanation.concepts)
        self.frame_crop()
        self.say_evidence()
        self._tell_notes(explanation)
        self._parts.classes.select_class(explanation.class_index)
        self._parts.classes.set_here_line(here_line(explanation))
        self._parts.panel.set_map_high(explanation.heatmap.high)
        self._parts.status.show_explanation(explanation)
        self.enable_actions()

    def show_work(self, working: bool) -> None:
        """A map that takes more than an instant is being made, or none is any more."""
        self._parts.panel.set_working(working)
        # Qt gives a key that several wait for to none of the actions among them.
        self._parts.stage.notice.leave_escape(working)
        self._parts.corner.leave_escape(working)
        self.enable_actions()

    def show_layers(self, layers: tuple[LayerInfo, ...]) -> None:
        """The layers of the network are known for this picture."""
        self._parts.panel.set_layers(layers, self._parts.exploration.request.layer or "")

    def show_request(self, request: ExplainRequest) -> None:
        """Another map is wanted."""
        self._parts.panel.set_request(request)
        self._parts.actions["nominal"].setChecked(request.nominal)
        self._parts.settings.set_request(self._parts.exploration.lasting_request)
        self._parts.settings.set_options(self._parts.exploration.lasting_options)

    def show_empty(self) -> None:
        """All pictures were closed."""
        self._parts.stage.show_empty()
        self._parts.classes.clear()
        self._parts.filmstrip.set_paths(())
        self._parts.strip_dock.hide()
        self._parts.panel.set_enabled_for_picture(False)
        self._parts.panel.set_working(False)
        if self._parts.models.info is not None:
            self._parts.panel.set_classes(self._parts.models.info.labels, None)
        self._parts.window.setWindowTitle("camviewer")
        self._parts.status.clear()
        self.enable_actions()

    def show_hover(self, place: tuple[float, float, float | None] | None) -> None:
        """The pointer is over the picture, or has left it."""
        explanation = self._parts.exploration.explanation
        if place is None:
            self._parts.status.show_hover("")
        elif explanation is None:
            self._parts.status.show_hover(f"x {int(place[0])} y {int(place[1])}")
        else:
            self._parts.status.show_hover(hover_words(*place, explanation))

    def frame_crop(self) -> None:
        """Frames what the network sees, where that is wanted."""
        explanation = self._parts.exploration.explanation
        wanted = self._parts.actions["crop_frame"].isChecked()
        if explanation is None or explanation.placement.covers_picture or not wanted:
            self._parts.stage.canvas.set_crop_frame(None)
        else:
            self._parts.stage.canvas.set_crop_frame(explanation.placement.box)

    def say_evidence(self) -> None:
        """Says over the canvas when a map has nothing to show."""
        explanation = self._parts.exploration.explanation
        notes = () if explanation is None else explanation.notes
        said = [note.text for note in notes if note.kind is NoteKind.EVIDENCE]
        if (
            explanation is not None
            and self._parts.panel.look.signed
            and explanation.heatmap.evidence is Evidence.ONLY_NEGATIVE
        ):
            said = []  # signed values show what speaks against the class
        self._parts.stage.canvas.set_message(" ".join(said))

    def _tell_notes(self, explanation: Explanation) -> None:
        """Says what else is to be known about a map, once for maps that share it."""
        others = [note for note in explanation.notes if note.kind is not NoteKind.EVIDENCE]
        notes = tuple(note.text for note in others)
        if notes == self._told:
            return
        self._told = notes
        notice = self._parts.stage.notice
        picture = self._parts.exploration.picture
        # What is said of the picture at this moment is not to be lost under what the map adds.
        of_picture = picture.image.notes if picture is not None and notice.isVisible() else ()
        if notes:
            warns = any(note.severity is Severity.WARNING for note in others)
            say = notice.show_error if warns else notice.show_info
            say(notes[0], "\n".join((*notes[1:], *of_picture)))

    def enable_actions(self) -> None:
        """Allows what makes sense now."""
        has_picture = self._parts.exploration.picture is not None
        has_map = self._parts.exploration.explanation is not None
        for spec in menus.needing("picture"):
            self._parts.actions[spec.id].setEnabled(has_picture)
        for spec in menus.needing("map"):
            self._parts.actions[spec.id].setEnabled(has_map)
        for spec in menus.needing("work"):
            self._parts.actions[spec.id].setEnabled(self._parts.exploration.is_working)

    def take_thumbnail(self, path: Path, pixels: NDArray[np.uint8]) -> None:
        """A thumbnail was read."""
        self._parts.filmstrip.set_thumbnail(path, pixels)
        wanted = sample_pictures()[:_SAMPLES_SHOWN]
        if path in wanted and len(self._samples) < len(wanted):
            self._samples[path] = pixels
            if len(self._samples) == len(wanted):
                self._parts.stage.empty_state.set_samples([(p, self._samples[p]) for p in wanted])


def remember(parts: Parts, path: Path) -> None:
    """Keeps a picture among those opened last."""
    parts.settings.set_folder(path.parent)
    if path not in sample_pictures():
        parts.settings.add_recent(path)


def _unavailable(info: ModelInfo) -> tuple[dict[PlacementMode, str], dict[float, str]]:
    """Placements and details that a network of one input size does not accept."""
    if info.recipe.flexible:
        return {}, {}
    height, width = info.recipe.input_size
    why = f"This network only accepts {width} × {height} pixels"
    return {PlacementMode.WHOLE: why}, {detail: why for detail in DETAILS if detail != 1.0}
