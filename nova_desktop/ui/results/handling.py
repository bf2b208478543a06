"""What the grid and the list have in common: keys, the mouse, and dragging files out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView

from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.results import files, painting
from nova_desktop.ui.results.thumbnails import Thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova_desktop.query import Hit
    from nova_desktop.ui.results.grid import Grid
    from nova_desktop.ui.results.listing import Listing

TAKEN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
ALT = Qt.KeyboardModifier.AltModifier
DRAGGED = QRect(0, 0, 120, 90)  # points of the picture under a dragging mouse


class Handling(QObject):
    """Watches a view of results, and tells what the user wants of it."""

    opened = Signal()  # Enter: what is chosen
    viewed = Signal()  # Space or a double click
    typed = Signal(str)  # a letter, which is meant for the search
    left = Signal()  # Esc
    all_asked = Signal()  # Ctrl+A
    stepped = Signal(int)  # Ctrl and an arrow: 1 for the next moment, -1 for the one before
    zoomed = Signal(int)  # Ctrl and the wheel: 1 for larger, -1 for smaller
    moment_chosen = Signal(int, object)  # row, Span
    dragged = Signal()  # what is chosen, out of the window

    def __init__(self, view: Grid | Listing) -> None:
        super().__init__(view)
        self._view = view
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.setAcceptDrops(False)  # so that a drop reaches the window
        view.viewport().setAcceptDrops(False)
        view.setMouseTracking(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setTabKeyNavigation(False)
        view.doubleClicked.connect(self._double_clicked)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and isinstance(event, QKeyEvent):
            return event.type() is QEvent.Type.KeyPress and self._key(event)
        if isinstance(event, QWheelEvent) and event.modifiers() & TAKEN:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            return True
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            return self._pressed(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers, keys = event.key(), event.modifiers(), Qt.Key
        if modifiers & TAKEN:
            if key == keys.Key_A:
                self.all_asked.emit()
            elif key in (keys.Key_Left, keys.Key_Right):
                forward = (key == keys.Key_Right) is not self._view.isRightToLeft()
                self.stepped.emit(1 if forward else -1)
            else:
                return False
        elif key in (keys.Key_Return, keys.Key_Enter):
            self.opened.emit()
        elif key == keys.Key_Space:
            self.viewed.emit()
        elif key == keys.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text() and not modifiers & ALT:
            self.typed.emit(event.text())
        else:
            return False
        return True

    def _pressed(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        span = self._view.span_at(point)
        if event.button() is Qt.MouseButton.LeftButton and span is not None:
            self.moment_chosen.emit(self._view.indexAt(point).row(), span)
            return True  # or the press would choose the file at its moment before
        return False

    def _double_clicked(self) -> None:
        self.viewed.emit()


def drag(view: QAbstractItemView, hits: Sequence[Hit], thumbnail: Thumbnail | None) -> None:
    """Drags files out into another program, or into the search; returns when they are dropped."""
    mime = files.dragged(hits)  # what is offline can be searched by, and taken nowhere
    mime.setData(files.PARTS, files.carried(hits))
    drag = QDrag(view)
    drag.setMimeData(mime)
    drag.setPixmap(_carried(view, hits[0], thumbnail or Thumbnail(), len(hits)))
    drag.setHotSpot(QPoint(DRAGGED.width() // 2, DRAGGED.height()))
    drag.exec(Qt.DropAction.CopyAction)


def _carried(view: QAbstractItemView, hit: Hit, thumbnail: Thumbnail, number: int) -> QPixmap:
    """A thumbnail with the number of files on it, where there are several."""
    tone, ratio = tones(), view.devicePixelRatioF()
    made = QPixmap(DRAGGED.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setOpacity(0.9)
        painting.picture(painter, DRAGGED, hit, thumbnail, view.font())
        painter.setOpacity(1)
        if number > 1:
            text = str(number)
            width = max(24, painter.fontMetrics().horizontalAdvance(text) + 14)
            pill = QRect(DRAGGED.right() - width - 3, 4, width, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.accent))
            painter.drawRoundedRect(pill, 12, 12)
            painter.setPen(QColor(tone.on_accent))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    return made
