"""Questions to the model that take long: they tell what they know so far, and can be given up."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session


class Question(ABC):
    """Something to be asked in the model's thread. Only plain frozen data may be its parts."""

    @abstractmethod
    def answer(
        self, session: Session, cancelled: threading.Event, on_progress: Callable[[object], None]
    ) -> object:
        """Asks it; runs in the model's thread, so it imports what needs torch by itself.

        Args:
            session: the model that is in use.
            cancelled: set when nobody waits any more.
            on_progress: takes what is known so far, plain frozen data.

        Raises:
            CamviewerError: it cannot be answered.
            Cancelled: it was given up.
        """
