"""Longer runs take OpenVINO, and have PyTorch's numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from camviewer.engine.batch import Run, RunSettings, batch, open_run

pytest.importorskip("openvino")

COUNT = 64
"""Pictures from which a model is converted."""


def engine_of(run: Run) -> str:
    (log,) = (run.path / "log").glob("*.jsonl")
    return "OpenVINO" if '"engine": "OpenVINO"' in log.read_text() else "torch"


@pytest.mark.slow
def test_a_run_by_openvino_has_the_numbers_of_one_by_torch(
    pictures: Callable[..., Path], tmp_path: Path
) -> None:
    folder = pictures(COUNT)
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.jpg"))
    (folder / "few.txt").write_text("\n".join(names[:-1]))
    settings = RunSettings(classes="tench, 281")
    batch([folder], tmp_path / "many", settings)
    batch([f"@{folder / 'few.txt'}"], tmp_path / "few", settings)
    many, few = open_run(tmp_path / "many"), open_run(tmp_path / "few")
    assert (engine_of(many), engine_of(few)) == ("OpenVINO", "torch")
    columns = ("id", "class", "probability", "logit", "map", "map_sum")
    rows = many.rows().join(few.rows().select("id").unique(), on="id", how="semi")
    order = ("id", "class")
    assert_frame_equal(
        rows.select(columns).sort(order),
        few.rows().select(columns).sort(order),
        rel_tol=1e-3,
        abs_tol=1e-3,
    )
