"""DICOM files: values after rescale, windows, colours, frames, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom import Dataset, FileMetaDataset, uid
from pydicom.data import get_testdata_file
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder

from camviewer.engine.picture.readers.imagecodecs_plugin import add_to_pydicom
from camviewer.engine.picture.source_image import ImageError, find_pictures, read_image

SHIPPED = Path(pydicom.__file__).parent / "data" / "test_files"
PATIENT = "Testpatient^Secret"


def shipped(name: str) -> Path:
    return Path(get_testdata_file(name, download=False))


def dataset(array: np.ndarray, **attributes: object) -> Dataset:
    """A small CT with these stored values (H, W), (frames, H, W) or (H, W, 3)."""
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = uid.CTImageStorage
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = uid.generate_uid()
    made.PatientName, made.PatientID = PATIENT, "secret-42"
    made.Modality = "CT"
    colours = array.ndim == 3 and array.shape[2] == 3
    made.SamplesPerPixel = 3 if colours else 1
    made.PhotometricInterpretation = "RGB" if colours else "MONOCHROME2"
    if colours:
        made.PlanarConfiguration = 0
    elif array.ndim == 3:
        made.NumberOfFrames = len(array)
    made.Rows, made.Columns = array.shape[:2] if colours else array.shape[-2:]
    bits = 8 * array.dtype.itemsize
    made.BitsAllocated, made.BitsStored, made.HighBit = bits, bits, bits - 1
    made.PixelRepresentation = int(array.dtype.kind == "i")
    made.PixelData = array.tobytes() + b"\0" * (array.nbytes % 2)
    made["PixelData"].VR = "OB" if bits == 8 else "OW"
    for name, value in attributes.items():
        setattr(made, name, value)
    return made


def written(folder: Path, made: Dataset, name: str = "scan.dcm") -> Path:
    made.save_as(folder / name, enforce_file_format=True)
    return folder / name


STORED = np.random.default_rng(5).integers(0, 4096, (31, 44), np.uint16)


def test_a_ct_is_in_hounsfield_units() -> None:
    image = read_image(shipped("CT_small.dcm"))
    header = pydicom.dcmread(shipped("CT_small.dcm"))
    expected = header.pixel_array * float(header.RescaleSlope) + float(header.RescaleIntercept)
    assert (image.values.array[..., 0] == expected).all()
    assert (image.values.unit, image.values.colour) == ("HU", "grey")
    assert image.original_mode == "DICOM CT"


def test_slope_and_intercept_apply_to_values_padding_and_stated_range(tmp_path: Path) -> None:
    stored = STORED.astype(np.int16) - 1000
    stored[3:5, 6:9] = -2000
    made = dataset(stored, RescaleSlope=0.5, RescaleIntercept=-24, PixelPaddingValue=-2000)
    made.BitsStored, made.HighBit = 13, 12
    values = read_image(written(tmp_path, made)).values
    assert (values.array[..., 0] == stored * 0.5 - 24).all()
    assert values.no_data == -1024
    assert values.stated_range == (-4096 * 0.5 - 24, 4095 * 0.5 - 24)


def test_a_range_of_padding_is_one_value(tmp_path: Path) -> None:
    stored = STORED.copy()
    stored[0, :4] = [4096, 4097, 5000, 5001]
    made = dataset(stored, PixelPaddingValue=4096, PixelPaddingRangeLimit=5000)
    values = read_image(written(tmp_path, made)).values
    assert values.no_data == 4096
    assert values.array[0, :4, 0].tolist() == [4096, 4096, 4096, 5001]


def test_sixteen_of_sixteen_bits_state_no_range(tmp_path: Path) -> None:
    assert read_image(written(tmp_path, dataset(STORED))).values.stated_range is None
    made = dataset(STORED, BitsStored=12, HighBit=11)
    assert read_image(written(tmp_path, made)).values.stated_range == (0, 4095)


def test_monochrome1_is_shown_the_other_way_round(tmp_path: Path) -> None:
    two = read_image(written(tmp_path, dataset(STORED)))
    one = read_image(written(tmp_path, dataset(STORED, PhotometricInterpretation="MONOCHROME1")))
    assert (one.values.array == two.values.array).all()
    assert one.values.inverted
    assert np.abs(255 - one.pixels.astype(int) - two.pixels).max() <= 1


def test_windows_of_the_file_come_first(tmp_path: Path) -> None:
    made = dataset(
        STORED,
        RescaleIntercept=0,
        RescaleSlope=1,
        WindowCenter=[300, 50],
        WindowWidth=[2000, 250],
        WindowCenterWidthExplanation=["BONE", "MEDIASTINUM"],
    )
    windows = read_image(written(tmp_path, made)).values.windows
    assert windows == (("Bone", 300.0, 2000.0), ("Mediastinum", 50.0, 250.0))


def test_a_lookup_table_takes_the_place_of_slope_and_intercept(tmp_path: Path) -> None:
    table = Dataset()
    table.LUTDescriptor = [4096, 0, 16]
    table["LUTDescriptor"].VR = "US"
    curve = (np.arange(4096) ** 2 // 300).astype(np.uint16)
    table.LUTData = curve.tolist()
    table["LUTData"].VR = "US"
    table.ModalityLUTType = "OD"
    made = dataset(STORED, ModalityLUTSequence=[table])
    assert (read_image(written(tmp_path, made)).values.array[..., 0] == curve[STORED]).all()


def test_frames_are_pages(tmp_path: Path) -> None:
    frames = np.stack([STORED, STORED[::-1], STORED // 2])
    path = written(tmp_path, dataset(frames))
    image = read_image(path, page=1)
    assert (image.pages, image.page) == (3, 1)
    assert (image.values.array[..., 0] == frames[1]).all()
    with pytest.raises(ImageError, match="has 3 pages: there is no page 4"):
        read_image(path, page=3)


def test_frames_of_an_enhanced_file_have_scales_of_their_own(tmp_path: Path) -> None:
    def group(slope: float) -> Dataset:
        scale, made = Dataset(), Dataset()
        scale.RescaleSlope, scale.RescaleIntercept, scale.RescaleType = slope, -5, "US"
        made.PixelValueTransformationSequence = [scale]
        return made

    frames = np.stack([STORED, STORED])
    made = dataset(frames, PerFrameFunctionalGroupsSequence=[group(1.0), group(0.25)])
    values = read_image(written(tmp_path, made), page=1).values
    assert (values.array[..., 0] == STORED * 0.25 - 5).all()


@pytest.mark.parametrize(
    "name",
    [
        "SC_rgb_small_odd.dcm",
        "SC_rgb_rle.dcm",
        "SC_rgb_rle_16bit.dcm",
        "SC_ybr_full_422_uncompressed.dcm",
        "examples_ybr_color.dcm",
        "examples_rgb_color.dcm",
        "SC_rgb_jpeg_dcmtk.dcm",
    ],
)
def test_colours_are_those_of_pydicom(name: str) -> None:
    values = read_image(shipped(name)).values
    expected = pydicom.pixels.pixel_array(shipped(name), index=0)
    assert values.colour == "rgb"
    assert (values.array == expected).all()


def test_a_palette_gives_colours() -> None:
    values = read_image(shipped("examples_palette.dcm")).values
    header = pydicom.dcmread(shipped("examples_palette.dcm"))
    # Its colours of eight bits are stored in sixteen.
    expected = pydicom.pixels.apply_color_lut(header.pixel_array, header) >> 8
    assert (values.array == expected).all()


@pytest.mark.parametrize("name", ["MR_small_jp2klossless.dcm", "MR_small_RLE.dcm"])
def test_packed_pixels_are_those_before_packing(name: str) -> None:
    plain = read_image(shipped("MR_small.dcm")).values.array
    assert (read_image(shipped(name)).values.array == plain).all()


def test_a_folder_of_files_without_suffix_opens(tmp_path: Path) -> None:
    made = dataset(STORED)
    for name in ("IM2", "IM10", "1.2.840.113619.2.5.1", "DICOMDIR"):
        written(tmp_path, made, name)
    (tmp_path / "README").write_text("no picture" * 40)
    found = find_pictures([tmp_path])
    assert [path.name for path in found] == ["1.2.840.113619.2.5.1", "IM2", "IM10"]
    assert (read_image(found[1]).values.array[..., 0] == STORED).all()


def without(made: Dataset, *names: str) -> Dataset:
    for name in names:
        delattr(made, name)
    return made


def encrypted() -> Dataset:
    made = without(dataset(STORED), "PixelData", "Rows", "Columns")
    item = Dataset()
    item.EncryptedContentTransferSyntaxUID = uid.ExplicitVRLittleEndian
    item.EncryptedContent = b"\1" * 32
    made.EncryptedAttributesSequence = [item]
    return made


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (without(dataset(STORED), "PixelData"), "without a picture (CT Image Storage)"),
        (without(dataset(STORED), "Rows"), "without a picture (CT Image Storage)"),
        (dataset(STORED, PixelData=STORED.tobytes()[:-100]), "cut short or damaged"),
        (dataset(STORED, NumberOfFrames=5), "cut short or damaged"),
        (dataset(STORED, RescaleSlope=0, RescaleIntercept=1), "cut short or damaged"),
        (dataset(STORED, PhotometricInterpretation="ARGB"), "colours are of a kind"),
        (dataset(STORED, Rows=60000, Columns=60000), "has 3,600.0 megapixels"),
        (dataset(STORED, PixelPaddingValue=0, PixelPaddingRangeLimit=65535), "has no data"),
        (encrypted(), "is an encrypted DICOM file"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(
    tmp_path: Path, made: Dataset, words: str
) -> None:
    with pytest.raises(ImageError) as failure:
        read_image(written(tmp_path, made))
    assert failure.value.message.startswith("scan.dcm")
    assert words in failure.value.message
    assert "secret" not in str(failure.value).lower()
    assert failure.value.__cause__ is None  # nothing of the file gets into the log


def test_a_file_that_is_encrypted_as_a_whole_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "scan.dcm"
    path.write_bytes(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + bytes(600))
    with pytest.raises(ImageError, match="is an encrypted file"):
        read_image(path)


def test_a_deflated_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch) -> None:
    made = dataset(np.zeros((2000, 2000), np.uint16))
    made.file_meta.TransferSyntaxUID = uid.DeflatedExplicitVRLittleEndian
    path = written(tmp_path, made)
    assert path.stat().st_size < 20000
    assert (read_image(path).values.array == 0).all()
    monkeypatch.setattr("camviewer.engine.picture.readers.dicom_file.BYTE_LIMIT", 2**20)
    with pytest.raises(ImageError, match="unpacks to more than"):
        read_image(path)


REFUSED = {
    "is a DICOM file without a picture": (
        "DICOMDIR*, *plan*.dcm, rtstruct.dcm, reportsi*.dcm, test-SR.dcm, waveform_ecg.dcm, "
        "ExplVR_*NoMeta.dcm, IM0000??, UN_sequence.dcm, *priv_SQ.dcm, meta_missing_tsyntax.dcm, "
        "no_meta_group_length.dcm, empty_charset_LEI.dcm, chr*.dcm"
    ),
    "is a DICOM file that is cut short or damaged": (
        "MR_truncated.dcm, badVR.dcm, JPEG2000-embedded-sequence-delimiter.dcm"
    ),
    "is not a picture that can be opened": "README*, *.icc, *.dump, *.txt, *.json, no_meta.dcm",
    "is a packed file (gzip), which cannot be opened": "zipMR.gz",
}
"""What is said of pydicom's own files that are no picture, or that nothing here unpacks."""


