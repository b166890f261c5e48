"""The objects of one picture that is looked at, and the same numbers as in a run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.objects.annotations import AnnotatedObject, masked, outlined
from camviewer.engine.batch.objects.labelme_writing import save_labelme
from camviewer.engine.batch.objects.one_map import measure_on_objects, measures_record
from camviewer.engine.batch.objects.one_picture import objects_beside, objects_in
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from tests.engine.small_runs import write_picture

SIZE = (40, 30)


def voc(name: str, box: str = "3 4 30 20") -> str:
    left, top, right, bottom = box.split()
    return (
        f"<annotation><object><name>{name}</name><bndbox><xmin>{left}</xmin><ymin>{top}</ymin>"
        f"<xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox></object></annotation>"
    )


def test_the_file_beside_a_picture_is_found_as_in_a_run(tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "data" / "images" / "a.jpg", 1)
    assert objects_beside(picture, SIZE) is None
    labels = tmp_path / "data" / "labels"
    labels.mkdir()
    (labels / "a.txt").write_text("1 0.5 0.5 0.5 0.5")
    assert objects_beside(picture, SIZE) is None  # nothing says what 1 is
    (labels / "classes.txt").write_text("tench\ngoldfish")
    found = objects_beside(picture, SIZE)
    assert found is not None
    assert [each.label for each in found.objects] == ["goldfish"]
    assert found.file == labels / "a.txt"
    picture.with_suffix(".xml").write_text(voc("tench"))
    beside = objects_beside(picture, SIZE)
    assert beside is not None
    assert beside.objects[0].box == Box(2.0, 3.0, 30.0, 20.0)


def test_a_file_of_objects_is_read_by_its_kind(tmp_path: Path) -> None:
    values = np.zeros((30, 40), np.uint8)
    values[5:10, 5:20] = 7
    Image.fromarray(values).save(tmp_path / "mask.png")
    (mask,) = objects_in(tmp_path / "mask.png", "a.jpg", SIZE).objects
    assert (mask.label, mask.box) == ("", Box(5.0, 5.0, 20.0, 10.0))
    record = {
        "images": [{"id": 1, "file_name": "a.jpg"}],
        "categories": [{"id": 1, "name": "tench"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}],
    }
    coco = tmp_path / "coco.json"
    coco.write_text(json.dumps(record))
    (box,) = objects_in(coco, "a.jpg", SIZE).objects
    assert (box.label, box.box) == ("tench", Box(1.0, 2.0, 4.0, 6.0))
    with pytest.raises(CamviewerError, match=r"coco.json does not name b.jpg"):
        objects_in(coco, "b.jpg", SIZE)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xml", "<annotation>", "cannot be read as XML"),
        ("a.xml", "<svg/>", "is no annotation of Pascal VOC"),
        ("a.json", "{", "cannot be read as JSON"),
        ("a.json", "{}", "is no complete COCO file"),
        ("a.txt", "0 0.5 0.5 1 1", "The classes of a.txt have no names"),
        ("a.png", "no picture", "cannot be read as PNG"),
        ("a.doc", "", "a.doc is no file of objects"),
        (
            "a.json",
            '{"shapes": [], "imageWidth": 30, "imageHeight": 40}',
            "of a picture of 30 x 40 pixels",
        ),
    ],
)
def test_a_file_that_cannot_be_says_why(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(CamviewerError, match=said):
        objects_in(tmp_path / name, "a.jpg", SIZE)


def test_a_picture_has_the_numbers_of_its_row_in_a_run(tmp_path: Path, session: Session) -> None:
    picture = write_picture(tmp_path / "tench" / "a.jpg", 3)
    picture.with_suffix(".xml").write_text(voc("tench"))
    settings = RunSettings(truth="folders", classes="truth")
    batch([tmp_path / "tench"], tmp_path / "run", settings)
    (row,) = open_run(tmp_path / "run").rows().iter_rows(named=True)

    image = read_image(picture)
    explanation = session.explain(image, ExplainRequest(class_index=row["class_index"]))
    beside = objects_beside(picture, (image.width, image.height))
    assert beside is not None
    record = measures_record(measure_on_objects(explanation, beside.objects, session.info.labels))
    for name in ("box_iou", "energy_inside"):
        assert record[name] == pytest.approx(row[name], rel=1e-6)
        assert 0.0 < record[name] <= 1.0
    assert record["pointing"] == row["pointing"]
    sides = [row[f"box_{side}"] for side in ("left", "top", "right", "bottom")]
    assert record["box"] == pytest.approx(sides, rel=1e-6)


def test_another_threshold_is_another_box_and_another_class_counts_other_objects(
    tmp_path: Path, session: Session
) -> None:
    image = read_image(write_picture(tmp_path / "a.jpg", 3))
    objects = [
        AnnotatedObject("tench", Box(0.0, 0.0, 20.0, 30.0)),
        AnnotatedObject("goldfish", Box(20.0, 0.0, 40.0, 30.0)),
        AnnotatedObject("", Box(0.0, 0.0, 5.0, 5.0)),
    ]
    labels = session.info.labels
    explanation = session.explain(image, ExplainRequest(class_index=1))
    usual = measure_on_objects(explanation, objects, labels)
    assert usual.counted == (False, True, True)
    narrow = measure_on_objects(explanation, objects, labels, share=0.8)
    assert usual.box is not None
    assert narrow.box is not None
    assert narrow.box.width * narrow.box.height < usual.box.width * usual.box.height
    assert narrow.where is not None
    assert usual.where is not None
    assert narrow.where.energy_inside == usual.where.energy_inside
    every = measure_on_objects(explanation, objects, labels, of_any_class=True)
    assert every.counted == (True, True, True)
    assert every.where is not None
    assert every.where.energy_inside == pytest.approx(1.0, abs=1e-6)
    none = measure_on_objects(explanation, objects[:1], labels)
    assert none.where is None


def test_saved_objects_are_read_as_they_were(tmp_path: Path) -> None:
    ring = np.zeros((30, 40), np.bool_)
    ring[5:20, 10:30] = True
    ring[8:12, 15:20] = False
    mask = masked("", ring)
    assert mask is not None
    triangle = ((1.5, 2.0), (10.0, 2.0), (5.0, 9.25))
    written = [
        AnnotatedObject("tench", Box(0.5, 1.0, 20.25, 30.0), crowd=True),
        outlined("goldfish", [triangle]),
        mask,
        outlined("tench", [triangle, ((20.0, 20.0), (30.0, 20.0), (30.0, 28.0))]),
    ]
    save_labelme(tmp_path / "a.json", written, "a.jpg", SIZE)
    read = objects_in(tmp_path / "a.json", "a.jpg", SIZE).objects
    assert [each.label for each in read] == ["tench", "goldfish", "", "tench"]
    assert [each.crowd for each in read] == [True, False, False, False]
    assert (read[0].box, read[1].polygons) == (written[0].box, written[1].polygons)
    assert read[2].mask is not None
    assert (read[2].mask == ring).all()
    for x, y in ((5.0, 4.0), (28.0, 22.0), (20.0, 12.0)):
        assert read[3].contains(x, y) == written[3].contains(x, y)
