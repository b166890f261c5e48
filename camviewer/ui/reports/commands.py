"""Opens the dialog for reports, and has them written in the model's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from camviewer.engine.render import Look
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import show_folder
from camviewer.ui.work import ModelClient

if TYPE_CHECKING:
    from camviewer.engine.assessments import Assessment, PictureKey
    from camviewer.engine.report import ReportedMap
    from camviewer.ui.reports.check_dialog import CheckDialog
    from camviewer.ui.reports.dialog import ReportDialog, ReportPlan
    from camviewer.ui.reports.queries import WantedMap, WriteReport, WrittenReport
    from camviewer.ui.reports.run_query import WriteRunReport

_GUARDS = mark(
    "It guards against accidents and changes that nobody notices, not against a new bundle with "
    "new hashes: keep this number apart from the file."
)


class ReportCommands(QObject):
    """Owns the dialog.

    Args:
        window: the dialog's parent.
        model: explains, measures and writes.
        shown: gives the map on screen; None without one.
        look: gives the colours of maps.
        folder: where to save.
        run: gives the folder of the run in *Review*; None without one.
        said: gives what reviewers say of its pictures.
        in_review: whether *Review* is in sight, and how many of its pictures are selected.

    Signals:
        selection_wanted: the selection of *Review* is to be handed to ``open_selection``.
    """

    selection_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        model: ModelClient,
        *,
        shown: Callable[[], ReportedMap | None],
        look: Callable[[], Look],
        folder: Callable[[], Path],
        run: Callable[[], Path | None],
        said: Callable[[], Mapping[PictureKey, Assessment]],
        in_review: Callable[[], tuple[bool, int]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._shown = shown
        self._look = look
        self._folder = folder
        self._run = run
        self._said = said
        self._in_review = in_review
        self._selection: tuple[WantedMap, ...] = ()
        self._dialog: ReportDialog | None = None
        self._file: Path | None = None
        self._check: CheckDialog | None = None
        self._checks = 0
        self._shown_reports: TemporaryDirectory[str] | None = None

    @property
    def check_dialog(self) -> CheckDialog | None:
        """What was shown of the bundle that was opened last; None until one was."""
        return self._check

    @property
    def dialog(self) -> ReportDialog | None:
        """None until it was opened once."""
        return self._dialog

    def open(self) -> None:
        """Opens the dialog for what is in sight: a map, the selection of *Review*, or its run."""
        from camviewer.ui.reports.dialog import PICTURE, RUN  # noqa: PLC0415  (start-up)

        in_sight, selected = self._in_review()
        if in_sight and selected > 1:
            self.selection_wanted.emit()
        else:
            self._open(RUN if in_sight and self._run() is not None else PICTURE)

    def open_selection(self, maps: Sequence[WantedMap]) -> None:
        """Opens the dialog for maps of a run."""
        from camviewer.ui.reports.dialog import SELECTION  # noqa: PLC0415  (start-up)

        self._selection = tuple(maps)
        self._open(SELECTION)

    def check(self, bundle: Path) -> None:
        """Checks an evidence bundle, and shows what comes of it."""
        from camviewer.ui.reports.check_dialog import CheckDialog  # noqa: PLC0415  (start-up)
        from camviewer.ui.reports.queries import CheckBundle  # noqa: PLC0415

        if self._check is not None:
            self._check.close()
        self._check = dialog = CheckDialog(bundle, self._window)
        dialog.check_requested.connect(self._ask_check)
        dialog.stop_requested.connect(lambda: self._model.give_up(CheckBundle))
        dialog.report_requested.connect(self._show_report)
        self._model.progressed.connect(dialog.show_progress)
        dialog.open()
        dialog.begin(None)

    def _ask_check(self, bundle: Path, folder: Path | None) -> None:
        from camviewer.ui.reports.queries import CheckBundle  # noqa: PLC0415  (start-up)

        dialog = self._check
        if dialog is not None:
            self._model.ask(
                CheckBundle(bundle, folder, self._report_of(bundle)),
                dialog.show_check,
                partly=dialog.show_check,
                failed=dialog.show_refusal,
                dropped=dialog.show_stopped,
            )

    def _report_of(self, bundle: Path) -> Path:
        """Where the report of a bundle is put to be shown, in a folder that goes at the end."""
        if self._shown_reports is None:
            made = TemporaryDirectory(prefix="camviewer-", ignore_cleanup_errors=True)
            self._shown_reports = made
            self.destroyed.connect(made.cleanup)
            application = QCoreApplication.instance()
            if application is not None:
                application.aboutToQuit.connect(made.cleanup)
        self._checks += 1
        return Path(self._shown_reports.name) / f"{self._checks} {bundle.stem}.html"

    def _show_report(self, file: Path) -> None:
        if self._check is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self._check.show_problem(
                tr("No program was found that opens web pages."),
                tr("Unpack the bundle, a .zip, and open its report.html."),
            )

    def _open(self, subject: str) -> None:
        dialog = self._dialog or self._made()
        shown = self._shown()
        run = self._run()
        dialog.offer(
            self._folder(),
            picture="" if shown is None else shown.image.name,
            selected=len(self._selection),
            run="" if run is None else run.resolve().name,
            is_measured=shown is not None and shown.card is not None,
        )
        dialog.choose_subject(subject)
        dialog.open()

    def _write(self, plan: ReportPlan) -> None:
        query = self._query_of(plan)
        if query is not None and self._dialog is not None:
            self._file = plan.file
            self._dialog.begin()
            self._model.ask(query, self._written, failed=self._end, dropped=self._interrupted)

    def _query_of(self, plan: ReportPlan) -> WriteReport | WriteRunReport | None:
        """The query for a plan; None where its map, selection or run is not there any more."""
        from camviewer.engine.trust import TrustOptions  # noqa: PLC0415  (start-up)
        from camviewer.ui.reports.dialog import PICTURE, RUN  # noqa: PLC0415
        from camviewer.ui.reports.queries import WriteReport  # noqa: PLC0415

        measure = TrustOptions() if plan.measure else None
        if plan.subject == RUN:
            from camviewer.ui.reports.run_query import WriteRunReport  # noqa: PLC0415

            run = self._run()
            if run is None:
                return None
            return WriteRunReport(
                plan.file,
                run,
                self._look(),
                plan.note,
                measure,
                with_pictures=plan.with_pictures,
                said=self._said(),
            )
        shown = self._shown()
        maps: tuple[ReportedMap | WantedMap, ...] = self._selection
        if plan.subject == PICTURE:
            maps = () if shown is None else (shown,)
        if not maps:
            return None
        return WriteReport(
            plan.file, maps, self._look(), plan.note, measure, with_pictures=plan.with_pictures
        )

    def _written(self, report: WrittenReport) -> None:
        if self._dialog is None:
            return
        said = [] if report.maps == 1 else [tr("It shows {n} map(s).", "", report.maps)]
        if report.failures:
            words = tr(
                "{n} picture(s) could not be shown, the first: {why}", "", len(report.failures)
            )
            said.append(words.format(why=report.failures[0]))
        if report.manifest:
            said.append(tr("SHA-256 of its manifest: {digest}").format(digest=report.manifest))
            said.append(tr(_GUARDS))
        words = tr("Saved {name}").format(name=report.file.name)
        self._dialog.end(words, " ".join(said), done=True)

    def _interrupted(self) -> None:
        self._end(tr("The report was interrupted."), tr("Save it again."))

    def _end(self, message: str, hint: str) -> None:
        if self._dialog is not None:
            self._dialog.end(message, hint, done=False)

    def _stop(self) -> None:
        from camviewer.ui.reports.queries import WriteReport  # noqa: PLC0415  (start-up)
        from camviewer.ui.reports.run_query import WriteRunReport  # noqa: PLC0415

        self._model.give_up(WriteReport, WriteRunReport)
        self._end("", "")

    def _show(self) -> None:
        if self._file is not None:
            show_folder(self._file.parent, self._window)

    def _made(self) -> ReportDialog:
        from camviewer.ui.reports.dialog import ReportDialog  # noqa: PLC0415  (start-up)

        self._dialog = dialog = ReportDialog(self._window)
        dialog.save_requested.connect(self._write)
        dialog.stop_requested.connect(self._stop)
        dialog.show_requested.connect(self._show)
        self._model.progressed.connect(dialog.show_progress)
        return dialog
