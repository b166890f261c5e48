"""Runs over annotated pictures: their columns, and what is refused before they begin."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.batch.objects.finding import (
    objects_mark,
    open_objects,
    require_objects,
    settled_mark,
)
from camviewer.engine.batch.sources import list_pictures
from camviewer.engine.batch.truth import truths
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from camviewer.engine.trust.maps_under_test import MapUnderTest
from camviewer.engine.trust.messages import Subject
from tests.engine.small_runs import shard_hashes, write_picture

Pictures = Callable[..., Path]
TRUTH = RunSettings(truth="folders", classes="truth")


def voc(name: str, size: tuple[int, int] = (40, 30), box: str = "1 1 40 30") -> str:
    left, top, right, bottom = box.split()
    return (
        f"<annotation><size><width>{size[0]}</width><height>{size[1]}</height></size><object>"
        f"<name>{name}</name><bndbox><xmin>{left}</xmin><ymin>{top}</ymin><xmax>{right}</xmax>"
        f"<ymax>{bottom}</ymax></bndbox></object></annotation>"
    )


def coco(folder: Path, annotations: list[dict[str, Any]], *names: str) -> Path:
    record = {
        "images": [
            {"id": number, "file_name": name, "width": 40, "height": 30}
            for number, name in enumerate(names)
        ],
        "categories": [{"id": 1, "name": "tench"}, {"id": 2, "name": "goldfish"}],
        "annotations": annotations,
    }
    file = folder / "instances.json"
    file.write_text(json.dumps(record))
    return file


def test_files_beside_the_pictures_are_found_by_themselves(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(5)
    (folder / "tench" / "000.xml").write_text(voc("Tench"))
    (folder / "tench" / "002.xml").write_text(voc("goldfish"))
    (folder / "tench" / "004.xml").write_text(voc("tench", (30, 40)))
    (folder / "goldfish" / "001.xml").write_text("<annotation>")
    batch([folder], tmp_path / "run", TRUTH)
    run = open_run(tmp_path / "run")
    assert run.record["configuration"]["objects"] == "beside"
    rows = {row["path"]: row for row in run.rows().iter_rows(named=True)}
    whole = rows["tench/000.jpg"]
    assert (whole["objects"], whole["class_objects"], whole["pointing"]) == (1, 1, True)
    assert whole["energy_inside"] == pytest.approx(1.0)
    box = [whole[f"box_{side}"] for side in ("left", "top", "right", "bottom")]
    area = (box[2] - box[0]) * (box[3] - box[1])
    assert whole["box_iou"] == pytest.approx(area / 1200, rel=1e-5)
    assert whole["object_boxes"] == [0.0, 0.0, 40.0, 30.0]
    other = rows["tench/002.jpg"]
    assert (other["objects"], other["class_objects"], other["energy_inside"]) == (1, 0, None)
    assert rows["goldfish/001.jpg"]["error"].startswith("001.xml cannot be read as XML.")
    assert "is of a picture of 30 x 40 pixels" in rows["tench/004.jpg"]["error"]
    plain = rows["goldfish/003.jpg"]
    assert (plain["objects"], plain["object_boxes"], plain["error"]) == (None, None, None)
    # The same words go on, and a mended file is taken with --retry-failed.
    assert batch([folder], tmp_path / "run", TRUTH).made == 0
    (folder / "goldfish" / "001.xml").write_text(voc("goldfish"))
    assert batch([folder], tmp_path / "run", TRUTH, retry_failed=True).failed == 1


def test_a_folder_of_masks_or_labels(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(2)
    masks = tmp_path / "masks" / "tench"
    masks.mkdir(parents=True)
    values = np.zeros((30, 40), np.uint8)
    values[:, :20] = 255
    Image.fromarray(values).save(masks / "000.png")
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "000.txt").write_text("1 0.25 0.5 0.5 1")
    (labels / "001.txt").write_text("")
    (labels / "data.yaml").write_text("names: [goldfish, tench]")
    found = {}
    for name in ("masks", "labels"):
        settings = RunSettings(classes=(0,), objects=str(tmp_path / name))
        batch([folder], tmp_path / f"run of {name}", settings)
        rows = open_run(tmp_path / f"run of {name}").rows()
        found[name] = {row["path"]: row for row in rows.iter_rows(named=True)}
    one, other = (found[name]["tench/000.jpg"] for name in ("masks", "labels"))
    assert 0.0 < one["energy_inside"] < 1.0
    assert one["energy_inside"] == pytest.approx(other["energy_inside"], abs=0.01)
    assert one["box_iou"] == pytest.approx(other["box_iou"])
    assert one["object_boxes"] == [0.0, 0.0, 20.0, 30.0]
    empty = found["labels"]["goldfish/001.jpg"]
    assert (empty["objects"], empty["object_boxes"], empty["box_iou"]) == (0, [], None)
    assert found["masks"]["goldfish/001.jpg"]["objects"] is None


def test_coco_gives_the_truth_and_the_objects(pictures: Pictures, tmp_path: Path) -> None:
    folder = pictures(4)
    half = {"segmentation": {"counts": [0, 600, 600], "size": [30, 40]}, "iscrowd": 1}
    file = coco(
        tmp_path,
        [
            {"id": 1, "image_id": 0, "category_id": 1, "bbox": [0, 0, 20, 30]},
            {"id": 2, "image_id": 0, "category_id": 1, "bbox": [20, 0, 20, 30]},
            {"id": 3, "image_id": 1, "category_id": 2, **half},
            {"id": 6, "image_id": 2, "category_id": 2, **half},
            {"id": 4, "image_id": 2, "category_id": 1, "bbox": [0, 0, 4, 3]},
            {"id": 5, "image_id": 2, "category_id": 2, "bbox": [0, 0, 4, 3]},
        ],
        "tench/000.jpg",
        "001.jpg",
        "tench/002.jpg",
        "not in the source.jpg",
    )
    settings = RunSettings(classes=(0, 1), truth=str(file), objects=str(file))
    batch([folder], tmp_path / "run", settings)
    rows = open_run(tmp_path / "run").rows()
    by = {(row["path"], row["class_index"]): row for row in rows.iter_rows(named=True)}
    two = by["tench/000.jpg", 0]
    assert (two["truth"], two["objects"], two["class_objects"]) == ("tench", 2, 2)
    assert two["energy_inside"] == pytest.approx(1.0)
    crowd = by["goldfish/001.jpg", 1]
    assert (crowd["truth"], crowd["box_iou"]) == ("goldfish", None)
    assert (crowd["class_objects"], crowd["object_boxes"]) == (1, [])
    assert by["tench/002.jpg", 1]["object_boxes"] == [0.0, 0.0, 4.0, 3.0]
    assert 0.0 < crowd["energy_inside"] < 1.0
    assert by["tench/002.jpg", 0]["truth"] is None  # objects of two categories
    assert by["tench/002.jpg", 0]["class_objects"] == 1
    assert by["goldfish/003.jpg", 0]["objects"] is None


def test_a_file_name_that_two_pictures_share_tells_nothing(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(2)
    write_picture(folder / "goldfish" / "000.jpg", 9)
    file = coco(
        tmp_path,
        [
            {"id": 1, "image_id": 0, "category_id": 1, "bbox": [0, 0, 20, 30]},
            {"id": 2, "image_id": 1, "category_id": 2, "bbox": [0, 0, 20, 30]},
        ],
        "000.jpg",
        "001.jpg",
    )
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "classes.txt").write_text("tench")
    for name in ("000.txt", "001.txt"):
        (tmp_path / "labels" / name).write_text("0 0.5 0.5 1 1")
    listing = list_pictures([folder])
    paths = [entry.path for entry in listing.entries]
    assert paths == ["goldfish/000.jpg", "goldfish/001.jpg", "tench/000.jpg"]
    assert truths(listing, str(file)) == (None, "goldfish", None)
    for objects in (str(file), str(tmp_path / "labels")):
        source = open_objects(objects, objects_mark(objects), listing.roots, paths)
        found = [source.annotations(entry, (40, 30)) for entry in listing.entries]
        assert [a is not None for a in found] == [False, True, False]


def test_objects_that_cannot_be_are_refused_before_the_run(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder, empty = pictures(1), tmp_path / "empty"
    empty.mkdir()
    strange = tmp_path / "strange.json"
    strange.write_text(
        '{"images": [{"id": 1, "file_name": "000.jpg"}], "annotations": [],'
        ' "categories": [{"id": 1, "name": "no such animal"}]}'
    )
    listing = list_pictures([folder])
    for objects, said in (
        (str(tmp_path / "none.json"), "The objects cannot be read from"),
        (str(empty), "There are no objects of these pictures in"),
        ("beside", "There are no objects of these pictures beside the pictures"),
        (str(coco(tmp_path, [], "b.jpg")), "There are no objects of these pictures"),
        (str(strange), "No object's class is one of the model's: no such animal are not"),
    ):
        with pytest.raises(CamviewerError, match=said):
            require_objects(objects, objects_mark(objects), listing, lambda name: name == "tench")
    with pytest.raises(CamviewerError, match="There are no objects of these pictures in"):
        batch([folder], tmp_path / "run", RunSettings(objects=str(empty)))
    assert not (tmp_path / "run").exists()
    with pytest.raises(CamviewerError, match="tells the class of none of the pictures"):
        truths(listing, str(coco(tmp_path, [], "000.jpg")))


def test_a_damaged_file_that_is_found_beside_a_picture_ends_no_run(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(2)
    circle = {"label": "tench", "shape_type": "circle", "points": [[3, 4]]}
    (folder / "tench" / "000.json").write_text(json.dumps({"shapes": [circle]}))
    assert settled_mark("auto", list_pictures([folder])) == "none"
    (folder / "goldfish" / "001.txt").write_text("0 0.5 0.5 1 1")
    (folder / "data.yaml").write_text("names: {0: tench, x: goldfish}")
    listing = list_pictures([folder])
    assert settled_mark("auto", listing) == "beside"
    source = open_objects("auto", "beside", listing.roots, [])
    for entry, said in zip(listing.entries, ("data.yaml has no list", "Shape 1"), strict=True):
        with pytest.raises(CamviewerError, match=said):
            source.annotations(entry, (40, 30))


def test_a_measure_beside_its_random_map_and_the_pooled_features(
    pictures: Pictures, tmp_path: Path, session: Session
) -> None:
    folder = pictures(1)
    settings = RunSettings(classes="top2", measures=("drop",), features=True)
    batch([folder], tmp_path / "run", settings)
    first, second = open_run(tmp_path / "run").rows().iter_rows(named=True)
    image = read_image(folder / first["path"])
    explanation = session.explain(image, ExplainRequest(class_index=first["class_index"]))
    card = MapUnderTest(session, image, explanation, int(first["id"][:8], 16))
    for column, subject in (("drop", Subject.MAP), ("drop_random", Subject.RANDOM)):
        masked = card.masked(subject)
        assert masked is not None
        assert first[column] == pytest.approx(masked.drop, abs=1e-3)
    assert first["insertion"] is None
    # The pooled features and the head give the logits.
    head = session.classifier.head
    assert head is not None
    logits = head.weight.numpy() @ np.array(first["features"], np.float64) + head.bias.numpy()
    assert logits[first["class_index"]] == pytest.approx(first["logit"], abs=0.02)
    assert second["features"] is None


@pytest.mark.slow
def test_all_measures_are_the_same_with_any_number_of_threads(
    pictures: Pictures, tmp_path: Path
) -> None:
    folder = pictures(2)
    settings = RunSettings(
        classes="top1",
        measures=("deletion", "insertion", "drop", "stability"),
        features=True,
        shard_size=1,
    )
    batch([folder], tmp_path / "one", settings, jobs=1)
    batch([folder], tmp_path / "two", settings, jobs=2)
    assert shard_hashes(tmp_path / "one") == shard_hashes(tmp_path / "two")
    for row in open_run(tmp_path / "one").rows().iter_rows(named=True):
        for name in ("deletion", "insertion", "drop"):
            assert 0.0 <= row[name] <= 1.0
            assert 0.0 <= row[f"{name}_random"] <= 1.0
        assert -1.0 <= row["stability_random"] < row["stability"] <= 1.0
    with pytest.raises(CamviewerError, match="There is no measure beauty"):
        batch([folder], tmp_path / "no", RunSettings(measures=("beauty",)))
