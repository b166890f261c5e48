"""Defines the commands ``camviewer models``: list, import, export, rename, edit, remove."""

from __future__ import annotations

import json
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from camviewer.cli.checking import check, check_record, check_words, checked
from camviewer.cli.editing import OUTPUT_ACTIVATIONS, edit_options, edited_recipe, recipe_words
from camviewer.cli.parameters import json_option, open_model
from camviewer.cli.progress import Progress
from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.values import NO_ACTIVATION, class_count
from camviewer.engine.results.without_classes import FEATURES

if TYPE_CHECKING:
    from camviewer.engine.packs.store import DamagedPack, PackInfo
    from camviewer.engine.results.messages import ModelInfo

_SUFFIX = ".camviewer"


@click.group(invoke_without_command=True, subcommand_metavar="[COMMAND] [ARGS]...")
@json_option
@click.pass_context
def models(context: click.Context, *, as_json: bool) -> None:
    """Lists the models; imports, checks, exports, renames, edits and removes them."""
    if context.invoked_subcommand is None:
        _list(as_json=as_json)


@models.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """Lists the models, as `camviewer models` does; damaged ones with what is wrong."""
    _list(as_json=as_json)


def _list(*, as_json: bool) -> None:
    from camviewer.engine.packs.cleaning import remove_left_over  # noqa: PLC0415
    from camviewer.engine.packs.store import (  # noqa: PLC0415  (help is faster without)
        PackInfo,
        list_with_damaged,
        models_folder,
    )

    remove_left_over(models_folder())
    embedded, packs = open_model().info, list_with_damaged()
    if as_json:
        records = [
            _pack_record(p) if isinstance(p, PackInfo) else _damaged_record(p) for p in packs
        ]
        click.echo(json.dumps([_embedded_record(embedded), *records], indent=2))
        return
    words = [_pack_words(p) if isinstance(p, PackInfo) else _damaged_words(p) for p in packs]
    click.echo("\n".join([_embedded_words(embedded), *words]))


models.add_command(check)


@models.command("import")
@click.argument("file", type=Path)
@click.option(
    "architecture",
    "--arch",
    metavar="NAME",
    help="What network it is, for example torchvision/resnet50.  [default: told by the file]",
)
@click.option(
    "--labels",
    metavar="FILE",
    type=Path,
    help="The names of the classes: one per line, lines of index,name, or JSON.  [default: "
    "ImageNet's where the number of classes tells it]",
)
@click.option("title", "--name", metavar="NAME", help="[default: the file's name]")
@click.option(
    "--activation",
    type=click.Choice(OUTPUT_ACTIVATIONS),
    help="softmax for one class of all, sigmoid for each class by itself, none for a network that "
    "puts out values, as regressions do.  [default: told by the file, else softmax; for a single "
    "output sigmoid]",
)
@click.option(
    "--unit", metavar="WORDS", help="Of the values, as in --activation none --unit years."
)
@click.option(
    "--output",
    metavar="NAME",
    help="Which of the tensors that a program puts out: its name in ONNX, its place (0, 1, ...) in "
    "a .pt2, its path (out, 0, logits.1) in TorchScript.  [default: the first; in "
    "TorchScript the first with class scores]",
)
@click.option(
    "--allow-code",
    is_flag=True,
    help="Open a TorchScript program, which can run any code: only if you trust its source.",
)
@json_option
def import_(
    *,
    file: Path,
    architecture: str | None,
    labels: Path | None,
    title: str | None,
    activation: str | None,
    unit: str | None,
    output: str | None,
    allow_code: bool,
    as_json: bool,
) -> None:
    """Keeps the model of a checkpoint, a program, or a .camviewer FILE.

    Of a checkpoint the architecture is told by the names and shapes of its tensors; programs
    (torch.export, ONNX, TorchScript) bring their network. Nothing in the file is run, but for a
    TorchScript program with --allow-code.
    """
    with Progress(1) as progress:
        progress.say(f"Reading {file.name} ...")
        if _is_pack_file(file):
            if architecture or labels or activation or unit:
                raise CamviewerError(
                    f"{file.name} says itself what its model is.",
                    "Leave out --arch, --labels, --activation and --unit.",
                )
            info = _import_pack(file, title, allow_code=allow_code)
        else:
            from camviewer.engine.importing.checkpoints import import_checkpoint  # noqa: PLC0415  (torch)

            info = import_checkpoint(
                file,
                architecture=architecture,
                labels=labels,
                title=title,
                activation=activation,
                unit=_unit(unit, activation),
                output=output or "",
                allow_code=allow_code,
                plainest=True,
                report=lambda _share, words: progress.say(f"{words} ..."),
            )
        progress.say("Comparing it with what it remembers of its training ...")
        words, record = _checked(info.id)
    if as_json:
        click.echo(json.dumps(_pack_record(info) | {"statistics": record}, indent=2))
    else:
        click.echo(f"{_pack_words(info)}\n  {words}")


