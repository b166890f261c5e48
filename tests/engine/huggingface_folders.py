"""Folders of small models, written by transformers itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from camviewer.engine.support.lazy_libraries import transformers

NAMES = {0: "mug", 1: "vase", 2: "bowl"}
_VIT = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "image_size": 64,
    "patch_size": 16,
}
TEXT = {
    "hidden_size": 32,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "vocab_size": 50,
    "bos_token_id": 0,
    "eos_token_id": 1,
}
_STAGES = {"depths": [1, 1, 1, 1], "hidden_sizes": [8, 16, 24, 32]}


@dataclass(frozen=True)
class Family:
    """A small model of a family.

    Attributes:
        config: what differs from the family's own configuration.
        processor: the class of its image processor.
        options: what differs from the processor's own.
        side: of the pictures that it is fed.
        prefix: tokens before those of its grid; None where it has channels.
        kind: the class of the network where the family has several.
    """

    config: dict[str, Any]
    processor: str
    options: dict[str, Any]
    side: int = 64
    prefix: int | None = None
    kind: str = ""


_SQUASHED = {"size": {"height": 64, "width": 64}}
_CROPPED = {"size": {"shortest_edge": 72}, "crop_size": {"height": 64, "width": 64}}
FAMILIES = {
    "vit": Family(_VIT, "ViTImageProcessor", _SQUASHED, prefix=1),
    "deit": Family(
        _VIT,
        "DeiTImageProcessor",
        {"size": {"height": 72, "width": 72}, "crop_size": {"height": 64, "width": 64}},
        prefix=2,
        kind="DeiTForImageClassificationWithTeacher",
    ),
    "beit": Family(
        {**_VIT, "out_indices": [1]},
        "BeitImageProcessor",
        {**_SQUASHED, "do_center_crop": False},
        prefix=1,
    ),
    "swin": Family(
        {
            "image_size": 64,
            "patch_size": 4,
            "embed_dim": 16,
            "window_size": 4,
            "depths": [1, 1],
            "num_heads": [2, 2],
        },
        "ViTImageProcessor",
        _SQUASHED,
        prefix=0,
    ),
    "convnext": Family(
        _STAGES, "ConvNextImageProcessor", {"size": {"shortest_edge": 64}, "crop_pct": 0.875}
    ),
    "resnet": Family(
        {**_STAGES, "embedding_size": 8, "layer_type": "basic"},
        "ConvNextImageProcessor",
        {"size": {"shortest_edge": 64}, "crop_pct": 0.8},
    ),
    "regnet": Family(
        {**_STAGES, "embedding_size": 8, "groups_width": 4},
        "ConvNextImageProcessor",
        {"size": {"shortest_edge": 64}},
    ),
    "mobilevit": Family(
        {
            "image_size": 64,
            "hidden_sizes": [16, 24, 32],
            "num_attention_heads": 2,
            "neck_hidden_sizes": [8, 8, 16, 24, 32, 32, 64],
        },
        "MobileViTImageProcessor",
        _CROPPED,
    ),
    "efficientnet": Family(
        {
            "image_size": 64,
            "width_coefficient": 0.25,
            "depth_coefficient": 0.3,
            "hidden_dim": 320,
        },
        "EfficientNetImageProcessor",
        {**_SQUASHED, "resample": 0, "image_std": [0.48, 0.44, 0.47]},
    ),
    "dinov2": Family(
        {**_VIT, "patch_size": 14, "image_size": 56},
        "BitImageProcessor",
        {"size": {"shortest_edge": 80}, "crop_size": {"height": 70, "width": 70}},
        side=70,
        prefix=1,
    ),
    "hiera": Family(
        {
            "embed_dim": 16,
            "image_size": [64, 64],
            "depths": [1, 1],
            "num_heads": [1, 2],
            "masked_unit_size": [4, 4],
            "num_query_pool": 1,
            "initial_num_heads": 1,
        },
        "BitImageProcessor",
        _CROPPED,
    ),
    "siglip": Family(
        {"vision_config": _VIT, "text_config": TEXT}, "SiglipImageProcessor", _SQUASHED, prefix=0
    ),
}


def model_of(family: str, **changes: Any) -> nn.Module:
    """A network with seeded weights that tells pictures apart."""
    library = transformers()
    case = FAMILIES[family]
    config = library.CONFIG_MAPPING[family].from_dict({**case.config, "id2label": NAMES} | changes)
    listed = library.MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING[type(config)]
    kinds = listed if isinstance(listed, tuple) else (listed,)
    kind = next(kind for kind in kinds if case.kind in {"", kind.__name__})
    channels = getattr(config, "num_channels", 3)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        network: nn.Module = kind(config)
        for name, parameter in network.named_parameters():
            if parameter.dim() > 1 and "embed" not in name:
                nn.init.normal_(parameter, std=1.5 / max(parameter[0].numel(), 1) ** 0.5)
            elif parameter.dim() == 1 and name.endswith("weight"):
                nn.init.ones_(parameter)
        # Statistics of noise, so that pictures do not vanish in normalisations of new networks.
        network.train()
        for _ in range(20):
            with torch.no_grad():
                network(torch.rand(4, channels, case.side, case.side) * 2 - 1)
    return network.eval()


def processor_of(family: str) -> Any:
    """The family's image processor, which resizes with Pillow as camviewer does."""
    case = FAMILIES[family]
    return getattr(transformers(), f"{case.processor}Pil")(**case.options)


def folder_of(family: str, place: Path, *, shards: str = "10GB", **changes: Any) -> Path:
    """The folder that ``save_pretrained`` writes."""
    model_of(family, **changes).save_pretrained(place, max_shard_size=shards)
    processor_of(family).save_pretrained(place)
    return place
