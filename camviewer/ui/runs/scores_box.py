"""Asks whether a run keeps what the confidence of its model is checked with."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from camviewer.ui.style import tr


class ScoresBox(QWidget):
    """A box to tick, with what it is for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QCheckBox(tr("Keep all class scores and features"), self)
        why = QLabel(
            tr(
                "With them and true classes, Confidence… in Review shows how far the model's "
                "probabilities keep their word. They take some kilobytes for each picture."
            ),
            self,
        )
        why.setProperty("role", "hint")
        why.setWordWrap(True)
        self._box.setAccessibleDescription(why.text())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._box)
        layout.addWidget(why)

    @property
    def is_ticked(self) -> bool:
        """Whether all class scores and the pooled features are kept."""
        return self._box.isChecked()
