"""Refuses pictures that are too large before they are decoded, in a sentence for each."""

from __future__ import annotations

from camviewer.engine.picture.file_kinds import ImageError, check_size

BAND_LIMIT = 1024
"""Maximum number of bands of a picture; because imaging spectrometers have up to about 500, and a
picture with more is most often one whose axes are named wrongly."""

BYTE_LIMIT = 1_200_000_000
"""Maximum size of a page's values in memory, in bytes: 200 megapixels of three 16-bit channels."""

BAND_NAMES = 80
"""Maximum length of a band's or a page's name, in characters; because names come from the file."""


def check_layout(name: str, height: int, width: int, bands: int, value_bytes: int) -> None:
    """Refuses values (height, width, bands) before they are decoded.

    Raises:
        ImageError: there are none, or more than fit.
    """
    if height < 1 or width < 1 or bands < 1:
        raise ImageError(f"{name} holds a picture without pixels.", "Choose another file.")
    if bands > BAND_LIMIT:
        raise ImageError(
            f"{name} has {bands:,} bands; the limit is {BAND_LIMIT:,}.",
            "Save the bands that matter as a file of their own.",
        )
    check_size(name, (width, height))
    size = height * width * bands * value_bytes
    if size > BYTE_LIMIT:
        raise ImageError(
            f"{name} unpacks to {size / 1e9:,.1f} GB ({width} x {height}, {bands} bands); "
            f"the limit is {BYTE_LIMIT / 1e9:g}.",
            "Scale it down, or save the bands that matter as a file of their own.",
        )


def short_name(text: object) -> str:
    """A name from a file: printable, on one line, and not too long for the screen."""
    plain = "".join(sign if sign.isprintable() else " " for sign in str(text))
    return " ".join(plain.split())[:BAND_NAMES]
