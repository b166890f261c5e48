"""Says of stored values which are shown from black to white, and what is left out."""

from __future__ import annotations

from camviewer.engine.picture.eye import default_shown_bands, default_window, hole_words
from camviewer.engine.picture.input_range import in_digits
from camviewer.engine.picture.stored_values import GREY, RGB, StoredValues

_DEPTHS = {"uint8": "8-bit", "uint16": "16-bit", "float32": "Floating-point"}


def value_notes(values: StoredValues) -> list[str]:
    """Sentences for the user; none for eight bits of colour or grey that are all shown."""
    window = default_window(values)
    is_whole = values.colour == RGB or (window.low, window.high) == (0.0, 255.0)
    if values.is_eight_bit and values.count in (1, 3) and values.no_data is None and is_whole:
        return []
    kind = {GREY: "grey", RGB: "colours"}.get(values.colour, f"{values.count} bands")
    ends = "white to black" if window.inverted else "black to white"
    unit = f" {values.unit}" if values.unit else ""
    said = (
        f"{_DEPTHS[values.array.dtype.name]} {kind}: values {in_digits(window.low)} to "
        f"{in_digits(window.high)}{unit} are shown from {ends}.{hole_words(values)}"
    )
    shown = default_shown_bands(values)
    if values.count <= len(shown):
        return [said]
    names = [values.bands[band] or str(band + 1) for band in shown]
    return [said, f"Of {values.count} bands, {', '.join(names)} {_are(len(shown))} on screen."]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
