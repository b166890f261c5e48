"""The look of the window: colours, fonts, palette, style sheet and icons, light and dark.

Start with ``theme.apply(app, Choice.SYSTEM)`` once, before any widget is made; call it again to
change the choice. Afterwards everything restyles itself; widgets that paint by hand read
``current_tokens()`` in their ``paintEvent`` and connect ``theme.notifier().changed`` to
``update``. Icons given by ``set_icon`` follow by themselves.

How a widget asks for its look (set the property before the widget is first shown, or call
``restyle(widget)`` afterwards):

========================  =====================================================================
``QLabel``                ``role="muted"``: grey, 13 px. ``role="hint"``: grey, 12 px.
                          ``role="head"``: section head, 11 px small caps, grey.
                          ``role="title"``: 22 px, for the empty state. ``role="key"``: a key cap.
``QPushButton``           plain, ``kind="primary"`` (filled accent), ``kind="ghost"`` (no border
                          until the pointer is over it)
                          ``kind="judge"``: words at the left, with room for a key cap
``QToolButton``           is always a ghost: an icon without a border
``QPushButton`` or        ``segment="first"``, ``"middle"``, ``"last"`` or ``"only"``: one part
``QToolButton``           of a segmented control (checkable, exclusive, layout spacing 0)
``QWidget``/``QFrame``    ``kind="panel"``: the panels' background. ``kind="card"``: panel with
                          a border and round corners. ``kind="canvas"``: behind the picture.
                          ``kind="well"``: a frame like a list's, for what stands in its place.
                          ``kind="line"``: a hairline (a ``QFrame`` of 1 px, give it its size).
views                     ``kind="plain"``: a list or tree without a frame, on the panel
========================  =====================================================================

A ``QComboBox`` is passed to ``style_combo`` once, for its list to look like a menu.

``icon(name, role, size)`` and ``set_icon(target, name, role, size)`` take Lucide's names; the role
is the name of a colour of ``Tokens`` (``text``, ``muted``, ``accent``, ``on_accent``, ...).
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QComboBox, QStyledItemDelegate, QWidget
from shiboken6 import isValid

from camviewer.engine.support import resource


class Choice(StrEnum):
    """Which of the two looks is wanted."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Tokens:
    """The colours of one look, as ``#rrggbb``."""

    dark: bool
    window: str
    panel: str
    canvas: str
    field: str
    line: str
    control_line: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    hover: str
    bar: str
    right: str
    wrong: str

    def colour(self, role: str, alpha: int = 255) -> QColor:
        """The named colour, with an alpha of 0 to 255."""
        colour = QColor(getattr(self, role))
        colour.setAlpha(alpha)
        return colour


LIGHT = Tokens(
    dark=False,
    window="#f5f6f7",
    panel="#ffffff",
    canvas="#e3e5e8",
    field="#ffffff",
    line="#d9dce0",
    control_line="#d9dce0",
    text="#1d2125",
    muted="#5d6670",
    disabled="#a3aab2",
    accent="#0b6bcb",
    accent_hover="#095cb0",
    on_accent="#ffffff",
    selected="#e6f0fa",
    hover="#f0f2f4",
    bar="#a9cdf0",
    right="#1a7340",
    wrong="#b3261e",
)
DARK = Tokens(
    dark=True,
    window="#1b1d20",
    panel="#232629",
    canvas="#141618",
    field="#1b1d20",
    line="#34383d",
    control_line="#34383d",
    text="#e8eaed",
    muted="#9aa3ad",
    disabled="#5c646c",
    accent="#5aa9f5",
    accent_hover="#7abaf8",
    on_accent="#0b1a2a",
    selected="#1d3147",
    hover="#2c3035",
    bar="#2f5f8f",
    right="#6bcb93",
    wrong="#ff9a8f",
)


class Notifier(QObject):
    """Tells those who paint by hand that the look has changed.

    Signals:
        changing: from now until ``changed`` every widget is restyled.
        changed: the new look is in force.
    """

    changing = Signal()
    changed = Signal()


class _TakesIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


class _State:
    """The look in force; there is one application, so there is one of these."""

    def __init__(self) -> None:
        self.choice = Choice.SYSTEM
        self.tokens = LIGHT
        self.notifier = Notifier()
        self.listening = False
        self.icons: list[tuple[weakref.ref[Any], str, str, int]] = []


@lru_cache(maxsize=1)
def _state() -> _State:
    return _State()


def notifier() -> Notifier:
    """Its signal ``changed`` comes after the look has changed."""
    return _state().notifier


