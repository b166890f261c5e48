"""Says in sentences what a map means, and what it does not."""

from __future__ import annotations

from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.look import Look
from camviewer.engine.render.number_words import number_words
from camviewer.engine.results.messages import Explanation, ScoreKind

_PIXELWISE = 1.5
"""Size of a cell, in pixels of the picture, up to which nothing is interpolated."""


def meaning(explanation: Explanation, look: Look) -> tuple[str, ...]:
    """What the map shows, a sentence each."""
    said = [explanation.method.summary, *_sum_words(explanation), *_sign_words(explanation, look)]
    rows, columns = explanation.heatmap.values.shape
    across, down = (abs(pitch) for pitch in explanation.heatmap.geometry.pitch)
    if max(across, down) > _PIXELWISE:
        said.append(
            f"Each of its {columns} × {rows} cells stands for about {across:.0f} × {down:.0f} "
            "pixels of the picture; what looks finer in the overlay is interpolated."
        )
    return tuple(said)


def limits(explanation: Explanation, image: SourceImage) -> tuple[str, ...]:
    """What must not be read into the map, a sentence each."""
    said = []
    if explanation.method.classless:
        said.append(
            "The map is the same for every class: it does not tell what speaks for one of them."
        )
    said.append(
        "A map is about this model and this picture. It does not show that the verdict is right, "
        "and parts without colour may have mattered, too."
    )
    if misses_part(explanation.placement.box, image):
        said.append("The model did not see what lies outside the frame, and nothing is said of it.")
    return tuple(said)


def misses_part(seen: Box, image: SourceImage) -> bool:
    """Whether a part of the picture of more than a pixel was not seen by the network."""
    return (
        seen.left > 1.0
        or seen.top > 1.0
        or seen.right < image.width - 1.0
        or seen.bottom < image.height - 1.0
    )


def _sum_words(explanation: Explanation) -> tuple[str, ...]:
    request = explanation.request
    if not explanation.method.additive or request.target or request.score is not ScoreKind.LOGIT:
        return ()
    logit = number_words(explanation.logit_here)
    return (f"The mean of its cells plus a constant is the class's logit, {logit}.",)


def _sign_words(explanation: Explanation, look: Look) -> tuple[str, ...]:
    heatmap, subject = explanation.heatmap, explanation.subject or "the score"
    if look.signed:
        return (f"Values above 0 speak for {subject}, values below 0 against it.",)
    if heatmap.low < 0.0:
        return (f"Values below 0, down to {number_words(heatmap.low)}, have no colour.",)
    return ()
