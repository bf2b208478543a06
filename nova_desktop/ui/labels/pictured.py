"""A list whose rows show pictures of files, loaded as they come into view."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.results.thumbnails import cover

PICTURE = QSize(64, 48)  # points
GAP = 4
KEPT = Qt.ItemDataRole.UserRole
PATHS = Qt.ItemDataRole.UserRole + 1
SOON_MS = 30  # after scrolling, so that what only passes by is not loaded
MOST_KEPT = 2_000  # pictures of 12 KB


class PicturedList(QListWidget):
    """For the Qt thread: whoever hears `wanted` loads the picture off it."""

    wanted = Signal(object)  # Path, whose picture is to be shown

    def __init__(self, name: str, covers: int = 1) -> None:
        """`covers`: pictures beside one another in a row."""
        super().__init__()
        named(self, name)
        self.setProperty("framed", True)
        self._covers = covers
        self._pictures: dict[Path, QPixmap | None] = {}  # None: asked for, or there is none
        self.setIconSize(QSize(covers * (PICTURE.width() + GAP) - GAP, PICTURE.height()))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._soon.start())

    def add(self, text: str, kept: object, paths: Sequence[Path], tip: str) -> QListWidgetItem:
        """A row for `kept`, with pictures of the first of `paths`."""
        item = QListWidgetItem(text)
        item.setToolTip(tip)
        item.setData(KEPT, kept)
        item.setData(PATHS, tuple(paths[: self._covers]))
        item.setIcon(self._icon(item))
        self.addItem(item)
        self._soon.start()
        return item

    def show_picture(self, path: Path, image: QImage) -> None:
        """In every row that has it."""
        if image.isNull():
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        if len(self._pictures) > MOST_KEPT:
            self._pictures.clear()
        self._pictures[path] = picture
        for row in range(self.count()):
            item = self.item(row)
            if path in item.data(PATHS):
                item.setIcon(self._icon(item))

    def clear(self) -> None:
        """No rows; what had no picture is asked for again when it comes back."""
        self._pictures = {path: it for path, it in self._pictures.items() if it is not None}
        super().clear()

    def pictured(self) -> set[Path]:
        """The files whose pictures are shown."""
        return {path for path, picture in self._pictures.items() if picture is not None}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _ask(self) -> None:
        """For what is in view, once."""
        if not self.isVisible() or not self.count():
            return
        view = self.viewport().rect()
        first = self.indexAt(view.topLeft()).row()
        last = self.indexAt(view.bottomLeft()).row()
        last = self.count() - 1 if last < 0 else last
        for row in range(max(0, first), last + 1):
            for path in self.item(row).data(PATHS):
                if path not in self._pictures:
                    self._pictures[path] = None
                    self.wanted.emit(path)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # QShowEvent, which is only passed on
        self._soon.start()

    def _icon(self, item: QListWidgetItem) -> QIcon:
        ratio = self.devicePixelRatioF()
        whole = QPixmap(self.iconSize() * ratio)
        whole.setDevicePixelRatio(ratio)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, path in enumerate(item.data(PATHS)):
            box = QRectF(number * (PICTURE.width() + GAP), 0, PICTURE.width(), PICTURE.height())
            edge = QPainterPath()
            edge.addRoundedRect(box, 4, 4)
            painter.setClipPath(edge)
            if picture := self._pictures.get(path):
                painter.drawPixmap(box.toRect(), picture)
            else:
                painter.fillRect(box, QColor(tones().line))
        painter.end()
        icon = QIcon(whole)
        icon.addPixmap(whole, QIcon.Mode.Selected)  # not tinted where the row is chosen
        return icon


def fitted(image: QImage, ratio: float) -> QImage:
    """As a row shows it, on a screen with so many pixels a point. Any thread."""
    return image if image.isNull() else cover(image, PICTURE * ratio, top=False)
