"""The networks that torchvision and timm can build, by name, and what they were trained to be fed.

An architecture is called ``torchvision/resnet50`` or ``timm/tf_efficientnet_lite0``; where the same
network was published for another picture size, and with other tensors for it, that follows:
``torchvision/vit_b_16@384``. Nothing is ever downloaded: the weights come from the user's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from math import floor
from typing import Any

# Not by a line in pyproject.toml: torchvision and timm stay banned at the top of this file.
import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from camviewer.engine.architectures.fingerprints import (
    CLASSES,
    Difference,
    InputSizes,
    Shapes,
    essential,
    known_architectures,
    known_input_sizes,
)
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, ResizeMode
from camviewer.engine.support.lazy_libraries import timm, torchvision

_TORCHVISION, _TIMM = "torchvision", "timm"
_TRIAL_CLASSES = (1009, 1013)
"""Two primes that are no network's own width."""

_WITHOUT_AUXILIARY = {
    "googlenet": {"aux_logits": False, "init_weights": False},
    "inception_v3": {"aux_logits": False, "init_weights": False},
}
_TORCHVISION_STRIDES = {"squeezenet1_0": 16, "squeezenet1_1": 16}
_TORCHVISION_VIT_SIZE = 224
_TIMM_RESIZING = {"squash": ResizeMode.SQUASH, "border": ResizeMode.BORDER}
_USUAL_STRIDE = 32
_RESIZING = ("crossvit_",)
"""They take any picture, but shrink it to the trained size themselves."""


def build(architecture: str, classes: int, *, device: str = "cpu") -> nn.Module:
    """A network with random weights, in eval mode, that gives logits (N, classes).

    Heads that only training uses (Inception's) are left out. On the ``meta`` device nothing is
    computed, so it tells names and shapes within milliseconds, but must not be filled with weights:
    tables that no checkpoint has would stay empty.

    Args:
        architecture: ``torchvision/...`` or ``timm/...``.
        classes: at least 1.
        device: ``cpu`` or ``meta``.

    Raises:
        CamviewerError: there is no such architecture, or it cannot be built so.
    """
    if classes < 1:
        raise CamviewerError(f"A classifier cannot have {classes} classes.", "Give it at least 1.")
    library, name = _split(architecture)
    make = _from_torchvision if library == _TORCHVISION else _from_timm
    try:
        network = make(name, classes) if device == "cpu" else _on_meta(make, name, classes)
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory for {architecture}.", "Close other programs."
        ) from error
    return network.eval()


def published_recipe(architecture: str, weights_sha256: str = "") -> Recipe:
    """What the architecture's published weights were trained to be given.

    Args:
        architecture: ``torchvision/...`` or ``timm/...``.
        weights_sha256: of the file that was imported. Where it is one that torchvision published,
            the recipe is that file's own; the architecture's default otherwise.

    Raises:
        CamviewerError: there is no such architecture.
    """
    library, name = _split(architecture)
    if library == _TORCHVISION:
        return _torchvision_recipe(architecture, name, weights_sha256)
    return _timm_recipe(architecture, name)


