"""Annotations of every format say the same of one object, and bad ones are one sentence."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.batch.objects.annotations import AnnotationError, Annotations
from camviewer.engine.batch.objects.coco import read_coco
from camviewer.engine.batch.objects.labelme import read_labelme
from camviewer.engine.batch.objects.pascal_voc import read_voc
from camviewer.engine.batch.objects.png_mask import read_mask
from camviewer.engine.batch.objects.run_lengths import mask_of_runs
from camviewer.engine.batch.objects.yolo import class_names, read_yolo
from camviewer.engine.geometry.geometry import Box

BOX = Box(10.0, 5.0, 30.0, 20.0)
"""Of a tench in a picture of 40 x 30 pixels."""

MASK = np.zeros((30, 40), np.bool_)
MASK[5:20, 10:30] = True


def voc(*objects: str, size: str = "") -> bytes:
    return f"<annotation>{size}{''.join(objects)}</annotation>".encode()


def voc_object(name: str = "tench", left: str = "11") -> str:
    return (
        f"<object><name>{name}</name><bndbox><xmin>{left}</xmin><ymin>6</ymin><xmax>30</xmax>"
        "<ymax>20</ymax></bndbox><part><name>head</name><bndbox/></part></object>"
    )


def labelme(**shape: Any) -> bytes:
    shapes = [{"label": "tench", **shape}]
    return json.dumps({"shapes": shapes, "imageWidth": 40, "imageHeight": 30}).encode()


def labelme_mask(data: bytes) -> bytes:
    words = base64.b64encode(data).decode()
    return labelme(points=[[0, 0]], shape_type="mask", mask=words)


def png(values: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(values).save(buffer, "PNG")
    return buffer.getvalue()


def png_header(side: int) -> bytes:
    """The beginning of a PNG in shades of grey that is said to be so large."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\r" + chunk + struct.pack(">I", zlib.crc32(chunk))


HUGE_PNG = png_header(60000) + b"\0\0\0\0IDAT\x35\xaf\x06\x1e"
DAMAGED_PNG = png_header(8) + b"\0\0\0\x08IDAT" + b"damaged." * 3


def coco(folder: Path, **annotation: Any) -> Path:
    record = {
        "images": [{"id": 7, "file_name": "a.jpg", "width": 40, "height": 30}],
        "categories": [{"id": 3, "name": "tench"}],
        "annotations": [{"id": 1, "image_id": 7, "category_id": 3, **annotation}],
    }
    file = folder / "coco.json"
    file.write_text(json.dumps(record))
    return file


def of_coco(folder: Path, **annotation: Any) -> Annotations:
    found = read_coco(coco(folder, **annotation))
    image = found.image("a.jpg")
    assert image is not None
    return found.annotations(image)


def test_every_format_says_where_one_object_is(tmp_path: Path) -> None:
    corners = [[10, 5], [30, 5], [30, 20], [10, 20]]
    small = base64.b64encode(png(np.full((15, 20), 255, np.uint8))).decode()
    flat = [side for corner in corners for side in corner]
    counts = [10 * 30 + 5, *[15, 15] * 19, 15, 10 * 30 + 10]
    readings = {
        "voc": read_voc(voc(voc_object()), "a.xml"),
        "rectangle": read_labelme(
            labelme(points=[[30, 20], [10, 5]], shape_type="rectangle"), "a.json"
        ),
        "polygon": read_labelme(labelme(points=corners, shape_type="polygon"), "a.json"),
        "mask": read_labelme(
            labelme(points=[[10, 5], [29, 19]], shape_type="mask", mask=small), "a.json"
        ),
        "yolo": read_yolo(b"1 0.5 0.4166666667 0.5 0.5\n\n", "a.txt", ["x", "tench"], (40, 30)),
        "yolo polygon": read_yolo(
            b"0 0.25 0.1666666667 0.75 0.1666666667 0.75 0.6666666667 0.25 0.6666666667",
            "a.txt",
            ["tench"],
            (40, 30),
        ),
        "png": read_mask(png(MASK.astype(np.uint8) * 255), "a.png"),
        "coco box": of_coco(tmp_path, bbox=[10, 5, 20, 15]),
        "coco polygon": of_coco(tmp_path, bbox=[], segmentation=[flat]),
        "coco runs": of_coco(tmp_path, segmentation={"counts": counts, "size": [30, 40]}),
    }
    for kind, found in readings.items():
        assert found is not None, kind
        (one,) = found.objects
        assert one.label == ("" if kind == "png" else "tench"), kind
        sides = (one.box.left, one.box.top, one.box.right, one.box.bottom)
        assert sides == pytest.approx((10.0, 5.0, 30.0, 20.0)), kind
        inside = [one.contains(*point) for point in ((11, 6), (29, 19), (9, 10), (31, 10), (20, 4))]
        assert inside == [True, True, False, False, False], kind
        raster = Image.new("L", (40, 30))
        one.draw(raster, Box(0.0, 0.0, 40.0, 30.0))
        covered = float(np.asarray(raster).sum())
        assert covered == pytest.approx(300, rel=0.13), kind  # Pillow draws a polygon's border


