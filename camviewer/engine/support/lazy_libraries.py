"""Imports torchvision, timm, transformers and ONNX Runtime at their first use, which takes seconds.

PyPI's torchvision for Linux is compiled for CUDA. With a CPU build of torch its operator library
cannot be loaded, and ``import torchvision`` fails with "operator torchvision::nms does not exist".
timm imports torchvision as well. Classification networks do not call these operators, so this
module declares them without an implementation.

Both import torch's compiler, which takes a second and 150 MB, for detectors and for one layer that
must not be compiled. This program compiles nothing and imports them without it.

ONNX Runtime 1.32 and later stores an id of the computer in the user's cache folder and sends usage
statistics from its import on. This module disables that.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_log = logging.getLogger(__name__)

_NAMESPACE = "torchvision"
_OPERATORS = {
    name: f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
    for name in ("nms", "qnms")
}
"""Operators that ``import torchvision`` needs by name, with their signatures."""

_COMPILER = "torch._dynamo.utils"

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
"""Environment variables that stop transformers and its hub client from opening sockets."""

_NO_STATISTICS = "ORT_DISABLE_TELEMETRY"

_one_at_a_time = threading.Lock()
_declared: list[Any] = []
"""Operator declarations, which are valid as long as these objects exist."""


def torchvision() -> ModuleType:
    """torchvision, whose ``models`` work even without its compiled operators.

    Raises:
        ImportError: it is not installed.
        RuntimeError: it does not fit the installed torch for another reason.
    """
    with _one_at_a_time, _without_the_compiler():
        try:
            return importlib.import_module(_NAMESPACE)
        except RuntimeError as error:
            if not _declare_missing_operators():
                raise
            _log.warning(
                "torchvision's compiled operators cannot be loaded beside this torch (%s);"
                " classifiers do without them",
                error,
            )
            return importlib.import_module(_NAMESPACE)


def timm() -> ModuleType:
    """The library.

    Raises:
        ImportError: it is not installed.
    """
    torchvision()
    with _one_at_a_time, _without_the_compiler():
        return importlib.import_module("timm")


def onnxruntime() -> ModuleType:
    """ONNX Runtime with usage statistics disabled.

    Raises:
        ImportError: it is not installed.
    """
    os.environ[_NO_STATISTICS] = "1"
    return importlib.import_module("onnxruntime")


def transformers() -> ModuleType:
    """transformers in offline mode.

    Raises:
        ImportError: it is not installed.
    """
    os.environ |= _OFFLINE
    torchvision()
    with _one_at_a_time:
        library = importlib.import_module("transformers")
        library.logging.set_verbosity_error()
        library.logging.disable_progress_bar()
    return library


@contextmanager
def _without_the_compiler() -> Iterator[None]:
    """Replaces two functions of torch's compiler by stand-ins for imports inside the context.

    Access to any other attribute imports the compiler, inside the context or later.
    """
    import torch

    if _COMPILER in sys.modules:
        yield
        return

    def of_the_compiler(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        remove_stand_in()
        return getattr(importlib.import_module(_COMPILER), name)

    def is_compile_supported(device: object) -> Any:
        return of_the_compiler("is_compile_supported")(device)

    def disable(fn: Any = None, *_options: object, **_named: object) -> Any:
        return (lambda decorated: decorated) if fn is None else fn

    def remove_stand_in() -> None:
        if sys.modules.get(_COMPILER) is stand_in:
            del sys.modules[_COMPILER]

    stand_in: Any = ModuleType(_COMPILER)
    stand_in.is_compile_supported, stand_in.__getattr__ = is_compile_supported, of_the_compiler
    compiler: Any = torch.compiler
    real_disable = compiler.disable
    sys.modules[_COMPILER], compiler.disable = stand_in, disable
    try:
        yield
    finally:
        compiler.disable = real_disable
        remove_stand_in()


def _declare_missing_operators() -> bool:
    """Declares missing operators; False when none is missing."""
    import torch

    there = getattr(torch.ops, _NAMESPACE)
    missing = [signature for name, signature in _OPERATORS.items() if not hasattr(there, name)]
    if missing:
        library: Any = torch.library  # which has no types
        fragment = library.Library(_NAMESPACE, "FRAGMENT")
        for signature in missing:
            fragment.define(signature)
        _declared.append(fragment)
        _forget_half_an_import()
    return bool(missing)


def _forget_half_an_import() -> None:
    """Removes modules of torchvision after a failed import, because a retry would not work."""
    for name in [name for name in sys.modules if name.startswith(f"{_NAMESPACE}.")]:
        del sys.modules[name]
