"""Opens a model where it lies: what an import keeps is kept for this run only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import torch

from camviewer.engine.checkpoints.consent import is_allowed
from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.importing.camviewer_files import SUFFIX, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.packs.store import PackInfo, file_sha256, models_kept_in
from camviewer.engine.support.progress import NO_PROGRESS, Progress


def open_file(
    path: Path, device: torch.device, progress: Progress = NO_PROGRESS, *, output: str = ""
) -> Classifier:
    """The model of a checkpoint, a program, a ``.camviewer`` file or a folder.

    Its id is the path.

    Args:
        path: of the file or folder.
        device: where it is to run.
        progress: told how far it is.
        output: as in ``import_checkpoint``.

    Raises:
        ConsentNeeded: it can run any code, and was never allowed on this machine.
        CamviewerError: it cannot be opened.
        Cancelled: nobody wants it any more.
    """
    with kept_for_this_run(path, progress.part(0.0, 0.6), output=output) as info:
        found = load_pack(info, device, progress.part(0.6, 1.0))
    return replace(found, info=replace(found.info, id=str(path.absolute())))


@contextmanager
def kept_for_this_run(
    path: Path, progress: Progress = NO_PROGRESS, *, output: str = ""
) -> Iterator[PackInfo]:
    """A pack of a file or folder that is there within the block alone.

    Args:
        path: of a checkpoint, a program, a ``.camviewer`` file or a folder.
        progress: told how far it is.
        output: as in ``import_checkpoint``.

    Raises:
        ConsentNeeded: it can run any code, and was never allowed on this machine.
        CamviewerError: it cannot be opened.
        Cancelled: nobody wants it any more.
    """
    try:
        with (
            tempfile.TemporaryDirectory(prefix="camviewer-", ignore_cleanup_errors=True) as folder,
            models_kept_in(Path(folder)),
        ):
            yield _imported(path, progress, output)
    except OSError as error:
        raise CamviewerError(
            f"{path.name} could not be opened: {reason_of(error)}.",
            "Check its permissions, and that the disk for temporary files has room.",
        ) from error


def _imported(path: Path, progress: Progress, output: str) -> PackInfo:
    allowed = path.is_file() and is_allowed(file_sha256(path))
    if path.suffix.lower() == SUFFIX:
        if output:
            raise CamviewerError(
                f"{path.name} says itself what its model puts out.", "Leave the output out."
            )
        return import_pack_file(path, allow_code=allowed, cancelled=progress.cancelled)
    return import_checkpoint(
        path,
        allow_code=allowed,
        plainest=True,
        output=output,
        report=progress.report,
        cancelled=progress.cancelled,
    )
