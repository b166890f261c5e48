"""Weights are found wherever training scripts put them."""

from __future__ import annotations

import argparse
import subprocess
import sys
import warnings
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from camviewer.engine.checkpoints.tensors import read_checkpoint
from tests.engine.checkpoints.conftest import Weights, refusal


def assert_same(found: Weights, expected: Weights) -> None:
    assert list(found) == list(expected)
    for name, tensor in expected.items():
        assert torch.equal(found[name], tensor), name


@pytest.mark.parametrize(
    "wrap",
    [
        lambda weights: weights,
        OrderedDict,
        *(
            lambda weights, key=key: {"epoch": 3, key: weights, "optimizer": {"state": {}}}
            for key in (
                "state_dict",
                "model",
                "model_state_dict",
                "net",
                "ema",
                "model_ema",
                "state_dict_ema",
            )
        ),
        lambda weights: {"ema": {"state_dict": weights, "decay": 0.999}},
        lambda weights: {"student": weights, "epoch": torch.tensor(3)},
    ],
)
def test_the_state_dict_is_found_where_training_scripts_put_it(
    tmp_path: Path, weights: Weights, wrap: Callable[[Weights], object]
) -> None:
    torch.save(wrap(weights), tmp_path / "weights.pth")
    assert_same(read_checkpoint(tmp_path / "weights.pth").tensors, weights)


@pytest.mark.parametrize("name", ["w.pth", "w.pt", "w.bin", "w.ckpt", "w.pth.tar", "w"])
def test_the_content_counts_and_not_the_ending(tmp_path: Path, weights: Weights, name: str) -> None:
    torch.save(weights, tmp_path / name)
    assert_same(read_checkpoint(tmp_path / name).tensors, weights)
    save_file(weights, tmp_path / name)
    assert read_checkpoint(tmp_path / name).tensors.keys() == weights.keys()


def test_files_of_old_versions_of_torch_are_read(tmp_path: Path, weights: Weights) -> None:
    path = tmp_path / "old.pth"
    torch.save({"state_dict": weights}, path, _use_new_zipfile_serialization=False)
    assert_same(read_checkpoint(path).tensors, weights)


def test_of_raw_and_averaged_weights_the_averaged_ones_are_taken_and_it_is_said(
    tmp_path: Path, weights: Weights
) -> None:
    averaged = {f"module.{name}": tensor + 1 for name, tensor in weights.items()}
    averaged["n_averaged"] = torch.tensor(7)
    torch.save({"model": weights, "model_ema": averaged}, tmp_path / "both.pth")
    found = read_checkpoint(tmp_path / "both.pth")
    del averaged["n_averaged"]
    assert_same(found.tensors, averaged)
    assert found.notes == (
        "The averaged weights (EMA, under model_ema) were taken, not the raw ones under model.",
    )


def test_averaged_weights_that_are_not_complete_are_left_and_it_is_said(
    tmp_path: Path, weights: Weights
) -> None:
    torch.save(
        {"state_dict": weights, "ema": {"0.weight": weights["0.weight"]}}, tmp_path / "w.pth"
    )
    found = read_checkpoint(tmp_path / "w.pth")
    assert_same(found.tensors, weights)
    assert "The raw weights were taken" in found.notes[0]


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float64])
@pytest.mark.parametrize("ending", ["pth", "safetensors"])
def test_other_floating_point_weights_become_float32_and_it_is_said(
    tmp_path: Path, weights: Weights, kind: torch.dtype, ending: str
) -> None:
    path = tmp_path / f"w.{ending}"
    other = {n: t.to(kind) if t.is_floating_point() else t for n, t in weights.items()}
    if ending == "pth":
        torch.save(other, path)
    else:
        save_file(other, path)
    found = read_checkpoint(path)
    assert found.tensors["0.weight"].dtype == torch.float32
    assert found.tensors["1.num_batches_tracked"].dtype == torch.int64
    assert found.notes == (f"The {str(kind)[6:]} weights were made float32.",)


def test_what_training_scripts_leave_beside_the_weights_is_skipped(
    tmp_path: Path, weights: Weights
) -> None:
    leftovers = {
        "state_dict": {**weights, "_extra": "words", "steps": 3},
        "args": argparse.Namespace(lr=0.1, nested=argparse.Namespace(data=Path("data"))),
        "best": np.float64(76.1),
        "losses": np.arange(3, dtype=np.float32),
    }
    torch.save(leftovers, tmp_path / "w.pth")
    assert_same(read_checkpoint(tmp_path / "w.pth").tensors, weights)


def test_tied_weights_are_kept(tmp_path: Path) -> None:
    tied = torch.rand(8, 8)
    torch.save({"a": tied, "b": tied, "c": tied.t()}, tmp_path / "w.pth")
    assert len(read_checkpoint(tmp_path / "w.pth").tensors) == 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.empty(3, device="meta"),
        lambda: torch.eye(3).to_sparse(),
        lambda: torch.quantize_per_tensor(torch.rand(3), 0.1, 0, torch.quint8),
    ],
    ids=["without values", "sparse", "quantised"],
)
def test_tensors_that_are_no_plain_weights_are_refused(
    tmp_path: Path, make: Callable[[], Tensor]
) -> None:
    with warnings.catch_warnings(action="ignore"):
        weights = {"w": make(), "b": torch.ones(3)}
        torch.save({"state_dict": weights}, tmp_path / "w.pth")
    assert "was not opened: w" in refusal(tmp_path / "w.pth").message


@pytest.mark.slow
def test_large_weights_are_mapped_and_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "large.pth"
    torch.save({f"w{index}": torch.zeros(2**20, 16) for index in range(3)}, path)
    code = (
        "import resource, sys; from pathlib import Path; "
        "from camviewer.engine.checkpoints.tensors import read_checkpoint; "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "kept = read_checkpoint(Path(sys.argv[1])); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    if sys.platform != "linux":
        pytest.skip("counts memory as Linux does")
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 100_000  # of 200,000 kilobytes


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", ["dynamic", "static", "bitsandbytes", "gptq"])
def test_quantised_weights_are_called_quantised(kind: str, tmp_path: Path) -> None:
    floating = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(4, 2))
    state: dict[str, Any] = dict(floating.state_dict())
    if kind == "dynamic":
        dynamic = torch.ao.quantization.quantize_dynamic(floating, {nn.Linear}, dtype=torch.qint8)
        state = dict(dynamic.state_dict())
    elif kind == "static":
        state["0.weight"] = torch.quantize_per_tensor(state["0.weight"], 0.1, 0, torch.qint8)
    elif kind == "bitsandbytes":
        state["2.weight"] = torch.zeros((2, 4), dtype=torch.int8)
        state["2.SCB"] = torch.ones(2)
    else:
        state["2.qweight"] = torch.zeros((1, 2), dtype=torch.int32)
        del state["2.weight"]
    path = tmp_path / "quantised.pth"
    torch.save({"state_dict": state}, path)
    said = refusal(path)
    assert "holds quantised weights" in said.message
    assert "before the quantisation" in said.hint
