"""What is said of the program and of the model, in dialogs."""

from __future__ import annotations

import platform
from html import escape

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from camviewer import __version__
from camviewer.engine.messages import ModelInfo
from camviewer.ui.wording import resize_words


def about_text() -> str:
    """What the program is, its version and its foundations."""
    return (
        f"<h3>camviewer {__version__}</h3>"
        "<p>Shows where an image classifier looks. Nothing leaves this computer.</p>"
        f"<p>Python {platform.python_version()}, Qt for Python {PySide6.__version__} (LGPL).<br>"
        "Icons: Lucide (ISC). Licence: Apache-2.0.</p>"
    )


def model_text(info: ModelInfo) -> str:
    """What is known of a loaded model."""
    height, width = info.recipe.input_size
    cam = (
        f"exact on layer {info.cam_layer}" if info.cam_layer else f"not defined. {info.cam_refusal}"
    )
    rows = (
        ("Classes", f"{len(info.labels)}, {info.activation}"),
        ("Trained on", f"{width} × {height} pixels, {resize_words(info.recipe)}"),
        ("Class activation map", cam),
        ("Runs on", info.device),
        (
            "Weights, SHA-256",
            f"<code>{info.weights_sha256[:32]}<br>{info.weights_sha256[32:]}</code>",
        ),
    )
    lines = "".join(
        f"<tr><td style='padding-right:16px'>{name}</td><td>{value}</td></tr>"
        for name, value in rows
    )
    return f"<h3>{escape(info.title)}</h3><table cellspacing='4'>{lines}</table>"


def show_text(parent: QWidget, title: str, text: str) -> None:
    """Shows a text that can be selected, without blocking the rest of the program."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    box.open()
