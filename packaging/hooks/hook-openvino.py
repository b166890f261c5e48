"""OpenVINO: it finds its plugins and frontends by name, in the folder of its libraries."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PyInstaller.utils.hooks import collect_submodules

_PACKAGE = Path(find_spec("openvino").origin).parent
_LIBRARIES = _PACKAGE / "libs"

hiddenimports = [
    *collect_submodules("openvino._pyopenvino"),
    *collect_submodules("openvino.frontend.pytorch"),
    "openvino._offline_transformations",
]
binaries = [
    (str(path), "openvino/libs")
    for pattern in ("*.so", "*.so.*", "*.dylib", "*.dll")
    for path in sorted(_LIBRARIES.glob(pattern))
]
bindepend_symlink_suppression = ["**/openvino/libs/*"]
