"""Changes which values the eye sees from black to white; the model is fed what it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.input_scale import bands_of_words
from camviewer.ui.canvas.canvas import Canvas
from camviewer.ui.state.explorer import Exploration
from camviewer.ui.work.picture_client import DevelopPicture, LoadedPicture, PictureClient

if TYPE_CHECKING:
    from camviewer.engine.geometry.input_scale import InputScale
    from camviewer.engine.picture.eye import EyeWindow
    from camviewer.engine.picture.eye_choice import EyeChoice
    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.picture.stored_values import StoredValues
    from camviewer.engine.picture.value_histogram import ValueHistogram
    from camviewer.ui.pictures.brightness_card import BrightnessCard

_DRAG = 400.0
"""Pixels of a drag that change level or width by the whole range of the values."""


class Brightness(QObject):
    """Stands between the card, drags on the picture, and the thread that makes pictures.

    Args:
        canvas: shows the picture; its right button drags level and width.
        exploration: tells which picture is shown.
        pictures: makes the picture anew.
    """

    def __init__(self, canvas: Canvas, exploration: Exploration, pictures: PictureClient) -> None:
        super().__init__(canvas)
        self._canvas, self._exploration, self._pictures = canvas, exploration, pictures
        self._card: BrightnessCard | None = None
        self._window: EyeWindow | None = None
        self._bands: tuple[int, ...] = ()
        self._kept: tuple[str, EyeWindow, tuple[int, ...]] | None = None
        """Type of the values, window and bands that hold for all pictures."""
        self._keeps = False
        self._counted: tuple[StoredValues, ValueHistogram] | None = None
        """The histogram on the card, because counting anew would delay each step of a drag."""
        self._known_presets: tuple[StoredValues, InputScale | None, dict[str, EyeWindow]] | None
        self._known_presets = None
        canvas.right_dragged.connect(self._take_drag)
        canvas.installEventFilter(self)
        exploration.picture_shown.connect(self._picture_changed)
        exploration.emptied.connect(self.close)
        exploration.emptied.connect(self._forget_counts)
        exploration.model_ready.connect(lambda _ready: self._show())

    @property
    def card(self) -> BrightnessCard | None:
        """The card, once it was wanted."""
        return self._card

    @property
    def window(self) -> EyeWindow | None:
        """The values from black to white; None without a picture."""
        return self._window

    def kept_choice(self) -> EyeChoice | None:
        """What holds for all pictures, in *Review* and in overlays of runs, too; None for none."""
        if self._kept is None:
            return None
        from camviewer.engine.picture.eye_choice import EyeChoice  # noqa: PLC0415  (numpy)

        type_, window, bands = self._kept
        return EyeChoice(window, "", bands, type_)

    def toggle(self) -> None:
        """Shows the card, or takes it away."""
        if self._card is not None and self._card.isVisible():
            self.close()
        elif self._image is not None:
            self._open()

    def close(self) -> None:
        """Takes the card away; what is shown stays."""
        if self._card is not None:
            self._card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the card in its corner."""
        if event.type() == QEvent.Type.Resize and self._card is not None:
            self._card.place_in(self._canvas.width(), self._canvas.height())
        return super().eventFilter(watched, event)

    @property
    def _image(self) -> SourceImage | None:
        picture = self._exploration.picture
        return None if picture is None else picture.image

    def _open(self) -> None:
        card = self._card
        if card is None:
            from camviewer.ui.pictures.brightness_card import BrightnessCard  # noqa: PLC0415

            card = self._card = BrightnessCard(self._canvas)
            card.range_dragged.connect(lambda low, high: self._change(low=low, high=high))
            card.preset_chosen.connect(self._take_preset)
            card.gamma_chosen.connect(lambda gamma: self._change(gamma=gamma))
            card.inverted.connect(lambda inverted: self._change(inverted=inverted))
            card.bands_typed.connect(self._take_bands)
            card.kept.connect(self._take_keeping)
            card.closed.connect(self.close)
        self._show()
        card.show()
        card.place_in(self._canvas.width(), self._canvas.height())
        card.raise_()

    def _picture_changed(self, loaded: LoadedPicture) -> None:
        from camviewer.engine.picture.eye import (  # noqa: PLC0415  (numpy)
            default_shown_bands,
            default_window,
        )

        self._forget_counts()
        values = loaded.image.values
        self._window, self._bands = default_window(values), default_shown_bands(values)
        kept = self._kept
        if kept is not None and kept[0] == str(values.array.dtype):
            self._window = kept[1]
            if max(kept[2]) < values.count:
                self._bands = kept[2]
            self._ask()
        self._show()

    def _forget_counts(self) -> None:
        """Frees the picture's values."""
        self._counted = self._known_presets = None

    def _take_drag(self, dx: float, dy: float) -> None:
        """To the right widens the window, downwards raises its level and darkens the picture."""
        image, window = self._image, self._window
        if image is None or window is None:
            return
        if not image.values.is_measured:
            self._ask()
            return
        found = image.values.statistics
        span = (found.percentile(99.9) - found.percentile(0.1)) or 1.0
        level = (window.low + window.high) / 2 + dy / _DRAG * span
        width = max((window.high - window.low) + dx / _DRAG * span, span / 1000)
        self._change(low=level - width / 2, high=level + width / 2)

    def _take_preset(self, name: str) -> None:
        if self._image is None or not self._image.values.is_measured:
            return
        window = self._presets().get(name)
        if window is not None:
            self._counted = None
            self._change(low=window.low, high=window.high)

    def _take_bands(self, words: str) -> None:
        image = self._image
        try:
            bands = tuple(band - 1 for band in bands_of_words(words))
        except CamviewerError:
            bands = ()
        if image is None or len(bands) not in (1, 3) or max(bands) >= image.values.count:
            self._show()
            return
        if bands != self._bands:
            self._bands = bands
            self._redraw()

    def _take_keeping(self, keeps: bool) -> None:
        self._keeps = keeps
        self._remember()

    def _change(self, **fields: float) -> None:
        if self._window is None:
            return
        window = replace(self._window, **fields)  # type: ignore[arg-type]
        if window != self._window:
            self._window = window
            self._redraw()

    def _redraw(self) -> None:
        self._remember()
        self._show()
        self._ask()

    def _remember(self) -> None:
        image, window = self._image, self._window
        self._kept = None
        if self._keeps and image is not None and window is not None:
            self._kept = str(image.values.array.dtype), window, self._bands

    def _ask(self) -> None:
        image, window = self._image, self._window
        if image is not None and window is not None:
            self._pictures.ask(DevelopPicture(image, window, self._bands), self._developed)

    def _developed(self, loaded: LoadedPicture) -> None:
        if self._image is not None and loaded.image.key == self._image.key:
            self._exploration.pictures.redraw(loaded)
            self._canvas.redraw_picture(loaded.levels)
            self._show()

    def _presets(self) -> dict[str, EyeWindow]:
        from camviewer.engine.picture.window_presets import window_presets  # noqa: PLC0415  (numpy)

        image, info = self._image, self._exploration.models.info
        if image is None:
            return {}
        scale = None
        if info is not None and info.recipe.scale.no_data is None:  # else values are counted anew
            scale = info.recipe.scale
        known = self._known_presets
        if known is None or known[0] is not image.values or known[1] != scale:
            fed = None if scale is None else image.input_range(scale)
            known = self._known_presets = (image.values, scale, window_presets(image.values, fed))
        return known[2]

    def _histogram(self, values: StoredValues, window: EyeWindow) -> ValueHistogram:
        """The values with the window; counted anew where the window reaches beyond the bins."""
        from camviewer.engine.picture.input_range import InputRange  # noqa: PLC0415  (numpy)
        from camviewer.engine.picture.value_histogram import value_histogram  # noqa: PLC0415

        shown, known = InputRange(window.low, window.high, ""), self._counted
        if (
            known is None
            or known[0] is not values
            or not known[1].low <= window.low <= window.high <= known[1].high
        ):
            known = values, value_histogram(values, shown)
        self._counted = known[0], replace(known[1], range=shown)
        return self._counted[1]

    def _show(self) -> None:
        card, image, window = self._card, self._image, self._window
        if card is None or image is None or window is None:
            return
        if not image.values.is_measured:
            self._ask()  # the card is filled when the values are counted
            return
        presets = self._presets()
        ends = window.low, window.high
        fitting = [name for name, one in presets.items() if (one.low, one.high) == ends]
        values = image.values
        card.set_presets(list(presets))
        card.show_state(
            self._histogram(values, window),
            preset=fitting[0] if fitting else "",
            gamma=window.gamma,
            inverted=window.inverted,
            bands=", ".join(str(band + 1) for band in self._bands) if values.count > 3 else None,
        )
        card.place_in(self._canvas.width(), self._canvas.height())
