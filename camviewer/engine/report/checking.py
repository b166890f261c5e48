"""Finds the model of an evidence bundle, and checks all of the bundle with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.recipe_records import recipe_record
from camviewer.engine.packs.recipe_limits import require_recipe
from camviewer.engine.packs.store import EMBEDDED, list_packs
from camviewer.engine.report.bundle_reading import Bundle
from camviewer.engine.report.recomputing import MapCheck, recipe_of_bundle, require_model

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session


def model_of_bundle(bundle: Bundle) -> str:
    """The id of the model that has the weights of a bundle, and puts out the same tensor.

    Raises:
        CamviewerError: no model that is kept does.
    """
    from camviewer.engine.network.embedded import WEIGHTS_SHA256  # noqa: PLC0415  (torch)

    wanted = str(bundle.model["weights_sha256"])
    if wanted == WEIGHTS_SHA256:
        return EMBEDDED
    for pack in list_packs():
        if (pack.weights_sha256, pack.output) == (wanted, _output_of(bundle)):
            return pack.id
    raise CamviewerError(
        f"No model that is kept has the weights of {bundle.path.name}: {bundle.model['title']} "
        f"({wanted[:16]}…).",
        "Import that model first, or name its file: --model.",
    )


@contextmanager
def session_of_bundle(
    bundle: Bundle, opened: Session | None = None, model: str | None = None
) -> Iterator[Session]:
    """A session with the model of a bundle, fed what it was fed when the maps were made.

    Args:
        bundle: has the hash of the weights, the preprocessing, and which tensor is put out.
        opened: one that is open already; it is used if its model is the same and fed the same.
        model: id or file of the model; the one that is kept with these weights when None.

    Raises:
        CamviewerError: there is no such model, or it has other weights.
    """
    from camviewer.engine.session.opening import open_session  # noqa: PLC0415  (torch)
    from camviewer.engine.session.session import Session  # noqa: PLC0415

    recipe, output = recipe_of_bundle(bundle), _output_of(bundle)
    made_by = (bundle.model["weights_sha256"], output)
    if opened is not None and (opened.info.weights_sha256, opened.info.output) == made_by:
        if recipe_record(opened.info.recipe) == recipe_record(recipe):
            yield opened
            return
        classifier = opened.classifier
    else:
        with closing(open_session(model or model_of_bundle(bundle), output=output)) as session:
            require_model(bundle, session.info)
            if recipe_record(session.info.recipe) == recipe_record(recipe):
                yield session
                return
            classifier = session.classifier
    require_recipe(recipe, classifier.info.recipe)
    fed = replace(classifier, info=replace(classifier.info, recipe=recipe))
    with closing(Session(fed)) as session:
        yield session


def _output_of(bundle: Bundle) -> str:
    """Which of several tensors of its program the model of a bundle put out."""
    return str(bundle.model.get("output", ""))


def check_record(bundle: Bundle, checks: tuple[MapCheck, ...]) -> dict[str, Any]:
    """What was found, for JSON."""
    return {
        "bundle": bundle.path.name,
        "intact": True,
        "manifest_sha256": bundle.manifest_sha256,
        "model": bundle.model["title"],
        "maps": [
            {
                "picture": check.picture,
                "explained": check.explained,
                "outcome": check.outcome.value,
                "difference": check.difference,
                "sentence": check.words,
            }
            for check in checks
        ],
    }
