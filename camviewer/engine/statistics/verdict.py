"""What the check of a network's own statistics says: plain data for window and command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from camviewer.engine.geometry.geometry import Recipe

_Triple = tuple[float, float, float]


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
    mean: _Triple
    std: _Triple
    blue_first: bool = False

    def applied_to(self, recipe: Recipe) -> Recipe:
        """The recipe with these numbers."""
        return replace(recipe, mean=self.mean, std=self.std)


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
        mean: divergence over all layers, under the preprocessing that fits best.
        inner: the same with the statistics of all layers before replaced by the remembered ones;
            it tells whether the weights belong to the network and hardly depends on the pictures.
        worst: the largest of those that ``inner`` is the mean of.
        why: why there was nothing to check, when it is not for want of statistics.
    """

    standing: Standing
    pictures: str
    own: ConventionFit | None = None
    others: tuple[ConventionFit, ...] = ()
    layers: int = 0
    mean: float = 0.0
    inner: float = 0.0
    worst: float = 0.0
    why: str = ""

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
                assert self.suggested is not None  # noqa: S101
                return (
                    f"The network's own statistics fit {self.suggested.title} far better than "
                    "the preprocessing in use."
                )
            case Standing.UNLIKE:
                return (
                    "The network's own statistics fit no usual preprocessing of "
                    f"{self.pictures}: it was trained on other pictures, or fed otherwise."
                )
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

    @property
    def is_sound(self) -> bool:
        """Whether every layer follows from the one before, as far as anything can be told.

        Stricter than ``MISFIT``, for weights that were laid onto a network by order and shapes:
        two exchanged layers among fifty are found.
        """
        return self.inner <= SOUND_INNER and self.worst <= SOUND_WORST


SOUND_INNER, SOUND_WORST = 0.02, 0.15
"""Right networks have at most 0.012 and 0.08; two exchanged layers give 0.025 and 0.2 at least."""
