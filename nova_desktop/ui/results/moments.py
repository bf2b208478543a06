"""The moments of one file as a strip of chips: where they stand, and which one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from nova_desktop.model import Span
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.results import saying

if TYPE_CHECKING:
    from collections.abc import Sequence

HIGH = 22  # points
GAP = 4


@dataclass(frozen=True, slots=True)
class Chip:
    """One moment; without a span it says how many there was no room for."""

    rect: QRect
    text: str
    span: Span | None


def chips(spans: Sequence[Span], box: QRect, font: QFont, mirrored: bool) -> list[Chip]:
    """As many as fit into one line of `box`, in the order of time; none for a single moment.

    `spans` are best first: where not all fit, the best ones are shown.
    """
    if len(spans) < 2:
        return []
    metrics = QFontMetrics(font)
    ordered = sorted(spans, key=lambda span: span.start)
    texts = {span: saying.chip(span, n) for n, span in enumerate(ordered, 1)}
    wide = {span: metrics.horizontalAdvance(text) + 14 for span, text in texts.items()}
    more = metrics.horizontalAdvance("+99") + 8
    shown: list[Span] = []
    used = 0
    for at, span in enumerate(spans):
        rest = 0 if at == len(spans) - 1 else more + GAP
        if used + wide[span] + rest > box.width():
            break
        shown.append(span)
        used += wide[span] + GAP
    made = []
    x = 0
    for span in sorted(shown, key=lambda span: span.start):
        made.append(Chip(_place(box, x, wide[span], mirrored), texts[span], span))
        x += wide[span] + GAP
    if left := len(spans) - len(shown):
        made.append(Chip(_place(box, x, more, mirrored), f"+{left}", None))
    return made


def at(shown: Sequence[Chip], point: QPoint) -> Span | None:
    """The moment of the chip at this point."""
    return next((chip.span for chip in shown if chip.rect.contains(point)), None)


def paint(
    painter: QPainter, shown: Sequence[Chip], chosen: Span | None, over: QPoint | None
) -> None:
    """In the painter's font. `over`: where the mouse is, if it is on this file."""
    tone = tones()
    for chip in shown:
        if chip.span is None:
            painter.setPen(QColor(tone.muted))
        else:
            mine = chip.span == chosen
            under = over is not None and chip.rect.contains(over)
            painter.setPen(QColor(tone.accent if mine or under else tone.line))
            painter.setBrush(QColor(tone.selected if mine else tone.base))
            rect = chip.rect.adjusted(0, 1, -1, -2)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            painter.setPen(QColor(tone.text))
        painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, chip.text)


def _place(box: QRect, x: int, width: int, mirrored: bool) -> QRect:
    left = box.right() - x - width + 1 if mirrored else box.x() + x
    return QRect(left, box.y() + (box.height() - HIGH) // 2, width, HIGH)
