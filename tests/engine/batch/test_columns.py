"""docs/runs.md has the columns that the program has."""

from __future__ import annotations

import runpy
from pathlib import Path

from camviewer.engine.batch.columns import ROWS_VERSION

ROOT = Path(__file__).parents[3]


def test_the_page_of_columns_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_columns_page.py"))
    found = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8")
    assert found == script["with_columns"](found), "run python scripts/make_columns_page.py"
    assert f"version {ROWS_VERSION} of the columns" in found
