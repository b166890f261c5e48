"""What the sanity check says, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.results.messages import Explanation


@dataclass(frozen=True)
class SanityStep:
    """How much of a map is left when weights from the top on are random.

    Attributes:
        title: which weights, for example ``class weights`` or ``the upper half of the layers``.
        share: of the layers with weights that are random, 0 to 1.
        rank_correlation: Spearman's with the map of the real weights, mean over the draws;
            None when the random network gave no usable map.
        similarity: SSIM of both maps, mean over the draws; None as above.
    """

    title: str
    share: float
    rank_correlation: float | None
    similarity: float | None


@dataclass(frozen=True, eq=False)
class SanityCheck:
    """Whether a map depends on what the model has learnt (Adebayo et al. 2018).

    Attributes:
        explanation: the map.
        steps: from the class weights down to all layers.
        draws: random networks per step.
        share_done: 0 to 1.
        finished: whether nothing more comes.
    """

    explanation: Explanation
    steps: tuple[SanityStep, ...] = ()
    draws: int = 1
    share_done: float = 0.0
    finished: bool = False

    @property
    def ignores_class_weights(self) -> bool:
        """Whether random class weights leave the map as it is."""
        return bool(self.steps) and _stays(self.steps[0])

    @property
    def ignores_weights(self) -> bool:
        """Whether even a network of random weights gives this map."""
        return self.finished and len(self.steps) > 1 and _stays(self.steps[-1])


UNCHANGED = 0.9
"""From this rank correlation on a map counts as not changed by random weights."""


def _stays(step: SanityStep) -> bool:
    return step.rank_correlation is not None and step.rank_correlation >= UNCHANGED
