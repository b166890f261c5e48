"""Chooses the reader of a picture file."""

from __future__ import annotations

from camviewer.engine.picture.file_kinds import DICOM, NPY, TIFF, PictureFile
from camviewer.engine.picture.readers.pillow_page import PillowPage
from camviewer.engine.picture.stored_values import DecodedValues


def read_page(file: PictureFile, page: int = 0) -> DecodedValues | PillowPage:
    """Reads one page of a file, or says which one Pillow is to read.

    Args:
        file: what to read.
        page: its number, from 0.

    Raises:
        ImageError: it cannot be read; the message says why.
    """
    # Each reader imports a library that only its files need.
    if file.kind is DICOM:
        from camviewer.engine.picture.readers import dicom  # noqa: PLC0415

        return dicom.read(file, page)
    if file.kind is NPY:
        from camviewer.engine.picture.readers import numpy_array  # noqa: PLC0415

        return numpy_array.read(file, page)
    if file.kind is TIFF:
        from camviewer.engine.picture.readers import tiff  # noqa: PLC0415

        return tiff.read(file, page)
    return PillowPage(page)
