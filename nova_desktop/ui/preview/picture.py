"""A widget that shows one picture, a waveform, or the icon of a kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nova_desktop.closeup import Box
from nova_desktop.model import Modality
from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.tones import LIGHT, tones
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.results.painting import waveform

RADIUS = 8.0
WAVEFORM_ASPECT = 0.4
EMPTY_ASPECT = 0.66


class Picture(QWidget):
    """Keeps the shape of what it shows; `aspect` is its height over its width."""

    pressed = Signal(float)  # where, 0 at the left to 1 at the right

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Preview", "Picture"))
        self.image = QImage()
        self.peaks: tuple[float, ...] = ()
        self.played = 0.0
        self.boxes: tuple[Box, ...] = ()
        self.caption = ""
        self._kind = Modality.IMAGE

    def show_nothing(self, kind: Modality) -> None:
        """Until there is something, the icon of the kind."""
        self.image, self.peaks, self.played, self._kind = QImage(), (), 0.0, kind
        self.boxes, self.caption = (), ""
        self.setAccessibleDescription("")
        self.update()

    def show_image(self, image: QImage) -> None:
        """A picture, a page, a frame."""
        self.image = image
        self.update()

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        """A waveform, 0 to 1."""
        self.peaks = peaks
        self.update()

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Marks texts on a page; the first text is a passage, the others are words in it."""
        self.boxes = tuple(boxes)
        self.update()

    def show_caption(self, text: str) -> None:
        """What is said just now, over the picture; "" for nothing."""
        if text != self.caption:
            self.caption = text
            self.setAccessibleDescription(text)
            self.update()

    def show_played(self, played: float) -> None:
        """How much of the waveform is behind the player, 0 to 1."""
        self.played = played
        if self.image.isNull():
            self.update()

    @property
    def aspect(self) -> float:
        """The height it wants over the width it has."""
        if not self.image.isNull():
            return self.image.height() / self.image.width()
        return WAVEFORM_ASPECT if self.peaks else EMPTY_ASPECT

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(event.position().x() / max(1, self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            if self.image.isNull():
                self.paint_empty(painter, self.rect())
            else:
                self.paint_picture(painter)

    def paint_picture(self, painter: QPainter) -> None:
        """The whole picture as large as it fits, with what is marked on it and said in it."""
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        brush = QBrush(self.image)
        scale = box.width() / self.image.width()
        brush.setTransform(QTransform(scale, 0, 0, scale, box.x(), box.y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
        paint_boxes(painter, QRectF(box), self.boxes)
        paint_caption(painter, box, self.caption)

    def paint_empty(self, painter: QPainter, box: QRect) -> None:
        """A waveform, or the icon of the kind."""
        tone = tones()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.raised))
        painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
        if self.peaks:
            inner = box.adjusted(14, 14, -14, -14)
            waveform(painter, inner, self.peaks, tone.accent, self.played)
            paint_caption(painter, box, self.caption)
        else:
            shape = self._icon()
            painter.drawPixmap(box.center() - QRect(0, 0, 44, 44).center(), shape)

    def _icon(self) -> QPixmap:
        return pixmap(self._kind.value, tones().muted, 44, self.devicePixelRatioF())


def paint_boxes(painter: QPainter, page: QRectF, boxes: Sequence[Box]) -> None:
    """As a marker does on paper, which is white in every theme: the letters stay black."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    passage = QColor(LIGHT.mark).lighter(112)
    for box in boxes:
        painter.setBrush(QColor(LIGHT.mark) if box.text else passage)
        where = QRectF(
            page.x() + box.left * page.width(),
            page.y() + box.top * page.height(),
            (box.right - box.left) * page.width(),
            (box.bottom - box.top) * page.height(),
        )
        painter.drawRoundedRect(where, 2, 2)
    painter.restore()


def paint_caption(painter: QPainter, box: QRect, text: str) -> None:
    """White on a dark veil, as players do, near the lower edge of `box`."""
    if not text:
        return
    painter.save()
    font = painter.font()
    font.setPointSizeF(max(font.pointSizeF(), box.height() / 32))
    painter.setFont(font)
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
    room = box.adjusted(box.width() // 12, 0, -box.width() // 12, -box.height() // 24)
    lines = painter.boundingRect(room, flags, text)
    lines.moveBottom(room.bottom() - 4)
    lines.moveLeft(box.center().x() - lines.width() // 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(QRectF(lines).adjusted(-8, -4, 8, 4), 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(lines, flags, text)
    painter.restore()
