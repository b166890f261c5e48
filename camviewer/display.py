"""Whether a window can be opened here, found out before Qt would abort the program.

Qt ends the process when no display answers or when a library of its platform plugin is missing.
So both are tried first, by the very libraries that Qt uses.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from camviewer.engine.errors import CamviewerError

_WAY_OUT = "`camviewer explain PICTURE` does the same without a window."
_MISSING = re.compile(r"(lib[^\s:]+\.so[.\d]*): cannot open shared object file")
_SONAME = re.compile(r"(lib.+)\.so\.(\d+)")


def require_display() -> None:
    """Checks that Qt can show a window.

    Raises:
        CamviewerError: it cannot; the message says why.
    """
    if sys.platform in ("win32", "darwin"):
        _require_qt()
        return
    platforms = _platforms_chosen()
    platforms = platforms or [name for name in _PROBES if os.environ.get(_VARIABLES[name])]
    if not platforms:
        raise CamviewerError("There is no display to open the window on.", _WAY_OUT)
    reasons = [_reason_against(platform) for platform in platforms]
    if all(reasons):
        raise CamviewerError(f"The window cannot be opened: {reasons[0]}.", _WAY_OUT)
    _require_qt()


def _platforms_chosen() -> list[str]:
    """What the user told Qt to use, for example ``xcb`` or ``offscreen``; mostly nothing."""
    words = os.environ.get("QT_QPA_PLATFORM", "").split(";")
    return [re.split("[:-]", word)[0] for word in words if word]  # wayland-egl is wayland's


def _require_qt() -> None:
    try:
        import PySide6.QtWidgets  # noqa: F401, PLC0415  (the window needs all that this loads)
    except ImportError as error:
        raise CamviewerError(
            f"The window cannot be opened: {_library_reason(str(error))}.", _WAY_OUT
        ) from error


def _reason_against(platform: str) -> str:
    """Why a platform does not work here; empty when it does."""
    if platform in _PROBES and not _PROBES[platform]():
        variable = _VARIABLES[platform]
        display = os.environ.get(variable)
        if not display:
            return f"{variable} is not set"
        return f"the display {display} ({variable}) does not answer"
    folder = _plugin_folder()
    if folder is None:
        return ""  # a Qt that is not PySide6's own; it knows where its plugins are
    plugin = folder / f"libq{platform}.so"
    if not plugin.is_file():
        return f"this Qt has no platform {platform} (QT_QPA_PLATFORM)"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return _library_reason(str(error))
    return ""


def _plugin_folder() -> Path | None:
    if os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH") or os.environ.get("QT_PLUGIN_PATH"):
        return None
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms"
    return folder if folder.is_dir() else None


def _library_reason(words: str) -> str:
    """Names the library that the loader did not find, and the package that mostly has it."""
    found = _MISSING.search(words)
    if found is None:
        return f"Qt cannot be loaded ({words.strip().rstrip('.')})"
    library = found.group(1)
    package = _debian_package(library)
    where = f" (Debian and Ubuntu: apt install {package})" if package else ""
    return f"the system library {library} is missing{where}"


def _debian_package(library: str) -> str:
    """The package by Debian's rule for shared libraries: libxcb-cursor.so.0 is libxcb-cursor0."""
    found = _SONAME.fullmatch(library)
    if found is None:
        return ""
    name, version = found.group(1).lower(), found.group(2)
    return f"{name}-{version}" if name[-1].isdigit() else f"{name}{version}"


def _x11_answers() -> bool:
    """Connects to the X server as Qt would, with its address, its rights and all."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the plugin's own check names what is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    works = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return works


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name or not (Path(name).is_absolute() or os.environ.get("XDG_RUNTIME_DIR")):
        return False
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = (ctypes.c_char_p,)
    wayland.wl_display_disconnect.argtypes = (ctypes.c_void_p,)
    display = wayland.wl_display_connect(None)
    if display:
        wayland.wl_display_disconnect(display)
    return bool(display)


_PROBES: dict[str, Callable[[], bool]] = {"xcb": _x11_answers, "wayland": _wayland_answers}
_VARIABLES = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
