"""One result in the grid: how it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.tones import Tones, tones
from nova_desktop.ui.results.thumbnails import Thumbnail, Thumbnails

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 6  # around a tile, inside its cell
PAD = 6  # between a tile's edge and its picture
RADIUS = 8.0
TILE = 196  # the least width of a cell


class Tile(QStyledItemDelegate):
    """Paints picture, name, kind and moment, and why; the cell's size is given by the view."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self.cell = QSize(TILE, TILE)

    def cell_for(self, width: int, font: QFont) -> QSize:
        """Cells that fill a row of `width` exactly."""
        across = max(1, width // TILE)
        cell = width // across
        picture = (cell - 2 * (GAP + PAD)) * 3 // 4
        return QSize(cell, picture + 2 * QFontMetrics(font).height() + 2 * (GAP + PAD) + 12)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All alike."""
        return self.cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Called for visible cells only."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(hit, Hit):
            return
        tone = tones()
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        tile = option.rect.adjusted(GAP, GAP, -GAP, -GAP)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or over:
            painter.setPen(QPen(QColor(tone.accent), 1.5) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.selected if selected else tone.hover))
            painter.drawRoundedRect(QRectF(tile).adjusted(1, 1, -1, -1), RADIUS + 2, RADIUS + 2)
        width = tile.width() - 2 * PAD
        box = QRect(tile.x() + PAD, tile.y() + PAD, width, width * 3 // 4)
        if hit.offline:
            painter.setOpacity(0.55)
        self._picture(painter, box, hit, tone, option.font)
        painter.setOpacity(1)
        _badge(painter, box, hit, option.font)
        _lines(painter, QRect(box.x() + 2, box.bottom() + 7, width - 4, 0), hit, tone, option.font)
        painter.restore()

    def _picture(self, painter: QPainter, box: QRect, hit: Hit, tone: Tones, font: QFont) -> None:
        thumbnail = self._thumbnails.get(hit) or Thumbnail()
        painter.setPen(QPen(QColor(tone.line), 1))
        painter.setBrush(QColor(tone.raised))
        edge = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        if thumbnail.picture:
            painter.setBrush(_fill(thumbnail.picture, box))
            painter.drawRoundedRect(edge, RADIUS, RADIUS)
            return
        painter.drawRoundedRect(edge, RADIUS, RADIUS)
        if thumbnail.text:
            passage(painter, box.adjusted(12, 10, -12, -34), thumbnail.text, font, tone.text)
        elif thumbnail.peaks:
            waveform(painter, box.adjusted(14, 24, -14, -44), thumbnail.peaks, tone.accent)
        else:
            shape = pixmap(hit.modality.value, tone.muted, 36, painter.device().devicePixelRatioF())
            painter.drawPixmap(box.center() - QPointF(17, 17).toPoint(), shape)


def _fill(picture: QPixmap, box: QRect) -> QBrush:
    brush = QBrush(picture)
    scale = box.width() / picture.width()
    brush.setTransform(QTransform(scale, 0, 0, scale, box.x(), box.y()))
    return brush


def _badge(painter: QPainter, box: QRect, hit: Hit, font: QFont) -> None:
    """The kind, and the moment where there is one, on a dark pill that reads on any picture."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    text = "  ".join(part for part in (wording.moment(hit.span), "offline" * hit.offline) if part)
    width = 26 + (QFontMetrics(small).horizontalAdvance(text) + 6 if text else 0)
    pill = QRectF(box.x() + 7, box.bottom() - 29, width, 22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(12, 14, 18, 178))
    painter.drawRoundedRect(pill, 11, 11)
    shape = pixmap(hit.modality.value, "#ffffff", 14, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(pill.x() + 6, pill.y() + 4), shape)
    painter.setPen(QColor("#ffffff"))
    painter.setFont(small)
    painter.drawText(pill.adjusted(24, 0, 0, -0.5), Qt.AlignmentFlag.AlignVCenter, text)


def _lines(painter: QPainter, at: QRect, hit: Hit, tone: Tones, font: QFont) -> None:
    metrics = QFontMetrics(font)
    at.setHeight(metrics.height())
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font)
    painter.setPen(QColor(tone.text))
    name = wording.name_of(hit.path)
    painter.drawText(at, left, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, at.width()))
    at.translate(0, metrics.height() + 2)
    painter.setPen(QColor(tone.muted))
    line = wording.why(hit.why[0]) if hit.why else wording.KIND[hit.modality]
    painter.drawText(at, left, metrics.elidedText(line, Qt.TextElideMode.ElideRight, at.width()))


def passage(painter: QPainter, box: QRect, text: str, font: QFont, color: str) -> None:
    """The beginning of a text, wrapped, as far as whole lines fit."""
    layout = QTextLayout(" ".join(text[:600].split()), font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
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
