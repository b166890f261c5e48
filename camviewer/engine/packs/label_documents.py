"""Class names from JSON, YAML and Python's own writing, none of which is ever executed."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.label_indices import names_by_own_index
from camviewer.engine.packs.label_rows import FORMS, Rows, names_in_order, number, rows_of_columns

_MOST_SYNTAX = 4_000_000
"""Maximum length, in characters, of what Python's and YAML's slow parsers are given."""

_CONTAINERS = (
    *("id2label", "label2id", "names", "classes", "class_names", "class_to_idx", "idx_to_class"),
    *("labels", "label_names", "categories", "vocab", "index_to_name", "id_to_name"),
)
_INDEX_KEYS = ("id", "index", "class_id", "class_index", "label_id", "idx")
_NAME_KEYS = ("name", "label", "class_name", "display_name", "class", "title")
_YAML_SUFFIXES = {".yaml", ".yml"}
_ASSIGNED = re.compile(r"\s*\w+\s*(:[^=\n]+)?=\s*[\[{(]")
_YAML_START = re.compile(r"\s*(---\s|- )")
_YAML_KEY = re.compile(
    r"^(" + "|".join(_CONTAINERS) + r")\s*:[ \t]*([\[{]|\n\s*- |\n[ \t]+\S)", re.MULTILINE
)


class _DoubledError(ValueError):
    """A key stands twice in one mapping."""


def is_document(text: str, suffix: str) -> bool:
    """Whether a text is JSON, YAML or Python rather than lines."""
    start = text.lstrip()
    return (
        start.startswith(("[", "{"))
        or (start.startswith("(") and start.rstrip().endswith(")"))
        or suffix.lower() in _YAML_SUFFIXES
        or _ASSIGNED.match(text) is not None
        or _YAML_START.match(text) is not None
        or _YAML_KEY.search(text) is not None
    )


def names_of_document(file: str, text: str) -> list[str]:
    """The names in a JSON, YAML or Python text, by index.

    Raises:
        CamviewerError: it is none of these, or has no names with a sure index.
    """
    try:
        kind, content = _parsed(file, text)
    except _DoubledError as error:
        raise CamviewerError(
            f"{file} has {str(error)[:60]!r} twice.", "Give each class one name and one index."
        ) from error
    return _names(file, content, f"{file} is {kind}, but no list of names")


def _parsed(file: str, text: str) -> tuple[str, Any]:
    """What a text is written in, and its content as lists, mappings and plain values."""
    if not text.lstrip().startswith(("[", "{", "(")) and not _ASSIGNED.match(text):
        return "YAML", _yaml(file, text)
    try:
        return "JSON", json.loads(text, object_pairs_hook=_unique)
    except _DoubledError:
        raise
    except (ValueError, RecursionError) as error:
        found = _python(file, text)
        if found is None and Path(file).suffix.lower() in _YAML_SUFFIXES:
            return "YAML", _yaml(file, text)
        if found is None:
            raise CamviewerError(f"{file} is no valid JSON.", FORMS) from error
        if isinstance(found, set | frozenset):
            raise CamviewerError(f"{file} is a Python set, which has no order.", FORMS) from error
        return "a Python value", found


def _unique(pairs: Sequence[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubledError(key)
        found[key] = value
    return found


def _python(file: str, text: str) -> Any:
    """A literal, or one that is assigned to a name; None when it is neither."""
    if len(text) > _MOST_SYNTAX:
        return None
    try:
        body = ast.parse(text.strip()).body
        if len(body) != 1 or not isinstance(body[0], ast.Expr | ast.Assign | ast.AnnAssign):
            return None
        expression = body[0].value
        if expression is None:
            return None
        for node in ast.walk(expression):
            if isinstance(node, ast.Dict):
                keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                _unique([(key, None) for key in keys])
        content = ast.literal_eval(expression)
    except _DoubledError:
        raise
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    _refuse_joined_texts(file, text)
    return content


def _refuse_joined_texts(file: str, text: str) -> None:
    """Refuses ['cat' 'dog'], as NumPy prints it: Python reads one text, 'catdog'."""
    tokens = [
        token
        for token in tokenize.generate_tokens(io.StringIO(text.strip()).readline)
        if token.type not in (tokenize.NL, tokenize.COMMENT)
    ]
    for one, next_one in pairwise(tokens):
        if one.type == next_one.type == tokenize.STRING:
            raise CamviewerError(
                f"{file} has no comma between {one.string[:40]} and {next_one.string[:40]}.",
                "Put a comma between the names.",
            )


def _yaml(file: str, text: str) -> Any:
    import yaml  # noqa: PLC0415  (few files need it)

    if len(text) > _MOST_SYNTAX:
        raise CamviewerError(f"{file} is too large for a list of names in YAML.", FORMS)
    try:
        # Without implied types: a class may be called "no", "on" or "1e3". The loader written in
        # C is faster, but overflows its stack where this one raises RecursionError.
        return _plain(yaml.compose(text, Loader=yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, _DoubledError):
            raise
        raise CamviewerError(f"{file} is no valid YAML.", FORMS) from error


def _plain(node: Any, depth: int = 0) -> Any:
    """Lists, mappings and texts of YAML nodes, three levels deep: names lie no deeper."""
    import yaml  # noqa: PLC0415

    if isinstance(node, yaml.MappingNode):
        if depth > 2:
            return {}
        return _unique([(str(key.value), _plain(value, depth + 1)) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return [] if depth > 2 else [_plain(item, depth + 1) for item in node.value]
    return None if node is None else node.value


def _names(file: str, content: Any, refusal: str) -> list[str]:
    if isinstance(content, Mapping):
        rows = _rows_of_mapping(file, content)
        return names_in_order(file, rows) if rows else _contained(file, content, refusal)
    if isinstance(content, list | tuple) and content:
        return _names_of_list(file, content, refusal)
    raise CamviewerError(f"{refusal}.", FORMS)


def _contained(file: str, content: Mapping[Any, Any], refusal: str) -> list[str]:
    """The names under a key that is known for them; several must agree."""
    found = {
        key: _names(file, content[key], f"{refusal}: {key} is none")
        for key in _CONTAINERS
        if isinstance(content.get(key), Mapping | list | tuple) and content[key]
    }
    if not found:
        keys = ", ".join(str(key)[:40] for key in list(content)[:4])
        raise CamviewerError(f"{refusal}{': it has ' + keys if keys else ''}.", FORMS)
    (first, names), *others = found.items()
    for key, other in others:
        if other != names:
            raise CamviewerError(
                f"{file} has other names under {key} than under {first}.",
                "Keep those that the model was trained with.",
            )
    return names


def _rows_of_mapping(file: str, content: Mapping[Any, Any]) -> Rows | None:
    """Rows of {index: name} or {name: index}."""
    keys, values = list(content), [_label(value) for value in content.values()]
    if not keys or not all(isinstance(key, str) or type(key) is int for key in keys):
        return None
    if all(type(value) is int for value in values) and not all(
        number(key) is not None for key in keys
    ):
        return [(int(index), str(label)) for label, index in zip(keys, values, strict=True)]
    return rows_of_columns(file, keys, values)


def _label(value: Any) -> Any:
    """What a value says of a class.

    Keras keeps {"0": ["n01440764", "tench"]}, others {"0": {"name": "tench"}}.
    """
    if isinstance(value, list | tuple) and len(value) == 2:
        return value[-1] if isinstance(value[-1], str) else value
    if isinstance(value, Mapping):
        return _first(value, _NAME_KEYS) or _first(value, _INDEX_KEYS)
    return value


def _first(entry: Mapping[Any, Any], keys: Sequence[str]) -> Any:
    return next((entry[key] for key in keys if key in entry), None)


def _names_of_list(file: str, content: Sequence[Any], refusal: str) -> list[str]:
    if all(isinstance(entry, str) for entry in content):
        ordered = names_by_own_index(file, content, "entry")
        return list(content) if ordered is None else ordered
    rows: Rows | None = None
    if all(isinstance(entry, Mapping) for entry in content):
        indices = [_first(entry, _INDEX_KEYS) for entry in content]
        names = [_first(entry, _NAME_KEYS) for entry in content]
        if all(index is None for index in indices) and all(isinstance(n, str) for n in names):
            return [str(name) for name in names]
        if all(
            number(index) is not None and isinstance(name, str)
            for index, name in zip(indices, names, strict=True)
        ):
            rows = [(int(index), name) for index, name in zip(indices, names, strict=True)]
    elif all(isinstance(entry, list | tuple) and len(entry) == 2 for entry in content):
        rows = rows_of_columns(file, [pair[0] for pair in content], [pair[1] for pair in content])
    if rows:
        return names_in_order(file, rows)
    odd = next((at for at, entry in enumerate(content, 1) if not isinstance(entry, str)), 1)
    raise CamviewerError(f"{refusal}: entry {odd} is no text.", FORMS)
