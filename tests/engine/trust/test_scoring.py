"""Scores of many pictures: in batches that fit, and no longer than allowed."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch
from torch import Tensor

from camviewer.engine.errors import Cancelled
from camviewer.engine.trust.scoring import OutOfTime, Scorer
from tests.engine.trust.conftest import Brightness, brightness_scorer


def test_batches_are_bounded_by_their_pixels(white) -> None:
    seen: list[int] = []

    def run(pictures: Tensor) -> Tensor:
        seen.append(len(pictures))
        return Brightness()(pictures)

    large = torch.zeros(3, 448, 448)
    scores = Scorer(run, lambda logits: logits[:, 0]).score(large for _ in range(5))

    assert max(seen) <= 2
    assert sum(seen) == 5
    assert len(scores) == 5


def test_a_card_that_holds_few_pictures_gives_the_same_scores(white) -> None:
    tried: list[int] = []

    def run(pictures: Tensor) -> Tensor:
        tried.append(len(pictures))
        if len(pictures) > 3:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return Brightness()(pictures)

    shades = [white * shade for shade in np.linspace(0.0, 1.0, 20).tolist()]
    scorer = Scorer(run, lambda logits: logits[:, 0])
    scores = torch.cat([scorer.score(iter(shades)), scorer.score(iter(shades))])

    assert torch.equal(scores[:20], brightness_scorer().score(iter(shades)))
    assert torch.equal(scores[20:], scores[:20])
    assert sum(size > 3 for size in tried) == 1  # it is not tried again
    assert scorer.passes == 40

    def none_fits(_pictures: Tensor) -> Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    with pytest.raises(torch.OutOfMemoryError):
        Scorer(none_fits, lambda logits: logits[:, 0]).score(iter(shades))


def test_a_run_ends_when_it_is_told_or_when_its_time_is_over(white) -> None:
    told = threading.Event()
    told.set()

    with pytest.raises(Cancelled):
        brightness_scorer(cancelled=told).score(iter((white,)))
    hurried = brightness_scorer()
    hurried.allowed = 0.0
    with pytest.raises(OutOfTime):
        hurried.score(iter((white,)))
