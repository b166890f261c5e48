"""Writes a map as DICOM: overlay, raw values that lie on the source picture, and verdict.

They belong to the source's study, so they carry its patient as the source does. highdicom writes
them (the extra ``camviewer[dicom]``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.file_kinds import DICOM, ImageError, picture_file
from camviewer.engine.picture.readers.dicom import silence_pydicom
from camviewer.engine.picture.readers.dicom_file import open_header
from camviewer.engine.picture.readers.dicom_geometry import PlaneGeometry, plane_geometry
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.files import drawn, write_beside
from camviewer.engine.render.look import Look
from camviewer.engine.results.messages import Explanation, ModelInfo, Verdict
from camviewer.version import __version__

if TYPE_CHECKING:
    from pydicom import Dataset

DICOM_KINDS = ("overlay", "map", "report")
"""Words in the names of the three files, before the suffix."""

Finish = Callable[[NDArray[np.uint8]], NDArray[np.uint8]]
"""Draws marks on an overlay, uint8 (H, W, 3)."""

_MAKER = "camviewer"
_LONG_STRING = 64
"""Maximum length of a DICOM long string (LO) and of a code's meaning, in characters."""

_UTF_8 = "ISO_IR 192"
_SCHEME = "99CAMVIEWER"
_SERIES = {"overlay": 9001, "map": 9002, "report": 9003}
"""Series numbers, far from those that scanners give."""

_PATIENT_AND_STUDY = (
    "PatientID",
    "PatientName",
    "PatientBirthDate",
    "PatientSex",
    "AccessionNumber",
    "StudyID",
    "StudyDate",
    "StudyTime",
    "ReferringPhysicianName",
)


@dataclass(frozen=True, eq=False)
class DicomObjects:
    """The DICOM objects of a map.

    Attributes:
        overlay: Secondary Capture: the picture for the eye with the map over it.
        map: Parametric Map with the raw values; None if the source has no place in space.
        report: structured report (TID 1500) with the verdict.
    """

    overlay: Dataset
    map: Dataset | None
    report: Dataset


def can_write_dicom(image: SourceImage) -> bool:
    """Whether a map of this picture can be saved as DICOM here: it needs highdicom."""
    return image.is_dicom and image.path is not None and find_spec("highdicom") is not None


def dicom_objects(
    image: SourceImage,
    explanation: Explanation,
    look: Look,
    model: ModelInfo,
    verdict: Verdict,
    *,
    top: int = 5,
    finished: Finish | None = None,
) -> DicomObjects:
    """Makes the three objects.

    Args:
        image: read from a DICOM file, which is read once more for patient, study and place.
        explanation: the map.
        look: how the overlay is drawn.
        model: which the report names.
        verdict: what the report says.
        top: number of classes in the report.
        finished: draws marks on the overlay; none without.

    Raises:
        CamviewerError: the picture is no DICOM file or has changed, or the extra is missing.
    """
    if find_spec("highdicom") is None:
        raise CamviewerError(
            "DICOM files cannot be written without highdicom.",
            "Install it: pip install 'camviewer[dicom]'.",
        )
    source = _source(image)
    place = plane_geometry(source, image.page)
    pixels = drawn(image, explanation, look)
    return DicomObjects(
        _overlay(source, place, explanation, pixels if finished is None else finished(pixels)),
        _map(source, place, explanation),
        _report(source, explanation, model, verdict, top),
    )


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


def _source(image: SourceImage) -> Dataset:
    """The attributes of the picture's file; those that objects must have are empty if missing."""
    file = None if image.path is None else picture_file(image.path)
    if file is None or file.kind is not DICOM:
        raise ImageError(
            f"{image.name} is no DICOM file, so its map belongs to no study.",
            "Save the map as PNG and NumPy array.",
        )
    if file.sha256 != image.sha256:
        raise ImageError(f"{image.name} has changed since it was opened.", "Open it again.")
    silence_pydicom()
    source = open_header(file)
    for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID"):
        if not source.get(name):
            raise ImageError(
                f"{image.name} does not say which study it belongs to.",
                "Save the map as PNG and NumPy array.",
            )
    for name in _PATIENT_AND_STUDY:
        if name not in source:
            setattr(source, name, None if name.endswith(("Date", "Time")) else "")
    return source


def _made(kind: str) -> dict[str, Any]:
    """What all objects say of themselves."""
    from highdicom import UID  # noqa: PLC0415  (an extra)

    return {
        "series_instance_uid": UID(),
        "series_number": _SERIES[kind],
        "sop_instance_uid": UID(),
        "instance_number": 1,
        "manufacturer": _MAKER,
        "specific_character_set": _UTF_8,
    }


