"""Maps as DICOM: read back by pydicom and highdicom, they lie on the picture they are of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.render.dicom_files import DICOM_KINDS, DicomObjects, dicom_objects, save_dicom
from camviewer.engine.render.files import drawn
from camviewer.engine.render.look import Look
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.results.targets import AgainstClass
from camviewer.engine.session.session import Session

highdicom = pytest.importorskip("highdicom")

LOOK = Look()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A CT slice that lies obliquely, of a patient whose name needs Unicode."""
    made = pydicom.dcmread(get_testdata_file("CT_small.dcm", download=False))
    made.SpecificCharacterSet = "ISO_IR 192"
    made.PatientName = "Müller^Zoë"
    made.ImagePositionPatient = [-100.5, 20.25, 33]
    made.ImageOrientationPatient = [0.8, 0.6, 0, 0, 0, -1]
    made.PixelSpacing = [0.7, 0.5]
    made.save_as(tmp_path / "scan.dcm")
    return tmp_path / "scan.dcm"


def explained(session: Session, image: SourceImage) -> tuple[Explanation, DicomObjects]:
    explanation = session.explain(image, ExplainRequest())
    verdict = session.verdict(image)
    return explanation, dicom_objects(image, explanation, LOOK, session.info, verdict)


def test_the_map_lies_where_its_cells_look(scan: Path, session: Session, tmp_path: Path) -> None:
    explanation, made = explained(session, read_image(scan))
    assert made.map is not None
    made.map.save_as(tmp_path / "map.dcm")
    read = highdicom.imread(tmp_path / "map.dcm")
    plain = pydicom.dcmread(tmp_path / "map.dcm")
    values = explanation.heatmap.values
    assert (plain.pixel_array == values).all()
    assert np.allclose(read.get_frames(apply_real_world_transform=True)[0], values)
    source = pydicom.dcmread(scan)
    to_source = highdicom.spatial.ImageToReferenceTransformer.for_image(source)
    to_map = highdicom.spatial.PixelToReferenceTransformer.for_image(plain, frame_number=1)
    for row, column in ((0, 0), (3, 5), (6, 6)):
        x, y = explanation.heatmap.geometry.centre(row, column)
        there = to_source(np.array([[x, y]]))
        assert np.abs(to_map(np.array([[column, row]])) - there).max() < 1e-3  # mm


def test_the_objects_belong_to_the_patient_and_study_of_the_source(
    scan: Path, session: Session
) -> None:
    _, made = explained(session, read_image(scan))
    source = pydicom.dcmread(scan)
    for one in (made.overlay, made.map, made.report):
        assert one is not None
        assert str(one.PatientName) == "Müller^Zoë"
        assert one.PatientID == source.PatientID
        assert one.StudyInstanceUID == source.StudyInstanceUID
        assert one.SeriesInstanceUID != source.SeriesInstanceUID
    assert made.map is not None
    assert made.map.FrameOfReferenceUID == source.FrameOfReferenceUID


def test_the_overlay_is_what_is_saved_as_png(scan: Path, session: Session, tmp_path: Path) -> None:
    image = read_image(scan)
    explanation, made = explained(session, image)
    made.overlay.save_as(tmp_path / "overlay.dcm")
    read = pydicom.dcmread(tmp_path / "overlay.dcm")
    assert (read.pixel_array == drawn(image, explanation, LOOK)).all()
    assert read.SOPClassUID == pydicom.uid.SecondaryCaptureImageStorage
    assert list(read.PatientOrientation) == ["LP", "F"]
    assert (read_image(tmp_path / "overlay.dcm").pixels == read.pixel_array).all()


def test_the_report_has_the_verdict(scan: Path, session: Session, tmp_path: Path) -> None:
    image = read_image(scan)
    _, made = explained(session, image)
    made.report.save_as(tmp_path / "report.dcm")
    verdict = session.verdict(image)
    read = highdicom.sr.srread(tmp_path / "report.dcm")
    (group,) = read.content.get_image_measurement_groups()
    found = {m.name.value: (m.name.meaning, m.value) for m in group.get_measurements()}
    assert len(found) == 5
    for index in verdict.top(5):
        meaning, value = found[f"CLASS{index}"]
        assert session.info.labels[index] in meaning
        assert value == pytest.approx(float(verdict.probabilities[index]), abs=1e-6)
    assert group.source_images[0].referenced_sop_instance_uid == (
        pydicom.dcmread(scan).SOPInstanceUID
    )


def test_files_are_written_side_by_side(scan: Path, session: Session, tmp_path: Path) -> None:
    _, made = explained(session, read_image(scan))
    written = save_dicom(tmp_path / "out" / "scan.cat.cam.dcm", made)
    assert [path.name for path in written] == [f"scan.cat.cam.{kind}.dcm" for kind in DICOM_KINDS]
    for path in written:
        assert pydicom.dcmread(path).Manufacturer == "camviewer"


def test_a_picture_without_a_place_in_space_has_no_parametric_map(
    scan: Path, session: Session
) -> None:
    source = pydicom.dcmread(scan)
    del source.ImagePositionPatient
    source.save_as(scan)
    _, made = explained(session, read_image(scan))
    assert made.map is None


def test_a_picture_that_is_no_dicom_file_is_refused(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    with pytest.raises(CamviewerError, match="is no DICOM file"):
        explained(session, photographs["chelsea"])


def test_a_file_that_has_changed_is_refused(scan: Path, session: Session) -> None:
    image = read_image(scan)
    source = pydicom.dcmread(scan)
    source.PatientName = "Other"
    source.save_as(scan)
    with pytest.raises(CamviewerError, match="has changed since it was opened"):
        explained(session, image)


def test_a_map_against_a_class_says_so(scan: Path, session: Session) -> None:
    image = read_image(scan)
    explanation = session.explain(image, ExplainRequest(target=AgainstClass()))
    made = dicom_objects(image, explanation, LOOK, session.info, session.verdict(image))
    assert made.map is not None
    assert explanation.subject != explanation.class_name
    assert explanation.subject.startswith(str(made.map.ContentDescription).split(" for ", 1)[1])
