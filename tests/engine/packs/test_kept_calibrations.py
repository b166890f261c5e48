"""What was fitted on a labelled run stays with its model, and holds for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from camviewer.engine.batch.calibration_fit import Samples, fit
from camviewer.engine.calibration.calibration import Calibration
from camviewer.engine.calibration.keeping import forget, keep, kept_calibration
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.recipe_records import recipe_sha256
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import load_pack
from camviewer.engine.packs.editing import edit_pack
from camviewer.engine.packs.manifest import CALIBRATION
from camviewer.engine.packs.store import PackInfo, find_pack, read_pack
from camviewer.engine.results.messages import ModelInfo
from tests.engine.packs.conftest import RECIPE

CPU = torch.device("cpu")


@pytest.fixture
def pack(keep: Callable[..., PackInfo]) -> PackInfo:
    return keep(activation="softmax")


def info_of(pack: PackInfo) -> ModelInfo:
    return load_pack(find_pack(pack.id), CPU).info


@pytest.fixture
def calibration(pack: PackInfo) -> Calibration:
    rng = np.random.default_rng(0)
    logits, features = rng.standard_normal((80, 3)), rng.standard_normal((80, 6))
    truth = (logits + rng.gumbel(size=logits.shape)).argmax(1)
    found = fit(Samples(3.0 * logits, truth, features), 0.9).calibration
    return replace(
        found,
        run="birds",
        weights_sha256=pack.weights_sha256,
        recipe_sha256=recipe_sha256(pack.recipe),
    )


def test_it_is_read_as_it_was_kept_and_says_the_same(
    pack: PackInfo, calibration: Calibration
) -> None:
    assert kept_calibration(info_of(pack)) is None
    keep(calibration, pack.id)
    found = kept_calibration(info_of(pack))
    assert found is not None
    for name in ("run", "pictures", "temperature", "error_before", "error_after", "sets"):
        assert getattr(found, name) == getattr(calibration, name)
    logits, features = np.float32([3, 1, 0]), np.float32([1, 0, 0, 2, 0, 0])
    assert found.confidence(logits, features) == calibration.confidence(logits, features)
    assert read_pack(pack.folder).info.calibrated
    forget(pack.id)
    assert kept_calibration(info_of(pack)) is None
    assert not (pack.folder / CALIBRATION).exists()
    assert read_pack(pack.folder).info == pack


def test_it_travels_with_the_model(
    pack: PackInfo, calibration: Calibration, tmp_path: Path
) -> None:
    keep(calibration, pack.id)
    export_pack(find_pack(pack.id), tmp_path / "cats.camviewer")
    again = import_pack_file(tmp_path / "cats.camviewer")
    assert kept_calibration(info_of(again)) is not None


def test_it_does_not_hold_for_another_preprocessing_or_activation(
    pack: PackInfo, calibration: Calibration
) -> None:
    keep(calibration, pack.id)
    edit_pack(find_pack(pack.id), recipe=replace(RECIPE, crop_fraction=0.8))
    assert kept_calibration(info_of(pack)) is None
    edit_pack(find_pack(pack.id), recipe=RECIPE)
    assert kept_calibration(info_of(pack)) is not None
    edit_pack(find_pack(pack.id), activation="sigmoid")
    assert kept_calibration(info_of(pack)) is None


def test_one_that_was_changed_is_not_used_and_the_model_is_damaged(
    pack: PackInfo, calibration: Calibration
) -> None:
    info = info_of(pack)
    keep(calibration, pack.id)
    content = bytearray((pack.folder / CALIBRATION).read_bytes())
    content[-1] ^= 1
    (pack.folder / CALIBRATION).write_bytes(content)
    assert kept_calibration(info) is None
    with pytest.raises(CamviewerError, match="not what it was"):
        read_pack(pack.folder)


def test_a_model_of_a_file_keeps_none(calibration: Calibration, tmp_path: Path) -> None:
    with pytest.raises(CamviewerError, match="not kept as a model") as refused:
        keep(calibration, str(tmp_path / "mine.pth"))
    assert "Import it" in refused.value.hint
