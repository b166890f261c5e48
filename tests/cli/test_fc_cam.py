"""Fully convolutional CAM on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torchvision.models.vgg import VGG, make_layers

from camviewer.api.model import Model
from camviewer.cli import map_making
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import classifier
from camviewer.engine.render.files import load_map, read_sidecar, request_of
from camviewer.engine.session.session import Session

Command = Callable[..., Any]


@pytest.fixture
def vgg_command(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line with a small VGG for a model."""
    torch.manual_seed(0)
    with torch.device("meta"):  # its own three linear layers are half a gigabyte
        network = VGG(nn.Sequential(), num_classes=3, init_weights=False)
    network.features = make_layers([4, "M", 4, "M", 8, "M", 8, "M"])
    network.avgpool = nn.AdaptiveAvgPool2d(4)
    network.classifier = nn.Sequential(nn.Linear(8 * 16, 16), nn.ReLU(True), nn.Linear(16, 3))
    recipe = Recipe(input_size=(64, 64), crop_fraction=1.0, step=16)
    model = classifier(
        network,
        identifier="vgg",
        title="VGG",
        labels=("ant", "bee", "cat"),
        recipe=recipe,
        weights_sha256="0" * 64,
        device=torch.device("cpu"),
    )
    session = Session(model)
    monkeypatch.setattr(map_making, "open_model", lambda *_asked: Model(session))
    return command


def test_fc_cam_enlarges_the_picture_by_itself_and_says_what_the_best_window_scores(
    vgg_command: Command, photographs: Path, tmp_path: Path
) -> None:
    done = vgg_command("explain", photographs / "chelsea.png", "--method", "fc-cam", "-o", tmp_path)
    assert done.code == 0, done.err
    assert "5 x 5 cells, centre crop at 2x (input 128 x 128)" in done.out
    assert "In its best window" in done.out
    assert "25 windows" in done.out


def test_padding_and_softmax_are_in_the_sidecar_and_make_the_map_again(
    vgg_command: Command, photographs: Path, tmp_path: Path
) -> None:
    words = ("--method", "fc-cam", "--detail", "1.5", "--pad", "--score", "softmax", "--json")
    done = vgg_command("explain", photographs / "chelsea.png", *words, "-o", tmp_path)
    (record,) = json.loads(done.out)
    overlay, raw, sidecar = map(Path, record["files"])
    assert overlay.is_file()
    heatmap = load_map(raw, sidecar)
    assert heatmap.values.shape == (7, 7)  # 6 cells of 16 pixels, a window of 4 around each edge
    assert heatmap.unit == "probability"
    assert 0.0 <= heatmap.low <= heatmap.high <= 1.0
    request = request_of(read_sidecar(sidecar))
    assert (request.method, request.detail) == ("fc-cam", 1.5)
    assert dict(request.options)["pad"] is True
    assert "best window" in record["remark"]


def test_without_a_method_what_needs_no_enlarging_is_taken(
    vgg_command: Command, photographs: Path
) -> None:
    done = vgg_command("explain", photographs / "chelsea.png", "--no-files", "--json")
    (record,) = json.loads(done.out)
    assert record["method"]["id"] == "grad-cam"
    assert record["placement"]["detail"] == 1.0


def test_the_embedded_model_refuses_it_and_says_that_cam_is_exact(
    command: Command, photographs: Path
) -> None:
    done = command("explain", photographs / "chelsea.png", "--method", "fc-cam", "--no-files")
    assert done.code == 2
    assert "CAM itself is exact" in done.err


def test_the_raw_map_at_1x_is_the_logit(vgg_command: Command, photographs: Path) -> None:
    words = ("--method", "fc-cam", "--detail", "1", "--class", "bee", "--no-files", "--json")
    (record,) = json.loads(vgg_command("explain", photographs / "chelsea.png", *words).out)
    assert np.isclose(record["map"]["max"], record["class"]["under_recipe"]["logit"], atol=1e-4)


def test_cam_is_refused_with_this_models_shapes_and_both_ways_out(
    vgg_command: Command, photographs: Path
) -> None:
    done = vgg_command("explain", photographs / "chelsea.png", "--method", "cam", "--no-files")
    assert done.code == 2
    for words in ("classifier.2, 3 x 16", "8 channels", "4 x 4 grid", "fc-cam", "train a CAM head"):
        assert words in done.err
