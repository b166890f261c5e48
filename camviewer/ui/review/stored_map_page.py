"""A picture with its stored map, where the model that made the map is not the one in use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from camviewer.engine.render import Look
from camviewer.ui.canvas import Canvas
from camviewer.ui.review.queries import RowDetail
from camviewer.ui.style import tr
from camviewer.ui.widgets import Notice
from camviewer.ui.widgets.back_bar import BackBar
from camviewer.ui.work import LoadedPicture, PictureClient, UnderWay
from camviewer.ui.work.picture_client import PictureHost, ReadPicture

if TYPE_CHECKING:
    from camviewer.engine.picture.eye_choice import EyeChoice


@dataclass(frozen=True, eq=False)
class ReadPictureOfMap(ReadPicture):
    """Decode a picture for its stored map; it does not replace the one of *Picture*.

    Attributes:
        eye: which values are seen from black to white; as the picture is opened when None.
    """

    eye: EyeChoice | None = None

    def answer(self, host: PictureHost, under_way: UnderWay[LoadedPicture]) -> LoadedPicture:
        from camviewer.engine.picture.eye_choice import seen_by  # noqa: PLC0415  (numpy)
        from camviewer.engine.picture.smaller_copies import display_levels  # noqa: PLC0415

        image = super().answer(host, under_way).image
        seen = seen_by(image, self.eye, None)
        return LoadedPicture(seen, display_levels(seen))


class StoredMapPage(QWidget):
    """Shows a stored map, and says that no model is behind it.

    Signals:
        back: the user wants to go back to the run.
        model_wanted: (id) the model of the run is to be loaded.

    Args:
        pictures: decodes.
        parent: Qt's.
    """

    back = Signal()
    model_wanted = Signal(str)

    def __init__(self, pictures: PictureClient, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._detail: RowDetail | None = None
        self._look = Look()
        self._canvas = Canvas(self)
        self._use = QPushButton(tr("Use that model"), self)
        self._bar = BackBar(self, self._use)
        self._build()
        self.notice = Notice(self)

    @property
    def canvas(self) -> Canvas:
        """The picture with its map."""
        return self._canvas

    @property
    def words(self) -> str:
        """What is said of the map."""
        return self._bar.words

    @property
    def detail(self) -> RowDetail | None:
        """The row that is shown; None while the page is not in use."""
        return self._detail

    @property
    def use_button(self) -> QPushButton:
        """Loads the model of the run."""
        return self._use

    @property
    def back_button(self) -> QPushButton:
        """Goes back to the run."""
        return self._bar.button

    def clear(self) -> None:
        """The page is left."""
        self._detail = None
        self._canvas.clear()
        self.notice.dismiss()

    def show_detail(
        self, detail: RowDetail, look: Look, model: str, eye: EyeChoice | None = None
    ) -> None:
        """Shows a row's picture with its stored map.

        Args:
            detail: the row.
            look: how the map is coloured.
            model: title of the model in use; empty while none is loaded.
            eye: which values are seen from black to white; as the picture is opened when None.
        """
        self._detail = detail
        self._look = replace(look, fixed_high=None)
        asked = (
            tr("and {model} is in use").format(model=model)
            if model
            else tr("and no model is loaded yet")
        )
        self._bar.say(
            tr("{path}: the stored map of {subject}. {title} made it, {asked}.").format(
                path=detail.path,
                subject=dict(detail.facts)[tr("Map of")],
                title=detail.reopened.model.title,
                asked=asked,
            )
        )
        self._canvas.clear()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pictures.ask(
            ReadPictureOfMap(detail.reopened.path, page=detail.reopened.page, eye=eye),
            lambda loaded: self._show(detail, loaded),
            failed=self.notice.show_error,
        )

    def _show(self, detail: RowDetail, loaded: LoadedPicture) -> None:
        if detail is not self._detail:
            return
        self._canvas.show_picture(loaded.levels, loaded.image.name)
        if loaded.image.sha256 == detail.sha256:
            self._canvas.show_map(detail.heatmap, self._look)
        else:
            self.notice.show_error(
                tr("{name} was changed after its map was made.").format(name=loaded.image.name),
                tr("Put the picture of then back, or run over it again."),
            )

    def _build(self) -> None:
        self._bar.back.connect(self.back)
        self._use.clicked.connect(self._ask_for_model)
        QShortcut(QKeySequence("Alt+Left"), self, self.back.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._canvas, 1)

    def _ask_for_model(self) -> None:
        if self._detail is not None:
            self.model_wanted.emit(self._detail.reopened.model.id)
