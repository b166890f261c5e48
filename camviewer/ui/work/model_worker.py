"""The thread that owns the model.

``Worker`` lives in the one thread that runs torch; ``ModelDesk`` is the desk in front of it. Only
frozen plain data passes between them.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import (
    ExplainRequest,
    Explanation,
)
from camviewer.engine.support.freed_memory import give_freed_memory_back
from camviewer.engine.support.progress import Progress
from camviewer.ui.work.model_cache import ModelShelf
from camviewer.ui.work.model_file_kinds import ImportRequest
from camviewer.ui.work.model_import import kept_model
from camviewer.ui.work.model_query import Question
from camviewer.ui.work.model_requests import (
    Ask,
    Classify,
    Explain,
    Explained,
    Forget,
    Layers,
    Listed,
    Load,
    Model,
    Models,
    Move,
    Offset,
    Request,
    Run,
)
from camviewer.ui.work.request_queue import Letter, Mailbox

if TYPE_CHECKING:
    from camviewer.engine.session.session import Session

_log = logging.getLogger(__name__)

_TOLD_SHARE = 0.01
"""Smaller steps of progress are not reported."""
_FEW_PASSES = 8
"""Maximum number of passes after which the next ones will want the same memory again at once."""


class Worker(QObject):
    """Runs in the model's thread.

    Args:
        mailbox: what it is asked.
        shelf: where it takes models from.
    """

    answered = Signal(object, object)
    failed = Signal(object, str, str)
    dropped = Signal(object)
    partly = Signal(object, object)
    progressed = Signal(object, float, str)

    def __init__(self, mailbox: Mailbox[Request], shelf: ModelShelf) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._session: Session | None = None
        self._cleaned = False
        self._worked_hard = False
        self._shelf = shelf

    @Slot()
    def work(self) -> None:
        """Takes requests until none is waiting."""
        while (letter := self._mailbox.take()) is not None:
            try:
                answer = self._answer(letter)
            except Cancelled:
                self.dropped.emit(letter)
            except CamviewerError as error:
                self.failed.emit(letter, error.message, error.hint)
            except MemoryError:
                self.failed.emit(
                    letter, "There is not enough memory for this.", "Choose a smaller detail."
                )
            except Exception as error:  # noqa: BLE001  (the thread's edge: told and logged)
                _log.exception("request %s failed", letter.kind)
                self.failed.emit(
                    letter,
                    f"This did not work: {type(error).__name__}.",
                    "The log file has the details (Help > Show log).",
                )
            else:
                self.answered.emit(letter, answer)
                self._worked_hard |= _was_large(letter.request, answer)
            # What a request held is free only when nothing here names it any more.
            answer = None
        self._warm_up()
        if self._worked_hard and self._mailbox.is_empty:
            self._worked_hard = False
            give_freed_memory_back()

    def close(self) -> None:
        """Lets all models go, and ends what they still do in the background."""
        self._session = None
        self._shelf.close()

    def _warm_up(self) -> None:
        """Makes room and later maps faster, as long as nobody waits for anything."""
        try:
            if self._session is not None and not self._cleaned:
                self._cleaned = True
                _clean_up()
            while self._session is not None and self._mailbox.is_empty:
                if not self._session.warm_up():
                    break
        except Exception:  # noqa: BLE001  (later maps are as fast as before)
            _log.exception("nothing was made faster")

    def _answer(self, letter: Letter[Request]) -> object:
        request = letter.request
        if isinstance(request, Load):
            progress = self._progress(letter)
            self._session = self._shelf.take(request.model, request.cache, progress)
            return self._describe(self._session)
        if isinstance(request, Run):
            self._shelf.run = request
            return None if self._session is None else self._shelf.apply_run(self._session)
        if isinstance(request, ImportRequest):
            return kept_model(request, self._progress(letter))
        if isinstance(request, Models):
            return _list_models()
        if isinstance(request, Forget):
            self._shelf.forget_pictures(request.kept)
            return give_freed_memory_back()
        if self._session is None:
            raise Cancelled  # the model could not be loaded, which was said already
        return self._ask(self._session, request, letter)

    def _ask(self, session: Session, request: Ask, letter: Letter[Request]) -> object:
        match request:
            case Move(device):
                answer: object = self._move(session, device)
            case Classify(image):
                answer = session.verdict(image)
            case Explain(image, wanted):
                answer = self._explain(session, image, wanted, letter)
            case Layers(image, mode, detail):
                answer = session.layers(image, mode, detail)
            case Offset(layer):
                if session.wants_offset(layer):
                    session.measure_offset(layer, letter.cancelled)
                answer = layer
            case Question():
                on_progress = partial(self.partly.emit, letter)
                answer = request.answer(session, letter.cancelled, on_progress)
        return answer

    def _explain(
        self,
        session: Session,
        image: SourceImage,
        wanted: ExplainRequest,
        letter: Letter[Request],
    ) -> Explained:
        def on_progress(so_far: Explanation) -> None:
            self.partly.emit(letter, Explained(session.verdict(image), so_far))

        explanation = session.explain(
            image, wanted, letter.cancelled, stopped=letter.stopped, on_progress=on_progress
        )
        if not session.knows_its_pace:  # the map is not kept waiting for the forecasts
            on_progress(explanation)
        return Explained(
            session.verdict(image),
            explanation,
            session.wants_offset_of(explanation),
            session.forecasts(image, explanation.request),
        )

    def _progress(self, letter: Letter[Request]) -> Progress:
        told = (-1.0, "")

        def on_progress(share: float, words: str) -> None:
            nonlocal told
            if share - told[0] >= _TOLD_SHARE or words != told[1]:
                told = (share, words)
                self.progressed.emit(letter, share, words)

        return Progress(on_progress, letter.cancelled)

    def _move(self, session: Session, device: str) -> Model:
        from camviewer.engine.network.devices import find_device  # noqa: PLC0415  (imports torch)

        session.move_to(find_device(device))
        self._shelf.device = device
        return self._describe(session)

    def _describe(self, session: Session) -> Model:
        from camviewer.engine.network.devices import list_devices  # noqa: PLC0415  (imports torch)

        return Model(session.info, session.methods(), list_devices())


def _was_large(request: Request, answer: object) -> bool:
    """Whether so much was computed that freed memory is worth giving back."""
    if isinstance(answer, Explained):
        return answer.explanation.passes > _FEW_PASSES
    return isinstance(request, ImportRequest | Move | Question)


def _list_models() -> Listed:
    from camviewer.engine.packs.store import (  # noqa: PLC0415  (hashing, TOML)
        DamagedPack,
        PackInfo,
        list_with_damaged,
    )

    packs = list_with_damaged()
    return Listed(
        tuple(pack for pack in packs if isinstance(pack, PackInfo)),
        tuple(pack for pack in packs if isinstance(pack, DamagedPack)),
    )


def _clean_up() -> None:
    """Removes what an import or a removal that was ended left behind."""
    from camviewer.engine.packs.cleaning import remove_left_over  # noqa: PLC0415
    from camviewer.engine.packs.store import models_folder  # noqa: PLC0415

    remove_left_over(models_folder())
