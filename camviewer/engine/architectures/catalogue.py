"""The networks that torchvision and timm can build, by name, and what they were trained to be fed.

An architecture is called ``torchvision/resnet50`` or ``timm/tf_efficientnet_lite0``; where the same
network was published for another picture size, and with other tensors for it, that follows:
``torchvision/vit_b_16@384``. Nothing is ever downloaded: the weights come from the user's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, cast

# Not by a line in pyproject.toml: torchvision and timm stay banned at the top of this file.
import torch
from torch import nn

from camviewer.engine.architectures.build_arguments import Arguments
from camviewer.engine.architectures.fingerprints import (
    CLASSES,
    Difference,
    InputSizes,
    Shapes,
    essential,
    known_architectures,
    known_input_sizes,
)
from camviewer.engine.architectures.meta_tensors import EmptyTensorsOnMeta, ShapesAlone
from camviewer.engine.architectures.segmentation import NAMES as SEGMENTATION
from camviewer.engine.architectures.segmentation import build_segmentation
from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.lazy_libraries import timm, torchvision

_TORCHVISION, _TIMM = "torchvision", "timm"
_RGB = 3
_TRIAL_CLASSES = 1013
"""Number of classes of a trial network; a prime, because no layer has this width."""
_TRIALS = 8
"""Maximum number of cached networks on the ``meta`` device: the candidates of one checkpoint."""

_WITHOUT_AUXILIARY = {
    "googlenet": {"aux_logits": False, "init_weights": False},
    "inception_v3": {"aux_logits": False, "init_weights": False},
}
_TORCHVISION_STRIDES = {"squeezenet1_0": 16, "squeezenet1_1": 16}
_TORCHVISION_VIT_SIZE = 224
_USUAL_STRIDE = 32
_RESIZING = ("crossvit_",)
"""Architectures that take any picture, but shrink it to the trained size themselves."""


def build(
    architecture: str,
    classes: int,
    *,
    channels: int = _RGB,
    device: str = "cpu",
    arguments: Arguments = (),
) -> nn.Module:
    """A network with random weights, in eval mode, that gives logits (N, classes).

    Heads that only training uses (Inception's) are left out. On the ``meta`` device nothing is
    computed, so it tells names and shapes within milliseconds, but must not be filled with weights:
    tables that no checkpoint has would stay empty.

    Args:
        architecture: ``torchvision/...`` or ``timm/...``.
        classes: at least 1.
        channels: of the input.
        device: ``cpu`` or ``meta``.
        arguments: what timm builds it with beside.

    Raises:
        CamviewerError: there is no such architecture, or it cannot be built so.
    """
    if classes < 1:
        raise CamviewerError(f"A classifier cannot have {classes} classes.", "Give it at least 1.")
    library, name = library_of(architecture)
    if arguments and library == _TORCHVISION:
        raise _unbuildable(architecture, arguments)

    def make() -> nn.Module:
        if library == _TORCHVISION:
            return _from_torchvision(name, classes, channels)
        return _from_timm(name, classes, channels, arguments)

    try:
        network = make() if device == "cpu" else on_meta(make)
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory for {architecture}.", "Close other programs."
        ) from error
    except Exception as error:
        if not arguments:
            raise
        raise _unbuildable(architecture, arguments) from error  # each refuses in its own way
    return network.eval()


def _unbuildable(architecture: str, arguments: Arguments) -> CamviewerError:
    words = ", ".join(f"{name}={value}" for name, value in arguments)
    return CamviewerError(
        f"{architecture} cannot be built with {words}.",
        "Export the model with its network, as ONNX or by torch.export.",
    )


def tensor_shapes(architecture: str) -> dict[str, tuple[int, ...]]:
    """The essential tensors of an architecture, with ``CLASSES`` where their number stands."""
    shapes = {name: tuple(value.shape) for name, value in _trial(architecture).state_dict().items()}
    return essential(
        {
            name: tuple(CLASSES if side == _TRIAL_CLASSES else side for side in shape)
            for name, shape in shapes.items()
        }
    )


def difference(architecture: str, shapes: Shapes) -> Difference:
    """How a checkpoint, its prefix stripped, differs from an architecture.

    Raises:
        CamviewerError: there is no such architecture.
    """
    expected, found = tensor_shapes(architecture), essential(shapes)
    return Difference(
        missing=tuple(name for name in expected if name not in found),
        unexpected=tuple(name for name in found if name not in expected),
        differing=tuple(
            (name, found[name], expected[name])
            for name in expected
            if name in found and not _fits(found[name], expected[name])
        ),
    )


def architectures_to_know() -> tuple[str, ...]:
    """All that the installed torchvision and timm can build, most usual first.

    torchvision comes before timm, then what has the most published weights, then short names.
    """
    models = torchvision().models
    plain = models.list_models(module=models)
    sized = [name for each in plain for name in _torchvision_sized(each)]
    published = Counter(name.partition(".")[0] for name in timm().list_pretrained())
    theirs = sorted(timm().list_models(), key=lambda name: (-published[name], len(name), name))
    return (
        *(f"{_TORCHVISION}/{name}" for name in (*plain, *sized)),
        *(f"{_TIMM}/{name}" for name in theirs),
    )


def trained_size(architecture: str) -> tuple[int, int]:
    """(h, w) of the pictures that the architecture's published weights were trained with.

    Raises:
        CamviewerError: there is no such architecture.
    """
    library, name = library_of(architecture)
    if library == _TORCHVISION:
        (side,) = torchvision_transforms(name).crop_size
        return side, side
    _, height, width = _timm_published(name).input_size
    return height, width


def gives_logits(architecture: str) -> bool:
    """Whether it makes logits (N, classes) of a picture of its trained size, and nothing else.

    Raises:
        CamviewerError: there is no such architecture.
    """
    logits = _output(_trial(architecture), trained_size(architecture))
    return isinstance(logits, torch.Tensor) and logits.shape == (1, _TRIAL_CLASSES)


def input_sizes(architecture: str) -> InputSizes:
    """Which input sizes a network accepts, found by trying on the ``meta`` device.

    Raises:
        CamviewerError: there is no such architecture.
    """
    trained = trained_size(architecture)
    network = _trial(architecture)
    stride = _stride(architecture, network)
    if library_of(architecture)[1].startswith(_RESIZING):
        return InputSizes(stride, flexible=False)
    for step in dict.fromkeys((stride, 2 * stride, min(trained))):
        if _accepts(network, (trained[0] + step, trained[1] + 2 * step)):
            return InputSizes(step, flexible=True)
    return InputSizes(stride, flexible=False)


def accepts(architecture: str, size: tuple[int, int]) -> bool:
    """Whether a network runs with pictures of ``size`` (h, w), tried on the ``meta`` device.

    Raises:
        CamviewerError: there is no such architecture.
    """
    return _accepts(_trial(architecture), size)


def trial_network(architecture: str) -> nn.Module:
    """The network on the ``meta`` device, to look at; nobody may change it.

    Raises:
        CamviewerError: there is no such architecture.
    """
    return _trial(architecture)


def library_of(architecture: str) -> tuple[str, str]:
    """``torchvision`` or ``timm``, and the network's name there.

    Raises:
        CamviewerError: there is no such architecture.
    """
    library, _, name = architecture.partition("/")
    if (library == _TORCHVISION and _torchvision_has(name)) or (
        library == _TIMM and _timm_has(name)
    ):
        return library, name
    close = get_close_matches(architecture, known_architectures(), n=3)
    if architecture in known_architectures():
        hint = f"Install a newer version of {library}."
    elif close:
        hint = f"Did you mean {' or '.join(close)}?"
    else:
        hint = "Names look like torchvision/resnet50 or timm/convnext_tiny."
    raise CamviewerError(f"There is no architecture called {architecture}.", hint)


def _torchvision_has(name: str) -> bool:
    if name in SEGMENTATION:
        return True
    models = torchvision().models
    plain, _, size = name.partition("@")
    if plain not in models.list_models(module=models):
        return False
    return not size or name in _torchvision_sized(plain)


def _torchvision_sized(name: str) -> list[str]:
    """The names of what torchvision published for other picture sizes and with other tensors."""
    models = torchvision().models
    if not name.startswith("vit_"):
        return []
    sizes = (weights.transforms().crop_size[0] for weights in models.get_model_weights(name))
    return [f"{name}@{size}" for size in sizes if size != _TORCHVISION_VIT_SIZE]


def _timm_has(name: str) -> bool:
    return bool(timm().is_model(name))


def _from_torchvision(name: str, classes: int, channels: int) -> nn.Module:
    models = torchvision().models
    plain, _, size = name.partition("@")
    options: dict[str, Any] = {"image_size": int(size)} if size else {}
    options |= _WITHOUT_AUXILIARY.get(name, {})
    network: nn.Module = (
        build_segmentation(name, classes)
        if name in SEGMENTATION
        else models.get_model(plain, weights=None, num_classes=classes, **options)
    )
    if channels != _RGB:
        _take_channels(network, channels)
    return network


def _take_channels(network: nn.Module, channels: int) -> None:
    """Gives a network another first convolution, which torchvision does not offer."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d):
            parent, _, last = name.rpartition(".")
            first = nn.Conv2d(
                channels,
                module.out_channels,
                (module.kernel_size[0], module.kernel_size[1]),
                (module.stride[0], module.stride[1]),
                cast("tuple[int, int]", module.padding),
                bias=module.bias is not None,
            )
            setattr(network.get_submodule(parent), last, first)
            return


def _from_timm(name: str, classes: int, channels: int, arguments: Arguments) -> nn.Module:
    options: dict[str, Any] = {} if channels == _RGB else {"in_chans": channels}
    options |= dict(arguments)
    network: nn.Module = timm().create_model(name, pretrained=False, num_classes=classes, **options)
    return network


def on_meta(make: Callable[[], nn.Module]) -> nn.Module:
    """What ``make`` builds, with tensors that have a shape but no numbers."""
    try:
        with EmptyTensorsOnMeta():
            network = make()
    except (NotImplementedError, RuntimeError):
        with torch.device("meta"):
            network = make()
    return network.to("meta")


def _fits(shape: tuple[int, ...], pattern: tuple[int, ...]) -> bool:
    return len(shape) == len(pattern) and all(
        expected in (CLASSES, side) for side, expected in zip(shape, pattern, strict=True)
    )


def _stride(architecture: str, network: nn.Module) -> int:
    """How many input pixels lie between the cells of the last grid."""
    library, name = library_of(architecture)
    if library == _TORCHVISION:
        patch = getattr(network, "patch_size", None)
        return patch if isinstance(patch, int) else _TORCHVISION_STRIDES.get(name, _USUAL_STRIDE)
    stages = getattr(network, "feature_info", None)
    if isinstance(stages, list) and stages:
        return max(int(stage.get("reduction", 1)) for stage in stages)
    patch = getattr(getattr(network, "patch_embed", None), "patch_size", None)
    return int(patch[0]) if isinstance(patch, tuple) else _USUAL_STRIDE


def _accepts(network: nn.Module, size: tuple[int, int]) -> bool:
    try:
        _output(network, size)
    except Exception:  # noqa: BLE001  (each network refuses in its own way)
        return False
    return True


def _output(network: nn.Module, size: tuple[int, int]) -> object:
    with torch.no_grad(), ShapesAlone():
        return network(torch.empty((1, 3, *size), device="meta"))


@lru_cache(maxsize=_TRIALS)
def _trial(architecture: str) -> nn.Module:
    """A network on the ``meta`` device that nobody may change."""
    return build(architecture, _TRIAL_CLASSES, device="meta")


def torchvision_transforms(name: str) -> Any:
    """The transforms of what torchvision has published, newest first, for a network's size."""
    published = torchvision().models.get_model_weights(name.partition("@")[0])
    if not name.startswith("vit_"):
        return published.DEFAULT.transforms()
    side = int(name.partition("@")[2] or _TORCHVISION_VIT_SIZE)
    fitting = (weights.transforms() for weights in (published.DEFAULT, *published))
    return next(found for found in fitting if found.crop_size == [side])


def _timm_published(name: str) -> Any:
    return timm().get_pretrained_cfg(name) or timm().models.PretrainedCfg()


def sizes_of(architecture: str) -> InputSizes:
    """The sizes that a network accepts, from the table or by trying it."""
    return known_input_sizes(architecture) or input_sizes(architecture)
