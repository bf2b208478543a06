"""One result in the grid: how it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nova_desktop.model import Modality
from nova_desktop.query import Finder, Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.results import moments, painting, saying
from nova_desktop.ui.results.thumbnails import Thumbnail, Thumbnails

if TYPE_CHECKING:
    from nova_desktop.ui.results.model import Results
    from nova_desktop.ui.results.scrub import Scrub

GAP = 6  # around a tile, inside its cell
PAD = 6  # between a tile's edge and its picture
EDGE = 7  # between a picture's edge and its badges
DIMMED = 0.5  # what can't be opened now


STEPS = (136, 196, 304)  # points of a cell's least width: small, medium, large
NARROW, WIDE = 160, 270  # below which a cell has room for one line; from which on for moments


class Tile(QStyledItemDelegate):
    """Paints picture, name, kind and moment, and why; the cell's size is given by the view."""

    def __init__(self, thumbnails: Thumbnails, results: Results, scrub: Scrub) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._results = results
        self._scrub = scrub
        self.size = STEPS[1]  # points of a cell's least width
        self.over: QPoint | None = None  # where the mouse is

    def cell_for(self, width: int, font: QFont) -> tuple[int, QSize]:
        """How many cells fill a row of `width` exactly, and how large they are."""
        across = max(1, width // self.size)
        cell = max(1, width // across)
        picture = max(1, (cell - 2 * (GAP + PAD)) * 3 // 4)
        lines = 1 if self.size < NARROW else 2
        below = lines * (QFontMetrics(font).height() + 2) + 10
        below += moments.HIGH + 4 if self.size >= WIDE and self._results.strips else 0
        return across, QSize(cell, picture + below + 2 * (GAP + PAD))

    def tile_in(self, cell: QRect) -> QRect:
        """The part of a cell that belongs to its tile."""
        return cell.adjusted(GAP, GAP, -GAP, -GAP)

    def picture_in(self, cell: QRect) -> QRect:
        """Where the picture is."""
        tile = self.tile_in(cell)
        width = tile.width() - 2 * PAD
        return QRect(tile.x() + PAD, tile.y() + PAD, width, width * 3 // 4)

    def chips_in(self, cell: QRect, row: int, font: QFont, mirrored: bool) -> list[moments.Chip]:
        """The strip of moments; large tiles alone have room for one."""
        if self.size < WIDE:
            return []
        box = self.tile_in(cell).adjusted(PAD + 2, 0, -PAD - 2, -PAD)
        box.setTop(box.bottom() - moments.HIGH)
        return moments.chips(self._results.moments(row), box, painting.smaller(font), mirrored)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Of a cell as wide as it may be."""
        return self.cell_for(self.size, option.font)[1]

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Called for visible cells only."""
        cell, font = option.rect, option.font
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        state = option.state
        box = self.picture_in(cell)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        hit = self._results.hit(index.row())
        self._ground(painter, self.tile_in(cell), state)
        if hit is None:
            _placeholder(painter, box, font)
        else:
            gone = hit.path in self._results.gone
            painter.setOpacity(DIMMED if hit.offline or gone else 1)
            if not self._scrub.paint(painter, box, hit):
                thumbnail = self._thumbnails.get(hit) or Thumbnail()
                painting.picture(painter, box, hit, thumbnail, font)
            painter.setOpacity(1)
            self._badges(painter, box, hit, font, mirrored)
            self._lines(painter, box, hit, font)
            if self.size >= WIDE:
                painter.setFont(painting.smaller(font))
                over = self.over if state & QStyle.StateFlag.State_MouseOver else None
                strip = self.chips_in(cell, index.row(), font, mirrored)
                moments.paint(painter, strip, hit.span, over)
        painter.restore()

    def _ground(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        tone, states = tones(), QStyle.StateFlag
        selected, focused = state & states.State_Selected, state & states.State_HasFocus
        if not (selected or focused or state & states.State_MouseOver):
            return
        color = tone.accent if selected else tone.muted
        width = 2.5 if focused and selected else 1.5
        painter.setPen(QPen(QColor(color), width) if selected or focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.selected if selected else tone.hover))
        radius = painting.RADIUS + 2
        painter.drawRoundedRect(QRectF(tile).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)

    def _badges(self, painter: QPainter, box: QRect, hit: Hit, font: QFont, mirrored: bool) -> None:
        small = painting.smaller(font)
        leading = QPointF(box.x() + EDGE, 0), QPointF(box.right() + 1 - EDGE, 0)
        start, end = reversed(leading) if mirrored else leading
        top = QPointF(0, box.y() + EDGE)
        bottom = QPointF(0, box.bottom() + 1 - EDGE - painting.PILL)
        at_s = self._scrub.time_of(hit)
        moment = wording.moment(hit.span) if at_s is None else wording.clock(at_s)
        painting.badge(painter, start + bottom, moment, small, hit.modality.value, mirrored)
        if said := self._results.gone.get(hit.path) or self._away(hit):
            painting.badge(painter, start + top, said, small, "", mirrored)
        if self.size >= NARROW:
            if hit.duration_s and hit.modality in (Modality.VIDEO, Modality.AUDIO):
                length = wording.clock(hit.duration_s)
                painting.badge(painter, end + bottom, length, small, "", not mirrored)
            if said := self._counted(hit):
                painting.badge(painter, end + top, said, small, "", not mirrored)

    def _away(self, hit: Hit) -> str:
        return tr("Results", "offline") if hit.offline else ""

    def _counted(self, hit: Hit) -> str:
        parts = []
        if Finder.CLOUD in hit.found_by:
            parts.append(tr("Results", "Nova"))
        if hit.copies:
            parts.append(trn("Results", "{n} copies", None, len(hit.copies) + 1))
        if hit.alike:
            parts.append(trn("Results", "+{n} alike", None, len(hit.alike)))
        if hit.moments and NARROW <= self.size < WIDE:
            parts.append(trn("Results", "{n} moments", None, len(hit.moments) + 1))
        return " · ".join(parts)

    def _lines(self, painter: QPainter, box: QRect, hit: Hit, font: QFont) -> None:
        tone = tones()
        high = QFontMetrics(font).height() + 2
        at = QRect(box.x() + 2, box.bottom() + 7, box.width() - 4, high)
        painter.setFont(font)
        name = wording.name_of(hit.path)
        middle = Qt.TextElideMode.ElideMiddle
        terms = self._results.terms
        painting.line(painter, at, name, tone.text, terms=terms, elide=middle)
        if self.size >= NARROW:
            at.translate(0, high)
            said = saying.why(hit, terms) or _kind_and_day(hit)
            painting.line(painter, at, said, tone.muted, terms=terms)


def _kind_and_day(hit: Hit) -> str:
    """What is worth knowing of a file that nothing was asked about."""
    return " · ".join(it for it in (wording.KIND[hit.modality], saying.day(hit.taken_s)) if it)


def _placeholder(painter: QPainter, box: QRect, font: QFont) -> None:
    """Where a file will be that is not loaded yet."""
    tone = tones()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.raised))
    painter.drawRoundedRect(QRectF(box), painting.RADIUS, painting.RADIUS)
    high = QFontMetrics(font).height() - 6
    painter.drawRoundedRect(QRectF(box.x() + 2, box.bottom() + 11, box.width() * 0.55, high), 4, 4)
