"""The start: what is imported when, so that the window is up before the model."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

from PySide6.QtCore import QEvent

from camviewer.ui.app.launch import open_window
from camviewer.ui.state.settings import Settings
from tests.ui.conftest import wait_for_map

ROOT = Path(__file__).resolve().parents[3]
WITHOUT_WHAT_TAKES_LONG = """
import sys
for name in ("torch", "torchvision", "timm", "numpy", "PIL", "cmap", "PySide6.QtNetwork"):
    sys.modules[name] = None  # an import of it fails
from camviewer.ui.app.launch import make_application, open_window
app = make_application()
window = open_window()
print(window.isVisible(), window.trust_dock.widget(), window.structure_dock.widget())
window.close()
"""
AFTER_THE_MAP = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from camviewer.ui.app.launch import make_application, open_window
app = make_application()
window = open_window([Path(sys.argv[1])])
def look():
    if window.exploration.explanation is not None:
        print(sorted({"torch", "torchvision", "timm", "PySide6.QtNetwork"} & set(sys.modules)))
        window.close()
        app.quit()
waiting = QTimer()
waiting.timeout.connect(look)
waiting.start(50)
app.exec()
"""


def run(script: str, tmp_path: Path, *arguments: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_window_comes_up_without_what_takes_long_to_import_or_make(tmp_path) -> None:
    assert run(WITHOUT_WHAT_TAKES_LONG, tmp_path) == "True None None"


def test_a_window_that_is_gone_leaves_no_picture_and_no_thread_behind(
    qtbot, qapp, settings_folder, new_cache, cat
) -> None:
    before = threading.active_count()
    Settings().set_second_engine(False)
    window = open_window([cat], new_cache())
    wait_for_map(qtbot, window, "chelsea.png")
    kept = [weakref.ref(part) for part in (window.exploration.picture, window.exploration)]
    window.close()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del window
    gc.collect()
    assert [part() for part in kept] == [None, None]
    assert threading.active_count() == before


def test_the_embedded_model_needs_neither_torchvision_nor_timm(tmp_path, cat) -> None:
    assert run(AFTER_THE_MAP, tmp_path, cat) == "['torch']"
