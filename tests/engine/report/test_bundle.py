"""Evidence bundles: every changed byte is found, and their maps are computed anew."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
import random
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels, read_image
from camviewer.engine.report import ReportedMap, write_report
from camviewer.engine.report.bundle import COMMENT, MANIFEST
from camviewer.engine.report.bundle_reading import open_bundle
from camviewer.engine.report.bundle_zip import ChangedBundleError, add, zip_writer
from camviewer.engine.report.checking import session_of_bundle
from camviewer.engine.report.recomputing import (
    MapCheck,
    Outcome,
    recomputed,
    require_model,
    summary,
)
from camviewer.engine.session.session import Session

Reported = Callable[..., ReportedMap]


@pytest.fixture
def small() -> SourceImage:
    """A picture without a file, as the clipboard gives it."""
    pixels = np.random.default_rng(3).integers(0, 256, (40, 56, 3), np.uint8)
    return image_from_pixels(pixels, "Clipboard")


@pytest.fixture
def bundle(reported: Reported, small: SourceImage, tmp_path: Path) -> Path:
    """A bundle of one small picture."""
    file = tmp_path / "evidence.zip"
    write_report(file, [reported(small)], 1, "A note.")
    return file


def checks(file: Path, session: Session, folder: Path | None = None) -> tuple[MapCheck, ...]:
    opened = open_bundle(file)
    with session_of_bundle(opened, session) as model:
        return tuple(recomputed(opened, model, folder))


def structure(file: Path) -> list[int]:
    """Where a zip has its headers, names, dates, directory and comment: all but its files."""
    with zipfile.ZipFile(file) as archive:
        inside = set()
        for entry in archive.infolist():
            start = entry.header_offset + 30 + len(entry.filename)
            inside.update(range(start, start + entry.file_size))
    return sorted(set(range(file.stat().st_size)) - inside)


def test_every_one_of_a_thousand_changed_bytes_is_found(bundle: Path) -> None:
    content, chance = bundle.read_bytes(), random.Random(7)
    parts = structure(bundle)
    places = chance.sample(parts, 500) + chance.sample(range(len(content)), 460)
    places += range(len(content) - 40, len(content))
    open_bundle(bundle)
    assert len(places) == 1000
    missed = []
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        bundle.write_bytes(changed)
        try:
            open_bundle(bundle)
        except ChangedBundleError:
            continue
        missed.append(place)
    assert not missed


@pytest.mark.exhaustive
def test_every_changed_byte_of_the_structure_is_found(bundle: Path) -> None:
    content = bundle.read_bytes()
    for place in structure(bundle):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            bundle.write_bytes(changed)
            with pytest.raises(ChangedBundleError):
                open_bundle(bundle)


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Makes a bundle again with other files in it, and the comment of the one before."""
    with zipfile.ZipFile(file) as archive:
        files, comment = {n: archive.read(n) for n in archive.namelist()}, archive.comment
    change(files)
    with file.open("wb") as target, zip_writer(target, comment) as archive:
        for name, content in files.items():
            add(archive, name, content)


def test_what_was_changed_is_named(bundle: Path) -> None:
    original = bundle.read_bytes()
    cases: list[tuple[Callable[[dict[str, bytes]], None], str]] = [
        (lambda files: files.update({"table.csv": b"other"}), "table.csv is not what it was"),
        (lambda files: files.pop("table.csv"), "table.csv is missing"),
        (lambda files: files.update({"more.txt": b""}), "more.txt was added"),
        (lambda files: files.update({"table.csv": files.pop("table.csv")}), "the order of"),
        (lambda files: files.update({MANIFEST: files[MANIFEST] + b" "}), "manifest.json or"),
        (lambda files: files.pop(MANIFEST), "it has no manifest.json"),
    ]
    for change, words in cases:
        bundle.write_bytes(original)
        rewritten(bundle, change)
        with pytest.raises(ChangedBundleError, match=words):
            open_bundle(bundle)
    for content in (original + b"\0", b"\0" + original, original[:-1], b"", b"no zip"):
        bundle.write_bytes(content)
        with pytest.raises(ChangedBundleError):
            open_bundle(bundle)


