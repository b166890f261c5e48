"""The query that writes the report of a whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.assessments import (
    NO_ASSESSMENT,
    Assessment,
    PictureKey,
    words_for_report,
)
from camviewer.engine.errors import CamviewerError
from camviewer.ui.reports.queries import (
    MOST_MAPS,
    MOST_OF_BUNDLE,
    WantedMap,
    WriteReport,
    WrittenReport,
)
from camviewer.ui.style import report_language, tr, whole
from camviewer.ui.work.model_query import LongQuery
from camviewer.ui.work.query import UnderWay

if TYPE_CHECKING:
    from camviewer.engine.batch import Run
    from camviewer.engine.render import Look
    from camviewer.engine.results import ModelInfo
    from camviewer.engine.trust import TrustOptions
    from camviewer.ui.work.model_thread import ModelHost


@dataclass(frozen=True, eq=False)
class WriteRunReport(LongQuery[WrittenReport]):
    """Write the report of a run.

    As a page it has the numbers of the run and telling pictures, all from what is stored. As PDF or
    bundle it has the first map of every picture, which is computed again.

    Attributes:
        file: its suffix says the format; one that is there is replaced.
        run: the folder of the run.
        look: of the maps that are computed again.
        note: what the user wrote; for those.
        measure: how these are measured; None for not at all.
        with_pictures: whether a bundle has the pictures.
        said: what reviewers say of the pictures; for those of the run that are computed again.
    """

    file: Path
    run: Path
    look: Look
    note: str = ""
    measure: TrustOptions | None = None
    with_pictures: bool = True
    said: Mapping[PictureKey, Assessment] = field(default_factory=dict)

    def answer(self, host: ModelHost, under_way: UnderWay[WrittenReport]) -> WrittenReport:
        from camviewer.engine.batch import open_run  # noqa: PLC0415  (imports torch)
        from camviewer.engine.report.writing import BUNDLE_SUFFIX, PAGE_SUFFIX  # noqa: PLC0415

        run, suffix = open_run(self.run), self.file.suffix.lower()
        if suffix == PAGE_SUFFIX:
            return self._page(run, under_way)
        most = MOST_OF_BUNDLE if suffix == BUNDLE_SUFFIX else MOST_MAPS
        maps = _first_maps(run, host.session.info, self.said, most)
        query = WriteReport(
            self.file, maps, self.look, self.note, self.measure, with_pictures=self.with_pictures
        )
        return query.answer(host, under_way)

    def _page(self, run: Run, under_way: UnderWay[WrittenReport]) -> WrittenReport:
        from camviewer.engine.batch.report.page import report_page  # noqa: PLC0415  (jinja)
        from camviewer.engine.render.files import write_beside  # noqa: PLC0415

        under_way.progress.at(0.0, tr("Reading the run"))
        data = report_page(run, report_language()).encode("utf-8")
        under_way.progress.at(1.0, tr("Writing the report"))
        write_beside(self.file, lambda written: written.write(data))
        return WrittenReport(self.file, run.status().pictures_done)


def _first_maps(
    run: Run, info: ModelInfo, said: Mapping[PictureKey, Assessment], most: int
) -> tuple[WantedMap, ...]:
    """How the first map of each picture of a run is made again.

    Raises:
        CamviewerError: there are none or too many, or the model in use has not made them.
    """
    import polars as pl  # noqa: PLC0415  (start-up)

    from camviewer.engine.review.reopening import reopened, run_model  # noqa: PLC0415

    model = run_model(run)
    if not model.is_same(info):
        raise CamviewerError(
            tr("A report computes the maps again, which were made by {model}.").format(
                model=model.title
            ),
            tr("Choose that model, with the same preprocessing, and ask again."),
        )
    with_map = run.scan().filter(pl.col("map").is_not_null())
    keys = run.collected(with_map.select("id", "path", "page", "rank", "class_index"))
    keys = keys.sort("path", "page", "rank").unique("id", keep="first", maintain_order=True)
    if not 0 < keys.height <= most:
        raise CamviewerError(
            tr("The run has {count} pictures with maps, and a report shows 1 to {most}.").format(
                count=whole(keys.height), most=whole(most)
            ),
            tr("Select some of them in Review, or save the run's web page."),
        )
    chosen = keys.select("id", "class_index").lazy()
    rows = run.collected(
        with_map.join(chosen, on=["id", "class_index"], how="inner").drop("map")
    ).sort("path", "page")
    return tuple(
        WantedMap.of(
            reopened(run, row), words_for_report(said.get(PictureKey.of(row), NO_ASSESSMENT))
        )
        for row in rows.to_dicts()
    )
