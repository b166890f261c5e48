"""Where things are kept: in the system's folders, or beside a portable program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from camviewer.engine.support import folders

ALL = (
    folders.cache_folder,
    folders.data_folder,
    folders.log_folder,
    folders.settings_folder,
    folders.offsets_folder,
)


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a packaged program, which this process seems to be."""
    program = tmp_path / "camviewer"
    program.mkdir()
    (program / "camviewer").touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "camviewer"))
    return program.resolve()


def test_a_packaged_program_uses_the_systems_folders(frozen: Path) -> None:
    assert not any(folder().is_relative_to(frozen) for folder in ALL)


def test_with_the_file_portable_beside_it_everything_lies_beside_it(frozen: Path) -> None:
    (frozen / "portable").touch()
    assert all(folder().is_relative_to(frozen / "camviewer-data") for folder in ALL)
    assert len({folder() for folder in ALL}) == len(ALL)


def test_without_the_right_to_write_there_portable_has_no_effect(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (frozen / "portable").touch()
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everywhere
    assert folders.own_root() is None


def test_an_installed_program_knows_no_portable_mode(tmp_path: Path) -> None:
    assert folders.own_root() is None


def test_a_variable_names_one_folder_for_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMVIEWER_HOME", str(tmp_path / "one"))
    assert all(folder().is_relative_to(tmp_path / "one") for folder in ALL)


def test_everything_can_lie_in_one_folder_meanwhile(tmp_path: Path) -> None:
    before = [folder() for folder in ALL]
    with folders.everything_in(tmp_path):
        assert all(folder().is_relative_to(tmp_path) for folder in ALL)
    assert [folder() for folder in ALL] == before
