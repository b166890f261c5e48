"""Ends a pass between two layers after a cancellation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from torch import Tensor, nn

from camviewer.engine.support.cancellation import Cancellation


@contextmanager
def interruptible(cancellation: Cancellation) -> Iterator[None]:
    """Polls the cancellation between the layers of every pass inside the context.

    Backward passes through graphs that were recorded inside it poll as well, even later.
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
