"""Measures of trust, against what can be worked out by hand and against other programs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from pytorch_grad_cam.metrics.arcc import ARCC
from pytorch_grad_cam.metrics.cam_mult_image import DropInConfidence
from pytorch_grad_cam.metrics.road import NoisyLinearImputer, ROADCombined
from pytorch_grad_cam.utils.model_targets import ClassifierOutputSoftmaxTarget
from skimage.metrics import structural_similarity
from torch import Tensor, nn
from torchcam.metrics import DeletionInsertionMetric

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry import PlacementMode, Recipe, Registration, grid_geometry, place
from camviewer.engine.image import SourceImage, image_from_pixels
from camviewer.engine.messages import ExplainRequest, Explanation
from camviewer.engine.session import Session
from camviewer.engine.trust.assessment import assess
from camviewer.engine.trust.baselines import baseline_picture
from camviewer.engine.trust.curves import deletion_insertion
from camviewer.engine.trust.imputation import impute
from camviewer.engine.trust.masking import Masked, rank_correlation
from camviewer.engine.trust.messages import (
    ROAD_FRACTIONS,
    Baseline,
    Subject,
    TrustCard,
    TrustOptions,
)
from camviewer.engine.trust.road import road
from camviewer.engine.trust.saliency import at_input_pixels, mask_of, ranks
from camviewer.engine.trust.scoring import OutOfTime, Scorer
from camviewer.engine.trust.similarity import structural
from camviewer.engine.trust.stability import moved, moved_back, shifts, stability
from camviewer.engine.trust.words import warnings

SIDE = 64
BOX = (slice(16, 32), slice(24, 40))
"""A sixteenth of the picture."""


class Brightness(nn.Module):
    """Scores two classes: the mean of a known box, and nothing."""

    def forward(self, pictures: Tensor) -> Tensor:
        inside = pictures[:, 0, BOX[0], BOX[1]].mean((1, 2))
        return torch.stack((inside, torch.zeros_like(inside)), 1)


def brightness_scorer(**arguments: Any) -> Scorer:
    """Its probability is the box's brightness itself, so that areas are known."""
    return Scorer(Brightness(), lambda logits: logits, 0, **arguments)


@pytest.fixture
def white() -> Tensor:
    return torch.ones(3, SIDE, SIDE)


@pytest.fixture
def perfect() -> Tensor:
    saliency = torch.zeros(SIDE, SIDE)
    saliency[BOX] = 1.0
    return saliency


@pytest.fixture(scope="module")
def cat_map(photographs: dict[str, SourceImage], embedded: Any) -> tuple[Session, Explanation]:
    """The embedded model's map of the cat."""
    session = Session.embedded(device=torch.device("cpu"))
    return session, session.explain(photographs["chelsea"], ExplainRequest())


def test_a_perfect_map_deletes_the_box_with_the_first_sixteenth(white, perfect) -> None:
    curve = deletion_insertion(brightness_scorer(), white, torch.zeros_like(white), perfect, 16)

    assert curve.fractions[1] == 1 / 16
    assert curve.deletion == pytest.approx((1.0, *[0.0] * 16))
    assert curve.insertion == pytest.approx((0.0, *[1.0] * 16))
    assert curve.deletion_auc == pytest.approx(1 / 32)
    assert curve.insertion_auc == pytest.approx(31 / 32)


def test_the_worst_map_deletes_the_box_last(white, perfect) -> None:
    curve = deletion_insertion(brightness_scorer(), white, torch.zeros_like(white), -perfect, 16)

    assert curve.deletion_auc == pytest.approx(31 / 32)
    assert curve.insertion_auc == pytest.approx(1 / 32)