def test_letters_of_coco_are_the_runs_that_its_own_program_packs() -> None:
    # pycocotools.mask.encode of a 5 x 4 mask whose rows 1 to 3 of columns 1 and 2 are set.
    expected = np.zeros((5, 4), np.bool_)
    expected[1:4, 1:3] = True
    np.testing.assert_array_equal(mask_of_runs("63204", (5, 4)), expected)
    np.testing.assert_array_equal(mask_of_runs([6, 3, 2, 3, 6], (5, 4)), expected)
    for counts in ("632", [6, 3, 2, 3], [-1, 21], "6320\x01"):
        with pytest.raises(ValueError, match="runs of a mask"):
            mask_of_runs(counts, (5, 4))


def test_several_objects_and_none() -> None:
    found = read_voc(voc(voc_object(), voc_object("goldfish", "1")), "a.xml")
    assert found is not None
    assert [o.label for o in found.objects] == ["tench", "goldfish"]
    for empty in (read_voc(voc(), "a.xml"), read_yolo(b"", "a.txt", ["x"], (4, 3))):
        assert empty is not None
        assert empty.objects == ()
    values = np.zeros((30, 40), np.uint8)
    values[2:4, 2:4], values[8:9, 30:40] = 1, 7
    boxes = [o.box for o in read_mask(png(values), "a.png").objects]
    assert boxes == [Box(2.0, 2.0, 4.0, 4.0), Box(30.0, 8.0, 40.0, 9.0)]


def test_what_is_something_else_is_no_annotation() -> None:
    assert read_voc(b"<svg/>", "a.xml") is None
    assert read_labelme(b'{"method": "cam"}', "a.json") is None


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: read_voc(b"<annotation>", "a.xml"), "a.xml cannot be read as XML"),
        (
            lambda: read_voc(
                b'<!DOCTYPE a [<!ENTITY b "b">]><annotation>&b;</annotation>', "a.xml"
            ),
            "a.xml cannot be read as XML",
        ),
        (lambda: read_voc(voc(voc_object("")), "a.xml"), "Object 1 of a.xml .* has no name"),
        (lambda: read_voc(voc(voc_object(left="x")), "a.xml"), "its xmin is no number"),
        (lambda: read_voc(voc(voc_object(left="31")), "a.xml"), "a box has no area"),
        (lambda: read_voc(voc(voc_object(left="nan")), "a.xml"), "a number is not finite"),
        (lambda: read_labelme(b"{", "a.json"), "a.json cannot be read as JSON"),
        (lambda: read_labelme(labelme(points=[[1, 2]]), "a.json"), "Shape 1 of a.json"),
        (lambda: read_labelme(labelme(), "a.json"), "it is not complete"),
        (lambda: read_labelme(labelme(points=[[1, 2]], shape_type="circle"), "a.json"), "circle"),
        (lambda: read_labelme(labelme(points=[], shape_type="mask", mask=""), "a.json"), "a mask"),
        (lambda: read_labelme(labelme(points=[[10**400, 1]] * 3), "a.json"), "number is too large"),
        (lambda: read_labelme(labelme_mask(DAMAGED_PNG), "a.json"), "cannot be read as PNG"),
        (lambda: read_labelme(labelme_mask(HUGE_PNG), "a.json"), "cannot be read as PNG"),
        (lambda: read_yolo(b"0 0.5 0.5 2 1", "a.txt", ["x"], (4, 3)), "not between 0 and 1"),
        (lambda: read_yolo(b"0 0.5 0.5 1", "a.txt", ["x"], (4, 3)), "3 numbers after the class"),
        (lambda: read_yolo(b"\n9 0 0 1 1", "a.txt", ["x"], (4, 3)), "Line 2 of a.txt is wrong: 9"),
        (lambda: read_yolo(b"0 a b c d", "a.txt", ["x"], (4, 3)), "something else than numbers"),
        (lambda: read_mask(b"no mask", "a.png"), "cannot be read as PNG"),
        (lambda: read_mask(png(np.zeros((2, 2, 3), np.uint8)), "a.png"), "is a picture in colours"),
        (
            lambda: read_mask(png(np.arange(200, dtype=np.uint8).reshape(10, 20)), "a.png"),
            "199 different values",
        ),
    ],
)
def test_a_bad_annotation_is_one_sentence(read: Any, said: str) -> None:
    with pytest.raises(AnnotationError, match=said):
        read()


