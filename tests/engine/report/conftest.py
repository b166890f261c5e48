"""Maps as a report gets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file

from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.look import Look
from camviewer.engine.report import ReportedMap
from camviewer.engine.results.messages import ExplainRequest, OptionValues
from camviewer.engine.session.session import Session


@pytest.fixture
def reported(session: Session) -> Callable[..., ReportedMap]:
    """Explains a picture: ``reported(image, method="cam", card=...) -> ReportedMap``."""

    def make(
        image: SourceImage, method: str = "cam", options: OptionValues = (), **more: object
    ) -> ReportedMap:
        explanation = session.explain(image, ExplainRequest(method=method, options=options))
        look = Look(signed=explanation.method.signed)
        return ReportedMap(image, explanation, session.info, session.verdict(image), look, **more)  # type: ignore[arg-type]

    return make


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A CT slice in a file that is named like its patient."""
    made = pydicom.dcmread(get_testdata_file("CT_small.dcm", download=False))
    made.PatientName, made.PatientID = "Miller^Zoe", "PID-4711"
    made.save_as(tmp_path / "Miller_Zoe.dcm")
    return tmp_path / "Miller_Zoe.dcm"
