"""What a masked picture keeps of the score, and how alike two maps are."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from pytorch_grad_cam.metrics.arcc import ARCC
from pytorch_grad_cam.metrics.cam_mult_image import DropInConfidence
from pytorch_grad_cam.utils.model_targets import ClassifierOutputSoftmaxTarget
from skimage.metrics import structural_similarity

from camviewer.engine.trust.masking import Masked, rank_correlation
from camviewer.engine.trust.saliency import mask_of
from camviewer.engine.trust.similarity import structural
from tests.engine.trust.conftest import pixels_of, scorer_of


def test_drop_and_arcc_follow_pytorch_grad_cams_definitions(cat_map, photographs) -> None:
    session, explanation = cat_map
    network = session.classifier.network
    picture = session.input_tensor(photographs["chelsea"], explanation.placement)
    mask = mask_of(pixels_of(session, explanation))
    assert mask is not None
    target = ClassifierOutputSoftmaxTarget(explanation.class_index)
    scorer = scorer_of(session, explanation.class_index)
    whole, shown = scorer.score(iter((picture[0], picture[0] * mask))).tolist()
    masked = Masked(whole, shown, float(mask.mean()), coherency=0.8)
    metric = ARCC(base_method=None)
    metric.road = lambda *_: np.array([0.11])
    metric.coherency = lambda *_: np.array([0.8])

    their_drop = DropInConfidence()(picture, mask.numpy()[None], [target], network)[0]
    their_arcc = metric(picture, mask.numpy()[None], [target], network)[0]

    assert masked.drop * whole == pytest.approx(float(their_drop), abs=1e-5)
    assert masked.arcc(0.11) == pytest.approx(float(their_arcc), rel=1e-5)


def test_adcc_is_the_harmonic_mean_of_its_three_parts() -> None:
    masked = Masked(probability=0.8, masked=0.6, complexity=0.4, coherency=0.9)

    assert masked.drop == pytest.approx(0.25)
    assert masked.adcc == pytest.approx(3 / (1 / 0.9 + 1 / 0.6 + 1 / 0.75))
    assert not masked.increases


def test_spearmans_correlation_shares_ranks_between_equal_values() -> None:
    left, right = torch.tensor([1.0, 2.0, 2.0, 5.0]), torch.tensor([0.1, 0.3, 0.2, 0.9])

    assert rank_correlation(left, right) == pytest.approx(0.9486832980505138)
    assert rank_correlation(left, -left) == pytest.approx(-1.0)


def test_similarity_equals_scikit_images() -> None:
    generator = torch.Generator().manual_seed(5)
    left = torch.rand((40, 32), generator=generator)
    right = (left + 0.3 * torch.rand((40, 32), generator=generator)).clamp(0, 1)
    theirs = structural_similarity(
        left.numpy(), right.numpy(), win_size=7, data_range=1.0, use_sample_covariance=False
    )

    assert structural(left, right) == pytest.approx(theirs, abs=1e-4)
