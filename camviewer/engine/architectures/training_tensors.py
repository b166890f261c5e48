"""What training keeps beside a network, told by the names of the tensors."""

from __future__ import annotations

import re
from collections.abc import Mapping

_AUXILIARY = re.compile(r"(^|\.)(aux\w*|auxiliary\w*|AuxLogits|head_dist)(\.|$)", re.IGNORECASE)
_TRAINING = re.compile(
    r"(^|\.)(\w*loss\w*|crit\w*|\w*metrics?\w*|\w*accuracy|(train|val|valid|test)_\w+|\w*auroc"
    r"|\w*f1|\w*confmat|optimi[sz]er\w*|scheduler\w*|n_averaged|num_updates|decay|initted"
    r"|class_weights?|pos_weight|op_threshs|global_step|epoch)(\.|$)",
    re.IGNORECASE,
)
_SELF_SUPERVISED = re.compile(
    r"(^|\.)(queue\w*|center$|\w*projector\w*|projection\w*|proj_head|prototypes?|mask_token"
    r"|encoder_[qk]|query_encoder|key_encoder|momentum_\w+"
    r"|last_layer\d*\.(weight_[gv]|parametrizations))(\.|$)",
    re.IGNORECASE,
)
_PREDICTOR = re.compile(r"(^|\.)(\w*predictor\w*|prediction\w*)(\.|$)", re.IGNORECASE)
"""Names of what training without labels puts behind a projector; some classifiers are called so."""
_DECODER = re.compile(r"(^|\.)decoder\w*(\.|$)", re.IGNORECASE)
_COPY = re.compile(
    r"(^|\.)(momentum_\w+|encoder_k|key_encoder|target\w*|teacher\w*|student\w*)(\.|$)"
)
_ROLE = re.compile(r"encoder_q|query_encoder|encoder_k|online\w*|target\w*|student\w*|teacher\w*")
_ADAPTER = re.compile(r"(^|\.)(lora_\w+|ia3_\w+|hada_\w+|lokr_\w+|oft_\w+|vera_\w+)(\.|$)")
_WRAPPERS = re.compile(r"(?<![^.])(_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\.")
_INPUT = re.compile(r"(^|\.)(mean|std|pixel_mean|pixel_std)$")


def plain_name(name: str) -> str:
    """A name without what ``torch.compile`` and sharded training put in between."""
    return _WRAPPERS.sub("", name)


def is_adapter(name: str) -> bool:
    """Whether a tensor is one of a low-rank adapter."""
    return bool(_ADAPTER.search(name))


def is_beside(name: str, shape: tuple[int, ...]) -> bool:
    """Whether a tensor outside the body is none of the head's: a loss, a metric, a counter."""
    return _is_of_training(name, shape) or any(
        pattern.search(name) for pattern in (_SELF_SUPERVISED, _COPY)
    )


def _is_of_training(name: str, shape: tuple[int, ...]) -> bool:
    return shape == () or any(pattern.search(name) for pattern in (_AUXILIARY, _TRAINING, _INPUT))


def is_role(part: str) -> bool:
    """Whether a part of a name tells which of two copies of a network it is."""
    return bool(_ROLE.fullmatch(part))


def is_decoder(name: str) -> bool:
    """Whether a tensor outside the body may make a picture of its features."""
    return bool(_DECODER.search(name))


def is_self_supervised(shapes: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether the tensors are those of training without labels, whose heads give no classes.

    A predictor alone is a classifier's name, too.
    """
    names = [name for name, shape in shapes.items() if not _is_of_training(name, shape)]
    predictors = sum(bool(_PREDICTOR.search(name)) for name in names)
    return 0 < predictors < len(names) or any(_SELF_SUPERVISED.search(name) for name in names)
