"""What the pictures' thread can be asked about objects, and about the lines of a map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.ui.canvas.object_lines import lines_of
from camviewer.ui.objects.shown_objects import DRAWN, ShownObject
from camviewer.ui.style import tr
from camviewer.ui.work.picture_client import PictureHost
from camviewer.ui.work.query import Query, UnderWay

if TYPE_CHECKING:
    from camviewer.engine.batch.objects import MapOnObjects, ObjectsPlace, PictureObjects
    from camviewer.engine.batch.objects.annotations import AnnotatedObject
    from camviewer.engine.results import Explanation
    from camviewer.ui.canvas.marks import Outlined

Shown = tuple[ShownObject, ...]


class _ObjectsQuery(Query[PictureHost, Shown]):
    urgency = 1
    is_awaited = False

    def failure_words(self, error: Exception) -> tuple[str, str]:
        _, hint = super().failure_words(error)
        words = tr("The objects could not be read: {error}.")
        return words.format(error=type(error).__name__), hint


@dataclass(frozen=True)
class FindObjects(_ObjectsQuery):
    """Read the objects beside a picture; none where nothing lies there.

    Attributes:
        picture: its file.
        size: its (width, height) in source pixels.
        place: where a run knows its objects from, in place of what lies beside it.
    """

    picture: Path
    size: tuple[int, int]
    place: ObjectsPlace | None = None

    def answer(self, host: PictureHost, under_way: UnderWay[Shown]) -> Shown:
        del host, under_way
        if self.place is not None:
            from camviewer.engine.batch.objects import objects_of_run  # noqa: PLC0415  (start-up)

            known = objects_of_run(self.place, self.size)
            return () if known is None else _shown(known)
        from camviewer.engine.batch.objects.places import may_have_objects  # noqa: PLC0415

        if not may_have_objects(self.picture.absolute()):
            return ()  # the usual case, without the time that the readers take to import
        from camviewer.engine.batch.objects import objects_beside  # noqa: PLC0415  (start-up)

        found = objects_beside(self.picture, self.size)
        return () if found is None else _shown(found)


@dataclass(frozen=True)
class ReadObjects(_ObjectsQuery):
    """Read the objects that a file has of a picture.

    Attributes:
        file: with the objects.
        picture_name: the picture's file name.
        size: its (width, height) in source pixels.
    """

    file: Path
    picture_name: str
    size: tuple[int, int]

    def answer(self, host: PictureHost, under_way: UnderWay[Shown]) -> Shown:
        del host, under_way
        from camviewer.engine.batch.objects import objects_in  # noqa: PLC0415  (start-up)

        return _shown(objects_in(self.file, self.picture_name, self.size))


@dataclass(frozen=True, eq=False)
class MeasuredMap:
    """What is drawn and told of a map.

    Attributes:
        on_objects: its box, and its measures against the objects.
        contours: its contour lines, with their shares of the maximum.
    """

    on_objects: MapOnObjects
    contours: tuple[Outlined, ...]


@dataclass(frozen=True, eq=False)
class MeasureMap(Query[PictureHost, MeasuredMap]):
    """Measure a map against objects, and find its contour lines; the newest one replaces others.

    Attributes:
        explanation: the map.
        objects: of its picture.
        labels: the model's classes.
        share: threshold of the box, as a share of the maximum.
        of_any_class: whether objects of any class count.
        shares: of the maximum, at which lines are wanted.
    """

    explanation: Explanation
    objects: tuple[AnnotatedObject, ...]
    labels: tuple[str, ...]
    share: float
    of_any_class: bool
    shares: tuple[float, ...]
    is_awaited = False

    def answer(self, host: PictureHost, under_way: UnderWay[MeasuredMap]) -> MeasuredMap:
        del host, under_way
        from camviewer.engine.batch.objects import measure_on_objects  # noqa: PLC0415  (start-up)
        from camviewer.engine.render.contours import contours  # noqa: PLC0415
        from camviewer.ui.canvas.marks import outlined_at_top, polygons  # noqa: PLC0415

        measured = measure_on_objects(
            self.explanation,
            self.objects,
            self.labels,
            share=self.share,
            of_any_class=self.of_any_class,
        )
        lines = contours(self.explanation.heatmap, self.shares) if self.shares else ()
        drawn = (outlined_at_top(polygons(each.lines), f"{100 * each.share:g}%") for each in lines)
        return MeasuredMap(measured, tuple(drawn))


def _shown(found: PictureObjects) -> Shown:
    origin = DRAWN if found.file is None else found.file.name
    return tuple(ShownObject(each, lines_of(each), origin) for each in found.objects)
