"""Imports torch on a worker thread without freezing other threads.

During ``import torch`` the dynamic loader and full garbage collections hold the interpreter lock
for half a second and more. This module loads the libraries by a ctypes call to ``dlopen``, which
releases the lock (``ctypes.CDLL(path)`` does not), and disables the collector during the import.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

_log = logging.getLogger(__name__)

_LIBRARIES = ("torch_global_deps", "torch_cpu", "torch_cuda", "torch_python")
_WANTED_MEANWHILE = (
    "cmap",
    "PIL.ImageCms",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.WebPImagePlugin",
)
"""Modules that other threads import while torch is loaded, to read a picture and draw colours.

They are imported first. The dynamic loader loads one library at a time, so such an import would
wait for torch's libraries with the interpreter lock held, which would freeze all threads.
"""

_SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that runs Python must let others run."""


def load_torch() -> None:
    """Imports torch; other threads wait for tens of milliseconds at most.

    A platform without ``dlopen`` uses a plain import, with longer waits.
    """
    if "torch" in sys.modules:
        return
    with others_may_run():
        for name in _WANTED_MEANWHILE:
            with suppress(ImportError):
                importlib.import_module(name)
        _preload_libraries()
        importlib.import_module("torch")


@contextmanager
def others_may_run() -> Iterator[None]:
    """Imports inside the context leave other threads the interpreter every half millisecond."""
    interval = sys.getswitchinterval()
    collects = gc.isenabled()
    known = len(sys.modules)
    gc.disable()
    sys.setswitchinterval(_SWITCH_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        # What was imported lives as long as the program, so later collections can skip it. They
        # skip everything else that is there now, too: so this is done for a real import alone.
        if len(sys.modules) > known:
            gc.freeze()
        if collects:
            gc.enable()


def _preload_libraries() -> None:
    spec = find_spec("torch")
    if os.name != "posix" or spec is None or spec.origin is None:
        return
    suffix = "dylib" if sys.platform == "darwin" else "so"
    folder = Path(spec.origin).parent / "lib"
    paths = [folder / f"lib{name}.{suffix}" for name in _LIBRARIES]
    paths = [path for path in paths if path.is_file()]
    for path in paths:
        _read_ahead(path)
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype = ctypes.c_void_p
    dlopen.argtypes = (ctypes.c_char_p, ctypes.c_int)
    for path in paths:
        # torch's own import, too, loads the first library with global symbols, the others without.
        mode = os.RTLD_GLOBAL if "global_deps" in path.name else os.RTLD_LOCAL
        if not dlopen(os.fsencode(path), os.RTLD_LAZY | mode):
            _log.info("%s was not loaded ahead", path.name)
            return


def _read_ahead(path: Path) -> None:
    """Asks the system to read a file into its cache, which matters after a reboot."""
    if not hasattr(os, "posix_fadvise"):
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_WILLNEED)
    finally:
        os.close(descriptor)
