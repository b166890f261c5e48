"""ROAD and the pixels that it fills in, against pytorch-grad-cam."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from pytorch_grad_cam.metrics.road import NoisyLinearImputer, ROADCombined
from pytorch_grad_cam.utils.model_targets import ClassifierOutputSoftmaxTarget
from torch import nn

from camviewer.engine.trust.imputation import impute
from camviewer.engine.trust.messages import ROAD_FRACTIONS
from camviewer.engine.trust.road import road
from camviewer.engine.trust.saliency import ranks
from tests.engine.trust.conftest import brightness_scorer, pixels_of, scorer_of


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_imputed_pixels_equal_a_direct_solvers_within_the_noise(photographs, share, seen) -> None:
    picture = seen("coffee")[:, :, 40:136, 40:136].contiguous()
    blob = torch.rand((1, 1, 6, 6), generator=torch.Generator().manual_seed(3))
    smooth = nn.functional.interpolate(blob, picture.shape[2:], mode="bilinear")
    missing = ranks(smooth[0, 0])[None, None] < share * 96 * 96
    theirs = NoisyLinearImputer(noise=0.0)(picture[0], (~missing[0, 0]).float())

    ours = impute(picture, missing, torch.Generator().manual_seed(0), noise=0.0)[0]

    assert float((ours - theirs).abs().mean()) < 0.01
    assert float((ours - theirs).abs().max()) < 0.1
    assert torch.equal(ours[:, ~missing[0, 0]], picture[0][:, ~missing[0, 0]])


def test_an_imputed_plane_goes_on_as_a_plane() -> None:
    plane = torch.arange(40.0).expand(1, 1, 40, 40) / 40
    missing = torch.zeros(1, 1, 40, 40, dtype=torch.bool)
    missing[..., 10:30, 10:30] = True

    filled = impute(plane, missing, torch.Generator().manual_seed(0), noise=0.0)

    assert float((filled - plane).abs().max()) < 0.02


def test_road_agrees_with_pytorch_grad_cams_within_the_noise(cat_map, photographs) -> None:
    session, explanation = cat_map
    picture = session.input_tensor(photographs["chelsea"], explanation.placement)
    saliency = pixels_of(session, explanation)
    percentiles, shares = [20, 50, 80], (0.2, 0.5, 0.8)
    target = ClassifierOutputSoftmaxTarget(explanation.class_index)
    theirs = float(
        ROADCombined(percentiles=percentiles)(
            picture, saliency.numpy()[None], [target], session.classifier.network
        )[0]
    )

    scorer = scorer_of(session, explanation.class_index)
    ours = [road(scorer, picture[0], saliency, seed, fractions=shares).score for seed in (0, 1, 2)]

    noise = max(ours) - min(ours)
    assert np.mean(ours) == pytest.approx(theirs, abs=2 * noise + 0.003)


def test_every_fraction_of_road_is_a_tenth_more(white, perfect) -> None:
    curve = road(brightness_scorer(), white, perfect, 0)

    assert curve.fractions == ROAD_FRACTIONS == tuple(round(n / 10, 1) for n in range(1, 10))
    assert len(curve.most_first) == len(curve.least_first) == 9
