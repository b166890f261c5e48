"""The commands that tell something: about the program, the keys, the log."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from camviewer.engine.support import folders
from camviewer.ui.state import ModelChoice
from camviewer.ui.style import tr


class HelpCommands(QObject):
    """Opens windows of words.

    Args:
        window: their parent.
        models: the model that is asked.
    """

    def __init__(self, window: QWidget, models: ModelChoice) -> None:
        super().__init__(window)
        self._window = window
        self._models = models

    def show_about(self) -> None:
        """Tells what the program is."""
        from camviewer.ui.help import about_text, show_text  # noqa: PLC0415  (start-up)

        ready = self._models.ready
        devices = () if ready is None else ready.devices
        show_text(self._window, tr("About camviewer"), about_text(devices))

    def show_shortcuts(self) -> None:
        """Lists the keys."""
        from camviewer.ui.help import ShortcutsSheet  # noqa: PLC0415  (start-up)
        from camviewer.ui.window.actions import shortcut_rows  # noqa: PLC0415

        sheet = ShortcutsSheet(shortcut_rows(), self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def show_vgg_page(self) -> None:
        """Tells why CAM is not defined for every model."""
        from camviewer.ui.help import show_vgg_page  # noqa: PLC0415  (start-up)

        show_vgg_page(self._window)

    def start_self_test(self) -> None:
        """Tries every part of the program."""
        from camviewer.ui.help import SelfTestDialog  # noqa: PLC0415  (start-up)

        SelfTestDialog(self._window).start()

    def show_log(self) -> None:
        """Opens the folder of the log file."""
        from camviewer.ui.widgets import show_folder  # noqa: PLC0415  (start-up)

        folder = folders.log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        show_folder(folder, self._window)
