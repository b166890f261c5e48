"""Defines how a map is shown, without drawing it."""

from __future__ import annotations

from dataclasses import dataclass

from camviewer.engine.errors import CamviewerError

COLORMAPS: tuple[str, ...] = ("inferno", "viridis", "magma", "cividis", "turbo", "jet")
"""Colormaps of positive maps, perceptually uniform ones first."""

SIGNED_COLORMAPS: tuple[str, ...] = ("vik", "RdBu_r", "berlin")
"""Colormaps of signed maps: blue is evidence against the class, red for it, the middle neutral."""


@dataclass(frozen=True)
class Look:
    """How a map is shown.

    Attributes:
        colormap: one of ``COLORMAPS``, for positive values.
        signed_colormap: one of ``SIGNED_COLORMAPS``.
        opacity: opacity of the strongest values, 0 to 1.
        signed: whether negative values are shown as well.
        fixed_high: the value at the end of the colours; the map's largest value when None.
        fade: whether weaker values are more transparent; otherwise opacity is uniform.
    """

    colormap: str = COLORMAPS[0]
    signed_colormap: str = SIGNED_COLORMAPS[0]
    opacity: float = 0.6
    signed: bool = False
    fixed_high: float | None = None
    fade: bool = True

    def __post_init__(self) -> None:
        for name, known in (
            (self.colormap, COLORMAPS),
            (self.signed_colormap, SIGNED_COLORMAPS),
        ):
            if name not in known:
                raise CamviewerError(
                    f"There is no colormap named '{name}'.", f"Choose one of {', '.join(known)}."
                )
        if not 0.0 <= self.opacity <= 1.0:
            raise CamviewerError(f"Opacity {self.opacity:g} is not between 0 and 1.")
        if self.fixed_high is not None and not self.fixed_high > 0.0:
            raise CamviewerError(
                f"A range cannot end at {self.fixed_high:g}.", "Choose a value above 0."
            )

    @property
    def active_colormap(self) -> str:
        """The colormap in use, depending on ``signed``."""
        return self.signed_colormap if self.signed else self.colormap
