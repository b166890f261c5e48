"""Says which stored values of a picture a network is fed."""

from __future__ import annotations

from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe
from camviewer.engine.network.fed_values import FedValues
from camviewer.engine.picture.fed_bands import band_names
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.picture.stored_values import ValueStatistics

_WORTH_SAYING = 0.001
"""Least share of values beyond the range that is said."""


def input_words(image: SourceImage, recipe: Recipe) -> str:
    """Sentences on range and bands; empty for 8-bit colours that are fed as they are.

    Raises:
        CamviewerError: the network takes bands that the picture does not have, or that are to be
            chosen.
    """
    fed = FedValues(image, recipe)
    said = []
    if not fed.is_eight_bit:
        said.append(_range_words(fed.range, image))
        said.append(_beyond_words(fed.range, image.values.statistics, clipped=recipe.scale.clipped))
        if image.values.inverted:
            said.append("The file says that its lowest value is white, so they are turned round.")
    if recipe.bands or image.values.count not in (1, len(fed.bands)):
        said.append(f"The model is fed the bands {band_names(image.values, fed.bands)}.")
    elif image.values.count > RGB_CHANNELS:
        said.append(f"The model is fed all {image.values.count} bands, in their order.")
    return " ".join(sentence for sentence in said if sentence)


def _range_words(found: InputRange, image: SourceImage) -> str:
    unit = f" {image.values.unit}" if image.values.unit else ""
    is_shared = found is image.kept_range and found.is_assumed
    kept = ", as for the other pictures of the folder" if is_shared else ""
    return f"The model is fed the values {found.numbers}{unit} as 0 to 1: {found.words}{kept}."


def _beyond_words(found: InputRange, statistics: ValueStatistics, *, clipped: bool) -> str:
    above, below = statistics.share_above(found.high), statistics.share_below(found.low)
    said = [
        f"{share:.1%} of the values lie {side}"
        for share, side in ((above, "above"), (below, "below"))
        if share > _WORTH_SAYING
    ]
    if not said:
        return ""
    end = ", and are cut off." if clipped else "."
    return " and ".join(said).capitalize() + end
