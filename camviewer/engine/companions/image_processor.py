"""What an image processor of transformers does, as a recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from camviewer.engine.geometry.geometry import RGB_CHANNELS, Recipe, ResizeMode
from camviewer.engine.packs.manifest import CROP_FRACTIONS, INPUT_SIDES, MEANS, STDS

_FILTERS = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic"}
_LEVELS = 255.0
_OF_COLOURS = (1, RGB_CHANNELS)
"""Numbers of channels that are made of colours."""
_LARGEST = 1e6
_CONVNEXT_CROPS_BELOW, _CONVNEXT_SHARE = 384, 224 / 256
_LEVIT_SCALE = 256 / 224
_SHORTER_SIDE = (
    *("Bit", "CLIP", "ConvNext", "EfficientFormer", "Flava", "Levit", "MobileNetV1"),
    *("MobileNetV2", "MobileViT", "PoolFormer", "VideoMAE", "Vivit"),
)
"""Processors that take a single number as the length of the shorter side; others squash."""
_WHOLE_PICTURE = (
    "The processor feeds the whole picture, whatever its proportions; the list of classes is that "
    "of its middle, cut to a square."
)
_NOT_FOLLOWED = ("do_pad", "do_color_quantize", "do_thumbnail", "do_align_long_axis")


@dataclass(frozen=True)
class Processed:
    """How pictures become numbers.

    Attributes:
        recipe: of the model.
        blue_first: whether the network takes BGR.
        problems: what the processor does beside, in sentences.
    """

    recipe: Recipe
    blue_first: bool
    problems: tuple[str, ...]


def processed(processor: Mapping[str, Any], usual: Recipe) -> Processed:
    """The recipe of a ``preprocessor_config.json``.

    Args:
        processor: what it says.
        usual: what is taken where it is silent; has the number of channels.
    """
    problems = [
        f"The processor says {name}, which was not followed."
        for name in _NOT_FOLLOWED
        if processor.get(name) is True
    ]
    kind = str(processor.get("image_processor_type", processor.get("feature_extractor_type", "")))
    geometry = _geometry(processor, kind, usual)
    problems += [geometry.problem] if geometry.problem else []
    mean, std = _values(processor, kind, usual)
    if _normalises(processor, kind) and None in {
        _each(processor.get("image_mean"), usual.channels),
        _each(processor.get("image_std"), usual.channels),
    }:
        taken = "ImageNet's" if usual.channels in _OF_COLOURS else "0 and 1"
        problems.append(f"The processor does not say its mean and deviation: {taken} were taken.")
    number = processor.get("resample")
    interpolation = _FILTERS.get(number if type(number) is int else -1)
    if interpolation is None and number is not None:
        problems.append(f"The processor says resample {str(number)[:20]}, which is not known.")
    if not _are_sound(mean, MEANS) or not _are_sound(std, STDS):
        problems.append("The processor's mean and deviation cannot be, and were not followed.")
        mean, std = usual.mean, usual.std
    share = min(geometry.size) / geometry.resized
    if not CROP_FRACTIONS[0] <= share <= CROP_FRACTIONS[1]:
        problems.append("The processor's crop cannot be, and was not followed.")
        share = 1.0
    recipe = Recipe(
        input_size=geometry.size,
        crop_fraction=share,
        step=usual.step,
        flexible=usual.flexible,
        mean=mean,
        std=std,
        interpolation=interpolation or usual.interpolation,
        resize_mode=geometry.mode,
        channels=usual.channels,
    )
    flips = processor.get("do_flip_channel_order", kind.startswith("MobileViT"))
    return Processed(recipe, bool(flips), tuple(problems))


@dataclass(frozen=True)
class _Geometry:
    """Input size (h, w), the length of what its shorter side is cut from, and how that is made."""

    size: tuple[int, int]
    resized: float
    mode: ResizeMode = ResizeMode.SHORTER
    problem: str = ""


def _geometry(processor: Mapping[str, Any], kind: str, usual: Recipe) -> _Geometry:
    crop = _both_sides(processor.get("crop_size")) if _crops(processor) else None
    stated = processor.get("size")
    if processor.get("do_resize") is False or stated is None:
        size = crop or usual.input_size
        words = "The processor does not say how pictures are resized: its size was taken."
        return _Geometry(size, float(min(size)), problem=words)
    shorter = _shorter_side(stated, kind)
    if shorter is not None:
        return _by_shorter_side(processor, kind, shorter, crop)
    both = _both_sides(stated)
    if both is not None:
        return _Geometry(crop or both, float(min(both)), ResizeMode.SQUASH)
    size = crop or usual.input_size
    words = f"The processor says size {str(stated)[:60]}, which was not followed."
    return _Geometry(size, float(min(size)), problem=words)


def _by_shorter_side(
    processor: Mapping[str, Any], kind: str, shorter: int, crop: tuple[int, int] | None
) -> _Geometry:
    share = _share_of(processor.get("crop_pct"))
    if "ConvNext" in kind:
        if shorter >= _CONVNEXT_CROPS_BELOW:
            return _Geometry((shorter, shorter), float(shorter), ResizeMode.SQUASH)
        resized = int(shorter / (share or _CONVNEXT_SHARE))
        return _Geometry((shorter, shorter), float(resized))
    resized = shorter
    if "Levit" in kind:
        resized = int(_LEVIT_SCALE * shorter)
    elif share is not None:
        resized = int(shorter / share)
    if crop is not None:
        return _Geometry(crop, float(resized))
    return _Geometry((shorter, shorter), float(resized), problem=_WHOLE_PICTURE)


def _crops(processor: Mapping[str, Any]) -> bool:
    crops = processor.get("do_center_crop")
    return "crop_size" in processor if crops is None else crops is True


def _shorter_side(stated: object, kind: str) -> int | None:
    """The length of the shorter side, where that is what a size means."""
    if isinstance(stated, Mapping) and "shortest_edge" in stated:
        return _side(stated["shortest_edge"])
    if type(stated) is int and kind.startswith(_SHORTER_SIDE):
        return _side(stated)
    return None


def _both_sides(stated: object) -> tuple[int, int] | None:
    """(h, w) of a size that names both, or of one number for both."""
    if isinstance(stated, Mapping):
        height = _side(stated.get("height", stated.get("shortest_edge")))
        width = _side(stated.get("width", stated.get("shortest_edge")))
    elif isinstance(stated, list) and len(stated) == 2:
        height, width = (_side(side) for side in stated)
    else:
        height = width = _side(stated)
    return None if height is None or width is None else (height, width)


def _side(value: object) -> int | None:
    return value if type(value) is int and INPUT_SIDES[0] <= value <= INPUT_SIDES[1] else None


def _values(
    processor: Mapping[str, Any], kind: str, usual: Recipe
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and deviation that do to values of 0 to 1 all that the processor does to 0 to 255.

    It computes ((255 s x - o) - m) / d with its factor s, an offset o, mean m and deviation d.
    """
    factor = processor.get("rescale_factor", 1 / _LEVELS)
    if processor.get("do_rescale") is False or not _is_positive(factor):
        factor = 1.0
    scale = _LEVELS * float(factor)
    if abs(scale - 1) < 1e-6:
        scale = 1.0
    offset = 1.0 if processor.get("rescale_offset") is True else 0.0
    count = len(usual.mean)
    mean, std = (0.0,) * count, (1.0,) * count
    if _normalises(processor, kind):
        mean = _each(processor.get("image_mean"), usual.channels) or usual.mean
        std = _each(processor.get("image_std"), usual.channels) or usual.std
    if "EfficientNet" in kind and processor.get("include_top", True) is not False:
        # Its classifiers were trained on values that are divided by the deviation twice.
        std = tuple(deviation**2 for deviation in std)
    return tuple((m + offset) / scale for m in mean), tuple(d / scale for d in std)


def _normalises(processor: Mapping[str, Any], kind: str) -> bool:
    return processor.get("do_normalize", not kind.startswith("MobileViT")) is not False


def _each(value: object, channels: int) -> tuple[float, ...] | None:
    """A number for each channel, and three of colours and of grey."""
    count = RGB_CHANNELS if channels in _OF_COLOURS else channels
    values = [value] if isinstance(value, int | float) else value
    if not isinstance(values, list) or len(values) not in {1, count}:
        return None
    if not all(type(item) in {int, float} and abs(item) <= _LARGEST for item in values):
        return None
    numbers = tuple(float(item) for item in values)
    return numbers * count if len(numbers) == 1 else numbers


def _are_sound(values: tuple[float, ...], allowed: tuple[float, float]) -> bool:
    return all(allowed[0] <= value <= allowed[1] for value in values)


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _LARGEST


def _share_of(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, float | int):
        return None
    return float(value) if 0 < value <= 1 else None