def words_of_refusal(path: Path) -> str:
    for words, names in REFUSED.items():
        if any(path.match(name) for name in names.split(", ")):
            return words
    return ""


def test_each_file_of_pydicom_opens_or_is_refused_by_its_name() -> None:
    for name in ("gdcm", "openjpeg", "jpeg_ls", "imagecodecs"):
        pytest.importorskip(name)
    files = sorted(path for path in SHIPPED.rglob("*") if path.is_file())
    refused = [path for path in files if words_of_refusal(path)]
    for path in refused:
        with pytest.raises(ImageError) as failure:
            read_image(path)
        assert failure.value.message.startswith(path.name), path
        assert words_of_refusal(path) in failure.value.message, path
    for path in set(files) - set(refused):
        header = pydicom.dcmread(path)
        assert read_image(path).size == (header.Rows, header.Columns), path
    assert len(files) - len(refused) > 80


def packed(array: np.ndarray, syntax: str, codestream: bytes, **attributes: object) -> Dataset:
    """A file whose only frame is packed."""
    made = dataset(array, **attributes)
    made.file_meta.TransferSyntaxUID = syntax
    made.PixelData = encapsulate([codestream])
    made["PixelData"].VR = "OB"
    return made


def test_jpeg_of_twelve_bits_keeps_them_but_for_its_loss(tmp_path: Path) -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    rows, columns = np.mgrid[:64, :80]
    smooth = (2000 + 1900 * np.sin(rows / 20) * np.cos(columns / 25)).astype(np.uint16)
    codestream = imagecodecs.jpeg8_encode(smooth, level=100, bitspersample=12)
    made = packed(smooth, uid.JPEGExtended12Bit, codestream, BitsStored=12, HighBit=11)
    values = read_image(written(tmp_path, made)).values
    assert values.stated_range == (0, 4095)
    assert np.abs(values.array[..., 0].astype(int) - smooth).max() <= 4
    assert smooth.max() > 3800
    made.PixelRepresentation = 1
    with pytest.raises(ImageError, match=r"packed as JPEG Extended.*which cannot be read"):
        read_image(written(tmp_path, made))


