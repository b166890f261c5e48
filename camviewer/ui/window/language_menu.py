"""The menu in which the language of the window is chosen."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from camviewer.ui.state import Settings
from camviewer.ui.style import mark, tr
from camviewer.ui.style.translation import LANGUAGES, SYSTEM

_AT_NEXT_START = {
    "en": "The window speaks English from the next start on.",
    "de": "Das Fenster spricht ab dem nächsten Start Deutsch.",
}
_AS_THE_SYSTEM = mark("The window speaks the language of the system from the next start on.")


def add_language_menu(view: QMenu, settings: Settings, owner: QWidget) -> QMenu:
    """Adds the choice of a language, which holds from the next start on.

    Args:
        view: the menu that gets it.
        settings: where the choice is kept.
        owner: the window, for the message that says when the choice holds.
    """
    title = tr("Language")
    # Who cannot read the window's language finds their own by this word.
    menu = view.addMenu(title if title == "Language" else f"{title} (Language)")
    group = QActionGroup(menu)
    for choice, text in ((SYSTEM, tr("As the system")), *LANGUAGES.items()):
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(choice == settings.language)
        action.triggered.connect(
            lambda _checked=False, choice=choice: _choose(choice, settings, owner)
        )
        group.addAction(action)
    return menu


def _choose(choice: str, settings: Settings, owner: QWidget) -> None:
    if choice == settings.language:
        return
    settings.set_language(choice)
    box = QMessageBox(owner)
    box.setIcon(QMessageBox.Icon.Information)
    box.setText(_AT_NEXT_START.get(choice) or tr(_AS_THE_SYSTEM))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.open()
