"""The one style sheet of the window, made from the colours of the look in force."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camviewer.ui.style.theme import Tokens

_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 24 24" '
    'fill="none" stroke="{colour}" stroke-width="{stroke}" stroke-linecap="round" '
    'stroke-linejoin="round">{path}</svg>'
)
_CHEVRON_DOWN = '<path d="m6 9 6 6 6-6"/>'
_CHEVRON_UP = '<path d="m18 15-6-6-6 6"/>'
_CHEVRON_RIGHT = '<path d="m9 18 6-6-6-6"/>'
_CHECK = '<path d="M20 6 9 17l-5-5"/>'
_CLOSE = '<path d="M18 6 6 18"/><path d="m6 6 12 12"/>'
_FLOAT = '<rect width="16" height="16" x="4" y="4" rx="2"/>'
_DOT = '<circle cx="12" cy="12" r="4" fill="{colour}"/>'


@lru_cache(maxsize=2)
def style_sheet(tokens: Tokens) -> str:
    """The style sheet's text for one set of colours."""
    colours = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    return Template(_SHEET).substitute(colours | _marks(tokens))


@lru_cache(maxsize=1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder of this process; style sheets can name a file, but hold no drawing themselves."""
    return tempfile.TemporaryDirectory(prefix="camviewer-")


def _marks(tokens: Tokens) -> dict[str, str]:
    """The paths of the small marks that controls carry, drawn in the colours."""
    wanted = {
        "chevron_down": (_CHEVRON_DOWN, tokens.muted, 2.0),
        "chevron_down_off": (_CHEVRON_DOWN, tokens.disabled, 2.0),
        "chevron_up": (_CHEVRON_UP, tokens.muted, 2.0),
        "chevron_up_off": (_CHEVRON_UP, tokens.disabled, 2.0),
        "chevron_right": (_CHEVRON_RIGHT, tokens.muted, 2.0),
        "check": (_CHECK, tokens.on_accent, 3.0),
        "menu_check": (_CHECK, tokens.text, 2.0),
        "close": (_CLOSE, tokens.muted, 2.0),
        "float": (_FLOAT, tokens.muted, 2.0),
        "dot": (_DOT, tokens.on_accent, 2.0),
    }
    look = "dark" if tokens.dark else "light"
    paths = {}
    for name, (path, colour, stroke) in wanted.items():
        file = Path(_folder().name) / f"{name}-{look}.svg"
        drawing = path.format(colour=colour)
        file.write_text(_MARK.format(size=16, colour=colour, stroke=stroke, path=drawing))
        paths[name] = file.as_posix()
    return paths


_SHEET = """
QMainWindow, QDialog { background: $panel; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QWidget[kind="panel"] { background: $panel; }
QWidget[kind="canvas"] { background: $canvas; }
QFrame[kind="card"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="well"] { background: $field; border: 1px solid $line; border-radius: 6px; }
QFrame[kind="line"] { background: $line; border: none; }
QLabel[kind="canvas"] { background: $canvas; border-radius: 6px; color: $muted; padding: 8px; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }

QLabel { background: transparent; color: $text; }
QLabel:disabled { color: $disabled; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="hint"] { color: $muted; font-size: 12px; }
QLabel[role="head"] {
    color: $muted; font-size: 11px; font-weight: 600;
    letter-spacing: 0.5px; text-transform: uppercase;
}
QLabel[role="title"] { font-size: 22px; font-weight: 600; }
QLabel[role="key"] {
    color: $muted; font-size: 11px; background: $panel;
    border: 1px solid $line; border-radius: 4px; padding: 0 4px;
}
QLabel[role="muted"]:disabled, QLabel[role="hint"]:disabled, QLabel[role="head"]:disabled {
    color: $disabled;
}

QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $line; padding: 4px 8px; }
QMenuBar::item { background: transparent; padding: 7px 9px; border-radius: 6px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $selected; }
QMenuBar::item:disabled { color: $disabled; }

QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 4px; min-height: 16px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QMenu::icon { padding-left: 10px; }
QMenu::indicator { width: 16px; height: 16px; margin-left: 4px; }
QMenu::indicator:checked { image: url("$menu_check"); }
QMenu::right-arrow { image: url("$chevron_right"); width: 14px; height: 14px; margin-right: 6px; }

QPushButton {
    background: $panel; color: $text; border: 1px solid $control_line; border-radius: 6px;
    padding: 5px 13px; min-height: 18px; outline: none;
}
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 12px; }
QPushButton:disabled { color: $disabled; }
QPushButton::menu-indicator {
    image: url("$chevron_down"); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8px;
}
QPushButton::menu-indicator:disabled { image: url("$chevron_down_off"); }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 500;
}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton[kind="primary"]:focus { border: 2px solid $bar; padding: 4px 12px; }
QPushButton[kind="primary"]:disabled {
    background: $bar; border-color: $bar; color: $panel;
}
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; }
QPushButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="ghost"]:pressed, QPushButton[kind="ghost"]:checked { background: $selected; }
QPushButton[kind="ghost"]:focus { border: 2px solid $accent; }

QPushButton[kind="chip"] {
    background: $selected; border: 1px solid $selected; border-radius: 14px; padding: 4px 11px;
    font-size: 12px;
}
QPushButton[kind="chip"]:hover { border-color: $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 3px 10px; }

QPushButton[kind="judge"] { text-align: left; padding: 4px 8px 4px 38px; }
QPushButton[kind="judge"]:checked { color: $accent; font-weight: 600; border-color: $accent; }
QPushButton[kind="judge"]:focus { border: 2px solid $accent; padding: 3px 7px 3px 37px; }

QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; min-width: 18px; min-height: 18px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }

QPushButton[segment], QToolButton[segment] {
    background: $field; color: $muted; border: 1px solid $control_line; border-radius: 0;
    padding: 4px 8px; min-height: 18px; margin: 0;
}
QPushButton[segment]:hover, QToolButton[segment]:hover { color: $text; background: $hover; }
QPushButton[segment]:checked, QToolButton[segment]:checked {
    background: $selected; color: $accent; font-weight: 600;
}
QPushButton[segment]:disabled, QToolButton[segment]:disabled { color: $disabled; }
QPushButton[segment="first"], QToolButton[segment="first"] {
    border-top-left-radius: 6px; border-bottom-left-radius: 6px; border-right: none;
}
QPushButton[segment="middle"], QToolButton[segment="middle"] { border-right: none; }
QPushButton[segment="last"], QToolButton[segment="last"] {
    border-top-right-radius: 6px; border-bottom-right-radius: 6px;
}
QPushButton[segment="only"], QToolButton[segment="only"] { border-radius: 6px; }
QPushButton[segment]:focus, QToolButton[segment]:focus {
    border: 2px solid $accent; padding: 3px 7px;
}

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $control_line; border-radius: 6px;
    padding: 4px 8px; min-height: 18px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $disabled;
}
QLineEdit[kind="bare"] { border: none; background: transparent; }

QComboBox:hover { background: $hover; }
QComboBox::drop-down {
    subcontrol-origin: padding; subcontrol-position: center right; width: 24px; border: none;
}
QComboBox::down-arrow { image: url("$chevron_down"); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url("$chevron_down_off"); }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $selected; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $selected; color: $text; }

QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {
    border: none; background: transparent; padding: 0 6px; min-height: 18px;
}
QSpinBox QLineEdit:focus, QDoubleSpinBox QLineEdit:focus { border: none; padding: 0 6px; }
QSpinBox::up-button, QDoubleSpinBox::up-button {
    subcontrol-origin: border; subcontrol-position: top right; width: 20px; border: none;
}
QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; subcontrol-position: bottom right; width: 20px; border: none;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
    image: url("$chevron_up"); width: 11px; height: 11px;
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url("$chevron_down"); width: 11px; height: 11px;
}
QSpinBox::up-arrow:disabled, QDoubleSpinBox::up-arrow:disabled {
    image: url("$chevron_up_off");
}
QSpinBox::down-arrow:disabled, QDoubleSpinBox::down-arrow:disabled {
    image: url("$chevron_down_off");
}

QSlider { min-height: 26px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $disabled; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
    background: $accent; border: 1px solid $panel;
}
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:focus { background: $panel; border: 2px solid $accent; width: 12px;
    height: 12px; }
QSlider::handle:horizontal:disabled { background: $disabled; }

QAbstractItemView {
    background: $field; color: $text; border: 1px solid $line; border-radius: 6px; outline: none;
    selection-background-color: $selected; selection-color: $text;
    alternate-background-color: $window;
}
QAbstractItemView[kind="plain"] { background: $panel; border: none; border-radius: 0; }
QAbstractItemView:focus { border: 2px solid $accent; }
QComboBox QAbstractItemView:focus { border: 1px solid $line; }
QAbstractItemView[kind="plain"]:focus { border: 0 solid transparent; }
QListView::item, QTreeView::item { min-height: 26px; padding: 0 6px; border-radius: 6px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $selected; color: $text; }
QListView[kind="plain"]::item:focus, QTreeView[kind="plain"]::item:focus {
    border: 2px solid $accent; padding: 0 4px;
}
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$chevron_right"); padding: 4px; }
QTreeView::branch:has-children:open { image: url("$chevron_down"); padding: 4px; }
QHeaderView, QComboBox QHeaderView, QComboBox QHeaderView:focus {
    background: $panel; border: none; border-radius: 0; padding: 0;
}
QComboBox QTreeView, QComboBox QTreeView:focus { border: none; border-radius: 0; padding: 0; }
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 4px 8px; font-size: 12px;
}

QScrollArea { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; border-radius: 3px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; border-radius: 3px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QStatusBar {
    background: $panel; color: $muted; border-top: 1px solid $line; min-height: 27px;
    font-size: 12px;
}
QStatusBar::item { border: none; }
QStatusBar QLabel { font-size: 12px; color: $muted; }

QSizeGrip { image: none; width: 0; height: 0; }

QDockWidget {
    color: $muted; font-size: 12px;
    titlebar-close-icon: url("$close"); titlebar-normal-icon: url("$float");
}
QDockWidget::close-button, QDockWidget::float-button {
    background: transparent; border: none; border-radius: 4px; padding: 0;
}
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
QDockWidget::title { background: $panel; padding: 6px 8px; border-bottom: 1px solid $line; }
QDockWidget > QWidget { background: $panel; }

QToolTip {
    background: $panel; color: $text; border: 1px solid $line; padding: 4px 6px; font-size: 12px;
}

QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px;
    color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QCheckBox, QRadioButton { background: transparent; color: $text; spacing: 8px; min-height: 26px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; background: $field; border-radius: 4px;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: 2px solid $accent; width: 12px; height: 12px;
}
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QRadioButton::indicator:checked {
    background: $accent; border-color: $accent; image: url("$dot");
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {
    background: $disabled; border-color: $disabled;
}

QGroupBox { border: none; margin-top: 18px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; color: $muted; font-size: 11px; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 12px; border: none; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
"""