def test_imagecodecs_unpacks_what_other_codecs_unpack() -> None:
    pytest.importorskip("imagecodecs")
    names = ("SC_rgb_jpeg_gdcm.dcm", "MR_small_jpeg_ls_lossless.dcm")
    names += ("JPEGLSNearLossless_08.dcm", "SC_rgb_jls_lossy_line.dcm")
    for name in names:
        found = pydicom.dcmread(shipped(name))
        syntax = found.file_meta.TransferSyntaxUID
        add_to_pydicom(syntax)
        decoder = get_decoder(syntax)
        others = [label for label in decoder.available_plugins if label != "imagecodecs"]
        expected, _ = decoder.as_array(found, decoding_plugin=others[0])
        array, _ = decoder.as_array(found, decoding_plugin="imagecodecs")
        assert (array.dtype, array.tolist()) == (expected.dtype, expected.tolist()), name


READ_ALL = """
import logging, sys
import subprocess
import sys
from pathlib import Path
from camviewer.engine.support import logs
logs.log_file = lambda: Path(sys.argv[2])
logs.start_log()
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import read_image
for path in sorted(Path(sys.argv[1]).rglob("*.dcm")):
    try:
        image = read_image(path)
        print(path.name, image.notes, image.original_mode, image.page_names, image.values.windows)
    except CamviewerError as error:
        logging.getLogger("camviewer").error("could not be opened", exc_info=error)
"""


