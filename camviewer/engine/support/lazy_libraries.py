"""torchvision, timm and ONNX Runtime, imported when something first needs them: it takes seconds.

PyPI's torchvision for Linux is compiled for CUDA. Beside a build of torch for the processor alone
its library of operators cannot be loaded, and ``import torchvision`` fails where it registers what
belongs to them: "operator torchvision::nms does not exist". timm imports torchvision, too. No
network for classification calls these operators, so here they are declared without being there.

Both import torch's compiler, which takes a second and 150 MB, for the sake of detectors and of one
layer that must not be compiled. Nothing is compiled here, so they are imported without it.

ONNX Runtime, from 1.32 on, keeps a number for the computer in the user's cache folder and sends
statistics of its use, from the moment when it is imported; here it is told not to.
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
"""What ``import torchvision`` asks for by name, with its signature there."""

_COMPILER = "torch._dynamo.utils"

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
"""What keeps transformers, and the hub's client within it, from opening a socket."""

_NO_STATISTICS = "ORT_DISABLE_TELEMETRY"

_one_at_a_time = threading.Lock()
_declared: list[Any] = []
"""Declarations hold as long as these objects."""


def torchvision() -> ModuleType:
    """The library, whose ``models`` can be built even where its compiled operators are not there.

    Raises:
        ImportError: it is not installed.
        RuntimeError: it does not go with the installed torch for another reason.
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
    """The library, which neither writes nor sends statistics of its use.

    Raises:
        ImportError: it is not installed.
    """
    os.environ[_NO_STATISTICS] = "1"
    return importlib.import_module("onnxruntime")


def transformers() -> ModuleType:
    """The library, which asks nobody for anything and reports to nobody.

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
    """Has what is imported meanwhile find stand-ins for the two things it asks the compiler for.

    Whoever asks for anything else, then or later, is given the compiler.
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
    """Declares the operators that are not there; False when none is missing."""
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
    """Parts of torchvision that were imported before it failed would not find each other again."""
    for name in [name for name in sys.modules if name.startswith(f"{_NAMESPACE}.")]:
        del sys.modules[name]
