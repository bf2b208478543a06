"""A widget that shows one picture, a waveform, or the icon of a kind."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from nova_desktop.model import Modality
from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.results.tile import waveform

RADIUS = 8.0
WAVEFORM_ASPECT = 0.4
EMPTY_ASPECT = 0.66


class Picture(QWidget):
    """Keeps the shape of what it shows; `aspect` is its height over its width."""

    pressed = Signal(float)  # where, 0 at the left to 1 at the right

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Picture")
        self.image = QImage()
        self.peaks: tuple[float, ...] = ()
        self.played = 0.0
        self._kind = Modality.IMAGE

    def show_nothing(self, kind: Modality) -> None:
        """Until there is something, the icon of the kind."""
        self.image, self.peaks, self.played, self._kind = QImage(), (), 0.0, kind
        self.update()

    def show_image(self, image: QImage) -> None:
        """A picture, a page, a frame."""
        self.image = image
        self.update()

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        """A waveform, 0 to 1."""
        self.peaks = peaks
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
        tone = tones()
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setPen(Qt.PenStyle.NoPen)
            if not self.image.isNull():
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
                painter.setBrush(brush)
                painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
                return
            painter.setBrush(QColor(tone.raised))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            if self.peaks:
                box = self.rect().adjusted(14, 14, -14, -14)
                waveform(painter, box, self.peaks, tone.accent, self.played)
            else:
                shape = pixmap(self._kind.value, tone.muted, 44, self.devicePixelRatioF())
                painter.drawPixmap(self.rect().center() - QRect(0, 0, 44, 44).center(), shape)
