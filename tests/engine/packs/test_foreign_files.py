"""``.camviewer`` files that others made: checked to the byte, and refused with a sentence."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.camviewer_files import import_pack_file
from tests.engine.packs.conftest import FILES, contents, edited, refused, zipped


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
