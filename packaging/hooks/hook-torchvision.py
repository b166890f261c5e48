"""torchvision: its operators lie in libraries that it loads by their paths."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PyInstaller.utils.hooks import collect_submodules

_PACKAGE = Path(find_spec("torchvision").origin).parent
_BESIDE = _PACKAGE.with_name("torchvision.libs")

module_collection_mode = "pyz+py"
hiddenimports = collect_submodules("torchvision", on_error="ignore")
binaries = [
    (str(path), "torchvision")
    for pattern in ("*.so", "*.pyd", "*.dylib", "*.dll")
    for path in sorted(_PACKAGE.glob(pattern))
]
if _BESIDE.is_dir():
    binaries += [(str(path), "torchvision.libs") for path in sorted(_BESIDE.iterdir())]
bindepend_symlink_suppression = ["**/torchvision.libs/*", "**/torchvision/*"]
