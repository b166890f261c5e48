"""The desk in front of the thread that owns the model.

``ModelDesk`` lives in the GUI thread: it takes requests and hands out answers as signals; an
answer to an outdated request is dropped there. Only frozen plain data passes to and from the
``Worker`` in the other thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from camviewer.engine.geometry.geometry import PlacementMode
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.ui.work.model_cache import ModelShelf
from camviewer.ui.work.model_file_kinds import ImportRequest
from camviewer.ui.work.model_import import ImportQuestion
from camviewer.ui.work.model_query import Question
from camviewer.ui.work.model_requests import (
    Classify,
    Explain,
    Explained,
    Forget,
    Layers,
    Load,
    Model,
    Models,
    Move,
    Offset,
    Request,
    Run,
)
from camviewer.ui.work.model_worker import Worker
from camviewer.ui.work.request_queue import Letter, Mailbox

LOAD, MOVE, CLASSIFY, EXPLAIN, LAYERS = "load", "move", "classify", "explain", "layers"
IMPORT, MODELS, OFFSET, RUN, FORGET = "import", "models", "offset", "run", "forget"
_URGENCY = (RUN, LOAD, MOVE, EXPLAIN, CLASSIFY, LAYERS, IMPORT, MODELS, OFFSET, FORGET)
_UNSEEN = (OFFSET, FORGET)
"""Requests that nobody waits for."""


class ModelDesk(QObject):
    """Takes questions for the model and hands out its answers, in the GUI thread.

    Args:
        cache: folder for measured offsets; None keeps them for this run only.
        parent: the Qt parent.
        shelf: where models are taken from; a new, empty one when None.

    Signals:
        loaded: (ModelInfo, methods with the reasons why they are not defined, devices).
        imported: (PackInfo).
        import_asks: (ImportRequest, architectures) several have these tensors; with none, the
            question is whether a program that can run any code may be opened.
        models_listed: (Listed).
        classified: (Verdict).
        explained: (Verdict, Explanation); the map may still be underway.
        forecast: (tuple of method id and seconds) what slow methods will take.
        runs: (bool) models run as was asked; whether the processor computes in bfloat16, None
            when there is no model yet.
        layers_listed: (tuple of LayerInfo).
        offset_measured: (layer name): its maps lie elsewhere now.
        progressed: (share 0 to 1, what is being done) of a model that is loaded or imported.
        failed: (kind of request, message, hint).
        busy_changed: (bool) whether somebody waits for an answer.
        partly: (kind, what is known so far) of a question of ``ask``.
        answered: (kind, answer) of a question of ``ask``.
        dropped: (kind) a question was given up, or interrupted by a more urgent one.
    """

    loaded = Signal(object, object, object)
    imported = Signal(object)
    import_asks = Signal(object, object)
    models_listed = Signal(object)
    classified = Signal(object)
    explained = Signal(object, object)
    forecast = Signal(object)
    runs = Signal(object)
    layers_listed = Signal(object)
    offset_measured = Signal(str)
    progressed = Signal(float, str)
    failed = Signal(str, str, str)
    busy_changed = Signal(bool)
    partly = Signal(str, object)
    answered = Signal(str, object)
    dropped = Signal(str)
    _wake = Signal()

    def __init__(
        self,
        cache: Path | None = None,
        parent: QObject | None = None,
        shelf: ModelShelf | None = None,
    ) -> None:
        super().__init__(parent)
        self._cache = cache
        self._mailbox: Mailbox[Request] = Mailbox(_URGENCY)
        self._thread = QThread()
        self._thread.setObjectName("model")
        self._worker = Worker(self._mailbox, shelf or ModelShelf())
        self._worker.moveToThread(self._thread)
        self._wake.connect(self._worker.work)
        self._worker.answered.connect(self._hand_out)
        self._worker.failed.connect(self._hand_out_failure)
        self._worker.dropped.connect(self._drop)
        self._worker.partly.connect(self._hand_out_part)
        self._long: tuple[str, ...] = ()
        self._stopped = False
        self._worker.progressed.connect(self._tell_progress)
        self._waited_for: dict[object, int] = {}
        self._deliver: dict[object, Callable[[object], None]] = {
            LOAD: self._deliver_model,
            MOVE: self._deliver_model,
            IMPORT: self._deliver_import,
            RUN: self.runs.emit,
            MODELS: self.models_listed.emit,
            CLASSIFY: self.classified.emit,
            EXPLAIN: self._deliver_explanation,
            LAYERS: self.layers_listed.emit,
            OFFSET: self._deliver_offset,
            FORGET: lambda _: None,
        }

    def start(self, model: str) -> None:
        """Starts the thread and loads a model in it, unless the window was closed before."""
        if self._stopped:
            return
        self._thread.start()
        self.load(model)

    def load(self, model: str) -> None:
        """Loads the model of this id; it is asked from then on."""
        self._mailbox.forget(OFFSET)  # of a layer that the other model need not have
        self._post(LOAD, Load(model, self._cache), interrupts=(EXPLAIN, LAYERS, *self._long))

    def move(self, device: str) -> None:
        """Runs the model on another device."""
        self._post(MOVE, Move(device), interrupts=(EXPLAIN, LAYERS, OFFSET, *self._long))

    def run_by(self, run: Run) -> None:
        """Runs every model so from now on; a map under way is still made as before."""
        self._post(RUN, run, interrupts=(OFFSET,))

    def import_model(self, request: ImportRequest) -> None:
        """Keeps a checkpoint as a model."""
        self._post(IMPORT, request, interrupts=(OFFSET,))

    def cancel_import(self) -> None:
        """The checkpoint that is being read is not wanted any more; nothing is kept of it."""
        self._mailbox.forget(IMPORT)
        self._settle(IMPORT)

    def list_models(self) -> None:
        """Looks up which models were imported."""
        self._post(MODELS, Models(), interrupts=(OFFSET,))

    def classify(self, image: SourceImage) -> None:
        self._post(CLASSIFY, Classify(image), interrupts=(OFFSET,))

    def explain(self, image: SourceImage, request: ExplainRequest) -> None:
        self._post(EXPLAIN, Explain(image, request), interrupts=(OFFSET, *self._long))

    def finish_early(self) -> None:
        """The map under way is wanted as far as it is made."""
        self._mailbox.stop(EXPLAIN)

    def list_layers(self, image: SourceImage, mode: PlacementMode, detail: float) -> None:
        self._post(LAYERS, Layers(image, mode, detail), interrupts=(OFFSET,))

    def ask(self, kind: str, question: Question, interrupts: tuple[str, ...] = ()) -> None:
        """Asks something that takes long; a new map, model or device interrupts it.

        Args:
            kind: of the question.
            question: what is to be done.
            interrupts: kinds of other questions that must give way.
        """
        self._long = tuple(dict.fromkeys((*self._long, kind)))
        self._post(kind, question, interrupts=(OFFSET, *interrupts))

    def give_up(self, kind: str) -> None:
        """The answer to a question of ``ask`` is not wanted any more."""
        self._mailbox.forget(kind)
        self._settle(kind)

    def forget(self) -> None:
        """No answer that is under way is wanted any more."""
        for kind in (CLASSIFY, EXPLAIN, LAYERS, OFFSET, *self._long):
            self.give_up(kind)

    def forget_pictures(self, *kept: SourceImage) -> None:
        """Lets go of what was made of all pictures but these, once nothing else is asked."""
        self._post(FORGET, Forget(tuple(image.sha256 for image in kept)))

    def stop(self) -> None:
        """Ends the thread; what is under way is cancelled and waited for."""
        self._stopped = True
        self._mailbox.close()
        self._thread.quit()
        self._thread.wait()
        self._worker.close()

    def _post(self, kind: str, request: Request, interrupts: tuple[str, ...] = ()) -> None:
        number = self._mailbox.put(kind, request, interrupts)
        if kind not in _UNSEEN:
            was_busy = bool(self._waited_for)
            self._waited_for[kind] = number
            if not was_busy:
                self.busy_changed.emit(True)
        self._wake.emit()

    def _settle(self, kind: object) -> None:
        if self._waited_for.pop(kind, None) is not None and not self._waited_for:
            self.busy_changed.emit(False)

    @Slot(object, object)
    def _hand_out(self, letter: Letter[Request], answer: object) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number):
            self._settle(letter.kind)
            kind = str(letter.kind)
            self._deliver.get(kind, partial(self.answered.emit, kind))(answer)

    @Slot(object, object)
    def _hand_out_part(self, letter: Letter[Request], part: object) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number) and not letter.cancelled.is_set():
            if isinstance(part, Explained):
                self.explained.emit(part.verdict, part.explanation)
            else:
                self.partly.emit(str(letter.kind), part)

    @Slot(object, str, str)
    def _hand_out_failure(self, letter: Letter[Request], message: str, hint: str) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number):
            self._settle(letter.kind)
            self.failed.emit(str(letter.kind), message, hint)

    @Slot(object, float, str)
    def _tell_progress(self, letter: Letter[Request], share: float, words: str) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number):
            self.progressed.emit(share, words)

    @Slot(object)
    def _drop(self, letter: Letter[Request]) -> None:
        if self._mailbox.is_newest(letter.kind, letter.number):
            self._settle(letter.kind)
            self.dropped.emit(str(letter.kind))

    def _deliver_model(self, answer: object) -> None:
        assert isinstance(answer, Model)  # noqa: S101
        self.loaded.emit(answer.info, answer.methods, answer.devices)

    def _deliver_import(self, answer: object) -> None:
        if isinstance(answer, ImportQuestion):
            self.import_asks.emit(answer.request, answer.candidates)
        else:
            self.imported.emit(answer)

    def _deliver_explanation(self, answer: object) -> None:
        assert isinstance(answer, Explained)  # noqa: S101
        self.explained.emit(answer.verdict, answer.explanation)
        self.forecast.emit(answer.forecasts)
        if answer.wants_offset:
            self._post(OFFSET, Offset(answer.explanation.layer.name))

    def _deliver_offset(self, answer: object) -> None:
        self.offset_measured.emit(str(answer))
