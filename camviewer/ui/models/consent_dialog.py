"""Asks whether a program that can run any code may be opened."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLayout, QVBoxLayout, QWidget

from camviewer.ui.style import tr
from camviewer.ui.work import PACK_SUFFIX, ImportRequest

_TEXT_WIDTH = 392


class ConsentDialog(QDialog):
    """Says in one sentence what can happen; not opening the file is what Return and Esc do.

    Signals:
        confirmed: (ImportRequest) the same, with the consent.
    """

    confirmed = Signal(object)

    def __init__(self, request: ImportRequest, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Open a program"))
        self._request = request
        self._buttons = QDialogButtonBox(self)
        self._build()

    def _build(self) -> None:
        head = QLabel(tr("May {name} run code?").format(name=self._request.path.name), self)
        head.setProperty("role", "title")
        words = QLabel(self._sentence(), self)
        hint = QLabel(
            tr(
                "If you do not, nothing of it is opened, and the model in use stays. A "
                "checkpoint of weights, an ONNX file or a torch.export program needs no such "
                "trust."
            ),
            self,
        )
        hint.setProperty("role", "hint")
        for label in (head, words, hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setFixedWidth(_TEXT_WIDTH)
        self.setAccessibleDescription(words.text())
        refuse = self._buttons.addButton(tr("Do not open"), QDialogButtonBox.ButtonRole.RejectRole)
        allow = self._buttons.addButton(tr("Open it"), QDialogButtonBox.ButtonRole.AcceptRole)
        allow.setAutoDefault(False)
        refuse.setDefault(True)
        refuse.setFocus()
        self._buttons.accepted.connect(self._confirm)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        layout.addWidget(head)
        layout.addWidget(words)
        layout.addWidget(hint)
        layout.addSpacing(8)
        layout.addWidget(self._buttons)

    def _sentence(self) -> str:
        is_pack = self._request.path.suffix.lower() == PACK_SUFFIX
        what = (
            tr("It holds a TorchScript program") if is_pack else tr("It is a TorchScript program")
        )
        return tr(
            "{what}: opening it can run any code that its author put in, with your rights, on your "
            "files. Open it only if you trust where it comes from."
        ).format(what=what)

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit(replace(self._request, allow_code=True))
