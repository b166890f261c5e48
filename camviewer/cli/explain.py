"""Defines the command ``camviewer explain``, which ``explaining`` implements."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from camviewer.cli.parameters import (
    input_options,
    json_option,
    look_of,
    look_options,
    map_options,
    model_option,
    page_option,
    placement_options,
    rectangle_of,
    target_option,
)
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.results.method_info import ScoreKind


@click.command()
@click.argument("pictures", metavar="PICTURE...", nargs=-1, required=True, type=Path)
@model_option
@click.option(
    "--tensor",
    metavar="NAME",
    help="Which of several tensors the program in the file of --model gives: its name in ONNX, its "
    "place in a .pt2, its path in TorchScript.  [default: as `camviewer models import` chooses]",
)
@page_option
@input_options
@click.option(
    "class_words",
    "--class",
    metavar="NAME|INDEX",
    help="Explain this class: its index, its name, or a part that only its name has.  "
    "[default: the most probable one]",
)
@target_option
@click.option(
    "--method",
    metavar="ID",
    help="How the map is made; `camviewer methods` lists them.  [default: the first of them "
    "that the model and the layer allow]",
)
@map_options
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
@partial(placement_options, default_detail="what the method is best at: 1, or 2 for fc-cam")
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
@look_options
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
    model: str | None,
    tensor: str | None,
    page: int,
    bands: str | None,
    values: str | None,
    class_words: str | None,
    target_words: str | None,
    method: str | None,
    layer: str | None,
    score: ScoreKind,
    options: tuple[str, ...],
    layers: str | None,
    versus: str | None,
    pad: bool,
    placement: str,
    detail: float | None,
    count: int,
    folder: Path,
    no_files: bool,
    overwrite: bool,
    dicom: bool,
    as_json: bool,
    colormap: str | None,
    signed: bool,
    opacity: float,
    region: str | None,
    objects: str | None,
    bfloat16: bool,
    nominal: bool,
) -> int:
    """Prints what the model sees in pictures and writes where it looks.

    For every PICTURE, and every picture in a folder: the most probable classes, and the map of
    one of them as an overlay, as raw values, and with a sidecar that says how it was made.
    """
    look = look_of(colormap, signed=signed, opacity=opacity)
    from camviewer.cli.explaining import ExplainOptions, explain_pictures  # noqa: PLC0415  (numpy)

    explain_options = ExplainOptions(
        model=model,
        tensor=tensor,
        page=page - 1,
        bands=bands,
        values=values,
        class_words=class_words,
        target_words=target_words,
        method=method,
        layer=layer,
        score=score,
        option_words=(*options, "pad=yes") if pad else options,
        layers=layers,
        versus=versus,
        mode=PlacementMode(placement),
        detail=detail,
        bfloat16=bfloat16,
        nominal=nominal,
        count=count,
        folder=None if no_files else folder,
        overwrite=overwrite,
        dicom=dicom,
        look=look,
        as_json=as_json,
        rectangle=rectangle_of(region),
        objects=objects,
    )
    return explain_pictures(pictures, explain_options)
