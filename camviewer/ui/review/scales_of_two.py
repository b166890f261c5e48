"""The legends of the maps of two runs and of their difference."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from camviewer.ui.review.pair_picture import PairLooks
from camviewer.ui.review.scale_bar import ScaleBar
from camviewer.ui.style import mark, tr
from camviewer.ui.widgets.flow_layout import FlowLayout

_OF_DIFFERENCE = mark(
    "Where B has more evidence than A, and where less. Both are brought to a sum "
    "of 1; 1 is what each place would have if evidence were spread evenly."
)


class ScalesOfTwo(QWidget):
    """One scale for the maps of both runs, or one for each, and one for all differences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = tr(
            "98% of the run's maps lie within these colours; what is stronger has the last one."
        )
        self.first = ScaleBar(self, "A", tip)
        self.second = ScaleBar(self, "B", tip)
        self.difference = ScaleBar(self, "B − A", tr(_OF_DIFFERENCE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = FlowLayout(self, spacing=20, line_spacing=0)
        for bar in (self.first, self.second, self.difference):
            layout.addWidget(bar)

    def show_scales(self, looks: PairLooks, first_unit: str, second_unit: str | None) -> None:
        """Shows the colours.

        Args:
            looks: with fixed ranges.
            first_unit: of the first run's maps.
            second_unit: of the second's; None where both share one scale.
        """
        shared = second_unit is None
        self.first.set_name(tr("A and B") if shared else "A")
        self.first.show_scale(looks.first, first_unit)
        self.second.show_scale(looks.second, second_unit or "")
        self.second.setVisible(not shared and looks.second.fixed_high is not None)
        self.difference.show_scale(looks.difference, tr("× even spread"))
