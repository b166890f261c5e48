"""``camviewer batch``: its options; what it does is in ``batch_runs``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from camviewer.cli.parameters import (
    Command,
    input_options,
    json_option,
    look_of,
    look_options,
    map_options,
    model_option,
    placement_options,
    target_option,
)


class _Place(click.ParamType[str | Path]):
    """A path, or an address such as s3://bucket/run."""

    name = "place"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002
        ctx: click.Context | None,  # noqa: ARG002
    ) -> str | Path:
        return str(value) if "://" in str(value) else Path(value)


_RUN = click.argument("run", metavar="RUN", type=_Place())
_WORK_OPTIONS = (
    "part",
    "jobs",
    "retry_failed",
    "as_lines",
    "commands",
    "cluster",
    "workers",
    "gpu_share",
)


class _Part(click.ParamType[tuple[int, int]]):
    """A part of all shards such as 7/200."""

    name = "part"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        number, _, count = str(value).partition("/")
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            self.fail(f"{value!r} is no part like 7/200.", param, ctx)
        return int(number), int(count)


def _work_options(command: Command) -> Command:
    """Adds what decides who does how much of a run, and says nothing of its rows."""
    for option in (
        click.option(
            "as_lines",
            "--json-lines",
            is_flag=True,
            help="Print what happens as JSON, one object a line.",
        ),
        click.option(
            "--commands",
            is_flag=True,
            help="Take the words pause, resume and cancel from stdin, one a line, and end when it "
            "is closed: for a program that runs this one.",
        ),
        click.option(
            "--gpu-share",
            type=click.FloatRange(min=0.0),
            default=0.0,
            metavar="SHARE",
            help="With --cluster: what each worker gets of a GPU, such as 0.25.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            metavar="N",
            help="With --cluster: processes that each hold the model.  [default: one for each "
            "processor]",
        ),
        click.option(
            "--cluster",
            metavar="local|auto|ray://HOST:PORT",
            help="Carry the run out on a cluster of Ray; this alone opens a socket. Needs "
            "camviewer[cluster].",
        ),
        click.option(
            "--retry-failed",
            is_flag=True,
            help="Make those shards again that have pictures which could not be explained.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help="Processors to use.  [default: all, and for a worker of a cluster one]",
        ),
        click.option(
            "part",
            "--shard",
            type=_Part(),
            default=(1, 1),
            metavar="I/N",
            help="Do only every N-th shard, beginning with the I-th: one of N machines.",
        ),
    ):
        command = option(command)
    return command


class _WithSources(click.Group):
    """A group whose first word may also be a source: ``batch FOLDER -o RUN``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Takes words for those of ``run`` unless they begin with another command."""
        known = args and args[0] in self.commands
        return super().parse_args(ctx, args if known else ["run", *args])


@click.group(cls=_WithSources)
def batch() -> None:
    """Explains many pictures into tables, and goes on where it was interrupted."""


@batch.command(
    "run",
    epilog="Of a run that is begun, `camviewer batch status RUN` says how far it is, `resume` goes "
    "on with it, `export` writes tables and overlays, `report` a page about it, and `compare RUN_A "
    "RUN_B` says what changed from one to the other; each has a --help of its own.",
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "run", "-o", "--output", metavar="RUN", required=True, type=_Place(), help="The folder."
)
@model_option
@input_options
@click.option(
    "--page",
    default="",
    metavar="N|all",
    help="Which page or frame of files that have several, counted from 1; all makes a picture of "
    "each, for which the files are opened first.  [default: the first]",
)
@click.option("--method", metavar="ID", default="cam", show_default=True, help="As in explain.")
@target_option
@map_options
@placement_options
@click.option(
    "--classes",
    default="top3",
    metavar="top3|NAME,...|truth",
    show_default=True,
    help="Which classes of each picture are explained: the most probable ones, these by name or "
    "index, or the true one.",
)
@click.option(
    "--truth",
    default="none",
    metavar="folders|FILE|none",
    show_default=True,
    help="What the pictures show: the name of the folder that each lies in, a CSV or Parquet "
    "file with the columns path and label, or a COCO file.",
)
@click.option(
    "--objects",
    default="auto",
    metavar="auto|beside|PATH|none",
    show_default=True,
    help="Where objects lie: in files of Pascal VOC, LabelMe or YOLO, or PNG masks, beside the "
    "pictures (auto: if there are any) or in the folder PATH, or in the COCO file PATH.",
)
@click.option(
    "--measures",
    default="",
    metavar="deletion,insertion,drop,stability",
    help="Measure each map, and a random one beside it; takes about 100 passes a map for all.",
)
@click.option(
    "--features", is_flag=True, help="Keep the last layer's pooled activations as float16."
)
@click.option(
    "--logits", is_flag=True, help="Keep all class scores, which `camviewer calibrate` needs."
)
@click.option(
    "--shard-size",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Pictures in a shard: what is done again at most after an interruption.",
)
@_work_options
def run_command(
    *,
    sources: tuple[str, ...],
    run: Path | str,
    **words: Any,
) -> int:
    """Explains the pictures of SOURCE... into the folder RUN.

    A SOURCE is a folder with all below it, a picture, a pattern such as 'a/*.jpg', @list.txt with
    a path in each line, or a CSV or Parquet file with a column path. Ctrl-C ends after the
    pictures at work, and the same command goes on.
    """
    from camviewer.cli.batch_runs import Work, begin  # noqa: PLC0415  (help is faster)

    work = {name: words.pop(name) for name in _WORK_OPTIONS}
    return begin(sources, words, Work(run, **work))


