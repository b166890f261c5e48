"""Writes the table of a run's columns into ``docs/runs.md``."""

from __future__ import annotations

from pathlib import Path

from camviewer.engine.batch.columns import COLUMNS

_PAGE = Path(__file__).resolve().parents[1] / "docs" / "runs.md"
_BEGIN, _END = "<!-- columns -->\n", "<!-- end of columns -->"


def with_columns(page: str) -> str:
    """The page with the table as the program has it."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    lines = ["| column | type | unit | meaning |", "|---|---|---|---|"]
    lines += [f"| `{c.name}` | {c.type} | {c.unit} | {c.meaning} |" for c in COLUMNS]
    return before + _BEGIN + "\n".join(lines) + "\n" + _END + after


if __name__ == "__main__":
    _PAGE.write_text(with_columns(_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
