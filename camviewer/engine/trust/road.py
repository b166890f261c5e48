"""Computes ROAD, which imputes pixels so that the shape of the removed area does not show."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from camviewer.engine.trust.imputation import impute
from camviewer.engine.trust.messages import ROAD_FRACTIONS, RoadCurve, Subject
from camviewer.engine.trust.saliency import ranks
from camviewer.engine.trust.scoring import Scorer

_AT_ONCE = 2
"""Number of pictures that are imputed together; because more exceed the processor's cache."""


def road(
    scorer: Scorer,
    picture: Tensor,
    saliency: Tensor,
    seed: int,
    *,
    subject: Subject = Subject.MAP,
    fractions: tuple[float, ...] = ROAD_FRACTIONS,
) -> RoadCurve:
    """The probabilities with the strongest, and with the weakest pixels imputed.

    Rong, Leemann, Borisov, Kasneci, Kasneci: A Consistent and Efficient Evaluation Strategy for
    Attribution Methods, ICML 2022.

    Args:
        scorer: computes the probability.
        picture: (3, h, w), the network's input.
        saliency: (h, w), the map at input pixels; only its order counts.
        seed: seed of the noise in imputed pixels.
        subject: the owner of the map, for the curve's record.
        fractions: shares of the pixels that are removed.
    """
    order = ranks(saliency).to(picture.device)
    total = order.numel()
    generator = torch.Generator().manual_seed(seed)
    holes = [order < round(share * total) for share in fractions]
    holes += [order >= total - round(share * total) for share in fractions]

    def imputed() -> Iterator[Tensor]:
        for start in range(0, len(holes), _AT_ONCE):
            scorer.check()
            missing = torch.stack(holes[start : start + _AT_ONCE])[:, None]
            yield from impute(picture.expand(len(missing), -1, -1, -1), missing, generator)

    scores = scorer.score(imputed()).tolist()
    return RoadCurve(
        subject, fractions, tuple(scores[: len(fractions)]), tuple(scores[len(fractions) :])
    )
