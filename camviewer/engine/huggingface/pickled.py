"""Networks of transformers that were pickled whole: told by their tensors and configuration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from camviewer.engine.checkpoints.pickled_modules import CLASS, ModuleTree
from camviewer.engine.companions.config_json import PROCESSOR, json_object
from camviewer.engine.errors import CamviewerError
from camviewer.engine.huggingface.folder import ModelFolder, is_of_pictures
from camviewer.engine.huggingface.network import require_extra
from camviewer.engine.support.lazy_libraries import transformers

_LIBRARY = "transformers.models."
_WRAPPER = "timm_wrapper"
"""Module of transformers that wraps a network of timm, which is known by its tensors."""


def pickled_classifier(path: Path, tree: ModuleTree) -> ModelFolder | None:
    """The model as a folder of transformers would have it; None when it is none of that library.

    Args:
        path: of its file.
        tree: its modules.

    Raises:
        CamviewerError: it is of that library and gives neither classes nor their features, or the
            library is not installed.
    """
    if not tree.kind.startswith(_LIBRARY) or f".{_WRAPPER}." in tree.kind:
        return None
    kind = tree.kind.rpartition(".")[2]
    if not is_of_pictures(kind):
        raise CamviewerError(
            f"{path.name} is {kind} of transformers, which is no image classifier.",
            "Choose a model whose class is called ...ForImageClassification.",
        )
    require_extra()
    config = _with_types(tree.config)
    if "model_type" not in config:
        raise CamviewerError(
            f"{path.name} is {kind} of transformers, and the installed version does not know its "
            "configuration.",
            'Where the model was trained, save it as a folder: model.save_pretrained("model").',
        )
    return ModelFolder(
        path.parent,
        (path,),
        {**config, "architectures": [kind]},
        json_object(path.parent / PROCESSOR) or {},
        path.name,
    )


def _with_types(config: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration with ``model_type``, which is an attribute of its class and not its own."""
    names = transformers().models.auto.configuration_auto.CONFIG_MAPPING_NAMES
    types = {name: model_type for model_type, name in reversed(names.items())}
    found = {
        key: _with_types(value) if isinstance(value, Mapping) and CLASS in value else value
        for key, value in config.items()
        if key != CLASS
    }
    model_type = types.get(str(config.get(CLASS)).rpartition(".")[2])
    return found if model_type is None else {**found, "model_type": model_type}
