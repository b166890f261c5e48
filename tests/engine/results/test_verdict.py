"""The places of classes in a verdict."""

from __future__ import annotations

import numpy as np

from camviewer.engine.results import Verdict


def test_ranks_follow_the_order_of_the_most_probable_classes_even_of_equal_ones() -> None:
    logits = np.array([1.0, 3.0, 2.0, 3.0, 1.0], np.float32)
    verdict = Verdict(logits, np.exp(logits) / np.exp(logits).sum())
    assert [verdict.rank(index) for index in verdict.top(5)] == [1, 2, 3, 4, 5]
