"""Defines the command ``camviewer explain``, which ``explaining`` implements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from camviewer.cli.map_choice import map_choice, map_choice_options
from camviewer.cli.parameters import json_option, rectangle_of


@click.command()
@click.argument("pictures", metavar="PICTURE...", nargs=-1, required=True, type=Path)
@map_choice_options
@click.option(
    "--tensor",
    metavar="NAME",
    help="Which of several tensors the program in the file of --model gives: its name in ONNX, its "
    "place in a .pt2, its path in TorchScript.  [default: as `camviewer models import` chooses]",
)
@click.option(
    "--layers",
    metavar="NAME,NAME...",
    help="The layers whose maps are fused, for a method of several layers.",
)
@click.option(
    "--versus",
    metavar="NAME|INDEX,...",
    help="The classes to compare with, for a method that compares.  [default: the nearest]",
)
@click.option(
    "--pad",
    is_flag=True,
    help="Let a fully convolutional CAM cover the whole picture: short for --option pad=yes.",
)
@click.option(
    "count",
    "-k",
    "--top",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="How many classes are printed.",
)
@click.option(
    "folder",
    "-o",
    "--output",
    type=Path,
    default=Path(),
    metavar="FOLDER",
    help="Where the overlay (.png), the raw map (.npy) and the sidecar (.json) go.  "
    "[default: the current folder]",
)
@click.option("--no-files", is_flag=True, help="Only print.")
@click.option("--overwrite", is_flag=True, help="Replace files instead of choosing a free name.")
@click.option(
    "--dicom",
    is_flag=True,
    help="Of DICOM pictures, also write DICOM objects for the same patient and study: the overlay "
    "as Secondary Capture, the raw map as Parametric Map, the verdict as structured report.",
)
@json_option
@click.option(
    "--region",
    metavar="X,Y,W,H",
    help="Also say what this rectangle, in pixels of the picture, means to the class.",
)
@click.option(
    "--objects",
    metavar="beside|PATH",
    help="Also say how the map lies on the annotated objects of its class: beside the picture, in "
    "a folder with a file for each picture, or in a file of Pascal VOC, LabelMe, YOLO or COCO, or "
    "a PNG mask.",
)
@click.option(
    "--bfloat16",
    is_flag=True,
    help="Score the many pictures of a slow method in bfloat16: sooner, less exact, and only on "
    "processors that compute in it.",
)
def explain(
    *,
    pictures: tuple[Path, ...],
    pad: bool,
    count: int,
    folder: Path,
    no_files: bool,
    overwrite: bool,
    dicom: bool,
    as_json: bool,
    region: str | None,
    objects: str | None,
    **maps: Any,
) -> int:
    """Prints what the model sees in pictures and writes where it looks.

    For every PICTURE, and every picture in a folder: the most probable classes, and the map of
    one of them as an overlay, as raw values, and with a sidecar that says how it was made.
    """
    choice = map_choice(maps)
    if pad:
        choice = replace(choice, option_words=(*choice.option_words, "pad=yes"))
    from camviewer.cli.explaining import ExplainOptions, explain_pictures  # noqa: PLC0415  (numpy)

    explain_options = ExplainOptions(
        maps=choice,
        count=count,
        folder=None if no_files else folder,
        overwrite=overwrite,
        dicom=dicom,
        as_json=as_json,
        rectangle=rectangle_of(region),
        objects=objects,
    )
    return explain_pictures(pictures, explain_options)
