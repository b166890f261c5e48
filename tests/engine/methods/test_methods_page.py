"""docs/methods.md says what the registry says."""

from __future__ import annotations

import runpy
from pathlib import Path

from camviewer.engine.methods import all_methods

ROOT = Path(__file__).parents[3]


def test_the_page_of_methods_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_methods_page.py"))
    expected = script["page"]([method.info for method in all_methods()])
    found = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    assert found == expected, "run python scripts/make_methods_page.py"


def test_every_method_has_an_entry() -> None:
    found = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    for method in all_methods():
        assert f"- Id: `{method.info.id}`" in found
