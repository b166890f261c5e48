"""Writes what the self-test compares with: maps of the samples, and a picture in every format.

Run it after a change that is meant to change maps, and look at what changed:

    python scripts/make_selftest_reference.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import torch  # noqa: TID253  (nobody waits for a window here)
from numpy.typing import NDArray
from PIL import Image
from pydicom import Dataset, FileMetaDataset, uid

from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.selftest.pictures import FORMATS, gradient
from camviewer.engine.selftest.programs import EXPORTED, write_exported
from camviewer.engine.selftest.reference import FILE
from camviewer.engine.session.session import Session

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SAMPLES = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png")
UIDS = tuple(f"2.25.240177212213310853716049231877.{number}" for number in (1, 2, 3))
METHODS = ("cam", "grad-cam", "grad-cam++", "layercam")


def main() -> None:
    """Writes all of it."""
    folder = RESOURCES / "selftest"
    folder.mkdir(exist_ok=True)
    session = Session.embedded(device=torch.device("cpu"))
    samples = {name: row(session, name) for name in SAMPLES}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in samples.items())
    model = json.dumps(session.info.weights_sha256)
    text = f'{{\n "model": {model},\n "samples": {{\n{lines}\n }}\n}}\n'
    (folder / FILE).write_text(text, encoding="utf-8")
    write_exported(folder / EXPORTED)
    pillow_heif.register_heif_opener()
    picture = Image.fromarray(gradient())
    np.save(folder / "gradient.npy", gradient())
    dicom(gradient()).save_as(folder / "gradient.dcm", enforce_file_format=True)
    for suffix, _ in FORMATS.values():
        if suffix not in ("npy", "dcm"):
            lossy = {} if suffix in ("png", "bmp", "gif", "tif", "ppm") else {"quality": 95}
            picture.save(folder / f"gradient.{suffix}", **lossy)


def dicom(pixels: NDArray[np.uint8]) -> Dataset:
    """A Secondary Capture of nobody."""
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
    made.SOPClassUID = uid.SecondaryCaptureImageStorage
    made.SOPInstanceUID, made.StudyInstanceUID, made.SeriesInstanceUID = UIDS
    made.Modality, made.PhotometricInterpretation = "OT", "RGB"
    made.SamplesPerPixel, made.PlanarConfiguration, made.PixelRepresentation = 3, 0, 0
    made.Rows, made.Columns = pixels.shape[:2]
    made.BitsAllocated = made.BitsStored = 8
    made.HighBit = 7
    made.PixelData = pixels.tobytes()
    made["PixelData"].VR = "OB"
    return made


def row(session: Session, name: str) -> dict[str, Any]:
    """Class, probability and maps of one sample."""
    image = read_image(RESOURCES / "samples" / name)
    verdict = session.verdict(image)
    best = verdict.top(1)[0]
    return {
        "class": session.info.labels[best],
        "probability": round(float(verdict.probabilities[best]), 5),
        "maps": {method: values(session, image, method) for method in METHODS},
    }


def values(session: Session, image: Any, method: str) -> list[list[float]]:
    """The raw map with five digits."""
    heatmap = session.explain(image, ExplainRequest(method=method)).heatmap
    return [[float(f"{value:.5g}") for value in line] for line in heatmap.values.tolist()]


if __name__ == "__main__":
    main()
