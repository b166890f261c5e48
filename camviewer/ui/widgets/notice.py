"""Says over the canvas what went wrong, or what should be known, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from camviewer.ui.style import icon, notifier, set_icon, tr, translated

_MARGIN = 12
_WIDEST = 560
_INFO_MILLISECONDS = 8000
_BORDER = 1
"""Width of the card's border in pixels, which the layout does not include."""
_ICON = QSize(18, 18)


class Notice(QFrame):
    """A card at the upper edge of its parent; it takes no focus and blocks nothing."""

    closed = Signal()
    """The user has closed it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self._icon_name = "info"
        self._row = QHBoxLayout(self)
        self._icon = QLabel(self)
        self._message = QLabel(self)
        self._hint = QLabel(self)
        self._choice = QPushButton(self)
        self._decline = QPushButton(self)
        self._choose: Callable[[], object] = lambda: None
        self._close = QToolButton(self)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.dismiss)
        self._build()
        self.hide()
        parent.installEventFilter(self)
        notifier().changed.connect(self._apply_theme)

    @property
    def choice(self) -> QPushButton:
        """The button of ``show_choice``."""
        return self._choice

    @property
    def decline(self) -> QPushButton:
        """The button of ``show_choice`` that leaves things as they are."""
        return self._decline

    @property
    def text(self) -> str:
        """Message and hint, as a screen reader says them."""
        return self.accessibleName()

    def show_error(self, message: str, hint: str = "") -> None:
        """Says that something failed, and what to do about it."""
        self._say("circle-alert", message, hint, QAccessible.AnnouncementPoliteness.Assertive)

    def show_info(self, message: str, hint: str = "") -> None:
        """Says something that is good to know, and goes away by itself."""
        self._say("info", message, hint, QAccessible.AnnouncementPoliteness.Polite)
        self._leave.start(_INFO_MILLISECONDS)

    def show_choice(
        self,
        message: str,
        hint: str,
        choice: str,
        choose: Callable[[], object],
        decline: str = "",
    ) -> None:
        """Says something that one click can change, and stays until it is closed.

        Args:
            message: in one sentence.
            hint: the rest.
            choice: on the button.
            choose: what the button does; the notice is closed then.
            decline: on a second button, which closes it as the cross does; none when empty.
        """
        self._say("info", message, hint, QAccessible.AnnouncementPoliteness.Polite, choice)
        self._decline.setText(decline)
        self._decline.setVisible(bool(decline))
        self._settle()
        self._choose = choose

    def leave_escape(self, to_others: bool) -> None:
        """Does without the Escape key while something more urgent waits for it."""
        self._escape.setEnabled(not to_others)

    def dismiss(self) -> None:
        """Goes away without a signal, when what it said is no longer true."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its place when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def _say(
        self,
        icon_name: str,
        message: str,
        hint: str,
        how: QAccessible.AnnouncementPoliteness,
        choice: str = "",
    ) -> None:
        self._leave.stop()
        self._icon_name = icon_name
        message, hint = translated(message), translated(hint)
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._choice.setText(choice)
        self._choice.setVisible(bool(choice))
        self._decline.hide()
        said = f"{message} {hint}".strip()
        self.setAccessibleName(said)
        self._apply_theme()
        self.show()
        self.raise_()
        self._settle()
        announcement = QAccessibleAnnouncementEvent(self, said)
        announcement.setPoliteness(how)
        QAccessible.updateAccessibility(announcement)

    def _on_chosen(self) -> None:
        self.hide()
        self._choose()

    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()

    def _settle(self) -> None:
        """Takes its place: centred at the top, as high as its words need."""
        width = min(self._canvas.width() - 2 * _MARGIN, _WIDEST)
        self._row.invalidate()  # the words may be others, and the card is shown already
        height = self._row.heightForWidth(width - 2 * _BORDER) + 2 * _BORDER
        self.resize(width, height if self._row.hasHeightForWidth() else self.sizeHint().height())
        self.move(QPoint((self._canvas.width() - width) // 2, _MARGIN))

    def _build(self) -> None:
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in (self._message, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._message.setStyleSheet("font-weight: 600;")
        self._hint.setProperty("role", "muted")
        self._choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._choice.clicked.connect(self._on_chosen)
        self._decline.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._decline.clicked.connect(self._on_closed)
        set_icon(self._close, "x", "muted")
        self._close.setAccessibleName(tr("Close this message"))
        self._close.setToolTip(tr("Close (Esc)"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self._on_closed)
        self._escape.activated.connect(self._on_closed)
        self._escape.activatedAmbiguously.connect(self._on_closed)  # others wait for it, too
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._choice)
        buttons.addWidget(self._decline)
        buttons.addStretch(1)
        words.addLayout(buttons)
        self._row.setContentsMargins(14, 10, 8, 10)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _apply_theme(self) -> None:
        role = "text" if self._icon_name == "circle-alert" else "muted"
        drawn = icon(self._icon_name, role, _ICON.width())
        self._icon.setPixmap(drawn.pixmap(_ICON, self.devicePixelRatioF()))
