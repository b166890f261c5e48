"""Real models, real photographs: made once, shared by the engine's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
import skimage
import torch
import torchvision
from torch import Tensor, nn

from camviewer.engine.checkpoints import consent
from camviewer.engine.geometry.geometry import PlacementMode, Recipe, place
from camviewer.engine.network.classifier import Classifier, classifier
from camviewer.engine.network.efficientnet_lite import EfficientNetLite0
from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
from camviewer.engine.network.input_tensor import picture_tensor
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.packs import store as packs
from camviewer.engine.picture.source_image import SourceImage, read_image
from camviewer.engine.session.session import Session

CPU = torch.device("cpu")
HIDDEN = 320
LIVELY = 3.0
"""Standard deviation of a class's logit over a few photographs."""
PHOTOGRAPHS = {
    "chelsea": "chelsea.png",
    "coffee": "coffee.png",
    "rocket": "rocket.jpg",
    "astronaut": "astronaut.png",
}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """On cores that are shared, torch's threads mostly wait for each other, and burn time."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own."""
    folder = tmp_path / "data"
    monkeypatch.setattr(packs, "data_folder", lambda: folder)
    monkeypatch.setattr(consent, "data_folder", lambda: folder)
    return folder


@pytest.fixture(scope="session")
def photographs() -> dict[str, SourceImage]:
    """Four photographs of odd sizes, by name."""
    return read_photographs()


def read_photographs() -> dict[str, SourceImage]:
    folder = Path(skimage.__file__).parent / "data"
    return {name: read_image(folder / file) for name, file in PHOTOGRAPHS.items()}


@pytest.fixture(scope="session")
def embedded() -> Classifier:
    """The embedded model, loaded once; nobody may change it."""
    return load_embedded(CPU)


@pytest.fixture
def session(embedded: Classifier) -> Session:
    """A session that has seen nothing yet, with the embedded model and its shipped offsets."""
    store = OffsetStore(embedded.info.weights_sha256, shipped=IDENTIFIER)
    return Session(embedded, store)


@pytest.fixture(scope="session")
def seen(photographs: dict[str, SourceImage]) -> Callable[..., Tensor]:
    """A photograph as a network is fed it: ``seen(name, mode, detail) -> (1, 3, h, w)``."""

    def make(
        name: str = "chelsea", mode: PlacementMode = PlacementMode.CROP, detail: float = 1.0
    ) -> Tensor:
        image = photographs[name]
        return picture_tensor(image, place(image.size, Recipe(), mode, detail), Recipe())

    return make


@pytest.fixture(scope="session")
def random_network(seen: Callable[..., Tensor]) -> Callable[[str], nn.Module]:
    """Architectures with seeded weights and statistics of real photographs."""
    pictures = torch.cat([seen(name) for name in PHOTOGRAPHS])

    @lru_cache(maxsize=2)
    def make(name: str) -> nn.Module:
        with torch.random.fork_rng():
            torch.manual_seed(0)
            network = initialised(name)
            with_lively_heads(network)
        gather_statistics(network, pictures)
        return network.eval().requires_grad_(False)

    return make


@pytest.fixture(scope="session")
def lively_classifier(
    photographs: dict[str, SourceImage], embedded: Classifier
) -> Callable[..., Classifier]:
    """``make(name, side, **arguments)``: a random network that tells small pictures apart."""

    @lru_cache(maxsize=2)
    def make(name: str, side: int, **arguments: object) -> Classifier:
        return lively(name, side, photographs, embedded, **arguments)

    return make


