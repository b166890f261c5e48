"""Unpacks pixels for pydicom by imagecodecs: JPEG of 12 bits, lossless JPEG, JPEG-LS.

JPEG of 12 bits is read by nothing else under a free licence. pydicom finds what a plugin needs in
``is_available`` and ``DECODER_DEPENDENCIES`` of its module.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pydicom import uid
from pydicom.pixels.decoders.base import get_decoder

if TYPE_CHECKING:
    from pydicom.pixels.decoders.base import DecodeRunner

_LABEL = "imagecodecs"
_NEEDED = ("imagecodecs>=2025.11.11",)
_JPEG = (uid.JPEGExtended12Bit, uid.JPEGLossless, uid.JPEGLosslessSV1)
_JPEG_LS = (uid.JPEGLSLossless, uid.JPEGLSNearLossless)
DECODER_DEPENDENCIES = dict.fromkeys((*_JPEG, *_JPEG_LS), _NEEDED)

_lock = threading.Lock()


def is_available(syntax: str) -> bool:
    """Whether imagecodecs is installed, and unpacks this transfer syntax."""
    return syntax in DECODER_DEPENDENCIES and find_spec(_LABEL) is not None


def add_to_pydicom(syntax: str) -> None:
    """Lets pydicom's decoder of a transfer syntax use imagecodecs after what it has itself."""
    if not is_available(syntax):
        return
    decoder = get_decoder(syntax)
    with _lock:  # pydicom's own list is of one thread, and the pictures of a run are read by many
        if _LABEL not in decoder.available_plugins:
            decoder.add_plugin(_LABEL, (__name__, "decode_frame"))


def decode_frame(packed: bytes, runner: DecodeRunner) -> bytes:
    """The samples of a frame, colours by pixel, as pydicom asks a plugin for them.

    Raises:
        NotImplementedError: JPEG of 12 bits with signs or colours, of which no file is known.
    """
    import imagecodecs  # noqa: PLC0415  (for compressed files alone)

    syntax = runner.transfer_syntax
    is_extended = syntax == uid.JPEGExtended12Bit
    if is_extended and (runner.samples_per_pixel != 1 or runner.pixel_representation):
        raise NotImplementedError("JPEG of 12 bits with signs or colours is not supported")
    if syntax in _JPEG_LS:
        samples = imagecodecs.jpegls_decode(packed)
    else:
        samples = imagecodecs.jpeg8_decode(packed)
    if samples.ndim == 3:
        runner.set_option("planar_configuration", 0)
    runner.set_option("bits_allocated", 8 * samples.dtype.itemsize)
    found: bytes = samples.tobytes()
    return found
