"""A picture that can be looked into: zoomed at the cursor, moved, as sharp as its pixels."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nova_desktop.model import Modality
from nova_desktop.ui.preview.picture import Picture, paint_boxes, paint_caption

STEP = 1.25  # of one press of a key, or one notch of a wheel
MOST = 8.0  # device pixels a pixel of the file
PAN = 80  # points of one press of an arrow
WAVE_HEIGHT = 280  # points; a waveform that fills a screen says no more
DRAGGED = 4  # points: less is a click


class Canvas(Picture):
    """Fits the picture in, or shows it `scale` device pixels a pixel of the file.

    `size_known` says how large the file's own picture is; what is loaded may be smaller, and
    `wanted` asks for more pixels when they would be seen.
    """

    zoomed = Signal()  # the scale has changed
    doubled = Signal()  # a double click on what can't be zoomed
    wanted = Signal(int)  # pixels of the longer edge that would be seen
    turned = Signal(int)  # of a page: the wheel asks for the next one (1) or the one before (-1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.scale: float | None = None  # None: fitted in
        self.pages = False  # the wheel moves through a page, and on to the next one
        self.can_zoom = True
        self.fills = False  # a small picture is blown up, as films and pages are
        self._full = QSize()
        self._middle = QPointF(0.5, 0.5)  # of the view: a place on the picture, 0 to 1
        self._grabbed: QPointF | None = None
        self._dragged = False

    def show_nothing(self, kind: Modality) -> None:
        super().show_nothing(kind)
        self._full = QSize()
        self.pages = self.fills = False
        self.can_zoom = True
        self.fit()

    def show_image(self, image: QImage) -> None:
        super().show_image(image)
        self._ask()

    def size_known(self, size: QSize) -> None:
        """The size of the file's own picture; at least that of what is loaded."""
        before = self.full().width()
        self._full = size
        if self.scale is not None and before:
            self.scale *= before / self.full().width()  # what is seen stays where it is
        self._ask()
        self.update()
        self.zoomed.emit()

    def full(self) -> QSize:
        """The pixels of the file's own picture, as far as is known."""
        if self._full.isEmpty() or self._full.width() < self.image.width():
            return self.image.size()
        return self._full

    def fit(self) -> None:
        """The whole picture."""
        self._set(None)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or further; what is at `at`, or in the middle, stays there."""
        if not self.image.isNull() and self.can_zoom:
            self._set(self.scale_now() * factor, at)

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """1.0: a device pixel a pixel."""
        if not self.image.isNull() and self.can_zoom:
            self._set(scale, at)

    def fitted(self) -> float:
        """The scale at which the whole picture is seen."""
        full, view = self.full(), self.size() * self.devicePixelRatioF()
        if full.isEmpty() or view.isEmpty():
            return 1.0
        return min(view.width() / full.width(), view.height() / full.height())

    def scale_now(self) -> float:
        """Device pixels a pixel."""
        if self.scale is not None:
            return self.scale
        return self.fitted() if self.fills else min(self.fitted(), self.devicePixelRatioF())

    def can_pan(self) -> bool:
        """Whether there is more than is seen."""
        box = self.box()
        return self.scale is not None and (
            box.width() > self.width() + 1 or box.height() > self.height() + 1
        )

    def pan(self, across: float, down: float) -> bool:
        """Moves the view by points; False where there is no more in that direction."""
        before = QPointF(self._middle)
        box = self.box()
        self._look_at(
            self._middle.x() + across / max(1.0, box.width()),
            self._middle.y() + down / max(1.0, box.height()),
        )
        self.update()
        return (self._middle - before).manhattanLength() > 1e-6

    def box(self) -> QRectF:
        """Where the whole picture is, in points of this widget; larger than it when zoomed."""
        size = self.full().toSizeF() * (self.scale_now() / self.devicePixelRatioF())
        left = self.width() / 2 - self._middle.x() * size.width()
        top = self.height() / 2 - self._middle.y() * size.height()
        return QRectF(left, top, size.width(), size.height())

    def paint_picture(self, painter: QPainter) -> None:
        box = self.box()
        seen = box.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        across, down = self.image.width() / box.width(), self.image.height() / box.height()
        part = QRectF(
            (seen.x() - box.x()) * across,
            (seen.y() - box.y()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        # Pixels that are looked at one by one have edges.
        smooth = self.scale_now() < 3 or self.image.width() < self.full().width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(seen, self.image, part)
        paint_boxes(painter, box, self.boxes)
        paint_caption(painter, seen.toAlignedRect(), self.caption)

    def paint_empty(self, painter: QPainter, box: QRect) -> None:
        if self.peaks and box.height() > WAVE_HEIGHT:
            box = QRect(box.x(), box.center().y() - WAVE_HEIGHT // 2, box.width(), WAVE_HEIGHT)
        super().paint_empty(painter, box.adjusted(16, 0, -16, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_at(self._middle.x(), self._middle.y())
        self._ask()
        self.zoomed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        moved, turned = event.pixelDelta(), event.angleDelta()
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        touchpad = not moved.isNull() and self.can_pan()
        event.accept()
        if not zooms and (self.pages or touchpad):
            delta = moved if not moved.isNull() else turned
            if not self.pan(-delta.x(), -delta.y()) and self.pages and delta.y():
                self.turned.emit(-1 if delta.y() > 0 else 1)
        elif turned.y():
            self.zoom_by(math.pow(STEP, turned.y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed, self._dragged = event.position(), False
            if self.can_pan():
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            return
        by = event.position() - self._grabbed
        if self._dragged or by.manhattanLength() >= DRAGGED:
            self._dragged = True
            self._grabbed = event.position()
            self.pan(-by.x(), -by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None and not self._dragged:
            box = QRectF(self.rect()).adjusted(16 + 14, 0, -16 - 14, 0)
            part = (event.position().x() - box.x()) / max(1.0, box.width())
            self.pressed.emit(min(1.0, max(0.0, part)))
        self._grabbed = None
        self._point()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.can_zoom or self.image.isNull():
            self.doubled.emit()
        elif self.scale is None:
            self.zoom_to(1.0 if self.scale_now() < 0.99 else 2.0, event.position())
        else:
            self.fit()

    def _set(self, scale: float | None, at: QPointF | None = None) -> None:
        if scale is None:
            self.scale, self._middle = None, QPointF(0.5, 0.5)
        else:
            at = at or QPointF(self.rect().center())
            before = self.box()
            x = (at.x() - before.x()) / max(1e-6, before.width())
            y = (at.y() - before.y()) / max(1e-6, before.height())
            least = min(1.0, self.fitted())
            self.scale = min(MOST, max(least, scale))
            if self.scale <= least and least < 1.0:
                self.scale = None
            size = self.box().size()
            self._look_at(
                x + (self.width() / 2 - at.x()) / max(1e-6, size.width()),
                y + (self.height() / 2 - at.y()) / max(1e-6, size.height()),
            )
        self._point()
        self._ask()
        self.update()
        self.zoomed.emit()

    def _look_at(self, x: float, y: float) -> None:
        """Never beyond an edge; a picture that is smaller than the view is in its middle."""
        size = self.box().size()
        half_x = self.width() / 2 / max(1e-6, size.width())
        half_y = self.height() / 2 / max(1e-6, size.height())
        self._middle = QPointF(
            0.5 if half_x >= 0.5 else min(1 - half_x, max(half_x, x)),
            0.5 if half_y >= 0.5 else min(1 - half_y, max(half_y, y)),
        )

    def _ask(self) -> None:
        """Where more pixels of the file would be seen than are loaded, asks for them."""
        full = self.full()
        if self.image.isNull() or full.isEmpty():
            return
        longer = max(full.width(), full.height())
        seen = math.ceil(longer * min(1.0, self.scale_now()))
        if seen > 1.1 * max(self.image.width(), self.image.height()):
            self.wanted.emit(seen)

    def _point(self) -> None:
        if self.can_pan():
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
