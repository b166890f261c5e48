"""Formats results for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from camviewer.engine.geometry.geometry import Placement, PlacementMode
from camviewer.engine.render.number_words import percent_words
from camviewer.engine.results.heatmap import Evidence

if TYPE_CHECKING:
    from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict

_PLACEMENTS = {
    PlacementMode.CROP: "centre crop",
    PlacementMode.WHOLE: "whole picture",
    PlacementMode.STRETCH: "stretched picture",
}


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Aligned columns with two blanks between and before them; ``right`` lists numeric columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def on_one_line(words: str) -> str:
    """Words of a file, with a question mark for what would move the terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in words)


def pictures_words(count: int) -> str:
    """``1 picture``, ``2,000 pictures``."""
    return "1 picture" if count == 1 else f"{count:,} pictures"


def top_classes(verdict: Verdict, model: ModelInfo, count: int) -> str:
    """The table of the most probable classes; of a model without any, that it has none."""
    if not model.has_classes:
        return "  No classes: this model puts out features."
    if not model.has_probabilities:
        return _output_values(verdict, model, count)
    rows = [["rank", "probability", "class", "index"]]
    rows += [
        [
            str(rank),
            percent_words(float(verdict.probabilities[index])),
            model.labels[index],
            str(index),
        ]
        for rank, index in enumerate(verdict.top(count), start=1)
    ]
    return table(rows, right=(0, 1, 3))


def _output_values(verdict: Verdict, model: ModelInfo, count: int) -> str:
    """The table of the first outputs of a model that puts out values."""
    rows = [[f"value ({model.unit})" if model.unit else "value", "output", "index"]]
    rows += [
        [f"{verdict.logits[index]:.4g}", model.labels[index], str(index)]
        for index in range(min(count, len(model.labels)))
    ]
    return table(rows, right=(0, 2))


def placement_words(placement: Placement) -> str:
    """For example ``whole picture at 2x (input 672 x 448)``."""
    height, width = placement.input_size
    mode = _PLACEMENTS[placement.mode]
    return f"{mode} at {placement.detail:g}x (input {width} x {height})"


def map_line(explanation: Explanation) -> str:
    """One line that describes the map and its values."""
    heatmap = explanation.heatmap
    rows, columns = heatmap.values.shape
    passes = "pass" if explanation.passes == 1 else "passes"
    facts = "".join(f", {fact}" for fact in explanation.facts)
    return (
        f"{explanation.method.title} of {_subject(explanation)}{facts} "
        f"on {explanation.layer.name}, {columns} x {rows} cells, "
        f"{placement_words(explanation.placement)}: {_values(explanation)}; "
        f"{explanation.passes} {passes}, {explanation.milliseconds:.0f} ms "
        f"on {explanation.device}."
    )


def _subject(explanation: Explanation) -> str:
    """The class of the map with its scores, if it has one."""
    if explanation.method.classless:
        return "no class"
    if explanation.target_name:
        return f"{explanation.target_name} ({explanation.target_score:+.3g})"
    if isnan(explanation.probability):
        return f"{explanation.class_name} ({explanation.logit:.4g} {explanation.heatmap.unit})"
    score = percent_words(explanation.probability)
    score_at_map = percent_words(explanation.probability_here)
    where = "in its best window" if explanation.remark else "where the map was made"
    score += f", {score_at_map} {where}" if score_at_map != score else ""
    return f"{explanation.class_name} ({score})"


def concept_lines(explanation: Explanation) -> list[str]:
    """The classes that each concept supports, in the concept's colour."""
    from camviewer.engine.render.concept_words import (  # noqa: PLC0415
        concept_colour,
        concept_words,
    )

    return [
        f"  {concept_colour(number)[0]}, {concept.share:.0%}"
        + (f": {concept_words(concept)}" if concept.classes else "")
        for number, concept in enumerate(explanation.concepts)
    ]


def _values(explanation: Explanation) -> str:
    heatmap = explanation.heatmap
    if heatmap.evidence is Evidence.FLAT:
        return "no evidence"
    words = f"{heatmap.low:+.3g} to {heatmap.high:+.3g} ({heatmap.unit})"
    if heatmap.evidence is Evidence.ONLY_NEGATIVE:
        return words
    row, column = divmod(int(heatmap.values.argmax()), heatmap.values.shape[1])
    x, y = heatmap.geometry.centre(row, column)
    extent = heatmap.geometry.extent
    x = min(max(x, extent.left), extent.right)
    y = min(max(y, extent.top), extent.bottom)
    return f"{words}, highest at pixel ({x:.0f}, {y:.0f})"
