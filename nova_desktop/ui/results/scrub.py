"""Frames of a video while the mouse moves across its tile."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from nova_desktop.errors import ExpectedError
from nova_desktop.model import Modality
from nova_desktop.query import Hit
from nova_desktop.ui.look.decoding import decoded
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.results import painting
from nova_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls

DWELL_MS = 180  # on one tile before anything is loaded: a mouse on its way elsewhere loads nothing
FRAMES = 24
EDGE = 320  # pixels of a frame
KEPT = 12  # strips


class Scrub(QObject):
    """Of one video at a time; all methods are for the Qt thread."""

    changed = Signal()  # what is painted for the tile under the mouse

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = Tasks(1, self)
        self._library: LibraryCalls | None = None
        self._hit: Hit | None = None
        self._share = 0.0
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()  # by content; None: no frames
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._load)

    def use(self, library: LibraryCalls) -> None:
        """Where frames come from."""
        self._library = library

    def over(self, hit: Hit | None, share: float = 0.0) -> None:
        """The mouse is at this share, 0 to 1, of a file's picture; None: on no picture."""
        before, frame = self._hit, self._frame()
        self._hit, self._share = hit, min(max(share, 0.0), 1.0)
        if hit is None or hit.modality is not Modality.VIDEO:
            self._hit = None
            self._dwell.stop()
            self._tasks.cancel("strip")
        elif before is None or before.content != hit.content:
            self._tasks.cancel("strip")
            self._dwell.start()
        if before != self._hit or frame != self._frame() or self._strip():
            self.changed.emit()

    def paint(self, painter: QPainter, box: QRect, hit: Hit) -> bool:
        """Paints the frame under the mouse; False where there is none for this file."""
        strip = self._strip()
        if strip is None or self._hit is None or hit.content != self._hit.content:
            return False
        width = strip.width() / FRAMES
        frame = QRectF(self._frame() * width, 0, width, strip.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        painter.drawRoundedRect(QRectF(box), painting.RADIUS, painting.RADIUS)
        scale = max(box.width() / frame.width(), box.height() / frame.height())
        seen = QRectF(0, 0, box.width() / scale, box.height() / scale)
        seen.moveCenter(frame.center())
        painter.setBrush(painting.fill(strip, seen, box))
        painter.drawRoundedRect(QRectF(box), painting.RADIUS, painting.RADIUS)
        x = box.x() + self._share * (box.width() - 2)
        painter.setBrush(QColor(0, 0, 0, 120))
        painter.drawRect(QRectF(x - 1, box.y(), 4, box.height()))
        painter.setBrush(QColor(tones().accent))
        painter.drawRect(QRectF(x, box.y(), 2, box.height()))
        return True

    def time_of(self, hit: Hit) -> float | None:
        """Seconds from the start at which the mouse is; None where no frames of this file are."""
        mine = self._hit is not None and self._hit.content == hit.content
        if not mine or self._strip() is None or hit.duration_s is None:
            return None
        return self._share * hit.duration_s

    def is_shown(self) -> bool:
        """Whether frames are under the mouse now."""
        return self._strip() is not None

    def close(self) -> None:
        """Returns when the load under way has ended."""
        self._dwell.stop()
        self._tasks.close()

    def _frame(self) -> int:
        return min(FRAMES - 1, int(self._share * FRAMES))

    def _strip(self) -> QPixmap | None:
        return self._kept.get(self._hit.content) if self._hit else None

    def _load(self) -> None:
        hit, library = self._hit, self._library
        if hit is None or library is None or hit.content in self._kept:
            return

        def work() -> QImage:
            return decoded(library.preview(hit.path, None, EDGE, FRAMES).jpeg)

        def done(image: QImage) -> None:
            # A film without pictures answers with its sound, and what is damaged with nothing.
            there = not image.isNull() and image.width() >= FRAMES
            self._keep(hit.content, QPixmap.fromImage(image) if there else None)

        def failed(_: ExpectedError) -> None:
            self._keep(hit.content, None)  # the poster stays; the preview pane says what is wrong

        self._tasks.start("strip", work, done, failed)

    def _keep(self, content: str, strip: QPixmap | None) -> None:
        self._kept[content] = strip
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.changed.emit()
