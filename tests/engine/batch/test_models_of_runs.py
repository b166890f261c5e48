"""Runs with models of every kind say what a session says, and are the same with more threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from camviewer.engine.batch import RunSettings, batch, open_run
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.opening import open_session
from tests.engine.huggingface_folders import folder_of
from tests.engine.importing.test_one_output import Branching
from tests.engine.program_files import network_of, script, written
from tests.engine.small_runs import shard_hashes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("data"),
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning"),
]


def _program(kind: str, folder: Path) -> Path:
    return written(kind, network_of("squeezenet1_1", classes=1000), folder, size=224, dynamic=False)


def _pack(folder: Path) -> str:
    torch.save(network_of("squeezenet1_1", classes=10).state_dict(), folder / "mine.pth")
    return import_checkpoint(folder / "mine.pth").id


MODELS: dict[str, Callable[[Path], Path | str]] = {
    ".pt2": lambda folder: _program("pt2", folder),
    "ONNX": lambda folder: _program("onnx", folder),
    "Hugging Face's ResNet": lambda folder: folder_of("resnet", folder / "model"),
    "Hugging Face's ViT": lambda folder: folder_of("vit", folder / "model"),
    "a pack": _pack,
}


@pytest.mark.parametrize("kind", MODELS)
def test_a_run_with_this_model_says_what_a_session_says(
    kind: str, pictures: Callable[..., Path], tmp_path: Path
) -> None:
    model, folder = str(MODELS[kind](tmp_path)), pictures(3)
    settings = RunSettings(
        model=model, method="grad-cam", classes="top1", shard_size=2, measures=("drop",)
    )
    for name, jobs in (("one", 1), ("two", 2)):
        batch([folder], tmp_path / name, settings, jobs=jobs)
    assert shard_hashes(tmp_path / "one") == shard_hashes(tmp_path / "two")
    run, session = open_run(tmp_path / "one"), open_session(model)
    for row in run.rows().iter_rows(named=True):
        assert row["error"] is None
        image = read_image(folder / row["path"])
        request = ExplainRequest(class_index=row["class_index"], method="grad-cam")
        expected = session.explain(image, request).heatmap.values
        found = run.heatmap(row).values
        np.testing.assert_allclose(found, expected, atol=1e-3 * max(np.abs(expected).max(), 1e-6))
        assert row["class_index"] == session.verdict(image).top(1)[0]
        assert (row["drop"] is None) == (row["drop_random"] is None)


def test_a_model_whose_layers_cannot_be_reached_has_no_features(
    pictures: Callable[..., Path], tmp_path: Path
) -> None:
    network = Branching().eval()
    model = import_checkpoint(script(network, tmp_path / "mine.pt"), allow_code=True).id
    settings = RunSettings(model=model, method="occlusion", features=True, classes="top1")
    with pytest.raises(CamviewerError, match="its layers cannot be reached"):
        batch([pictures(1)], tmp_path / "run", settings)
    options = (("patch", 48), ("stride", 48))
    settings = replace(settings, features=False, options=options, measures=("drop",))
    batch([pictures(1)], tmp_path / "run", settings)
    row = open_run(tmp_path / "run").rows().row(0, named=True)
    assert (row["error"], row["features"]) == (None, None)
    assert 0.0 <= row["drop_random"] <= 1.0
