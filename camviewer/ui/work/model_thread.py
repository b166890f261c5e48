"""The thread that owns the model: the model in use for its queries, and the window's side of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camviewer.engine.errors import Cancelled
from camviewer.engine.support import Progress, give_freed_memory_back
from camviewer.ui.work.model_answers import ModelReady
from camviewer.ui.work.model_cache import ModelCache
from camviewer.ui.work.query_thread import QueryClient

if TYPE_CHECKING:
    from camviewer.engine.geometry.input_scale import InputChoice
    from camviewer.engine.session import Session


class ModelHost:
    """What queries are answered with. Only the model's thread may use it.

    Args:
        cache: opens models and keeps them.
        offsets: folder for measured offsets; None keeps them for this run only.
    """

    def __init__(self, cache: ModelCache, offsets: Path | None) -> None:
        self._cache = cache
        self._offsets = offsets
        self._session: Session | None = None
        self._choices: dict[str, InputChoice | None] = {}
        """What models are fed in place of what their recipes say, by their ids."""
        self._removed_left_over = False

    @property
    def session(self) -> Session:
        """The model in use.

        Raises:
            Cancelled: none could be loaded, which was said already.
        """
        if self._session is None:
            raise Cancelled
        return self._session

    @property
    def session_in_use(self) -> Session | None:
        """The model in use; None before one is loaded."""
        return self._session

    def load(self, model: str, progress: Progress) -> ModelReady:
        """Takes a model into use.

        Raises:
            CamviewerError: there is no such model, or it is damaged.
            Cancelled: nobody wants it any more.
        """
        return self._use(model, self._choices.get(model), progress)

    def feed(self, model: str, choice: InputChoice | None, progress: Progress) -> ModelReady:
        """Takes a model into use that is fed otherwise until the program ends.

        Args:
            model: its id.
            choice: in place of what its recipe says; None for its own recipe.
            progress: reports how far it is.

        Raises:
            CamviewerError: it cannot be fed so, or is gone; it is fed as before.
            Cancelled: nobody wants it any more.
        """
        ready = self._use(model, choice, progress)
        self._choices[model] = choice
        return ready

    def move(self, device: str) -> ModelReady:
        """Runs the model in use, and later ones, on another device."""
        from camviewer.engine.network import find_device  # noqa: PLC0415  (imports torch)

        session = self.session
        session.move_to(find_device(device))
        self._cache.device = device
        return _described(session)

    def use_engines(self, *, second_engine: bool, half_precision: bool) -> bool | None:
        """Runs every model by these; whether the CPU computes in bfloat16, None without a model."""
        self._cache.second_engine = second_engine
        self._cache.half_precision = half_precision
        return None if self._session is None else self._cache.apply_engines(self._session)

    def forget_pictures(self, kept: tuple[str, ...]) -> None:
        """Frees what was made of all pictures but those with these hashes."""
        self._cache.forget_pictures(kept)
        give_freed_memory_back()

    def warm_up(self) -> bool:
        """Prepares one acceleration of later maps; False when there is nothing left to prepare."""
        if self._session is None:
            return False
        if not self._removed_left_over:
            self._removed_left_over = True
            _remove_left_over()
        return self._session.warm_up()

    def close(self) -> None:
        """Frees all models, and ends what they still do in the background."""
        self._session = None
        self._cache.close()

    def _use(self, model: str, choice: InputChoice | None, progress: Progress) -> ModelReady:
        self._session = self._cache.take(model, self._offsets, progress, choice)
        return _described(self._session)


def _described(session: Session) -> ModelReady:
    from camviewer.engine.network import list_devices  # noqa: PLC0415  (imports torch)

    return ModelReady(session.info, session.methods(), list_devices())


def _remove_left_over() -> None:
    """Removes what an import or a removal left behind that was ended."""
    from camviewer.engine.packs import (  # noqa: PLC0415  (start-up)
        models_folder,
        remove_left_over,
    )

    remove_left_over(models_folder())


class ModelClient(QueryClient[ModelHost]):
    """Asks the model.

    Args:
        offsets: folder for measured offsets; None keeps them for this run only.
        parent: the Qt parent.
        cache: opens models and keeps them; a new, empty one when None.
    """

    def __init__(
        self,
        offsets: Path | None = None,
        parent: QObject | None = None,
        cache: ModelCache | None = None,
    ) -> None:
        super().__init__("model", ModelHost(cache or ModelCache(), offsets), parent)
