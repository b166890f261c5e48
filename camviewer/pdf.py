"""Lays a report out on pages and makes a PDF of it, by Qt's text layout, without a window."""

from __future__ import annotations

import sys

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support.progress import NO_PROGRESS, Progress

_DPI = 96
_MARGIN_MM = 16.0
_FOOT = 22
"""Height of the line with the page's number, in the document's pixels."""

_NO_LIGATURES = 0.05
"""Space between letters, in pixels. Any but 0 keeps Qt from drawing several letters as one, so that
a word that is looked for is found."""


def pdf_of(
    title: str,
    page: str,
    progress: Progress = NO_PROGRESS,
    foot: str = "{title} · {page} of {pages}",
) -> bytes:
    """A4 pages of a report.

    It may run in any thread. Where there is no application object of Qt, one without a screen is
    made.

    Args:
        title: of the document; it stands at the foot of every page, too.
        page: the plain HTML that Qt's text layout knows, with all pictures in it.
        progress: reports each page.
        foot: stands below each page, with these places.

    Raises:
        CamviewerError: Qt cannot make a PDF.
        Cancelled: it is not wanted any more.
    """
    _require_application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, title)
    area = QRectF(0, 0, writer.width(), writer.height() - _FOOT)
    document = _document(page, area.size(), writer)
    painter = QPainter()
    if not painter.begin(writer):
        raise CamviewerError("Qt could not begin the PDF.", "Save the report as a web page.")
    try:
        pages = document.pageCount()
        for number in range(pages):
            progress.at(number / pages, "Laying out the pages")
            if number:
                writer.newPage()
            _draw(painter, document, area, number)
            _draw_foot(painter, area, foot.format(title=title, page=number + 1, pages=pages))
    finally:
        painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _writer(buffer: QBuffer, title: str) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("camviewer")
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter))
    return writer


def _document(page: str, size: QSizeF, device: QPaintDevice) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(_font())
    document.documentLayout().setPaintDevice(device)  # whatever the screen's resolution is
    document.setDocumentMargin(0.0)
    document.setHtml(page)
    apart = QTextCharFormat()
    apart.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    apart.setFontLetterSpacing(_NO_LIGATURES)
    everything = QTextCursor(document)
    everything.select(QTextCursor.SelectionType.Document)
    everything.mergeCharFormat(apart)
    document.setPageSize(size)
    return document


def _font() -> QFont:
    font = QFont()
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _NO_LIGATURES)
    return font


def _draw(painter: QPainter, document: QTextDocument, area: QRectF, number: int) -> None:
    """Draws a page; a line that Qt has moved to the next one may begin a hair before it."""
    seen = area.translated(0.0, number * area.height()).adjusted(0.0, -1.0, 0.0, -2.0)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # whatever the theme is
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = seen
    context.palette = palette
    painter.save()
    painter.translate(0.0, -number * area.height())
    painter.setClipRect(seen)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, area: QRectF, words: str) -> None:
    painter.setFont(_font())
    painter.setPen(Qt.GlobalColor.darkGray)
    line = QRectF(0.0, area.height(), area.width(), _FOOT)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideLeft, int(line.width()))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, shown)


def _require_application() -> None:
    """Makes an application object without a screen where there is none."""
    if QGuiApplication.instance() is None:
        # Windows and macOS have fonts only with their own platforms, which need no screen.
        needs_none = sys.platform in ("win32", "darwin")
        words = [] if needs_none else ["-platform", "offscreen"]
        _made.append(QGuiApplication(["camviewer", *words]))


_made: list[QGuiApplication] = []
"""The application object that was made here; it lives as long as the program."""
