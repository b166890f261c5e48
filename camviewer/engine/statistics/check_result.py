"""What the check of a network's own statistics says: plain data for window and command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from camviewer.engine.geometry.geometry import Recipe

_Numbers = tuple[float, ...]
"""A number for each channel: three for colours and for grey."""

IN_USE = "the preprocessing in use"
"""Name of the numbers in use where they have none of their own."""


class Standing(StrEnum):
    """The outcome of a check.

    ``AGREES``: the statistics agree with the preprocessing. ``ANOTHER``: another preprocessing
    fits far better. ``UNLIKE``: none fits, so the pictures are unlike its training. ``MISFIT``: the
    weights do not belong to this network. ``NOTHING``: there are no statistics to check.
    """

    AGREES = "agrees"
    ANOTHER = "another"
    UNLIKE = "unlike"
    MISFIT = "misfit"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Convention:
    """A usual way to turn pixels into numbers.

    Attributes:
        title: as it is called in a sentence: ``ImageNet's mean and deviation``.
        mean: RGB, on the scale 0 to 1.
        std: RGB, on the scale 0 to 1.
        blue_first: whether the channels are blue, green, red.
    """

    title: str
    mean: _Numbers
    std: _Numbers
    blue_first: bool = False

    def applied_to(self, recipe: Recipe) -> Recipe:
        """The recipe with these numbers and this order of channels."""
        return replace(recipe, mean=self.mean, std=self.std, blue_first=self.blue_first)


@dataclass(frozen=True)
class PublishedRecipe:
    """A recipe that weights of a network were published with.

    Attributes:
        source: by whom, and the name of the weights: ``timm (resnet18.a1_in1k)``.
        recipe: what they are fed.
    """

    source: str
    recipe: Recipe


@dataclass(frozen=True)
class PublishedFit:
    """How a published recipe fits, with its own size, crop and filter.

    Attributes:
        published: that was tried.
        divergence: at the first normalisation, in nats; None where there is none.
    """

    published: PublishedRecipe
    divergence: float | None


@dataclass(frozen=True)
class OrderFit:
    """How sure of itself a network is with one order of the channels and with the other.

    Attributes:
        red_first: mean probability of the most probable class, 0 to 1.
        blue_first: the same with blue, green, red.
        pictures: how many were compared.
        t: of a paired t test of blue first against red first.
    """

    red_first: float
    blue_first: float
    pictures: int
    t: float


@dataclass(frozen=True)
class ConventionFit:
    """How a convention fits.

    Attributes:
        convention: that was tried.
        divergence: at the first normalisation, in nats; 0 would be the very same statistics.
    """

    convention: Convention
    divergence: float


@dataclass(frozen=True)
class StatisticsCheck:
    """What was found.

    Attributes:
        standing: the outcome.
        pictures: which pictures were used, for the end of a sentence: ``the 4 sample pictures``.
        own: how the preprocessing in use fits; None when there was nothing to check.
        others: the conventions that differ from it, best first.
        layers: how many normalisations were compared.
        inner: their mean divergence behind the first, with the statistics of all layers before
            replaced by the remembered ones; it tells whether the weights belong to the network and
            hardly depends on the pictures.
        worst: the largest of those that ``inner`` is the mean of.
        why: why there was nothing to check, when it is not for want of statistics.
        published: the recipes of the architecture's published weights that differ from the one in
            use, in the order in which they were given.
        order: what the order of the channels does; None when it was not compared.
        fitted: the unusual mean and deviation that fit where no usual ones do; None when no
            numbers fit, or usual ones do.
    """

    standing: Standing
    pictures: str
    own: ConventionFit | None = None
    others: tuple[ConventionFit, ...] = ()
    layers: int = 0
    inner: float = 0.0
    worst: float = 0.0
    why: str = ""
    published: tuple[PublishedFit, ...] = ()
    order: OrderFit | None = None
    fitted: Convention | None = None

    @property
    def suggested(self) -> Convention | None:
        """What to use in place of the preprocessing in use."""
        if self.standing is not Standing.ANOTHER or not self.others:
            return None
        return self.others[0].convention

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        match self.standing:
            case Standing.AGREES:
                return "The network's own statistics agree with this preprocessing."
            case Standing.ANOTHER:
                return self._another()
            case Standing.UNLIKE:
                return self._unlike()
            case Standing.MISFIT:
                return (
                    "The network's own statistics contradict its weights: they do not belong to "
                    "this architecture, or lie in the wrong order."
                )
            case Standing.NOTHING:
                return self.why or (
                    "This network keeps no statistics (batch normalisation), so its preprocessing "
                    "cannot be checked."
                )

    def _another(self) -> str:
        assert self.own is not None  # noqa: S101
        assert self.suggested is not None  # noqa: S101
        own, better = self.own.convention, self.suggested
        if self.order is not None and (own.mean, own.std) == (better.mean, better.std):
            confidences = self.order.red_first, self.order.blue_first
            now, then = confidences if better.blue_first else confidences[::-1]
            first = "blue" if better.blue_first else "red"
            return (
                f"With {first} as the first channel the network is far surer of its classes: "
                f"{then:.0%} in place of {now:.0%} on average. It was trained so, most likely."
            )
        return (
            f"The network's own statistics fit {better.title} far better than {own.title}"
            f"{'' if own.title == IN_USE else ', which is in use'}."
        )

    def _unlike(self) -> str:
        if self.fitted is None:
            return (
                f"The network's own statistics fit no preprocessing of {self.pictures}: it was "
                "trained on pictures unlike these, so nothing can be told of its preprocessing."
            )
        numbers = (
            f"mean {numbers_words(self.fitted.mean)}, deviation {numbers_words(self.fitted.std)}"
        )
        return (
            f"The network's own statistics fit no usual preprocessing of {self.pictures}, but "
            f"would fit about {numbers}: it was fed otherwise, or trained on much darker or "
            "brighter pictures."
        )

    @property
    def is_sound(self) -> bool:
        """Whether every layer follows from the one before, as far as anything can be told.

        Stricter than ``MISFIT``, for weights that were laid onto a network by order and shapes:
        two exchanged layers among fifty are found.
        """
        return self.inner <= SOUND_INNER and self.worst <= SOUND_WORST


SOUND_INNER, SOUND_WORST = 0.02, 0.15
"""Right networks have at most 0.012 and 0.08; two exchanged layers give 0.025 and 0.2 at least."""


def numbers_words(values: _Numbers) -> str:
    """Gives ``0.485 0.456 0.406``, or one number where all are the same."""
    shown = [f"{value:.3g}" for value in values]
    return shown[0] if len(set(shown)) == 1 else " ".join(shown)
