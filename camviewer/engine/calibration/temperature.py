"""Fits one temperature for all logits.

Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_RANGE = (1e-3, 1e3)
_STEPS = 40
"""Halvings of the range, which leave a millionth of the temperature."""


def softmax(logits: Values) -> Values:
    """Probabilities (..., K) of logits (..., K)."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Values = raised / raised.sum(-1, keepdims=True)
    return shares


def fitted_temperature(logits: Values, truth: NDArray[np.intp]) -> float:
    """The temperature with the least negative log-likelihood, 0.001 to 1000.

    The likelihood is concave in the temperature's inverse, so its slope has one root at most.

    Args:
        logits: (N, K).
        truth: (N,) indices of the true classes.
    """
    true = logits[np.arange(len(truth)), truth].mean()
    low, high = (np.log(end) for end in _RANGE)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        expected = (softmax(logits / np.exp(middle)) * logits).sum(1).mean()
        if expected < true:  # the true classes stand out more than is said: colder
            high = middle
        else:
            low = middle
    return float(np.exp((low + high) / 2.0))
