"""Files that travel in part, or not at all, and what is left works as the whole did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import contents
import leftovers
import PySide6
import pytest
import stand_ins
import unicode_data

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not stand_ins.can_be_made(), reason="needs Linux and a compiler"
)
SORTING = """
from functools import cmp_to_key
from PySide6.QtCore import QCollator, QLocale
words = "zebra Äpfel apfel öl Zoo bild10 bild9 ångström chata čas 日本 亜".split()
for name in ("sv_SE", "de_DE", "ja_JP", "zh_CN", "cs_CZ"):
    order = QCollator(QLocale(name))
    order.setNumericMode(True)
    print(name, sorted(words, key=cmp_to_key(order.compare)))
print(QLocale("tr_TR").toUpper("iı"), QLocale("de_DE").toUpper("straße"))
"""


def compiled(place: Path, *options: str | Path) -> Path:
    """A library with one function, linked with others as the options say."""
    source = place.with_suffix(".c")
    source.write_text(f"int {place.name.partition('.')[0]}(void) {{ return 1; }}\n")
    command = ["cc", "-shared", "-fPIC", "-Wl,--no-as-needed", f"-Wl,-soname,{place.name}"]
    subprocess.run([*command, "-o", place, source, *options], check=True)
    return place


def test_libraries_go_that_came_with_what_stays_out(tmp_path: Path) -> None:
    deep = compiled(tmp_path / "libdeep.so.1")
    used = compiled(tmp_path / "libused.so.1", deep)
    left = compiled(tmp_path / "libleft.so.1", deep)
    user = compiled(tmp_path / "user.so", used)
    entries = [
        (deep.name, str(deep), "BINARY"),
        (used.name, str(used), "BINARY"),
        (left.name, str(left), "BINARY"),
        ("libpython3.11.so.1.0", str(left), "BINARY"),
        ("module.so", str(left), "EXTENSION"),
        ("package/user.so", str(user), "EXTENSION"),
        ("libleft.so", "elsewhere", "SYMLINK"),
    ]
    kept = [place for place, _, _ in leftovers.without_leftovers(entries)]
    assert kept == [place for place, _, _ in entries if place != left.name]


@pytest.fixture(scope="module")
def smaller(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The library of ICU's data as Qt brings it, and as it travels."""
    found = sorted((Path(PySide6.__file__).parent / "Qt" / "lib").glob(unicode_data.LIBRARY))
    if not found:
        pytest.skip("this Qt has no ICU")
    return found[0], unicode_data.smaller(found[0], tmp_path_factory.mktemp("icu"))


def test_icus_data_are_a_fraction_and_made_the_same_each_time(
    smaller: tuple[Path, Path], tmp_path: Path
) -> None:
    whole, part = smaller
    assert part.name == whole.name
    assert part.stat().st_size < whole.stat().st_size / 5
    assert unicode_data.smaller(whole, tmp_path / "elsewhere").read_bytes() == part.read_bytes()


def test_qt_sorts_and_changes_case_with_less_of_icu_as_before(smaller: tuple[Path, Path]) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", SORTING],
            env={"PYTHONIOENCODING": "utf-8", "LD_PRELOAD": str(library)},
            capture_output=True,
            text=True,
            check=True,
        )
        for library in smaller
    ]
    assert "sv_SE ['apfel', 'bild9', 'bild10'" in told[0].stdout
    assert told[1].stdout == told[0].stdout
    assert told[1].stderr == told[0].stderr


def test_what_is_no_data_of_icu_is_refused() -> None:
    with pytest.raises(ValueError, match="no file of ICU"):
        unicode_data.items(bytes(64))


def test_modules_are_found_without_importing_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "fails_when_imported"
    (package / "inner").mkdir(parents=True)
    for place in ("__init__.py", "one.py", "inner/__init__.py", "inner/two.py"):
        (package / place).write_text("raise RuntimeError\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert contents.modules_below(package.name) == [
        package.name,
        f"{package.name}.inner",
        f"{package.name}.inner.two",
        f"{package.name}.one",
    ]
