"""A row of a list of values: a mark when it is chosen, its text, and a number at its end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.tones import tones

COUNT = Qt.ItemDataRole.UserRole + 1  # what stands at the end of the row
SMALL = COUNT + 1  # a muted second part
ICON = SMALL + 1
PAD = 8  # points

Index = QModelIndex | QPersistentModelIndex


class CountRow(QStyledItemDelegate):
    """Mirrored where the language runs from right to left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All alike."""
        return QSize(160, QFontMetrics(option.font).height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = tones()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(0, 1, 0, -1)
        from PySide6.QtWidgets import QStyle  # its enums cost 5 ms, and at first there is no row

        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(tone.accent)) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.selected if current else tone.hover))
            painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inner = row.adjusted(PAD, 0, -PAD, 0)
        inner = self._lead(painter, option, index, inner)
        metrics = QFontMetrics(option.font)
        count = str(index.data(COUNT) or "")
        painter.setFont(option.font)
        painter.setPen(QColor(tone.muted))
        end = self._placed(option, Qt.AlignmentFlag.AlignRight)
        painter.drawText(inner, end, count)
        room = inner.width() - (metrics.horizontalAdvance(count) + 2 * PAD if count else 0)
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, room)
        box = _from_start(option, inner, 0, room)
        painter.setPen(QColor(tone.text))
        begin = self._placed(option, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(box, begin, text)
        used = metrics.horizontalAdvance(text) + PAD
        if (small := str(index.data(SMALL) or "")) and room - used > 40:
            font = QFont(option.font)
            font.setPointSizeF(font.pointSizeF() * 0.9)
            painter.setFont(font)
            painter.setPen(QColor(tone.muted))
            said = QFontMetrics(font).elidedText(small, Qt.TextElideMode.ElideMiddle, room - used)
            painter.drawText(_from_start(option, inner, used, room - used), begin, said)
        painter.restore()

    def _lead(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, inner: QRect
    ) -> QRect:
        """Draws what stands before the text; what is left of the row after it."""
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        name = str(index.data(ICON) or "")
        if checked is None and not name:
            return inner
        on = checked is not None and Qt.CheckState(checked) is Qt.CheckState.Checked
        if on or name:
            tone = tones()
            color = tone.accent if on else tone.muted
            ratio = painter.device().devicePixelRatioF()
            shape = pixmap("done" if on else name, color, 18, ratio)
            place = _from_start(option, inner, 0, 18)
            painter.drawPixmap(place.x(), inner.center().y() - 8, shape)
        return _from_start(option, inner, 18 + PAD, inner.width() - 18 - PAD)

    def _placed(self, option: QStyleOptionViewItem, side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
        from PySide6.QtWidgets import QStyle  # as above

        mirrored = QStyle.visualAlignment(option.direction, side)
        return mirrored | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def _from_start(option: QStyleOptionViewItem, box: QRect, skip: int, width: int) -> QRect:
    """So many points of `box`, counted from where a line begins."""
    rtl = option.direction is Qt.LayoutDirection.RightToLeft
    left = box.right() + 1 - skip - width if rtl else box.left() + skip
    return QRect(left, box.top(), max(0, width), box.height())