def lively(
    name: str,
    side: int,
    photographs: dict[str, SourceImage],
    embedded: Classifier,
    **arguments: object,
) -> Classifier:
    """A random network that tells small pictures apart.

    The one called ``embedded`` is the embedded model as it was trained, for pictures of that side.

    At a fraction of the usual size, random weights give every picture nearly the same class
    scores, and maps that are made of their differences would be rounding noise. So statistics are
    those of photographs of that size, and class weights are enlarged until scores differ by
    ``LIVELY`` from one photograph to the other.
    """
    recipe = Recipe((side, side), flexible=not arguments)
    if name == "embedded":
        return as_classifier(embedded.network, labels=1000, recipe=recipe)
    pictures = torch.cat(
        [picture_tensor(one, place(one.size, recipe), recipe) for one in photographs.values()]
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network = initialised(name, **arguments)
        with_lively_heads(network)
        with_lively_biases(network)
    gather_statistics(network, pictures, momentum=None, passes=4)
    with torch.no_grad():
        spread = network.eval()(pictures).std(0).mean()
        last = [each for each in network.modules() if isinstance(each, nn.Linear)][-1]
        last.weight.mul_(LIVELY / spread)
    return as_classifier(network.requires_grad_(False), labels=1000, recipe=recipe)


def initialised(name: str, **arguments: object) -> nn.Module:
    """A network as it is before training, by torchvision's name or the embedded model's."""
    if name == IDENTIFIER:
        return EfficientNetLite0()
    if name.startswith("timm/"):
        import timm

        return timm.create_model(name.removeprefix("timm/"), **arguments)
    if name.startswith(("vgg", "alexnet")):
        return narrow(name, **arguments)
    if name == "googlenet":
        arguments = {"init_weights": True, **arguments}
    network: nn.Module = torchvision.models.get_model(name, weights=None, **arguments)
    return network


def narrow(name: str, **arguments: object) -> nn.Module:
    """A VGG or AlexNet whose hidden dense layers have 320 features, not 4096.

    They are nine tenths of the weights, half a gigabyte, and no test is about them.
    """
    with torch.device("meta"):
        network: nn.Module = torchvision.models.get_model(name, weights=None, **arguments)
        ends = network.get_submodule("classifier")
        dense = [place for place, module in ends.named_children() if isinstance(module, nn.Linear)]
        for place in dense:
            linear = ends.get_submodule(place)
            inputs = linear.in_features if place == dense[0] else HIDDEN
            outputs = linear.out_features if place == dense[-1] else HIDDEN
            setattr(ends, place, nn.Linear(inputs, outputs))
    network.to_empty(device="cpu")
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Linear | nn.BatchNorm2d):
            module.reset_parameters()
        if isinstance(module, nn.Conv2d) and name.startswith("vgg"):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(module.bias)
    return network


def with_lively_heads(network: nn.Module) -> None:
    """torchvision's transformers begin with class weights of 0, which say nothing of a picture."""
    for module in network.modules():
        if isinstance(module, nn.Linear) and not module.weight.any():
            nn.init.normal_(module.weight, std=0.02)


def with_lively_biases(network: nn.Module) -> None:
    """New convolutions add nothing, as a trained one never does."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and module.bias is not None and not module.bias.any():
            nn.init.normal_(module.bias, std=0.1)


def gather_statistics(
    network: nn.Module, pictures: Tensor, momentum: float | None = 15 / 16, passes: int = 1
) -> None:
    """Lets batch normalisation see pictures, so that random weights give lively activations.

    Args:
        network: its statistics are replaced.
        pictures: (N, 3, h, w).
        momentum: share of the pictures in the statistics, and the rest is of a new network; None
            is the mean over the passes.
        passes: they are all the same, but for rounding, which kept maps of peers depend on.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    if not norms:
        return
    network.eval()
    for norm in norms:
        norm.train()
        norm.reset_running_stats()
        norm.momentum = momentum
    with torch.no_grad():
        for _ in range(passes):
            network(pictures)
    network.eval()


@pytest.fixture(scope="session")
def random_classifier(random_network: Callable[[str], nn.Module]) -> Callable[[str], Classifier]:
    """A random network as the program holds it."""

    @lru_cache(maxsize=2)
    def make(name: str) -> Classifier:
        return as_classifier(random_network(name), labels=1000)

    return make


@pytest.fixture(scope="session")
def classifier_of() -> Callable[..., Classifier]:
    """Wraps a network that a test has built."""
    return as_classifier


def as_classifier(network: nn.Module, labels: int, recipe: Recipe | None = None) -> Classifier:
    return classifier(
        network,
        identifier="test",
        title="Test",
        labels=tuple(f"class {index}" for index in range(labels)),
        recipe=recipe or Recipe(),
        weights_sha256="0" * 64,
        device=CPU,
    )
