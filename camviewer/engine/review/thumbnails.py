"""Makes thumbnails of a run's pictures with their stored maps; pictures are kept on the disk."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.batch.run import Run, no_map, page_of, require_unchanged
from camviewer.engine.geometry.geometry import Box
from camviewer.engine.picture.eye_choice import EyeChoice, eye_choice_words
from camviewer.engine.picture.file_kinds import EIGHT_BIT_SUFFIXES
from camviewer.engine.picture.smaller_copies import read_thumbnail
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import draw_over
from camviewer.engine.results.heatmap import Heatmap

THUMBNAIL_SIDE = 320
"""Longer side of a thumbnail in pixels; enough for a gallery's card on a screen of scale 2."""

_CACHE_BYTES = 512 << 20
"""Maximum size of the thumbnails on the disk, in bytes: those of about 30,000 pictures."""

_KEPT_SHARE = 0.8
"""What is left when the limit was passed, so that not every thumbnail makes room anew."""

_QUALITY = 88


class ThumbnailCache:
    """Small pictures on the disk, by the hash of the file that they were made of.

    Args:
        folder: theirs alone; it is made when the first one is kept.
        limit: size in bytes that they may take together; those not used for longest go first.
    """

    def __init__(self, folder: Path, limit: int = _CACHE_BYTES) -> None:
        self._folder = folder
        self._limit = limit
        self._size: int | None = None
        self._lock = threading.Lock()

    def get(self, sha256: str) -> NDArray[np.uint8] | None:
        """uint8 RGB (h, w, 3); None when it is not there, or damaged."""
        file = self._file(sha256)
        try:
            with Image.open(file) as image:
                pixels = np.array(image.convert("RGB"))
            os.utime(file)
        except (OSError, SyntaxError, ValueError):
            return None
        return pixels

    def put(self, sha256: str, pixels: NDArray[np.uint8]) -> None:
        """Keeps a thumbnail; a full disk, or one that must not be written, keeps none."""
        file = self._file(sha256)
        beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                Image.fromarray(pixels).save(beside, "JPEG", quality=_QUALITY)
                size = beside.stat().st_size
                beside.replace(file)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
        except OSError:
            return
        self._make_room(size)

    def _make_room(self, added: int) -> None:
        with self._lock:
            if self._size is None:
                self._size = sum(size for _, size, _ in self._files())
            else:
                self._size += added
            if self._size <= self._limit:
                return
            files = sorted(self._files())
            self._size = sum(size for _, size, _ in files)
            for _, size, name in files:
                if self._size <= _KEPT_SHARE * self._limit:
                    break
                with suppress(OSError):
                    Path(name).unlink()
                    self._size -= size

    def _files(self) -> list[tuple[float, int, str]]:
        """(when it was used, bytes, path) of each."""
        found = []
        for folder in self._folder.glob("??"):
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(OSError):
                        status = entry.stat()
                        found.append((status.st_mtime, status.st_size, entry.path))
        return found

    def _file(self, sha256: str) -> Path:
        # The hash stands in a table of somebody else's: it may be any words.
        name = hashlib.sha256(sha256.encode("utf-8", "replace")).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.jpg"


def thumbnail(
    run: Run, row: Mapping[str, Any], cache: ThumbnailCache, eye: EyeChoice | None = None
) -> NDArray[np.uint8]:
    """The picture of a row, small: uint8 RGB (h, w, 3).

    Args:
        run: the run.
        row: one of its rows.
        cache: keeps what was made.
        eye: which values are seen from black to white; as the picture is opened when None.

    Raises:
        CamviewerError: it is gone, cannot be read now or could not then, or was changed after its
            map was made.
    """
    _require_read(row)
    path = run.picture_path(row)
    if eye is not None and eye.type != "uint8" and path.suffix.lower() in EIGHT_BIT_SUFFIXES:
        eye = None  # such pictures need not be read as a whole, and are seen as they are
    page = page_of(row)
    key = row["sha256"]
    if page:
        key = f"{key} page {page + 1}"
    if eye is not None:
        key = f"{key} {eye_choice_words(eye)}"
    kept = cache.get(key)
    if kept is not None:
        return kept
    pixels = small_picture(run, row, THUMBNAIL_SIDE, eye)
    cache.put(key, pixels)
    return pixels


def small_picture(
    run: Run, row: Mapping[str, Any], side: int, eye: EyeChoice | None = None
) -> NDArray[np.uint8]:
    """The picture of a row, read anew: uint8 RGB (h, w, 3).

    Args:
        run: has the row.
        row: says where the picture lies, and which page of its file it is.
        side: longer side of the result at most, in pixels.
        eye: which values are seen from black to white; as the picture is opened when None.

    Raises:
        CamviewerError: it is gone, cannot be read now or could not then, or was changed after its
            map was made.
    """
    _require_read(row)
    path, page = run.picture_path(row), page_of(row)
    with run.reading(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    require_unchanged(row, path, digest)
    if eye is None and not page:
        return read_thumbnail(path, side)
    small = Image.fromarray(run.seen(read_image(path, page), eye).pixels)
    small.thumbnail((side, side), Image.Resampling.BOX)
    return np.array(small)


def _require_read(row: Mapping[str, Any]) -> None:
    """Refuses a row whose file could not be read: nothing is known of what it was then."""
    if row["sha256"] is None:
        raise no_map(row)


def thumbnail_with_map(
    pixels: NDArray[np.uint8], heatmap: Heatmap, size: tuple[int, int], look: Look
) -> NDArray[np.uint8]:
    """A thumbnail with its map upon it: uint8 RGB (h, w, 3).

    Args:
        pixels: the thumbnail, uint8 RGB (h, w, 3).
        heatmap: in source pixels.
        size: (H, W) of the picture itself.
        look: with a fixed range, where several maps share one.
    """
    drawn = pixels.copy()
    scale_x, scale_y = pixels.shape[1] / size[1], pixels.shape[0] / size[0]
    geometry = heatmap.geometry
    extent = geometry.extent
    scaled = replace(
        geometry,
        origin=(geometry.origin[0] * scale_x, geometry.origin[1] * scale_y),
        pitch=(geometry.pitch[0] * scale_x, geometry.pitch[1] * scale_y),
        extent=Box(
            extent.left * scale_x,
            extent.top * scale_y,
            extent.right * scale_x,
            extent.bottom * scale_y,
        ),
    )
    draw_over(drawn, replace(heatmap, geometry=scaled), look)
    return drawn
