from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skimage
import timm
import torch
from torch import Tensor, nn

from camviewer.engine.errors import Cancelled
from camviewer.engine.geometry.geometry import place
from camviewer.engine.network.embedded import RECIPE, load_embedded
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels, read_image
from camviewer.engine.statistics.check import check_statistics
from camviewer.engine.statistics.check_result import Convention, PublishedRecipe, Standing
from camviewer.engine.statistics.conventions import CONVENTIONS
from camviewer.engine.statistics.layer_fit import LayerFit, best_fit, layer_fit
from camviewer.engine.support.resources import resource

SAMPLES = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png")
IMAGENET, HALF, TO_1, TO_255, CAFFE, CAFFE_BGR, CLIP, XRAY = CONVENTIONS
PHOTOGRAPHS = Path(skimage.__file__).parent / "data"


@pytest.fixture(scope="module")
def samples() -> list[SourceImage]:
    return [read_image(resource("samples", name)) for name in SAMPLES]


@pytest.fixture(scope="module")
def network() -> nn.Module:
    return load_embedded(torch.device("cpu")).network


@pytest.fixture(scope="module")
def inputs(samples: list[SourceImage]) -> Tensor:
    return torch.cat([picture_tensor(each, place(each.size, RECIPE), RECIPE) for each in samples])


def trained_with(network: nn.Module, convention: Convention) -> nn.Module:
    """The same function of pixels, with another preprocessing folded into the first layer."""
    other = copy.deepcopy(network)
    stem = next(module for module in other.modules() if isinstance(module, nn.Conv2d))
    norm = next(module for module in other.modules() if isinstance(module, nn.BatchNorm2d))
    mean, std, own_mean, own_std = (
        torch.tensor(each) for each in (convention.mean, convention.std, RECIPE.mean, RECIPE.std)
    )
    with torch.no_grad():
        shift = stem.weight.sum((2, 3)) @ ((mean - own_mean) / own_std)
        stem.weight.mul_((std / own_std).view(1, 3, 1, 1))
        norm.running_mean.sub_(shift)
    return other


def timms(network: nn.Module, name: str, activation: type[nn.Module] | None = None) -> nn.Module:
    """An architecture of timm with the embedded weights."""
    made = timm.create_model(name).eval()
    made.load_state_dict(dict(zip(made.state_dict(), network.state_dict().values(), strict=True)))
    if activation is not None:
        for module in list(made.modules()):
            for child, kind in module.named_children():
                if isinstance(kind, nn.ReLU6):
                    setattr(module, child, activation())
    return made


