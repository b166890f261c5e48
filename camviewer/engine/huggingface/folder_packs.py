"""From a folder of transformers to a pack, and from such a pack to a classifier."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.architectures.fingerprints import headless_sentence
from camviewer.engine.checkpoints.tensors import read_checkpoint
from camviewer.engine.companions.config_json import json_object, require_labels, stated_in
from camviewer.engine.companions.image_processor import Processed, processed
from camviewer.engine.companions.name_files import names_beside
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry.geometry import MOST_CHANNELS, RGB_CHANNELS, Recipe
from camviewer.engine.huggingface.folder import ModelFolder
from camviewer.engine.huggingface.network import Built, build, plain_config
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.packs.draft import ImportChoices, PackDraft
from camviewer.engine.packs.labels import chosen_labels
from camviewer.engine.packs.manifest import CONFIG, MOST_CLASSES, TRANSFORMERS, Manifest
from camviewer.engine.packs.network import left_out_notes
from camviewer.engine.packs.store import Pack, PackInfo
from camviewer.engine.packs.weights import mapped_weights
from camviewer.engine.packs.writing import kept_unless_cancelled, write_pack
from camviewer.engine.programs.black_box import BlackBox, without_layers
from camviewer.engine.results.guessed_recipe import CHANGE_IT
from camviewer.engine.results.one_output import both_names, one_output_note, require_sigmoid
from camviewer.engine.results.values import NO_ACTIVATION
from camviewer.engine.results.without_classes import FEATURES, feature_names, require_no_labels
from camviewer.engine.support.progress import Progress

_BLUE_FIRST = "camviewer_blue_first"
_USUAL_SIDE, _USUAL_STRIDE = 224, 32
_WITHOUT_PLACES = {
    "hiera": "its tokens are not in the order of the picture's places.",
    "perceiver": "its latents are no places in the picture.",
}
"""Kinds of networks whose layers look like grids and are none, with the reason."""
_NO_PROCESSOR = (
    "There is no preprocessor_config.json beside it: ImageNet's usual preprocessing was taken. "
    f"{CHANGE_IT}"
)


def import_folder(folder: ModelFolder, choices: ImportChoices, progress: Progress) -> PackInfo:
    """Keeps a model of transformers as a new pack, with all that opens it again.

    Args:
        folder: its files.
        choices: without a title the folder's name is taken; without labels and activation, what
            ``config.json`` says.
        progress: told how far it is.

    Raises:
        CamviewerError: it is no image classifier, its files do not fit each other, or
            transformers is not installed.
        Cancelled: nobody wants it any more; nothing was kept.
    """
    name = choices.title or folder.root.resolve().name or "Model"
    config = plain_config(name, folder.config)
    tensors: dict[str, Tensor] = {}
    notes: list[str] = []
    for file in progress.part(0.0, 0.4).over(
        folder.weights, len(folder.weights), f"Reading {name}"
    ):
        read = read_checkpoint(file)
        tensors |= read.tensors
        notes += [note for note in read.notes if note not in notes]
    progress.at(0.4, f"Building {name}")
    built = build(name, config, tensors)
    made = _recipe(name, folder.processor, config, built.network)
    classes = _classes(name, built.network, made.recipe)
    if built.headless:
        require_no_labels(choices.labels)
        names, said = feature_names(classes), [headless_sentence(f"transformers/{built.kind}")]
        read_with = FEATURES
    else:
        if classes == 1:
            require_sigmoid(name, choices.activation)
        names, said = _names(choices.labels, classes, folder.config, folder.root)
        read_with = _activation(config, classes, choices.activation)
    notes.extend(left_out_notes(built.left_out))
    progress.at(0.8, f"Keeping {name}")
    kept = config | {_BLUE_FIRST: made.blue_first}
    draft = PackDraft(
        {key: tensor.contiguous() for key, tensor in tensors.items()},
        title=name,
        architecture=f"transformers/{built.kind}",
        labels=names,
        recipe=made.recipe,
        activation=read_with,
        unit=choices.unit,
        outputs=classes,
        origin=folder.origin or folder.root.resolve().name,
        notes=(*notes, *made.problems, *said, *_of_the_processor(folder)),
        kept_as=TRANSFORMERS,
        config=json.dumps(kept, indent=2).encode(),
    )
    info = write_pack(draft)
    return kept_unless_cancelled(info, progress)


def transformers_classifier(pack: Pack, device: torch.device, progress: Progress) -> Classifier:
    """The model of a pack, ready to be asked.

    Raises:
        CamviewerError: transformers is not installed, or does not take the pack any more.
        Cancelled: nobody wants it any more.
    """
    info = pack.info
    progress.at(0.0, f"Building {info.title}")
    built, blue_first, model_type = _built(info.title, info.folder, pack.weights)
    if blue_first:
        built.network.register_forward_pre_hook(_turned_round)
    network, refusal = built.network, _WITHOUT_PLACES.get(str(model_type), "")
    if refusal:
        tensors = (*network.parameters(), *network.buffers())
        held = sum(tensor.numel() * tensor.element_size() for tensor in tensors)
        network = BlackBox(network.__call__, held, holds=network)
    return classifier(
        network,
        identifier=info.id,
        title=info.title,
        labels=pack.labels,
        recipe=info.recipe,
        weights_sha256=info.weights_sha256,
        device=device,
        activation=info.activation,
        unit=info.unit,
        outputs=info.classes,
        search=without_layers(refusal, info.recipe) if refusal else None,
        layer_refusal=refusal,
        remarks=info.notes,
        progress=progress.part(0.6, 1.0),
    )


def require_fitting_folder(name: str, folder: Path, manifest: Manifest) -> None:
    """Checks that what came in a pack can be built and is what its manifest says.

    Raises:
        CamviewerError: it is not.
    """
    built, *_ = _built(name, folder, folder / manifest.weights_file)
    classes = _classes(name, built.network, manifest.published)
    if classes != manifest.classes or manifest.architecture != f"transformers/{built.kind}":
        raise CamviewerError(
            f"The weights in {name} are those of {built.kind} with {classes} classes, and are said "
            f"to be {manifest.architecture} with {manifest.classes}.",
            "Ask the one who made it for another.",
        )


def _built(name: str, folder: Path, weights: Path) -> tuple[Built, bool, object]:
    """The network of a pack, whether it takes blue first, and its kind."""
    config = plain_config(name, json_object(folder / CONFIG) or {})
    blue_first = config.pop(_BLUE_FIRST, False) is True
    # Memory of its own: a mapped file must not change, and on Windows cannot be removed.
    tensors = {key: tensor.clone() for key, tensor in mapped_weights(name, weights).items()}
    return build(name, config, tensors), blue_first, config.get("model_type")


def _turned_round(_network: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Blue first."""
    return (inputs[0].flip(1), *inputs[1:])


