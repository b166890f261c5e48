"""What else can be told of a checkpoint: class names and preprocessing, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from camviewer.engine.architectures.published_recipes import recipe_of_file
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.labels import chosen_labels
from camviewer.engine.packs.stated import Stated, require_labels
from camviewer.engine.results.one_output import both_names, one_output_note


@dataclass(frozen=True)
class Told:
    """All that the tensors do not say.

    Attributes:
        labels: class names by index; of a single output (against, for).
        recipe: what the network is fed.
        notes: where each comes from, and what is a guess, in sentences.
    """

    labels: tuple[str, ...]
    recipe: Recipe
    notes: tuple[str, ...]


def told_of(
    path: Path,
    architecture: str,
    classes: int,
    *,
    weights_sha256: str,
    labels: Path | None,
    stated: Stated | None,
) -> Told:
    """Class names and preprocessing of a checkpoint.

    Args:
        path: of its file.
        architecture: that was recognised.
        classes: how many numbers the network puts out.
        weights_sha256: of the file.
        labels: file with class names that the user has chosen.
        stated: what a file beside it says.

    Raises:
        CamviewerError: the file with the names cannot be read, or does not fit.
    """
    notes: list[str] = []
    if stated is not None and stated.architecture not in {"", architecture}:
        notes.append(
            f"{stated.source} beside the file is of {stated.architecture} and was left aside."
        )
        stated = None
    names = _names(classes, labels, stated, notes)
    if classes == 1:
        notes.append(one_output_note(names))
    return Told(names, _recipe(path, architecture, weights_sha256, stated, notes), tuple(notes))


def told_of_program(
    usual: Recipe,
    classes: int,
    *,
    flexible: bool,
    labels: Path | None,
    sources: Sequence[Stated | None],
) -> Told:
    """Class names and preprocessing of a program that brings its network.

    Args:
        usual: what is taken where nothing tells another.
        classes: how many numbers the program puts out.
        flexible: whether it takes other sizes than that of ``usual``.
        labels: file with class names that the user has chosen.
        sources: what its own file says, and then what lies beside it.

    Raises:
        CamviewerError: the file with the names cannot be read, or does not fit.
    """
    said = [stated for stated in sources if stated is not None]
    notes: list[str] = []
    names = _names(classes, labels, next((each for each in said if each.labels), None), notes)
    if classes == 1:
        notes.append(one_output_note(names))
    stated = next((each for each in said if each.recipe.is_whole), None)
    if stated is None:
        height, width = usual.input_size
        notes.append(
            f"The file does not tell its preprocessing: ImageNet's usual one at {width} x {height} "
            "was taken. Change it (Model > Preprocessing) if the model was trained with another."
        )
        return Told(names, usual, tuple(notes))
    notes.extend(stated.problems)
    own = stated.recipe
    if not flexible and own.input_size is not None:
        own = replace(own, input_size=None)
    notes.append(f"The preprocessing is what {stated.source} states.")
    return Told(names, own.over(usual), tuple(notes))


def _names(
    classes: int, labels: Path | None, stated: Stated | None, notes: list[str]
) -> tuple[str, ...]:
    if labels is not None or stated is None:
        return chosen_labels(labels, classes)
    names, note = require_labels(stated, classes)
    if note:
        notes.append(note)
    if not names:
        return chosen_labels(None, classes)
    return both_names(names) if classes == 1 else names


def _recipe(
    path: Path,
    architecture: str,
    weights_sha256: str,
    stated: Stated | None,
    notes: list[str],
) -> Recipe:
    found = recipe_of_file(architecture, path, weights_sha256)
    if stated is None:
        notes.extend([found.note] if found.note else [])
        return found.recipe
    notes.extend(stated.problems)
    own = stated.recipe
    size = own.input_size
    if size is not None and size != found.recipe.input_size and not found.recipe.flexible:
        height, width = size
        notes.append(
            f"{stated.source} says {width} x {height} pixels, which {architecture} does not take."
        )
        own = replace(own, input_size=None, crop_fraction=None)
    if own.is_whole:
        notes.append(f"The preprocessing is that of {stated.source} beside the file.")
    elif found.note:
        notes.append(found.note)
    return own.over(found.recipe)
