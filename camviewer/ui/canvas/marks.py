"""Draws objects, contour lines and the box around the evidence, legibly over any picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
    QTransform,
)

from camviewer.engine.geometry import Box
from camviewer.ui.canvas.boxes import rectangle
from camviewer.ui.canvas.viewport import Viewport
from camviewer.ui.style import theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OBJECT = QColor("#ffc53d")
_OTHER_OBJECT = QColor(255, 255, 255, 190)
_EVIDENCE_BOX = QColor("#6cc5ff")
_CONTOUR = QColor(255, 255, 255)
_HALO = QColor(0, 0, 0, 150)
"""Under each line: the line is seen on dark, its halo on light."""
_TAG = QColor(0, 0, 0, 190)
_RGB = QImage.Format.Format_RGB888
_USUAL_SIDE = 1000.0
"""Longer side of a picture in a window, in pixels; lines on larger pictures are thicker."""
_TAG_HEIGHT, _TAG_MARGIN, _LETTERS = 16.0, 5.0, 11


@dataclass(frozen=True, eq=False)
class Outlined:
    """Lines with a word beside them.

    Attributes:
        lines: in source pixels; each is closed where it ends at its beginning.
        words: beside it; empty for none.
        place: (x, y) of the words, in source pixels.
    """

    lines: tuple[QPolygonF, ...]
    words: str
    place: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Marks:
    """What is drawn over picture and map.

    Attributes:
        counted: the objects that the map is measured against.
        others: the other objects.
        contours: lines of one value each.
        box: around the evidence.
    """

    counted: tuple[Outlined, ...] = ()
    others: tuple[Outlined, ...] = ()
    contours: tuple[Outlined, ...] = ()
    box: Outlined | None = None


def outlined_box(box: Box, words: str) -> Outlined:
    """A box with words at its upper left corner."""
    return Outlined((QPolygonF(rectangle(box)),), words, (box.left, box.top))


def polygons(lines: Iterable[NDArray[np.float64]]) -> tuple[QPolygonF, ...]:
    """Lines (N, 2) of x and y for Qt; any thread may make them."""
    return tuple(QPolygonF([QPointF(x, y) for x, y in line.tolist()]) for line in lines)


def outlined_at_top(lines: tuple[QPolygonF, ...], words: str) -> Outlined:
    """Lines with words where the longest of them is highest."""
    if not lines:
        return Outlined((), "", (0.0, 0.0))
    longest = max(lines, key=lambda line: line.size())
    highest = min(longest.toList(), key=QPointF.y)
    return Outlined(lines, words, (highest.x(), highest.y()))


def draw_marks(painter: QPainter, viewport: Viewport, marks: Marks, thickness: float = 1.0) -> None:
    """Draws marks upon a picture.

    Args:
        painter: of the view.
        viewport: where the picture lies.
        marks: what is drawn.
        thickness: of lines and letters, in view pixels to those of the window.
    """
    scale = viewport.scale
    to_view = QTransform(scale, 0.0, 0.0, scale, viewport.left, viewport.top)
    in_sight = rectangle(viewport.visible)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setClipRect(rectangle(viewport.picture), Qt.ClipOperation.IntersectClip)
    layers = [
        (marks.contours, _CONTOUR, 1.0),
        (marks.others, _OTHER_OBJECT, 1.2),
        (marks.counted, _OBJECT, 1.6),
        ((marks.box,) if marks.box else (), _EVIDENCE_BOX, 1.6),
    ]
    for outlines, colour, width in layers:
        lines = [
            to_view.map(line)
            for outline in outlines
            for line in outline.lines
            if line.boundingRect().adjusted(-1.0, -1.0, 1.0, 1.0).intersects(in_sight)
        ]
        for under, wide in ((_HALO, width + 1.6), (colour, width)):
            pen = QPen(under, wide * thickness)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            # One by one, because a path of many lines takes many times as long.
            for drawn in lines:
                if drawn.isClosed():
                    painter.drawPolygon(drawn)
                else:
                    painter.drawPolyline(drawn)
    _draw_words(painter, viewport, reversed(layers), thickness)
    painter.restore()


def drawn_on(
    pixels: NDArray[np.uint8], size: tuple[int, int], marks: Marks, scale: float = 1.0
) -> NDArray[np.uint8]:
    """A picture with marks, uint8 (H, W, 3), as thick as they look in a window; any thread may.

    Args:
        pixels: uint8 (H, W, 3); a legend may stand below the picture.
        size: (width, height) of the picture at its upper left, in source pixels.
        marks: what is drawn.
        scale: of the picture there, in pixels to a source pixel.
    """
    import numpy as np  # noqa: PLC0415  (start-up)

    height, width, channels = pixels.shape
    image = QImage(np.ascontiguousarray(pixels).data, width, height, width * channels, _RGB).copy()
    viewport = Viewport()
    viewport.source = size
    viewport.view = (scale * size[0], scale * size[1])
    painter = QPainter(image)
    draw_marks(painter, viewport, marks, max(scale * max(size) / _USUAL_SIDE, 1.0))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * channels].reshape(height, width, channels).copy()


_Layer = tuple[tuple[Outlined, ...], QColor, float]


def _draw_words(
    painter: QPainter, viewport: Viewport, layers: Iterable[_Layer], thickness: float
) -> None:
    """The words of the most important come first; words that would cover others are left out."""
    font = QFont(theme.font(_LETTERS))
    font.setPixelSize(max(round(_LETTERS * thickness), 1))
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    area = rectangle(viewport.picture)
    taken: list[QRectF] = []
    for outlines, colour, _ in layers:
        for outline in outlines:
            if not outline.words:
                continue
            wide = metrics.horizontalAdvance(outline.words) + 2 * _TAG_MARGIN * thickness
            tag = _free_place(
                QPointF(*viewport.to_view(*outline.place)),
                (wide, _TAG_HEIGHT * thickness),
                area,
                taken,
            )
            if tag is not None:
                taken.append(tag)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_TAG)
                painter.drawRoundedRect(tag, 3 * thickness, 3 * thickness)
                painter.setPen(colour)
                painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, outline.words)


def _free_place(
    corner: QPointF, size: tuple[float, float], area: QRectF, taken: list[QRectF]
) -> QRectF | None:
    """Above a point, else below it, within an area; None where other words are."""
    wide, tall = size
    for top in (corner.y() - tall - 1.0, corner.y() + 1.0):
        x = max(min(corner.x(), area.right() - wide), area.left())
        tag = QRectF(x, top, wide, tall)
        if area.contains(tag) and not any(tag.intersects(other) for other in taken):
            return tag
    return None
