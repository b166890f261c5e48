"""Measures one map within a time budget, the most informative measures first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import Explanation
from camviewer.engine.session.session import Session
from camviewer.engine.trust.maps_under_test import MapUnderTest
from camviewer.engine.trust.masking import correlation
from camviewer.engine.trust.measures import Measured, listed
from camviewer.engine.trust.messages import Baseline, Contrast, Subject, TrustCard, TrustOptions
from camviewer.engine.trust.scoring import OutOfTime

_FEWER_STEPS = 10
_SHIFTS = 16
_MAP_SHARE = 0.5
"""Maximum share of the time budget for repeating the map."""

_NAMES = {
    Baseline.BLUR: "the blurred picture",
    Baseline.MEAN: "the mean colour",
    Baseline.BLACK: "black",
}
_SUBJECTS = ((Subject.MAP, 0), (Subject.RANDOM, 0), (Subject.BLOB, 0))


@dataclass(frozen=True)
class _Job:
    """A measurement, with its name in the note when it is left out, and its cost in passes."""

    name: str
    passes: int
    run: Callable[[], None]


def assess(
    session: Session,
    image: SourceImage,
    explanation: Explanation,
    options: TrustOptions | None = None,
    cancelled: threading.Event | None = None,
) -> Iterator[TrustCard]:
    """Yields cards with more and more measures; the last one is finished.

    Args:
        session: the session that made the map.
        image: the picture.
        explanation: its map.
        options: time budget and settings.
        cancelled: polled between batches.

    Raises:
        CamviewerError: the map is flat, so it has no strongest pixels.
        Cancelled: told to stop.
    """
    options = options or TrustOptions()
    subject = MapUnderTest(session, image, explanation, options.seed, cancelled)
    return _Assessment(session, image, subject, options, cancelled).cards()


class _Assessment:
    def __init__(
        self,
        session: Session,
        image: SourceImage,
        subject: MapUnderTest,
        options: TrustOptions,
        cancelled: threading.Event | None,
    ) -> None:
        self._session = session
        self._image = image
        self._test = subject
        self._options = options
        self._cancelled = cancelled
        self._steps = options.steps
        self._measured = Measured()
        self._contrast: Contrast | None = None
        self._cut: list[str] = []

    def cards(self) -> Iterator[TrustCard]:
        self._start()
        jobs = self._jobs()
        total = sum(job.passes for job in jobs)
        done = 0
        yield self._card(0.0, finished=False)
        for place, job in enumerate(jobs):
            try:
                job.run()
            except OutOfTime:
                self._cut.append(self._out_of_time(jobs[place:]))
                break
            except CamviewerError as error:
                self._cut.append(f"Not measured: {job.name}. {error.message}")
            done += job.passes
            if place < len(jobs) - 1:
                yield self._card(done / total, finished=False)
        yield self._card(1.0, finished=True)

    def _start(self) -> None:
        """Scores the picture, and chooses the curves' steps by the time of a batch."""
        scorer = self._test.scorer
        probability = self._test.probability
        before = scorer.seconds
        scorer.score(self._test.picture for _ in range(4))
        each = (scorer.seconds - before) / 4
        wanted = 2 * (self._steps - 1) * len(self._options.baselines) * len(_SUBJECTS) * each
        if self._steps > _FEWER_STEPS and wanted > 0.6 * self._options.budget > 0.0:
            self._cut.append(f"Curves have {_FEWER_STEPS} steps instead of {self._steps}.")
            self._steps = _FEWER_STEPS
        self._measured.probability = probability
        scorer.allowed = self._options.budget

    def _out_of_time(self, late: list[_Job]) -> str:
        names = ", ".join(dict.fromkeys(job.name for job in late))
        return f"The {self._options.budget:g} s that were allowed did not suffice for: {names}."

    def _jobs(self) -> list[_Job]:
        first, others = self._options.baselines[:1], self._options.baselines[1:]
        more = [(Subject.RANDOM, index) for index in range(1, self._options.random_maps)]
        return [
            *(self._curve_job(baseline, *whose) for baseline in first for whose in _SUBJECTS),
            *self._masking_jobs(),
            *(self._road_job(*whose) for whose in _SUBJECTS),
            *self._map_jobs(),
            *(self._curve_job(baseline, *whose) for baseline in others for whose in _SUBJECTS),
            *(self._curve_job(baseline, *whose) for whose in more for baseline in first),
            *(self._road_job(*whose) for whose in more),
        ]

    def _masking_jobs(self) -> list[_Job]:
        """Shares of a probability, which other scores do not have."""
        if self._test.is_probability:
            return [_Job("average drop", 3, self._mask)]
        self._cut.append(
            f"{self._test.explanation.subject} is no probability, so it has no average drop, ADCC "
            "or ARCC, which are shares of one."
        )
        return []

    def _map_jobs(self) -> list[_Job]:
        """Measurements that repeat the method; none for methods with hundreds of passes."""
        explanation = self._test.explanation
        seconds = self._session.forecast(self._image, explanation.request)
        if seconds * (_SHIFTS + 2) > _MAP_SHARE * self._options.budget:
            self._cut.append(
                f"{explanation.method.title} takes {seconds:.0f} s a map and would be run "
                f"{_SHIFTS + 2} times more for stability, coherency (with ADCC and ARCC) and the "
                "next class, so these were left out."
            )
            return []
        of_class, probable = explanation.request.target is None, self._test.is_probability
        return [
            *([_Job("next class", 1, self._compare_classes)] if of_class and probable else []),
            *([_Job("coherency with ADCC and ARCC", 1, self._cohere)] if probable else []),
            _Job("stability", _SHIFTS, self._shift),
        ]

    def _curve_job(self, baseline: Baseline, subject: Subject, index: int) -> _Job:
        def run() -> None:
            found = self._test.curve(baseline, subject, index, self._steps)
            self._measured.curves.append(found)

        name = f"curves with {_NAMES[baseline]}" + (" (more random maps)" if index else "")
        return _Job(name, 2 * (self._steps - 1), run)

    def _road_job(self, subject: Subject, index: int) -> _Job:
        def run() -> None:
            found = self._test.road(subject, index, self._options.road_fractions)
            self._measured.road.append(found)

        name = "ROAD" + (" (more random maps)" if index else "")
        return _Job(
            name, 2 * 2 * len(self._options.road_fractions), run
        )  # imputing takes as long as a pass

    def _mask(self) -> None:
        for subject in Subject:
            masked = self._test.masked(subject)
            if masked is not None:
                self._measured.masked[subject] = masked
            else:
                self._cut.append(
                    "The map has no positive value, so nothing can be seen through it: no average "
                    "drop, ADCC or ARCC."
                )

    def _cohere(self) -> None:
        known = self._measured.masked
        if Subject.MAP in known:
            known[Subject.MAP] = self._test.coherent(known[Subject.MAP])

    def _shift(self) -> None:
        for subject in Subject:
            self._measured.stability[subject] = self._test.stability(subject)

    def _compare_classes(self) -> None:
        verdict = self._session.verdict(self._image)
        explanation = self._test.explanation
        ranked = (index for index in verdict.top(2) if index != explanation.class_index)
        other = next(ranked, None)
        if other is None:
            return
        self._test.scorer.check()
        request = replace(explanation.request, class_index=other)
        theirs = self._session.explain(self._image, request, self._cancelled)
        own, other_values = (
            torch.from_numpy(np.array(found.heatmap.values)) for found in (explanation, theirs)
        )
        self._contrast = Contrast(
            theirs.class_name, theirs.probability, correlation(own, other_values)
        )

    def _card(self, share: float, *, finished: bool) -> TrustCard:
        return TrustCard(
            explanation=self._test.explanation,
            probability=self._measured.probability,
            curves=tuple(self._measured.curves),
            road=tuple(self._measured.road),
            measures=listed(self._measured),
            contrast=self._contrast,
            share_done=share,
            seconds=self._test.scorer.seconds,
            budget=self._options.budget,
            passes=self._test.scorer.passes,
            engine=self._session.engine_for(self._test.explanation.placement.input_size),
            cut=tuple(self._cut),
            finished=finished,
            is_probability=self._test.is_probability,
        )
