"""What is saved of a map opens elsewhere, and is enough to make it again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

import numpy as np
import pytest
from PIL import Image

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.render import files as export
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import overlay
from camviewer.engine.render.sidecar import provenance
from camviewer.engine.results.messages import ExplainRequest, Explanation
from camviewer.engine.session.session import Session

WHOLE = ExplainRequest(
    class_index=285, method="grad-cam", layer="blocks.5", mode=PlacementMode.WHOLE, detail=1.5
)


@pytest.fixture(scope="module")
def session(embedded: Classifier) -> Session:
    """One session for all: nothing here changes it."""
    return Session(embedded, OffsetStore(embedded.info.weights_sha256, shipped=IDENTIFIER))


@pytest.fixture(scope="module")
def chelsea(photographs: dict[str, SourceImage]) -> SourceImage:
    return photographs["chelsea"]


@pytest.fixture(scope="module")
def explanation(session: Session, chelsea: SourceImage) -> Explanation:
    return session.explain(chelsea, WHOLE)


@pytest.fixture(scope="module")
def record(session: Session, chelsea: SourceImage, explanation: Explanation) -> dict:
    return provenance(chelsea, explanation, session.info, Look(), session.verdict(chelsea))


def test_a_saved_map_comes_back_with_its_values_and_its_place(
    tmp_path: Path, explanation: Explanation, record: dict
) -> None:
    export.save_map(tmp_path / "map.npy", explanation)
    export.save_sidecar(tmp_path / "map.json", record)
    loaded = export.load_map(tmp_path / "map.npy", tmp_path / "map.json")
    assert (loaded.values == explanation.heatmap.values).all()
    assert loaded.values.dtype == np.float32
    assert loaded.geometry == explanation.heatmap.geometry
    assert loaded.evidence is explanation.heatmap.evidence
    assert (loaded.unit, loaded.noise_scale) == ("logit", explanation.heatmap.noise_scale)


@pytest.mark.parametrize("wanted", [ExplainRequest(), WHOLE, replace(WHOLE, nominal=True)])
def test_the_sidecar_alone_is_enough_to_make_the_map_again(
    tmp_path: Path, session: Session, chelsea: SourceImage, wanted: ExplainRequest
) -> None:
    first = session.explain(chelsea, wanted)
    export.save_sidecar(tmp_path / "a.json", provenance(chelsea, first, session.info))
    request = export.request_of(export.read_sidecar(tmp_path / "a.json"))
    assert request == first.request
    again = session.explain(chelsea, request).heatmap
    assert (again.values == first.heatmap.values).all()
    assert again.geometry == first.heatmap.geometry


def test_the_overlay_is_a_png_of_the_pictures_size_with_words_in_it(
    tmp_path: Path, chelsea: SourceImage, explanation: Explanation
) -> None:
    look = Look(opacity=0.8)
    export.save_overlay(tmp_path / "a.png", chelsea, explanation, look)
    with Image.open(tmp_path / "a.png") as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (451, 300))
        assert (np.asarray(picture) == overlay(chelsea, explanation.heatmap, look)).all()
        assert picture.text["Class"] == "Egyptian cat (285)"
        assert picture.text["Method"] == "Grad-CAM, layer blocks.5"
        assert picture.text["Software"].startswith("camviewer ")


def test_the_raw_map_needs_no_pickle(tmp_path: Path, explanation: Explanation) -> None:
    export.save_map(tmp_path / "a.npy", explanation)
    values = np.load(tmp_path / "a.npy", allow_pickle=False)
    assert values.dtype == np.float32
    assert (values == explanation.heatmap.values).all()


def test_the_sidecar_says_what_made_the_map(
    record: dict, chelsea: SourceImage, explanation: Explanation, session: Session
) -> None:
    assert record["schema"] == 1
    assert record["picture"]["sha256"] == chelsea.sha256
    assert record["model"]["weights_sha256"] == session.info.weights_sha256
    assert record["model"]["preprocessing"]["interpolation"] == "bicubic"
    assert (record["placement"]["mode"], record["placement"]["detail"]) == ("whole", 1.5)
    height, width = explanation.placement.input_size
    assert record["placement"]["input_width"] == width
    assert record["placement"]["input_height"] == height
    assert record["class"]["name"] == "Egyptian cat"
    assert record["class"]["under_recipe"]["probability"] == explanation.probability
    assert record["class"]["where_mapped"]["logit"] == explanation.logit_here
    assert record["map"]["min"] == explanation.heatmap.low
    assert len(record["top"]) == 5
    assert {"python", "torch", "numpy", "pillow", "camviewer"} <= set(record["versions"])
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_the_sidecar_does_not_tell_where_the_picture_lies(
    record: dict, chelsea: SourceImage
) -> None:
    assert chelsea.path is not None
    assert str(chelsea.path.parent) not in json.dumps(record)


def test_numbers_that_json_does_not_know_become_null(
    tmp_path: Path, session: Session, chelsea: SourceImage, explanation: Explanation
) -> None:
    broken = replace(explanation.heatmap, values=np.full_like(explanation.heatmap.values, np.nan))
    record = provenance(chelsea, replace(explanation, heatmap=broken), session.info)
    export.save_sidecar(tmp_path / "a.json", record)
    assert record["map"]["max"] is None


def test_names_say_picture_class_and_method(
    tmp_path: Path, chelsea: SourceImage, explanation: Explanation
) -> None:
    paths = export.output_paths(tmp_path, chelsea, explanation)
    assert [path.name for path in paths] == [
        f"chelsea.Egyptian-cat.grad-cam{suffix}" for suffix in (".png", ".npy", ".json")
    ]
    chosen = export.output_paths(tmp_path / "mine.npy", chelsea, explanation)
    assert [path.name for path in chosen] == ["mine.png", "mine.npy", "mine.json"]


@pytest.mark.parametrize("suffix", [".png", ".npy", ".json"])
def test_a_name_in_use_is_not_taken(
    tmp_path: Path, chelsea: SourceImage, explanation: Explanation, suffix: str
) -> None:
    first = export.output_paths(tmp_path, chelsea, explanation)
    first.map.with_suffix(suffix).touch()
    second = export.output_paths(tmp_path, chelsea, explanation)
    assert second.overlay.name == "chelsea.Egyptian-cat.grad-cam-2.png"
    second.sidecar.touch()
    third = export.output_paths(tmp_path, chelsea, explanation)
    assert third.overlay.name == "chelsea.Egyptian-cat.grad-cam-3.png"
    assert export.output_paths(tmp_path, chelsea, explanation, overwrite=True) == first


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a:b?c*.jpg", "a_b_c_"),
        ("con.jpg", "_con"),
        ("Schöne Grüße.jpg", "Schöne Grüße"),
        ("x\udcff.jpg", "x_"),
        ("...", "picture"),
        ("é" * 200 + ".jpg", "é" * 80),
        ("Clipboard", "Clipboard"),
    ],
)
def test_names_are_safe_on_every_file_system(
    tmp_path: Path, explanation: Explanation, name: str, stem: str
) -> None:
    image = image_from_pixels(np.zeros((2, 2, 3), np.uint8), name)
    paths = export.output_paths(tmp_path, image, explanation)
    assert paths.map.name == f"{stem}.Egyptian-cat.grad-cam.npy"
    export.save_map(paths.map, explanation)


def test_a_class_with_slashes_stays_in_the_folder(
    tmp_path: Path, chelsea: SourceImage, explanation: Explanation
) -> None:
    hostile = replace(explanation, class_name="../../etc, C:\\x")
    paths = export.output_paths(tmp_path, chelsea, hostile)
    assert all(path.parent == tmp_path for path in paths)
    assert PurePath(paths.map).name == "chelsea._.._etc-C__x.grad-cam.npy"


def writers(
    chelsea: SourceImage, explanation: Explanation, record: dict
) -> tuple[Callable[[Path], None], ...]:
    return (
        lambda path: export.save_overlay(path, chelsea, explanation, Look()),
        lambda path: export.save_map(path, explanation),
        lambda path: export.save_sidecar(path, record),
    )


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(
    tmp_path: Path, chelsea: SourceImage, explanation: Explanation, record: dict
) -> None:
    (tmp_path / "file").touch()
    for write in writers(chelsea, explanation, record):
        with pytest.raises(CamviewerError, match="file is not a folder"):
            write(tmp_path / "file" / "map")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root"
)
def test_a_folder_that_may_not_be_written_is_refused_in_a_sentence(
    tmp_path: Path, explanation: Explanation
) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CamviewerError, match="is not open to you"):
            export.save_map(tmp_path / "a.npy", explanation)
    finally:
        tmp_path.chmod(0o700)


def test_a_failure_half_way_leaves_what_was_there_before(
    tmp_path: Path,
    chelsea: SourceImage,
    explanation: Explanation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def save(_self: object, file: object, *_: object, **__: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    (tmp_path / "a.png").write_bytes(b"before")
    monkeypatch.setattr(Image.Image, "save", save)
    with pytest.raises(CamviewerError, match=r"a\.png could not be written: the disk is full"):
        export.save_overlay(tmp_path / "a.png", chelsea, explanation, Look())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


FILE_LIMIT = """
import resource, sys
from pathlib import Path
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.errors import CamviewerError
from camviewer.engine.render.files import save_sidecar
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save_sidecar(Path(sys.argv[1]), {"words": "x" * 100_000})
except CamviewerError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
def test_a_disk_that_really_takes_no_more_leaves_no_half_file(tmp_path: Path) -> None:
    root = Path(export.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", FILE_LIMIT, str(tmp_path / "a.json")],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("a.json could not be written: the disk is full.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_files_get_the_usual_permissions(tmp_path: Path, record: dict) -> None:
    export.save_sidecar(tmp_path / "a.json", record)
    (tmp_path / "usual").touch()
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_files_that_do_not_belong_together_are_refused(
    tmp_path: Path, session: Session, chelsea: SourceImage, record: dict
) -> None:
    export.save_map(tmp_path / "a.npy", session.explain(chelsea, ExplainRequest()))
    export.save_sidecar(tmp_path / "a.json", record)
    with pytest.raises(CamviewerError, match="saved together"):
        export.load_map(tmp_path / "a.npy", tmp_path / "a.json")


@pytest.mark.parametrize("content", ["", "[]", "{", "{}", '{"schema": 99}', '{"schema": 1}'])
def test_a_file_that_is_no_sidecar_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(CamviewerError):
        export.request_of(export.read_sidecar(tmp_path / "a.json"))


def test_a_map_with_objects_in_it_is_refused(tmp_path: Path, record: dict) -> None:
    np.save(tmp_path / "a.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    export.save_sidecar(tmp_path / "a.json", record)
    with pytest.raises(CamviewerError, match="cannot be read as a raw map"):
        export.load_map(tmp_path / "a.npy", tmp_path / "a.json")
