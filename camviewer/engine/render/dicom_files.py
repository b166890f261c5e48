"""Writes a map's DICOM objects beside each other."""

from __future__ import annotations

from pathlib import Path

from camviewer.engine.render.dicom_objects import DicomObjects
from camviewer.engine.render.files import write_beside

DICOM_KINDS = ("overlay", "map", "report")
"""Words in the names of the three files, before the suffix."""


def dicom_paths(path: Path) -> tuple[Path, ...]:
    """The files of a map: ``scan.dcm`` gives ``scan.overlay.dcm`` and so on."""
    stem = path.name.removesuffix(".dcm")
    return tuple(path.with_name(f"{stem}.{kind}.dcm") for kind in DICOM_KINDS)


def free_dicom_path(path: Path) -> Path:
    """The path, with a number where one of its files is there already."""
    number, free = 1, path
    while any(target.exists() for target in dicom_paths(free)):
        number += 1
        free = path.with_name(f"{path.stem}-{number}.dcm")
    return free


def save_dicom(path: Path, objects: DicomObjects) -> tuple[Path, ...]:
    """Writes overlay, map (if there is one) and report; replaces files of these names.

    Args:
        path: gives folder and beginning of the names.
        objects: what is written.

    Returns:
        the files that were written.

    Raises:
        CamviewerError: one cannot be written.
    """
    written = []
    for target, one in zip(
        dicom_paths(path), (objects.overlay, objects.map, objects.report), strict=True
    ):
        if one is not None:
            write_beside(target, one.save_as)
            written.append(target)
    return tuple(written)
