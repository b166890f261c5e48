"""Which part of a picture a view shows, and how large; no drawing, no Qt.

Two coordinate systems: *source* pixels of the picture, and *view* pixels of the widget, which a
screen of high density draws with ``ratio`` device pixels each. The zoom is device pixels per
source pixel, so that 1.0 shows every pixel of the picture as one of the screen.
"""

from __future__ import annotations

from camviewer.engine.geometry import Box

MOST_ZOOM = 64.0

_MARGINS = (72.0, 24.0, 72.0, 68.0)
"""Margins of a fitted picture in pixels (left, top, right, bottom); because the legend is at the
right and the zoom bar at the bottom."""

_LARGEST_SHARES = (0.15, 0.15, 0.35, 0.35)
"""Maximum share of a small view for each margin; those with something in them give way last."""

_STAYS = 48.0
"""Minimum part of the picture that stays in sight, in view pixels."""


class Viewport:
    """The place and the size of a picture in a view."""

    def __init__(self) -> None:
        self.source = (1, 1)
        self.view = (1.0, 1.0)
        self.ratio = 1.0
        self.scale = 1.0
        self.left = 0.0
        self.top = 0.0
        self.fitted = True

    @property
    def zoom(self) -> float:
        """Device pixels per source pixel."""
        return self.scale * self.ratio

    @property
    def state(self) -> tuple[float, ...]:
        """The same numbers for the same view."""
        return self.left, self.top, self.scale, *self.view, self.ratio

    @property
    def picture(self) -> Box:
        """Where the picture lies, in view pixels."""
        width, height = self.source
        return Box(
            self.left,
            self.top,
            self.left + width * self.scale,
            self.top + height * self.scale,
        )

    @property
    def visible(self) -> Box:
        """The part of the picture in sight, in source pixels."""
        left, top = self.to_source(0.0, 0.0)
        right, bottom = self.to_source(*self.view)
        width, height = self.source
        return Box(left, top, right, bottom).intersected(Box(0.0, 0.0, width, height))

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """Carries view pixels to source pixels."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """Carries source pixels to view pixels."""
        return x * self.scale + self.left, y * self.scale + self.top

    def box_to_view(self, box: Box) -> Box:
        """Carries a box from source to view pixels."""
        return Box(*self.to_view(box.left, box.top), *self.to_view(box.right, box.bottom))

    def show(self, width: int, height: int) -> None:
        """Fits another picture."""
        self.source = (width, height)
        self.fit()

    def resize(self, width: float, height: float, ratio: float) -> None:
        """Follows the widget: what is fitted stays so, otherwise the middle stays in the middle."""
        middle = self.to_source(self.view[0] / 2, self.view[1] / 2)
        zoom = self.zoom
        self.view, self.ratio = (max(width, 1.0), max(height, 1.0)), ratio
        if self.fitted:
            self.fit()
            return
        self.scale = zoom / ratio
        self._put(middle, self.view[0] / 2, self.view[1] / 2)

    def fit(self) -> None:
        """Shows the whole picture, in the middle of what the margins leave."""
        left, top, right, bottom = self._margins()
        free_w, free_h = self.view[0] - left - right, self.view[1] - top - bottom
        width, height = self.source
        self.scale = self._fit_scale()
        self.left = left + (free_w - width * self.scale) / 2
        self.top = top + (free_h - height * self.scale) / 2
        # A picture that leaves room stands in the middle of the view, not of the margins.
        centred = (self.view[1] - height * self.scale) / 2
        self.top = max(min(centred, self.view[1] - bottom - height * self.scale), top)
        self.fitted = True

    def zoom_to(self, zoom: float, x: float, y: float) -> None:
        """Sets the zoom within its limits; the source point under view point (x, y) stays there."""
        fixed = self.to_source(x, y)
        low, high = self.limits()
        self.scale = min(max(zoom, low), high) / self.ratio
        self.fitted = False
        self._put(fixed, x, y)

    def pan(self, dx: float, dy: float) -> None:
        """Moves the picture by view pixels."""
        self.fitted = False
        self._put((0.0, 0.0), self.left + dx, self.top + dy)

    def limits(self) -> tuple[float, float]:
        """The smallest and the largest zoom; 1.0 always lies between them."""
        fit = self._fit_scale() * self.ratio
        return min(fit / 4, 1.0), max(fit, MOST_ZOOM)

    def _put(self, source: tuple[float, float], x: float, y: float) -> None:
        """Brings a source point to view point (x, y), unless that loses sight of the picture."""
        sides = [length * self.scale for length in self.source]
        starts = [x - source[0] * self.scale, y - source[1] * self.scale]
        for axis in (0, 1):
            stays = min(_STAYS, sides[axis], self.view[axis])
            starts[axis] = min(max(starts[axis], stays - sides[axis]), self.view[axis] - stays)
            if self.zoom == 1.0:
                # Otherwise every pixel would be smeared over two of the screen.
                starts[axis] = round(starts[axis] * self.ratio) / self.ratio
        self.left, self.top = starts

    def _fit_scale(self) -> float:
        left, top, right, bottom = self._margins()
        width, height = self.source
        return min((self.view[0] - left - right) / width, (self.view[1] - top - bottom) / height)

    def _margins(self) -> tuple[float, float, float, float]:
        width, height = self.view
        left, top, right, bottom = (
            min(margin, share * side)
            for margin, share, side in zip(
                _MARGINS, _LARGEST_SHARES, (width, height, width, height), strict=True
            )
        )
        return left, top, right, bottom
