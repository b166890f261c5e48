"""The channels of the tapped layer, with how they are sorted and scaled."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from camviewer.engine.render import Look
from camviewer.engine.render.number_words import number_words
from camviewer.engine.structure import ChannelOrder, ChannelSheet
from camviewer.ui.structure.channel_list import ChannelList
from camviewer.ui.structure.module_tree_model import shape_words
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets import Segmented
from camviewer.ui.widgets.flow_layout import FlowLayout

_ORDERS = (
    (ChannelOrder.MEAN, mark("Mean")),
    (ChannelOrder.WEIGHT, mark("Weight")),
    (ChannelOrder.NUMBER, mark("Number")),
)
_ORDER_TIPS = {
    ChannelOrder.MEAN: mark("The channels with the largest mean first"),
    ChannelOrder.WEIGHT: mark("The channels that speak most for the chosen class first"),
    ChannelOrder.NUMBER: mark("In the layer's own order"),
}


class ChannelPanel(QWidget):
    """The section CHANNELS."""

    wish_changed = Signal()
    """Order or scale were changed by the user."""

    channel_chosen = Signal(int)
    """The number of a channel that the user wants enlarged."""

    back_requested = Signal()
    """The user wants the class map back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = QLabel(tr("CHANNELS"), self)
        self._words = QLabel(self)
        self._order = Segmented(
            [(order, tr(words)) for order, words in _ORDERS], tr("Sorted by"), self
        )
        self._signed = QCheckBox(tr("Signed"), self)
        self._shared = QCheckBox(tr("One scale"), self)
        self._back = QPushButton(tr("Back to the class map"), self)
        self.list = ChannelList(self)
        self._look = Look()
        self._build()

    @property
    def order(self) -> ChannelOrder:
        """What the channels are sorted by."""
        return ChannelOrder(str(self._order.value))

    @property
    def signed(self) -> bool:
        return self._signed.isChecked()

    @property
    def shared(self) -> bool:
        return self._shared.isChecked()

    @property
    def words(self) -> str:
        """What is said of the layer and its colours."""
        return self._words.text()

    def show_sheet(self, sheet: ChannelSheet | None, chosen: int | None) -> None:
        """Shows the channels of a layer; nothing when there is no picture."""
        before = self.list.channels.sheet
        scrolled = self.list.verticalScrollBar().value()
        self.list.channels.set_sheet(sheet)
        self.list.channels.set_look(self._look)
        self._words.setText("" if sheet is None else _sheet_words(sheet))
        for control in (self._order, self._signed, self._shared):
            control.setEnabled(sheet is not None)
        if sheet is not None and before is not None and sheet.wish.layer == before.wish.layer:
            self.list.verticalScrollBar().setValue(scrolled)
        self.mark(chosen)

    def say_empty(self, words: str) -> None:
        """Says why there are no channels, as long as there are none."""
        if self.list.channels.sheet is None:
            self._words.setText(words)

    def set_look(self, look: Look) -> None:
        """Takes the colours of the map upon the picture."""
        if (look.colormap, look.signed_colormap) != (
            self._look.colormap,
            self._look.signed_colormap,
        ):
            self._look = look
            self.list.channels.set_look(look)

    def mark(self, channel: int | None) -> None:
        """Marks the channel that is enlarged upon the picture; none with the class map."""
        self.list.select(channel)
        self._back.setVisible(channel is not None)

    def _build(self) -> None:
        self._head.setProperty("role", "head")
        self._words.setProperty("role", "hint")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        for order, _ in _ORDERS:
            self._order.set_choice_enabled(order, True, tr(_ORDER_TIPS[order]))
        self._signed.setToolTip(tr("Give negative values colours, too"))
        self._shared.setToolTip(
            tr("All channels share the range of the largest, so that they compare")
        )
        self._back.setToolTip(tr("Back to the class map (Esc)"))
        self._back.hide()
        checks = FlowLayout(spacing=16)
        checks.addWidget(self._signed)
        checks.addWidget(self._shared)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._words)
        layout.addWidget(self._order)
        layout.addLayout(checks)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._back)
        self._order.chosen.connect(lambda _order: self.wish_changed.emit())
        self._signed.toggled.connect(lambda _on: self.wish_changed.emit())
        self._shared.toggled.connect(lambda _on: self.wish_changed.emit())
        self.list.channel_chosen.connect(self.channel_chosen)
        self.list.left.connect(self.back_requested)
        self._back.clicked.connect(self.back_requested)
        self.show_sheet(None, None)


def _sheet_words(sheet: ChannelSheet) -> str:
    """Says which layer this is, and what a colour means."""
    words = f"{sheet.wish.layer}, {shape_words(sheet.shape)}. "
    if not sheet.wish.shared:
        return words + tr("Each channel fills the colours.")
    end = number_words(float(sheet.ends.max()))
    low = f"\N{MINUS SIGN}{end}" if sheet.wish.signed else "0"
    return words + tr("Colours run from {low} to {end}.").format(low=low, end=end)
