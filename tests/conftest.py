"""What every test stands on: no screen needed, and nothing of the user's is touched."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Set before anything imports Qt, torch or platformdirs, so that no module has seen anything else.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if "PYTEST_XDIST_WORKER" in os.environ:  # several processes share the processor
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

_HOME = Path(tempfile.mkdtemp(prefix="camviewer-tests-"))
_FOLDERS = {
    "HOME": "",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "USERPROFILE": "",
}
for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)


def pytest_unconfigure() -> None:
    """Removes the folders made for this run."""
    import shutil

    shutil.rmtree(_HOME, ignore_errors=True)