@batch.command()
@_RUN
@_work_options
def resume(*, run: Path | str, **words: Any) -> int:
    """Goes on with the run in the folder RUN, with the settings that it was begun with."""
    from camviewer.cli.batch_runs import Work, go_on  # noqa: PLC0415  (help is faster)

    return go_on(Work(run, **words))


@batch.command()
@_RUN
@json_option
def status(*, run: Path | str, as_json: bool) -> None:
    """Says how far a run is, and which pictures could not be explained."""
    from camviewer.cli.batch_runs import print_status  # noqa: PLC0415  (help is faster)

    print_status(run, as_json=as_json)


@batch.command()
@_RUN
@click.option("csv", "--csv", type=Path, metavar="FILE", help="All rows without the raw maps.")
@click.option("boxes", "--boxes", type=Path, metavar="FILE", help="A CSV of the evidence's boxes.")
@click.option(
    "coco",
    "--coco",
    type=Path,
    metavar="FILE",
    help="The boxes as COCO results; with the numbers of the run's own COCO file if it has one.",
)
@click.option(
    "fiftyone",
    "--fiftyone",
    type=Path,
    metavar="FOLDER",
    help="A dataset that FiftyOne opens, with classifications, boxes and heatmaps.",
)
@click.option(
    "overlays",
    "--overlays",
    type=Path,
    metavar="FOLDER",
    help="A PNG for each map, drawn from the stored values without the network.",
)
@click.option(
    "window",
    "--window",
    default="",
    metavar="LEVEL,WIDTH|NAME",
    help="Which values overlays show from black to white: level and width in the file's units, or "
    "automatic, all, fed (those that the model was fed), a window of the file, or one of "
    "tomography (brain, lung, bone ...). 8-bit colours stay.  [default: as pictures open]",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there.")
@look_options
def export(
    *,
    run: Path | str,
    window: str,
    overwrite: bool,
    colormap: str | None,
    signed: bool,
    opacity: float,
    **places: Any,
) -> int:
    """Writes what other programs read of a run; it may be unfinished."""
    if not any(places.values()):
        raise click.UsageError(
            "Say what is to be written: --csv, --boxes or --coco FILE, --fiftyone or --overlays "
            "FOLDER."
        )
    from camviewer.cli.batch_exports import Export, carry_out  # noqa: PLC0415  (help is faster)

    look = look_of(colormap, signed=signed, opacity=opacity)
    return carry_out(Export(run, look=look, window=window, overwrite=overwrite, **places))


@batch.command()
@_RUN
@click.option(
    "file", "-o", "--output", type=Path, required=True, metavar="FILE", help="The page, in HTML."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
def report(*, run: Path, file: Path, overwrite: bool) -> None:
    """Writes a page about a run that opens offline; the run may be unfinished."""
    from camviewer.cli.batch_exports import print_report  # noqa: PLC0415  (help is faster)

    print_report(run, file, overwrite=overwrite)


@batch.command()
@click.argument("first", metavar="RUN_A", type=_Place())
@click.argument("second", metavar="RUN_B", type=_Place())
@click.option(
    "class_name",
    "--class",
    metavar="NAME",
    help="Compare the maps of this class where both runs have them.  [default: the true class, "
    "then those that the models predict]",
)
@click.option("file", "--csv", type=Path, metavar="FILE", help="A row for each picture.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@json_option
def compare(
    *,
    first: Path | str,
    second: Path | str,
    class_name: str | None,
    file: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Compares two runs over the same pictures: RUN_A against RUN_B.

    Says which verdicts changed, whether that may be by chance, and how far the evidence moved.
    Both may be unfinished.
    """
    from camviewer.cli.batch_comparing import print_comparison  # noqa: PLC0415  (help is faster)

    print_comparison((first, second), class_name, file, overwrite=overwrite, as_json=as_json)