def test_a_forged_bundle_does_no_harm(bundle: Path, session: Session) -> None:
    """Whoever makes new hashes is not found out, but cannot have anything done either."""
    original = bundle.read_bytes()
    cases: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
        ("sidecar", lambda one: one["request"].update(detail=1e6), "No input is enlarged 1e"),
        ("sidecar", lambda one: one["request"].update(layer="../x"), "not computed anew"),
        ("sidecar", lambda one: one.pop("run"), "does not say how it was made"),
        ("manifest", lambda one: one["picture"].update(page_index="x"), "how its picture is read"),
        ("manifest", lambda one: one["picture"].update(kept_range={"low": 1}), "picture is read"),
        ("manifest", lambda one: one["picture"].update(file="../../etc/passwd"), "is not what it"),
    ]
    for where, change, words in cases:
        bundle.write_bytes(original)
        forge(bundle, where, change)
        (found,) = checks(bundle, session)
        assert found.outcome is Outcome.NOT_COMPUTED
        assert words in found.words


def forge(file: Path, where: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Makes a bundle again with another sidecar or manifest, and with hashes that fit."""
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop(MANIFEST))
    (one,) = manifest["maps"]
    if where == "sidecar":
        record = json.loads(files[one["sidecar"]])
        change(record)
        files[one["sidecar"]] = content = json.dumps(record).encode()
        told = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        manifest["files"][one["sidecar"]] = told
    else:
        change(one)
    files[MANIFEST] = json.dumps(manifest).encode()
    comment = f"{COMMENT}{hashlib.sha256(files[MANIFEST]).hexdigest()}".encode()
    with file.open("wb") as target, zip_writer(target, comment) as archive:
        for name, content in files.items():
            add(archive, name, content)


def test_a_hostile_zip_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    names = ("../evil.txt", "/etc/evil", "C:evil", "..\\evil")
    cases = [(zipfile.ZipInfo(name), b"x", "outside of it") for name in names]
    link = zipfile.ZipInfo("maps/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    cases.append((link, b"/etc/passwd", "a link"))
    packed = zipfile.ZipInfo("report.html")
    packed.compress_type = zipfile.ZIP_DEFLATED
    cases.append((packed, b"\0" * (50 << 20), "compressed"))
    for entry, content, words in cases:
        file = tmp_path / "hostile.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(entry, content)
        with pytest.raises(ChangedBundleError, match=words):
            open_bundle(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("maps/0", b"x" * 1000)
        for number in range(1, 9):  # all of them are the same bytes
            shared = copy.copy(archive.filelist[0])
            shared.filename = shared.orig_filename = f"maps/{number}"
            archive.filelist.append(shared)
    with pytest.raises(ChangedBundleError, match="more bytes than it"):
        open_bundle(file)
    assert [path.name for path in tmp_path.iterdir()] == ["hostile.zip"]
    with pytest.raises(CamviewerError, match="There is no file"):
        open_bundle(tmp_path / "none.zip")


def test_a_bundle_has_what_it_rests_on(
    reported: Reported, photographs: dict[str, SourceImage], tmp_path: Path
) -> None:
    shown = [reported(photographs["chelsea"], "layercam"), reported(photographs["rocket"])]
    file = tmp_path / "evidence.zip"
    digest = write_report(file, shown, 2, "Seen by two.")
    with zipfile.ZipFile(file) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = json.loads(archive.read(MANIFEST))
        assert hashlib.sha256(archive.read(MANIFEST)).hexdigest() == digest
        assert archive.comment == f"{COMMENT}{digest}".encode()
        for name, told in manifest["files"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == told["sha256"]
        first, second = manifest["maps"]
        values = np.load(io.BytesIO(archive.read(first["map"])))
        overlay = Image.open(io.BytesIO(archive.read(first["overlay"])))
        picture = archive.read(second["picture"]["file"])
        rows = list(csv.DictReader(archive.read("table.csv").decode().splitlines()))
        page = archive.read("report.html").decode()
    assert np.array_equal(values, shown[0].explanation.heatmap.values)
    assert overlay.size == (451, 300)
    assert hashlib.sha256(picture).hexdigest() == photographs["rocket"].sha256
    assert (first["method"], second["method"]) == ("layercam", "cam")
    assert manifest["model"]["weights_sha256"] == shown[0].model.weights_sha256
    assert manifest["note"] == "Seen by two."
    assert [row["explained"] for row in rows] == ["tiger cat", "missile"]
    assert float(rows[0]["probability"]) == pytest.approx(shown[0].explanation.probability)
    assert "Seen by two." in page


def test_the_same_maps_computed_anew_agree(
    reported: Reported, photographs: dict[str, SourceImage], session: Session, small: SourceImage,
    tmp_path: Path,
) -> None:  # fmt: skip
    maps = [
        reported(photographs["chelsea"], "grad-cam"),
        reported(photographs["rocket"], "smooth-grad-cam++", (("samples", 2), ("seed", 5))),
        reported(small),
    ]
    file = tmp_path / "evidence.zip"
    write_report(file, maps, 3)
    found = checks(file, session)
    assert [check.outcome for check in found] == [Outcome.AGREES] * 3
    assert all(check.difference is not None and check.difference < 1e-5 for check in found)
    assert "agrees within 1e-4" in found[0].words
    assert summary(found).startswith("All 3 maps agree within 1e-4")


def test_a_map_that_is_not_the_models_is_named_with_its_difference(
    reported: Reported, small: SourceImage, session: Session, tmp_path: Path
) -> None:
    true = reported(small)
    values = true.explanation.heatmap.values.copy()
    largest = float(np.abs(values).max())
    values[2, 4] += 0.05 * largest
    heatmap = replace(true.explanation.heatmap, values=values)
    false = replace(true, explanation=replace(true.explanation, heatmap=heatmap))
    file = tmp_path / "evidence.zip"
    write_report(file, [true, false], 2)
    agrees, differs = checks(file, session)
    assert agrees.outcome is Outcome.AGREES
    assert differs.outcome is Outcome.DIFFERS
    assert differs.difference == pytest.approx(0.05, rel=0.06)
    assert "in row 3, column 5" in differs.words
    assert summary((agrees, differs)).startswith("1 of 2 maps agree")


def test_pictures_beside_the_bundle_are_known_by_their_hashes(
    reported: Reported, photographs: dict[str, SourceImage], session: Session, scan: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    file = tmp_path / "evidence.zip"
    maps = [reported(photographs["rocket"]), reported(read_image(scan))]
    write_report(file, maps, 2, with_pictures=False)
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if name.startswith("pictures/")]
    for check in checks(file, session):
        assert check.outcome is Outcome.NOT_COMPUTED
        assert "name the folder that has it" in check.words
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(scan, folder / "renamed.dcm")
    rocket, ct = checks(file, session, folder)
    assert "is not in the folder elsewhere" in rocket.words
    assert ct.outcome is Outcome.AGREES


def test_no_patient_and_no_folder_is_in_a_bundle(
    reported: Reported, scan: Path, tmp_path: Path
) -> None:
    file = tmp_path / "evidence.zip"
    write_report(file, [reported(read_image(scan))], 1)
    with zipfile.ZipFile(file) as archive:
        names = " ".join(archive.namelist())
        content = b" ".join(archive.read(name) for name in archive.namelist())
    assert "pictures/" not in names
    for words in ("Miller", "Zoe", "PID-4711", str(tmp_path), str(Path.home())):
        assert words.encode() not in content
        assert words not in names


def test_a_picture_that_was_changed_meanwhile_is_not_taken(
    reported: Reported, photographs: dict[str, SourceImage], tmp_path: Path
) -> None:
    Image.fromarray(photographs["rocket"].pixels).save(tmp_path / "rocket.png")
    shown = reported(read_image(tmp_path / "rocket.png"))
    Image.fromarray(photographs["coffee"].pixels).save(tmp_path / "rocket.png")
    with pytest.raises(CamviewerError, match=r"rocket.png was changed after its map was made"):
        write_report(tmp_path / "evidence.zip", [shown], 1)
    assert [path.name for path in tmp_path.iterdir()] == ["rocket.png"]


def test_the_model_is_fed_what_it_was_fed_when_the_maps_were_made(
    bundle: Path, session: Session
) -> None:
    recipe = replace(session.info.recipe, mean=(0.1, 0.2, 0.3))
    edited = replace(session.classifier, info=replace(session.info, recipe=recipe))
    assert checks(bundle, Session(edited))[0].outcome is Outcome.AGREES


def test_a_model_with_other_weights_is_not_asked(bundle: Path, session: Session) -> None:
    opened = open_bundle(bundle)
    other = replace(session.info, weights_sha256="0" * 64)
    with pytest.raises(CamviewerError, match=r"has other weights than the model of evidence\.zip"):
        require_model(opened, other)
    with session_of_bundle(opened, Session(replace(session.classifier, info=other))) as found:
        assert found.info.weights_sha256 == session.info.weights_sha256
