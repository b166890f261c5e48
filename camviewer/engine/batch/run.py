"""Opens a run: its rows as a data frame, how far it is, and overlays from the stored maps."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from camviewer.engine.batch.addresses import is_address, is_remote, place_of
from camviewer.engine.batch.assessed_rows import assessment_table
from camviewer.engine.batch.configuration import RunSettings, range_of, settings_of
from camviewer.engine.batch.objects.finding import NO_OBJECTS
from camviewer.engine.batch.objects.one_picture import Located, ObjectsPlace
from camviewer.engine.batch.picture_places import PicturePlaces
from camviewer.engine.batch.picture_reading import picture_at
from camviewer.engine.batch.run_folder import RunFolder, open_folder
from camviewer.engine.batch.shard_claims import claimed_shards
from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.geometry.cell_grid import GridGeometry
from camviewer.engine.geometry.geometry import Box, PlacementMode, Recipe, place
from camviewer.engine.geometry.recipe_records import recipe_of
from camviewer.engine.picture.eye_choice import EyeChoice, seen_by
from camviewer.engine.picture.folder_range import with_kept_range
from camviewer.engine.picture.input_range import InputRange
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.render.look import Look
from camviewer.engine.render.overlay import overlay
from camviewer.engine.results.heatmap import Heatmap


@dataclass(frozen=True)
class RunStatus:
    """How far a run is.

    Attributes:
        shards: of the whole run.
        shards_done: those whose rows are there.
        shards_claimed: those that a process seems to be at work on.
        pictures: of the whole run.
        pictures_done: those of the shards that are done.
        failures: (path, sentence) of pictures that could not be explained.
    """

    shards: int
    shards_done: int
    shards_claimed: int
    pictures: int
    pictures_done: int
    failures: tuple[tuple[str, str], ...]

    @property
    def is_done(self) -> bool:
        """Whether all shards are there."""
        return self.shards_done == self.shards


class Run:
    """A run that was begun, opened for reading; it may go on meanwhile.

    Args:
        folder: of the run.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder

    @property
    def folder(self) -> RunFolder:
        """The run on the disk."""
        return self._folder

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._folder.path

    @property
    def record(self) -> Mapping[str, Any]:
        """What ``run.json`` says."""
        return self._folder.record

    @property
    def method_words(self) -> str:
        """The method and, where it is not the score of a class, what it explains."""
        model = self.record["model"]
        target = model.get("target", "")
        return f"{model['method_title']}, {target}" if target else str(model["method_title"])

    def settings(self) -> tuple[tuple[str, ...], RunSettings]:
        """The sources and the settings that the run was begun with.

        Raises:
            CamviewerError: an earlier version began it, which did not keep them.
        """
        kept = self.record.get("settings")
        if kept is None:
            raise CamviewerError(
                f"The run in {self.path} does not say what it was begun with.",
                "Repeat the command that began it.",
            )
        return tuple(self.record["sources"]), settings_of(kept)

    def scan(self) -> pl.LazyFrame:
        """The rows without reading them: what is not asked for stays on the disk."""
        return self._folder.scan()

    def rows(self) -> pl.DataFrame:
        """All rows, by path, page and rank.

        Raises:
            CamviewerError: a shard is damaged.
        """
        return self.collected(self.scan().sort("path", "page", "rank", maintain_order=True))

    def assessments(self) -> pl.DataFrame:
        """What reviewers said of the pictures; ``with_assessments`` puts it beside rows.

        Returns:
            A row for each picture that is judged, tagged or has a note: ``id`` and ``sha256`` as
            in the rows, ``judgement``, ``tags``, ``note``, ``reviewer``, ``changed_at`` (UTC).

        Raises:
            CamviewerError: they cannot be read.
        """
        return assessment_table(self.path)

    def collected(self, query: pl.LazyFrame) -> pl.DataFrame:
        """The answer to a query on ``scan``.

        Raises:
            CamviewerError: a shard is damaged.
        """
        try:
            return query.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise CamviewerError(
                f"The rows of {self.path} cannot be read: {error}.",
                "Remove the shard that is damaged; the same `camviewer batch` makes it again.",
            ) from error

    def tables(
        self, *columns: str, shards: Collection[str] | None = None
    ) -> Iterator[pl.DataFrame]:
        """The rows of one shard after the other, in the order of the list of pictures.

        Args:
            columns: those that are read; all when none are named.
            shards: names of those that are read; all that are done when None.

        Raises:
            CamviewerError: the list or a shard is damaged.
        """
        for rows in self._scans(shards):
            yield self.collected(rows.select(columns) if columns else rows)

    def maps(self, *columns: str) -> Iterator[Mapping[str, Any]]:
        """Some columns of each row that has a map, one shard after the other.

        Raises:
            CamviewerError: the list or a shard is damaged.
        """
        for rows in self._scans():
            found = rows.filter(pl.col("map").is_not_null()).select(columns)
            yield from self.collected(found).iter_rows(named=True)

    def _scans(self, shards: Collection[str] | None = None) -> Iterator[pl.LazyFrame]:
        """Each shard that is done, of those named, in the order of the list of pictures."""
        for shard in self._folder.shards():
            if (shards is None or shard.name in shards) and self._folder.is_done(shard.name):
                yield self._folder.scan_shard(shard.name)

    def picture_ids(self) -> list[str]:
        """The id of each picture, in the order of the list.

        Raises:
            CamviewerError: the list is damaged.
        """
        return self._folder.pictures()["id"].to_list()

    def status(self) -> RunStatus:
        """How far the run is.

        Raises:
            CamviewerError: the list of pictures or a shard is damaged.
        """
        shards = self._folder.shards()
        there = self._folder.done_shards()
        done = [shard for shard in shards if shard.name in there]
        failures = self.collected(
            self.scan().filter(pl.col("error").is_not_null()).select("path", "error").sort("path")
        )
        at_work = claimed_shards(self._folder.claims_folder) - {shard.name for shard in done}
        return RunStatus(
            shards=len(shards),
            shards_done=len(done),
            shards_claimed=len(at_work),
            pictures=self._folder.picture_count,
            pictures_done=sum(map(len, done)),
            failures=tuple((str(path), str(error)) for path, error in failures.iter_rows()),
        )

    def compare(self, other: Run, class_name: str | None = None) -> pl.DataFrame:
        """This run (A) and another one (B) over the same pictures, side by side.

        Args:
            other: of another model, another method, or other options.
            class_name: the class whose maps are compared where both runs have them, by name or
                index; by default the true one, then those that the models predict.

        Returns:
            A row for each picture that both runs explained, by path: ``RunComparison.table``.

        Raises:
            CamviewerError: the runs have no picture in common, or a shard is damaged.
        """
        from camviewer.engine.batch.comparison.run_comparison import (  # noqa: PLC0415  (it knows runs)
            compare_runs,
        )

        return compare_runs(self, other, class_name).table()

    def heatmap(self, row: Mapping[str, Any]) -> Heatmap:
        """The map of a row, lying where it lay.

        Raises:
            CamviewerError: the row has no map.
        """
        if row["map"] is None:
            raise no_map(row)
        shape = int(row["map_rows"]), int(row["map_columns"])
        values = np.asarray(row["map"], np.float32).reshape(shape)
        values.flags.writeable = False
        return Heatmap(
            values,
            self._geometry(row, shape),
            self.record["model"]["unit"],
            row["noise_scale"],
            self.record["model"].get("coloured", 1.0),
        )

    def picture_path(self, row: Mapping[str, Any]) -> Path:
        """Where the picture of a row was found."""
        root, location = self._places.place_of(row["id"])
        return self._folder.roots[root] / os.fsdecode(location)

    def objects_place(self, row: Mapping[str, Any]) -> ObjectsPlace | None:
        """Where the objects of a row's picture are known from; None where the run had none.

        Raises:
            CamviewerError: an earlier version began the run, which did not keep that.
        """
        mark = self.record["configuration"].get("objects", NO_OBJECTS)
        if mark == NO_OBJECTS:
            return None
        _, settings = self.settings()
        root, location = self._places.place_of(row["id"])
        return ObjectsPlace(
            settings.objects,
            mark,
            self._folder.roots,
            Located(row["path"], location, root),
            self._places.namesakes(row["path"]),
        )

    def overlay(
        self, row: Mapping[str, Any], look: Look | None = None, eye: EyeChoice | None = None
    ) -> NDArray[np.uint8]:
        """uint8 (H, W, 3): the picture of a row with its map upon it, without the network.

        Args:
            row: as ``rows().row(0, named=True)`` gives it.
            look: how it is drawn; signed where the method is when None.
            eye: which values are seen from black to white; as the picture is opened when None.

        Raises:
            CamviewerError: the row has no map, the picture is gone or was changed since, or has no
                window of the name that was chosen.
        """
        heatmap, path = self.heatmap(row), self.picture_path(row)
        with self.reading(path):
            image = picture_at(path, page_of(row))
        require_unchanged(row, path, image.sha256)
        image = self.seen(image, eye)
        return overlay(image, heatmap, look or Look(signed=self.record["model"]["signed"]))

    def seen(self, image: SourceImage, eye: EyeChoice | None) -> SourceImage:
        """A picture of the run as somebody chose to see it.

        Raises:
            CamviewerError: it has no window of the name that was chosen.
        """
        if eye is None or not eye.holds_for(image):
            return image
        fed = with_kept_range(image, self.kept_range).input_range(self.recipe.scale)
        return seen_by(image, eye, fed)

    @contextmanager
    def reading(self, path: Path) -> Iterator[None]:
        """Surrounds what reads the file of a picture.

        Raises:
            CamviewerError: the file is gone or cannot be read, or it lies at an address and the
                run does not.
        """
        if is_remote(path) and not is_remote(self._folder.path):
            raise CamviewerError(
                f"{path.name} lies at an address, and nothing is opened over a network.", ""
            )
        try:
            yield
        except OSError as error:
            raise CamviewerError(
                f"{path.name} cannot be read: {reason_of(error)}.", "Put the picture back."
            ) from error

    @cached_property
    def _places(self) -> PicturePlaces:
        return PicturePlaces(self._folder.pictures())

    @cached_property
    def recipe(self) -> Recipe:
        """What the network was fed."""
        return recipe_of(json.loads(self.record["configuration"]["recipe"]))

    @property
    def kept_range(self) -> InputRange | None:
        """The range that was assumed for pictures of which nothing says one."""
        return range_of(self.record["configuration"].get("input_range", ""))

    def _geometry(self, row: Mapping[str, Any], shape: tuple[int, int]) -> GridGeometry:
        size = int(row["height"]), int(row["width"])
        mode = PlacementMode(row["placement"])
        scale_x, scale_y = place(size, self.recipe, mode, row["detail"]).scale
        offset = self.record["configuration"]["offset"]
        return GridGeometry(
            shape=shape,
            origin=(row["origin_x"], row["origin_y"]),
            pitch=(row["pitch_x"], row["pitch_y"]),
            extent=Box(
                row["extent_left"], row["extent_top"], row["extent_right"], row["extent_bottom"]
            ),
            stride=(row["pitch_x"] * scale_x, row["pitch_y"] * scale_y),
            offset=(0.0, 0.0) if offset is None else (offset[0], offset[1]),
            measured=offset is not None,
        )


