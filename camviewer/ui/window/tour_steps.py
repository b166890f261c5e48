"""What the tour of the first start says, and when it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from camviewer.ui.classes import ClassList
from camviewer.ui.explain import ExplainPanel, MethodBox
from camviewer.ui.state import Exploration, Settings
from camviewer.ui.style import tr
from camviewer.ui.window.actions import ACTIONS, shown_keys
from camviewer.ui.window.picture_area import PictureArea
from camviewer.ui.window.workplaces import Workplaces

if TYPE_CHECKING:
    from camviewer.ui.help import Tour, TourStep

_TOLD = "tour"


class FirstTour(QObject):
    """Begins the tour at the first start, and again only when it is asked for.

    Args:
        window: whose parts are pointed at.
        exploration: tells when there is something to point at.
        settings: remember that the tour was shown.
        workplaces: turn to *Picture*, where the tour takes place.
        area: the picture's; the bubbles lie over it.
        classes: the list of classes.
        panel: has method and layer.
    """

    def __init__(
        self,
        window: QMainWindow,
        exploration: Exploration,
        settings: Settings,
        workplaces: Workplaces,
        *,
        area: PictureArea,
        classes: ClassList,
        panel: ExplainPanel,
    ) -> None:
        super().__init__(window)
        self._exploration = exploration
        self._settings = settings
        self._workplaces = workplaces
        self._area = area
        self._classes = classes
        self._panel = panel
        self._tour: Tour | None = None

    @property
    def tour(self) -> Tour | None:
        """The bubble; None until the tour began once."""
        return self._tour

    def offer(self, *, after_map: bool) -> None:
        """Begins the tour at the first start, once the window has nothing better to do.

        That is when the model is ready. Where a picture was named on the command line, it is when
        the picture's map is there: who came to see that map sees it first, and the bubbles then
        point at something. To wait for a start without a picture would keep the tour from those
        who always name one.

        Args:
            after_map: whether a map is to come first.
        """
        if self._settings.is_told(_TOLD):
            return
        self._exploration.explanation_changed.connect(self._begin_once)
        if not after_map:
            self._exploration.model_ready.connect(self._begin_once)

    def begin(self) -> None:
        """Shows the first bubble."""
        self._settings.set_told(_TOLD)
        self._workplaces.show_picture()
        tour = self._tour or self._made()
        tour.begin()

    def _begin_once(self, news: object) -> None:
        is_early = news is None or self._exploration.awaits_map
        if not (is_early or self._workplaces.shows_review or self._settings.is_told(_TOLD)):
            self.begin()

    def _made(self) -> Tour:
        from camviewer.ui.help import Tour  # noqa: PLC0415  (start-up)

        self._tour = Tour(self._area, self._steps())
        self._exploration.picture_shown.connect(self._picture_came)
        return self._tour

    def _picture_came(self) -> None:
        """What the first bubble invites to has been done."""
        if self._tour is not None and not self._tour.isHidden() and self._tour.step == 0:
            self._tour.go_on()

    def _steps(self) -> list[TourStep]:
        from camviewer.ui.help import TourStep  # noqa: PLC0415  (start-up)

        keys = {spec.id: shown_keys(spec) for spec in ACTIONS}
        return [
            TourStep(
                tr("Drop a picture"),
                tr(
                    "Or a folder, a run of many pictures, a model. {key} opens files, and the"
                    " samples are there to try."
                ).format(key=keys["open"]),
                self._drop_area,
            ),
            TourStep(
                tr("What the model says"),
                tr(
                    "The most probable classes of the picture. Click one to see where the evidence"
                    " for it lies; {key} finds any other."
                ).format(key=keys["find_class"]),
                lambda: self._classes,
            ),
            TourStep(
                tr("How the map is made"),
                tr(
                    "Method and layer. Each method says below it what it shows, and where it is not"
                    " defined for a model, why."
                ),
                self._method_box,
            ),
            TourStep(
                tr("How far to believe it"),
                tr(
                    "{trust} measures the map on screen beside a random one. Review looks through"
                    " the maps of a whole data set. {palette} finds all the rest."
                ).format(trust=keys["trust"], palette=keys["command_palette"]),
                lambda: self._workplaces.switch,
            ),
        ]

    def _drop_area(self) -> QWidget | None:
        return self._area.empty_state.drop_area if self._area.is_empty else None

    def _method_box(self) -> QWidget | None:
        return self._panel.findChild(MethodBox)
