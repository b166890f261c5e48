"""Defines the scores of a class that a map can explain, as functions of the logits."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import logsigmoid

from camviewer.engine.results.messages import ScoreKind


@dataclass(frozen=True)
class Score:
    """Logit, log-probability or probability, under softmax or sigmoid.

    Attributes:
        kind: which of the three.
        activation: ``softmax`` or ``sigmoid``, the model's own.
    """

    kind: ScoreKind = ScoreKind.LOGIT
    activation: str = "softmax"

    def of(self, logits: Tensor, class_index: int) -> Tensor:
        """The score of a class, (N,), from logits (N, K); gradients flow through it."""
        if self.kind is ScoreKind.LOGIT:
            return logits[:, class_index]
        if self.activation == "sigmoid":
            logit = logits[:, class_index]
            return logsigmoid(logit) if self._is_log else logit.sigmoid()
        all_scores = logits.log_softmax(1) if self._is_log else logits.softmax(1)
        return all_scores[:, class_index]

    @property
    def _is_log(self) -> bool:
        return self.kind is ScoreKind.LOG_PROBABILITY


LOGIT = Score()
"""The default score."""
