"""imagecodecs: the codecs of TIFF and DICOM, which it imports by name; the licences of all.

Codecs of other files stay out, three quarters of its 82 MB. None of its libraries is under the GPL.
"""

from PyInstaller.utils.hooks import collect_data_files

_CODECS = (
    "deflate",
    "imcd",  # LZW, PackBits, predictors
    "jpeg2k",
    "jpeg8",  # also of 12 bits and lossless
    "jpegls",
    "lerc",
    "lzma",
    "png",
    "shared",
    "shared_cython",
    "webp",
    "zlib",
    "zstd",
)

hiddenimports = [f"imagecodecs._{name}" for name in _CODECS]
datas = collect_data_files("imagecodecs", includes=["licenses/*"])
