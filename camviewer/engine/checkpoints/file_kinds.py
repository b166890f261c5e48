"""Which kind of file a checkpoint is, told by its content and never by its name."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path
from typing import IO

from camviewer.engine.errors import CamviewerError, reason_of

STATE_DICT_HINT = (
    "Where the model was trained, save its weights alone: "
    'torch.save(model.state_dict(), "weights.pth"). '
    "See docs/models.md#more-than-weights."
)

_HEAD_BYTES = 512
_LEGACY = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""A pickled magic number, with which torch's files before 1.6 begin."""
_TAR_MAGIC, _TAR_MAGIC_AT = b"ustar", 257
_SAFETENSORS_LENGTH = 8
_MOST_ENTRIES = 500_000
_ONNX_FIELDS = {1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26}
_ONNX_GRAPH = 7
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file (Keras)"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"GGUF", "a GGUF language model"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"<", "a text file"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file that it points to"),
)


class CheckpointFormat(StrEnum):
    """What can be read."""

    ZIP = "torch's zip"
    LEGACY = "torch before 1.6"
    PICKLE = "a plain pickle"
    SAFETENSORS = "safetensors"
    TORCH_EXPORT = "a program of torch.export (.pt2)"
    TORCHSCRIPT = "a TorchScript program"
    ONNX = "an ONNX model"


PROGRAMS = {CheckpointFormat.TORCH_EXPORT, CheckpointFormat.TORCHSCRIPT, CheckpointFormat.ONNX}
"""Formats of files that bring their own network, and are no checkpoints of weights."""


def checkpoint_format(path: Path) -> CheckpointFormat:
    """The format of a checkpoint.

    Raises:
        CamviewerError: it cannot be read, or is something else, which the sentence names.
    """
    try:
        if path.is_dir():
            raise CamviewerError(
                f"{path.name or path} is a folder.", "Choose the checkpoint in it."
            )
        size = path.stat().st_size
        with path.open("rb") as file:
            return _format(path.name, file, size)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> CamviewerError:
    """The sentence for a file that the system does not give."""
    if isinstance(error, FileNotFoundError):
        return CamviewerError(f"There is no file {path.name}.", "Check its name and folder.")
    if isinstance(error, PermissionError):
        return CamviewerError(f"{path.name} is not open to you.", "Change its permissions.")
    return CamviewerError(
        f"{path.name} cannot be read: {reason_of(error)}.", "Copy it to another disk."
    )


def damaged(name: str) -> CamviewerError:
    """The sentence for a checkpoint that is not whole."""
    return CamviewerError(
        f"{name} is damaged or was cut short.", "Copy or download it again and compare its size."
    )


def _format(name: str, file: IO[bytes], size: int) -> CheckpointFormat:
    if size == 0:
        raise CamviewerError(f"{name} is empty.", "Copy or download it again.")
    head = file.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _torch_zip(name, file, size)
    if head.startswith(_LEGACY):
        return CheckpointFormat.LEGACY
    if _is_safetensors(head, size):
        return CheckpointFormat.SAFETENSORS
    if _is_onnx(file, size):
        return CheckpointFormat.ONNX
    if head[:1] == b"\x80" and head[1:2] in {b"\x02", b"\x03", b"\x04", b"\x05"}:
        return CheckpointFormat.PICKLE
    raise _named_refusal(name, head)


def _torch_zip(name: str, file: IO[bytes], size: int) -> CheckpointFormat:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise damaged(name) from error
    # Entries lie in one folder whose name is free: model/data.pkl, model/data/0 ...
    inner = {entry.filename.partition("/")[2] for entry in entries}
    if "constants.pkl" in inner:
        return CheckpointFormat.TORCHSCRIPT
    if "archive_format" in inner or any(
        part.endswith(("serialized_exported_program.json", "models/model.json"))
        for part in (entry.filename for entry in entries)
    ):
        return CheckpointFormat.TORCH_EXPORT
    if "model.toml" in {entry.filename for entry in entries}:
        raise CamviewerError(
            f"{name} is a model of camviewer, not a checkpoint.",
            "Give it the ending .camviewer and import it so.",
        )
    if "data.pkl" not in inner:
        raise _not_a_checkpoint(name, "a zip archive without weights of torch")
    if sum(entry.file_size for entry in entries) > size or len(entries) > _MOST_ENTRIES:
        raise CamviewerError(
            f"{name} claims to hold more than its {size:,} bytes and may be made to fill the "
            "memory.",
            "Copy or download it again from a place that you trust.",
        )
    return CheckpointFormat.ZIP


def _is_safetensors(head: bytes, size: int) -> bool:
    length = int.from_bytes(head[:_SAFETENSORS_LENGTH], "little")
    begins = head[_SAFETENSORS_LENGTH : _SAFETENSORS_LENGTH + 2]
    # A file that was cut short within its header is still told as what it was.
    return begins == b'{"' or (begins[:1] == b"{" and length <= size)


def _named_refusal(name: str, head: bytes) -> CamviewerError:
    if not any(head):
        return damaged(name)
    if head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC):
        return CamviewerError(
            f"{name} is a tar archive: of torch before 0.4, or with the checkpoint packed in it.",
            f"Unpack it. {STATE_DICT_HINT}",
        )
    return _not_a_checkpoint(name, _other_kind(head))


def _other_kind(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "a WebP picture"
    if head[4:12] in {b"ftypheic", b"ftypavif", b"ftypmif1"}:
        return "a HEIF picture"
    return next(
        (kind for signature, kind in _SIGNATURES if head.startswith(signature)),
        "neither a checkpoint of torch nor a safetensors file",
    )


def _is_onnx(file: IO[bytes], size: int) -> bool:
    """Whether the file is a protocol buffer with the fields of an ONNX model and its graph."""
    file.seek(0)
    fields = set()
    position = 0
    while position < size:
        key, position = _varint(file, position)
        field, wire = key >> 3, key & 7
        if field not in _ONNX_FIELDS or wire not in {0, 2}:
            return False
        value, position = _varint(file, position)
        if value < 0:
            return False
        if wire == 2:
            position += value
            file.seek(position)
        fields.add(field)
        if len(fields) > 1 and _ONNX_GRAPH in fields:
            return position <= size
    return False


def _varint(file: IO[bytes], position: int) -> tuple[int, int]:
    """A protocol buffer's number and the place behind it; -1 where there is none."""
    number = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            return -1, position
        position += 1
        number |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return number, position
    return -1, position


def _not_a_checkpoint(name: str, kind: str) -> CamviewerError:
    return CamviewerError(
        f"{name} is {kind}.",
        "Choose a .pth, .pt, .bin, .ckpt or .safetensors file with the weights of a classifier.",
    )
