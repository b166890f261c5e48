"""``camviewer explain --objects``: the three numbers, in words, in JSON and in the sidecar."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome

Command = Callable[..., Outcome]

VOC = (
    "<annotation><object><name>{label}</name><bndbox><xmin>121</xmin><ymin>21</ymin>"
    "<xmax>330</xmax><ymax>260</ymax></bndbox></object></annotation>"
)


def test_the_numbers_are_printed_and_kept_in_the_sidecar(
    command: Command, photographs: Path, tmp_path: Path
) -> None:
    (photographs / "chelsea.xml").write_text(VOC.format(label="tiger cat"))
    done = command("explain", photographs / "chelsea.png", "--objects", "beside", "-o", tmp_path)
    record = json.loads((tmp_path / "chelsea.tiger-cat.cam.json").read_text())["map_on_objects"]
    assert f"best object (IoU): {record['box_iou']:.2f}" in done.out
    assert "Pointing game: hit" in done.out
    assert f"Evidence inside of the objects: {100 * record['energy_inside']:.1f}%" in done.out
    assert record["objects"][0]["box"] == [120.0, 20.0, 330.0, 260.0]


@pytest.mark.parametrize(
    ("label", "where", "said"),
    [
        ("tench", "beside", "No object is of the class tiger cat: tench."),
        ("", "nowhere.xml", "nowhere.xml cannot be read: No such file or directory."),
        ("", "beside", "There are no objects of chelsea.png beside it."),
    ],
)
def test_what_cannot_be_measured_is_said(
    command: Command, photographs: Path, label: str, where: str, said: str
) -> None:
    if label:
        (photographs / "chelsea.xml").write_text(VOC.format(label=label))
    done = command("explain", photographs / "chelsea.png", "--no-files", "--objects", where)
    assert said in done.out + done.err
    assert done.code == (0 if label else 2)
