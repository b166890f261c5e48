"""Collects the window's texts for translation, and compiles what was translated.

``python scripts/translations.py`` brings ``resources/translations/*.ts`` up to date with the
sources, says what has no translation yet, and writes the ``.qm`` files that the program loads.
The translations are written into the ``.ts`` files by Qt Linguist (``pyside6-linguist``) or by
hand. Of English only what has a singular and a plural is kept.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

from defusedxml import ElementTree
from engine_sentences import columns, patterns, phrases

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
_TOOLS = Path(sysconfig.get_path("scripts"))
_LANGUAGES = {"de": (), "en": ("-pluralonly",)}


def collect(folder: Path = FOLDER) -> None:
    """Brings the ``.ts`` files of a folder up to date with the sources."""
    sources = sorted(str(path) for path in (ROOT / "camviewer" / "ui").rglob("*.py"))
    with TemporaryDirectory() as place:
        engine = Path(place) / "engine.py"
        kinds = (("engine", patterns()), ("phrases", phrases()), ("columns", columns()))
        lines = [
            f'QT_TRANSLATE_NOOP("{kind}", {_quoted(text)})' for kind, said in kinds for text in said
        ]
        engine.write_text("\n".join(lines), encoding="utf-8")
        listed = Path(place) / "sources.lst"
        listed.write_text("\n".join([*sources, str(engine)]), encoding="utf-8")
        _collect(folder, listed)


def _quoted(text: str) -> str:
    """A literal that lupdate reads as Python does."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _collect(folder: Path, listed: Path) -> None:
    for language, options in _LANGUAGES.items():
        _run(
            "pyside6-lupdate",
            f"@{listed}",
            *options,
            *("-tr-function-alias", "QT_TR_NOOP+=mark"),
            *("-locations", "none", "-no-obsolete", "-sort-messages"),
            *("-disable-heuristic", "similartext", "-disable-heuristic", "sametext"),
            *("-source-language", "en", "-target-language", language),
            *("-ts", str(folder / f"camviewer_{language}.ts")),
        )


def compile_all(folder: Path = FOLDER, into: Path = FOLDER) -> None:
    """Writes a ``.qm`` file for every ``.ts`` file."""
    for source in sorted(folder.glob("*.ts")):
        _run("pyside6-lrelease", str(source), "-qm", str(into / f"{source.stem}.qm"))


def unfinished(source: Path) -> list[str]:
    """The texts of a ``.ts`` file that have no translation yet."""
    messages = ElementTree.parse(source).iter("message")
    return [
        str(message.findtext("source"))
        for message in messages
        if message.find("translation").get("type") == "unfinished"
    ]


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_TOOLS / tool), *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    collect()
    compile_all()
    for path in sorted(FOLDER.glob("*.ts")):
        for text in unfinished(path):
            sys.stdout.write(f"{path.name}: not translated yet: {text}\n")
