"""Small networks on which every method of the registry is tried, and what is asked of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

import numpy as np
import timm
import torch
from torch import Tensor, nn

from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods import all_methods, find_method
from camviewer.engine.methods.core.limits import USUAL, Limits
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, MethodInfo, OptionValues
from camviewer.engine.session.session import Session
from tests.engine.conftest import as_classifier
from tests.engine.hooks import hooks_on

CLASS = 1
Case = tuple[str, str]
"""A network's name here and a method's."""
EVERY = [method.info.id for method in all_methods()]
_FEW = {"samples": 2, "masks": 12, "steps": 3, "patch": 16, "stride": 16, "moves": 2, "levels": 2}
"""Options that make a method quick."""

Maps = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


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
    """The network of that name, with the same random weights every time."""
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


def session_of(network: nn.Module, limits: Limits = USUAL) -> Session:
    """A session that has seen nothing yet; the networks' pictures have 32 x 32 pixels."""
    flexible = not isinstance(network, timm.models.VisionTransformer)
    recipe = Recipe((32, 32), crop_fraction=1.0, step=8, flexible=flexible)
    return Session(as_classifier(network, labels=4, recipe=recipe), limits=limits)


@cache
def blocks() -> SourceImage:
    """A picture of 72 x 48 pixels in colours at random."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (8, 12, 3), dtype=np.uint8)
    return image_from_pixels(coarse.repeat(6, 0).repeat(6, 1), "blocks")


def quick(info: MethodInfo) -> OptionValues:
    """Options of which few passes come."""
    return tuple((o.key, _FEW[o.key]) for o in info.options if o.key in _FEW)


def asked(session: Session, name: str, method: str) -> ExplainRequest | None:
    """A request that the network allows; None when the method is not defined for it."""
    info = session.method_info(method)
    for layer in (LAYERS[name], session.info.default_layer):
        if not session.refusal(find_method(method), layer):
            return ExplainRequest(CLASS, method, layer=layer, options=quick(info))
    return None


def _requests() -> dict[Case, ExplainRequest | None]:
    """What each network allows, of every method."""
    sessions = {name: session_of(seeded(name)) for name in NETWORKS}
    return {
        (name, method): asked(session, name, method)
        for name, session in sessions.items()
        for method in EVERY
    }


_REQUESTS = _requests()
DEFINED = {case: request for case, request in _REQUESTS.items() if request is not None}
"""What to ask of each network by each method that is defined for it."""
REFUSED = [case for case, request in _REQUESTS.items() if request is None]


def of_network(name: str) -> dict[str, ExplainRequest]:
    """What to ask of one of the networks, by method."""
    return {method: request for (each, method), request in DEFINED.items() if each == name}


def trial(
    name: str, method: str, limits: Limits = USUAL
) -> tuple[nn.Module, Session, ExplainRequest]:
    """The network of that name, a session with it that has seen nothing yet, and what to ask."""
    network = seeded(name)
    return network, session_of(network, limits), DEFINED[name, method]


@cache
def alone(name: str, method: str) -> Maps:
    """The raw map of a session that was asked nothing else; nobody may change it."""
    _, session, request = trial(name, method)
    return values_of(session, blocks(), request)


def values_of(session: Session, image: SourceImage, request: ExplainRequest) -> Maps:
    """The raw map."""
    return session.explain(image, request).heatmap.values


def close(one: Maps, other: Maps, tolerance: float = 2e-3) -> None:
    """Two maps are the same but for rounding."""
    assert one.shape == other.shape
    scale = max(float(np.abs(one).max()), 1e-6)
    assert float(np.abs(one - other).max()) <= tolerance * scale


_PLAIN = (bool, int, float, str)


def fingerprint(network: nn.Module) -> str:
    """Everything that a method could leave behind in a network."""
    digest = hashlib.sha256()
    for name, tensor in [*network.named_parameters(), *network.named_buffers()]:
        digest.update(f"{name} {tensor.requires_grad} {tensor.grad}".encode())
        digest.update(tensor.detach().numpy().tobytes())
    digest.update(f"{hooks_on(network)}".encode())
    for name, module in network.named_modules():
        state = {key: _state(value) for key, value in vars(module).items()}
        digest.update(f"{name} {sorted(state.items())}".encode())
    return digest.hexdigest()


def _state(value: object) -> str:
    """Flags as they are; hooks and the like by their number."""
    if isinstance(value, _PLAIN):
        return str(value)
    return f"{len(value)}" if isinstance(value, dict) else type(value).__name__
