"""What exporters write beside a graph is taken: names, task, size, range and order of values."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.store import read_pack
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.programs.metadata import entries_of_zip, stated_in_metadata
from camviewer.engine.session.session import Session
from tests.engine.conftest import CPU
from tests.engine.program_files import script

SIX = Path(__file__).parents[1] / "cases" / "six_gemm.onnx"
ULTRALYTICS = {
    "description": "Ultralytics YOLO11n-cls model",
    "author": "Ultralytics",
    "task": "classify",
    "imgsz": "[224, 224]",
    "names": "{0: 'blue', 1: 'red', 2: 'green'}",
}


def marked(entries: Mapping[str, str], path: Path) -> Path:
    """The graph with entries as exporters write them."""
    model = onnx.load(SIX)
    onnx.helper.set_model_props(model, dict(entries))
    onnx.save(model, path)
    return path


def test_a_classifier_of_ultralytics_brings_names_and_values_from_0_to_1(
    data: Path, tmp_path: Path
) -> None:
    info = import_checkpoint(marked(ULTRALYTICS, tmp_path / "yolo.onnx"))
    assert read_pack(info.folder).labels == ("blue", "red", "green")
    assert (info.recipe.mean, info.recipe.std) == ((0.0,) * 3, (1.0,) * 3)
    assert info.recipe.crop_fraction == 1.0
    assert any("what yolo.onnx states" in note for note in info.notes)
    assert not any("does not tell" in note for note in info.notes)


@pytest.mark.parametrize("task", ["detect", "segment", "pose", "obb"])
def test_what_is_no_classifier_is_called_by_its_task(task: str, data: Path, tmp_path: Path) -> None:
    path = marked(ULTRALYTICS | {"task": task}, tmp_path / "yolo.onnx")
    with pytest.raises(CamviewerError, match=f"its task is {task}"):
        import_checkpoint(path)


def test_a_graph_that_takes_blue_first_and_grey_levels_is_fed_so(
    data: Path, tmp_path: Path, photographs: dict[str, SourceImage]
) -> None:
    entries = {
        "Image.BitmapPixelFormat": "Bgr8",
        "Image.ColorSpaceGamma": "SRGB",
        "Image.NominalPixelRange": "NominalRange_0_255",
    }
    path = marked(entries, tmp_path / "custom.onnx")
    picture = photographs["coffee"]
    small = image_from_pixels(picture.pixels[100:324, 200:424], "crop")
    info = import_checkpoint(path)
    info = edit_pack(info, recipe=replace(info.recipe, crop_fraction=1.0))
    found = Session(load_pack(info, CPU)).verdict(small)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    fed = small.pixels[None, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32)
    (expected,) = session.run(None, {"input": fed})
    assert found.logits == pytest.approx(expected[0], rel=1e-4)


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        ({"classes": '["a", "b", "c"]'}, ("a", "b", "c")),
        ({"class_names": "a, b, c"}, ("a", "b", "c")),
        ({"labels": "a\nb\nc"}, ("a", "b", "c")),
        ({"class_to_idx": '{"b": 1, "c": 2, "a": 0}'}, ("a", "b", "c")),
        ({"id2label": '{"2": "c", "0": "a", "1": "b"}'}, ("a", "b", "c")),
        ({"names": "['a', 'b', 'c']"}, ("a", "b", "c")),
        ({"config": json.dumps({"architecture": "x", "label_names": ["a", "b"]})}, ("a", "b")),
    ],
)
def test_class_names_are_read_as_exporters_write_them(
    entries: dict[str, str], names: tuple[str, ...]
) -> None:
    stated = stated_in_metadata(entries, "n.onnx")
    assert stated is not None
    assert stated.labels == names


def test_mean_and_deviation_are_read_on_either_scale() -> None:
    for mean, std in (
        ("[0.485, 0.456, 0.406]", "[0.229, 0.224, 0.225]"),
        ("123.675, 116.28, 103.53", "58.395 57.12 57.375"),
    ):
        stated = stated_in_metadata({"Mean": mean, "std": std, "input_size": "[3, 96, 64]"}, "n")
        assert stated is not None
        assert stated.recipe.mean == pytest.approx((0.485, 0.456, 0.406))
        assert stated.recipe.std == pytest.approx((0.229, 0.224, 0.225))
        assert stated.recipe.input_size == (96, 64)


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"names": "{0: 'a', 2: 'b'}"},
        {"names": "__import__('os').system('true')"},
        {"mean": "[" * 10_000, "std": "{" * 10_000},
        {"imgsz": "[-1, 10000000000]", "mean": "1", "std": "[1, 'x', 2]"},
        {"names": "9" * 5000},
        {"mean": "1" + "0" * 400, "std": "[0.5, 0.5, 0.5]"},
        {"mean": "[0.5, 0.5, 0.5]", "std": "[0, 0, 0]"},
    ],
)
def test_entries_that_say_nothing_say_nothing(entries: dict[str, str]) -> None:
    assert stated_in_metadata(entries, "n.onnx") is None


def test_texts_that_were_saved_with_a_script_are_read(tmp_path: Path) -> None:
    network = torch.nn.Sequential(torch.nn.Conv2d(3, 2, 3), torch.nn.Flatten())
    path = script(network.eval(), tmp_path / "n.torchscript", traced=True, size=8)
    with zipfile.ZipFile(path, "a") as archive:
        folder = archive.namelist()[0].partition("/")[0]
        archive.writestr(
            f"{folder}/extra/config.txt", json.dumps(ULTRALYTICS | {"names": {"0": "a", "1": "b"}})
        )
    stated = stated_in_metadata(entries_of_zip(path), "n.torchscript")
    assert stated is not None
    assert stated.labels == ("a", "b")
    assert stated.recipe.std == (1.0, 1.0, 1.0)