def current_tokens() -> Tokens:
    """The colours in force."""
    return _state().tokens


def apply(app: QApplication, choice: Choice | str = Choice.SYSTEM) -> None:
    """Gives the whole application its look, and follows the system when that is the choice."""
    state = _state()
    state.choice = Choice(choice)
    hints = app.styleHints()
    if not state.listening:
        state.listening = True
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(_follow_system)
    # Also makes what the system draws (title bar, native dialogs) follow the choice.
    schemes = {Choice.LIGHT: Qt.ColorScheme.Light, Choice.DARK: Qt.ColorScheme.Dark}
    hints.setColorScheme(schemes.get(state.choice, Qt.ColorScheme.Unknown))
    _dress(app)


def style_combo(combo: QComboBox) -> None:
    """Gives a combo box's list the rows of the style sheet, which Qt's own delegate ignores."""
    combo.setItemDelegate(QStyledItemDelegate(combo))


def restyle(widget: QWidget) -> None:
    """Makes a widget look as its properties say, after one of them was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _follow_system() -> None:
    app = QApplication.instance()
    if _state().choice is Choice.SYSTEM and isinstance(app, QApplication):
        _dress(app)


def _dress(app: QApplication) -> None:
    from camviewer.ui.style.style_sheet import style_sheet  # noqa: PLC0415  (it reads our Tokens)

    state = _state()
    tokens = _wanted_tokens(state.choice)
    sheet = style_sheet(tokens)
    if tokens is state.tokens and app.styleSheet() == sheet:
        return
    state.tokens = tokens
    state.notifier.changing.emit()
    # Where one sheet replaces another, Qt restyles each widget once for every one around it; a
    # first sheet restyles it twice in all.
    app.setStyleSheet("")
    app.setPalette(_palette(tokens))
    app.setFont(font())
    app.setStyleSheet(sheet)
    _recolour_icons()
    state.notifier.changed.emit()


def _wanted_tokens(choice: Choice) -> Tokens:
    if choice is Choice.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice is Choice.DARK else LIGHT


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.panel,
        role.Base: tokens.field,
        role.AlternateBase: tokens.window,
        role.Button: tokens.panel,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.selected,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Mid: tokens.line,
        role.Midlight: tokens.line,
        role.Light: tokens.hover,
        role.Dark: tokens.line,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.disabled))
    return palette


def font(
    pixels: int = 13, weight: QFont.Weight = QFont.Weight.Normal, *, spaced: bool = False
) -> QFont:
    """The system's interface font with tabular figures: 13 body, 12 hints, 11 heads."""
    face = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    face.setPixelSize(pixels)
    face.setWeight(weight)
    face.setFeature(QFont.Tag("tnum"), 1)
    if spaced:
        face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
    return face


def icon(name: str, role: str = "text", size: int = 16) -> QIcon:
    """A Lucide icon in the colours in force; ``set_icon`` keeps it so when they change.

    Without a name it is blank, and keeps the place of an icon free.
    """
    if not name:
        return QIcon(_blank(size))
    tokens = current_tokens()
    made = QIcon()
    for ratio in sorted({1.0, 2.0, _sharpest()}):  # the sharpest screen's
        normal = icon_pixmap(name, tokens.colour(role), size, ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            made.addPixmap(normal, mode)
        disabled = icon_pixmap(name, tokens.colour("disabled"), size, ratio)
        made.addPixmap(disabled, QIcon.Mode.Disabled)
    return made


def _sharpest() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def icon_pixmap(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """A Lucide icon of ``size`` logical pixels, in one colour."""
    return _drawn(name, colour.name(), size, ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    source = _svg(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    side = round(size * ratio)
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def set_icon(target: _TakesIcon, name: str, role: str = "text", size: int = 16) -> None:
    """Gives a button or an action an icon that is recoloured whenever the look changes."""
    state = _state()
    state.icons = [entry for entry in state.icons if _alive(entry[0]) not in (None, target)]
    state.icons.append((weakref.ref(target), name, role, size))
    target.setIcon(icon(name, role, size))


def _blank(size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _recolour_icons() -> None:
    state = _state()
    state.icons = [entry for entry in state.icons if _alive(entry[0]) is not None]
    for reference, name, role, size in state.icons:
        target = _alive(reference)
        if target is not None:
            target.setIcon(icon(name, role, size))


def _alive(reference: weakref.ref[Any]) -> Any:
    """The target, unless Python or Qt has deleted it."""
    target = reference()
    return target if target is not None and isValid(target) else None