def test_a_coco_file_may_have_its_ids_as_text(tmp_path: Path) -> None:
    file = tmp_path / "coco.json"
    file.write_text(
        '{"images": [{"id": "7", "file_name": "a.jpg"}], "categories": [{"id": "3", "name":'
        ' "tench"}], "annotations": [{"image_id": "7", "category_id": "3", "bbox": [1, 2, 3, 4]}]}'
    )
    found = read_coco(file)
    (image,) = found.images
    (one,) = found.annotations(image).objects
    assert (one.label, one.box, found.label(image)) == ("tench", Box(1.0, 2.0, 4.0, 6.0), "tench")
    file.write_text(file.read_text().replace('"image_id": "7"', '"image_id": 7.5'))
    with pytest.raises(AnnotationError, match="no complete COCO file"):
        read_coco(file)


def test_a_bad_coco_file_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "coco.json"
    for text, said in (
        ("{", "cannot be read as JSON"),
        ("[]", "no complete COCO file"),
        ('{"images": [], "categories": []}', "no complete COCO file"),
        (
            '{"images": [], "categories": [], "annotations": [{"image_id": 1, "category_id": 2}]}',
            "an annotation of category 2, which it does not name",
        ),
    ):
        file.write_text(text)
        with pytest.raises(AnnotationError, match=said):
            read_coco(file)
    with pytest.raises(AnnotationError, match="do not fill its size"):
        of_coco(tmp_path, segmentation={"counts": [5], "size": [30, 40]})
    for runs in ([10**30], [1e999], "oooooooooooooooooo0"):
        with pytest.raises(AnnotationError, match=r"number that is too large|fill its size"):
            of_coco(tmp_path, segmentation={"counts": runs, "size": [30, 40]})
    with pytest.raises(AnnotationError, match="fill its size"):
        of_coco(tmp_path, segmentation={"counts": [2**62] * 4 + [1200], "size": [30, 40]})
    with pytest.raises(AnnotationError, match="a number is too large"):
        of_coco(tmp_path, bbox=[0, 0, 10**400, 1])
    with pytest.raises(AnnotationError, match="fewer than three corners"):
        of_coco(tmp_path, segmentation=[[1, 2, 3, 4]])
    with pytest.raises(AnnotationError, match=r"Annotation 1 of coco.json .* not complete"):
        of_coco(tmp_path)


def test_names_of_classes_come_from_a_list_or_a_yaml(tmp_path: Path) -> None:
    assert class_names(tmp_path) is None
    data = tmp_path / "data.yaml"
    for text in ("names: [tench, goldfish]", "names: {0: tench, 1: goldfish}"):
        data.write_text(text)
        assert class_names(tmp_path) == ("tench", "goldfish")
    data.write_text("names: [no, 2020-13-45, 7]")
    assert class_names(tmp_path) == ("no", "2020-13-45", "7")
    for text, said in (
        ("names: {0: a, x: b}", "has no list of names"),
        ("names: {0: a, 1: }", "has no name for class 1"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nnames: [tench, *b]", "has no name for class 1"),
        ("[" * 3000, "cannot be read as YAML"),
    ):
        data.write_text(text)
        with pytest.raises(AnnotationError, match=said):
            class_names(tmp_path)
    data.write_text("names: tench")
    with pytest.raises(AnnotationError, match=r"data.yaml has no list of names"):
        class_names(tmp_path)
    data.write_text("{")
    with pytest.raises(AnnotationError, match="cannot be read as YAML"):
        class_names(tmp_path)
    listed = tmp_path / "classes.txt"
    listed.write_text("a\nb c\n\n \n")
    assert class_names(tmp_path) == ("a", "b c")
    listed.write_text("a\n\nb c\n")
    with pytest.raises(AnnotationError, match=r"classes.txt has no name for class 1"):
        class_names(tmp_path)
