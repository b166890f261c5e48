"""Networks of transformers: built from a configuration and tensors, from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.lazy_libraries import transformers

_NEVER = (
    "auto_map",  # code of the folder
    "_name_or_path",
    "attn_implementation",  # may name code to be fetched
    "_attn_implementation",
    "_attn_implementation_internal",
    "trust_remote_code",
    "dtype",
    "torch_dtype",
    "use_pretrained_backbone",
    "custom_pipelines",
)
"""Keys of a configuration that are left out; because they name code, folders or kernels."""
_QUANTISED = "quantization_config"
_LARGEST = 1_000_000
_LONGEST = 2_000_000
_DEEPEST = 8
_MOST_LAYERS = 1000
_COUNTS = ("num_hidden_layers", "num_layers", "depth", "n_layers", "encoder_layers")
CLASSIFIER = "ForImageClassification"
"""Part of the class names of all networks with classes."""
_GRID = 4
_CLASSIFIER = ("classifier", "cls_classifier", "head", "fc", "score")


@dataclass(frozen=True, eq=False)
class Built:
    """A network of transformers with its weights.

    Attributes:
        network: (N, 3, h, w) in, logits (N, K) out; in eval mode, on the CPU.
        kind: the class of the network there, for example ``ViTForImageClassification``.
        left_out: tensors that the network does not have.
        headless: whether it gives features (N, F) in the place of logits.
    """

    network: nn.Module
    kind: str
    left_out: tuple[str, ...]
    headless: bool = False


def require_extra() -> None:
    """Checks that the library is installed.

    Raises:
        CamviewerError: it is not.
    """
    try:
        transformers()
    except ImportError as error:
        raise CamviewerError(
            "Models of Hugging Face's transformers need a package that is not installed.",
            'Install it: pip install "camviewer[transformers]"',
        ) from error


def plain_config(name: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration without what would run code, fetch files or fill the memory.

    Args:
        name: of the model, for sentences.
        config: as ``config.json`` has it.

    Raises:
        CamviewerError: it asks for what cannot be.
    """
    if config.get(_QUANTISED):
        raise CamviewerError(
            f"{name} is quantised, and numbers of few bits have no gradients.",
            "Choose the model from before the quantisation. See docs/models.md#quantised-weights.",
        )
    found = _plain(name, config, 1)
    assert isinstance(found, dict)  # noqa: S101  (a mapping becomes one)
    return found


