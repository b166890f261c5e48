"""COCO results: every box with the numbers of the pictures and classes that it belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, export_coco, open_run
from camviewer.engine.batch.objects.coco import read_coco
from camviewer.engine.errors import CamviewerError

Pictures = Callable[..., Path]


def test_without_a_coco_file_a_second_one_has_pictures_and_classes(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(2)
    (folder / "tench" / "000.xml").write_text(
        "<annotation><object><name>tench</name><bndbox><xmin>2</xmin><ymin>3</ymin><xmax>30</xmax>"
        "<ymax>20</ymax></bndbox></object></annotation>"
    )
    batch([folder], tmp_path / "run", RunSettings(classes=(0, 1)))
    run, file = open_run(tmp_path / "run"), tmp_path / "results.json"
    done = export_coco(run, file)
    assert done.images == tmp_path / "results.images.json"
    results = json.loads(file.read_text())
    rows = run.rows().filter(run.rows()["box_left"].is_not_null())
    assert done.results == len(results) == rows.height
    images = read_coco(done.images)
    assert images.categories[1] == run.record["model"]["labels"][0]
    paths = {image.id: image.file_name for image in images.images}
    expected = {(row["path"], row["class_index"]): row for row in rows.iter_rows(named=True)}
    for result in results:
        row = expected[paths[result["image_id"]], result["category_id"] - 1]
        x, y, width, height = result["bbox"]
        assert (x, y) == pytest.approx((row["box_left"], row["box_top"]), abs=0.01)
        assert x + width == pytest.approx(row["box_right"], abs=0.02)
        assert y + height == pytest.approx(row["box_bottom"], abs=0.02)
        assert result["score"] == pytest.approx(row["probability"])
    image = images.image("tench/000.jpg")
    assert image is not None
    (annotated,) = images.annotations(image).objects
    assert (annotated.box.left, annotated.box.bottom) == (1.0, 20.0)
    with pytest.raises(CamviewerError, match="is there already"):
        export_coco(run, file)


def test_an_object_of_a_mask_is_of_the_true_class_or_of_none(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder, masks = pictures(1), tmp_path / "masks"
    masks.mkdir()
    values = np.zeros((30, 40), np.uint8)
    values[:, :20] = 255
    Image.fromarray(values).save(masks / "000.png")
    written = {}
    for truth in ("folders", "none"):
        settings = RunSettings(classes=(0, 1), truth=truth, objects=str(masks))
        batch([folder], tmp_path / truth, settings)
        images = export_coco(open_run(tmp_path / truth), tmp_path / f"{truth}.json").images
        assert images is not None
        record = json.loads(images.read_text())
        labels = {category["id"]: category["name"] for category in record["categories"]}
        found = record["annotations"]
        written[truth] = [(labels[each["category_id"]], each["bbox"]) for each in found]
    assert written == {"folders": [("tench", [0.0, 0.0, 20.0, 30.0])], "none": []}


def test_objects_with_a_class_of_their_own_keep_it(pictures: Pictures, tmp_path: Path) -> None:
    folder, labels = pictures(1), tmp_path / "labels"
    labels.mkdir()
    (labels / "classes.txt").write_text("tench\ngoldfish\nstone")
    (labels / "000.txt").write_text("0 0.25 0.5 0.5 1\n1 0.75 0.5 0.5 1\n2 0.5 0.5 1 1")
    settings = RunSettings(classes=(0, 1), truth="folders", objects=str(labels))
    batch([folder], tmp_path / "run", settings)
    images = export_coco(open_run(tmp_path / "run"), tmp_path / "results.json").images
    assert images is not None
    found = json.loads(images.read_text())["annotations"]
    boxes = {each["category_id"]: each["bbox"] for each in found}
    assert boxes == {1: [0.0, 0.0, 20.0, 30.0], 2: [20.0, 0.0, 20.0, 30.0]}


def test_results_have_the_numbers_of_the_coco_file_of_the_run(
    pictures: Pictures, tmp_path: Path
) -> None:
    record = {
        "images": [{"id": 77, "file_name": "000.jpg"}, {"id": 78, "file_name": "other.jpg"}],
        "categories": [{"id": 5, "name": "goldfish"}],
        "annotations": [{"id": 1, "image_id": 77, "category_id": 5, "bbox": [1, 2, 3, 4]}],
    }
    coco = tmp_path / "instances.json"
    coco.write_text(json.dumps(record))
    settings = RunSettings(classes=(0, 1), objects=str(coco))
    batch([pictures(2)], tmp_path / "run", settings)
    run, file = open_run(tmp_path / "run"), tmp_path / "results.json"
    done = export_coco(run, file)
    (result,) = json.loads(file.read_text())
    assert (result["image_id"], result["category_id"]) == (77, 5)
    assert (done.results, done.images) == (1, None)
    assert done.left_out == run.rows()["box_left"].count() - 1
    coco.write_text("{}")
    with pytest.raises(CamviewerError, match=r"instances.json is gone or was changed"):
        export_coco(run, file, overwrite=True)