def test_no_name_of_a_patient_is_said_or_logged_and_no_socket_is_opened(tmp_path: Path) -> None:
    log = tmp_path / "camviewer.log"
    command = [sys.executable, "-c", READ_ALL, str(SHIPPED.parent), str(log)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    said = ran.stdout + log.read_text()
    texts = set()
    for path in SHIPPED.parent.rglob("*.dcm"):
        header = pydicom.dcmread(path, force=True, stop_before_pixels=True)
        for name in ("PatientName", "PatientID", "InstitutionName", "ReferringPhysicianName"):
            text = str(header.get(name, "")).strip()
            texts |= {text} if len(text) > 4 and not text.isdecimal() else set()
    assert len(texts) > 15
    assert "could not be opened" in said
    assert not [text for text in texts if text in said.replace("camviewer", "")]


@pytest.mark.parametrize("name", ["MR_small_jp2klossless.dcm", "SC_rgb_jpeg_gdcm.dcm"])
def test_a_frame_that_says_another_size_than_its_file_is_not_unpacked(
    tmp_path: Path, name: str
) -> None:
    made = pydicom.dcmread(shipped(name))
    made.Rows, made.Columns = 8, 8
    with pytest.raises(ImageError, match="cut short or damaged"):
        read_image(written(tmp_path, made))
