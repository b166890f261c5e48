"""Locates icons, samples and tables in a source tree, a wheel or a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

from camviewer.engine.errors import CamviewerError


def resource(*parts: str) -> Path:
    """The path of a file or folder below ``resources``.

    Raises:
        CamviewerError: it is not there, so the installation is damaged.
    """
    for root in _roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise CamviewerError(
        f"The program's file {'/'.join(parts)} is missing.", "Install camviewer again."
    )


def _roots() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parents[2]
    frozen = getattr(sys, "_MEIPASS", None)
    bundled = () if frozen is None else (Path(frozen) / "resources",)
    return (*bundled, package / "resources", package.parent / "resources")
