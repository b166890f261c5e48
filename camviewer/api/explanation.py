"""A map with its picture: values, places, colours, files."""

from __future__ import annotations

import io
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry import Box
from camviewer.engine.picture import SourceImage
from camviewer.engine.render import Look, OutputPaths, field
from camviewer.engine.render.files import (
    drawn,
    output_paths,
    provenance,
    save_map,
    save_overlay,
    save_sidecar,
)
from camviewer.engine.results import Explanation, ModelInfo, Verdict

if TYPE_CHECKING:
    from camviewer.engine.batch.objects import MapOnObjects
    from camviewer.engine.trust import RegionScore


@dataclass(frozen=True, eq=False)
class PictureExplanation:
    """The map of one class of one picture, with all that belongs to it.

    Attributes:
        image: the picture.
        details: class, probability, method, layer, placement, notes, as the window shows them.
        model: what the map was made with.
        verdict: what the model says of the picture under its own recipe.
    """

    image: SourceImage
    details: Explanation
    model: ModelInfo
    verdict: Verdict

    @property
    def values(self) -> NDArray[np.float32]:
        """float32 (h, w): the raw map on the layer's grid, signed, never normalised."""
        return self.details.heatmap.values

    @property
    def unit(self) -> str:
        """What one value means, for example ``logit``."""
        return self.details.heatmap.unit

    @property
    def class_name(self) -> str:
        """The explained class; empty where the map does not depend on one."""
        return self.details.class_name

    @property
    def class_index(self) -> int:
        """The explained class's number."""
        return self.details.class_index

    @property
    def probability(self) -> float:
        """What the model gives the class under its own recipe, 0 to 1."""
        return self.details.probability

    @property
    def notes(self) -> tuple[str, ...]:
        """What should be known about the map, in sentences."""
        return tuple(note.text for note in self.details.notes)

    @property
    def cell_centres(self) -> NDArray[np.float64]:
        """float64 (h, w, 2): x and y, in source pixels, of where each cell looks."""
        return np.stack(np.meshgrid(*self.details.heatmap.geometry.centre_lines()), axis=-1)

    def on_picture(self) -> NDArray[np.float32]:
        """float32 (H, W): the map at the picture's size, NaN where the network saw nothing.

        Values lie where their cells look, enlarged bicubically and never beyond the map's own
        lowest and highest.
        """
        height, width = self.image.size
        extent = self.details.heatmap.geometry.extent
        # A pixel belongs to the map where its centre does.
        left, right = (_first_centre(edge, width) for edge in (extent.left, extent.right))
        top, bottom = (_first_centre(edge, height) for edge in (extent.top, extent.bottom))
        whole = np.full((height, width), np.nan, np.float32)
        if right > left and bottom > top:
            region = Box(left, top, right, bottom)
            size = (bottom - top, right - left)
            whole[top:bottom, left:right] = field(self.details.heatmap, size, region)
        return whole

    def overlay(self, look: Look | None = None) -> Image.Image:
        """The picture at its own size with the map upon it, RGB."""
        return Image.fromarray(drawn(self.image, self.details, look or self._look()))

    def on_objects(
        self,
        objects: str | PathLike[str] = "beside",
        *,
        share: float = 0.2,
        of_any_class: bool = False,
    ) -> MapOnObjects:
        """How the map lies on annotated objects, by the numbers that a run's rows have.

        Args:
            objects: ``beside`` the picture, a folder with a file for each picture, or a file of
                Pascal VOC, LabelMe, YOLO or COCO, or a PNG mask.
            share: threshold of the evidence's box, as a share of the map's maximum, 0 to 1.
            of_any_class: measure against all objects, not only those of the explained class.

        Raises:
            CamviewerError: there are no objects of the picture, or they cannot be read.
        """
        # Imported late, because most maps are not measured against objects.
        from camviewer.engine.batch.objects import (  # noqa: PLC0415
            measure_on_objects,
            named_objects,
        )

        image = self.image
        picture = image.path or Path(image.name)
        found = named_objects(str(objects), picture, (image.width, image.height))
        return measure_on_objects(
            self.details,
            found.objects,
            self.model.labels,
            share=share,
            of_any_class=of_any_class,
        )

    def record(
        self,
        look: Look | None = None,
        *,
        top: int = 5,
        region: RegionScore | None = None,
        objects: MapOnObjects | None = None,
    ) -> dict[str, Any]:
        """What the sidecar says: how to make the map again, its grid and its classes.

        Args:
            look: of the overlay.
            top: how many of the most probable classes are named.
            region: what ``Model.region`` said of a rectangle, to be named as well.
            objects: what ``on_objects`` said, to be named as well.
        """
        look = look or self._look()
        found = provenance(self.image, self.details, self.model, look, self.verdict, top=top)
        if region is not None:
            # Imported late, because most maps have no region.
            from camviewer.engine.trust import region_record  # noqa: PLC0415

            found["region"] = region_record(region)
        if objects is not None:
            from camviewer.engine.batch.objects import measures_record  # noqa: PLC0415

            found["map_on_objects"] = measures_record(objects)
        return found

    def save(
        self,
        folder: str | PathLike[str],
        look: Look | None = None,
        *,
        overwrite: bool = False,
        record: dict[str, Any] | None = None,
    ) -> OutputPaths:
        """Writes overlay (.png), raw map (.npy) and sidecar (.json).

        Args:
            folder: is made if it is not there.
            look: of the overlay.
            overwrite: replace files of the same name; otherwise the name gets a number.
            record: what the sidecar says; ``record(look)`` when None.

        Raises:
            CamviewerError: a file cannot be written.
        """
        where = Path(folder)
        if where.exists() and not where.is_dir():
            raise CamviewerError(
                f"The files cannot go to {where}: it is not a folder.", "Choose a folder."
            )
        look = look or self._look()
        paths = output_paths(where, self.image, self.details, overwrite=overwrite)
        save_overlay(paths.overlay, self.image, self.details, look)
        save_map(paths.map, self.details)
        save_sidecar(paths.sidecar, self.record(look) if record is None else record)
        return paths

    def report(self, file: str | PathLike[str], *, note: str = "", overwrite: bool = False) -> str:
        """Writes what the map shows, means and rests on as one file; see ``camviewer.report``.

        Returns:
            Of a bundle the SHA-256 of its manifest, in hexadecimal; else empty.

        Raises:
            CamviewerError: the file is there already, has another suffix, or cannot be written.
        """
        from camviewer.api.reports import report  # noqa: PLC0415  (it names this class)

        return report(self, file, note=note, overwrite=overwrite)

    def _look(self) -> Look:
        return Look(signed=self.details.method.signed)

    def _repr_png_(self) -> bytes:
        """What a notebook shows."""
        buffer = io.BytesIO()
        self.overlay().save(buffer, "PNG")
        return buffer.getvalue()


def _first_centre(edge: float, most: int) -> int:
    """The first pixel whose centre does not lie before an edge."""
    return min(max(int(np.ceil(edge - 0.5)), 0), most)
