"""torchvision: its operators lie in libraries that it loads by their paths.

Beside a torch for the processor alone, those of PyPI's build cannot be loaded; then they stay out.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from contents import modules_below
from PyInstaller import isolated

_PACKAGE = Path(find_spec("torchvision").origin).parent
_BESIDE = _PACKAGE.with_name("torchvision.libs")


@isolated.decorate
def _operators_load() -> bool:
    from camviewer.engine.support.lazy_libraries import torchvision

    return torchvision().extension._has_ops()


module_collection_mode = "pyz+py"
hiddenimports = modules_below("torchvision")
binaries = []
if _operators_load():
    binaries = [
        (str(path), "torchvision")
        for pattern in ("*.so", "*.pyd", "*.dylib", "*.dll")
        for path in sorted(_PACKAGE.glob(pattern))
    ]
    if _BESIDE.is_dir():
        binaries += [(str(path), "torchvision.libs") for path in sorted(_BESIDE.iterdir())]
bindepend_symlink_suppression = ["**/torchvision.libs/*", "**/torchvision/*"]
