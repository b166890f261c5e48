"""Programs that can run any code are opened only when the user of this machine allows it."""

from __future__ import annotations

import logging
import re

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.support.folders import data_folder

_log = logging.getLogger(__name__)

_LISTED = re.compile(r"[0-9a-f]{64}")


class ConsentNeeded(CamviewerError):  # noqa: N818  (not an error: a question)
    """A file can run any code; its user must say that it may.

    Attributes:
        file: its name.
    """

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is a TorchScript program, which can run any code with your rights when it is "
            "opened.",
            "Import it only if you trust where it comes from (--allow-code).",
        )
        self.file = file


def allow(weights_sha256: str) -> None:
    """Remembers that this program may be opened on this machine.

    Raises:
        CamviewerError: that cannot be written down.
    """
    if is_allowed(weights_sha256):
        return
    path = data_folder() / "allowed-programs.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(f"{weights_sha256}\n")
    except OSError as error:
        raise CamviewerError(
            f"{path} could not be written: {reason_of(error)}.",
            "Check the folder's permissions.",
        ) from error


def is_allowed(weights_sha256: str) -> bool:
    """Whether the user has allowed this program on this machine.

    Packs are folders that travel: one that was copied here by hand was never asked about.
    """
    path = data_folder() / "allowed-programs.txt"
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    except OSError as error:
        _log.warning("%s cannot be read: %s", path, error)
        return False
    return weights_sha256 in {line for line in lines if _LISTED.fullmatch(line)}
