"""Measures the importance of a region for a class: its share of the logit, and its blurring."""

from __future__ import annotations

import threading

import numpy as np
import torch
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.coverage import covered_cells, covered_pixels
from camviewer.engine.geometry.region import Region
from camviewer.engine.network.grid_layers import whole_batch
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Explanation
from camviewer.engine.session.session import Session
from camviewer.engine.session.target_scores import score_of
from camviewer.engine.trust.baselines import blurred
from camviewer.engine.trust.measured_score import measured_score
from camviewer.engine.trust.region import LogitShare, RegionScore
from camviewer.engine.trust.scoring import Scorer


def score_region(
    session: Session,
    image: SourceImage,
    explanation: Explanation,
    region: Region,
    cancelled: threading.Event | None = None,
) -> RegionScore:
    """Measures a region of the picture for the class or the target of a map.

    Raises:
        CamviewerError: the region has no area, or the network saw nothing of it.
        Cancelled: told to stop.
    """
    inside = torch.from_numpy(covered_pixels(region, explanation.placement)).float()
    if not float(inside.sum()) > 0.0:
        raise CamviewerError(
            "The network saw nothing of this region.",
            "Draw it inside the frame, or give the network the whole picture.",
        )
    picture = session.input_tensor(image, explanation.placement)[0]
    classifier = session.classifier
    measured = measured_score(session, image, explanation)
    scorer = Scorer(
        measured.run,
        measured.of,
        cancelled,
        whole=whole_batch(classifier.network),
    )
    soft, mask = blurred(picture), inside.to(picture.device)
    changed = (picture, torch.lerp(picture, soft, mask), torch.lerp(soft, picture, mask))
    whole, without, alone = scorer.score(iter(changed)).tolist()
    cells = covered_cells(region, explanation.heatmap.geometry)
    positive = np.clip(explanation.heatmap.values.astype(np.float64), 0.0, None)
    total = float(positive.sum())
    return RegionScore(
        explanation=explanation,
        region=region,
        area=float(inside.mean()),
        map_share=float((positive * cells).sum()) / total if total > 0 else None,
        share=_logit_share(session, explanation, cells),
        probability=whole,
        inside_blurred=without,
        outside_blurred=alone,
        is_probability=measured.is_probability,
    )


def _logit_share(
    session: Session, explanation: Explanation, cells: NDArray[np.float64]
) -> LogitShare | None:
    """Splits the logit, which for an additive method is the mean over the cells plus the bias."""
    head = session.classifier.head
    if not explanation.method.additive or head is None:
        return None
    score = score_of(explanation.request.target, explanation.request.score, session.info.activation)
    values = explanation.heatmap.values.astype(np.float64)
    inside = float((values * cells).mean())
    return LogitShare(
        inside=inside,
        outside=float((values * (1.0 - cells)).mean()),
        bias=head.bias_of(score.class_weights(explanation.class_index)),
        logit=explanation.target_score,
    )
