"""What can be done with several selected pictures of the review."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from camviewer.engine.assessments import Assessment, PictureKey, words_for_report
from camviewer.ui.review.host import ReviewHost
from camviewer.ui.review.queries import FindMaps, FindPictures
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.style import tr, whole
from camviewer.ui.work.query_thread import QueryClient


class SelectionCommands(QObject):
    """Opens the selected pictures together, shows them side by side, or asks for their report.

    Signals:
        pictures_wanted: (RowPictures) pictures are to be opened together.
        report_wanted: (tuple of Reopened and words) a report is to be made of rows, with what is
            said of their pictures.

    Args:
        workplace: has them.
        client: asks the thread that reads rows.
        said_of: gives what is said of a picture.
    """

    pictures_wanted = Signal(object)
    report_wanted = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        client: QueryClient[ReviewHost],
        said_of: Callable[[PictureKey], Assessment],
    ) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._client = client
        self._said_of = said_of
        workplace.selection_requested.connect(self._open)
        workplace.comparison_requested.connect(self._compare)
        workplace.report_requested.connect(self._report)

    def _open(self) -> None:
        self._client.ask(
            FindPictures(self._workplace.gallery.selected_numbers),
            self.pictures_wanted.emit,
            failed=self._workplace.notice.show_error,
        )

    def _report(self) -> None:
        self._client.ask(
            FindMaps(self._workplace.gallery.selected_numbers),
            lambda found: self.report_wanted.emit(
                tuple((again, words_for_report(self._said_of(key))) for again, key in found)
            ),
            failed=self._workplace.notice.show_error,
        )

    def _compare(self) -> None:
        """Shows them alone, as large as they are seen together."""
        from camviewer.engine.review.filters import Selected  # noqa: PLC0415  (start-up)

        numbers = self._workplace.gallery.selected_numbers
        title = tr("{count} side by side").format(count=whole(len(numbers)))
        self._workplace.filters.add(Selected(np.array(numbers, np.uint32), title))
        self._workplace.gallery.setFocus()
