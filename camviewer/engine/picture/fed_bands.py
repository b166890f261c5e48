"""Chooses the bands of a picture that a network's input channels are fed."""

from __future__ import annotations

from collections.abc import Sequence

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.input_scale import bands_of_words
from camviewer.engine.picture.file_kinds import ImageError
from camviewer.engine.picture.stored_values import COLOURS, RGB, StoredValues

_NAMED = 8
"""Maximum number of bands that are named in a sentence."""

LUMA = (0, 1, 2)
LUMA_WEIGHTS = (19595 / 65536, 38470 / 65536, 7471 / 65536)
"""Shares of red, green and blue in luma (ITU-R 601), rounded as Pillow rounds them."""


class BandsMissingError(ImageError):
    """A picture's bands do not follow from its number of bands, and are to be chosen."""


def fed_bands(
    values: StoredValues, channels: int, bands: Sequence[int] = (), name: str = "The picture"
) -> tuple[int, ...]:
    """Indices of the bands that each input channel is fed; three for one channel mean luma.

    Colours become one channel by luma; one band becomes three equal channels; equal numbers go one
    to one; colours that a file names are found among other bands.

    Args:
        values: of the picture.
        channels: number of the network's input channels.
        bands: numbers of bands, from 1, that somebody chose; none for these rules.
        name: of the picture, for the sentence that refuses.

    Raises:
        CamviewerError: the chosen bands are more or fewer than the channels.
        ImageError: the picture does not have them.
        BandsMissingError: the bands have to be chosen.
    """
    if bands:
        return _chosen(values, channels, bands, name)
    if values.count == channels:
        return tuple(range(channels))
    if channels == 1 and values.colour == RGB:
        return LUMA
    if values.count == 1 and channels == len(COLOURS):
        return (0,) * channels
    names = [band.casefold() for band in values.bands]
    if channels == len(COLOURS) and all(colour in names for colour in COLOURS):
        return tuple(names.index(colour) for colour in COLOURS)
    wanted = ", ".join(str(band) for band in range(min(channels, values.count), 0, -1)[:_NAMED])
    raise BandsMissingError(
        f"{name} has {_count(values)}, and the model takes {_channels(channels)}: nothing says "
        "which.",
        f"Choose the bands under Model > Preprocessing, or by --bands, such as {wanted}."
        if values.count >= channels
        else "A band may be given more than once: choose under Model > Preprocessing, or by "
        "--bands.",
    )


def _chosen(
    values: StoredValues, channels: int, bands: Sequence[int], name: str
) -> tuple[int, ...]:
    if len(bands) != channels:
        chosen = "1 band is" if len(bands) == 1 else f"{len(bands)} bands are"
        raise CamviewerError(
            f"{chosen} chosen, and the model takes {_channels(channels)}.",
            "Choose one band for each channel.",
        )
    for band in bands:
        if not 1 <= band <= values.count:
            raise ImageError(
                f"{name} has {_count(values)}, and band {band} is to be fed to the model.",
                "Choose other bands, or a picture that has them.",
            )
    return tuple(band - 1 for band in bands)


def bands_by_name(words: str, names: Sequence[str]) -> tuple[int, ...]:
    """Numbers of bands, from 1, of ``8, 4, 3`` or ``NIR, red, green``.

    Args:
        words: numbers or names, in whatever case, with commas between them; numbers and names of
            one word with blanks, too.
        names: of a picture's bands, "" where there is none.

    Raises:
        CamviewerError: one of them is neither a number nor a name.
    """
    known = {name.casefold(): str(number) for number, name in enumerate(names, 1) if name}
    parts = words.split(",")
    if len(parts) == 1 and words.strip().casefold() not in known:
        parts = words.split()
    numbers = [known.get(part.strip().casefold(), part.strip()) for part in parts]
    return bands_of_words(",".join(numbers))


def band_names(values: StoredValues, indices: Sequence[int]) -> str:
    """``8 (NIR), 4 (red), 3``."""
    words = [band_title(values.bands, index) for index in indices[:_NAMED]]
    rest = len(indices) - _NAMED
    return ", ".join(words) + (f" and {rest} more" if rest > 0 else "")


def band_title(names: Sequence[str], index: int) -> str:
    """``8 (NIR)``; the number alone where the band has no name."""
    name = names[index] if index < len(names) else ""
    return f"{index + 1} ({name})" if name else str(index + 1)


def _count(values: StoredValues) -> str:
    return "1 band" if values.count == 1 else f"{values.count:,} bands"


def _channels(channels: int) -> str:
    return "1 channel" if channels == 1 else f"{channels:,} channels"
