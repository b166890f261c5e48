"""Draws the map that is looked at upon the canvas, in the look that was chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from camviewer.engine.render import Look
from camviewer.engine.results import Evidence, Explanation, NoteKind
from camviewer.ui.canvas import Canvas
from camviewer.ui.explain import ExplainPanel
from camviewer.ui.state import Exploration, Settings
from camviewer.ui.window.status_line import words


class MapView(QObject):
    """Carries maps to the canvas, and the look to the canvas and the settings.

    Args:
        canvas: shows the map.
        panel: has the controls of the look.
        exploration: tells which map is looked at.
        settings: keeps the look.
        signed: the action that shows evidence against the class.
        crop_frame: the action that frames what the network sees.
    """

    def __init__(
        self,
        canvas: Canvas,
        panel: ExplainPanel,
        exploration: Exploration,
        settings: Settings,
        *,
        signed: QAction,
        crop_frame: QAction,
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._panel = panel
        self._exploration = exploration
        self._settings = settings
        self._signed = signed
        self._crop_frame = crop_frame
        look = settings.look
        panel.set_look(look)
        canvas.set_look(look)
        signed.setChecked(look.signed)
        crop_frame.setChecked(settings.crop_frame)
        exploration.explanation_changed.connect(self._show)
        panel.look_changed.connect(self._take_look)
        signed.triggered.connect(self._toggle_signed)
        crop_frame.triggered.connect(self._toggle_crop_frame)

    @property
    def look(self) -> Look:
        """How the map is shown."""
        return self._panel.look

    def set_look(self, look: Look) -> None:
        """Shows the map in another look, and the look in the controls."""
        self._panel.set_look(look)
        self._panel.look_changed.emit(look)

    def step_opacity(self, step: float) -> None:
        """Makes the map more or less opaque."""
        self.set_look(replace(self.look, opacity=min(max(self.look.opacity + step, 0.0), 1.0)))

    def _show(self, explanation: Explanation | None) -> None:
        if explanation is None:
            self._canvas.show_map(None, self.look)
            self._canvas.set_crop_frame(None)
            self._describe(())
            return
        self._canvas.show_map(explanation.heatmap, self.look, explanation.concepts)
        self._describe(words(explanation))
        self._frame_crop()
        self._say_evidence()

    def _describe(self, said: tuple[str, ...]) -> None:
        """Tells a screen reader which picture and which map the canvas shows."""
        picture = self._exploration.picture
        names = () if picture is None else (picture.image.name,)
        self._canvas.setAccessibleDescription(", ".join((*names, *said)))

    def _take_look(self, look: Look) -> None:
        self._canvas.set_look(look)
        self._settings.set_look(self._panel.lasting_look)
        self._signed.setChecked(look.signed)
        self._say_evidence()

    def _toggle_signed(self) -> None:
        self.set_look(replace(self.look, signed=self._signed.isChecked()))

    def _toggle_crop_frame(self) -> None:
        self._settings.set_crop_frame(self._crop_frame.isChecked())
        self._frame_crop()

    def _frame_crop(self) -> None:
        explanation = self._exploration.explanation
        wanted = self._crop_frame.isChecked()
        if explanation is None or explanation.placement.covers_picture or not wanted:
            self._canvas.set_crop_frame(None)
        else:
            self._canvas.set_crop_frame(explanation.placement.box)

    def _say_evidence(self) -> None:
        """Says over the canvas when a map has nothing to show."""
        explanation = self._exploration.explanation
        notes = () if explanation is None else explanation.notes
        said = [note.text for note in notes if note.kind is NoteKind.EVIDENCE]
        if (
            explanation is not None
            and self.look.signed
            and explanation.heatmap.evidence is Evidence.ONLY_NEGATIVE
        ):
            said = []  # signed values show what speaks against the class
        self._canvas.set_message(" ".join(said))
