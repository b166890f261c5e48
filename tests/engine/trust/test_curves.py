"""Deletion and insertion, worked out by hand and against torchcam."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torchcam.metrics import DeletionInsertionMetric

from camviewer.engine.trust.baselines import baseline_picture
from camviewer.engine.trust.curves import deletion_insertion
from camviewer.engine.trust.messages import Baseline
from tests.engine.trust.conftest import SIDE, brightness_scorer, pixels_of, scorer_of


def test_a_perfect_map_deletes_the_box_with_the_first_sixteenth(white, perfect) -> None:
    curve = deletion_insertion(brightness_scorer(), white, torch.zeros_like(white), perfect, 16)

    assert curve.fractions[1] == 1 / 16
    assert curve.deletion == pytest.approx((1.0, *[0.0] * 16))
    assert curve.insertion == pytest.approx((0.0, *[1.0] * 16))
    assert curve.deletion_auc == pytest.approx(1 / 32)
    assert curve.insertion_auc == pytest.approx(31 / 32)


def test_the_worst_map_deletes_the_box_last(white, perfect) -> None:
    curve = deletion_insertion(brightness_scorer(), white, torch.zeros_like(white), -perfect, 16)

    assert curve.deletion_auc == pytest.approx(31 / 32)
    assert curve.insertion_auc == pytest.approx(1 / 32)


def test_a_random_order_takes_the_box_away_in_proportion(white) -> None:
    saliency = torch.rand(SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    curve = deletion_insertion(brightness_scorer(), white, torch.zeros_like(white), saliency, 16)

    assert curve.deletion_auc == pytest.approx(0.5, abs=0.054)  # 3 standard errors
    assert curve.deleted(0.1) == pytest.approx(0.9, abs=0.06)


class _Extractor:
    """Hands torchcam a map that was made elsewhere."""

    def __init__(self, network: nn.Module, saliency: Tensor) -> None:
        self.model = network
        self._saliency = saliency

    def __call__(self, *_: Any, **__: Any) -> list[Tensor]:
        return [self._saliency[None]]

    def fuse_cams(self, cams: list[Tensor]) -> Tensor:
        return cams[0]

    @contextlib.contextmanager
    def _hooks_off(self) -> Iterator[None]:
        yield


@pytest.mark.parametrize("baseline", list(Baseline))
def test_deletion_and_insertion_equal_torchcams(cat_map, photographs, baseline) -> None:
    session, explanation = cat_map
    picture = session.input_tensor(photographs["chelsea"], explanation.placement)
    saliency = pixels_of(session, explanation)
    missing = baseline_picture(picture[0], baseline, session.info.recipe)
    extractor = _Extractor(session.classifier.network, saliency)
    theirs = DeletionInsertionMetric(
        extractor, lambda logits: logits.softmax(-1), steps=5, baseline=missing[None]
    )
    theirs.update(picture, explanation.class_index)

    scorer = scorer_of(session, explanation.class_index)
    ours = deletion_insertion(scorer, picture[0], missing, saliency, 5, baseline=baseline)

    assert ours.deletion_auc == pytest.approx(theirs.summary()["deletion_auc"], abs=1e-4)
    assert ours.insertion_auc == pytest.approx(theirs.summary()["insertion_auc"], abs=1e-4)
