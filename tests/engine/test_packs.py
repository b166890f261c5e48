"""Packs and ``.camviewer`` files: kept whole, checked to the byte, and refused with a sentence."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import subprocess
import sys
import threading
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import tomli_w
import torch
import torchvision
from safetensors.torch import load_file, save_file
from torch import Tensor

from camviewer.engine import packs
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.fingerprints import known_architectures
from camviewer.engine.geometry import Recipe, ResizeMode
from camviewer.engine.importing import load_pack
from camviewer.engine.pack_editing import edit_pack, rename_pack
from camviewer.engine.pack_files import export_pack, import_pack_file
from camviewer.engine.pack_making import write_pack
from camviewer.engine.packs import (
    PackInfo,
    find_pack,
    list_packs,
    models_folder,
    read_pack,
    remove_pack,
)

LABELS = ("tabby, tabby cat", "Zürich", "猫")
RECIPE = Recipe(
    input_size=(160, 192),
    crop_fraction=0.9,
    step=16,
    flexible=False,
    mean=(0.5, 0.25, 0.1),
    std=(0.5, 0.3, 1.0),
    interpolation="bicubic",
)
FILES = {"model.toml", "weights.safetensors", "labels.txt"}


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of its own."""
    monkeypatch.setattr(packs, "data_folder", lambda: tmp_path / "data" / "camviewer")
    return models_folder()


@pytest.fixture(scope="module")
def tensors() -> dict[str, Tensor]:
    torch.manual_seed(0)
    return dict(torchvision.models.squeezenet1_1(num_classes=3).state_dict())


@pytest.fixture
def keep(tensors: dict[str, Tensor]) -> Callable[..., PackInfo]:
    def write(title: str = "My cats", **changes: object) -> PackInfo:
        settings = {
            "architecture": "torchvision/squeezenet1_1",
            "labels": LABELS,
            "recipe": RECIPE,
            "activation": "sigmoid",
            "origin": "cats.pth",
            "notes": ("A note.",),
        }
        return write_pack(tensors, title=title, **{**settings, **changes})  # type: ignore[arg-type]

    return write


@pytest.fixture
def exported(keep: Callable[..., PackInfo], tmp_path: Path, models: Path) -> Path:
    """A sound ``.camviewer`` file, and no pack."""
    info = keep()
    export_pack(info, tmp_path / "cats.camviewer")
    remove_pack(info)
    models.rmdir()
    return tmp_path / "cats.camviewer"


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


def contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(file: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def refused(file: Path) -> str:
    """The sentence that a file is refused with; nothing may be written."""
    around = {path for path in file.parent.rglob("*") if "data" not in path.parts}
    with pytest.raises(CamviewerError) as error:
        import_pack_file(file)
    assert not models_folder().exists()
    assert {path for path in file.parent.rglob("*") if "data" not in path.parts} == around
    assert error.value.hint
    assert "\n" not in str(error.value)
    return error.value.message


# a pack in its folder


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


def test_a_new_title_leaves_the_id(keep: Callable[..., PackInfo]) -> None:
    info = keep()
    renamed = rename_pack(info, "  Our\ncats ")
    assert (renamed.id, renamed.title) == (info.id, "Our cats")
    assert read_pack(info.folder).info == renamed
    assert {path.name for path in info.folder.iterdir()} == FILES
    with pytest.raises(CamviewerError, match="needs a name"):
        rename_pack(info, " \n")


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


def edited(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    """The manifest with something changed."""

    def apply(content: bytes) -> bytes:
        record = tomllib.loads(content.decode())
        change(record)
        return tomli_w.dumps(record).encode()

    return apply


WRONG_MANIFESTS = {
    "no toml": lambda _: b"\x00\xff",
    "empty": lambda _: b"",
    "newer": edited(lambda record: record.update(schema=2)),
    "no title": edited(lambda record: record.update(title=" ")),
    "long title": edited(lambda record: record.update(title="x" * 5000)),
    "architecture": edited(lambda record: record.update(architecture="../../x")),
    "classes": edited(lambda record: record.update(classes=0)),
    "other classes": edited(lambda record: record.update(classes=4)),
    "true classes": edited(lambda record: record.update(classes=True)),
    "activation": edited(lambda record: record.update(activation="tanh")),
    "created": edited(lambda record: record.update(created="yesterday")),
    "no recipe": edited(lambda record: record.pop("recipe")),
    **{
        f"{field} {value}": edited(
            lambda record, field=field, value=value: record["recipe"].update({field: value})
        )
        for field, value in (
            ("input_size", [224]),
            ("input_size", [224, 10**6]),
            ("input_size", [224.5, 224]),
            ("input_size", [0, 0]),
            ("crop_fraction", 0.0),
            ("crop_fraction", 1.5),
            ("crop_fraction", float("nan")),
            ("step", 0),
            ("flexible", 1),
            ("mean", [0.5, 0.5]),
            ("mean", [float("inf")] * 3),
            ("std", [0.0, 0.5, 0.5]),
            ("std", "wide"),
            ("interpolation", "magic"),
        )
    },
    "no files": edited(lambda record: record.pop("files")),
    "hash": edited(lambda record: record["files"]["labels.txt"].update(sha256="0")),
    "size": edited(lambda record: record["files"]["weights.safetensors"].update(size=-1)),
}


@pytest.mark.parametrize("change", WRONG_MANIFESTS.values(), ids=WRONG_MANIFESTS.keys())
def test_a_manifest_that_says_what_cannot_be_is_refused(
    keep: Callable[..., PackInfo], exported: Path, change: Callable[[bytes], bytes]
) -> None:
    entries = contents(exported)
    zipped(exported, {**entries, "model.toml": change(entries["model.toml"])})
    refused(exported)
    folder = keep().folder
    (folder / "model.toml").write_bytes(change((folder / "model.toml").read_bytes()))
    with pytest.raises(CamviewerError):
        read_pack(folder)


# writing


class FullDiskError(OSError):
    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    keep: Callable[..., PackInfo], models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: replace_free(usage, 1000))
    with pytest.raises(CamviewerError, match="the disk is full"):
        keep()
    assert not models.exists()


def replace_free(usage: tuple[int, int, int], free: int) -> object:
    return type(usage)(usage[0], usage[1], free)


@pytest.mark.parametrize("when", ["write_bytes", "rename"])
def test_a_disk_that_fills_up_leaves_nothing(
    keep: Callable[..., PackInfo], models: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise FullDiskError

    monkeypatch.setattr(Path, when, fail)
    with pytest.raises(CamviewerError, match="the disk is full"):
        keep()
    assert not models.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_weights_that_the_system_does_not_take_leave_nothing(tmp_path: Path) -> None:
    code = """
import resource, signal, sys, torch
from pathlib import Path
from camviewer.engine import packs
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import Recipe
from camviewer.engine.pack_making import write_pack
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
packs.data_folder = lambda: Path(sys.argv[1])
try:
    write_pack({"w": torch.zeros(10**6)}, title="t", architecture="timm/x", labels=("a",),
               recipe=Recipe())
except CamviewerError as error:
    print(error.message)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "new")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "t could not be kept: the disk is full.\n", done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions of POSIX")
def test_a_folder_that_is_not_open_is_a_sentence(
    keep: Callable[..., PackInfo], models: Path
) -> None:
    models.mkdir(parents=True)
    models.chmod(0o500)
    with pytest.raises(CamviewerError, match="could not be kept"):
        keep()


# one file


def test_a_pack_travels_as_one_file(keep: Callable[..., PackInfo], tmp_path: Path) -> None:
    info = keep()
    file = tmp_path / "cats.camviewer"
    shares: list[float] = []
    export_pack(info, file, report=shares.append)
    assert shares[-1] == 1.0
    again = import_pack_file(file, report=shares.append)
    assert again == replace(info, id="my-cats-2", folder=info.folder.with_name("my-cats-2"))
    assert read_pack(again.folder).labels == LABELS
    other = tmp_path / "again.camviewer"
    export_pack(again, other)
    assert other.read_bytes() == file.read_bytes()


def test_nothing_is_overwritten_unasked(keep: Callable[..., PackInfo], tmp_path: Path) -> None:
    info, file = keep(), tmp_path / "cats.camviewer"
    file.write_text("mine")
    with pytest.raises(CamviewerError, match="exists already"):
        export_pack(info, file)
    assert file.read_text() == "mine"
    export_pack(info, file, overwrite=True)
    assert set(contents(file)) == FILES


def test_a_damaged_pack_is_not_exported(keep: Callable[..., PackInfo], tmp_path: Path) -> None:
    info = keep()
    (info.folder / "labels.txt").write_text("a\nb\nd\n")
    with pytest.raises(CamviewerError, match="not what it was"):
        export_pack(info, tmp_path / "cats.camviewer")
    assert not (tmp_path / "cats.camviewer").exists()


def test_a_stop_leaves_nothing(
    keep: Callable[..., PackInfo], exported: Path, tmp_path: Path, models: Path
) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        import_pack_file(exported, cancelled=stop)
    assert not models.exists()
    with pytest.raises(Cancelled):
        export_pack(keep(), tmp_path / "x.camviewer", cancelled=stop)
    assert {path.name for path in tmp_path.iterdir()} == {"cats.camviewer", "data"}


# files that others made


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "../../model.toml",
        "a/../../evil",
        "/etc/evil",
        "C:\\evil.txt",
        "c:evil",
        "..\\evil.txt",
        "\\\\server\\share\\evil",
    ],
)
def test_paths_that_leave_the_folder_are_refused(exported: Path, name: str) -> None:
    zipped(exported, {**contents(exported), name: b"x"})
    assert "outside of its folder" in refused(exported)


@pytest.mark.parametrize(
    "name", ["readme.md", "sub/model.toml", "sub/", "MODEL.TOML", "model.toml\0.exe", "evil.py"]
)
def test_files_that_do_not_belong_are_refused(exported: Path, name: str) -> None:
    entries = contents(exported)
    with zipfile.ZipFile(exported, "w") as archive:
        for known, content in entries.items():
            archive.writestr(known, content)
        other = zipfile.ZipInfo("x" * len(name))
        archive.writestr(other, b"x")
    # zipfile itself would mend some of these names as it writes.
    exported.write_bytes(exported.read_bytes().replace(b"x" * len(name), name.encode()))
    assert "does not belong" in refused(exported)


def test_links_are_refused(exported: Path) -> None:
    entries = contents(exported)
    with zipfile.ZipFile(exported, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            kind = stat.S_IFLNK if name == "labels.txt" else stat.S_IFREG
            entry.external_attr = (kind | 0o777) << 16
            archive.writestr(entry, b"/etc/passwd" if name == "labels.txt" else content)
    assert "labels.txt in it is a link" in refused(exported)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_come_twice_are_refused(exported: Path) -> None:
    with zipfile.ZipFile(exported, "a") as archive:
        archive.writestr("labels.txt", b"other\n")
    assert "labels.txt is in it twice" in refused(exported)


@pytest.mark.parametrize("name", sorted(FILES))
def test_missing_files_are_named(exported: Path, name: str) -> None:
    entries = contents(exported)
    del entries[name]
    zipped(exported, entries)
    assert f"{name} missing" in refused(exported)


@pytest.mark.parametrize("name", ["weights.safetensors", "labels.txt"])
def test_a_wrong_hash_is_refused(exported: Path, name: str) -> None:
    entries = contents(exported)
    changed = bytearray(entries[name])
    changed[-3] ^= 1
    zipped(exported, {**entries, name: bytes(changed)})
    assert f"{name} of cats.camviewer is not what it was" in refused(exported)


def resealed(entries: dict[str, bytes]) -> dict[str, bytes]:
    """The hashes and sizes made right again, as one who means harm would."""
    import hashlib

    def seal(record: dict[str, object]) -> None:
        for name in ("weights.safetensors", "labels.txt"):
            content = entries[name]
            record["files"][name] = {  # type: ignore[index]
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }

    return {**entries, "model.toml": edited(seal)(entries["model.toml"])}


def test_missing_tensors_are_named(exported: Path, tmp_path: Path) -> None:
    entries = contents(exported)
    (tmp_path / "w").write_bytes(entries["weights.safetensors"])
    fewer = load_file(tmp_path / "w")
    del fewer["classifier.1.bias"]
    fewer["extra"] = torch.ones(1)
    save_file(fewer, tmp_path / "w")
    entries["weights.safetensors"] = (tmp_path / "w").read_bytes()
    (tmp_path / "w").unlink()
    zipped(exported, resealed(entries))
    message = refused(exported)
    assert "classifier.1.bias is missing" in message
    assert "extra is not expected" in message


def test_weights_that_are_no_safetensors_are_refused(exported: Path) -> None:
    zipped(exported, resealed({**contents(exported), "weights.safetensors": b"x" * 1000}))
    assert "damaged" in refused(exported)


def test_an_unknown_architecture_is_refused(exported: Path) -> None:
    entries = contents(exported)
    change = edited(lambda record: record.update(architecture="torchvision/os"))
    zipped(exported, {**entries, "model.toml": change(entries["model.toml"])})
    refused(exported)


@pytest.mark.parametrize("name", sorted(FILES))
def test_bombs_are_refused(exported: Path, name: str) -> None:
    bomb = b"\0" * 30_000_000
    zipped(exported, {**contents(exported), name: bomb}, zipfile.ZIP_DEFLATED)
    message = refused(exported)
    assert "would become" in message or "claims to have" in message


@pytest.mark.parametrize("name", sorted(FILES))
def test_sizes_that_are_lies_are_refused(exported: Path, name: str) -> None:
    entries = contents(exported)
    zipped(exported, {**entries, name: entries[name] + b"\0" * 1000}, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(exported) as archive:
        entry = archive.getinfo(name)
    real = entry.file_size.to_bytes(4, "little")
    lie = (entry.file_size - 1000).to_bytes(4, "little")
    exported.write_bytes(exported.read_bytes().replace(real, lie))
    refused(exported)


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.99])
def test_files_that_were_cut_short_are_refused(exported: Path, kept: float) -> None:
    content = exported.read_bytes()
    exported.write_bytes(content[: int(len(content) * kept)])
    assert "no whole .camviewer file" in refused(exported)


@pytest.mark.parametrize("content", [b"hello", b"\x89PNG\r\n\x1a\n", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.camviewer").write_bytes(content)
    refused(tmp_path / "x.camviewer")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is no file gone.camviewer" in refused(tmp_path / "gone.camviewer")
    (tmp_path / "folder.camviewer").mkdir()
    assert "cannot be read" in refused(tmp_path / "folder.camviewer")


def test_encrypted_files_are_refused(exported: Path) -> None:
    content = bytearray(exported.read_bytes())
    for place in positions(content, b"PK\x01\x02"):
        content[place + 8] |= 1
    exported.write_bytes(content)
    assert "encrypted" in refused(exported)


def positions(content: bytes, signature: bytes) -> Iterator[int]:
    place = content.find(signature)
    while place >= 0:
        yield place
        place = content.find(signature, place + 1)


@pytest.mark.parametrize("seed", range(20))
def test_flipped_bytes_never_end_in_anything_but_a_sentence(
    exported: Path, models: Path, seed: int
) -> None:
    content = bytearray(exported.read_bytes())
    generator = torch.Generator().manual_seed(seed)
    # The start of the manifest, and the directory at the end.
    for place in torch.randint(-250, 250, (4,), generator=generator).tolist():
        content[place] ^= 1 + int(torch.randint(255, (1,), generator=generator))
    exported.write_bytes(io.BytesIO(content).getvalue())
    try:
        import_pack_file(exported)
    except CamviewerError:
        assert not models.exists()