def _checked(identifier: str) -> tuple[str, dict[str, Any]]:
    """What the check of a kept model says, in words and for JSON; it may fail, the model stays."""
    try:
        found = checked(identifier)
    except CamviewerError as error:
        words = f"It is kept, but its statistics could not be compared: {error}"
        return words, {"outcome": "failed", "sentence": words}
    return check_words(found, identifier), check_record(found)


@models.command()
@click.argument("identifier", metavar="ID")
@click.argument("file", type=Path)
@click.option("--overwrite", is_flag=True, help="Replace the file when it is there.")
def export(*, identifier: str, file: Path, overwrite: bool) -> None:
    """Writes a model as one .camviewer FILE, to copy and pass on."""
    from camviewer.engine.importing.camviewer_files import export_pack  # noqa: PLC0415  (help is faster without)

    info = _pack(identifier)
    if file.is_dir():
        file /= f"{info.id}{_SUFFIX}"
    elif file.suffix != _SUFFIX:
        file = file.with_name(file.name + _SUFFIX)
    export_pack(info, file, overwrite=overwrite)
    click.echo(f"Written: {file}")


@models.command()
@click.argument("identifier", metavar="ID")
@click.argument("title", metavar="NAME")
def rename(*, identifier: str, title: str) -> None:
    """Gives a model another name; its ID stays."""
    from camviewer.engine.packs.editing import rename_pack  # noqa: PLC0415  (help is faster without)

    click.echo(_pack_words(rename_pack(_pack(identifier), title)))


@models.command()
@click.argument("identifier", metavar="ID")
@edit_options
@json_option
def edit(*, identifier: str, labels: Path | None, as_json: bool, **wishes: Any) -> None:
    """Changes what a model is fed, its class names, or how its scores are read.

    The weights stay as they are.
    """
    from camviewer.engine.packs.editing import edit_pack  # noqa: PLC0415  faster without)
    from camviewer.engine.packs.labels import read_labels, require_count  # noqa: PLC0415  (help is

    info = _pack(identifier)
    recipe = edited_recipe(info.recipe, info.published, wishes)
    said = (recipe, labels, wishes["activation"], wishes["head_activations"], wishes["unit"])
    if all(wish is None for wish in said):
        raise CamviewerError(
            f"Nothing was said that is to change of {info.title}.",
            "`camviewer models edit --help` lists what can.",
        )
    names = None
    if labels is not None:
        names = read_labels(labels)
        require_count(names, info.classes, labels.name)
    edited = edit_pack(
        info,
        recipe=recipe,
        activation=wishes["activation"],
        labels=names,
        head_activations=wishes["head_activations"],
        unit=wishes["unit"],
    )
    click.echo(json.dumps(_pack_record(edited), indent=2) if as_json else _pack_words(edited))


