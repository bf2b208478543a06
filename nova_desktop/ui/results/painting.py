"""What tiles and rows are painted with: pictures, badges, texts with marked words, waveforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
    QTransform,
)

from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.units import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nova_desktop.query import Hit
    from nova_desktop.ui.results.thumbnails import Thumbnail

RADIUS = 8.0
PILL = 20  # points high
ON_PICTURE = QColor(12, 14, 18, 178)  # behind what has to be read on any picture


def picture(painter: QPainter, box: QRect, hit: Hit, thumbnail: Thumbnail, font: QFont) -> None:
    """What a result looks like: its picture, the beginning of its text, its sound, or its kind."""
    tone = tones()
    small = box.width() < 100
    radius = RADIUS / 2 if small else RADIUS
    painter.setPen(QPen(QColor(tone.line), 1))
    painter.setBrush(QColor(tone.raised))
    edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    if thumbnail.picture:
        painter.setBrush(fill(thumbnail.picture, QRectF(thumbnail.picture.rect()), box))
        painter.drawRoundedRect(edge, radius, radius)
        return
    painter.drawRoundedRect(edge, radius, radius)
    if thumbnail.text and not small:
        passage(painter, box.adjusted(12, 10, -12, -34), thumbnail.text, font, tone.text)
    elif thumbnail.peaks:
        within = (6, 8, -6, -8) if small else (14, 24, -14, -44)
        waveform(painter, box.adjusted(*within), thumbnail.peaks, tone.accent)
    else:
        size = 22 if small else 36
        shape = pixmap(hit.modality.value, tone.muted, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(box.center() - QPointF(size / 2 - 1, size / 2 - 1).toPoint(), shape)


def fill(source: QPixmap, part: QRectF, box: QRect) -> QBrush:
    """A brush that paints a part of a picture, in its pixels, over a box of the same shape."""
    brush = QBrush(source)
    # Shapes differ by a rounded pixel: the larger scale leaves no seam.
    scale = max(box.width() / part.width(), box.height() / part.height())
    x = box.x() - part.x() * scale + (box.width() - part.width() * scale) / 2
    y = box.y() - part.y() * scale + (box.height() - part.height() * scale) / 2
    brush.setTransform(QTransform(scale, 0, 0, scale, x, y))
    return brush


def smaller(font: QFont) -> QFont:
    """For badges and chips."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.86)
    return small


def badge(
    painter: QPainter, at: QPointF, text: str, font: QFont, icon: str = "", trailing: bool = False
) -> float:
    """A dark pill that reads on any picture, at its leading or trailing corner; its width.

    `font` is a `smaller` one; `at` is the pill's upper left corner, or the upper right one when
    it is `trailing`.
    """
    words = QFontMetrics(font).horizontalAdvance(text) if text else 0
    width = (21 if icon else 8) + (words + 8 if text else 3)
    left = at.x() - width if trailing else at.x()
    pill = QRectF(left, at.y(), width, PILL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ON_PICTURE)
    painter.drawRoundedRect(pill, PILL / 2, PILL / 2)
    if icon:
        shape = pixmap(icon, "#ffffff", 14, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(pill.x() + 5, pill.y() + 3), shape)
    if text:
        painter.setPen(QColor("#ffffff"))
        painter.setFont(font)
        words_at = pill.adjusted(22 if icon else 8, 0, 0, -0.5)
        painter.drawText(words_at, Qt.AlignmentFlag.AlignVCenter | LEFT, text)
    return width


LEFT = Qt.AlignmentFlag.AlignLeft


def marked(text: str, places: Iterable[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
    """These places of a text, (start, stop) in characters, on the tone for marks."""
    tone, at = tones(), units(text)
    marks = QTextCharFormat()
    marks.setBackground(QColor(tone.mark))
    marks.setForeground(QColor(tone.text))
    formats = []
    for start, stop in places:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = at[start], at[stop] - at[start], marks
        formats.append(one)
    return formats


def line(
    painter: QPainter,
    box: QRect,
    text: str,
    color: str,
    *,
    terms: Iterable[str] = (),
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line in the painter's font, elided, its marked words on the tone for marks."""
    said = QFontMetrics(painter.font()).elidedText(text, elide, box.width())
    found = wording.marks(said, terms) if terms else []
    painter.setPen(QColor(color))
    if not found:
        sides = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, sides, said)
        return
    layout = QTextLayout(said, painter.font())
    mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    # drawText finds the leading side by itself, and a layout does not.
    option = QTextOption(Qt.AlignmentFlag.AlignRight if mirrored else LEFT)
    option.setTextDirection(painter.layoutDirection())
    layout.setTextOption(option)
    layout.setFormats(marked(said, found))
    layout.beginLayout()
    only = layout.createLine()
    only.setLineWidth(box.width())
    layout.endLayout()
    top = box.y() + (box.height() - only.height()) / 2
    layout.draw(painter, QPointF(box.x(), top))


def passage(painter: QPainter, box: QRect, text: str, font: QFont, color: str) -> None:
    """The beginning of a text, wrapped, as far as whole lines fit."""
    layout = QTextLayout(" ".join(text[:600].split()), font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeading))
    layout.beginLayout()
    painter.setPen(QColor(color))
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        if y + line.height() > box.height():
            break
        line.setPosition(QPointF(0, y))
        y += line.height() + 1
        line.draw(painter, QPointF(box.topLeft()))
    layout.endLayout()


def waveform(
    painter: QPainter, box: QRect, peaks: Sequence[float], color: str, played: float = 1.0
) -> None:
    """Bars about the middle line; those after the part that is `played` (0 to 1) are faint."""
    bars = max(1, min(len(peaks), box.width() // 5))
    step = box.width() / bars
    painter.setPen(Qt.PenStyle.NoPen)
    strong, faint = QColor(color), QColor(color)
    faint.setAlphaF(0.35)
    for bar in range(bars):
        part = peaks[bar * len(peaks) // bars : (bar + 1) * len(peaks) // bars] or (0.0,)
        height = max(2.0, min(1.0, max(part)) * box.height())
        painter.setBrush(strong if (bar + 0.5) / bars <= played else faint)
        x = box.x() + bar * step
        middle = box.y() + box.height() / 2
        painter.drawRoundedRect(QRectF(x, middle - height / 2, step * 0.6, height), 1.5, 1.5)
