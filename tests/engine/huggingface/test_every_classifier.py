"""Every image classifier that transformers lists opens as what it is, or says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.support.lazy_libraries import transformers
from tests.engine.cheap_networks import cheaply_made
from tests.engine.conftest import CPU
from tests.engine.huggingface_folders import FAMILIES, TEXT

_VIT = dict(FAMILIES["vit"].config)
_STAGES = {"depths": [1, 1, 1, 1], "hidden_sizes": [8, 16, 24, 32]}
_TWO_TOWERS = {
    "vision_config": _VIT,
    "text_config": TEXT,
    "projection_dim": 16,
}
SMALL: dict[str, dict[str, Any]] = {
    **{name: dict(family.config) for name, family in FAMILIES.items()},
    "cvt": {"embed_dim": [16, 32, 64], "depth": [1, 2, 3], "num_heads": [1, 2, 2]},
    "data2vec-vision": {**_VIT, "out_indices": [1]},
    "dinov2_with_registers": _VIT,
    "donut-swin": {
        "image_size": 64,
        "embed_dim": 16,
        "depths": [1, 1],
        "num_heads": [2, 2],
        "window_size": 4,
    },
    "focalnet": {
        "image_size": 64,
        "embed_dim": 16,
        "depths": [1, 1],
        "focal_levels": [2, 2],
        "focal_windows": [3, 3],
    },
    "ijepa": _VIT,
    "imagegpt": {"n_embd": 32, "n_layer": 1, "n_head": 2, "n_positions": 64, "vocab_size": 17},
    "levit": {
        "hidden_sizes": [16, 32, 48],
        "num_attention_heads": [2, 2, 2],
        "depths": [1, 1, 1],
    },
    "metaclip_2": _TWO_TOWERS,
    "perceiver": {
        "num_latents": 16,
        "d_latents": 32,
        "qk_channels": 32,
        "v_channels": 32,
        "num_blocks": 1,
        "num_self_attends_per_block": 1,
        "num_self_attention_heads": 2,
        "num_cross_attention_heads": 2,
    },
    "pvt": {"image_size": 64, "num_attention_heads": [1, 1, 2, 2], **_STAGES},
    "segformer": _STAGES,
    "siglip": _TWO_TOWERS,
    "siglip2": {**_TWO_TOWERS, "vision_config": {**_VIT, "num_patches": 16}},
    "swiftformer": {"depths": [1, 1, 1, 1], "embed_dims": [16, 24, 32, 40]},
    "vit_msn": _VIT,
}
"""What differs from each kind's own configuration, so that it is small."""
FED_OTHERWISE = {"imagegpt", "siglip2", "shieldgemma2"}
WITHOUT_ITS_PACKAGE = {"dinat"}
TOO_LARGE = {"shieldgemma2"}


def kinds() -> list[tuple[str, str]]:
    names = transformers().models.auto.modeling_auto.MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING_NAMES
    return [
        (model_type, kind)
        for model_type, listed in names.items()
        for kind in (listed if isinstance(listed, tuple) else (listed,))
        if model_type not in TOO_LARGE | WITHOUT_ITS_PACKAGE
    ]


@pytest.mark.exhaustive
def test_all_of_them(data: Path, tmp_path: Path, subtests: pytest.Subtests) -> None:
    library = transformers()
    for model_type, kind in kinds():
        with subtests.test(kind):
            made = library.CONFIG_MAPPING[model_type]
            own = SMALL.get(model_type, SMALL.get(model_type.replace("-", "_"), {}))
            network = cheaply_made(
                lambda made=made, own=own, kind=kind: getattr(library, kind)(
                    made(**own, num_labels=3)
                )
            )
            network.save_pretrained(tmp_path / kind)
            if model_type in FED_OTHERWISE:
                with pytest.raises(CamviewerError, match="fed more than their pixels"):
                    import_checkpoint(tmp_path / kind)
                continue
            info = import_checkpoint(tmp_path / kind)
            picture = torch.rand(1, 3, *info.recipe.input_size)
            with torch.no_grad():
                expected = network(picture)
                found = load_pack(info, CPU).network(picture)
            logits = expected[0] if isinstance(expected, tuple) else next(iter(expected.values()))
            assert torch.allclose(found, logits, atol=1e-4 * max(1.0, float(logits.abs().max())))
