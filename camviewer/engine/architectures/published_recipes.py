"""What published weights were trained to be fed, and which of several recipes is a file's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import floor
from pathlib import Path
from typing import Any

from camviewer.engine.architectures.catalogue import library_of, sizes_of, torchvision_transforms
from camviewer.engine.architectures.fingerprints import known_architectures, same_function
from camviewer.engine.architectures.segmentation import scores_pixels, segmentation_recipe
from camviewer.engine.geometry.geometry import Recipe, ResizeMode
from camviewer.engine.results.guessed_recipe import CHANGE_IT
from camviewer.engine.statistics.check_result import PublishedRecipe
from camviewer.engine.support.lazy_libraries import timm, torchvision

_TORCHVISION = "torchvision"
_TRANSFORMING = ("googlenet", "inception_v3")
"""Architectures whose published files expect what ``transform_input=True`` makes of a picture."""
_TRANSFORMED = (0.5, 0.5, 0.5)
_RESIZING = {"squash": ResizeMode.SQUASH, "border": ResizeMode.BORDER}
_FOLDERS = 3
"""How far up the name of published weights is looked for: Hugging Face's cache has it there."""


@dataclass(frozen=True)
class FoundRecipe:
    """A recipe, and how it was come by.

    Attributes:
        recipe: what the network is fed.
        note: why it is a guess, in sentences; empty when the file is known to be trained with it.
    """

    recipe: Recipe
    note: str = ""


def published_recipe(architecture: str, weights_sha256: str = "") -> Recipe:
    """What the architecture's published weights were trained to be given.

    Args:
        architecture: ``torchvision/...`` or ``timm/...``.
        weights_sha256: of the file that was imported. Where it is one that was published, the
            recipe is that file's own; the architecture's default otherwise.

    Raises:
        CamviewerError: there is no such architecture.
    """
    return recipe_of_file(architecture, None, weights_sha256).recipe


def recipe_of_file(architecture: str, path: Path | None, weights_sha256: str) -> FoundRecipe:
    """The recipe that a file of weights was trained with, as far as that can be told.

    Args:
        architecture: ``torchvision/...`` or ``timm/...``.
        path: of the file; its name may say which published weights it is.
        weights_sha256: of the file.

    Raises:
        CamviewerError: there is no such architecture.
    """
    library, name = library_of(architecture)
    if scores_pixels(architecture):
        recipe = segmentation_recipe(architecture)
        return FoundRecipe(recipe, _guess(architecture, recipe, {}))
    if library == _TORCHVISION:
        return _of_torchvision(architecture, name, path, weights_sha256)
    return _of_timm(architecture, name, path, weights_sha256)


def recipes_of_network(architecture: str) -> tuple[PublishedRecipe, ...]:
    """The recipes of all weights that either library has published for a network, each once.

    torchvision's and timm's ResNet-18 compute the same function, and are fed otherwise.

    Args:
        architecture: ``torchvision/...`` or ``timm/...``; others have none.
    """
    if architecture not in known_architectures():
        return ()
    found: dict[Recipe, PublishedRecipe] = {}
    for each in same_function(architecture, known_architectures()):
        library, name = library_of(each)
        listed = (
            _listed_by_torchvision(each, name)
            if library == _TORCHVISION
            else _listed_by_timm(each, name)
        )
        for source, recipe in listed:
            found.setdefault(recipe, PublishedRecipe(source, recipe))
    return tuple(found.values())


def _listed_by_torchvision(architecture: str, name: str) -> Iterator[tuple[str, Recipe]]:
    published = torchvision().models.get_model_weights(name.partition("@")[0])
    side = torchvision_transforms(name).crop_size
    for weights in dict.fromkeys((published.DEFAULT, *published)):
        transforms = weights.transforms()
        if transforms.crop_size == side or "vit_" not in name:
            yield f"torchvision ({weights.name})", _torchvision_recipe(architecture, transforms)


def _listed_by_timm(architecture: str, name: str) -> Iterator[tuple[str, Recipe]]:
    for tag, entry in _published_by_timm(name).items():
        yield f"timm ({tag})", timm_recipe(architecture, entry)


def timm_recipe(architecture: str, published: Any) -> Recipe:
    """A recipe of timm's, for a network that takes pictures as ``architecture`` does.

    Args:
        architecture: of torchvision or timm.
        published: with the fields of timm's ``PretrainedCfg``.
    """
    _, height, width = published.input_size
    crop = min(height, width)
    sizes = sizes_of(architecture)
    return Recipe(
        input_size=(height, width),
        # timm rounds the size to resize to down.
        crop_fraction=crop / floor(crop / published.crop_pct),
        step=sizes.step,
        flexible=sizes.flexible,
        mean=triple(published.mean),
        std=triple(published.std),
        interpolation=published.interpolation,
        resize_mode=_RESIZING.get(published.crop_mode, ResizeMode.SHORTER),
    )


