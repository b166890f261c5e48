"""Says numbers and placements in the words that the window uses everywhere."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import PlacementMode, Recipe, ResizeMode
from camviewer.engine.render.number_words import number_words, percent_words
from camviewer.engine.results.messages import Verdict
from camviewer.ui.style.translation import mark, tr

if TYPE_CHECKING:
    from camviewer.engine.picture.input_range import InputRange

_PLACEMENTS = {
    PlacementMode.CROP: mark("trained crop"),
    PlacementMode.WHOLE: mark("whole picture"),
    PlacementMode.STRETCH: mark("stretched"),
}


def percent(probability: float) -> str:
    """Gives ``39%``, with one decimal where that would say 0% or 100% of what is neither.

    Nearer to these than a tenth it is ``<0.1%`` or ``>99.9%``.
    """
    value = 100.0 * probability
    if value < 0.95 or 99.5 <= value < 100.0:
        return percent_words(probability)
    return f"{value:.0f}%"


def are_values(verdict: Verdict) -> bool:
    """Whether a model has put out values, which are no probabilities."""
    return verdict.probabilities.size > 0 and isnan(float(verdict.probabilities[0]))


def shown_first(verdict: Verdict, count: int) -> tuple[int, ...]:
    """The most probable classes, best first; of values the first ones in their own order."""
    if are_values(verdict):
        return tuple(range(min(count, len(verdict.logits))))
    return verdict.top(count)


def score_words(verdict: Verdict, index: int, unit: str = "") -> str:
    """Gives ``39%`` for the probability of a class, and ``31.4 years`` for a value."""
    if are_values(verdict):
        return f"{number_words(float(verdict.logits[index]))} {unit}".rstrip()
    return percent(float(verdict.probabilities[index]))


def range_words(span: InputRange) -> str:
    """Gives ``0 to 4,095``: from which of a picture's values to which."""
    from camviewer.engine.picture.input_range import in_digits  # noqa: PLC0415  (numpy)

    return tr("{low} to {high}").format(low=in_digits(span.low), high=in_digits(span.high))


def times(detail: float) -> str:
    """Gives ``1.5×``."""
    return f"{detail:g}×"


def placement_words(mode: PlacementMode, detail: float) -> str:
    """Gives ``whole picture, 1.5×``, without the detail where it is 1×."""
    words = tr(_PLACEMENTS[mode])
    return words if detail == 1.0 else f"{words}, {times(detail)}"


def resize_words(recipe: Recipe) -> str:
    """Gives ``the middle 87.5% of the picture, squashed``: what a recipe shows of a picture."""
    share = recipe.crop_fraction
    words = tr("the middle {share} of the picture") if share < 1.0 else tr("the picture")
    part = words.format(share=f"{share:.1%}")
    if recipe.resize_mode is ResizeMode.SQUASH:
        return tr("{part}, squashed").format(part=part)
    if recipe.resize_mode is ResizeMode.BORDER or share > 1.0:
        return tr("{part}, with a margin").format(part=part)
    return part if share < 1.0 else tr("the middle of the picture")


def difference_words(recipe: Recipe, used: Recipe) -> str:
    """Gives ``256 × 256 pixels, bicubic``: in what a recipe differs from the one in use."""
    from camviewer.engine.statistics import numbers_words  # noqa: PLC0415  (start-up)

    words = []
    if recipe.input_size != used.input_size:
        words.append(tr("{size} pixels").format(size=grid_words(recipe.input_size)))
    if resize_words(recipe) != resize_words(used):
        words.append(resize_words(recipe))
    if recipe.interpolation != used.interpolation:
        words.append(recipe.interpolation)
    for name, theirs, ours in (
        (tr("mean"), recipe.mean, used.mean),
        (tr("deviation"), recipe.std, used.std),
    ):
        if theirs != ours:
            words.append(f"{name} {numbers_words(theirs)}")
    if recipe.blue_first != used.blue_first:
        words.append(tr("blue first") if recipe.blue_first else tr("red first"))
    return ", ".join(words) or tr("nearly the same")


def grid_words(shape: tuple[int, int]) -> str:
    """Gives ``15 × 10``, width first as for pictures, for a grid of (h, w) cells."""
    return f"{shape[1]} × {shape[0]}"


def duration(milliseconds: float) -> str:
    """Gives ``<1 ms``, ``11 ms``, ``1.2 s``, ``25 s`` or ``3 min``."""
    if milliseconds < 1.0:
        return "<1 ms"
    if milliseconds < 1000.0:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000.0
    if seconds < 10.0:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 90.0 else f"{seconds / 60.0:.0f} min"


def file_size(count: float) -> str:
    """Gives ``17 MB`` or ``1.2 GB`` for a number of bytes."""
    if count < 1e9:
        return f"{count / 1e6:.0f} MB"
    return f"{count / 1e9:.1f} GB"
