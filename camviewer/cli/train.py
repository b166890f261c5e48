"""Defines the command ``camviewer train``, which ``training`` implements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_FINE_TUNING = ("nothing", "last-block", "all")


def _absolute(base: str) -> str:
    """A file's absolute path, because a training may be resumed from another folder."""
    path = Path(base)
    return str(path.absolute()) if (path.exists() and path.name != base) or path.is_file() else base


@click.command()
@click.argument("data", metavar="FOLDER|CSV", type=Path)
@click.option(
    "base",
    "--base",
    metavar="MODEL",
    default="efficientnet-lite0",
    show_default=True,
    callback=lambda _context, _option, base: _absolute(base),
    help="Whose network is taught: one of those that `camviewer models` lists, or a file of "
    "weights, which need no classifier.",
)
@click.option("title", "-o", "--output", metavar="NAME", required=True, help="Of the new model.")
@click.option("--epochs", type=int, default=60, show_default=True, help="At most so many.")
@click.option(
    "learning_rate", "--lr", type=float, default=1e-3, show_default=True, help="Of the head."
)
@click.option("--batch", type=int, default=32, show_default=True, help="Pictures a step.")
@click.option(
    "convolution",
    "--conv",
    type=int,
    default=0,
    metavar="CHANNELS",
    help="Put a 3x3 convolution before the pooling; Zhou et al. took 1024.  [default: none]",
)
@click.option(
    "--keep-last-pool",
    is_flag=True,
    help="Keep a pooling that comes last (VGG, AlexNet): a map of 7 x 7 instead of 14 x 14.",
)
@click.option(
    "--fine-tune",
    type=click.Choice(_FINE_TUNING),
    default=_FINE_TUNING[0],
    show_default=True,
    help="What is trained further when the head is.",
)
@click.option("--fine-tune-epochs", type=int, default=5, show_default=True, help="At most.")
@click.option("fine_tune_rate", "--fine-tune-lr", type=float, default=1e-4, show_default=True)
@click.option(
    "validation_share",
    "--val-share",
    type=float,
    default=0.2,
    show_default=True,
    help="Share of each class's pictures that are only for measuring.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of everything random.")
@click.option(
    "--patience",
    type=int,
    default=10,
    show_default=True,
    help="Stop after so many epochs without a lower validation loss.",
)
@click.option(
    "class_weights",
    "--class-weights/--no-class-weights",
    default=True,
    show_default=True,
    help="Whether each class counts alike, however many pictures it has.",
)
@click.option(
    "flips",
    "--flips/--no-flips",
    default=True,
    show_default=True,
    help="Whether pictures are shown mirrored, too.",
)
@click.option("--device", metavar="ID", help="cpu, cuda:0, mps.  [default: the fastest]")
@click.option("--resume", is_flag=True, help="Go on where the training of this name stopped.")
@click.option("--restart", is_flag=True, help="Forget what was begun under this name.")
@click.option(
    "as_lines",
    "--json-lines",
    is_flag=True,
    help="Print what happens as JSON, one object a line; take the words pause, resume and cancel "
    "from stdin, one a line.",
)
@click.pass_context
def train(context: click.Context, /, *, device: str | None, **words: Any) -> int:
    """Teaches a model new classes: a pooled head on its features, for which CAM is exact.

    FOLDER has one subfolder a class; a CSV has the columns path and label. Ctrl-C stops at the
    next batch, and --resume goes on from there.
    """
    from camviewer.cli.training import TrainingOptions, train_model  # noqa: PLC0415  (help is faster)

    named_settings = frozenset(
        name
        for name in words
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    )
    flow = {name: words.pop(name) for name in ("resume", "restart", "as_lines")}
    return train_model(
        TrainingOptions(settings=words, named_settings=named_settings, device=device, **flow)
    )
