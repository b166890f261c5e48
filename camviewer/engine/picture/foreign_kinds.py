"""Recognises files that are no supported pictures, so that the error can say what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

FOREIGN_START = 512
"""Number of bytes at the start of a file that determine its kind."""

_RAW_SUFFIXES = {
    ".dng": "DNG",
    ".cr2": "Canon CR2",
    ".cr3": "Canon CR3",
    ".crw": "Canon CRW",
    ".nef": "Nikon NEF",
    ".nrw": "Nikon NRW",
    ".arw": "Sony ARW",
    ".sr2": "Sony SR2",
    ".srf": "Sony SRF",
    ".orf": "Olympus ORF",
    ".rw2": "Panasonic RW2",
    ".rwl": "Leica RWL",
    ".raf": "Fujifilm RAF",
    ".pef": "Pentax PEF",
    ".srw": "Samsung SRW",
    ".3fr": "Hasselblad 3FR",
    ".fff": "Hasselblad FFF",
    ".iiq": "Phase One IIQ",
    ".x3f": "Sigma X3F",
    ".mrw": "Minolta MRW",
    ".erf": "Epson ERF",
    ".dcr": "Kodak DCR",
    ".kdc": "Kodak KDC",
    ".mef": "Mamiya MEF",
    ".mos": "Leaf MOS",
    ".gpr": "GoPro GPR",
}
_RAW_STARTS = (
    (0, b"IIRO", "Olympus ORF"),
    (0, b"IIRS", "Olympus ORF"),
    (0, b"MMOR", "Olympus ORF"),
    (0, b"IIU\x00", "Panasonic RW2"),
    (0, b"FUJIFILMCCD-RAW", "Fujifilm RAF"),
    (0, b"FOVb", "Sigma X3F"),
    (0, b"\x00MRM", "Minolta MRW"),
    (4, b"ftypcrx ", "Canon CR3"),
    (6, b"HEAPCCDR", "Canon CRW"),
    (8, b"CR\x02", "Canon CR2"),
)

_AS_PNG = "Save it as PNG or TIFF in the program that it comes from."
_FRAME = "Save a frame of it as PNG in a video player."
_SLICE = "Export a slice of it as PNG or TIFF in a viewer for such files."
_STARTS = (
    (344, b"n+1\x00", "a NIfTI volume", _SLICE),
    (344, b"ni1\x00", "the header of a NIfTI volume", _SLICE),
    (4, b"n+2\x00", "a NIfTI volume", _SLICE),
    (0, b"NRRD0", "an NRRD volume", _SLICE),
    (0, b"8BPS", "a Photoshop file (PSD)", _AS_PNG),
    (0, b"gimp xcf", "a GIMP file (XCF)", _AS_PNG),
    (0, b"\xff\x0a", "a JPEG XL picture", _AS_PNG),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "a JPEG XL picture", _AS_PNG),
    (0, b"II\xbc\x01", "a JPEG XR picture", _AS_PNG),
    (0, b"\x76\x2f\x31\x01", "an OpenEXR picture", _AS_PNG),
    (0, b"#?RADIANCE", "a Radiance HDR picture", _AS_PNG),
    (0, b"#?RGBE", "a Radiance HDR picture", _AS_PNG),
    (0, b"DDS ", "a DDS texture", _AS_PNG),
    (0, b"qoif", "a QOI picture", _AS_PNG),
    (0, b"SIMPLE  =", "a FITS file", _AS_PNG),
    (0, b"\x89HDF\r\n\x1a\n", "an HDF5 file", _AS_PNG),
    (0, b"ZISRAWFILE", "a Zeiss CZI file", _AS_PNG),
    (0, b"\xda\xce\xbe\x0a", "a Nikon ND2 file", _AS_PNG),
    (0, b"%PDF", "a PDF document", "Save the picture in it as PNG."),
    (0, b"%!PS", "a PostScript drawing", _AS_PNG),
    (0, b"\x1a\x45\xdf\xa3", "a video (Matroska or WebM)", _FRAME),
    (0, b"\x00\x00\x01\xba", "a video (MPEG)", _FRAME),
    (0, b"\x00\x00\x01\xb3", "a video (MPEG)", _FRAME),
    (0, b"FLV\x01", "a video (FLV)", _FRAME),
    (0, b"0&\xb2u\x8ef\xcf\x11", "a video (Windows Media)", _FRAME),
    (0, b"OggS", "a video or sound (Ogg)", _FRAME),
    (8, b"AVI LIST", "a video (AVI)", _FRAME),
    (4, b"moov", "a video (QuickTime)", _FRAME),
    (4, b"mdat", "a video (QuickTime)", _FRAME),
    (4, b"wide", "a video (QuickTime)", _FRAME),
    (4, b"ftypqt  ", "a video (QuickTime)", _FRAME),
    (0, b"PK\x03\x04", "a ZIP archive or a document", "Unpack it, and choose a picture in it."),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it, and choose a picture in it."),
    (0, b"Rar!", "a RAR archive", "Unpack it, and choose a picture in it."),
)
_FILM_BRANDS = re.compile(rb"ftyp(isom|iso[2-9]|mp4|avc|M4V|m4v|MSNV|3g|dash|f4v|mmp4|XAVC|NDS)")
_ENVELOPE = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
"""Object identifier of enveloped data, with which files that are encrypted as a whole begin."""

_ENVELOPE_WITHIN = 32
_DRAWING = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml|<!--|<!DOCTYPE svg|<svg)")


@dataclass(frozen=True)
class Foreign:
    """A kind of file that cannot be opened.

    Attributes:
        words: noun with its article, for "... is WORDS, which cannot be opened."
        hint: what the user can do.
    """

    words: str
    hint: str


def raw_kind(start: bytes, name: str) -> str | None:
    """The kind of a camera raw file, by its bytes or, for equal ones, its name; else None."""
    for offset, mark, kind in _RAW_STARTS:
        if start[offset : offset + len(mark)] == mark:
            return kind
    if start[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return _RAW_SUFFIXES.get(PurePath(name).suffix.lower())
    return None


def camera_raw(kind: str = "") -> Foreign:
    """The description of a camera raw file, which must be developed before it is a picture."""
    named = f" ({kind})" if kind else ""
    return Foreign(
        f"a camera raw file{named}",
        "Develop it with a raw converter, such as the camera maker's, to TIFF, PNG or JPEG.",
    )


def foreign_kind(start: bytes, name: str) -> Foreign | None:
    """The kind of a file by its first `FOREIGN_START` bytes, ``start``; None when unknown."""
    raw = raw_kind(start, name)
    if raw is not None:
        return camera_raw(raw)
    for offset, mark, words, hint in _STARTS:
        if start[offset : offset + len(mark)] == mark:
            return Foreign(words, hint)
    if start[:2] == b"\x1f\x8b":
        return _packed(name.lower())
    if start[:1] == b"\x30" and _ENVELOPE in start[:_ENVELOPE_WITHIN]:
        return Foreign("an encrypted file (CMS)", "Decrypt it first.")
    if _FILM_BRANDS.match(start[4:20]):
        return Foreign("a video (MP4)", _FRAME)
    is_drawing = _DRAWING.match(start) and (b"<svg" in start or name.lower().endswith(".svg"))
    return Foreign("an SVG drawing", _AS_PNG) if is_drawing else None


def _packed(name: str) -> Foreign:
    """The kind of a gzip file, by its name in lower case."""
    if name.endswith(".nii.gz"):
        return Foreign("a NIfTI volume", _SLICE)
    if name.endswith(".svgz"):
        return Foreign("an SVG drawing", _AS_PNG)
    return Foreign("a packed file (gzip)", "Unpack it first.")