def test_the_embedded_model_agrees_with_its_own_preprocessing(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    found = check_statistics(network, RECIPE, samples)
    assert found.standing is Standing.AGREES
    assert found.sentence == "The network's own statistics agree with this preprocessing."
    assert found.own is not None
    assert found.own.divergence < 0.1
    assert found.pictures == "the 4 sample pictures"
    assert found.is_sound


def test_more_photographs_come_nearer_to_what_it_remembers(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    names = ("grass.png", "ihc.png", "motorcycle_left.png", "coins.png", "color.png", "page.png")
    more = [read_image(PHOTOGRAPHS / name) for name in names]
    few, many = (check_statistics(network, RECIPE, samples, each).own for each in ([], more))
    assert few is not None
    assert many is not None
    assert many.divergence < few.divergence


def test_imagenets_numbers_fit_the_embedded_model_far_worse_than_its_own(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    found = check_statistics(network, IMAGENET.applied_to(RECIPE), samples)
    assert found.standing is Standing.ANOTHER
    assert found.suggested == HALF
    by_title = {fit.convention.title: fit.divergence for fit in found.others}
    assert found.own is not None
    assert 0.5 < found.own.divergence < 1.5
    assert 0.4 < by_title[TO_1.title] < 0.8
    assert 5_000 < by_title[TO_255.title] < 20_000
    assert 3_000 < by_title[CAFFE_BGR.title] < 10_000
    assert by_title[HALF.title] < 0.1


@pytest.mark.parametrize("trained", [IMAGENET, TO_1, TO_255, CAFFE, XRAY], ids=lambda c: c.title)
def test_the_preprocessing_of_training_is_told_whatever_is_in_use(
    network: nn.Module, samples: list[SourceImage], trained: Convention
) -> None:
    other = trained_with(network, trained)
    used = HALF.applied_to(RECIPE)
    found = check_statistics(other, used, samples)
    assert found.suggested == trained
    assert trained.title in found.sentence
    corrected = check_statistics(other, trained.applied_to(RECIPE), samples)
    assert corrected.standing is Standing.AGREES


@pytest.mark.parametrize(
    "names",
    [
        ("chelsea.png",),
        ("hubble_deep_field.jpg",),
        ("page.png",),
        ("brick.png", "text.png", "grass.png", "gravel.png"),
    ],
)
def test_pictures_that_are_all_alike_do_not_mislead(
    network: nn.Module, samples: list[SourceImage], names: tuple[str, ...]
) -> None:
    pictures = [read_image(PHOTOGRAPHS / name) for name in names]
    right = check_statistics(network, RECIPE, samples, pictures)
    wrong = check_statistics(network, IMAGENET.applied_to(RECIPE), samples, pictures)
    assert right.standing is Standing.AGREES
    assert wrong.suggested == HALF


def test_it_is_said_which_pictures_were_used(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    pictures = [read_image(PHOTOGRAPHS / "chelsea.png")]
    found = check_statistics(network, RECIPE, samples, pictures)
    assert found.pictures == "your 1 picture and the 4 samples"
    assert check_statistics(network, RECIPE, [], pictures).pictures == "your 1 picture"


def test_a_recipe_that_was_published_for_the_architecture_is_tried(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    # What timm's MobileViT and others are fed is none of the usual ones.
    odd = Convention("odd", (0.2, 0.3, 0.4), (0.11, 0.12, 0.13))
    other = trained_with(network, odd)
    used = IMAGENET.applied_to(RECIPE)
    published = [
        PublishedRecipe("timm (usual)", used),
        PublishedRecipe("timm (mine.odd)", odd.applied_to(replace(RECIPE, crop_fraction=1.0))),
    ]
    assert check_statistics(other, used, samples).suggested != odd
    found = check_statistics(other, used, samples, published=published)
    assert found.standing is Standing.ANOTHER
    assert found.suggested is not None
    assert (found.suggested.mean, found.suggested.std) == (odd.mean, odd.std)
    assert "of timm (mine.odd) far better than ImageNet's mean and deviation" in found.sentence
    (theirs,) = found.published
    assert theirs.published.source == "timm (mine.odd)"
    assert theirs.divergence is not None
    assert theirs.divergence < 0.2


@pytest.fixture(scope="module")
def warm(samples: list[SourceImage]) -> list[SourceImage]:
    """Four photographs in which red outweighs blue."""
    cat, coffee, _, astronaut = samples
    return [cat, coffee, astronaut, image_from_pixels(coffee.pixels[::-1], "turned")]


def warmth(samples: list[SourceImage], *, blue_first: bool) -> nn.Module:
    """A network that is sure of one class where red outweighs blue, as in most photographs."""
    stem, norm, colours = nn.Conv2d(3, 8, 1, bias=False), nn.BatchNorm2d(8), nn.Conv2d(8, 1, 1)
    with torch.no_grad():
        stem.weight.fill_(1 / 3)  # grey
        stem.weight[0] = torch.tensor([1.0, 0.0, 0.0]).view(3, 1, 1)
        stem.weight[1] = torch.tensor([0.0, 0.0, 1.0]).view(3, 1, 1)
        fed = torch.cat([picture_tensor(one, place(one.size, RECIPE), RECIPE) for one in samples])
        values = stem(fed)
        norm.running_mean = values.mean((0, 2, 3))
        norm.running_var = values.var((0, 2, 3))
        colours.weight.zero_()
        for channel, sign in enumerate((1.0, -1.0)):
            deviation = float(norm.running_var[channel].sqrt())
            colours.weight[0, channel] = sign * deviation
        colours.bias.copy_(norm.running_mean[0] - norm.running_mean[1])
        last = nn.Linear(1, 2, bias=False)
        last.weight.copy_(torch.tensor([[200.0], [0.0]]))
        if blue_first:
            stem.weight.copy_(stem.weight.flip(1))
    pool = (nn.AdaptiveAvgPool2d(1), nn.ReLU(), nn.Flatten())
    return nn.Sequential(stem, norm, colours, *pool, last).eval()


def test_the_order_of_the_channels_is_told_by_how_sure_the_network_is(
    warm: list[SourceImage],
) -> None:
    other = warmth(warm, blue_first=True)
    found = check_statistics(other, RECIPE, warm)
    assert found.order is not None
    assert found.order.pictures == 4
    assert found.order.blue_first > 0.9 > found.order.red_first
    assert found.standing is Standing.ANOTHER
    assert found.suggested is not None
    assert found.suggested.blue_first
    assert "With blue as the first channel the network is far surer" in found.sentence
    mended = found.suggested.applied_to(RECIPE)
    assert check_statistics(other, mended, warm).standing is Standing.AGREES
    back = check_statistics(warmth(warm, blue_first=False), mended, warm)
    assert back.suggested is not None
    assert not back.suggested.blue_first
    assert "With red as the first channel" in back.sentence


def test_the_order_of_the_channels_is_left_alone_where_the_network_is_as_sure_with_either(
    network: nn.Module, samples: list[SourceImage], warm: list[SourceImage]
) -> None:
    # EfficientNet-Lite0 hardly minds: its mean confidence is 44% with either order.
    other = copy.deepcopy(network)
    stem = next(module for module in other.modules() if isinstance(module, nn.Conv2d))
    stem.weight.data.copy_(stem.weight.flip(1))
    found = check_statistics(other, RECIPE, samples)
    assert found.standing is Standing.AGREES
    assert found.order is not None
    assert found.order.blue_first == pytest.approx(found.order.red_first, abs=0.02)
    of_several = check_statistics(
        warmth(samples, blue_first=True), RECIPE, samples, one_class=False
    )
    assert of_several.order is None


def test_pictures_unlike_its_training_are_no_wrong_preprocessing(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    dark = [
        image_from_pixels(each.pixels // 40, f"{number}") for number, each in enumerate(samples)
    ]
    found = check_statistics(network, RECIPE, [], dark)
    assert found.standing is Standing.UNLIKE
    assert found.pictures == "your 4 pictures"
    assert found.suggested is None
    assert "much darker or brighter pictures" in found.sentence


def test_an_unusual_preprocessing_is_estimated(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    odd = Convention("odd", (0.8, 0.9, 1.0), (0.1, 0.1, 0.1))
    found = check_statistics(trained_with(network, odd), RECIPE, samples)
    assert found.standing is Standing.UNLIKE
    assert found.fitted is not None
    # Four photographs are not the average of all that it was trained on.
    assert found.fitted.mean == pytest.approx(odd.mean, abs=0.25)
    assert found.fitted.std == pytest.approx(odd.std, abs=0.03)
    assert "the 4 sample pictures, but would fit about mean" in found.sentence


def test_pictures_of_another_kind_fit_no_preprocessing(network: nn.Module) -> None:
    random = np.random.default_rng(0)
    dots = [
        image_from_pixels(
            random.integers(0, 2, (256, 256, 1), np.uint8).repeat(3, 2) * 255, f"{number}"
        )
        for number in range(4)
    ]
    found = check_statistics(network, RECIPE, [], dots)
    assert found.standing is Standing.UNLIKE
    assert found.fitted is None
    assert "fit no preprocessing of your 4 pictures" in found.sentence
    assert "unlike these" in found.sentence


def test_weights_in_the_wrong_order_contradict_the_statistics(
    network: nn.Module, samples: list[SourceImage]
) -> None:
    found = check_statistics(with_exchanged(network, every=True), RECIPE, samples)
    assert found.standing is Standing.MISFIT
    assert not found.is_sound


def test_two_exchanged_layers_are_not_sound(network: nn.Module, samples: list[SourceImage]) -> None:
    assert not check_statistics(with_exchanged(network, every=False), RECIPE, samples).is_sound


def with_exchanged(network: nn.Module, *, every: bool) -> nn.Module:
    """Kernels of the same shape in each other's place: one pair, or all of them in a ring."""
    other = copy.deepcopy(network)
    alike: dict[tuple[int, ...], list[nn.Conv2d]] = {}
    for module in other.modules():
        if isinstance(module, nn.Conv2d):
            alike.setdefault(tuple(module.weight.shape), []).append(module)
    rings = [ring for ring in alike.values() if len(ring) > 1]
    for ring in rings if every else [rings[-1][:2]]:
        weights = [module.weight.detach().clone() for module in ring]
        for module, weight in zip(ring, weights[1:] + weights[:1], strict=True):
            module.weight.data.copy_(weight)
    return other


def test_only_the_right_candidate_reproduces_the_statistics(
    network: nn.Module, inputs: Tensor
) -> None:
    candidates = [
        timms(network, "efficientnet_lite0"),
        timms(network, "tf_efficientnet_lite0", nn.ReLU),
        timms(network, "tf_efficientnet_lite0"),
        timms(network, "tf_efficientnet_lite0", nn.SiLU),
    ]
    fits = [layer_fit(each, inputs) for each in candidates]
    known = [fit for fit in fits if fit is not None]
    assert best_fit(known) == 2
    padding, relu, right, silu = (fit.inner for fit in known)
    assert right < padding < relu < silu
    assert silu > 10 * right


def test_candidates_that_compute_the_same_are_not_told_apart(
    network: nn.Module, inputs: Tensor
) -> None:
    same = [layer_fit(timms(network, "tf_efficientnet_lite0"), inputs) for _ in range(2)]
    assert best_fit([fit for fit in same if fit is not None]) is None


def never_trained() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)).eval()


def without_normalisation() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8)).eval()


@pytest.mark.parametrize(
    ("make", "reason"),
    [(never_trained, "never trained"), (without_normalisation, "keeps no statistics")],
)
def test_a_network_without_statistics_says_why_there_is_nothing_to_check(
    make: Callable[[], nn.Module], reason: str, samples: list[SourceImage]
) -> None:
    found = check_statistics(make(), RECIPE, samples)
    assert found.standing is Standing.NOTHING
    assert reason in found.sentence
    assert "cannot be checked" in found.sentence


def test_the_network_is_left_as_it_was(
    network: nn.Module, samples: list[SourceImage], inputs: Tensor
) -> None:
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    with torch.no_grad():
        said = network(inputs)
        check_statistics(network, RECIPE, samples)
        assert torch.equal(network(inputs), said)
    assert all(torch.equal(before[name], now) for name, now in network.state_dict().items())
    assert not network.training


def test_it_stops_when_it_is_told_to(network: nn.Module, samples: list[SourceImage]) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        check_statistics(network, RECIPE, samples, cancelled=cancelled)


def test_a_blur_that_is_missing_shows_in_few_layers() -> None:
    # ResNet-18 after 20 photographs of scikit-image, tried as itself and with blur pooling on the
    # four sample photographs: three layers do not follow from those before.
    own = (
        *(0.0464, 0.0069, 0.0035, 0.0044, 0.0021, 0.0029, 0.0018, 0.0031, 0.0019, 0.0010),
        *(0.0031, 0.0013, 0.0033, 0.0017, 0.0013, 0.0069, 0.0038, 0.0065, 0.0043, 0.0028),
    )
    blurred = (
        *(0.0417, 0.0104, 0.0051, 0.0052, 0.0019, 0.0042, 0.0365, 0.0030, 0.0026, 0.0016),
        *(0.0042, 0.1191, 0.0040, 0.0025, 0.0017, 0.0075, 0.1843, 0.0071, 0.0058, 0.0035),
    )
    layers = tuple(str(number) for number in range(len(own)))
    fits = [LayerFit(layers, values) for values in (own, blurred)]
    assert best_fit(fits) == 0
    assert best_fit(fits[::-1]) == 1
