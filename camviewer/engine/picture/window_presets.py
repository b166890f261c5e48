"""Names the ways to see a picture's values: automatic, as the model is fed, and those of a kind."""

from __future__ import annotations

from camviewer.engine.picture.eye import EyeWindow, automatic_window
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.readers.dicom_scale import HOUNSFIELD
from camviewer.engine.picture.stored_values import StoredValues

AUTOMATIC, EVERYTHING, AS_FED = "Automatic", "All values", "As the model is fed"
_CT = (
    ("Brain", 40.0, 80.0),
    ("Mediastinum", 50.0, 350.0),
    ("Abdomen", 40.0, 400.0),
    ("Bone", 400.0, 1800.0),
    ("Lung", -600.0, 1500.0),
)
"""Usual windows of computed tomography: name, level and width in Hounsfield units."""

COMPUTED_TOMOGRAPHY = tuple(name for name, _, _ in _CT)


def window_presets(values: StoredValues, fed: InputRange | None) -> dict[str, EyeWindow]:
    """The presets of a picture, by name.

    Args:
        values: of the picture.
        fed: the range that the model is fed; None without a model.
    """
    found = values.statistics
    presets = {AUTOMATIC: automatic_window(values)}
    for number, (name, level, width) in enumerate(values.windows, 1):
        presets[name or f"Window {number} of the file"] = _window(level, width, values)
    if values.unit == HOUNSFIELD:
        for name, level, width in _CT:
            presets.setdefault(name, _window(level, width, values))
    presets[EVERYTHING] = EyeWindow(found.low, found.high, values.inverted)
    if fed is not None:
        presets[AS_FED] = EyeWindow(fed.low, fed.high, values.inverted)
    return presets


def _window(level: float, width: float, values: StoredValues) -> EyeWindow:
    return EyeWindow(level - width / 2, level + width / 2, values.inverted)
