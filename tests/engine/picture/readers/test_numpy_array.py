"""NumPy arrays as pictures: bands, pages, types, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from camviewer.engine.picture.source_image import ImageError, find_pictures, read_image

RNG = np.random.default_rng(4)


def saved(folder: Path, array: np.ndarray) -> Path:
    np.save(folder / "values.npy", array)
    return folder / "values.npy"


@pytest.mark.parametrize("kind", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("shape", [(9, 12), (9, 12, 1), (9, 12, 3), (9, 12, 7)])
def test_values_come_back_as_they_are(tmp_path: Path, kind: str, shape: tuple[int, ...]) -> None:
    array = (RNG.random(shape) * 200).astype(kind)
    values = read_image(saved(tmp_path, array)).values
    assert values.array.dtype == kind
    assert values.array.tobytes() == np.atleast_3d(array).tobytes()


def test_bands_that_come_first_are_put_last(tmp_path: Path) -> None:
    array = RNG.random((2, 9, 12)).astype(np.float32)
    assert (read_image(saved(tmp_path, array)).values.array == np.moveaxis(array, 0, -1)).all()


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(8, 9, 12), (6, 9, 8, 3), (6, 2, 9, 8)])
def test_stacks_are_pages(tmp_path: Path, shape: tuple[int, ...], order: str) -> None:
    array = np.asarray(RNG.integers(0, 9999, shape), np.uint16, order=order)
    path = saved(tmp_path, array)
    image = read_image(path, page=4)
    page = array[4] if shape[1] > 3 else np.moveaxis(array[4], 0, -1)
    assert (image.pages, image.page) == (shape[0], 4)
    assert (image.values.array == np.atleast_3d(page)).all()


@pytest.mark.parametrize("kind", [">u2", "<i4", ">f4", "float64", "float16", "bool", "int64"])
def test_other_types_keep_their_values(tmp_path: Path, kind: str) -> None:
    array = (RNG.random((9, 12)) * 100 - (20 if "u" not in kind and kind != "bool" else 0)).astype(
        kind
    )
    values = read_image(saved(tmp_path, array)).values.array
    assert values.dtype in (np.uint8, np.uint16, np.float32)
    assert (values[..., 0] == array.astype(np.float32)).all()


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.ones(5), "of shape (5,)"),
        (np.ones((2, 2, 2, 2, 2)), "of shape (2, 2, 2, 2, 2)"),
        (np.ones((4, 5), np.complex64), "complex64"),
        (np.full((4, 5), np.nan), "has no value that is a finite number"),
        (np.ones((0, 5)), "without pixels"),
        (np.array([["a", "b"]]), "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(
    tmp_path: Path, array: np.ndarray, words: str
) -> None:
    path = saved(tmp_path, array)
    with pytest.raises(ImageError) as failure:
        read_image(path)
    assert words in failure.value.message
    assert failure.value.message.startswith("values.npy")


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((4000, 4000, 3000), "has 3,000 bands; the limit is 1,024"),
        ((20000, 20000), "has 400.0 megapixels"),
        ((9000, 9000, 200), "unpacks to 16.2 GB"),
    ],
)
def test_too_large_arrays_are_refused_before_they_are_read(
    tmp_path: Path, shape: tuple[int, ...], words: str
) -> None:
    path = tmp_path / "values.npy"
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode())
    with pytest.raises(ImageError) as failure:
        read_image(path)
    assert words in failure.value.message


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path(tmp_path / "sprung").touch, ())

    path = tmp_path / "trap.npy"
    np.save(path, np.array([[Trap()]], object), allow_pickle=True)
    with pytest.raises(ImageError, match="no picture"):
        read_image(path)
    assert not (tmp_path / "sprung").exists()
    pickle.loads(path.read_bytes()[path.read_bytes().index(b"\x80") :])
    assert (tmp_path / "sprung").exists()


def test_a_file_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, np.ones((50, 60)))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ImageError, match="cut short or damaged"):
        read_image(path)


def test_raw_maps_that_were_saved_beside_their_sidecar_are_no_pictures(tmp_path: Path) -> None:
    np.save(tmp_path / "cat.npy", np.ones((7, 7), np.float32))
    np.save(tmp_path / "scan.npy", np.ones((7, 7), np.float32))
    (tmp_path / "cat.json").write_text("{}")
    assert [path.name for path in find_pictures([tmp_path])] == ["scan.npy"]
