"""Computes deletion and insertion curves: the probability as pixels are removed or shown."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from camviewer.engine.trust.messages import Baseline, Curve, Subject
from camviewer.engine.trust.saliency import ranks
from camviewer.engine.trust.scoring import Scorer


def deletion_insertion(
    scorer: Scorer,
    picture: Tensor,
    missing: Tensor,
    saliency: Tensor,
    steps: int,
    *,
    baseline: Baseline = Baseline.BLUR,
    subject: Subject = Subject.MAP,
    ends: tuple[float, float] | None = None,
) -> Curve:
    """Both curves of one map (Petsiuk, Das, Saenko: RISE, BMVC 2018).

    Args:
        scorer: computes the probability.
        picture: (3, h, w), the network's input.
        missing: (3, h, w), replaces removed pixels.
        saliency: (h, w), the map at input pixels; only its order counts.
        steps: maximum number of equal steps from no pixel to all.
        baseline: kind of ``missing``, for the curve's record.
        subject: the owner of the map, for the curve's record.
        ends: probabilities of ``picture`` and ``missing`` if known, which saves two passes.
    """
    order = ranks(saliency).to(picture.device)
    total = order.numel()
    step = -(-total // steps)
    counts = [*range(0, total, step), total]

    def changed() -> Iterator[Tensor]:
        for count in counts[1:-1]:
            first = order < count
            yield torch.where(first, missing, picture)
            yield torch.where(first, picture, missing)

    if ends is None:
        whole, bare = (float(score) for score in scorer.score(iter((picture, missing))))
    else:
        whole, bare = ends
    between = scorer.score(changed()).tolist()
    return Curve(
        baseline=baseline,
        subject=subject,
        fractions=tuple(count / total for count in counts),
        deletion=(whole, *between[0::2], bare),
        insertion=(bare, *between[1::2], whole),
    )
