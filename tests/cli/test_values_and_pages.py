"""``camviewer explain`` of files that hold more than colours: values, bands, pages, DICOM."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

Command = Callable[..., Any]


def test_the_values_and_the_bands_that_are_fed_can_be_said(
    command: Command, tmp_path: Path
) -> None:
    values = np.random.default_rng(0).integers(0, 4000, (64, 64), dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / "scan.png")
    done = command("explain", tmp_path / "scan.png", "--no-files", "-k", 1)
    assert "The model is fed the values 0 to 4,095 as 0 to 1: 12 bits" in done.out
    done = command(
        "explain", tmp_path / "scan.png", "--no-files", "--values", "0,65535", "--bands", "1,1,1"
    )
    assert "fed the values 0 to 65,535 as 0 to 1" in done.out
    assert "the bands 1, 1, 1" in done.out
    done = command("explain", tmp_path / "scan.png", "--no-files", "--bands", "1,2,3")
    assert done.code == 2
    assert "scan.png has 1 band, and band 2 is to be fed to the model." in done.err
    done = command("explain", tmp_path / "scan.png", "--no-files", "--values", "much")
    assert done.code == 2
    assert "'much' says no range of values." in done.err


def test_a_page_is_explained_by_its_number(command: Command, tmp_path: Path) -> None:
    pages = [Image.new("RGB", (60, 40), (50 * number,) * 3) for number in (1, 2, 3)]
    pages[0].save(tmp_path / "stack.tif", save_all=True, append_images=pages[1:])
    done = command("explain", tmp_path / "stack.tif", "--page", 3, "-o", tmp_path / "out")
    assert done.code == 0
    assert "Page 3 of 3." in done.out
    (sidecar,) = (tmp_path / "out").glob("stack.page-3.*.json")
    picture = json.loads(sidecar.read_text())["picture"]
    assert (picture["page"], picture["pages"]) == (3, 3)
    failed = command("explain", tmp_path / "stack.tif", "--page", 4, "--no-files")
    assert failed.code == 2
    assert failed.err.startswith("stack.tif has 3 pages: there is no page 4.")


def test_of_a_dicom_picture_nothing_is_written_that_names_the_patient_unless_asked(
    command: Command, tmp_path: Path
) -> None:
    pydicom = pytest.importorskip("pydicom")
    pytest.importorskip("highdicom")
    made = pydicom.dcmread(pydicom.data.get_testdata_file("CT_small.dcm", download=False))
    made.PatientName, made.PatientID = "Testpatient^Secret", "number-4711"
    made.save_as(tmp_path / "slice.dcm")
    done = command("explain", tmp_path / "slice.dcm", "-o", tmp_path / "out")
    assert done.code == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [file.suffix for file in files] == [".json", ".npy", ".png"]
    said = (done.out + done.err).encode() + b"".join(file.read_bytes() for file in files)
    assert b"Secret" not in said
    assert b"4711" not in said
    asked = command("explain", tmp_path / "slice.dcm", "-o", tmp_path / "out2", "--dicom")
    assert asked.code == 0
    assert "As DICOM, with the patient's data:" in asked.out
    assert len(list((tmp_path / "out2").glob("*.dcm"))) == 3
