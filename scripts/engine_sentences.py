"""Finds in the engine's source what it can say, as patterns with places for values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[1] / "camviewer" / "engine"

_ELSEWHERE = (
    "architectures/fingerprints.py",
    "batch/columns.py",
    "batch/report",
    "cluster/",
    "checkpoints/pickle_reader.py",
    "report/figures.py",
    "report/meaning.py",
    "report/objects_words.py",
    "report/page.py",
    "report/sections.py",
    "report/templates.py",
    "results/target_words.py",
)
"""Whose texts the window does not show: those in reports, of columns, of the cluster; names of
classes stand in targets, which a pattern would take apart."""
_FOR_PROGRAMMERS = {
    "AssertionError",
    "AttributeError",
    "ImportError",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "OSError",
    "RuntimeError",
    "TypeError",
    "ValueError",
}
_SHORT = {
    "A said",
    "A to Z",
    "Automatic",
    "B said",
    "Confidence",
    "Faithfulness",
    "Judgement",
    "Loss",
    "Margin",
    "Path",
    "Stability",
    "Z to A",
    "blue",
    "drops",
    "judged {1}",
    "picture",
    "pictures",
    "red",
    "right",
    "said",
    "tag: {1}",
    "takes",
    "true",
    "wrong",
    "{1} has “{2}”",
}
"""What is said although it is a single word."""
_WORDS = re.compile(r"[A-Za-z]{2,}")
_NO_WORDS = re.compile(
    r"[|_\n\\<>@^$]|^%|--|\b(?:19|20)\d\d\b.*|^\W*$|^[A-Z]{5,} \w"
    r"|sha256 of|^camviewer evidence bundle$"
)
"""Code, queries, patterns, options of the command line alone, citations, and words in files."""
_PLACE = re.compile(r"\{\d+\}")


def patterns() -> list[str]:
    """What the engine can say, each once, in the order of the alphabet."""
    found: set[str] = set()
    for path in sorted(ENGINE.rglob("*.py")):
        place = path.relative_to(ENGINE).as_posix()
        if not place.startswith(_ELSEWHERE):
            found.update(_patterns_of(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _patterns_of(tree: ast.Module) -> Iterator[str]:
    within = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if not (is_text or isinstance(node, ast.JoinedStr)):
            continue
        if isinstance(within.get(node), ast.Expr | ast.JoinedStr | ast.FormattedValue):
            continue  # a docstring, or a piece of a pattern
        pattern = _pattern(node)
        if _is_said(pattern) and not _is_for_programmers(node, within):
            yield pattern


def _pattern(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)  # noqa: S101
    pieces, count = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(str(part.value))
        else:
            count += 1
            pieces.append(f"{{{count}}}")
    return "".join(pieces)


def _is_said(pattern: str) -> bool:
    if pattern in _SHORT:
        return True
    words = _PLACE.sub("", pattern)
    if " " not in words.strip() or _NO_WORDS.search(words):
        return False
    return len(_WORDS.findall(words)) > 1


def _is_for_programmers(node: ast.AST, within: dict[ast.AST, ast.AST]) -> bool:
    """Whether a text goes into the log, or into an error that no user meets."""
    while node in within and not isinstance(node, ast.FunctionDef | ast.ClassDef):
        node = within[node]
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            return getattr(node.exc.func, "id", "") in _FOR_PROGRAMMERS
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            value = node.func.value
            if isinstance(value, ast.Name) and value.id == "_log":
                return True
    return False
