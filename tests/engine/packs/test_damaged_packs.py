"""A damaged pack is listed with what is wrong with it, and can be removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.store import (
    DamagedPack,
    PackInfo,
    find_pack,
    list_packs,
    list_with_damaged,
    remove_pack,
)
from tests.engine.packs.conftest import edited


def overwrite(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def link_elsewhere(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(folder.parent / "nowhere")


def make_folder_of(name: str) -> Callable[[Path], object]:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda f: (f / "model.toml").unlink(), "model.toml is missing"),
    "empty manifest": (overwrite("model.toml", lambda _: b""), "schema None"),
    "no TOML": (overwrite("model.toml", lambda _: b"\x00\xff{{"), "model.toml is no TOML"),
    "another schema": (
        overwrite("model.toml", edited(lambda record: record.update(schema=99))),
        "another version of camviewer",
    ),
    "no classes": (
        overwrite("model.toml", edited(lambda record: record.pop("classes"))),
        "classes",
    ),
    "huge manifest": (overwrite("model.toml", lambda _: b"#" * 300_000), "is no model"),
    "no weights": (
        lambda f: (f / "weights.safetensors").unlink(),
        "weights.safetensors is missing",
    ),
    "cut weights": (
        overwrite("weights.safetensors", lambda content: content[:-100]),
        "weights.safetensors of My cats is not what it was",
    ),
    "no labels": (lambda f: (f / "labels.txt").unlink(), "labels.txt is missing"),
    "other labels": (
        overwrite("labels.txt", lambda content: content.swapcase()),
        "labels.txt of My cats is not what it was",
    ),
    "a folder for weights": (make_folder_of("weights.safetensors"), "weights.safetensors"),
    "nothing in it": (
        lambda f: [path.unlink() for path in f.iterdir()],
        "model.toml is missing",
    ),
    "a link that leads nowhere": (link_elsewhere, "a link that leads nowhere"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_it_is_listed_with_what_is_wrong_and_can_be_removed(
    keep: Callable[..., PackInfo], models: Path, kind: str
) -> None:
    damage, words = DAMAGE[kind]
    folder, sound = keep().folder, keep("sound")
    damage(folder)
    (found,) = [pack for pack in list_with_damaged() if isinstance(pack, DamagedPack)]
    assert (found.id, found.folder) == ("my-cats", folder)
    assert words in found.problem
    assert found.hint
    assert list_packs() == (sound,)
    with pytest.raises(CamviewerError) as error:
        find_pack("my-cats")
    assert error.value.message == found.problem
    remove_pack(found)
    assert list(models.iterdir()) == [sound.folder]


def test_files_that_are_no_models_are_none(keep: Callable[..., PackInfo], models: Path) -> None:
    info = keep()
    (models / "Thumbs.db").write_bytes(b"\x00")
    assert list_with_damaged() == (info,)


def test_what_a_removed_link_leads_to_is_left_alone(
    keep: Callable[..., PackInfo], tmp_path: Path
) -> None:
    info = keep()
    elsewhere = tmp_path / "elsewhere"
    shutil.move(info.folder, elsewhere)
    info.folder.symlink_to(elsewhere)
    remove_pack(find_pack("my-cats"))
    assert list_with_damaged() == ()
    assert len(list(elsewhere.iterdir())) == 3