def _overlay(
    source: Dataset,
    place: PlaneGeometry | None,
    explanation: Explanation,
    pixels: NDArray[np.uint8],
) -> Dataset:
    from highdicom.sc import SCImage  # noqa: PLC0415  (an extra)

    capture = SCImage.from_ref_dataset(
        source,
        np.ascontiguousarray(pixels),
        photometric_interpretation="RGB",
        bits_allocated=8,
        coordinate_system="PATIENT",
        pixel_spacing=None if place is None else cast(Any, place.spacing),
        patient_orientation=("L", "P"),  # replaced below: it may be unknown
        transfer_syntax_uid="1.2.840.10008.1.2.1",
        **_made("overlay"),
    )
    stated = source.get("PatientOrientation")
    capture.PatientOrientation = stated or ([] if place is None else place.letters)
    capture.SeriesDescription = _long(f"{explanation.method.title} overlay")
    capture.DerivationDescription = f"Drawn by camviewer {__version__}"
    return capture


def _map(source: Dataset, place: PlaneGeometry | None, explanation: Explanation) -> Dataset | None:
    """The raw values; each cell lies where it looks in the source picture."""
    if place is None:
        return None
    import highdicom  # noqa: PLC0415  (an extra)
    from highdicom.pm import ParametricMap, RealWorldValueMapping  # noqa: PLC0415
    from pydicom.sr.codedict import codes  # noqa: PLC0415

    heatmap = explanation.heatmap
    grid = heatmap.geometry
    lies = place.of_grid(grid.origin, grid.pitch)
    what = _long(f"{explanation.method.title} for {explanation.subject}")
    low, high = heatmap.low, heatmap.high
    return ParametricMap(
        [source],
        np.ascontiguousarray(heatmap.values, np.float32)[None],
        manufacturer_model_name=_MAKER,
        software_versions=__version__,
        device_serial_number="0",
        contains_recognizable_visual_features=False,
        real_world_value_mappings=[
            RealWorldValueMapping(
                lut_label="CAM",
                lut_explanation=what,
                unit=codes.UCUM.NoUnits,
                value_range=(low, high),
                slope=1.0,
                intercept=0.0,
            )
        ],
        voi_lut_transformations=[
            highdicom.VOILUTTransformation(
                window_center=(low + high) / 2, window_width=max(high - low, 1e-6)
            )
        ],
        content_description=what,
        content_label="CAM",
        pixel_measures=highdicom.PixelMeasuresSequence(lies.spacing, lies.thickness),
        plane_orientation=highdicom.PlaneOrientationSequence("PATIENT", lies.orientation),
        plane_positions=[highdicom.PlanePositionSequence("PATIENT", lies.position)],
        **_made("map"),
    )


def _report(
    source: Dataset, explanation: Explanation, model: ModelInfo, verdict: Verdict, top: int
) -> Dataset:
    from highdicom import sr  # noqa: PLC0415  (an extra)
    from pydicom.sr.codedict import codes  # noqa: PLC0415

    made = _made("report")
    what = _long(f"{explanation.method.title} for {explanation.subject}")
    program = sr.ObserverContext(
        observer_type=codes.DCM.Device,
        observer_identifying_attributes=sr.DeviceObserverIdentifyingAttributes(
            uid=made["series_instance_uid"], name=_MAKER, model_name=f"{_MAKER} {__version__}"
        ),
    )
    group = sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(
            uid=made["sop_instance_uid"], identifier="Verdict"
        ),
        algorithm_id=sr.AlgorithmIdentification(
            name=model.title,
            version=model.weights_sha256[:16] or "unknown",
            parameters=[f"{what}, layer {explanation.layer.name}"],
        ),
        measurements=[
            sr.Measurement(
                name=sr.CodedConcept(
                    f"CLASS{index}", _SCHEME, _long(f"Probability of {model.labels[index]}")
                ),
                value=round(float(verdict.probabilities[index]), 6),
                unit=codes.UCUM.NoUnits,
            )
            for index in verdict.top(top)
        ]
        or None,
        source_images=[sr.SourceImageForMeasurementGroup.from_source_image(source)],
    )
    content = sr.MeasurementReport(
        observation_context=sr.ObservationContext(observer_device_context=program),
        procedure_reported=sr.CodedConcept("IMGCLASS", _SCHEME, "Classification of an image"),
        imaging_measurements=[group],
        title=codes.DCM.ImagingMeasurementReport,
    )
    return sr.ComprehensiveSR(
        [source],
        content[0],
        **made,
    )


def _long(text: str) -> str:
    """A text as short as a long string (LO) must be, on one line."""
    plain = "".join(sign if sign.isprintable() and sign != "\\" else " " for sign in text)
    return plain[:_LONG_STRING]
