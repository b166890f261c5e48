"""Defines the results of the sanity check, as plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.results.messages import Explanation


@dataclass(frozen=True)
class SanityStep:
    """The similarity of the map after randomising some weights.

    Attributes:
        title: the random weights, for example ``class weights``, in words.
        share: share of the layers with weights that are random, 0 to 1.
        rank_correlation: Spearman's correlation with the map of the real weights, mean over the
            draws; None when no random network gave a usable map.
        similarity: SSIM of both maps, mean over the draws; None likewise.
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
        draws: number of random networks per step.
        share_done: share of the work that is done, 0 to 1.
        finished: whether nothing more comes.
    """

    explanation: Explanation
    steps: tuple[SanityStep, ...] = ()
    draws: int = 1
    share_done: float = 0.0
    finished: bool = False

    @property
    def ignores_class_weights(self) -> bool:
        """Whether random class weights do not change the map."""
        return bool(self.steps) and _stays(self.steps[0])

    @property
    def ignores_weights(self) -> bool:
        """Whether a network with only random weights gives the same map."""
        return self.finished and len(self.steps) > 1 and _stays(self.steps[-1])


UNCHANGED = 0.9
"""Minimum rank correlation of a map that counts as unchanged by random weights."""


def _stays(step: SanityStep) -> bool:
    return step.rank_correlation is not None and step.rank_correlation >= UNCHANGED
