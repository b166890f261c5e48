"""Computes the frozen network's features of every picture, or takes them from the store."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, place
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.packs.store import file_sha256
from camviewer.engine.packs.writing import unwritable
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.support.control import Control
from camviewer.engine.training.base_model import BaseModel
from camviewer.engine.training.data_set import DataSet, LabelledPicture, SkippedPicture
from camviewer.engine.training.events import Preparing, Skipped, TrainingEvent
from camviewer.engine.training.feature_store import (
    Features,
    FeatureStore,
    feature_stores_folder,
    make_room,
)

_TOGETHER = 16
"""Number of pictures in a batch."""
_KEPT_SECONDS = 10.0
"""Maximum time between two writes of features, in seconds; because a crash loses this work."""
_SPARE_BYTES = 200_000_000


@dataclass(frozen=True, eq=False)
class UsablePictures:
    """The pictures that could be read, and their features.

    Attributes:
        pictures: in the data set's order, each file once.
        hashes: SHA-256 of each file.
        rows: features of each: (flips, C), or (flips, C, h, w) for a head with a convolution.
        skipped: pictures that could not be read, with the reasons.
    """

    pictures: tuple[LabelledPicture, ...]
    hashes: tuple[str, ...]
    rows: tuple[Features, ...]
    skipped: tuple[SkippedPicture, ...]

    @property
    def labels(self) -> tuple[int, ...]:
        """Class of each picture."""
        return tuple(picture.label for picture in self.pictures)

    def batch(self, indices: Sequence[int], mirrored: Sequence[bool]) -> Tensor:
        """float32 features of some pictures, or of their mirror images."""
        rows = [self.rows[index][int(flip)] for index, flip in zip(indices, mirrored, strict=True)]
        return torch.from_numpy(np.stack(rows).astype(np.float32))


def compute_features(
    data: DataSet,
    base: BaseModel,
    *,
    flips: bool,
    on_event: Callable[[TrainingEvent], None],
    control: Control,
) -> UsablePictures:
    """Computes features of every picture and its mirror image that are not in the store.

    Raises:
        CamviewerError: the disk has no room for the features, or is not writable.
        Cancelled: the training was cancelled; the features up to now are kept.
    """
    folder = feature_stores_folder() / f"{base.features_key}-{1 + flips}"
    try:
        store = FeatureStore(folder)
        folder.touch()
        make_room(folder)
        return _Preparation(
            data=data, base=base, store=store, flips=flips, on_event=on_event, control=control
        ).run()
    except OSError as error:
        raise unwritable("The features of the pictures", error) from error


class _Preparation:
    """One pass over all pictures."""

    def __init__(
        self,
        *,
        data: DataSet,
        base: BaseModel,
        store: FeatureStore,
        flips: bool,
        on_event: Callable[[TrainingEvent], None],
        control: Control,
    ) -> None:
        self._data, self._base, self._store = data, base, store
        self._flips, self._on_event, self._control = flips, on_event, control
        self._skipped: list[SkippedPicture] = []
        self._done = 0
        self._began = self._kept_at = self._told_at = time.monotonic()
        self._waiting: dict[str, Features] = {}
        self._computed = 0

    def run(self) -> UsablePictures:
        hashed = list(self._hashed())
        missing = [(picture, digest) for picture, digest in hashed if digest not in self._store]
        self._require_room(len(missing))
        self._done = len(hashed) - len(missing)
        bad = self._compute(missing)
        self._keep()
        usable = [(picture, digest) for picture, digest in hashed if digest not in bad]
        self._on_event(Preparing(len(hashed), len(hashed), 0.0))
        return UsablePictures(
            tuple(picture for picture, _ in usable),
            tuple(digest for _, digest in usable),
            tuple(self._store.row(digest) for _, digest in usable),
            tuple(self._skipped),
        )

    def _hashed(self) -> Iterator[tuple[LabelledPicture, str]]:
        """Each file with its hash, without duplicates, which could be in both parts."""
        first: dict[str, LabelledPicture] = {}
        with ThreadPoolExecutor(_threads()) as pool:
            for picture, digest in zip(
                self._data.pictures,
                pool.map(_digest, (picture.path for picture in self._data.pictures)),
                strict=True,
            ):
                self._control.check()
                if isinstance(digest, OSError):
                    self._skip(picture, f"It cannot be read: {digest.strerror}.")
                elif digest in first:
                    self._skip(picture, f"It is the same picture as {first[digest].name}.")
                else:
                    first[digest] = picture
                    yield picture, digest

    def _compute(self, missing: list[tuple[LabelledPicture, str]]) -> set[str]:
        """Fills the store and returns the hashes of the pictures that could not be read."""
        bad: set[str] = set()
        total = self._done + len(missing)
        with ThreadPoolExecutor(_threads()) as pool:
            waiting = iter(missing)
            while chunk := list(islice(waiting, _TOGETHER)):
                self._control.check()
                paths = [(picture, self._base.recipe) for picture, _ in chunk]
                tensors: dict[str, Tensor] = {}
                for (picture, digest), read in zip(chunk, pool.map(_read, paths), strict=True):
                    if isinstance(read, Tensor):
                        tensors[digest] = read
                    else:
                        self._skip(picture, read.message)
                        bad.add(digest)
                if tensors:
                    self._pass(tensors)
                self._done += len(chunk)
                self._computed += len(chunk)
                self._tell_progress(total)
        return bad

    def _pass(self, tensors: dict[str, Tensor]) -> None:
        pictures = torch.cat(list(tensors.values())).to(self._base.device)
        sides = [self._features(pictures)]
        if self._flips:
            sides.append(self._features(pictures.flip(-1)))
        rows = np.stack(sides, axis=1)
        self._waiting.update(zip(tensors, rows, strict=True))
        if time.monotonic() - self._kept_at > _KEPT_SECONDS:
            self._keep()

    def _features(self, pictures: Tensor) -> Features:
        """Features of all cells for a head with a convolution; otherwise their mean."""
        with torch.no_grad():
            cells = self._base.cells(pictures)
            if not self._base.cut.convolution:
                pooled: NDArray[np.float32] = cells.mean((2, 3)).float().cpu().numpy()
                return pooled
            grid: NDArray[np.float32] = cells.float().cpu().numpy()
        narrow = grid.astype(np.float16)
        return narrow if bool(np.isfinite(narrow).all()) else grid

    def _keep(self) -> None:
        """Writes what was computed, rows of one type together."""
        for kind in (np.float32, np.float16):
            self._store.put(
                {digest: row for digest, row in self._waiting.items() if row.dtype == kind}
            )
        self._waiting.clear()
        self._kept_at = time.monotonic()

    def _require_room(self, count: int) -> None:
        rows, columns = self._base.grid if self._base.cut.convolution else (1, 1)
        values = self._base.cut.channels * rows * columns * (1 + self._flips)
        wanted = count * values * (2 if self._base.cut.convolution else 4)
        free = shutil.disk_usage(feature_stores_folder()).free
        if wanted + _SPARE_BYTES > free:
            raise CamviewerError(
                f"The features of {count:,} pictures take {wanted / 1e6:,.0f} MB, and the disk has "
                f"{free / 1e6:,.0f} MB left; {_SPARE_BYTES / 1e6:,.0f} MB must stay free.",
                "Make room, or train without the convolution."
                if self._base.cut.convolution
                else "Make room.",
            )

    def _skip(self, picture: LabelledPicture, reason: str) -> None:
        self._skipped.append(SkippedPicture(picture.name, reason))
        self._on_event(Skipped(picture.name, reason))

    def _tell_progress(self, total: int) -> None:
        now = time.monotonic()
        if now - self._told_at < 0.2:
            return
        self._told_at = now
        left = (total - self._done) * (now - self._began) / max(self._computed, 1)
        self._on_event(Preparing(self._done, total, left))


def _digest(path: Path) -> str | OSError:
    try:
        return file_sha256(path)
    except OSError as error:
        return error


def _read(order: tuple[LabelledPicture, Recipe]) -> Tensor | CamviewerError:
    """The network's input for a picture, (1, 3, h, w), or the error that prevents it."""
    picture, recipe = order
    try:
        image = read_whole(picture)
        return picture_tensor(image, place(image.size, recipe), recipe)
    except CamviewerError as error:
        return error
    except MemoryError:
        return CamviewerError("There is not enough memory to open it.")


def read_whole(picture: LabelledPicture) -> SourceImage:
    """Reads a picture that is complete, because a partial one would be a wrong example.

    Raises:
        CamviewerError: it cannot be opened, or parts of it could not be decoded.
    """
    image = read_image(picture.path)
    if image.is_damaged:
        raise CamviewerError("The file is damaged or cut short.")
    return image


def _threads() -> int:
    return min(4, os.cpu_count() or 1)
