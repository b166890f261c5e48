"""Measures one map, the most telling numbers first, within a time that is allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.heatmap import Evidence
from camviewer.engine.image import SourceImage
from camviewer.engine.messages import Cost, Explanation
from camviewer.engine.session import Session
from camviewer.engine.trust.baselines import baseline_picture
from camviewer.engine.trust.curves import deletion_insertion
from camviewer.engine.trust.masking import Masked, correlation
from camviewer.engine.trust.measures import Measured, listed
from camviewer.engine.trust.messages import (
    Baseline,
    Contrast,
    Subject,
    TrustCard,
    TrustOptions,
    Values,
)
from camviewer.engine.trust.road import FRACTIONS, road
from camviewer.engine.trust.saliency import at_input_pixels, blob, mask_of, random_values
from camviewer.engine.trust.scoring import OutOfTime, Scorer
from camviewer.engine.trust.stability import stability

_FEWER_STEPS = 10
_SHIFTS = 16


@dataclass(frozen=True)
class _Job:
    """One thing to measure: what it is called when it is cut, its size in passes, and how."""

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
    """Gives ever fuller cards; the last one is finished.

    Args:
        session: that made the map.
        image: the picture.
        explanation: its map.
        options: how much may be spent.
        cancelled: polled between batches.

    Raises:
        CamviewerError: the map is flat, so it has no strongest pixels.
        Cancelled: told to stop.
    """
    if explanation.heatmap.evidence is Evidence.FLAT:
        raise CamviewerError(
            f"There is nothing to measure: the map of {explanation.class_name} is flat.",
            "Choose another class or another method.",
        )
    return _Assessment(session, image, explanation, options or TrustOptions(), cancelled).cards()


class _Assessment:
    def __init__(
        self,
        session: Session,
        image: SourceImage,
        explanation: Explanation,
        options: TrustOptions,
        cancelled: threading.Event | None,
    ) -> None:
        self._session = session
        self._image = image
        self._explanation = explanation
        self._options = options
        self._cancelled = cancelled
        self._picture = session.input_tensor(image, explanation.placement)[0]
        classifier = session.classifier
        self._scorer = Scorer(
            classifier.network,
            classifier.probabilities,
            explanation.class_index,
            cancelled,
        )
        self._steps = options.steps
        self._measured = Measured()
        self._whole = 0.0
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
                names = ", ".join(dict.fromkeys(late.name for late in jobs[place:]))
                self._cut.append(
                    f"The {self._options.budget:g} s that were allowed did not suffice for: "
                    f"{names}."
                )
                break
            done += job.passes
            if place < len(jobs) - 1:
                yield self._card(done / total, finished=False)
        yield self._card(1.0, finished=True)

    def _start(self) -> None:
        """The picture itself, and from its time how fine the curves can be."""
        (self._whole,) = self._scorer.score(iter((self._picture,))).tolist()
        before = self._scorer.seconds
        self._scorer.score(self._picture for _ in range(4))
        each = (self._scorer.seconds - before) / 4
        wanted = 2 * (self._steps - 1) * len(self._options.baselines) * 3 * each
        if self._steps > _FEWER_STEPS and wanted > 0.6 * self._options.budget:
            self._cut.append(f"Curves have {_FEWER_STEPS} steps instead of {self._steps}.")
            self._steps = _FEWER_STEPS
        self._scorer.allowed = self._options.budget

    def _jobs(self) -> list[_Job]:
        subjects = ((Subject.MAP, 0), (Subject.RANDOM, 0), (Subject.BLOB, 0))
        more = tuple((Subject.RANDOM, index) for index in range(1, self._options.random_maps))
        baselines = self._options.baselines
        curve = 2 * (self._steps - 1)
        jobs = [
            self._curve_job(baseline, subject, index, curve)
            for baseline in baselines[:1]
            for subject, index in subjects
        ]
        jobs.append(_Job("average drop", 3, self._mask))
        jobs += [self._road_job(subject, index) for subject, index in subjects]
        jobs += self._map_jobs()
        jobs += [
            self._curve_job(baseline, subject, index, curve)
            for baseline in baselines[1:]
            for subject, index in subjects
        ]
        for subject, index in more:
            jobs += [self._curve_job(baselines[0], subject, index, curve)] if baselines else []
            jobs.append(self._road_job(subject, index))
        return jobs

    def _map_jobs(self) -> list[_Job]:
        """What needs the method again: not for one that takes hundreds of passes a map."""
        if self._explanation.method.cost is Cost.SLOW:
            self._cut.append(
                f"{self._explanation.method.title} takes too long to be run 18 times more, so "
                "stability, coherency (with ADCC and ARCC) and the next class were left out."
            )
            return []
        return [
            _Job("next class", 1, self._compare_classes),
            _Job("coherency", 1, self._cohere),
            _Job("stability", _SHIFTS, self._shift),
        ]

    def _curve_job(self, baseline: Baseline, subject: Subject, index: int, passes: int) -> _Job:
        def run() -> None:
            missing = baseline_picture(self._picture, baseline, self._session.info.recipe)
            bare = self._measured.bare(baseline)
            if bare is None:
                (bare,) = self._scorer.score(iter((missing,))).tolist()
            self._measured.curves.append(
                deletion_insertion(
                    self._scorer,
                    self._picture,
                    missing,
                    self._saliency(subject, index),
                    self._steps,
                    baseline=baseline,
                    subject=subject,
                    ends=(self._whole, bare),
                )
            )

        return _Job(f"curves with {_NAMES[baseline]} ({subject})", passes, run)

    def _road_job(self, subject: Subject, index: int) -> _Job:
        def run() -> None:
            saliency = self._saliency(subject, index)
            seed = self._options.seed + index
            curve = road(self._scorer, self._picture, saliency, seed, subject=subject)
            self._measured.road.append(curve)

        return _Job(f"ROAD ({subject})", 2 * 2 * len(FRACTIONS), run)

    def _mask(self) -> None:
        for subject in Subject:
            mask = mask_of(self._saliency(subject, 0))
            if mask is None:
                self._cut.append(
                    "The map has no positive value, so nothing can be seen through it: no average "
                    "drop, ADCC or ARCC."
                )
                continue
            shown = self._picture * mask.to(self._picture.device)
            (masked,) = self._scorer.score(iter((shown,))).tolist()
            # A map that does not look at the picture stays as it is when the picture is masked.
            coherency = None if subject is Subject.MAP else 1.0
            self._measured.masked[subject] = Masked(
                self._whole, masked, float(mask.mean()), coherency
            )

    def _cohere(self) -> None:
        mask, known = mask_of(self._saliency(Subject.MAP, 0)), self._measured.masked
        if mask is None or Subject.MAP not in known:
            return
        again = self._map_of((self._picture * mask.to(self._picture.device))[None])
        second = mask_of(self._at_pixels(again.numpy()))
        alike = 0.0 if second is None else correlation(mask, second)
        known[Subject.MAP] = replace(known[Subject.MAP], coherency=(alike + 1) / 2)

    def _shift(self) -> None:
        values = torch.from_numpy(np.array(self._explanation.heatmap.values))
        stride = self._explanation.heatmap.geometry.stride
        found = stability(self._map_of, self._picture[None], values, stride)
        self._measured.stability[Subject.MAP] = list(found)
        for subject in (Subject.RANDOM, Subject.BLOB):
            still = self._on_grid(subject)
            unmoved = stability(partial(_regardless, still), self._picture[None], still, stride)
            self._measured.stability[subject] = list(unmoved)

    def _compare_classes(self) -> None:
        verdict = self._session.verdict(self._image)
        chosen = self._explanation.class_index
        other = next((index for index in verdict.top(2) if index != chosen), None)
        if other is None:
            return
        self._scorer.check()
        request = replace(self._explanation.request, class_index=other)
        theirs = self._session.explain(self._image, request, self._cancelled)
        own = self._explanation.heatmap.values
        self._contrast = Contrast(
            theirs.class_name,
            theirs.probability,
            correlation(
                torch.from_numpy(np.array(own)), torch.from_numpy(np.array(theirs.heatmap.values))
            ),
        )

    def _map_of(self, picture: Tensor) -> Tensor:
        self._scorer.check()
        self._scorer.passes += 1
        return self._session.map_of(picture, self._explanation.request, self._cancelled)

    def _on_grid(self, subject: Subject) -> Tensor:
        shape = self._explanation.heatmap.geometry.shape
        if subject is Subject.BLOB:
            return blob(shape)
        return torch.from_numpy(random_values(shape, self._options.seed))

    def _saliency(self, subject: Subject, index: int) -> Tensor:
        """(h, w) at input pixels: the map, the n-th random one, or the blob."""
        heatmap = self._explanation.heatmap
        if subject is Subject.MAP:
            return self._at_pixels(heatmap.values)
        if subject is Subject.BLOB:
            return blob(self._explanation.placement.input_size)
        return self._at_pixels(random_values(heatmap.geometry.shape, self._options.seed + index))

    def _at_pixels(self, values: Values) -> Tensor:
        geometry, placement = self._explanation.heatmap.geometry, self._explanation.placement
        return at_input_pixels(values, geometry, placement)

    def _card(self, share: float, *, finished: bool) -> TrustCard:
        return TrustCard(
            explanation=self._explanation,
            probability=self._whole,
            curves=tuple(self._measured.curves),
            road=tuple(self._measured.road),
            measures=listed(self._measured),
            contrast=self._contrast,
            share_done=share,
            seconds=self._scorer.seconds,
            budget=self._options.budget,
            passes=self._scorer.passes,
            cut=tuple(self._cut),
            finished=finished,
        )


def _regardless(values: Tensor, _picture: Tensor) -> Tensor:
    """A map that does not look at the picture."""
    return values


_NAMES = {
    Baseline.BLUR: "the blurred picture",
    Baseline.MEAN: "the mean colour",
    Baseline.BLACK: "black",
}
