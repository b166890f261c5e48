"""Makes networks faster on the processor."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.runtime.cpu.batchnorm_folding import FoldedNetwork, fold
    from camviewer.engine.runtime.cpu.sparse_linear_gradient import use_sparse_gradients
    from camviewer.engine.runtime.cpu.summed_gradients import (
        FlattenedLinear,
        SummedPass,
        find_flattened_linear,
    )
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "batchnorm_folding": ["FoldedNetwork", "fold"],
            "sparse_linear_gradient": ["use_sparse_gradients"],
            "summed_gradients": ["FlattenedLinear", "SummedPass", "find_flattened_linear"],
        },
    )

__all__ = [
    "FlattenedLinear",
    "FoldedNetwork",
    "SummedPass",
    "find_flattened_linear",
    "fold",
    "use_sparse_gradients",
]