def tensor_shapes(architecture: str) -> dict[str, tuple[int, ...]]:
    """The essential tensors of an architecture, with ``CLASSES`` where their number stands."""
    few, more = (
        {
            name: tuple(value.shape)
            for name, value in _trial(architecture, classes).state_dict().items()
        }
        for classes in _TRIAL_CLASSES
    )
    return essential(
        {tensor: _with_classes_free(few[tensor], more.get(tensor, ())) for tensor in few}
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
    library, name = _split(architecture)
    if library == _TORCHVISION:
        (side,) = _torchvision_transforms(name, "")[0].crop_size
        return side, side
    _, height, width = _timm_published(name).input_size
    return height, width


def gives_logits(architecture: str) -> bool:
    """Whether it makes logits (N, classes) of a picture of its trained size, and nothing else.

    Raises:
        CamviewerError: there is no such architecture.
    """
    classes = _TRIAL_CLASSES[-1]
    logits = _output(_trial(architecture, classes), trained_size(architecture))
    return isinstance(logits, torch.Tensor) and logits.shape == (1, classes)


def input_sizes(architecture: str) -> InputSizes:
    """Which input sizes a network accepts, found by trying on the ``meta`` device.

    Raises:
        CamviewerError: there is no such architecture.
    """
    trained = trained_size(architecture)
    network = _trial(architecture, _TRIAL_CLASSES[-1])
    stride = _stride(architecture, network)
    if _split(architecture)[1].startswith(_RESIZING):
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
    return _accepts(_trial(architecture, _TRIAL_CLASSES[-1]), size)


def _split(architecture: str) -> tuple[str, str]:
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


def _from_torchvision(name: str, classes: int) -> nn.Module:
    models = torchvision().models
    plain, _, size = name.partition("@")
    options: dict[str, Any] = {"image_size": int(size)} if size else {}
    options |= _WITHOUT_AUXILIARY.get(name, {})
    network: nn.Module = models.get_model(plain, weights=None, num_classes=classes, **options)
    return network


def _from_timm(name: str, classes: int) -> nn.Module:
    network: nn.Module = timm().create_model(name, pretrained=False, num_classes=classes)
    return network


def _on_meta(make: Any, name: str, classes: int) -> nn.Module:
    """Builds with tensors that have a shape but no numbers."""
    try:
        with _EmptyTensorsOnMeta():
            network: nn.Module = make(name, classes)
    except (NotImplementedError, RuntimeError):
        with torch.device("meta"):
            network = make(name, classes)
    return network.to("meta")


class _EmptyTensorsOnMeta(TorchFunctionMode):
    """Puts what is not filled yet on the ``meta`` device.

    Those are the weights. What constructors compute in numbers (RegNet's widths) stays real, as it
    does not under ``torch.device("meta")``.
    """

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        named = dict(kwargs or {})
        if func is torch.empty and named.get("device") is None:
            named["device"] = "meta"
        return func(*args, **named)


def _with_classes_free(few: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    if len(few) != len(more):
        return few
    return tuple(
        CLASSES if (left, right) == _TRIAL_CLASSES else left
        for left, right in zip(few, more, strict=True)
    )


def _fits(shape: tuple[int, ...], pattern: tuple[int, ...]) -> bool:
    return len(shape) == len(pattern) and all(
        expected in (CLASSES, side) for side, expected in zip(shape, pattern, strict=True)
    )


def _stride(architecture: str, network: nn.Module) -> int:
    """How many input pixels lie between the cells of the last grid."""
    library, name = _split(architecture)
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
    with torch.no_grad():
        return network(torch.empty((1, 3, *size), device="meta"))


@lru_cache(maxsize=len(_TRIAL_CLASSES))
def _trial(architecture: str, classes: int) -> nn.Module:
    """A network on the ``meta`` device that nobody may change."""
    return build(architecture, classes, device="meta")


def _torchvision_recipe(architecture: str, name: str, weights_sha256: str) -> Recipe:
    transforms, own = _torchvision_transforms(name, weights_sha256)
    (crop,), (resize,) = transforms.crop_size, transforms.resize_size
    mean, std = _triple(transforms.mean), _triple(transforms.std)
    if own and name in _WITHOUT_AUXILIARY:
        # These files expect what transform_input=True makes of the picture: mean and std 0.5.
        mean = std = (0.5, 0.5, 0.5)
    sizes = _sizes(architecture)
    return Recipe(
        input_size=(crop, crop),
        crop_fraction=crop / resize,
        step=sizes.step,
        flexible=sizes.flexible,
        mean=mean,
        std=std,
        interpolation=transforms.interpolation.value,
    )


def _torchvision_transforms(name: str, weights_sha256: str) -> tuple[Any, bool]:
    """The transforms of the published weights, and whether the file is known to be these."""
    models = torchvision().models
    plain, _, size = name.partition("@")
    published = models.get_model_weights(plain)
    for weights in published:
        # The file names end in the first digits of their hash: resnet50-0676ba61.pth.
        if weights_sha256 and _hash_in(weights.url) == weights_sha256[:8]:
            return weights.transforms(), True
    if plain.startswith("vit_"):
        side = int(size or _TORCHVISION_VIT_SIZE)
        fitting = (weights.transforms() for weights in (published.DEFAULT, *published))
        return next(found for found in fitting if found.crop_size == [side]), False
    return published.DEFAULT.transforms(), False


def _hash_in(url: str) -> str:
    return url.rpartition("-")[2].partition(".")[0]


def _timm_recipe(architecture: str, name: str) -> Recipe:
    published = _timm_published(name)
    _, height, width = published.input_size
    crop = min(height, width)
    sizes = _sizes(architecture)
    return Recipe(
        input_size=(height, width),
        # timm rounds the size to resize to down.
        crop_fraction=crop / floor(crop / published.crop_pct),
        step=sizes.step,
        flexible=sizes.flexible,
        mean=_triple(published.mean),
        std=_triple(published.std),
        interpolation=published.interpolation,
        resize_mode=_TIMM_RESIZING.get(published.crop_mode, ResizeMode.SHORTER),
    )


def _timm_published(name: str) -> Any:
    return timm().get_pretrained_cfg(name) or timm().models.PretrainedCfg()


def _sizes(architecture: str) -> InputSizes:
    return known_input_sizes(architecture) or input_sizes(architecture)


def _triple(values: Any) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
