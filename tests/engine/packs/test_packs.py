"""Packs in the data folder: what is written is read again, listed, found and removed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli_w
import torch
import torchvision
from safetensors.torch import load_file
from torch import Tensor

from camviewer.engine.architectures.fingerprints import known_architectures
from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import load_pack
from camviewer.engine.packs.store import PackInfo, find_pack, list_packs, read_pack, remove_pack
from tests.engine.packs.conftest import FILES, LABELS, RECIPE


def test_what_is_written_is_read_again(
    keep: Callable[..., PackInfo], tensors: dict[str, Tensor], models: Path
) -> None:
    info = keep()
    pack = read_pack(info.folder)
    assert pack.info == info
    assert pack.labels == LABELS
    assert (info.id, info.title, info.classes) == ("my-cats", "My cats", 3)
    assert info.recipe == RECIPE
    assert info.activation == "sigmoid"
    assert info.notes == ("A note.",)
    assert info.folder == models / "my-cats"
    assert {path.name for path in info.folder.iterdir()} == FILES
    assert info.size_bytes == sum(path.stat().st_size for path in info.folder.iterdir())
    found = load_file(pack.weights)
    assert found.keys() == tensors.keys()
    assert all(torch.equal(found[name], tensors[name]) for name in tensors)
    assert list_packs() == (info,)
    assert find_pack("my-cats") == info


def test_the_folder_tells_nobody_where_the_file_came_from(keep: Callable[..., PackInfo]) -> None:
    info = keep(origin="/home/somebody/secret/cats.pth")
    assert read_pack(info.folder).info.origin == "cats.pth"


def test_a_loaded_pack_answers_as_the_network_did(
    keep: Callable[..., PackInfo], tensors: dict[str, Tensor]
) -> None:
    network = torchvision.models.squeezenet1_1(num_classes=3).eval()
    network.load_state_dict(tensors)
    classifier = load_pack(keep(), torch.device("cpu"))
    example = torch.rand(2, 3, 160, 192)
    with torch.no_grad():
        assert torch.equal(classifier.network(example), network(example))
    assert classifier.info.labels == LABELS
    assert classifier.info.activation == "sigmoid"
    assert classifier.info.recipe == RECIPE


@pytest.mark.parametrize(
    ("title", "identifier"),
    [
        ("Größe & Farbe", "groe-farbe"),
        ("猫", "model"),
        ("CON", "model-con"),
        ("com1", "model-com1"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 300, "a" * 60),
        ("EfficientNet Lite0", "efficientnet-lite0-2"),
        (" ..hidden. ", "hidden"),
    ],
)
def test_ids_are_names_that_every_file_system_takes(
    keep: Callable[..., PackInfo], models: Path, title: str, identifier: str
) -> None:
    info = keep(title)
    assert info.id == identifier
    assert info.folder.parent == models
    assert find_pack(identifier) == info


def test_ids_are_unique(keep: Callable[..., PackInfo]) -> None:
    assert [keep(title).id for title in ("cats", "CATS", "Cats!")] == ["cats", "cats-2", "cats-3"]


def test_a_removed_pack_is_gone(keep: Callable[..., PackInfo], models: Path) -> None:
    kept, removed = keep("a"), keep("b")
    remove_pack(removed)
    assert list_packs() == (kept,)
    assert list(models.iterdir()) == [kept.folder]
    with pytest.raises(CamviewerError, match="could not be removed"):
        remove_pack(removed)


def test_no_pack_and_a_wrong_id_are_sentences(keep: Callable[..., PackInfo]) -> None:
    assert list_packs() == ()
    keep()
    with pytest.raises(CamviewerError, match="no model my-cat") as error:
        find_pack("my-cat")
    assert error.value.hint == "Did you mean my-cats?"


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_pack_without_a_file_is_left_out_and_refused(
    keep: Callable[..., PackInfo], name: str
) -> None:
    info = keep()
    (info.folder / name).unlink()
    assert list_packs() == ()
    with pytest.raises(CamviewerError, match=f"{name} is missing"):
        read_pack(info.folder)


@pytest.mark.parametrize("name", ["weights.safetensors", "labels.txt"])
def test_a_changed_byte_is_found(keep: Callable[..., PackInfo], name: str) -> None:
    path = keep().folder / name
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(CamviewerError, match=f"{name} of My cats is not what it was"):
        read_pack(path.parent)


@pytest.mark.parametrize("name", [n for n in known_architectures() if "@" in n])
def test_a_network_of_another_picture_size_is_kept_under_its_name(
    keep: Callable[..., PackInfo], name: str
) -> None:
    assert find_pack(keep(architecture=name).id).architecture == name


def test_a_pack_from_before_recipes_were_edited_opens(keep: Callable[..., PackInfo]) -> None:
    info = keep()
    record = tomllib.loads((info.folder / "model.toml").read_text())
    del record["published"], record["recipe"]["resize_mode"]
    (info.folder / "model.toml").write_text(tomli_w.dumps(record))
    assert (find_pack(info.id).recipe, find_pack(info.id).published) == (RECIPE, RECIPE)
