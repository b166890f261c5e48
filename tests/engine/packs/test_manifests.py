"""A manifest that says what cannot be is refused, in a folder and in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from camviewer.engine.errors import CamviewerError
from camviewer.engine.packs.store import PackInfo, read_pack
from tests.engine.packs.conftest import contents, edited, refused, zipped

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
