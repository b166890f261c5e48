"""What a calibrated model adds to a verdict, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Confidence:
    """What was fitted on a labelled run says of one picture; the verdict itself stays as it is.

    Attributes:
        run: name of the folder of the run.
        temperature: the logits are divided by it.
        class_index: the predicted class.
        probability: its probability at that temperature, 0 to 1.
        coverage: share of pictures like the run's whose true class is in their set, 0 to 1.
        classes: the set, the most probable class first.
        nearer: share of the run's own pictures that lie nearer to a class of the run than this
            picture, 0 to 1; None where the run has no features.
    """

    run: str
    temperature: float
    class_index: int
    probability: float
    coverage: float
    classes: tuple[int, ...]
    nearer: float | None = None