@models.command()
@click.argument("identifier", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(*, identifier: str, yes: bool) -> None:
    """Deletes an imported model."""
    from camviewer.engine.packs.store import (  # noqa: PLC0415  (help is faster without)
        DamagedPack,
        list_with_damaged,
        remove_pack,
    )

    damaged = {pack.id: pack for pack in list_with_damaged() if isinstance(pack, DamagedPack)}
    info = damaged.get(identifier) or _pack(identifier)
    if not yes:
        if not sys.stdin.isatty():
            raise CamviewerError(
                f"{info.title} was not removed, because nobody could be asked.", "Add --yes."
            )
        if not click.confirm(f"Remove {info.title} ({_size(info)})?"):
            return
    remove_pack(info)
    click.echo(f"Removed: {info.title}")


def _pack(identifier: str) -> PackInfo:
    from camviewer.engine.packs.store import EMBEDDED, find_pack  # noqa: PLC0415  (help is faster)

    if identifier == EMBEDDED:
        raise CamviewerError(
            f"{identifier} comes with the program.", "Choose a model that was imported."
        )
    return find_pack(identifier)


def _is_pack_file(file: Path) -> bool:
    """Whether a file is a ``.camviewer`` file, by its suffix or its content."""
    if file.suffix.lower() == _SUFFIX:
        return True
    try:
        with zipfile.ZipFile(file) as archive:
            return "model.toml" in archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def _import_pack(file: Path, title: str | None, *, allow_code: bool) -> PackInfo:
    from camviewer.engine.importing.camviewer_files import import_pack_file  # noqa: PLC0415  (help is faster)
    from camviewer.engine.packs.editing import rename_pack  # noqa: PLC0415

    info = import_pack_file(file, allow_code=allow_code)
    return info if title is None else rename_pack(info, title)


def _size(info: PackInfo | DamagedPack) -> str:
    return f"{info.size_bytes / 1e6:,.1f} MB"


def _embedded_words(info: ModelInfo) -> str:
    height, width = info.recipe.input_size
    sizes = "other sizes too" if info.recipe.flexible else "this size only"
    return "\n".join(
        [
            f"{info.id}: {info.title}",
            f"  {len(info.labels)} classes ({info.activation})",
            f"  input {width} x {height}, {sizes}",
            f"  fed {recipe_words(info.recipe)}",
            f"  runs on {info.device}",
            f"  weights SHA-256 {info.weights_sha256}",
        ]
    )


def _pack_words(info: PackInfo) -> str:
    height, width = info.recipe.input_size
    sizes = "other sizes too" if info.recipe.flexible else "this size only"
    edited = "" if info.recipe == info.published else " (edited)"
    source = "trained" if info.trained else "imported"
    return "\n".join(
        [
            f"{info.id}: {info.title}",
            f"  {info.architecture}, {_classes(info)}",
            f"  input {width} x {height}, {sizes}",
            f"  fed {recipe_words(info.recipe)}{edited}",
            f"  {_size(info)}, {source} from {info.origin or 'elsewhere'} on {info.created[:10]}",
            f"  weights SHA-256 {info.weights_sha256}",
            *(f"  {note}" for note in info.notes),
        ]
    )


def _unit(unit: str | None, activation: str | None) -> str:
    """The unit of values.

    Raises:
        CamviewerError: class scores, which have none, were given one.
    """
    if unit and activation != NO_ACTIVATION:
        raise CamviewerError("Only values have a unit.", "Add --activation none.")
    return unit or ""


def _classes(info: PackInfo) -> str:
    if info.activation == FEATURES:
        return f"{info.classes} features, no classes"
    if info.activation == NO_ACTIVATION:
        count = "one value" if info.classes == 1 else f"{info.classes} values"
        return f"{count}, no classes" + (f" ({info.unit})" if info.unit else "")
    if info.classes == 1:
        return "one output, 2 classes (sigmoid)"
    return f"{info.classes} classes ({info.activation})"


def _damaged_words(pack: DamagedPack) -> str:
    again = f"`camviewer models remove {pack.id}` removes it."
    return f"{pack.id}: damaged\n  {pack.problem}\n  {pack.hint} {again}\n  {pack.folder}"


def _damaged_record(pack: DamagedPack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "title": pack.title,
        "embedded": False,
        "damaged": True,
        "problem": pack.problem,
        "hint": pack.hint,
        "folder": str(pack.folder),
        "size_bytes": pack.size_bytes,
    }


def _embedded_record(info: ModelInfo) -> dict[str, Any]:
    height, width = info.recipe.input_size
    return {
        "id": info.id,
        "title": info.title,
        "embedded": True,
        "classes": len(info.labels),
        "activation": info.activation,
        "input_width": width,
        "input_height": height,
        "other_sizes": info.recipe.flexible,
        "preprocessing": asdict(info.recipe),
        "device": info.device,
        "default_layer": info.default_layer,
        "weights_sha256": info.weights_sha256,
    }


def _pack_record(info: PackInfo) -> dict[str, Any]:
    height, width = info.recipe.input_size
    return {
        "id": info.id,
        "title": info.title,
        "embedded": False,
        "format": info.format,
        "architecture": info.architecture,
        "classes": class_count(info.classes, info.activation),
        "outputs": info.classes,
        "activation": info.activation,
        "unit": info.unit,
        "input_width": width,
        "input_height": height,
        "other_sizes": info.recipe.flexible,
        "preprocessing": asdict(info.recipe),
        "published_preprocessing": asdict(info.published),
        "size_bytes": info.size_bytes,
        "origin": info.origin,
        "created": info.created,
        "weights_sha256": info.weights_sha256,
        "notes": list(info.notes),
    }
