"""Describes a loaded network: classifier, forward pass, layers, heads, and registration."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.network.classifier import Classifier
    from camviewer.engine.network.devices import find_device, list_devices
    from camviewer.engine.network.embedded import IDENTIFIER, load_embedded
    from camviewer.engine.network.forward import Forward
    from camviewer.engine.network.grid_layers import (
        fixed_batch,
        mixes_globally,
        outputs_watched,
        whole_batch,
    )
    from camviewer.engine.network.input_tensor import in_order, picture_tensor
    from camviewer.engine.network.interruption import interruptible
    from camviewer.engine.network.layouts import Arrangement, Layout, layout_of
    from camviewer.engine.network.measured_offsets import measure_offset
    from camviewer.engine.network.module_copies import copy_sharing_tensors, replace_module
    from camviewer.engine.network.offset_store import OffsetStore
    from camviewer.engine.network.out_of_memory import is_out_of_memory, release_memory
    from camviewer.engine.network.pooled_head import PooledHead
    from camviewer.engine.network.scores import Score
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "classifier": ["Classifier"],
            "devices": ["find_device", "list_devices"],
            "embedded": ["IDENTIFIER", "load_embedded"],
            "forward": ["Forward"],
            "grid_layers": ["fixed_batch", "mixes_globally", "outputs_watched", "whole_batch"],
            "input_tensor": ["in_order", "picture_tensor"],
            "interruption": ["interruptible"],
            "layouts": ["Arrangement", "Layout", "layout_of"],
            "measured_offsets": ["measure_offset"],
            "module_copies": ["copy_sharing_tensors", "replace_module"],
            "offset_store": ["OffsetStore"],
            "out_of_memory": ["is_out_of_memory", "release_memory"],
            "pooled_head": ["PooledHead"],
            "scores": ["Score"],
        },
    )

__all__ = [
    "IDENTIFIER",
    "Arrangement",
    "Classifier",
    "Forward",
    "Layout",
    "OffsetStore",
    "PooledHead",
    "Score",
    "copy_sharing_tensors",
    "find_device",
    "fixed_batch",
    "in_order",
    "interruptible",
    "is_out_of_memory",
    "layout_of",
    "list_devices",
    "load_embedded",
    "measure_offset",
    "mixes_globally",
    "outputs_watched",
    "picture_tensor",
    "release_memory",
    "replace_module",
    "whole_batch",
]
