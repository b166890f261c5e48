"""Reads the zip archive of a ``torch.export`` program after checking its entries."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError

_MODEL = "model"
_PROGRAM = f"models/{_MODEL}.json"
_WEIGHTS, _CONSTANTS = "data/weights/", "data/constants/"
_OLD_PROGRAM = "serialized_exported_program.json"
_OLD_WEIGHTS, _OLD_CONSTANTS = "serialized_state_dict.pt", "serialized_constants.pt"
_MOST_ENTRIES = 200_000
_MOST_JSON_BYTES = 256_000_000
_ROOM, _SMALL = 4, 64_000_000
"""Maximum memory for the content, as a multiple of the file's size and as extra bytes; because JSON
is compressed and tensors become float32."""
_COMPILED = ("data/aotinductor/", "data/executorch/")


class ExportArchive:
    """Reads the records of a program that a classifier needs, and no pickled objects.

    Args:
        name: name of the file, for messages.
        archive: the zip archive.
        size: size of the file, in bytes.

    Raises:
        CamviewerError: its entries claim implausible sizes, or it has compiled code or several
            programs.
    """

    def __init__(self, name: str, archive: zipfile.ZipFile, size: int) -> None:
        self._name = name
        self._archive = archive
        self._most_bytes = _ROOM * size + _SMALL
        entries = archive.infolist()
        self._require_honest(entries)
        names = {entry.filename for entry in entries}
        self._old = _OLD_PROGRAM in names
        # Newer archives have all entries in one folder with an arbitrary name.
        self._records = {
            entry.filename if self._old else entry.filename.partition("/")[2]: entry
            for entry in entries
        }
        if any(record.startswith(_COMPILED) for record in self._records):
            raise CamviewerError(
                f"{name} was not opened: it holds compiled code, which could do anything.",
                "Save the program itself: torch.export.save(program, file).",
            )
        if not self._old and _PROGRAM not in self._records:
            raise CamviewerError(
                f"{name} holds no program under the name {_MODEL}.",
                "Save it with torch.export.save(program, file).",
            )

    def program(self) -> bytes:
        """The JSON with the list of operators."""
        return self._json(_OLD_PROGRAM if self._old else _PROGRAM)

    def weights(self) -> dict[str, Tensor]:
        """Parameters and buffers by name."""
        if self._old:
            return self._pickled(_OLD_WEIGHTS)
        if f"{_WEIGHTS}{_MODEL}.pt" in self._records:
            return self._pickled(f"{_WEIGHTS}{_MODEL}.pt")
        return self._raw(_WEIGHTS, f"{_MODEL}_weights_config.json")

    def constants(self) -> dict[str, Tensor]:
        """Further tensors by name."""
        if self._old:
            return self._pickled(_OLD_CONSTANTS)
        if f"{_CONSTANTS}{_MODEL}.pt" in self._records:
            return self._pickled(f"{_CONSTANTS}{_MODEL}.pt")
        return self._raw(_CONSTANTS, f"{_MODEL}_constants_config.json")

    def _require_honest(self, entries: list[zipfile.ZipInfo]) -> None:
        claimed = sum(entry.file_size for entry in entries)
        if len(entries) > _MOST_ENTRIES or claimed > self._most_bytes:
            raise self._too_much(claimed)

    def _too_much(self, claimed: int) -> CamviewerError:
        return CamviewerError(
            f"{self._name} was not opened: it claims to hold {claimed:,} bytes, many more than "
            "the file has, and may be made to fill the memory.",
            "Copy or download it again from a place that you trust.",
        )

    def _json(self, record: str) -> bytes:
        entry = self._records[record]
        if entry.file_size > _MOST_JSON_BYTES:
            raise CamviewerError(
                f"{self._name} was not opened: its program has {entry.file_size:,} bytes.",
                "Export the network again.",
            )
        return self._archive.read(entry)

    def _raw(self, folder: str, config: str) -> dict[str, Tensor]:
        from camviewer.engine.programs.exported_program import tensor_of  # noqa: PLC0415

        if f"{folder}{config}" not in self._records:
            return {}
        found = {}
        listed: Mapping[str, Any] = json.loads(self._json(f"{folder}{config}"))["config"]
        contents: dict[str, Tensor] = {}
        held = 0
        for name, record in listed.items():
            path = str(record["path_name"])
            if record["use_pickle"] or path.startswith(("custom_obj", "opaque_obj")):
                raise self._refused_pickle()
            if path not in contents:
                content = bytearray(self._archive.read(self._records[f"{folder}{path}"]))
                contents[path] = torch.frombuffer(content, dtype=torch.uint8)
            found[name] = tensor_of(contents[path], record["tensor_meta"])
            held += found[name].nbytes
            if held > self._most_bytes:
                raise self._too_much(held)
        return found

    def _pickled(self, record: str) -> dict[str, Tensor]:
        """A state dict of torch before 2.9, read by torch's ``weights_only`` reader."""
        content = self._archive.read(self._records[record])
        if not content:
            return {}
        try:
            loaded = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            raise self._refused_pickle() from error
        except (RuntimeError, EOFError) as error:
            raise ValueError("a damaged state dict") from error
        if not isinstance(loaded, Mapping):
            raise self._refused_pickle()
        if not all(isinstance(value, Tensor) for value in loaded.values()):
            raise self._refused_pickle()
        return {
            str(name): tensor.detach().float() if tensor.is_floating_point() else tensor.detach()
            for name, tensor in loaded.items()
        }

    def _refused_pickle(self) -> CamviewerError:
        return CamviewerError(
            f"{self._name} was not opened: it holds Python objects beside its tensors, and "
            "loading those can run any code.",
            "Export the network again with plain tensors as weights: torch.export.save(program, "
            "file).",
        )
