"""Opens DICOM files within limits, and says in a sentence why one cannot be opened."""

from __future__ import annotations

import zlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.picture.file_kinds import ImageError, PictureFile
from camviewer.engine.picture.readers.checks import BYTE_LIMIT
from camviewer.engine.picture.readers.codestreams import packed_size
from camviewer.engine.picture.readers.deflated import RAW, unpacked_size

if TYPE_CHECKING:
    from pydicom import Dataset

_PREAMBLE = 128
_GROUP_LENGTH_END = _PREAMBLE + 4 + 12
_DEFLATED = b"1.2.840.10008.1.2.1.99"
_META_START = 4096
_PIXEL_DATA = b"\xe0\x7f\x10\x00"
_PIXELS_HEADER = 12
"""Bytes of the tag, type and length before packed pixels, which are always explicit."""
_AS_PNG = "Save it uncompressed in the program that it comes from."


def open_header(file: PictureFile) -> Dataset:
    """Reads all attributes before the pixels.

    Raises:
        ImageError: it is no DICOM file, or is damaged.
    """
    from pydicom import dcmread  # noqa: PLC0415  (for DICOM files alone)

    _check_deflated(file)
    try:
        with file.stream() as stream:
            return dcmread(stream, force=True, stop_before_pixels=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (damaged files make the reader raise anything)
        raise damaged(file.name) from None


def pixel_array_of(file: PictureFile, header: Dataset, frame: int) -> NDArray[Any]:
    """The stored values of a frame: (rows, columns) or (rows, columns, samples).

    YBR colours are converted to RGB. A large file's other frames are not read.

    Raises:
        ImageError: there are no pixels, too few, or they are packed by a codec that is not there.
    """
    from pydicom import dcmread  # noqa: PLC0415  (for DICOM files alone)
    from pydicom.encaps import get_frame  # noqa: PLC0415
    from pydicom.pixels.decoders.base import get_decoder  # noqa: PLC0415
    from pydicom.pixels.utils import pixel_array  # noqa: PLC0415

    from camviewer.engine.picture.readers.imagecodecs_plugin import add_to_pydicom  # noqa: PLC0415

    syntax = transfer_syntax(header)
    try:
        add_to_pydicom(syntax)
        decoder = get_decoder(syntax)
    except NotImplementedError:
        raise ImageError(
            f"{file.name} is a DICOM file whose pixels are packed in a way that cannot be read.",
            _AS_PNG,
        ) from None
    if not decoder.is_available:
        raise missing_codec(file.name)
    try:
        with file.stream() as stream:
            if decoder.UID.is_encapsulated:
                found = _unpacked(file.name, cast(BinaryIO, stream), header, frame)
                if found is not None:
                    return found
            elif file.data is None:
                found = pixel_array(cast(BinaryIO, stream), index=frame, transfer_syntax_uid=syntax)
                return np.asarray(found)
            whole = dcmread(stream, force=True)
        if not any(
            name in whole for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
        ):
            raise without_pixels(file.name, header)
        if decoder.UID.is_encapsulated:
            count = int(whole.get("NumberOfFrames", 1) or 1)
            packed = get_frame(whole.PixelData, frame, number_of_frames=count)
            _check_packed_size(file.name, header, packed)
        return decoder.as_array(whole, index=frame)[0]
    except (ImageError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  (damaged files make decoders raise anything)
        raise _undecoded(file.name, syntax, error) from None


def _unpacked(name: str, stream: BinaryIO, header: Dataset, frame: int) -> NDArray[Any] | None:
    """A frame of packed pixels, whose file is not read as a whole.

    Returns:
        None where the file has to be: its attributes are written otherwise than it says.

    Raises:
        ImageError: there are no pixels, or they contradict the attributes.
    """
    from pydicom.pixels.utils import pixel_array  # noqa: PLC0415  (for DICOM files alone)

    try:
        packed = _packed_frame(stream, frame)
        _check_packed_size(name, header, packed)
        found = pixel_array(stream, index=frame, transfer_syntax_uid=transfer_syntax(header))
    except (ImageError, MemoryError):
        raise
    except Exception:  # noqa: BLE001  (what is wrong is said by who reads the whole)
        stream.seek(0)
        return None
    return np.asarray(found)


def _packed_frame(stream: BinaryIO, frame: int) -> bytes:
    """The bytes of one frame of packed pixels; the others are passed over.

    Raises:
        ValueError: there are no such pixels.
    """
    from pydicom import dcmread  # noqa: PLC0415  (for DICOM files alone)
    from pydicom.encaps import get_frame  # noqa: PLC0415

    stream.seek(0)
    before = dcmread(stream, force=True, stop_before_pixels=True)
    element = stream.read(_PIXELS_HEADER)
    if not element.startswith(_PIXEL_DATA):
        raise ValueError("no packed pixels behind the attributes")
    count = int(before.get("NumberOfFrames", 1) or 1)
    offsets = None
    if "ExtendedOffsetTable" in before and "ExtendedOffsetTableLengths" in before:
        offsets = before.ExtendedOffsetTable, before.ExtendedOffsetTableLengths
    packed = get_frame(stream, frame, number_of_frames=count, extended_offsets=offsets)
    stream.seek(0)
    return packed


def _check_packed_size(name: str, header: Dataset, packed: bytes) -> None:
    """Refuses a frame whose own header has another size than the file says, before it is unpacked.

    Raises:
        ImageError: it has.
    """
    size = packed_size(packed)
    if size is not None and size != (int(header.Columns), int(header.Rows)):
        raise damaged(name)


def transfer_syntax(header: Dataset) -> str:
    """The file's transfer syntax; what its encoding shows where the file does not say it."""
    from pydicom import uid  # noqa: PLC0415  (for DICOM files alone)

    stated = getattr(header, "file_meta", {}).get("TransferSyntaxUID")
    if stated:
        return str(stated)
    is_implicit, is_little = header.original_encoding
    if is_implicit:
        return str(uid.ImplicitVRLittleEndian)
    return str(uid.ExplicitVRLittleEndian if is_little else uid.ExplicitVRBigEndian)


def damaged(name: str) -> ImageError:
    """The error for a file whose pixels or attributes contradict each other, or end early."""
    return ImageError(
        f"{name} is a DICOM file that is cut short or damaged.", "Get another copy of the file."
    )


def missing_codec(name: str) -> ImageError:
    """The error for pixels that need a codec which is not installed."""
    return ImageError(
        f"{name} is a DICOM file that is packed by a codec that is not installed.",
        "Install it: pip install 'camviewer[dicom,imagecodecs]'.",
    )


def without_pixels(name: str, header: Dataset) -> ImageError:
    """The error for a DICOM file that is no picture; it names the standard object type."""
    if "EncryptedAttributesSequence" in header:
        return ImageError(f"{name} is an encrypted DICOM file.", "Decrypt it first.")
    kind = header.get("SOPClassUID") or getattr(header, "file_meta", {}).get(
        "MediaStorageSOPClassUID"
    )
    # The name of an unknown type would be the number itself.
    known = getattr(kind, "name", "") if kind is not None else ""
    words = f" ({known})" if known and not known[0].isdigit() else ""
    return ImageError(f"{name} is a DICOM file without a picture{words}.", "Choose another file.")


def _undecoded(name: str, syntax: str, error: Exception) -> ImageError:
    text = str(error).lower()
    if "missing dependencies" in text:
        return missing_codec(name)
    if "not support" in text:
        from pydicom.uid import UID, JPEGExtended12Bit  # noqa: PLC0415  (for DICOM files alone)

        if syntax == JPEGExtended12Bit and find_spec("imagecodecs") is None:
            return missing_codec(name)
        return ImageError(
            f"{name} is a DICOM file that is packed as {UID(syntax).name}, which cannot be read.",
            _AS_PNG,
        )
    return damaged(name)


def _check_deflated(file: PictureFile) -> None:
    """Refuses a deflated file that unpacks to more than fits, before it is unpacked.

    Raises:
        ImageError: it does.
    """
    with file.stream() as stream:
        start = stream.read(_META_START)
        if _DEFLATED not in start[_GROUP_LENGTH_END - 12 :] or start[_PREAMBLE:132] != b"DICM":
            return
        length = int.from_bytes(start[_GROUP_LENGTH_END - 4 : _GROUP_LENGTH_END], "little")
        stream.seek(_GROUP_LENGTH_END + length)
        try:
            size = unpacked_size(stream, BYTE_LIMIT, RAW)
        except zlib.error:
            raise damaged(file.name) from None
    if size > BYTE_LIMIT:
        raise ImageError(f"{file.name} unpacks to more than {BYTE_LIMIT / 1e9:g} GB.", _AS_PNG)
