"""Every method of many passes is its paper's formula, written out here in plain loops."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, OptionValue
from camviewer.engine.session.session import Session

CLASS = 2


@pytest.fixture
def picture() -> SourceImage:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    return image_from_pixels(pixels, "noise")


@pytest.fixture
def network() -> nn.Sequential:
    """Its score is not linear behind layer 3; one of that layer's channels is always 0."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = nn.Sequential(
            nn.Conv2d(3, 6, 5, stride=4, padding=2),
            nn.ReLU(inplace=True),
            nn.Conv2d(6, 5, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(5, 8, 3, padding=1),
            nn.Tanh(),
            nn.Flatten(),
            nn.Linear(512, 4),
        )
    network[2].weight[1].data.zero_()
    network[2].bias[1].data.fill_(-1.0)
    return network


@pytest.fixture
def session(classifier_of: Callable[..., Classifier], network: nn.Sequential) -> Session:
    recipe = Recipe((32, 32), crop_fraction=1.0, step=4, flexible=False)
    return Session(classifier_of(network, labels=4, recipe=recipe))


def made(
    session: Session, picture: SourceImage, method: str, **options: OptionValue
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    request = ExplainRequest(CLASS, method, layer="3", options=tuple(options.items()))
    return session.explain(picture, request).heatmap.values


@pytest.fixture
def given(session: Session, picture: SourceImage) -> Tensor:
    found = session.explain(picture, ExplainRequest(CLASS, "grad-cam", layer="3"))
    return session.input_tensor(picture, found.placement)


def score(network: nn.Module, pictures: Tensor) -> float:
    with torch.no_grad():
        return float(network(pictures)[0, CLASS])


def mask_of(channel: Tensor) -> Tensor:
    large = interpolate(channel[None, None], (32, 32), mode="bilinear", align_corners=False)[0, 0]
    return (large - large.min()) / (large.max() - large.min())


def same(mine: np.ndarray, expected: Tensor, tolerance: float = 1e-4) -> None:
    theirs = expected.numpy()
    assert mine.shape == theirs.shape
    assert np.ptp(theirs) > 0
    assert np.abs(mine - theirs).max() < tolerance * np.abs(theirs).max()


def softmax_of_scores(features: Tensor, scores: dict[int, float]) -> Tensor:
    total = sum(np.exp(value) for value in scores.values())
    expected = torch.zeros(features.shape[1:])
    for channel, value in scores.items():
        expected += features[channel] * (np.exp(value) / total)
    return expected


@pytest.mark.parametrize(("name", "steps"), [("score-cam", 1), ("is-cam", 4)])
def test_score_cam_and_is_cam_are_their_formula(
    session: Session,
    picture: SourceImage,
    network: nn.Sequential,
    given: Tensor,
    name: str,
    steps: int,
) -> None:
    features = network[:4](given)[0]
    scores = {}
    for channel in range(5):
        if features[channel].max() > features[channel].min():
            mask = mask_of(features[channel])
            parts = [score(network, given * mask * n / steps) for n in range(1, steps + 1)]
            scores[channel] = sum(parts) / steps
    assert sorted(scores) == [0, 2, 3, 4], "the channel of zeros has no mask"
    options: dict[str, OptionValue] = {} if name == "score-cam" else {"samples": steps}
    same(made(session, picture, name, **options), softmax_of_scores(features, scores))


def test_ss_cam_without_noise_is_score_cam_and_with_noise_comes_near_it(
    session: Session, picture: SourceImage
) -> None:
    plain = made(session, picture, "score-cam")
    same(made(session, picture, "ss-cam", deviation=0.0), torch.from_numpy(plain.copy()))
    noisy = made(session, picture, "ss-cam", deviation=0.3, samples=20)
    assert np.corrcoef(plain.ravel(), noisy.ravel())[0, 1] > 0.95
    assert not np.allclose(plain, noisy)
    again = made(session, picture, "ss-cam", deviation=0.3, samples=20)
    assert np.array_equal(noisy, again)
    other = made(session, picture, "ss-cam", deviation=0.3, samples=20, seed=7)
    assert not np.array_equal(noisy, other)


def test_ss_cam_is_its_formula_with_the_noise_of_its_seed(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    """Every mask has noise of its own, from a source that its number and the seed give."""
    features, count, seed = network[:4](given)[0], 3, 9
    spread = [float(channel.max() - channel.min()) for channel in features]
    order = sorted((k for k in range(5) if spread[k] > 0), key=lambda k: -spread[k])
    scores = {}
    for place, channel in enumerate(order):
        parts = []
        for sample in range(count):
            source = torch.Generator().manual_seed(seed * 1_000_003 + place * count + sample)
            noise = 0.4 * torch.randn((1, 32, 32), generator=source)
            parts.append(score(network, given * (mask_of(features[channel]) + noise)))
        scores[channel] = sum(parts) / count
    found = made(session, picture, "ss-cam", samples=count, deviation=0.4, seed=seed)
    same(found, softmax_of_scores(features, scores))


def test_ablation_cam_weighs_channels_by_the_score_that_is_lost_without_them(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    features = network[:4](given)
    whole = score(network[4:], features)
    expected = torch.zeros(features.shape[2:])
    for channel in range(5):
        without = features.clone()
        without[0, channel] = 0.0
        expected += (whole - score(network[4:], without)) * features[0, channel]
    same(made(session, picture, "ablation-cam"), expected)


@pytest.mark.parametrize("soft", [True, False])
def test_recipro_cam_keeps_one_cell_after_the_other(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor, soft: bool
) -> None:
    features = network[:4](given)
    ground = score(network[4:], torch.zeros_like(features))
    expected = torch.zeros(features.shape[2:])
    for row in range(8):
        for column in range(8):
            mask = torch.zeros(8, 8)
            for down in (-1, 0, 1):
                for across in (-1, 0, 1):
                    if 0 <= row + down < 8 and 0 <= column + across < 8:
                        near = 1.0 if soft else 0.0
                        weight = near * 0.5 ** (abs(down) + abs(across))
                        mask[row + down, column + across] = weight
            mask[row, column] = 1.0
            expected[row, column] = score(network[4:], features * mask) - ground
    same(made(session, picture, "recipro-cam", soft=soft), expected)


def test_occlusion_is_what_the_score_loses_under_each_patch(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    whole = score(network, given)
    expected = torch.zeros(5, 5)
    for row in range(5):
        for column in range(5):
            hidden = given.clone()
            hidden[:, :, 6 * row : 6 * row + 8, 6 * column : 6 * column + 8] = 0.0
            expected[row, column] = whole - score(network, hidden)
    same(made(session, picture, "occlusion", patch=8, stride=6), expected)


def test_the_cells_of_occlusion_lie_in_the_middle_of_their_patches(
    session: Session, picture: SourceImage
) -> None:
    options = (("patch", 8), ("stride", 6))
    request = ExplainRequest(CLASS, "occlusion", options=options)
    geometry = session.explain(picture, request).heatmap.geometry
    assert geometry.centre(0, 0) == pytest.approx((4.0, 4.0))
    assert geometry.centre(2, 1) == pytest.approx((10.0, 16.0))


def test_rise_is_the_mean_of_its_masks_by_how_far_their_score_is_above_the_mean(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    from camviewer.engine.methods.black_box import RandomMasks

    count, shown = 60, 0.4
    masks = RandomMasks(count, (32, 32), 5, shown, torch.Generator().manual_seed(3))
    drawn = masks.of(range(count))
    assert float(drawn.min()) >= 0
    assert float(drawn.max()) <= 1 + 1e-6
    assert float(drawn.mean()) == pytest.approx(shown, abs=0.05)
    scores = [score(network, given * mask) for mask in drawn]
    mean = sum(scores) / count
    expected = torch.zeros(32, 32)
    for mask, value in zip(drawn, scores, strict=True):
        expected += (value - mean) * mask / (count * shown)
    found = made(session, picture, "rise", masks=count, cells=5, shown=shown, seed=3)
    same(found, expected, 1e-3)


def test_opti_cams_mix_scores_at_least_as_high_as_all_channels_alike(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    features = network[:4](given)[0]
    even = features.mean(0)
    found = torch.from_numpy(made(session, picture, "opti-cam", steps=40).copy())
    assert score(network, given * mask_of(found)) > score(network, given * mask_of(even))
    basis = features.flatten(1).T.numpy()
    weights = np.linalg.lstsq(basis, found.flatten().numpy(), rcond=None)[0]
    rebuilt = basis @ weights
    assert np.abs(rebuilt - found.flatten().numpy()).max() < 1e-5, "a mix of the channels"


def test_opti_cam_is_its_formula_climbed_by_adam(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    """Adam written out: u <- u + rate m / (sqrt v + 1e-8), m and v freed of their start at 0.

    The channel of zeros has no part in it: what it takes from the others no mask shows.
    """
    features, rate = network[:4](given)[0].detach()[[0, 2, 3, 4]], 0.3
    mix, first, second = (torch.zeros(4) for _ in range(3))
    tried: list[tuple[float, Tensor]] = []
    for step in range(1, 13):
        leaf = mix.clone().requires_grad_()
        shares = leaf.exp() / leaf.exp().sum()
        summed = torch.stack([shares[k] * features[k] for k in range(4)]).sum(0)
        value = network(given * mask_of(summed))[0, CLASS]
        value.backward()
        tried.append((float(value.detach()), summed.detach()))
        for k in range(4):
            slope = float(leaf.grad[k])
            first[k] = 0.9 * first[k] + 0.1 * slope
            second[k] = 0.999 * second[k] + 0.001 * slope**2
            size = (second[k] / (1 - 0.999**step)).sqrt() + 1e-8
            mix[k] += rate * first[k] / (1 - 0.9**step) / size
    best, expected = max(tried, key=lambda one: one[0])
    assert best > tried[0][0]
    same(made(session, picture, "opti-cam", steps=12, rate=rate), expected, 1e-3)


def test_smooth_grad_cam_plus_plus_without_noise_is_grad_cam_plus_plus(
    session: Session, picture: SourceImage
) -> None:
    plain = torch.from_numpy(made(session, picture, "grad-cam++").copy())
    same(made(session, picture, "smooth-grad-cam++", samples=3, deviation=0.0), plain)


def test_smooth_grad_cam_plus_plus_is_its_formula(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    generator = torch.Generator().manual_seed(5)
    features = network[:4](given)[0]
    powers = [torch.zeros_like(features) for _ in range(3)]
    for _ in range(4):
        noisy = given + 0.2 * torch.randn(given.shape, generator=generator)
        leaf = network[:4](noisy).detach().requires_grad_()
        network[4:](leaf)[0, CLASS].backward()
        for power in range(3):
            powers[power] += leaf.grad[0] ** (power + 1) / 4
    expected = torch.zeros(features.shape[1:])
    for channel in range(5):
        weight = 0.0
        for cell in np.ndindex(8, 8):
            first, second, third = (float(each[channel][cell]) for each in powers)
            below = 2 * second + third * float(features[channel].sum())
            if below != 0:
                weight += second / below * max(first, 0.0)
        expected += weight * features[channel]
    found = made(session, picture, "smooth-grad-cam++", samples=4, deviation=0.2, seed=5)
    same(found, expected, 1e-3)


def test_expected_grad_cams_weights_add_up_to_the_change_of_the_score(
    session: Session, picture: SourceImage, network: nn.Sequential, given: Tensor
) -> None:
    """Behind the layer the path is not straight, so it adds up only nearly; that is the point."""
    found = made(session, picture, "expected-grad-cam", samples=40, deviation=0.0, blur=9)
    again = made(session, picture, "expected-grad-cam", samples=40, deviation=0.0, blur=9)
    assert np.array_equal(found, again)
    generator = torch.Generator().manual_seed(0)
    reach = 4
    padded = nn.functional.pad(given, (reach,) * 4, mode="replicate")
    smooth = nn.functional.avg_pool2d(padded, 9, stride=1)
    features, ground = network[:4](given)[0], network[:4](smooth)[0]
    weights = torch.zeros(5)
    for _ in range(40):
        torch.randn(given.shape, generator=generator)
        way = float(torch.rand((), generator=generator))
        leaf = network[:4](smooth + way * (given - smooth)).detach().requires_grad_()
        network[4:](leaf)[0, CLASS].backward()
        weights += ((features - ground) * leaf.grad[0]).mean((1, 2)) / 40
    same(found, (weights[:, None, None] * features).sum(0), 1e-3)
