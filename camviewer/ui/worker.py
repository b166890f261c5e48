"""The thread that owns the model, and the desk in front of it.

``ModelDesk`` lives in the GUI thread: it takes requests and hands out answers as signals; an
answer to an outdated request is dropped there. ``_Worker`` lives in the one thread that runs
torch. Only frozen plain data passes between them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry import PlacementMode
from camviewer.engine.image import SourceImage
from camviewer.engine.messages import (
    ExplainRequest,
    Explanation,
    MethodInfo,
    ModelInfo,
    Verdict,
)
from camviewer.ui.mailbox import Letter, Mailbox

if TYPE_CHECKING:
    from camviewer.engine.session import Session

_log = logging.getLogger(__name__)

LOAD, CLASSIFY, EXPLAIN, LAYERS, OFFSET = "load", "classify", "explain", "layers", "offset"
_URGENCY = (LOAD, EXPLAIN, CLASSIFY, LAYERS, OFFSET)


@dataclass(frozen=True)
class _Load:
    cache: Path | None


@dataclass(frozen=True, eq=False)
class _Classify:
    image: SourceImage


@dataclass(frozen=True, eq=False)
class _Explain:
    image: SourceImage
    request: ExplainRequest


@dataclass(frozen=True, eq=False)
class _Layers:
    image: SourceImage
    mode: PlacementMode
    detail: float


@dataclass(frozen=True)
class _Offset:
    layer: str


_Request = _Load | _Classify | _Explain | _Layers | _Offset


@dataclass(frozen=True)
class _Model:
    info: ModelInfo
    methods: tuple[tuple[MethodInfo, str], ...]


@dataclass(frozen=True, eq=False)
class _Explained:
    verdict: Verdict
    explanation: Explanation
    wants_offset: bool


class _Worker(QObject):
    """Runs in the model's thread."""

    answered = Signal(object, object)
    failed = Signal(object, str, str)
    drained = Signal()

    def __init__(self, mailbox: Mailbox[_Request]) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._session: Session | None = None

    @Slot()
    def work(self) -> None:
        """Takes requests until none is waiting."""
        while (letter := self._mailbox.take()) is not None:
            try:
                answer = self._answer(letter)
            except Cancelled:
                continue
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
        self.drained.emit()

    def _answer(self, letter: Letter[_Request]) -> object:
        request = letter.request
        if isinstance(request, _Load):
            self._session = _open_session(request.cache)
            return _Model(self._session.info, self._session.methods())
        if self._session is None:
            raise Cancelled  # the model could not be loaded, which was said already
        if isinstance(request, _Classify):
            return self._session.verdict(request.image)
        if isinstance(request, _Explain):
            explanation = self._session.explain(request.image, request.request, letter.cancelled)
            return _Explained(
                self._session.verdict(request.image),
                explanation,
                self._session.wants_offset(explanation.layer.name),
            )
        if isinstance(request, _Layers):
            return self._session.layers(request.image, request.mode, request.detail)
        if self._session.wants_offset(request.layer):
            self._session.measure_offset(request.layer, letter.cancelled)
        return request.layer


def _open_session(cache: Path | None) -> Session:
    from camviewer.engine.torch_loading import load_torch  # noqa: PLC0415

    load_torch()
    from camviewer.engine.session import Session  # noqa: PLC0415  (imports torch)

    return Session.embedded(cache)


class ModelDesk(QObject):
    """Takes questions for the model and hands out its answers, in the GUI thread.

    Signals:
        loaded: (ModelInfo, methods with the reasons why they are not defined).
        classified: (Verdict).
        explained: (Verdict, Explanation).
        layers_listed: (tuple of LayerInfo).
        offset_measured: (layer name): its maps lie elsewhere now.
        failed: (kind of request, message, hint).
        busy_changed: (bool) whether somebody waits for an answer.
    """

    loaded = Signal(object, object)
    classified = Signal(object)
    explained = Signal(object, object)
    layers_listed = Signal(object)
    offset_measured = Signal(str)
    failed = Signal(str, str, str)
    busy_changed = Signal(bool)
    _wake = Signal()

    def __init__(self, cache: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._mailbox: Mailbox[_Request] = Mailbox(_URGENCY)
        self._thread = QThread()
        self._thread.setObjectName("model")
        self._worker = _Worker(self._mailbox)
        self._worker.moveToThread(self._thread)
        self._wake.connect(self._worker.work)
        self._worker.answered.connect(self._hand_out)
        self._worker.failed.connect(self._hand_out_failure)
        self._waited_for: dict[object, int] = {}
        self._deliver: dict[object, Callable[[object], None]] = {
            LOAD: self._deliver_model,
            CLASSIFY: self.classified.emit,
            EXPLAIN: self._deliver_explanation,
            LAYERS: self.layers_listed.emit,
            OFFSET: self._deliver_offset,
        }

    def start(self) -> None:
        """Starts the thread and loads the model in it."""
        self._thread.start()
        self._post(LOAD, _Load(self._cache))

    def classify(self, image: SourceImage) -> None:
        self._post(CLASSIFY, _Classify(image), interrupts=(OFFSET,))

    def explain(self, image: SourceImage, request: ExplainRequest) -> None:
        self._post(EXPLAIN, _Explain(image, request), interrupts=(OFFSET,))

    def list_layers(self, image: SourceImage, mode: PlacementMode, detail: float) -> None:
        self._post(LAYERS, _Layers(image, mode, detail), interrupts=(OFFSET,))

    def forget(self) -> None:
        """No answer that is under way is wanted any more."""
        for kind in (CLASSIFY, EXPLAIN, LAYERS, OFFSET):
            self._mailbox.forget(kind)
            self._settle(kind)

    def stop(self) -> None:
        """Ends the thread; what is under way is cancelled and waited for."""
        self._mailbox.close()
        self._thread.quit()
        self._thread.wait()

    def _post(self, kind: str, request: _Request, interrupts: tuple[str, ...] = ()) -> None:
        number = self._mailbox.put(kind, request, interrupts)
        if kind != OFFSET:
            was_busy = bool(self._waited_for)
            self._waited_for[kind] = number
            if not was_busy:
                self.busy_changed.emit(True)
        self._wake.emit()

    def _settle(self, kind: object) -> None:
        if self._waited_for.pop(kind, None) is not None and not self._waited_for:
            self.busy_changed.emit(False)

    @Slot(object, object)
    def _hand_out(self, letter: Letter[_Request], answer: object) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number):
            self._settle(letter.kind)
            self._deliver[letter.kind](answer)

    @Slot(object, str, str)
    def _hand_out_failure(self, letter: Letter[_Request], message: str, hint: str) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number):
            self._settle(letter.kind)
            self.failed.emit(str(letter.kind), message, hint)

    def _deliver_model(self, answer: object) -> None:
        assert isinstance(answer, _Model)  # noqa: S101
        self.loaded.emit(answer.info, answer.methods)

    def _deliver_explanation(self, answer: object) -> None:
        assert isinstance(answer, _Explained)  # noqa: S101
        self.explained.emit(answer.verdict, answer.explanation)
        if answer.wants_offset:
            self._post(OFFSET, _Offset(answer.explanation.layer.name))

    def _deliver_offset(self, answer: object) -> None:
        self.offset_measured.emit(str(answer))
