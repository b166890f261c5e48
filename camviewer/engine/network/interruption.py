"""Ends a pass between two of its layers, when its answer is not wanted any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from torch import Tensor, nn

from camviewer.engine.support.cancellation import Cancellation


@contextmanager
def interruptible(cancellation: Cancellation) -> Iterator[None]:
    """Lets a pass end between two of its layers when the work was told to end.

    So does the way back through a graph that was made in it, however much later that is.
    """
    own_thread = threading.get_ident()

    def poll(_module: nn.Module, _inputs: object) -> None:
        if threading.get_ident() == own_thread:
            cancellation.check()

    def poll_on_the_way_back(_module: nn.Module, _inputs: object, output: object) -> None:
        is_ours = threading.get_ident() == own_thread
        if is_ours and isinstance(output, Tensor) and output.requires_grad:
            output.register_hook(lambda _gradient: cancellation.check())  # type: ignore[no-untyped-call]

    hooks = nn.modules.module
    handles = [
        hooks.register_module_forward_pre_hook(poll),
        hooks.register_module_forward_hook(poll_on_the_way_back),
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