def test_a_random_order_takes_the_box_away_in_proportion(white) -> None:
    saliency = torch.rand(SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    curve = deletion_insertion(brightness_scorer(), white, torch.zeros_like(white), saliency, 16)

    assert curve.deletion_auc == pytest.approx(0.5, abs=0.054)  # 3 standard errors
    assert curve.deleted(0.1) == pytest.approx(0.9, abs=0.06)


def test_every_pixel_of_the_input_has_its_own_rank() -> None:
    saliency = torch.tensor([[0.5, 2.0], [0.5, -1.0]])

    assert ranks(saliency).tolist() == [[1, 0], [2, 3]]


def test_a_map_is_read_where_its_cells_look() -> None:
    recipe = Recipe(input_size=(SIDE, SIDE), step=16)
    placement = place((SIDE, SIDE), recipe, PlacementMode.STRETCH)
    values = np.zeros((4, 4), np.float32)
    values[1, 2] = 1.0
    for offset in ((0.0, 0.0), (5.0, -3.0)):
        geometry = grid_geometry(placement, (4, 4), Registration((16.0, 16.0), offset, True))
        field = at_input_pixels(values, geometry, placement)
        rows, columns = np.indices(field.shape) + 0.5
        weights = field.numpy()

        assert (weights * columns).sum() / weights.sum() == pytest.approx(40 + offset[0], abs=0.1)
        assert (weights * rows).sum() / weights.sum() == pytest.approx(24 + offset[1], abs=0.1)


def test_pixels_that_the_map_does_not_cover_come_last() -> None:
    recipe = Recipe(input_size=(SIDE, SIDE), step=16)
    placement = place((SIDE, SIDE), recipe, PlacementMode.STRETCH)
    registration = Registration((16.0, 16.0), first=(24.0, 24.0))
    geometry = grid_geometry(placement, (2, 2), registration)
    field = at_input_pixels(np.full((2, 2), -3.0, np.float32), geometry, placement)

    assert torch.isfinite(field[16:48, 16:48]).all()
    assert int(torch.isfinite(field).sum()) == 32 * 32


class _Extractor:
    """Hands torchcam a map that was made elsewhere."""

    def __init__(self, network: nn.Module, saliency: Tensor) -> None:
        self.model = network
        self._saliency = saliency

    def __call__(self, *_: Any, **__: Any) -> list[Tensor]:
        return [self._saliency[None]]

    def fuse_cams(self, cams: list[Tensor]) -> Tensor:
        return cams[0]

    @contextlib.contextmanager
    def _hooks_off(self) -> Iterator[None]:
        yield


def pixels_of(session: Session, explanation: Explanation) -> Tensor:
    return at_input_pixels(
        explanation.heatmap.values, explanation.heatmap.geometry, explanation.placement
    )


def scorer_of(session: Session, class_index: int, **arguments: Any) -> Scorer:
    classifier = session.classifier
    return Scorer(classifier.network, classifier.probabilities, class_index, **arguments)


@pytest.mark.parametrize("baseline", list(Baseline))
def test_deletion_and_insertion_equal_torchcams(cat_map, photographs, baseline) -> None:
    session, explanation = cat_map
    picture = session.input_tensor(photographs["chelsea"], explanation.placement)
    saliency = pixels_of(session, explanation)
    missing = baseline_picture(picture[0], baseline, session.info.recipe)
    extractor = _Extractor(session.classifier.network, saliency)
    theirs = DeletionInsertionMetric(
        extractor, lambda logits: logits.softmax(-1), steps=5, baseline=missing[None]
    )
    theirs.update(picture, explanation.class_index)

    scorer = scorer_of(session, explanation.class_index)
    ours = deletion_insertion(scorer, picture[0], missing, saliency, 5, baseline=baseline)

    assert ours.deletion_auc == pytest.approx(theirs.summary()["deletion_auc"], abs=1e-4)
    assert ours.insertion_auc == pytest.approx(theirs.summary()["insertion_auc"], abs=1e-4)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_imputed_pixels_equal_a_direct_solvers_within_the_noise(photographs, share, seen) -> None:
    picture = seen("coffee")[:, :, 40:136, 40:136].contiguous()
    blob = torch.rand((1, 1, 6, 6), generator=torch.Generator().manual_seed(3))
    smooth = nn.functional.interpolate(blob, picture.shape[2:], mode="bilinear")
    missing = ranks(smooth[0, 0])[None, None] < share * 96 * 96
    theirs = NoisyLinearImputer(noise=0.0)(picture[0], (~missing[0, 0]).float())

    ours = impute(picture, missing, torch.Generator().manual_seed(0), noise=0.0)[0]

    assert float((ours - theirs).abs().mean()) < 0.01
    assert float((ours - theirs).abs().max()) < 0.1
    assert torch.equal(ours[:, ~missing[0, 0]], picture[0][:, ~missing[0, 0]])


def test_an_imputed_plane_goes_on_as_a_plane() -> None:
    plane = torch.arange(40.0).expand(1, 1, 40, 40) / 40
    missing = torch.zeros(1, 1, 40, 40, dtype=torch.bool)
    missing[..., 10:30, 10:30] = True

    filled = impute(plane, missing, torch.Generator().manual_seed(0), noise=0.0)

    assert float((filled - plane).abs().max()) < 0.02


def test_road_agrees_with_pytorch_grad_cams_within_the_noise(cat_map, photographs) -> None:
    session, explanation = cat_map
    picture = session.input_tensor(photographs["chelsea"], explanation.placement)
    saliency = pixels_of(session, explanation)
    percentiles, shares = [20, 50, 80], (0.2, 0.5, 0.8)
    target = ClassifierOutputSoftmaxTarget(explanation.class_index)
    theirs = float(
        ROADCombined(percentiles=percentiles)(
            picture, saliency.numpy()[None], [target], session.classifier.network
        )[0]
    )

    scorer = scorer_of(session, explanation.class_index)
    ours = [road(scorer, picture[0], saliency, seed, fractions=shares).score for seed in (0, 1, 2)]

    noise = max(ours) - min(ours)
    assert np.mean(ours) == pytest.approx(theirs, abs=2 * noise + 0.003)


def test_drop_and_arcc_follow_pytorch_grad_cams_definitions(cat_map, photographs) -> None:
    session, explanation = cat_map
    network = session.classifier.network
    picture = session.input_tensor(photographs["chelsea"], explanation.placement)
    mask = mask_of(pixels_of(session, explanation))
    assert mask is not None
    target = ClassifierOutputSoftmaxTarget(explanation.class_index)
    scorer = scorer_of(session, explanation.class_index)
    whole, shown = scorer.score(iter((picture[0], picture[0] * mask))).tolist()
    masked = Masked(whole, shown, float(mask.mean()), coherency=0.8)
    metric = ARCC(base_method=None)
    metric.road = lambda *_: np.array([0.11])
    metric.coherency = lambda *_: np.array([0.8])

    their_drop = DropInConfidence()(picture, mask.numpy()[None], [target], network)[0]
    their_arcc = metric(picture, mask.numpy()[None], [target], network)[0]

    assert masked.drop * whole == pytest.approx(float(their_drop), abs=1e-5)
    assert masked.arcc(0.11) == pytest.approx(float(their_arcc), rel=1e-5)


def test_adcc_is_the_harmonic_mean_of_its_three_parts() -> None:
    masked = Masked(probability=0.8, masked=0.6, complexity=0.4, coherency=0.9)

    assert masked.drop == pytest.approx(0.25)
    assert masked.adcc == pytest.approx(3 / (1 / 0.9 + 1 / 0.6 + 1 / 0.75))
    assert not masked.increases


def test_spearmans_correlation_shares_ranks_between_equal_values() -> None:
    left, right = torch.tensor([1.0, 2.0, 2.0, 5.0]), torch.tensor([0.1, 0.3, 0.2, 0.9])

    assert rank_correlation(left, right) == pytest.approx(0.9486832980505138)
    assert rank_correlation(left, -left) == pytest.approx(-1.0)


def test_similarity_equals_scikit_images() -> None:
    generator = torch.Generator().manual_seed(5)
    left = torch.rand((40, 32), generator=generator)
    right = (left + 0.3 * torch.rand((40, 32), generator=generator)).clamp(0, 1)
    theirs = structural_similarity(
        left.numpy(), right.numpy(), win_size=7, data_range=1.0, use_sample_covariance=False
    )

    assert structural(left, right) == pytest.approx(theirs, abs=1e-4)


def test_sixteen_shifts_stay_within_half_a_stride() -> None:
    found = shifts((32.0, 32.0))

    assert len(set(found)) == 16
    assert max(max(abs(x), abs(y)) for x, y in found) == 16


def test_what_moves_right_and_down_is_moved_back() -> None:
    picture = torch.zeros(1, 3, SIDE, SIDE)
    picture[..., 20, 30] = 1.0

    assert moved(picture, (5, 3))[0, 0, 23, 35] == 1.0
    assert moved(picture, (-8, 2))[0, 0, 22, 22] == 1.0

    values = torch.arange(16.0).view(4, 4)
    back, inside = moved_back(values, (8, 0), (16.0, 16.0))
    assert back[0, :3].tolist() == [0.5, 1.5, 2.5]
    assert inside[0].tolist() == [True, True, True, False]


def test_a_map_that_follows_the_picture_is_stable_and_one_that_stays_is_not() -> None:
    ramp = torch.rand((1, 1, 4, 4), generator=torch.Generator().manual_seed(2))
    scene = nn.functional.interpolate(ramp, (SIDE, SIDE), mode="bilinear").expand(1, 3, -1, -1)

    def follows(picture: Tensor) -> Tensor:
        return nn.functional.avg_pool2d(picture[:, 0], 8)[0]

    values = follows(scene)
    stays = torch.rand((8, 8), generator=torch.Generator().manual_seed(4))

    following = list(stability(follows, scene, values, (8.0, 8.0)))
    staying = list(stability(lambda _: stays, scene, stays, (8.0, 8.0)))

    assert len(following) == 16
    assert min(following) > 0.98
    assert np.mean(staying) < 0.85


def test_batches_are_bounded_by_their_pixels(white) -> None:
    seen: list[int] = []

    def run(pictures: Tensor) -> Tensor:
        seen.append(len(pictures))
        return Brightness()(pictures)

    large = torch.zeros(3, 448, 448)
    scores = Scorer(run, lambda logits: logits, 0).score(large for _ in range(5))

    assert max(seen) <= 2
    assert sum(seen) == 5
    assert len(scores) == 5


def test_a_card_that_holds_few_pictures_gives_the_same_scores(white) -> None:
    tried: list[int] = []

    def run(pictures: Tensor) -> Tensor:
        tried.append(len(pictures))
        if len(pictures) > 3:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return Brightness()(pictures)

    shades = [white * shade for shade in np.linspace(0.0, 1.0, 20).tolist()]
    scorer = Scorer(run, lambda logits: logits, 0)
    scores = torch.cat([scorer.score(iter(shades)), scorer.score(iter(shades))])

    assert torch.equal(scores[:20], brightness_scorer().score(iter(shades)))
    assert torch.equal(scores[20:], scores[:20])
    assert sum(size > 3 for size in tried) == 1  # it is not tried again
    assert scorer.passes == 40

    def none_fits(_pictures: Tensor) -> Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    with pytest.raises(torch.OutOfMemoryError):
        Scorer(none_fits, lambda logits: logits, 0).score(iter(shades))


def test_a_run_ends_when_it_is_told_or_when_its_time_is_over(white) -> None:
    told = threading.Event()
    told.set()

    with pytest.raises(Cancelled):
        brightness_scorer(cancelled=told).score(iter((white,)))
    hurried = brightness_scorer()
    hurried.allowed = 0.0
    with pytest.raises(OutOfTime):
        hurried.score(iter((white,)))


@pytest.fixture(scope="module")
def bright_box(classifier_of: Callable[..., Any]) -> tuple[Session, SourceImage, Explanation]:
    """A network that sees brightness cell by cell, a picture with a white box, and its CAM."""

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.features = nn.AvgPool2d(16)
            self.pool = nn.AdaptiveAvgPool2d(1)
            self.linear = nn.Linear(3, 2)
            self.linear.weight.data = torch.tensor([[30.0] * 3, [0.0] * 3])
            self.linear.bias.data = torch.tensor([-6.0, 0.0])

        def forward(self, pictures: Tensor) -> Tensor:
            logits: Tensor = self.linear(self.pool(self.features(pictures)).flatten(1))
            return logits

    recipe = Recipe(
        input_size=(96, 96), crop_fraction=1.0, step=16, mean=(0.0,) * 3, std=(1.0,) * 3
    )
    session = Session(classifier_of(Network(), labels=2, recipe=recipe))
    pixels = np.zeros((96, 96, 3), np.uint8)
    pixels[16:48, 48:80] = 255
    image = image_from_pixels(pixels, "box")
    return session, image, session.explain(image, ExplainRequest(class_index=0))


def finished(cards: Iterator[TrustCard]) -> TrustCard:
    *_, last = cards
    return last


def test_a_card_says_that_an_exact_map_beats_chance(bright_box) -> None:
    session, image, explanation = bright_box

    card = finished(assess(session, image, explanation, TrustOptions(steps=10)))

    assert card.finished
    assert card.cut == ()
    assert card.probability == pytest.approx(1 / (1 + np.exp(-(90 * 4 / 36 - 6))), abs=1e-4)
    for name in ("deletion-black", "insertion-black", "deletion-mean"):
        measure = card.measure(name)
        assert measure is not None
        assert set(measure.values) == set(Subject)
        assert measure.beats_references
    stable = card.measure("stability")
    assert stable is not None
    assert stable.values[Subject.MAP] > 0.75
    assert card.contrast is not None
    assert card.contrast.correlation == 0.0


def test_a_card_grows_while_it_is_made_and_says_what_its_time_did_not_allow(bright_box) -> None:
    session, image, explanation = bright_box
    cards = list(assess(session, image, explanation, TrustOptions(steps=10)))
    shares = [card.share_done for card in cards]
    counts = [len(card.measures) for card in cards]

    assert shares == sorted(shares)
    assert counts == sorted(counts)
    assert [card.finished for card in cards] == [False] * (len(cards) - 1) + [True]


def test_a_card_says_what_its_time_did_not_allow(bright_box) -> None:
    session, image, explanation = bright_box

    card = finished(assess(session, image, explanation, TrustOptions(budget=0.0)))

    assert card.finished
    assert card.measures == ()
    assert card.probability > 0.9
    assert "did not suffice for: curves with the blurred picture" in " ".join(card.cut)


def test_two_classes_with_nearly_the_same_map_are_told(classifier_of, photographs) -> None:
    class Twins(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.features = nn.AvgPool2d(32)
            self.pool = nn.AdaptiveAvgPool2d(1)
            self.linear = nn.Linear(3, 3)
            self.linear.weight.data = torch.tensor([[2.0] * 3, [1.9] * 3, [-1.0, 2.0, -1.0]])
            self.linear.bias.data = torch.tensor([9.0, 9.0, 0.0])

        def forward(self, pictures: Tensor) -> Tensor:
            logits: Tensor = self.linear(self.pool(self.features(pictures)).flatten(1))
            return logits

    session = Session(classifier_of(Twins(), labels=3))
    options = TrustOptions(2, 2, 1, baselines=(Baseline.BLACK,), road_fractions=(0.5,))

    def said(class_index: int) -> str:
        explanation = session.explain(photographs["rocket"], ExplainRequest(class_index))
        card = finished(
            assess(session, photographs["rocket"], explanation, replace(options, budget=99))
        )
        return " ".join(warnings(card, lambda share: f"{share:.0%}"))

    assert "nearly the same (correlation 1.00)" in said(0)
    assert said(2) == ""


def test_a_method_that_needs_other_placements_keeps_its_other_numbers(session, photographs) -> None:
    image = photographs["coffee"]
    explanation = session.explain(image, ExplainRequest(method="multi-scale"))
    options = TrustOptions(600, 2, 1, baselines=(Baseline.BLACK,), road_fractions=(0.5,))
    card = finished(assess(session, image, explanation, options))

    assert card.measure("deletion-black") is not None
    assert card.measure("stability") is None
    assert "stability" in " ".join(card.cut)


def test_the_random_map_is_the_mean_of_several_with_their_spread(bright_box) -> None:
    session, image, explanation = bright_box
    card = finished(assess(session, image, explanation, TrustOptions(steps=10, random_maps=3)))
    measure = card.measure("deletion-blur")

    assert measure is not None
    assert measure.spread is not None
    low, high = measure.spread
    assert low < measure.values[Subject.RANDOM] < high


def test_the_same_seed_gives_the_same_card(bright_box) -> None:
    session, image, explanation = bright_box
    options = TrustOptions(steps=10, random_maps=1, baselines=(Baseline.BLACK,), seed=7)
    first, second = (finished(assess(session, image, explanation, options)) for _ in range(2))

    assert [m.values for m in first.measures] == [m.values for m in second.measures]


def test_a_cancelled_card_leaves_no_hook_and_the_map_as_it_was(cat_map, photographs) -> None:
    session, explanation = cat_map
    told = threading.Event()
    cards = assess(session, photographs["chelsea"], explanation, TrustOptions(), told)
    next(cards)
    told.set()

    with pytest.raises(Cancelled):
        next(cards)
    for module in session.classifier.network.modules():
        assert not module._forward_hooks
        assert not module._forward_pre_hooks
    again = session.explain(photographs["chelsea"], explanation.request)
    assert np.array_equal(again.heatmap.values, explanation.heatmap.values)


def test_every_fraction_of_road_is_a_tenth_more(white, perfect) -> None:
    curve = road(brightness_scorer(), white, perfect, 0)

    assert curve.fractions == ROAD_FRACTIONS == tuple(round(n / 10, 1) for n in range(1, 10))
    assert len(curve.most_first) == len(curve.least_first) == 9
