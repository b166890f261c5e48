"""Scores, placements and details that the panel offers, each with its tip or what forbids it."""

from __future__ import annotations

from camviewer.engine.geometry.geometry import DETAILS, PlacementMode
from camviewer.engine.results.messages import ModelInfo, ScoreKind
from camviewer.ui.style import mark, tr

SCORES = (
    (ScoreKind.LOGIT, mark("Logit")),
    (ScoreKind.LOG_PROBABILITY, mark("Log p")),
    (ScoreKind.PROBABILITY, mark("Prob.")),
)
SCORE_TIPS = {
    ScoreKind.LOGIT: mark("What speaks for the class, whatever the others score"),
    ScoreKind.LOG_PROBABILITY: mark("The logarithm of its probability: falls when others rise"),
    ScoreKind.PROBABILITY: mark("The class's probability; hardly moves when the model is certain"),
}
MODES = (
    (PlacementMode.CROP, mark("Trained")),
    (PlacementMode.WHOLE, mark("Whole")),
    (PlacementMode.STRETCH, mark("Stretch")),
)
MODE_TIPS = {
    PlacementMode.CROP: mark("The centre crop that the model was trained to be given"),
    PlacementMode.WHOLE: mark("The whole picture in its own proportions"),
    PlacementMode.STRETCH: mark("The whole picture, stretched to the trained shape"),
}
DETAIL_TIP = mark("Gives the network an enlarged picture: a finer map, another question")


def unavailable_placements(
    info: ModelInfo,
) -> tuple[dict[PlacementMode, str], dict[float, str]]:
    """Placements and details that a network of one input size does not accept, each with why."""
    if info.recipe.flexible:
        return {}, {}
    height, width = info.recipe.input_size
    why = tr("This network only accepts {width} × {height} pixels").format(
        width=width, height=height
    )
    return {PlacementMode.WHOLE: why}, {detail: why for detail in DETAILS if detail != 1.0}
