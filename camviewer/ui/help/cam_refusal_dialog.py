"""Says why CAM is not defined for a model, with its own shapes, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.engine.support import resource
from camviewer.ui.help.help_page import HelpPage
from camviewer.ui.style import tr, translated
from camviewer.ui.style.translation import ENGLISH, shown_language

_WIDTH = 560


@dataclass(frozen=True)
class WayOut:
    """Something that can be done instead.

    Attributes:
        head: its name.
        words: what it is, in two sentences.
        button: what the button says.
        refusal: why it cannot be done here; empty when it can.
    """

    head: str
    words: str
    button: str
    refusal: str = ""


def ways_out(convolutional_refusal: str, *, can_train: bool) -> tuple[WayOut, WayOut]:
    """The two ways from a model without a pooled head to a class activation map."""
    return (
        WayOut(
            tr("Fully convolutional CAM"),
            tr(
                "Approximate, at once. The linear layers become convolutions with the same "
                "weights, and score every window of the enlarged picture."
            ),
            tr("Show it"),
            convolutional_refusal,
        ),
        WayOut(
            tr("A CAM head of your own"),
            tr(
                "Exact, after some minutes. The linear layers give way to global average "
                "pooling and one linear layer, which is trained on a folder of your pictures."
            ),
            tr("Train a CAM head…"),
            "" if can_train else tr("Training is not part of this installation."),
        ),
    )


class WaysOutDialog(QDialog):
    """The answer to choosing CAM where it is not defined."""

    convolutional_chosen = Signal()
    training_chosen = Signal()

    def __init__(
        self, model: str, reason: str, convolutional_refusal: str, can_train: bool, parent: QWidget
    ) -> None:
        """Takes the model's title, why CAM is not defined, and why a way out is not either."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Class activation map"))
        self.setMinimumWidth(_WIDTH)
        head = QLabel(
            tr("CAM is not defined for {model}").format(model=model.partition(" · ")[0]),
            self,
        )
        head.setProperty("role", "title")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        why = QLabel(translated(reason), self)
        why.setWordWrap(True)
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        first, second = ways_out(convolutional_refusal, can_train=can_train)
        self.convolutional_button = self._button(first, self.convolutional_chosen)
        self.training_button = self._button(second, self.training_chosen)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(why)
        layout.addSpacing(4)
        layout.addWidget(_card(first, self.convolutional_button, self))
        layout.addWidget(_card(second, self.training_button, self))
        layout.addSpacing(4)
        layout.addLayout(self._last_row())
        usable = [b for b in (self.convolutional_button, self.training_button) if b.isEnabled()]
        if usable:
            usable[0].setProperty("kind", "primary")
            usable[0].setDefault(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Of a low screen Qt gives a dialog two thirds, which would cut off the words of the cards.
        self.setMinimumHeight(self._layout.totalHeightForWidth(self.width()))

    def _button(self, way: WayOut, chosen: object) -> QPushButton:
        button = QPushButton(way.button, self)
        button.setEnabled(not way.refusal)
        button.setAccessibleName(f"{way.head}: {way.button}")
        button.clicked.connect(self.accept)
        button.clicked.connect(chosen)
        return button

    def _last_row(self) -> QHBoxLayout:
        more = QPushButton(tr("Why is that so?"), self)
        more.setProperty("kind", "ghost")
        more.setAutoDefault(False)
        more.clicked.connect(lambda: show_vgg_page(self))
        keep = QPushButton(tr("Keep the method in use"), self)
        keep.setAutoDefault(False)
        keep.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(more)
        row.addStretch(1)
        row.addWidget(keep)
        return row


def show_vgg_page(parent: QWidget) -> None:
    """Opens the page that tells the whole question."""
    code = shown_language()
    name = "vgg.md" if code == ENGLISH else f"vgg.{code}.md"
    text = resource("help", name).read_text(encoding="utf-8")
    HelpPage(tr("From VGG to a class activation map"), text, parent).show()


def _card(way: WayOut, button: QPushButton, parent: QWidget) -> QFrame:
    card = QFrame(parent)
    card.setProperty("kind", "card")
    head = QLabel(way.head, card)
    head.setStyleSheet("font-weight: 600;")
    words = QLabel(way.words, card)
    words.setProperty("role", "muted")
    words.setWordWrap(True)
    texts = QVBoxLayout()
    texts.setSpacing(4)
    texts.addWidget(head)
    texts.addWidget(words)
    if way.refusal:
        refusal = QLabel(tr("Not here: {refusal}").format(refusal=translated(way.refusal)), card)
        refusal.setProperty("role", "hint")
        refusal.setWordWrap(True)
        texts.addWidget(refusal)
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 12, 16, 12)
    row.setSpacing(16)
    row.addLayout(texts, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return card
