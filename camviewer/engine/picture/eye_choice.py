"""Says how pictures are to be seen: by a window of two values, or by a preset's name."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.input_scale import bands_of_words
from camviewer.engine.picture.eye import EyeWindow, default_window
from camviewer.engine.picture.input_range import InputRange, type_name
from camviewer.engine.picture.source_image import SourceImage, shown_with
from camviewer.engine.picture.window_presets import (
    AS_FED,
    AUTOMATIC,
    COMPUTED_TOMOGRAPHY,
    EVERYTHING,
    window_presets,
)

_SHORT = {"fed": AS_FED, "all": EVERYTHING}
"""Words of the command line for presets with longer names."""
_INVERTED, _GAMMA, _BANDS, _TYPE = "inverted", "gamma", "bands", "type"


@dataclass(frozen=True)
class EyeChoice:
    """What somebody chose to see pictures by.

    Attributes:
        window: from black to white, in the file's units; None where a preset says it.
        preset: its name; empty with a window.
        bands: indices of the bands that are shown; empty for the usual ones.
        type: only pictures whose values have this type are seen so; empty for all but 8-bit
            colours, which are their own best view.
    """

    window: EyeWindow | None = None
    preset: str = AUTOMATIC
    bands: tuple[int, ...] = ()
    type: str = ""

    def holds_for(self, image: SourceImage) -> bool:
        """Whether a picture is seen by this choice, and not as it is opened."""
        if self.type:
            return self.type == type_name(image.values)
        return not image.values.are_eye_colours


def seen_by(image: SourceImage, choice: EyeChoice | None, fed: InputRange | None) -> SourceImage:
    """The picture as somebody chose to see it.

    Args:
        image: the picture.
        choice: None to see it as it is opened.
        fed: the range that the model is fed; None without a model.

    Raises:
        CamviewerError: neither the picture nor any kind of pictures has a preset of this name.
    """
    if choice is None or not choice.holds_for(image):
        return image
    values = image.values
    window = choice.window or _preset(image, choice.preset, fed)
    bands = choice.bands if choice.bands and max(choice.bands) < values.count else None
    return shown_with(image, window, bands)


def _preset(image: SourceImage, name: str, fed: InputRange | None) -> EyeWindow:
    wanted = _SHORT.get(name.casefold(), name).casefold()
    known = {
        title.casefold(): window for title, window in window_presets(image.values, fed).items()
    }
    if wanted in known:
        return known[wanted]
    # A window of tomography is meant for the tomographies among the pictures.
    if wanted in {title.casefold() for title in (*COMPUTED_TOMOGRAPHY, AS_FED)}:
        return default_window(image.values)
    raise CamviewerError(
        f"There is no window called {name} for {image.name}.",
        f"Give two numbers, level and width, or one of: {', '.join(known)}.",
    )


def eye_choice_of_words(words: str) -> EyeChoice:
    """The choice of ``40,400`` (level and width), ``lung``, ``fed``, ``all`` or ``automatic``.

    Behind it may stand ``;inverted``, ``;gamma=1.5``, ``;bands=8,4,3`` (from 1) and
    ``;type=uint16``.

    Raises:
        CamviewerError: it is none of these.
    """
    main, *further = (part.strip() for part in words.split(";"))
    fields: dict[str, str] = {}
    for part in further:
        name, _, value = part.partition("=")
        if name not in {_INVERTED, _GAMMA, _BANDS, _TYPE}:
            raise _no_window(words)
        fields[name] = value
    bands = tuple(band - 1 for band in bands_of_words(fields[_BANDS])) if _BANDS in fields else ()
    if len(bands) not in (0, 1, 3):
        raise CamviewerError("A picture is seen by one band or by three.", "Give 1 or 3 numbers.")
    type_ = fields.get(_TYPE, "")
    numbers = _numbers(main)
    if numbers is None:
        if not main or {_INVERTED, _GAMMA} & fields.keys():
            raise _no_window(words)
        return EyeChoice(None, main, bands, type_)
    gamma = _numbers(fields.get(_GAMMA, "1"))
    if gamma is None or len(gamma) != 1 or gamma[0] <= 0.0:
        raise _no_window(words)
    if len(numbers) != 2 or numbers[1] <= 0.0:
        raise _no_window(words)
    level, width = numbers
    window = EyeWindow(level - width / 2, level + width / 2, _INVERTED in fields, gamma[0])
    return EyeChoice(window, "", bands, type_)


def eye_choice_words(choice: EyeChoice) -> str:
    """The words of ``eye_choice_of_words``."""
    said = [choice.preset]
    window = choice.window
    if window is not None:
        said = [f"{(window.low + window.high) / 2:.9g},{window.high - window.low:.9g}"]
        said += [_INVERTED] if window.inverted else []
        said += [f"{_GAMMA}={window.gamma:.6g}"] if window.gamma != 1.0 else []
    if choice.bands:
        said.append(f"{_BANDS}={','.join(str(band + 1) for band in choice.bands)}")
    if choice.type:
        said.append(f"{_TYPE}={choice.type}")
    return ";".join(said)


def _numbers(words: str) -> tuple[float, ...] | None:
    try:
        numbers = tuple(float(part) for part in words.split(","))
    except ValueError:
        return None
    return numbers if all(map(isfinite, numbers)) else None


def _no_window(words: str) -> CamviewerError:
    return CamviewerError(
        f"{words!r} says no window.",
        "Give level and width, such as 40,400, or a name: automatic, all, fed, lung, bone ...",
    )
