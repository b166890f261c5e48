"""What else can be told of a checkpoint: class names and preprocessing, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from camviewer.engine.architectures.published_recipes import recipe_of_file
from camviewer.engine.architectures.segmentation import published_classes, scores_pixels
from camviewer.engine.companions.config_json import Stated, require_labels
from camviewer.engine.companions.name_files import names_beside
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.packs.labels import chosen_labels
from camviewer.engine.results.guessed_recipe import CHANGE_IT
from camviewer.engine.results.one_output import both_names, one_output_note
from camviewer.engine.results.without_classes import feature_names


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
    sources: Sequence[Stated | None],
    within: Stated | None = None,
    headless: bool = False,
) -> Told:
    """Class names and preprocessing of a checkpoint.

    Args:
        path: of its file.
        architecture: that was recognised.
        classes: how many numbers the network puts out.
        weights_sha256: of the file.
        labels: file with class names that the user has chosen.
        sources: what a file beside it says, and then what it says itself.
        within: what its network did to pictures itself, which decides.
        headless: whether the numbers are features, which are numbered in the place of names.

    Raises:
        CamviewerError: the file with the names cannot be read, or does not fit.
    """
    notes: list[str] = []
    said = [stated for stated in sources if stated is not None]
    for stated in tuple(said):
        if stated.architecture not in {"", architecture}:
            notes.append(
                f"{stated.source} beside the file is of {stated.architecture} and was left aside."
            )
            said.remove(stated)
    if headless:
        names = feature_names(classes)
    else:
        dense = scores_pixels(architecture)
        usual = published_classes(architecture, classes) if dense else ()
        names = _names(path, classes, labels, said, notes, usual=usual)
        if classes == 1 and not dense:
            notes.append(one_output_note(names))
    whole = next((each for each in said if each.recipe.is_whole), next(iter(said), None))
    if within is not None:
        beside = whole or Stated(source="")
        recipe = within.recipe.laid_over(beside.recipe)
        whole = replace(within, recipe=recipe, problems=beside.problems)
    return Told(names, _recipe(path, architecture, weights_sha256, whole, notes), tuple(notes))


def told_of_program(
    path: Path,
    usual: Recipe,
    classes: int,
    *,
    flexible: bool,
    labels: Path | None,
    sources: Sequence[Stated | None],
) -> Told:
    """Class names and preprocessing of a program that brings its network.

    Args:
        path: of its file.
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
    names = _names(path, classes, labels, said, notes)
    if classes == 1:
        notes.append(one_output_note(names))
    stated = next((each for each in said if each.recipe.is_whole), None)
    if stated is None:
        height, width = usual.input_size
        notes.append(
            f"The file does not tell its preprocessing: ImageNet's usual one at {width} x {height} "
            f"was taken. {CHANGE_IT}"
        )
        return Told(names, usual, tuple(notes))
    notes.extend(stated.problems)
    own = stated.recipe
    if not flexible and own.input_size is not None:
        own = replace(own, input_size=None)
    notes.append(f"The preprocessing is what {stated.source} states.")
    return Told(names, own.over(usual), tuple(notes))


def _names(
    path: Path,
    classes: int,
    labels: Path | None,
    said: Sequence[Stated],
    notes: list[str],
    *,
    usual: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The names that the user has chosen, that are stated, or that lie beside; else the usual."""
    if labels is not None:
        return chosen_labels(labels, classes)
    for stated in said:
        names, note = require_labels(stated, classes)
        if note:
            notes.append(note)
        if names:
            return both_names(names) if classes == 1 else names
    names, note = names_beside(path, classes)
    if names:
        notes.append(note)
        return both_names(names) if classes == 1 else names
    return usual or chosen_labels(None, classes)


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
        notes.append(f"The preprocessing is that of {stated.source}.")
    elif found.note:
        notes.append(found.note)
    return own.over(found.recipe)
