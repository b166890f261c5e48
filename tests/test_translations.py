"""Every text of the window has its German, and what is loaded is what is written."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

import camviewer

ROOT = Path(camviewer.__file__).parents[1]
sys.path[:0] = [str(ROOT / "scripts")]

import translations  # noqa: E402  (a script)

FOLDER = ROOT / "resources" / "translations"
SOURCES = sorted((ROOT / "camviewer" / "ui").rglob("*.py"))
OF_ENGINE = ("engine", "phrases", "columns")
"""The contexts of what the engine says."""


def messages(language: str, context: str = "", folder: Path = FOLDER) -> Iterator[Element]:
    """The texts of the window, or, in one of the contexts of the engine, what that says."""
    for each in ElementTree.parse(folder / f"camviewer_{language}.ts").iter("context"):
        if each.findtext("name") == context:
            yield from each.iter("message")


def key(message: Element) -> tuple[str, str]:
    return message.findtext("source") or "", message.findtext("comment") or ""


def forms(message: Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    return [form.text or "" for form in list(translation) or [translation]]


def places(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", text))


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_translation_has_exactly_the_texts_of_the_window(language: str, tmp_path: Path) -> None:
    for path in FOLDER.glob("*.ts"):
        shutil.copy(path, tmp_path)
    translations.collect(tmp_path)
    collected = {key(message) for message in messages(language, folder=tmp_path)}
    # Where this fails: make translations, then translate what it names.
    assert {key(message) for message in messages(language)} == collected


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_of_the_window_is_without_its_translation(language: str) -> None:
    assert not [key(message) for message in messages(language) if not is_done(message)]


def test_no_sentence_of_the_engine_is_without_its_translation(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.ts"):
        shutil.copy(path, tmp_path)
    translations.collect(tmp_path)
    found = [each for context in OF_ENGINE for each in messages("de", context, tmp_path)]
    # Where this fails: make translations, then translate what it names.
    assert not [key(each) for each in found if not is_done(each)]


def is_done(message: Element) -> bool:
    translation = message.find("translation")
    assert translation is not None
    return translation.get("type") != "unfinished" and all(forms(message))


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    for context in ("", *OF_ENGINE):
        for message in messages(language, context):
            source = message.findtext("source") or ""
            for form in forms(message) if is_done(message) else ():
                assert places(form) == places(source), source


def test_the_compiled_files_are_those_of_the_sources(tmp_path: Path) -> None:
    translations.compile_all(into=tmp_path)
    for path in FOLDER.glob("*.ts"):
        compiled = path.with_suffix(".qm")
        assert (tmp_path / compiled.name).read_bytes() == compiled.read_bytes()


def test_every_text_is_one_that_qts_collector_sees() -> None:
    unseen = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            call
            for text in ast.walk(tree)
            if isinstance(text, ast.JoinedStr)
            for call in calls(text)
            if isinstance(call.args[0], ast.Constant)
        }
        chosen = {
            call
            for call in calls(tree)
            if isinstance(call.args[0], ast.IfExp | ast.BoolOp)
            and any(isinstance(part, ast.Constant) for part in ast.iter_child_nodes(call.args[0]))
        }
        unseen += [f"{path.name}:{call.lineno}" for call in inside | chosen]
    assert not unseen


def calls(tree: ast.AST) -> list[ast.Call]:
    """The calls of ``tr`` and ``mark``."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"tr", "mark"}
    ]
