"""What holds for every method in the registry, whoever adds the next one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import timm
import torch
from torch import Tensor, nn

from camviewer.engine.classifier import Classifier
from camviewer.engine.errors import CamviewerError, Cancelled
from camviewer.engine.geometry import PlacementMode, Recipe
from camviewer.engine.heatmap import Evidence
from camviewer.engine.image import SourceImage, image_from_pixels
from camviewer.engine.messages import ExplainRequest, MethodInfo, OptionValues, ScoreKind
from camviewer.engine.methods import all_methods, find_method
from camviewer.engine.session import Session

CLASS = 1
EVERY = [method.info.id for method in all_methods()]
_FEW = {"samples": 2, "masks": 12, "steps": 3, "patch": 16, "stride": 16, "moves": 2, "levels": 2}
"""Options that make a method quick."""

Make = Callable[..., nn.Module]


class Residual(nn.Module):
    """A convolutional network with what trips hooks up.

    In-place layers, a shortcut, one activation used three times, a layer never passed through.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.act = nn.ReLU(inplace=True)
        self.down = nn.Conv2d(8, 12, 3, stride=2, padding=1)
        self.inner = nn.Conv2d(12, 12, 3, padding=1)
        self.spare = nn.Conv2d(12, 12, 1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.linear = nn.Linear(12, 4)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N, 4)."""
        features = self.act(self.down(self.act(self.norm(self.stem(pictures)))))
        changed = self.inner(features)
        changed += features
        logits: Tensor = self.linear(self.pool(self.act(changed)).flatten(1))
        return logits


def convolutional() -> nn.Module:
    return Residual()


def dense() -> nn.Module:
    """It ends in two dense layers, so CAM is not defined, and its fully convolutional form is."""
    return nn.Sequential(
        nn.Conv2d(3, 6, 3, stride=2, padding=1),
        nn.ReLU(inplace=True),
        nn.Conv2d(6, 8, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(4),
        nn.Flatten(),
        nn.Linear(128, 10),
        nn.ReLU(),
        nn.Linear(10, 4),
    )


def transformer() -> nn.Module:
    network: nn.Module = timm.models.VisionTransformer(
        img_size=32, patch_size=8, embed_dim=24, depth=2, num_heads=2, num_classes=4
    )
    return network


NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "convolutional": convolutional,
    "dense": dense,
    "transformer": transformer,
}
LAYERS = {"convolutional": "inner", "dense": "3", "transformer": "blocks.1.norm1"}


def seeded(name: str) -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(1)
        network = NETWORKS[name]()
        for parameter in network.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=(1.5 / parameter[0].numel()) ** 0.5)
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                nn.init.uniform_(module.bias, -0.2, 0.5)
    return network.eval()


@pytest.fixture
def session_of(classifier_of: Callable[..., Classifier]) -> Callable[[nn.Module], Session]:
    def make(network: nn.Module) -> Session:
        flexible = not isinstance(network, timm.models.VisionTransformer)
        recipe = Recipe((32, 32), crop_fraction=1.0, step=8, flexible=flexible)
        return Session(classifier_of(network, labels=4, recipe=recipe))

    return make


@pytest.fixture(scope="module")
def picture() -> SourceImage:
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (8, 12, 3), dtype=np.uint8)
    return image_from_pixels(coarse.repeat(6, 0).repeat(6, 1), "blocks")


def quick(info: MethodInfo) -> OptionValues:
    return tuple((o.key, _FEW[o.key]) for o in info.options if o.key in _FEW)


def asked(session: Session, name: str, method: str) -> ExplainRequest | None:
    """A request that the network allows; None when the method is not defined for it."""
    info = session.method_info(method)
    for layer in (LAYERS[name], session.info.default_layer):
        if not session.refusal(find_method(method), layer):
            return ExplainRequest(CLASS, method, layer=layer, options=quick(info))
    return None


def everywhere() -> Iterator[tuple[str, str]]:
    """Every method on every network that it is defined for, one network at least."""
    for method in EVERY:
        for name in NETWORKS:
            yield name, method


CASES = list(everywhere())


def values_of(session: Session, image: SourceImage, request: ExplainRequest) -> np.ndarray:
    return session.explain(image, request).heatmap.values


def close(one: np.ndarray, other: np.ndarray, tolerance: float = 2e-3) -> None:
    assert one.shape == other.shape
    scale = max(float(np.abs(one).max()), 1e-6)
    assert float(np.abs(one - other).max()) <= tolerance * scale


def fingerprint(network: nn.Module) -> str:
    digest = hashlib.sha256()
    for name, tensor in [*network.named_parameters(), *network.named_buffers()]:
        digest.update(f"{name} {tensor.requires_grad} {tensor.grad}".encode())
        digest.update(tensor.detach().numpy().tobytes())
    for name, module in network.named_modules():
        hooks = (module._forward_hooks, module._forward_pre_hooks, module._backward_hooks)
        digest.update(f"{name} {module.training} {[len(each) for each in hooks]}".encode())
        digest.update(str(sorted(vars(module))).encode())
    every = nn.modules.module
    digest.update(f"{len(every._global_forward_hooks)}".encode())
    digest.update(f"{len(every._global_forward_pre_hooks)}".encode())
    return digest.hexdigest()


def test_every_method_is_defined_for_one_of_these_networks(
    session_of: Callable[[nn.Module], Session],
) -> None:
    sessions = {name: session_of(seeded(name)) for name in NETWORKS}
    for method in EVERY:
        defined = [n for n, session in sessions.items() if asked(session, n, method)]
        assert defined, f"{method} is never tested here"


@pytest.mark.parametrize(("name", "method"), CASES)
def test_the_network_is_afterwards_as_it_was_and_the_map_is_finite(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, name: str, method: str
) -> None:
    network = seeded(name)
    session = session_of(network)
    request = asked(session, name, method)
    if request is None:
        refused = ExplainRequest(CLASS, method, layer=LAYERS[name])
        with pytest.raises(CamviewerError) as why:
            session.explain(picture, refused)
        assert len(why.value.message) > 20
        return
    before = fingerprint(network)
    found = session.explain(picture, request)
    assert fingerprint(network) == before
    assert np.isfinite(found.heatmap.values).all()
    assert np.isfinite(found.heatmap.noise_scale)
    assert found.share == 1.0
    assert found.heatmap.geometry.shape == found.heatmap.values.shape


@pytest.mark.parametrize(("name", "method"), CASES)
def test_a_map_depends_neither_on_batches_nor_on_what_came_before(
    session_of: Callable[[nn.Module], Session],
    picture: SourceImage,
    name: str,
    method: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = seeded(name)
    session = session_of(network)
    request = asked(session, name, method)
    if request is None:
        return
    monkeypatch.setattr("camviewer.engine.methods.batches._MOST", 1)
    one_by_one = values_of(session, picture, request)
    used = session_of(network)
    monkeypatch.setattr("camviewer.engine.methods.batches._MOST", 7)
    monkeypatch.setattr("camviewer.engine.methods.batches._PATIENCE", 1e9)
    values_of(used, picture, ExplainRequest(2, "grad-cam"))
    other = np.ascontiguousarray(picture.pixels[::-1])
    values_of(used, image_from_pixels(other, "other"), request)
    close(one_by_one, values_of(used, picture, request))


@pytest.mark.parametrize("method", EVERY)
def test_a_map_is_the_same_with_channels_last_in_memory(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, method: str
) -> None:
    plain = session_of(seeded("convolutional"))
    request = asked(plain, "convolutional", method)
    if request is None:
        return
    turned = session_of(seeded("convolutional").to(memory_format=torch.channels_last))
    close(values_of(plain, picture, request), values_of(turned, picture, request))


@pytest.mark.parametrize("method", [method.info.id for method in all_methods() if method.probes])
@pytest.mark.parametrize("passes", [1, 3])
def test_cancelled_in_the_midst_of_a_pass_nothing_remains_on_the_network(
    session_of: Callable[[nn.Module], Session],
    picture: SourceImage,
    method: str,
    passes: int,
) -> None:
    """The event is set by the network itself, some passes after the first."""
    for name in NETWORKS:
        network = seeded(name)
        session = session_of(network)
        request = asked(session, name, method)
        if request is None:
            continue
        session.verdict(picture)
        session.explain(picture, ExplainRequest(CLASS, "grad-cam", layer=request.layer))
        before = fingerprint(network)
        cancelled = threading.Event()
        first = next(module for module in network.modules() if isinstance(module, nn.Conv2d))
        runs = 0

        def count(_module: nn.Module, _inputs: object, event: threading.Event = cancelled) -> None:
            nonlocal runs
            runs += 1
            if runs >= passes:
                event.set()

        handle = first.register_forward_pre_hook(count)
        try:
            session.explain(picture, request, cancelled)
        except Cancelled:
            pass
        else:
            assert runs <= passes + 1, "it went on although nobody wanted it"
        finally:
            handle.remove()
        assert fingerprint(network) == before
        return


@pytest.mark.parametrize("method", EVERY)
def test_an_error_inside_the_network_leaves_nothing_on_it(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, method: str
) -> None:
    network = seeded("convolutional")
    session = session_of(network)
    request = asked(session, "convolutional", method)
    if request is None:
        return
    before = fingerprint(network)
    linear = network.get_submodule("linear")

    def fail(_module: nn.Module, _inputs: object) -> None:
        raise RuntimeError("broken")

    handle = linear.register_forward_pre_hook(fail)
    with pytest.raises(RuntimeError, match="broken"):
        session.explain(picture, request)
    handle.remove()
    assert fingerprint(network) == before


@pytest.mark.parametrize("method", EVERY)
@pytest.mark.parametrize("score", list(ScoreKind))
def test_every_score_is_explained_or_refused_in_a_sentence(
    session_of: Callable[[nn.Module], Session],
    picture: SourceImage,
    method: str,
    score: ScoreKind,
) -> None:
    session = session_of(seeded("convolutional"))
    request = asked(session, "convolutional", method)
    if request is None:
        return
    info = session.method_info(method)
    wanted = ExplainRequest(
        CLASS, method, layer=request.layer, options=request.options, score=score
    )
    if score in info.scores:
        assert np.isfinite(values_of(session, picture, wanted)).all()
    else:
        with pytest.raises(CamviewerError, match="does not explain"):
            session.explain(picture, wanted)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_a_picture_of_one_colour_gives_a_map_without_numbers_that_are_none(
    session_of: Callable[[nn.Module], Session], name: str, method: str
) -> None:
    session = session_of(seeded(name))
    request = asked(session, name, method)
    if request is None:
        return
    grey = image_from_pixels(np.full((40, 40, 3), 124, np.uint8), "grey")
    assert np.isfinite(values_of(session, grey, request)).all()


@pytest.mark.parametrize("method", EVERY)
def test_where_the_layer_is_silent_the_map_says_so(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, method: str
) -> None:
    """All activations and all gradients are zero: no evidence, and no number that is none."""
    network = seeded("convolutional")
    for name in ("inner", "down"):
        layer = network.get_submodule(name)
        assert isinstance(layer, nn.Conv2d)
        layer.weight.data.zero_()
        layer.bias.data.fill_(-1.0 if name == "down" else 0.0)
    session = session_of(network)
    request = asked(session, "convolutional", method)
    if request is None:
        return
    try:
        found = session.explain(picture, request)
    except CamviewerError:
        return  # it was said in a sentence
    assert np.isfinite(found.heatmap.values).all()
    if not found.method.fixed_layer:
        assert found.heatmap.evidence is Evidence.FLAT


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
@pytest.mark.parametrize("method", EVERY)
def test_activations_that_are_no_numbers_are_refused_by_name(
    session_of: Callable[[nn.Module], Session],
    picture: SourceImage,
    method: str,
    number: float,
) -> None:
    network = seeded("convolutional")
    session = session_of(network)
    request = asked(session, "convolutional", method)
    if request is None:
        return
    network.get_parameter("down.bias").data[2] = number
    with pytest.raises(CamviewerError, match="not finite") as refused:
        session.explain(picture, request)
    assert any(
        f"layer {name}" in refused.value.message.lower() for name in ("inner", "act", "down")
    )


@pytest.mark.parametrize("method", EVERY)
def test_a_layer_that_is_used_three_times_counts_as_it_was_last(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, method: str
) -> None:
    session = session_of(seeded("convolutional"))
    if session.refusal(find_method(method), "act"):
        return
    info = session.method_info(method)
    request = ExplainRequest(CLASS, method, layer="act", options=quick(info))
    found = session.explain(picture, request)
    assert np.isfinite(found.heatmap.values).all()


@pytest.mark.parametrize("method", EVERY)
def test_a_layer_that_nothing_passes_through_is_no_choice(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, method: str
) -> None:
    session = session_of(seeded("convolutional"))
    info = session.method_info(method)
    if info.fixed_layer:
        return
    with pytest.raises(CamviewerError):
        session.explain(picture, ExplainRequest(CLASS, method, layer="spare"))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("method", EVERY)
def test_weights_of_half_precision_are_computed_with_in_single(
    session_of: Callable[[nn.Module], Session],
    picture: SourceImage,
    method: str,
    dtype: torch.dtype,
) -> None:
    half = session_of(seeded("convolutional").to(dtype))
    single = session_of(seeded("convolutional").to(dtype).float())
    request = asked(half, "convolutional", method)
    if request is None:
        return
    close(values_of(half, picture, request), values_of(single, picture, request))


@pytest.mark.parametrize("method", EVERY)
def test_a_map_of_the_whole_picture_lies_within_it(
    session_of: Callable[[nn.Module], Session], picture: SourceImage, method: str
) -> None:
    session = session_of(seeded("convolutional"))
    request = asked(session, "convolutional", method)
    if request is None:
        return
    wide = ExplainRequest(
        CLASS, method, request.layer, PlacementMode.WHOLE, 2.0, options=request.options
    )
    geometry = session.explain(picture, wide).heatmap.geometry
    assert geometry.extent.left >= 0
    assert geometry.extent.top >= 0
    assert geometry.extent.right <= picture.width
    assert geometry.extent.bottom <= picture.height


@pytest.mark.parametrize("method", EVERY)
def test_every_method_says_what_a_reader_needs(method: str) -> None:
    info = find_method(method).info
    assert info.title
    assert info.summary.endswith(".")
    assert len(info.summary) <= 160
    assert info.citation
    assert info.group
    assert info.defined_for
    for option in info.options:
        assert option.title
        assert option.summary.endswith(".")
        if isinstance(option.default, int | float) and not isinstance(option.default, bool):
            assert option.low <= option.default <= option.high
