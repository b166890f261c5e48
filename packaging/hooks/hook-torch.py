"""torch: all of its modules, its libraries where they look for each other, and CUDA's beside."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

_TORCH = Path(find_spec("torch").origin).parent
_SITE = _TORCH.parent
_LIBRARIES = ("*.so", "*.so.*", "*.dylib", "*.dll")


def _libraries(folder: Path) -> list[tuple[str, str]]:
    found = {path for pattern in _LIBRARIES for path in folder.rglob(pattern)}
    return [(str(path), str(path.parent.relative_to(_SITE))) for path in sorted(found)]


def _is_used(name: str) -> bool:
    unused = ("torch.testing", "torch.utils.benchmark", "torch.utils.tensorboard")
    return not name.startswith(unused)


module_collection_mode = "pyz+py"
warn_on_missing_hiddenimports = False
hiddenimports = collect_submodules("torch", filter=_is_used, on_error="ignore")
datas = collect_data_files("torch", excludes=["include/**", "share/**", "**/*.pyi"])
# torch's libraries find each other and CUDA's by paths relative to themselves.
binaries = _libraries(_TORCH / "lib")
if (_SITE / "nvidia").is_dir():
    binaries += _libraries(_SITE / "nvidia")
if (_TORCH / "bin" / "torch_shm_manager").is_file():
    binaries.append((str(_TORCH / "bin" / "torch_shm_manager"), "torch/bin"))
bindepend_symlink_suppression = ["**/torch/lib/*", "**/nvidia/**/*"]
