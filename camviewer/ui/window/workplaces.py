"""Turns between the two workplaces of the window: *Picture* and *Review*."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.render import Look
from camviewer.ui.runs import RunCommands
from camviewer.ui.runs.plan import LIST_SUFFIXES
from camviewer.ui.state import Exploration, Settings
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import Segmented, in_button
from camviewer.ui.widgets.back_bar import BackBar
from camviewer.ui.window.action_states import ONLY_IN_PICTURE, ActionStates
from camviewer.ui.window.actions import allow
from camviewer.ui.window.picture_area import PictureArea
from camviewer.ui.window.review_preparation import ReviewPreparation
from camviewer.ui.window.workplace_stack import WorkplaceStack
from camviewer.ui.work import Incoming, LoadedPicture, PictureClient
from camviewer.ui.work.picture_kinds import BUNDLE_SUFFIX
from camviewer.ui.work.run_folders import run_among

if TYPE_CHECKING:
    from camviewer.engine.picture.eye_choice import EyeChoice
    from camviewer.ui.review import ReviewControl, RowDetail, RowPictures, RunFacts, StoredMapPage

PICTURE, REVIEW = "picture", "review"


class Workplaces(QObject):
    """Shows one of two workplaces; the review is made when nothing else is done, or when wanted.

    Signals:
        review_made: (ReviewControl) for the first time.
        row_opened: (Reopened) a row of a run is to be shown in *Picture*.
        bundle_opened: (Path) an evidence bundle is to be checked.
        report_wanted: (tuple of Reopened and words) a report is to be made of rows of a run.

    Attributes:
        switch: shows and chooses the workplace.
        back_bar: leads from a picture back to its place in the run.
        drop_menu: asks what a second run was dropped for.
    """

    review_made = Signal(object)
    row_opened = Signal(object)
    bundle_opened = Signal(object)
    report_wanted = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        area: PictureArea,
        exploration: Exploration,
        pictures: PictureClient,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._area = area
        self._exploration = exploration
        self._pictures = pictures
        self._settings = settings
        self._docks: Sequence[QDockWidget] = ()
        self._hidden: list[QDockWidget] = []
        self._actions: dict[str, QAction] = {}
        self._states: ActionStates | None = None
        self._runs: RunCommands | None = None
        self._look: Callable[[], Look] = Look
        self._eye: Callable[[], EyeChoice | None] = lambda: None
        self._review: ReviewControl | None = None
        self._preparation = ReviewPreparation(exploration, pictures, self._make_review(), self)
        self._stored: StoredMapPage | None = None
        self._came_from_run: RowDetail | None = None
        self.switch = Segmented(
            ((PICTURE, tr("Picture")), (REVIEW, tr("Review"))), tr("Workplace"), window
        )
        self.back_bar = BackBar(window)
        self.drop_menu = QMenu(window)
        self._stack = WorkplaceStack(window)
        self._stack.addWidget(self._picture_side())
        window.setCentralWidget(self._stack)
        self.switch.chosen.connect(self._choose)
        self.back_bar.back.connect(self.show_review)

    def follow(
        self,
        docks: Sequence[QDockWidget],
        actions: dict[str, QAction],
        states: ActionStates,
        runs: RunCommands,
        look: Callable[[], Look],
        *,
        eye: Callable[[], EyeChoice | None],
    ) -> None:
        """Takes what changes with the workplace.

        Args:
            docks: rest while *Review* is shown.
            actions: the window's.
            states: enables them.
            runs: makes runs.
            look: gives the colours of maps.
            eye: gives which values are seen from black to white, where the user keeps it.
        """
        self._docks, self._actions, self._states = docks, actions, states
        self._runs, self._look, self._eye = runs, look, eye
        self._forget_origin()
        runs.review_requested.connect(self.open_run)
        self._exploration.pictures.opening.connect(lambda _name: self.show_picture())
        self._exploration.picture_shown.connect(self._picture_shown)
        self._exploration.emptied.connect(self._forget_origin)
        self._preparation.begin()

    @property
    def shows_review(self) -> bool:
        """Whether *Review* is in sight, or a stored map of its run."""
        return self._stack.currentIndex() > 0

    @property
    def page(self) -> QWidget | None:
        """What is in sight."""
        return self._stack.currentWidget()

    @property
    def review(self) -> ReviewControl | None:
        """The review; None until it is made."""
        return self._review

    @property
    def stored_map(self) -> StoredMapPage | None:
        """The page of stored maps; None until it was wanted once."""
        return self._stored

    def show_picture(self) -> None:
        """Shows *Picture*, with the panels that it had."""
        if self._stored is not None:
            self._stored.clear()
        if not self.shows_review:
            return
        self.switch.set_value(PICTURE)
        self._stack.setCurrentIndex(0)
        for dock in self._hidden:
            dock.show()
        self._hidden = []
        self._settle(in_picture=True)

    def show_review(self) -> None:
        """Shows *Review*, at the place where it was left."""
        review = self._review or self._made()
        if self._stored is not None:
            self._stored.clear()
        self._turn_to(review.workplace)
        review.set_look(self._look())
        review.set_eye(self._eye())
        review.workplace.gallery.setFocus(Qt.FocusReason.OtherFocusReason)

    def prepare_no_more(self) -> None:
        """Makes no review that is not made yet: the window is being closed."""
        self._preparation.give_up()

    def may_close(self) -> bool:
        """Whether the program may end; asks when a judgement cannot be kept."""
        return self._review is None or self._review.judging.may_close()

    def open_run(self, path: Path) -> None:
        """Opens a run in *Review*."""
        self.show_review()
        assert self._review is not None  # noqa: S101
        self._review.open(path)

    def compare_runs(self) -> None:
        """Asks for a run that the open one is compared with."""
        self.show_review()
        assert self._review is not None  # noqa: S101
        self._review.comparing.ask_for_run()

    def ask_for_run(self) -> None:
        """Asks for a run's folder."""
        name = QFileDialog.getExistingDirectory(
            self._window, tr("Open run"), str(self._settings.folder)
        )
        if name:
            self.open_run(Path(name))

    def open_incoming(self, incoming: Incoming) -> None:
        """Opens what came in: a run in *Review*, an evidence bundle, all else in *Picture*."""
        run = run_among(incoming.paths)
        bundle = next((p for p in incoming.paths if p.suffix.lower() == BUNDLE_SUFFIX), None)
        if run is not None:
            self.open_run(run)
        elif bundle is not None:
            self.bundle_opened.emit(bundle)
        else:
            self._exploration.open_incoming(incoming)

    # -- from the review to a picture ------------------------------------------------------------

    def _open_picture(self, detail: RowDetail) -> None:
        info, again = self._exploration.models.info, detail.reopened
        if info is not None and again.model.is_same(info):
            self.row_opened.emit(again)
            self._exploration.show_exactly(again.path, again.request, again.page, again.kept_range)
            self._came_from_run = detail
            return
        page = self._stored or self._made_stored()
        self._turn_to(page)
        title = "" if info is None else info.title
        page.show_detail(detail, self._look(), title, self._eye())

    def _open_pictures(self, wanted: RowPictures) -> None:
        self._exploration.pictures.open_rows(wanted.pages, wanted.kept_range)

    def _picture_shown(self, loaded: LoadedPicture) -> None:
        origin, self._came_from_run = self._came_from_run, None
        if origin is None or loaded.image.path != origin.reopened.path:
            self._forget_origin()
            return
        facts = None if self._review is None else self._review.facts
        run = tr("the run") if facts is None else origin.run
        words = tr("{path} from {run}").format(path=origin.path, run=run)
        said = "" if self._review is None else self._review.judging.words_of(origin.key)
        self.back_bar.say(" · ".join(filter(None, (words, said))))
        allow(self._actions["back_to_review"])
        if loaded.image.sha256 != origin.sha256:
            self._area.notice.show_error(
                tr("{name} was changed after its map was made.").format(name=loaded.image.name),
                tr("This map is of the picture as it is now."),
            )

    def _forget_origin(self) -> None:
        self.back_bar.hide()
        allow(self._actions["back_to_review"], mark("the picture was not opened from a run"))

    def _model_ready(self) -> None:
        """Opens the picture of the stored map, once the model of its run is loaded."""
        info = self._exploration.models.info
        detail = None if self._stored is None else self._stored.detail
        if info is not None and detail is not None and detail.reopened.model.is_same(info):
            self._open_picture(detail)

    # -- what comes to the review ----------------------------------------------------------------

    def _take_dropped(self, incoming: Incoming) -> None:
        """Opens what was dropped; pictures of a folder or a list are offered to be run over.

        A second run is opened or compared with the first, as the user wants.
        """
        paths = incoming.paths
        run, facts = run_among(paths), None if self._review is None else self._review.facts
        if run is not None and facts is not None and run != facts.path:
            self._ask_what_for(run, facts.path)
            return
        alone = paths[0] if len(paths) == 1 and run is None else None
        if self._runs is not None and alone is not None and _can_be_run_over(alone):
            self._runs.open_over(alone)
        else:
            self.open_incoming(incoming)

    def _ask_what_for(self, run: Path, opened: Path) -> None:
        """Offers what can be done with a run that was dropped while another is open."""
        review = self._review
        assert review is not None  # noqa: S101
        menu = self.drop_menu
        menu.clear()
        compare = menu.addAction(in_button(tr("Compare with {name}").format(name=opened.name)))
        compare.triggered.connect(lambda: review.comparing.compare_with(run))
        menu.addAction(in_button(tr("Open {name}").format(name=run.name))).triggered.connect(
            lambda: self.open_run(run)
        )
        menu.setActiveAction(compare)
        menu.popup(QCursor.pos())

    def _run_opened(self, facts: RunFacts) -> None:
        self._settings.add_recent(facts.path)

    # -- building --------------------------------------------------------------------------------

    def _choose(self, workplace: object) -> None:
        if workplace == REVIEW:
            self.show_review()
        else:
            self.show_picture()

    def _turn_to(self, page: QWidget) -> None:
        """Shows a page of *Review*, and hides the panels of *Picture*."""
        was_in_picture = not self.shows_review
        if was_in_picture:
            # Before the page, which would take their width.
            self._hidden = [dock for dock in self._docks if not dock.isHidden()]
            for dock in self._hidden:
                dock.hide()
        self._stack.setCurrentWidget(page)
        if was_in_picture:
            self.switch.set_value(REVIEW)
            self._settle(in_picture=False)

    def _settle(self, *, in_picture: bool) -> None:
        self._window.statusBar().setVisible(in_picture)
        for dock in self._docks:
            allow(dock.toggleViewAction(), "" if in_picture else ONLY_IN_PICTURE)
        if self._states is not None:
            self._states.set_picture_in_sight(in_picture)

    def _made(self) -> ReviewControl:
        self._preparation.finish()
        assert self._review is not None  # noqa: S101
        return self._review

    def _make_review(self) -> Generator[bool, None, None]:
        """Makes the review, a piece at a time; it has threads from the last piece on.

        Yields true while others are left, as the workplace does.
        """
        from camviewer.ui.review import ReviewControl, Workplace  # noqa: PLC0415  (start-up)

        workplace = Workplace(self._stack)
        yield True
        while workplace.make_piece():
            yield True
        self._stack.addWidget(workplace)
        yield True
        review = ReviewControl(self._look(), self._settings, self._stack, workplace)
        review.opened.connect(self._run_opened)
        review.picture_wanted.connect(self._open_picture)
        review.selection.report_wanted.connect(self.report_wanted)
        review.selection.pictures_wanted.connect(self._open_pictures)
        workplace.dropped.connect(self._take_dropped)
        workplace.open_requested.connect(self.ask_for_run)
        if self._runs is not None:
            workplace.run_requested.connect(self._runs.open)
        self._review = review
        self.review_made.emit(review)

    def _made_stored(self) -> StoredMapPage:
        from camviewer.ui.review import StoredMapPage  # noqa: PLC0415

        self._stored = page = StoredMapPage(self._pictures, self._stack)
        self._stack.addWidget(page)
        page.back.connect(self.show_review)
        page.model_wanted.connect(self._exploration.models.choose)
        self._exploration.model_ready.connect(lambda _ready: self._model_ready())
        return page

    def _picture_side(self) -> QWidget:
        side = QWidget(self._window)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.back_bar)
        layout.addWidget(self._area, 1)
        return side


def _can_be_run_over(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in LIST_SUFFIXES
