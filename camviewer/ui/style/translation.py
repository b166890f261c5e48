"""Says the window's texts in the language that the user chose.

The texts stand in the source in English, each as a whole sentence with named places, within
``tr("Save {name}").format(name=name)``. ``scripts/translations.py`` collects them into
``resources/translations``, where the German is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from camviewer.engine.support import resource

SYSTEM = "system"
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""The languages of the window by their codes, each in its own words."""

_VARIABLE = "CAMVIEWER_LANGUAGE"
"""Goes before the setting: a language for one start."""
_CONTEXT = ""
"""The only one: lupdate gives it to what is translated by a function."""
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
"""Stands between thousands where the comma is the decimal point."""

_shown = [ENGLISH]
"""Code of the language that the window speaks."""


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """The text in the window's language, with its named places still to be filled.

    Called when the text is shown, never while a module is imported: the language comes later.

    Args:
        text: in English, as a literal, or one that was marked by ``mark``; never an f-string.
        comment: tells texts apart that are the same in English alone.
        n: the number that decides between singular and plural, which takes the place ``{n}``.
            The text has both in one then: ``tr("{n} picture(s)", "", count)``.
    """
    said = QCoreApplication.translate(_CONTEXT, text, comment, n)
    return said if n < 0 else said.replace("{n}", whole(n))


def mark(text: str, _comment: str = "") -> str:
    """Gives the text itself, for a table that is made at import; ``tr`` translates it later."""
    return text


def whole(number: int) -> str:
    """Gives ``12,345``, with a thin space in languages in which the comma is the decimal point.

    Decimals have a point in every language, as in the tables and files that the program writes: a
    number on screen can be looked for in them.
    """
    return f"{number:,}".replace(",", "," if _shown[0] == ENGLISH else THIN_SPACE)


def shown_language() -> str:
    """Code of the language that the window speaks."""
    return _shown[0]


def use_language(app: QCoreApplication, choice: str) -> Callable[[], None]:
    """Has the window, and what Qt adds to it, speak a language from now on.

    What is on screen already keeps its words. Numbers are typed and shown with a point.

    Args:
        app: the application.
        choice: a code of ``LANGUAGES``, or ``system``.

    Returns:
        A function that takes the language back.
    """
    chosen = os.environ.get(_VARIABLE, choice)
    code = chosen if chosen in LANGUAGES else _systems_language()
    before, _shown[0] = _shown[0], code
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    files = [(str(resource("translations")), f"camviewer_{code}.qm")]
    if code != ENGLISH:
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        files.insert(0, (qt, f"qtbase_{code}.qm"))
    translators = [_install(app, folder, name) for folder, name in files]
    return partial(_take_back, app, translators, before)


def _systems_language() -> str:
    """The first language of the system that the window speaks."""
    codes = (name.replace("_", "-").partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in codes if code in LANGUAGES), ENGLISH)


def _install(app: QCoreApplication, folder: str, name: str) -> QTranslator:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
    return translator


def _take_back(app: QCoreApplication, translators: list[QTranslator], before: str) -> None:
    for translator in translators:
        app.removeTranslator(translator)
    _shown[0] = before