def page_of(row: Mapping[str, Any]) -> int:
    """The page of a row, from 0."""
    return int(row.get("page") or 1) - 1


def no_map(row: Mapping[str, Any]) -> CamviewerError:
    """Says why a row of a picture that could not be explained has no map."""
    return CamviewerError(f"{row['path']} has no map: {row['error']}", "")


def require_unchanged(row: Mapping[str, Any], path: Path, sha256: str) -> None:
    """Refuses a picture file that is not the one which the map of a row was made of.

    Raises:
        CamviewerError: it was changed since.
    """
    if sha256 != row["sha256"]:
        raise CamviewerError(
            f"{path.name} was changed after its map was made.",
            "Put the picture of then back, or run over it again.",
        )


def open_run(path: Path | str, *, over_a_network: bool = False) -> Run:
    """Opens a run for reading.

    Args:
        path: its folder.
        over_a_network: whether that may be an address, which is opened by a socket.

    Raises:
        CamviewerError: there is none in this folder, it cannot be read, or it is an address and
            must not be.
    """
    if is_address(path) and not over_a_network:
        raise CamviewerError(
            f"{path} is an address, and nothing is opened over a network but with --cluster.",
            "Copy the run's folder to a disk, and name that.",
        )
    return Run(open_folder(place_of(path)))
