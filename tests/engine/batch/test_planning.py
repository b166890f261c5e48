"""A long run with a stand-in for the network is listed, cut, gone on with and asked."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.planning import begin_run, make, stand_in_rows, write_list
from camviewer.engine.batch.run import open_run

COUNT = 20_500


def test_a_long_run_is_cut_gone_on_with_and_summarised(tmp_path: Path) -> None:
    source, run = write_list(tmp_path / "pictures.parquet", COUNT), tmp_path / "run"
    folder = begin_run(source, run)
    shards = folder.shards()
    assert [len(shard) for shard in shards] == [1000] * 20 + [500]
    assert len({shard.name for shard in shards}) == 21
    assert make(folder, most=7) == 7
    status = open_run(run).status()
    assert (status.shards_done, status.pictures_done, status.is_done) == (7, 7000, False)
    assert make(open_run(run).folder) == 14
    opened = open_run(run)
    assert (opened.status().is_done, opened.status().pictures) == (True, COUNT)
    rows = opened.scan().select("id", "path", "probability").collect()
    assert (len(rows), rows["id"].n_unique()) == (3 * COUNT, COUNT)
    made_again = pl.concat(map(stand_in_rows, folder.shards()))
    assert rows.sort("path", "probability").equals(
        made_again.select(rows.columns).sort("path", "probability")
    )
    sure = opened.scan().filter(pl.col("probability") > 0.9).sort("margin").collect()
    expected = made_again["probability"].gt(0.9).sum()
    assert (len(sure), sure["margin"].is_sorted()) == (expected, True)
