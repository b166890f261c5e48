"""The query that makes what a report is to show, and writes it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results import ExplainRequest
from camviewer.ui.style import report_language, tr
from camviewer.ui.work.model_query import LongQuery
from camviewer.ui.work.query import UnderWay

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from camviewer.engine.batch.objects import CocoFile, MapOnObjects, ObjectsPlace
    from camviewer.engine.picture.input_range import InputRange
    from camviewer.engine.picture.source_image import SourceImage
    from camviewer.engine.render import Look
    from camviewer.engine.report import ReportedMap
    from camviewer.engine.report.bundle_reading import Bundle
    from camviewer.engine.report.recomputing import MapCheck
    from camviewer.engine.report.reported_map import MarkedObjects
    from camviewer.engine.results import Explanation
    from camviewer.engine.review.reopening import Reopened
    from camviewer.engine.support import Progress
    from camviewer.engine.trust import TrustOptions
    from camviewer.ui.work.model_thread import ModelHost

_log = logging.getLogger(__name__)

MOST_MAPS = 200
"""Maximum number of maps in a report, because all its pages and pictures are in memory."""
MOST_OF_BUNDLE = 1000
"""The same in the bundle of a run, whose report has smaller pictures then."""


@dataclass(frozen=True)
class WantedMap:
    """A map of a run that is to be made again for a report.

    Attributes:
        path: of the picture.
        request: with class, layer and options.
        note: what was said of the picture.
        page: which page of the file, from 0.
        kept_range: the range of values that the run assumed where nothing says one.
        objects: where the run knows the picture's objects from; None where it has none.
    """

    path: Path
    request: ExplainRequest
    note: str = ""
    page: int = 0
    kept_range: InputRange | None = None
    objects: ObjectsPlace | None = None

    @classmethod
    def of(cls, row: Reopened, note: str = "") -> WantedMap:
        """The map of a row, with what was said of its picture."""
        return cls(row.path, row.request, note, row.page, row.kept_range, row.objects)


@dataclass(frozen=True)
class WrittenReport:
    """What came of a report.

    Attributes:
        file: the report.
        maps: how many it shows.
        failures: why others are not in it, a sentence each.
        manifest: of a bundle the SHA-256 of its manifest; else empty.
    """

    file: Path
    maps: int
    failures: tuple[str, ...] = ()
    manifest: str = ""


@dataclass(frozen=True, eq=False)
class WriteReport(LongQuery[WrittenReport]):
    """Make and measure maps, and write the report of them.

    Attributes:
        file: its suffix says the format; one that is there is replaced.
        maps: those that are there, and those that are to be made again.
        look: of the maps that are made again.
        note: what the user wrote.
        measure: how maps without a card are measured; None for not at all.
        with_pictures: whether a bundle has the pictures.
    """

    file: Path
    maps: tuple[ReportedMap | WantedMap, ...]
    look: Look
    note: str = ""
    measure: TrustOptions | None = None
    with_pictures: bool = True

    def answer(self, host: ModelHost, under_way: UnderWay[WrittenReport]) -> WrittenReport:
        from camviewer.engine.report import write_report  # noqa: PLC0415  (imports jinja)

        failures: list[str] = []
        made = self._made(host, under_way, failures)
        digest = write_report(
            self.file,
            made,
            len(self.maps),
            self.note,
            printer=_pdf_of,
            with_pictures=self.with_pictures,
            overwrite=True,
            language=report_language(),
        )
        return WrittenReport(self.file, len(self.maps) - len(failures), tuple(failures), digest)

    def _made(
        self, host: ModelHost, under_way: UnderWay[WrittenReport], failures: list[str]
    ) -> Iterator[ReportedMap]:
        """The maps one by one; why others cannot be made is added to ``failures``."""
        from camviewer.engine.batch.objects import read_coco  # noqa: PLC0415  (start-up)

        read = lru_cache(maxsize=1)(read_coco)  # one file has the objects of all pictures
        for number, wanted in enumerate(self.maps):
            part = under_way.progress.part(number / len(self.maps), (number + 1) / len(self.maps))
            part.at(0.0, tr("Making the report"))
            try:
                found = self._explained(wanted, host, under_way, read)
                if self.measure is not None and found.card is None:
                    found = self._measured(found, self.measure, host, part)
            except CamviewerError as error:
                if len(self.maps) == 1:
                    raise
                failures.append(error.message)
                continue
            part.at(1.0, tr("Writing the report"))
            yield found

    def _explained(
        self,
        wanted: ReportedMap | WantedMap,
        host: ModelHost,
        under_way: UnderWay[WrittenReport],
        read: Callable[[Path], CocoFile],
    ) -> ReportedMap:
        if not isinstance(wanted, WantedMap):
            return wanted
        from camviewer.engine.picture import read_image  # noqa: PLC0415  (start-up)
        from camviewer.engine.picture.folder_range import with_kept_range  # noqa: PLC0415
        from camviewer.engine.report import ReportedMap  # noqa: PLC0415

        image = with_kept_range(read_image(wanted.path, wanted.page), wanted.kept_range)
        session = host.session
        explanation = session.explain(image, wanted.request, under_way.cancelled)
        look = replace(self.look, signed=explanation.method.signed, fixed_high=None)
        verdict = session.verdict(image)
        made = ReportedMap(image, explanation, session.info, verdict, look, note=wanted.note)
        if wanted.objects is None:
            return made
        try:
            objects = _on_objects_of_run(
                wanted.objects, image, explanation, session.info.labels, read
            )
        except CamviewerError as error:
            return replace(made, objects_problem=error.message)
        return replace(made, objects=objects)

    def _measured(
        self, found: ReportedMap, options: TrustOptions, host: ModelHost, progress: Progress
    ) -> ReportedMap:
        from camviewer.engine.trust.assessment import assess  # noqa: PLC0415  (imports torch)

        cards = assess(host.session, found.image, found.explanation, options, progress.cancelled)
        card = None
        for card in cards:
            progress.at(card.share_done, tr("Measuring {name}").format(name=found.shown_image.name))
        return replace(found, card=card, seed=options.seed)


def marked_objects(measured: MapOnObjects, size: tuple[int, int]) -> MarkedObjects:
    """What a report shows of a map that was measured against objects.

    Args:
        measured: the map.
        size: (width, height) of its picture in source pixels.
    """
    from camviewer.engine.batch.objects import measures_record  # noqa: PLC0415  (start-up)
    from camviewer.engine.report.reported_map import MarkedObjects  # noqa: PLC0415
    from camviewer.ui.canvas.marks import drawn_on  # noqa: PLC0415
    from camviewer.ui.canvas.object_lines import marks_of_map  # noqa: PLC0415

    def draw(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
        return drawn_on(pixels, size, marks_of_map(measured), scale)

    return MarkedObjects(measures_record(measured), draw)


def _on_objects_of_run(
    place: ObjectsPlace,
    image: SourceImage,
    explanation: Explanation,
    labels: tuple[str, ...],
    read: Callable[[Path], CocoFile],
) -> MarkedObjects | None:
    """The objects that a run knows of a picture; None where it knows none."""
    from camviewer.engine.batch.objects import (  # noqa: PLC0415  (start-up)
        measure_on_objects,
        objects_of_run,
    )

    size = image.width, image.height
    known = objects_of_run(place, size, read)
    if known is None or not known.objects:
        return None
    return marked_objects(measure_on_objects(explanation, known.objects, labels), size)


def _pdf_of(title: str, page: str, progress: Progress) -> bytes:
    from camviewer.pdf import pdf_of  # noqa: PLC0415  (start-up)

    return pdf_of(title, page, progress, foot=tr("{title} · {page} of {pages}"))


@dataclass(frozen=True)
class BundleCheck:
    """What is known of an evidence bundle.

    Attributes:
        manifest: the SHA-256 of its manifest.
        model: title of its model.
        count: how many maps it has.
        checks: those that were computed anew.
        is_finished: whether nothing more comes.
        report: its report as a file; None where that could not be written.
    """

    manifest: str
    model: str
    count: int
    checks: tuple[MapCheck, ...] = ()
    is_finished: bool = False
    report: Path | None = None


@dataclass(frozen=True)
class CheckBundle(LongQuery[BundleCheck]):
    """Check every byte of an evidence bundle, and compute its maps anew.

    Attributes:
        file: the bundle.
        folder: where pictures are that are not in it.
        report: where its report is written to, to be shown.
    """

    file: Path
    folder: Path | None
    report: Path

    def answer(self, host: ModelHost, under_way: UnderWay[BundleCheck]) -> BundleCheck:
        from camviewer.engine.report.bundle_reading import open_bundle  # noqa: PLC0415  (start-up)
        from camviewer.engine.report.checking import session_of_bundle  # noqa: PLC0415
        from camviewer.engine.report.recomputing import recomputed  # noqa: PLC0415

        progress = under_way.progress
        bundle = open_bundle(self.file, progress.part(0.0, 0.1))
        known = BundleCheck(
            bundle.manifest_sha256,
            bundle.model["title"],
            len(bundle.maps),
            report=_written_report(bundle, self.report),
        )
        under_way.tell(known)
        progress.at(0.1, tr("Loading the model"))
        with session_of_bundle(bundle, host.session_in_use) as session:
            for check in recomputed(bundle, session, self.folder, progress.part(0.1, 1.0)):
                known = replace(known, checks=(*known.checks, check))
                under_way.tell(known)
        return replace(known, is_finished=True)


def _written_report(bundle: Bundle, file: Path) -> Path | None:
    """The report of a bundle as a file; None where it cannot be written: checks do not need it."""
    content = bundle.report_to_show()
    try:
        file.write_bytes(content)
    except OSError as error:
        _log.warning("the report of a bundle could not be written: %s", error)
        return None
    return file
