"""Says of stored values which are shown from black to white, and what is left out."""

from __future__ import annotations

from camviewer.engine.picture.eye import default_shown_bands, default_window
from camviewer.engine.picture.input_range import in_digits
from camviewer.engine.picture.stored_values import GREY, RGB, StoredValues

_DEPTHS = {"uint8": "8-bit", "uint16": "16-bit", "float32": "floating-point"}


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
        f"{in_digits(window.high)}{unit} are shown from {ends}.{_hole_words(values)}"
    )
    shown = default_shown_bands(values)
    if values.count <= len(shown):
        return [said]
    names = [values.bands[band] or str(band + 1) for band in shown]
    return [said, f"Of {values.count} bands, {', '.join(names)} {_are(len(shown))} on screen."]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _hole_words(values: StoredValues) -> str:
    """Sentences on values that are not shown, because they are none."""
    found = values.statistics
    odd = f" {found.not_finite:,} values are not finite numbers." if found.not_finite else ""
    if not found.no_data or values.no_data is None:
        return odd
    count = f"{found.no_data:,} values mark" if found.no_data > 1 else "1 value marks"
    return f"{odd} {count} places without data ({in_digits(values.no_data)}), shown black."
