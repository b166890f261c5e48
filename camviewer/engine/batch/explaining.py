"""Explains the pictures of a run in several threads, each with a session of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf
from queue import SimpleQueue

import numpy as np
import torch
from numpy.typing import NDArray

from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.configuration import TARGET_CLASS, RunConfiguration, top_count
from camviewer.engine.batch.loaded_run import LoadedRun
from camviewer.engine.batch.map_statistics import MapStatistics
from camviewer.engine.batch.measuring import measures_part
from camviewer.engine.batch.objects.reading import ObjectSource
from camviewer.engine.batch.picture_reading import ReadPicture
from camviewer.engine.batch.pictures_at_work import (
    BegunPicture,
    ExplainedPicture,
    FoundPicture,
    measured,
    tried,
)
from camviewer.engine.batch.rows import (
    Row,
    RunConstants,
    features_part,
    logits_part,
    map_part,
    objects_part,
    picture_part,
    statistics_of,
    verdict_part,
)
from camviewer.engine.batch.sources import PictureEntry
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import PlacementMode, place
from camviewer.engine.methods import find_method
from camviewer.engine.methods.core.limits import USUAL
from camviewer.engine.network.embedded import IDENTIFIER
from camviewer.engine.network.module_copies import copy_sharing_tensors
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.picture.examples import example_picture
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Verdict
from camviewer.engine.runtime.conversion_process import shared_engine_for
from camviewer.engine.runtime.shared_openvino import SharedEngine
from camviewer.engine.session.session import Session
from camviewer.engine.support.folders import offsets_folder

_LARGE = 300_000_000
"""Maximum bytes of weights of which each thread has a folded copy of its own."""

_WORTH_CONVERTING = 64
"""Minimum number of pictures of a run for which a model is converted for OpenVINO, which takes
seconds once; a number of the run, so that all its processes decide alike."""

_THREADS_OF_A_PROCESSOR = 2
"""Threads for each processor when OpenVINO runs the network in threads of its own: while one waits
for its pass, the other makes rows. Without, a sixth of the processors' time is lost. Their sessions
share the weights: a processor takes 22 MB with them, for the model that comes with the program."""

_TOGETHER = 4
"""Maximum number of pictures that go through the network before their rows are made; because a
session keeps the passes of so many."""


class Explainers:
    """Makes rows of pictures in several threads, each with a session of its own.

    A pass has one thread, and pictures are shared among threads: small networks gain nothing from
    two threads on one picture, and numbers do not depend on how many threads there are. What asks
    the network many times for one picture has one session, whose passes have all threads; the size
    of its batches follows from memory alone, so that its numbers do not depend on the time either.

    Attributes:
        threads: how many; each has a session. Known once the engine was prepared.
        threads_of_a_pass: how many a pass of the network has.
        together: pictures that are best given to ``rows`` together.

    Args:
        loaded: the model.
        configuration: of the run; its offset holds, whatever was measured on this machine.
        classes_by_name: the model's class of each true class that it knows.
        objects: tells the annotated objects of each picture.
        jobs: processors to use.
        pictures: of the whole run.
    """

    def __init__(
        self,
        loaded: LoadedRun,
        configuration: RunConfiguration,
        classes_by_name: dict[str, int],
        objects: ObjectSource,
        *,
        jobs: int,
        pictures: int,
    ) -> None:
        self._loaded = loaded
        self._configuration = configuration
        self._classes = loaded.settings.classes
        self._by_name = classes_by_name
        self._objects = objects
        self._names = ClassNames(loaded.session.info.labels)
        self._limits = replace(USUAL, batch_seconds=inf)
        on_cpu = loaded.session.classifier.device.type == "cpu"
        probes = find_method(configuration.method).probes
        shared = probes or not on_cpu or bool(loaded.session.info.layer_refusal)
        self.threads = 1 if shared else jobs
        self.threads_of_a_pass = jobs if shared else 1
        self.together = 1
        self._engine: SharedEngine | None = None
        if on_cpu and pictures >= _WORTH_CONVERTING:
            info = loaded.session.info
            layers = {info.default_layer, configuration.layer}
            # One more for every two, so that no processor waits for the thread that hands out work.
            streams = jobs if shared else jobs + jobs // 2
            self._engine = shared_engine_for(info, layers, streams)
        self._idle: SimpleQueue[Session] = SimpleQueue()
        self._constants = RunConstants(
            model=configuration.model,
            weights=configuration.weights_sha256,
            method=configuration.method,
            layer=configuration.layer,
            placement=configuration.placement,
            detail=configuration.detail,
        )

    @property
    def engine(self) -> str:
        """Name of the engine that the model was prepared for; empty for torch alone."""
        return self._engine.name if self._engine is not None and self._is_covered else ""

    def prepare_engine(self) -> None:
        """Converts the model and compares it with torch; to be called before the threads begin."""
        if self._engine is not None:
            self._try(self._sibling())
            self._engine.settle()
            if self._is_covered and self.threads_of_a_pass == 1:
                self.threads *= _THREADS_OF_A_PROCESSOR
                if self._has_one_pass:
                    self.together = _TOGETHER

    def prepare_thread(self) -> None:
        """Sets up the thread that it runs in, and adds a session until each thread has one."""
        torch.set_num_threads(self.threads_of_a_pass)
        if self._idle.qsize() >= self.threads:
            return
        session = self._sibling()
        if self._is_covered:
            # Cuts off what follows the layer, which takes as long as ten pictures.
            self._try(session)
        elif session.size_bytes <= _LARGE:
            self._try(session)
            while session.warm_up():
                pass
        self._idle.put(session)

    def rows(self, pictures: Iterable[FoundPicture]) -> list[list[Row]]:
        """The rows of each picture; whatever goes wrong with one is a row of it, too.

        All pictures go through the network first. What is made of the passes takes less time when
        no pass comes between, which fills the processor's caches with other things; and all maps
        are measured together.

        Args:
            pictures: each with its true class as the source names it, and as it was read.
        """
        session = self._idle.get()
        try:
            pictures = self._run_ahead(session, pictures)
            begun = [self._begun(session, *picture) for picture in pictures]
            explained = [self._explained(session, each) for each in begun]
            statistics = measured(explained, session.info)
            return [
                self._finished(session, each, found)
                for each, found in zip(explained, statistics, strict=True)
            ]
        finally:
            self._idle.put(session)

    def _run_ahead(
        self, session: Session, pictures: Iterable[FoundPicture]
    ) -> Iterable[FoundPicture]:
        """Has the engine run the pictures at once, so that it waits for none of them."""
        if self.together == 1:
            return pictures
        found = list(pictures)
        images = [read.image for *_, read in found if read.image is not None]
        layer = self._loaded.request.layer or session.info.default_layer
        tried(lambda: session.run_ahead(images, layer), "these pictures")
        return found

    def _begun(
        self, session: Session, entry: PictureEntry, truth: str | None, read: ReadPicture
    ) -> BegunPicture:
        """Runs the network, whose pass the session keeps."""
        index = None if truth is None else self._by_name.get(truth)
        row = self._constants.row(entry, truth, index)
        image = read.image
        if image is None:
            return BegunPicture(entry, truth, {**row, "error": read.error})
        row |= picture_part(image)
        verdict, error = tried(lambda: self._verdict(session, image), image.name)
        if verdict is None:
            return BegunPicture(entry, truth, {**row, "error": error})
        return BegunPicture(entry, truth, row, (image, verdict))

    def _verdict(self, session: Session, image: SourceImage) -> Verdict:
        """What the model says, with the pass that the maps are made of."""
        request = self._loaded.request
        if request.layer is not None and self._is_recipe:
            session.pass_of(image, request.layer, request.mode, request.detail)
            return session.verdict(image, request.layer)
        return session.verdict(image)

    def _explained(self, session: Session, begun: BegunPicture) -> ExplainedPicture:
        if begun.seen is None:
            return ExplainedPicture(begun, begun.row)
        image, verdict = begun.seen
        found, error = tried(lambda: self._maps(session, begun, image, verdict), image.name)
        return found or ExplainedPicture(begun, {**begun.row, "error": error})

    def _maps(
        self, session: Session, begun: BegunPicture, image: SourceImage, verdict: Verdict
    ) -> ExplainedPicture:
        annotations = self._objects.annotations(begun.entry, (image.width, image.height))
        row = begun.row | verdict_part(verdict, session.info, begun.row["truth_index"])
        chosen = self._chosen(verdict, row, begun.truth)
        explanations = session.explain_classes(image, self._loaded.request, chosen)
        return ExplainedPicture(begun, row, annotations, explanations)

    def _finished(
        self, session: Session, explained: ExplainedPicture, found: Sequence[MapStatistics] | None
    ) -> list[Row]:
        """The rows of a picture, whose maps are measured here if they could not be before."""
        if explained.begun.seen is None or not explained.explanations:
            return [explained.row]
        image, verdict = explained.begun.seen
        rows, error = tried(
            lambda: self._rows(session, explained, image, verdict, found), image.name
        )
        return [{**explained.begun.row, "error": error}] if rows is None else rows

    def close(self) -> None:
        """Ends what the model still does in the background."""
        if self._engine is not None:
            self._engine.close()
        self._loaded.session.close()

    @property
    def _is_covered(self) -> bool:
        """Whether no pass is left to torch, so that a folded copy would only take memory."""
        request, info = self._loaded.request, self._loaded.session.info
        if self._engine is None or request.mode is PlacementMode.WHOLE:
            return False
        size = example_picture(info.recipe).size
        placements = (
            place(size, info.recipe),
            place(size, info.recipe, request.mode, request.detail),
        )
        return all(self._engine.layer_for(each.input_size) for each in placements)

    @property
    def _is_recipe(self) -> bool:
        """Whether maps are made of the model's own recipe, so that one pass serves for all."""
        request = self._loaded.request
        return request.mode is PlacementMode.CROP and request.detail == 1.0

    @property
    def _has_one_pass(self) -> bool:
        """Whether nothing is asked of the network but one pass of each picture."""
        settings, layer = self._loaded.settings, self._loaded.session.info.default_layer
        several = settings.features and self._configuration.layer != layer
        return self._is_recipe and not (several or settings.measures)

    def _try(self, session: Session) -> None:
        session.explain(example_picture(session.info.recipe), self._loaded.tried_request)

    def _sibling(self) -> Session:
        """A session with the same weights in memory."""
        classifier, settled = self._loaded.session.classifier, self._configuration
        if self.threads > 1:
            classifier = replace(classifier, network=copy_sharing_tensors(classifier.network))
        embedded = classifier.info.id == IDENTIFIER
        offsets = OffsetStore(
            settled.weights_sha256, offsets_folder(), IDENTIFIER if embedded else None
        )
        if settled.offset is not None and not find_method(settled.method).info.fixed_layer:
            offsets = OffsetStore(settled.weights_sha256)
            offsets.put(settled.layer, settled.offset)
        return Session(classifier, offsets, self._engine, limits=self._limits, calibrated=False)

    def _rows(
        self,
        session: Session,
        explained: ExplainedPicture,
        image: SourceImage,
        verdict: Verdict,
        found: Sequence[MapStatistics] | None,
    ) -> list[Row]:
        explanations, settings = explained.explanations, self._loaded.settings
        if found is None:
            (found,) = statistics_of([(image, explanations)], session.info)
        rows = [
            explained.row
            | map_part(explanation, image, verdict, statistics)
            | objects_part(explanation, statistics, explained.annotations, self._names)
            | measures_part(
                session,
                image,
                explanation,
                settings.measures,
                picture_id=explained.row["id"],
                limits=self._limits,
            )
            for explanation, statistics in zip(explanations, found, strict=True)
        ]
        if settings.features:
            rows[0] |= features_part(self._activations(session, image))
        if settings.logits:
            rows[0] |= logits_part(verdict)
        return rows

    def _activations(self, session: Session, image: SourceImage) -> NDArray[np.float32]:
        """(C, h, w) of the last layer with a grid, under the model's own recipe."""
        layer = session.info.default_layer
        found = session.pass_of(image, layer, PlacementMode.CROP, 1.0).activations
        return found.detach().float().cpu().numpy()

    def _chosen(self, verdict: Verdict, row: Row, truth: str | None) -> tuple[int, ...]:
        """Which classes of a picture are explained.

        Raises:
            CamviewerError: the true class is wanted, and it is not known or none of the model's.
        """
        if isinstance(self._classes, tuple):
            return self._classes
        if self._classes == TARGET_CLASS:
            return (self._loaded.target.class_index(verdict.top(1)[0]),)
        count = top_count(self._classes)
        if count is not None:
            return verdict.top(count)
        if row["truth_index"] is None:
            raise CamviewerError(
                "The true class is not known."
                if truth is None
                else f"The true class {truth} is none of the model's."
            )
        return (int(row["truth_index"]),)
