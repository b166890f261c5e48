"""Finds in the engine's source, and in the templates of its reports, what it can say.

Each is a pattern with places for values: of a finished sentence, which is recognised by it, or of a
phrase, which is translated before its places are filled. Names of columns have no places.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from camviewer.engine.batch import COLUMNS
from camviewer.engine.review.compared_table import COMPARED_NUMBERS

_ROOT = Path(__file__).resolve().parents[1]
ENGINE = _ROOT / "camviewer" / "engine"
TEMPLATES = _ROOT / "resources" / "report"

_ELSEWHERE = (
    "architectures/fingerprints.py",
    "batch/columns.py",
    "cluster/",
    "checkpoints/pickle_reader.py",
    "results/target_words.py",
)
"""Whose texts the window does not show: those of columns, of the cluster; names of classes stand in
targets, which a pattern would take apart."""
_REPORTS = ("report/", "batch/report/")
"""Whose sentences name papers with their years."""
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
    "Coherency",
    "Complexity",
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
    "path has “{1}”",
    "picture",
    "pictures",
    "red",
    "right",
    "said",
    "stability",
    "tag: {1}",
    "takes",
    "true",
    "wrong",
    "{1} has “{2}”",
}
"""What is said although it is a single word."""
_TERMS = {
    "auto",
    "bands",
    "border",
    "both",
    "channels",
    "clipped",
    "deletion",
    "depth",
    "deviation",
    "drop",
    "extremes",
    "features",
    "flexible",
    "high",
    "insertion",
    "interpolation",
    "kind",
    "low",
    "max",
    "mean",
    "minus",
    "percentiles",
    "plus",
    "range",
    "scale",
    "score",
    "shorter",
    "squash",
    "stability",
    "step",
    "unsure",
}
"""Single words that stand for themselves: values of options, fields of recipes, measures."""
_WORDS = re.compile(r"[A-Za-z]{2,}")
_CODE = re.compile(r"[|_\n\\<>@^$]|^%|--|^\W*$|^[A-Z]{5,} \w|sha256 of|^camviewer evidence bundle$")
"""Code, queries, patterns, options of the command line alone, and words in files."""
_NO_WORDS = re.compile(_CODE.pattern + r"|\b(?:19|20)\d\d\b.*")
"""These, and citations."""
_PLACE = re.compile(r"\{\d+\}")


def patterns() -> list[str]:
    """The sentences that the engine can say, each once, in the order of the alphabet."""
    found: set[str] = set()
    for place, tree in _trees().items():
        if not place.startswith(_ELSEWHERE):
            found.update(_patterns_of(tree, names_papers=place.startswith(_REPORTS)))
    return sorted(found)


def phrases() -> list[str]:
    """What is given to ``say``, titles of options and single words, in the same order."""
    found = set(_TERMS)
    for tree in _trees().values():
        for call in ast.walk(tree):
            first = _marked(call) if isinstance(call, ast.Call) else None
            if isinstance(first, ast.Constant):
                found.add(str(first.value))
    for path in sorted(TEMPLATES.glob("*.jinja")):
        found.update(_phrases_in(path.read_text(encoding="utf-8")))
    return sorted(found)


def columns() -> list[str]:
    """The columns of numbers of a run, and of two that are compared, in words."""
    names = [column.name for column in COLUMNS if column.is_number]
    names += [name for name, _ in COMPARED_NUMBERS]
    return [name.replace("_", " ") for name in names]


@cache
def _trees() -> dict[str, ast.Module]:
    """The engine's files as they are parsed, by their places in it."""
    return {
        path.relative_to(ENGINE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(ENGINE.rglob("*.py"))
    }


def _patterns_of(tree: ast.Module, *, names_papers: bool) -> Iterator[str]:
    within = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if not (is_text or isinstance(node, ast.JoinedStr)):
            continue
        around = within.get(node)
        if isinstance(around, ast.Expr | ast.JoinedStr | ast.FormattedValue):
            continue  # a docstring, or a piece of a pattern
        if isinstance(around, ast.Call) and _marked(around) is node:
            continue  # a phrase
        pattern = _pattern(node)
        if _is_said(pattern, names_papers=names_papers) and not _is_for_programmers(node, within):
            yield pattern


def _phrases_in(template: str) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(template).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            first = call.args[0]
            if isinstance(first, nodes.Const):
                yield str(first.value)


def _marked(call: ast.Call) -> ast.expr | None:
    """What a call gives to ``say``, or the title that it gives to a method's option."""
    name = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
    place = {"say": 0, "MethodOption": 1}.get(name)
    return None if place is None or len(call.args) <= place else call.args[place]


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


def _is_said(pattern: str, *, names_papers: bool) -> bool:
    if pattern in _SHORT:
        return True
    words = _PLACE.sub("", pattern)
    no_words = _CODE if names_papers else _NO_WORDS
    if " " not in words.strip() or no_words.search(words):
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
