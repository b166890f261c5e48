"""Defines the scores that a map can explain, as functions of the network's outputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import logsigmoid

from camviewer.engine.results.messages import ScoreKind


@dataclass(frozen=True)
class Score:
    """What is explained: a class's score, a sum of class scores, or a function of the outputs.

    Attributes:
        kind: logit, log-probability or probability.
        activation: ``softmax`` or ``sigmoid``, the model's own.
        weights: (class, weight) of a sum of class scores; None for the class that is asked for.
        function: maps outputs (N, K) to (N,), in place of all class scores; None for these.
    """

    kind: ScoreKind = ScoreKind.LOGIT
    activation: str = "softmax"
    weights: tuple[tuple[int, float], ...] | None = None
    function: Callable[[Tensor], Tensor] | None = None

    def of(self, logits: Tensor, class_index: int) -> Tensor:
        """The score, (N,), from logits (N, K); gradients flow through it.

        Args:
            logits: the network's outputs.
            class_index: the class, for a score that has neither weights nor a function.
        """
        if self.function is not None:
            return self.function(logits)
        if self.weights is None:
            return self.of_class(logits, class_index)
        first, *others = (weight * self.of_class(logits, c) for c, weight in self.weights)
        return sum(others, first)

    def of_class(self, logits: Tensor, class_index: int) -> Tensor:
        """The score of a class, (N,), from logits (N, K)."""
        if self.kind is ScoreKind.LOGIT:
            return logits[:, class_index]
        if self.activation == "sigmoid":
            logit = logits[:, class_index]
            return logsigmoid(logit) if self._is_log else logit.sigmoid()
        all_scores = logits.log_softmax(1) if self._is_log else logits.softmax(1)
        return all_scores[:, class_index]

    def class_weights(self, class_index: int) -> dict[int, float]:
        """The weights, by class, of a sum of class scores; 1 for the class itself without them.

        Raises:
            ValueError: the score is another function of the outputs.
        """
        if self.function is not None:
            raise ValueError("this score is no sum of class scores")
        return {class_index: 1.0} if self.weights is None else dict(self.weights)

    @property
    def is_of_one_class(self) -> bool:
        """Whether it is the score of the class that is asked for."""
        return self.weights is None and self.function is None

    @property
    def _is_log(self) -> bool:
        return self.kind is ScoreKind.LOG_PROBABILITY


LOGIT = Score()
"""The default score."""
