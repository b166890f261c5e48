"""Runs commands and turns every failure into a sentence and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

import click

from camviewer.cli.batch import batch
from camviewer.cli.calibrate import calibrate
from camviewer.cli.explain import explain
from camviewer.cli.listing import layers, methods
from camviewer.cli.packs import models
from camviewer.cli.prepare import prepare
from camviewer.cli.report import report
from camviewer.cli.selftest import self_test
from camviewer.cli.structure import structure
from camviewer.cli.train import train
from camviewer.cli.trust import compare, trust
from camviewer.cli.verify import verify
from camviewer.engine.errors import CamviewerError, is_full
from camviewer.engine.support import log_file, start_log
from camviewer.version import __version__

_log = logging.getLogger(__name__)

_OK, _BUG, _REFUSED = 0, 1, 2
_INTERRUPTED, _PIPE_CLOSED = 130, 141  # as shells count SIGINT and SIGPIPE


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 2 something was refused and named, 130 stopped by Ctrl-C, "
    "1 an error of the program.",
    no_args_is_help=False,
    options_metavar="",
    subcommand_metavar="[PICTURE]... | COMMAND [OPTIONS] [ARGS]...",
)
@click.version_option(__version__, prog_name="camviewer", message="%(prog)s %(version)s")
def camviewer() -> None:
    """Shows where an image classifier looks.

    With pictures or folders, or with nothing, the window opens. The commands do the same
    without a window.
    """


for _command in (
    explain,
    batch,
    calibrate,
    models,
    methods,
    layers,
    structure,
    trust,
    compare,
    prepare,
    report,
    self_test,
    train,
    verify,
):
    camviewer.add_command(_command)

COMMANDS: tuple[str, ...] = tuple(camviewer.commands)


def run(arguments: Sequence[str]) -> int:
    """Runs a command and returns its exit code; errors never become tracebacks."""
    start_log()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # names need not fit the terminal
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return _PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  (a bug must not end in a traceback either)
        return _failed(error)
    return code


def _failed(error: Exception) -> int:
    """Prints the error that ended a command, and returns its exit code."""
    if isinstance(error, CamviewerError):
        _complain(str(error))
        return _REFUSED
    if isinstance(error, MemoryError):
        _complain("There is not enough memory for this. Choose a smaller detail.")
        return _REFUSED
    if isinstance(error, OSError) and is_full(error):
        _silence_stdout()
        _complain("The output could not be written: its disk is full. Make room there.")
        return _REFUSED
    _log.error("a command failed", exc_info=error)
    _complain(f"This did not work: {type(error).__name__}. The details are in {log_file()}.")
    return _BUG


def _complain(sentence: str) -> None:
    """Prints to stderr, and ignores errors such as a full disk."""
    try:
        click.echo(sentence, err=True)
    except OSError:
        _log.warning("could not be said: %s", sentence)


def _invoke(arguments: Sequence[str]) -> int:
    try:
        with camviewer.make_context("camviewer", list(arguments)) as context:
            code = camviewer.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return code if isinstance(code, int) else _OK


def _silence_stdout() -> None:
    """Prevents Python's error at exit when the reader of a pipe has gone."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)
    except (OSError, ValueError):
        return