def build(name: str, config: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Built:
    """The network of a configuration with these weights.

    Names that older versions of the library have given are understood. Nothing is read from disk.

    Args:
        name: of the model, for sentences.
        config: as ``plain_config`` gives it.
        tensors: by name as in the file.

    Raises:
        CamviewerError: the library does not know it, or the weights do not fit.
    """
    require_extra()
    library = transformers()
    kind = _class_of(name, library, config)
    headless = CLASSIFIER not in kind.__name__
    try:
        network, report = kind.from_pretrained(
            None,
            config=library.CONFIG_MAPPING[config["model_type"]].from_dict(dict(config)),
            state_dict=dict(tensors),
            attn_implementation="eager",
            dtype=torch.float32,
            output_loading_info=True,
            trust_remote_code=False,
        )
    except MemoryError as error:
        raise CamviewerError(
            f"There is not enough memory for {name}.", "Close other programs."
        ) from error
    except ImportError as error:
        words = " ".join(str(error).split())[:160]
        raise CamviewerError(
            f"{name} needs a package that is not installed: {words}",
            "Install that package, or export the model as ONNX where it was trained.",
        ) from error
    except OSError as error:
        raise CamviewerError(
            f"{name} cannot be built without files from elsewhere.",
            "Choose a model whose folder has everything that it needs.",
        ) from error
    except Exception as error:  # the library refuses a configuration in many ways
        words = " ".join(str(error).split())[:160]
        raise CamviewerError(
            f"{name} does not fit its config.json ({type(error).__name__}: {words}).",
            "Copy or download all files of the model again.",
        ) from error
    _require_whole(name, kind.__name__, report, headless=headless)
    network.register_forward_hook(_features if headless else _logits)
    left_out = tuple(sorted(str(key) for key in report["unexpected_keys"]))
    return Built(network.eval().requires_grad_(False), kind.__name__, left_out, headless)


def _features(_network: nn.Module, _inputs: object, output: Any) -> Tensor:
    """(N, F): what is pooled there, else the average of all cells or tokens."""
    pooled = getattr(output, "pooler_output", None)
    if isinstance(pooled, Tensor):
        return pooled.flatten(1)
    hidden: Tensor = output[0]
    return hidden.flatten(2).mean(2) if hidden.dim() == _GRID else hidden.mean(1)


def _logits(_network: nn.Module, _inputs: object, output: Any) -> Tensor:
    """What transformers returns beside the logits is left."""
    found = None if isinstance(output, tuple) else getattr(output, "logits", None)
    logits: Tensor = output[0] if found is None else found  # PP-LCNet gives its own another name
    return logits


def _class_of(name: str, library: Any, config: Mapping[str, Any]) -> Any:
    """The network's class: one of those that the library lists as image classifiers."""
    model_type = config.get("model_type")
    if model_type not in library.CONFIG_MAPPING:
        raise CamviewerError(
            f"{name} is of the kind {str(model_type)[:60]}, which the installed transformers does "
            "not know.",
            "Install a newer version of transformers, or export the model as ONNX.",
        )
    listed = library.MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING.get(
        library.CONFIG_MAPPING[model_type], ()
    )
    kinds = listed if isinstance(listed, tuple | list) else (listed,)
    bodies = library.MODEL_MAPPING.get(library.CONFIG_MAPPING[model_type], ()) if kinds else ()
    wanted = config.get("architectures") or ()
    for kind in (*kinds, *(bodies if isinstance(bodies, tuple | list) else (bodies,))):
        if kind.__name__ in wanted:
            return kind
    raise CamviewerError(
        f"{name} is no image classifier of transformers: it is of the kind "
        f"{', '.join(map(str, wanted))[:100] or model_type}.",
        f"Choose a folder whose config.json says ...{CLASSIFIER}, or the body of one.",
    )


def _require_whole(name: str, kind: str, report: Mapping[str, Any], *, headless: bool) -> None:
    missing = sorted(str(key) for key in report["missing_keys"])
    if headless:  # what a classifier takes instead of the pooler is often saved without it
        missing = [key for key in missing if not key.startswith("pooler.")]
    differing = sorted(str(key) for key in report["mismatched_keys"])
    if missing and all(key.partition(".")[0] in _CLASSIFIER for key in missing):
        raise CamviewerError(
            f"{name} is {kind} without its classifier ({missing[0]}): it gives features and no "
            "classes.",
            "Choose the weights of a trained classifier.",
        )
    wrong = missing or differing
    if wrong:
        few = ", ".join(wrong[:3]) + (f" and {len(wrong) - 3} more" if len(wrong) > 3 else "")
        words = "missing" if missing else "of another shape"
        raise CamviewerError(
            f"The weights of {name} do not fit {kind}: {few} "
            f"{'is' if len(wrong) == 1 else 'are'} {words}.",
            "Choose the weights that its config.json was written with.",
        )


def _plain(name: str, value: Any, depth: int) -> Any:
    if isinstance(value, Mapping) and depth <= _DEEPEST:
        kept = {key: item for key, item in value.items() if key not in _NEVER}
        for key in _COUNTS:
            if isinstance(kept.get(key), int) and not 0 <= kept[key] <= _MOST_LAYERS:
                raise _impossible(name, key)
        return {
            str(key): item if key == "label2id" else _plain(name, item, depth + 1)
            for key, item in kept.items()
        }
    if isinstance(value, list) and depth <= _DEEPEST and len(value) <= _LONGEST:
        return [_plain(name, item, depth + 1) for item in value]
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise _impossible(name, str(value)[:20])
    if isinstance(value, Mapping | list):
        raise _impossible(name, "lists within lists")
    return value


def _impossible(name: str, what: str) -> CamviewerError:
    return CamviewerError(
        f"The config.json of {name} asks for what cannot be ({what[:60]}).",
        "Copy or download it again.",
    )
