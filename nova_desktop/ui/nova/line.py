"""The footer's line about Amazon Nova: how far it is, what it cost, and what waits for a word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from nova_desktop.ui.look.words import tr

if TYPE_CHECKING:
    from nova_desktop.model import Status
    from nova_desktop.spending import Spent

HINT_MS = 60_000  # long enough to be seen by who has just added a folder, and then gone
BESIDE = 28  # pixels of the button that are not its text


class NovaLine(QPushButton):
    """A flat button, elided to fit; hidden while everything stays on this computer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._status: Status | None = None
        self._spent: Spent | None = None
        self._new: tuple[Path, ...] = ()
        self._text = ""
        self._fading = QTimer(self, singleShot=True, interval=HINT_MS)
        self._fading.timeout.connect(self.seen)
        self.hide()

    def show_status(self, status: Status) -> None:
        """The numbers; a folder that was added since the last ones gets its hint."""
        from nova_desktop.ui.nova import paying  # not before the first paint

        before, self._status = self._status, status
        if before and before.further and status.further:
            old, now = ([it.path for it in one.folders] for one in (before, status))
            allowed = status.further.allowed
            if new := paying.added(old, now, allowed):
                self._new = new
                self._fading.start()
            self._new = tuple(path for path in paying.added((), self._new, allowed) if path in now)
        self._show()

    def show_spent(self, spent: Spent) -> None:
        """The money."""
        self._spent = spent
        self._show()

    def seen(self) -> None:
        """The hint has done its work."""
        self._fading.stop()
        self._new = ()
        self._show()

    def whole(self) -> str:
        """The text before it is elided."""
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + BESIDE, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _show(self) -> None:
        further = self._status.further if self._status else None
        self.setVisible(further is not None)
        if further is None:
            return
        from nova_desktop.ui.nova import paying  # likewise

        self._text = paying.stays(self._new) if self._new else paying.progress(further, self._spent)
        self.setProperty("hint", bool(self._new))
        self.style().polish(self)
        self.setAccessibleName(self._text)
        more = tr("Amazon Nova", "What may be sent, what it costs, and what was sent")
        self.setToolTip(f"{self._text}\n{more}")
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        room = max(0, self.width() - BESIDE)
        metrics = QFontMetrics(self.font())
        # A button takes & for a shortcut.
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))
