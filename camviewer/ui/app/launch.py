"""Opens the window."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support import folders, log_file, resource
from camviewer.ui.app.application import Application
from camviewer.ui.app.first_paint import FirstPaint
from camviewer.ui.state import Settings
from camviewer.ui.style import theme, tr, use_language
from camviewer.ui.window import MainWindow
from camviewer.ui.work import ModelClient
from camviewer.ui.work.model_queries import PrepareTorch
from camviewer.version import __version__

_log = logging.getLogger(__name__)

_REPORTS_AFTER_MS = 500
"""Delay in ms of the question about a crash; because the window is to be seen first."""

_SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that runs Python must let others run; because one event needs the
interpreter many times, and would wait for each with Python's own 5 ms."""

if TYPE_CHECKING:
    from camviewer.ui.app.single_instance import InstanceServer
    from camviewer.ui.work.model_cache import ModelCache


def run_window(paths: Sequence[Path] = (), *, alone: bool = False) -> int:
    """Opens the window, and the pictures in it; returns the exit code when it is closed.

    Args:
        paths: what to open.
        alone: neither hand them to a window that is open, nor take any from a later start.
    """
    lock: QLockFile | None = None
    if not alone:
        from camviewer.ui.app.single_instance import (  # noqa: PLC0415  (local sockets)
            hand_over,
            starting,
        )

        lock = starting()
        if hand_over(paths):
            return 0
    app = make_application()
    window = open_window(paths, tour=True)
    app.asked.connect(window.open_paths)
    if lock is not None:
        QTimer.singleShot(0, partial(_take_later_starts, window, lock))
    QTimer.singleShot(_REPORTS_AFTER_MS, lambda: _offer_reports(window))
    signal.signal(signal.SIGINT, lambda *_: window.close())
    # Python sees a signal only while it runs; an idle Qt loop does not.
    heartbeat = QTimer(window)
    heartbeat.start(500)
    heartbeat.timeout.connect(lambda: None)
    return app.exec()


def _offer_reports(window: MainWindow) -> None:
    from camviewer.ui.app.crash_notice import offer_reports  # noqa: PLC0415  (start-up)

    offer_reports(window)


def _ask_for_a_fresh_start(settings: Settings, error: Exception) -> bool:
    from camviewer.ui.app.crash_notice import offer_a_fresh_start  # noqa: PLC0415  (start-up)

    return offer_a_fresh_start(settings, error)


def _take_later_starts(window: MainWindow, lock: QLockFile) -> None:
    take_later_starts(window)
    lock.unlock()  # from now on a start finds this window


def make_application() -> Application:
    """The application object, dressed."""
    app = QApplication.instance() or Application(sys.argv[:1])
    assert isinstance(app, Application)  # noqa: S101
    app.setApplicationName("camviewer")
    app.setApplicationDisplayName("camviewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("camviewer")
    use_language(app, Settings().language)
    icon = QIcon()
    for path in resource("icons", "app").glob("camviewer-*.png"):
        icon.addFile(str(path))
    app.setWindowIcon(icon)
    return app


def take_later_starts(window: MainWindow) -> InstanceServer:
    """Has the window open what later starts of the program are given."""
    from camviewer.ui.app.single_instance import InstanceServer  # noqa: PLC0415  (local sockets)

    server = InstanceServer(window)

    def show(paths: list[Path]) -> None:
        if paths:
            window.open_paths(paths)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    server.asked.connect(show)
    server.listen()
    return server


def open_window(
    paths: Sequence[Path] = (),
    cache: ModelCache | None = None,
    ask: Callable[[Settings, Exception], bool] = _ask_for_a_fresh_start,
    *,
    tour: bool = False,
) -> MainWindow:
    """Shows the window; the model is loaded once it is up.

    Args:
        paths: what is opened in it.
        cache: where models are taken from; a new, empty one when None.
        ask: called when no window could be made with the settings; whether to start without them.
        tour: whether the tour is shown where it never was.

    Raises:
        CamviewerError: no window could be made, and the user wants none without the settings.
    """
    settings = Settings()
    try:
        window = _shown_window(settings, cache)
    except Exception as error:
        _log.exception("no window could be made with the settings in %s", settings.path)
        if not settings.path.exists():
            raise
        if not ask(settings, error):
            raise CamviewerError(
                tr(
                    "No window could be made: {name}. Its settings are in {path}; the details are "
                    "in {log_file}."
                ).format(name=type(error).__name__, path=settings.path, log_file=log_file()),
                tr("Move the file of settings away, then start again."),
            ) from error
        copy = settings.set_aside()
        window = _shown_window(settings, cache)
        window.picture_area.notice.show_info(
            tr("Started without your settings."), tr("They are kept in {copy}.").format(copy=copy)
        )
    FirstPaint(window, lambda: _begin(window, paths, tour=tour))
    return window


def _begin(window: MainWindow, paths: Sequence[Path], *, tour: bool) -> None:
    """Begins with the model and the pictures.

    Imports of torch and numpy would take the interpreter from the window while it is being made;
    on the screen it waits for nothing more.
    """
    sys.setswitchinterval(_SWITCH_INTERVAL)
    window.model.start()
    window.model.ask(PrepareTorch())
    if tour:
        window.first_tour.offer(after_map=bool(paths))
    if paths:
        window.open_paths(list(paths))
    window.start()


def _shown_window(settings: Settings, cache: ModelCache | None) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101
    model = ModelClient(folders.offsets_folder(), cache=cache)
    theme.apply(app, settings.theme)
    window = MainWindow(settings, model)
    try:
        window.show()
    except BaseException:
        window.end_threads()
        raise
    return window