def triple(values: Any) -> tuple[float, float, float]:
    """Three numbers as they are kept."""
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def _of_torchvision(
    architecture: str, name: str, path: Path | None, weights_sha256: str
) -> FoundRecipe:
    models = torchvision().models
    published = models.get_model_weights(name.partition("@")[0])
    # The file names end in the first digits of their hash: resnet50-0676ba61.pth.
    own = [
        weights
        for weights in published
        if weights_sha256[:8] == _hash_in(weights.url) or (path and _is_named(path, weights.url))
    ]
    if own:
        recipe = _torchvision_recipe(architecture, own[0].transforms())
        return FoundRecipe(_transformed(recipe) if name in _TRANSFORMING else recipe)
    default = torchvision_transforms(name)
    recipe = _torchvision_recipe(architecture, default)
    if name in _TRANSFORMING and weights_sha256:
        return FoundRecipe(
            _transformed(recipe),
            f"The file does not tell its preprocessing. {name} as torchvision publishes it, and "
            "what was trained on from there, is fed mean 0.5 and deviation 0.5 (transform_input), "
            "which was taken; one that was trained from the beginning is usually fed ImageNet's. "
            f"{CHANGE_IT}",
        )
    crop = list(default.crop_size)
    fitting = {
        _torchvision_recipe(architecture, transforms): weights.name
        for weights in published
        if list((transforms := weights.transforms()).crop_size) == crop or "vit_" not in name
    }
    return FoundRecipe(recipe, _guess(architecture, recipe, fitting))


def _torchvision_recipe(architecture: str, transforms: Any) -> Recipe:
    (crop,), (resize,) = transforms.crop_size, transforms.resize_size
    sizes = sizes_of(architecture)
    return Recipe(
        input_size=(crop, crop),
        crop_fraction=crop / resize,
        step=sizes.step,
        flexible=sizes.flexible,
        mean=triple(transforms.mean),
        std=triple(transforms.std),
        interpolation=transforms.interpolation.value,
    )


def _transformed(recipe: Recipe) -> Recipe:
    return replace(recipe, mean=_TRANSFORMED, std=_TRANSFORMED)


def _of_timm(architecture: str, name: str, path: Path | None, weights_sha256: str) -> FoundRecipe:
    published = _published_by_timm(name)
    for tag, entry in published.items():
        url = entry.url or ""
        known_hash = bool(weights_sha256) and weights_sha256[:8] == _hash_in(url)
        if known_hash or (path is not None and (_is_named(path, url) or _is_tagged(path, tag))):
            return FoundRecipe(timm_recipe(architecture, entry))
    default = timm().get_pretrained_cfg(name) or timm().models.PretrainedCfg()
    recipe = timm_recipe(architecture, default)
    recipes: dict[Recipe, str] = {}
    for tag, entry in published.items():
        recipes.setdefault(timm_recipe(architecture, entry), tag)  # the usual ones come first
    return FoundRecipe(recipe, _guess(architecture, recipe, recipes))


@lru_cache(maxsize=16)
def _published_by_timm(name: str) -> Mapping[str, Any]:
    """What timm has published of an architecture, by full name: ``resnet50.a1_in1k``."""
    found = timm().models.get_arch_pretrained_cfgs(name)
    return {key if "." in key else name: entry for key, entry in found.items()}


def _guess(architecture: str, taken: Recipe, published: Mapping[Recipe, str]) -> str:
    """Why a recipe is a guess.

    Args:
        architecture: that it is published for.
        taken: the recipe.
        published: all recipes, with the name of weights that were published with each.
    """
    if len(published) < 2:
        return (
            "The file does not tell its preprocessing: that of the published weights of "
            f"{architecture} was taken. {CHANGE_IT}"
        )
    others = [f"{name} ({_words(recipe)})" for recipe, name in published.items() if recipe != taken]
    name = published.get(taken, "the default")
    shown = "; ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    return (
        f"{architecture} was published with {len(published)} ways of preprocessing, and the file "
        f"does not tell which is its own: that of {name} was taken ({_words(taken)}). Others: "
        f"{shown}. {CHANGE_IT}"
    )


def _words(recipe: Recipe) -> str:
    height, width = recipe.input_size
    mean = " ".join(f"{value:.3g}" for value in recipe.mean)
    std = " ".join(f"{value:.3g}" for value in recipe.std)
    return (
        f"{width} x {height}, crop {recipe.crop_fraction:.3g}, {recipe.interpolation}, mean "
        f"{mean}, deviation {std}"
    )


def _hash_in(url: str) -> str:
    """The hash at the end of a file's name; what is no hash matches none."""
    found = url.rpartition("/")[2].rpartition("-")[2].partition(".")[0]
    return found if re.fullmatch(r"[0-9a-f]{8}", found) else "-"


def _is_named(path: Path, url: str) -> bool:
    """Whether a file still has the name that it was published under."""
    return bool(url) and path.name == url.rpartition("/")[2]


def _is_tagged(path: Path, tag: str) -> bool:
    """Whether a file or the folder that it lies in is called after published weights."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(tag)}(?![\w])")
    return "." in tag and any(pattern.search(part) for part in _names(path))


def _names(path: Path) -> Iterator[str]:
    yield path.name
    for parent in list(path.absolute().parents)[:_FOLDERS]:
        yield parent.name
