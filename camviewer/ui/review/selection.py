"""What can be done with several selected pictures of the review."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from camviewer.ui.review.host import ReviewHost
from camviewer.ui.review.queries import FindPaths
from camviewer.ui.review.workplace import Workplace
from camviewer.ui.work.query_thread import QueryClient


class SelectionCommands(QObject):
    """Opens the selected pictures together, or shows them side by side.

    Signals:
        pictures_wanted: (tuple of Path) pictures are to be opened together.

    Args:
        workplace: has them.
        client: asks the thread that reads rows.
    """

    pictures_wanted = Signal(object)

    def __init__(self, workplace: Workplace, client: QueryClient[ReviewHost]) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._client = client
        workplace.selection_requested.connect(self._open)
        workplace.comparison_requested.connect(self._compare)

    def _open(self) -> None:
        self._client.ask(
            FindPaths(self._workplace.gallery.selected_numbers),
            self.pictures_wanted.emit,
            failed=self._workplace.notice.show_error,
        )

    def _compare(self) -> None:
        """Shows them alone, as large as they are seen together."""
        from camviewer.engine.review.filters import Selected  # noqa: PLC0415  (start-up)

        numbers = self._workplace.gallery.selected_numbers
        title = f"{len(numbers):,} side by side"
        self._workplace.filters.add(Selected(np.array(numbers, np.uint32), title))
        self._workplace.gallery.setFocus()