def _recipe(
    name: str, processor: Mapping[str, Any], config: Mapping[str, Any], network: nn.Module
) -> Processed:
    """What the network is fed: the processor's way, where the network takes it."""
    own = _own_size(config)
    patch = _first_number(config, "patch_size")
    step = patch if patch is not None and patch > 1 else _USUAL_STRIDE
    channels = _channels(config)
    usual = Recipe(input_size=own or (_USUAL_SIDE, _USUAL_SIDE), step=step, flexible=False)
    usual = usual.with_channels(channels)
    made = processed(processor, usual) if processor else Processed(usual, False, ())
    if _answer(network, made.recipe.input_size, channels) is None:
        if own is None or _answer(network, own, channels) is None:
            height, width = made.recipe.input_size
            raise CamviewerError(
                f"{name} gives no class scores for pictures of {width} x {height} pixels: it is "
                "to be fed more than their pixels, or others.",
                "If its files are whole, export it as ONNX with the picture as its one input.",
            )
        words = "The processor makes pictures of a size that the network does not take: its own"
        recipe = replace(made.recipe, input_size=own)
        made = replace(made, recipe=recipe, problems=(*made.problems, f"{words} was taken."))
    height, width = made.recipe.input_size
    larger = _answer(network, (height + 4 * step, width + 8 * step), channels)
    return replace(made, recipe=replace(made.recipe, flexible=larger is not None))


def _of_the_processor(folder: ModelFolder) -> tuple[str, ...]:
    if folder.processor:
        return ("The preprocessing is that of preprocessor_config.json.",)
    return (_NO_PROCESSOR,)


def _own_size(config: Mapping[str, Any]) -> tuple[int, int] | None:
    for each in (config, config.get("vision_config")):
        size = each.get("image_size") if isinstance(each, Mapping) else None
        if type(size) is int and size > 0:
            return size, size
        if isinstance(size, list) and len(size) == 2 and all(type(side) is int for side in size):
            return size[0], size[1]
    return None


def _channels(config: Mapping[str, Any]) -> int:
    """Number of input channels; networks of transformers take three unless they say another."""
    stated = _first_number(config, "num_channels")
    return stated if stated is not None and 0 < stated <= MOST_CHANNELS else RGB_CHANNELS


def _first_number(config: Mapping[str, Any], key: str) -> int | None:
    for each in (config, config.get("vision_config")):
        value = each.get(key) if isinstance(each, Mapping) else None
        if type(value) is int:
            return value
    return None


def _names(
    labels: Path | None, classes: int, config: Mapping[str, Any], root: Path
) -> tuple[tuple[str, ...], list[str]]:
    if labels is not None:
        names, note = chosen_labels(labels, classes), ""
    else:
        names, note = require_labels(stated_in(config, CONFIG), classes)
        if not names:
            names, beside = names_beside(root / CONFIG, classes)
            note = beside or note
        names = names or chosen_labels(None, classes)
    if classes != 1:
        return names, [note] if note else []
    both = both_names(names)
    return both, [*([note] if note else []), one_output_note(both)]


def _activation(config: Mapping[str, Any], classes: int, wanted: str | None) -> str:
    problem = config.get("problem_type")
    if wanted == NO_ACTIVATION or (wanted is None and problem == "regression"):
        return NO_ACTIVATION
    if classes == 1:
        return "sigmoid"
    return wanted or ("sigmoid" if problem == "multi_label_classification" else "softmax")


def _classes(name: str, network: nn.Module, recipe: Recipe) -> int:
    logits = _answer(network, recipe.input_size, recipe.channels)
    if logits is None or logits.dim() != 2 or not 1 <= logits.shape[1] <= MOST_CLASSES:
        raise CamviewerError(
            f"{name} puts out no list of class scores.", "Choose an image classifier."
        )
    return logits.shape[1]


def _answer(network: nn.Module, size: tuple[int, int], channels: int) -> Tensor | None:
    example = torch.rand((1, channels, *size), generator=torch.Generator().manual_seed(0))
    try:
        with torch.no_grad():
            logits: Tensor = network(example)
    except Cancelled:
        raise
    except Exception:  # noqa: BLE001  (each network refuses in its own way)
        return None
    return logits
