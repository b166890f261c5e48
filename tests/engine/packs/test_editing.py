"""A pack is edited whole or not at all, and its weights stay."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import ResizeMode
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.packs.editing import edit_pack, rename_pack
from camviewer.engine.packs.store import PackInfo, read_pack
from camviewer.engine.results.guessed_recipe import CHANGE_IT
from tests.engine.packs.conftest import FILES, RECIPE


def test_an_edited_recipe_travels_and_the_weights_stay(
    keep: Callable[..., PackInfo], tmp_path: Path
) -> None:
    info = keep()
    weights = (info.folder / "weights.safetensors").stat()
    recipe = replace(RECIPE, crop_fraction=0.7, resize_mode=ResizeMode.SQUASH)
    edited = edit_pack(info, recipe=recipe, activation="softmax", labels=("a", "b", "c"))
    assert (edited.recipe, edited.published, edited.activation) == (recipe, RECIPE, "softmax")
    assert (info.folder / "weights.safetensors").stat().st_mtime_ns == weights.st_mtime_ns
    assert read_pack(info.folder).labels == ("a", "b", "c")
    export_pack(edited, tmp_path / "edited.camviewer")
    copy = import_pack_file(tmp_path / "edited.camviewer")
    assert (copy.recipe, copy.published) == (recipe, RECIPE)


def test_a_recipe_that_was_said_is_no_guess_any_more(keep: Callable[..., PackInfo]) -> None:
    guess = f"ImageNet's usual preprocessing was taken. {CHANGE_IT}"
    info = keep(notes=("A note.", guess))
    renamed = edit_pack(info, title="Your cats")
    assert renamed.notes == ("A note.", guess)
    edited = edit_pack(info, recipe=replace(RECIPE, crop_fraction=0.7))
    assert edited.notes == ("A note.",)


def test_a_pack_that_was_not_written_whole_stays_as_it_was(
    keep: Callable[..., PackInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    info = keep()
    before = {path.name: path.read_bytes() for path in info.folder.iterdir()}
    written = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if "model.toml" in path.name:
            raise OSError(errno.ENOSPC, "the disk is full")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CamviewerError) as failure:
        edit_pack(info, labels=("a", "b", "c"))
    assert failure.value.message == "My cats could not be kept: the disk is full."
    assert {path.name: path.read_bytes() for path in info.folder.iterdir()} == before


def test_a_network_of_one_size_is_fed_no_other(keep: Callable[..., PackInfo]) -> None:
    with pytest.raises(CamviewerError) as failure:
        edit_pack(keep(), recipe=replace(RECIPE, input_size=(224, 224)))
    assert failure.value.message == "This network only accepts pictures of 192 x 160 pixels."


def test_a_new_title_leaves_the_id(keep: Callable[..., PackInfo]) -> None:
    info = keep()
    renamed = rename_pack(info, "  Our\ncats ")
    assert (renamed.id, renamed.title) == (info.id, "Our cats")
    assert read_pack(info.folder).info == renamed
    assert {path.name for path in info.folder.iterdir()} == FILES
    with pytest.raises(CamviewerError, match="needs a name"):
        rename_pack(info, " \n")
