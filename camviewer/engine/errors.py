"""What goes wrong in a way that a user can understand and mend."""

import errno

_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}


class CamviewerError(Exception):
    """Base of every failure that a user can cause or meet.

    Attributes:
        message: one sentence that names the thing that failed, and why.
        hint: what to do about it; empty when there is nothing to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Cancelled(Exception):  # noqa: N818  (not an error: the user changed their mind)
    """Raised by the engine when its work was told to stop."""


def is_full(error: OSError) -> bool:
    """Whether the disk, or the user's share of it, has no room for a file."""
    return error.errno in _NO_ROOM


def reason_of(error: OSError) -> str:
    """What the system says of a file, for the end of a sentence."""
    return error.strerror or type(error).__name__
