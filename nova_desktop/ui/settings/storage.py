"""The page of storage: where the library lies and how large it is, backups, and erasing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import OneLine, named, sized, wrapped
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.settings.page import Page
from nova_desktop.ui.settings.row import LEAST
from nova_desktop.ui.settings.spaces import SpacesBox
from nova_desktop.upkeep import Part

if TYPE_CHECKING:
    from nova_desktop.upkeep import Storage

PARTS = {
    Part.CATALOG: noop("Storage", "What is known of your files"),
    Part.VECTORS: noop("Storage", "What they are found by"),
    Part.PREVIEWS: noop("Storage", "Pictures of results"),
    Part.LOG: noop("Storage", "Log"),
    Part.OTHER: noop("Storage", "Other"),
    Part.ASIDE: noop("Storage", "Earlier libraries, kept aside"),
}


class StoragePage(Page):
    """Shows, and says what is asked for; `Keeping` does it."""

    compact_asked = Signal()
    repair_asked = Signal()
    backup_asked = Signal()
    restore_asked = Signal()
    erase_asked = Signal()
    forget_asked = Signal()
    open_asked = Signal()
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Settings", "Storage"))
        self.place = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        self.private = wrapped(muted=True, at_least=LEAST)
        self.sizes: dict[Part, tuple[QLabel, QLabel]] = {}
        self._stored: Storage | None = None
        self.spaces = SpacesBox()
        self.total = sized(QLabel(), 1.0, bold=True)
        self.free = QLabel()
        self.said = named(wrapped(at_least=LEAST), tr("Storage", "What was done"))
        self.bar = named(QProgressBar(textVisible=False), tr("Storage", "Progress"))
        self.bar.setFixedHeight(6)
        self.stop = self._push(tr("Storage", "Stop"), self.stop_asked)
        self.open = self._push(tr("Storage", "Open the folder"), self.open_asked)
        self.compact = self._push(tr("Storage", "Compact"), self.compact_asked)
        self.repair = self._push(tr("Storage", "Check and repair"), self.repair_asked)
        self.backup = self._push(tr("Storage", "Back up…"), self.backup_asked)
        self.restore = self._push(tr("Storage", "Restore…"), self.restore_asked)
        self.forget = self._push(tr("Storage", "Remove them"), self.forget_asked)
        self.erase = self._push(tr("Storage", "Erase everything…"), self.erase_asked)
        self.erase.setProperty("danger", True)
        self.busy(False)
        self.later(self._lay_out)

    def show_storage(self, stored: Storage) -> None:
        """As it is now."""
        self._stored = stored
        if not self.sizes:  # it is not laid out yet
            return
        self.place.say(str(stored.data))
        self.private.setText(
            tr("Storage", "Only you can read it.")
            if stored.private
            else tr(
                "Storage",
                "Other users of this computer may read it: take their rights to the folder away.",
            )
        )
        self.private.setProperty("warning", not stored.private)
        self.private.setProperty("muted", stored.private)
        self.private.style().polish(self.private)
        for part, (says, size) in self.sizes.items():
            size.setText(wording.size(stored.sizes.get(part, 0)))
            for label in (says, size):
                label.setVisible(part is not Part.ASIDE or bool(stored.sizes.get(part)))
        self.forget.setVisible(bool(stored.sizes.get(Part.ASIDE)))
        self.total.setText(wording.size(stored.total))
        self.free.setText(wording.size(stored.free))

    def busy(self, on: bool, stops: bool = False) -> None:
        """Nothing else can be asked for while something is done; `stops`: that can be stopped."""
        self.bar.setVisible(on)
        self.bar.setRange(0, 0)
        self.stop.setVisible(on and stops)
        for push in (
            *(self.compact, self.repair, self.backup, self.restore),
            *(self.erase, self.forget),
        ):
            push.setEnabled(not on)

    def progress(self, done: int, total: int) -> None:
        """How far it is, in bytes."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 * done // max(1, total))

    def say(self, text: str, warning: bool = False) -> None:
        """What was done, or why it can't be."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.said.setProperty("warning", warning)
        self.said.style().polish(self.said)

    def _push(self, text: str, asked: object) -> QPushButton:
        push = QPushButton(text)
        push.setAutoDefault(False)
        push.clicked.connect(asked)
        return push

    def _lay_out(self) -> None:
        sizes = QWidget()
        grid = QGridLayout(sizes)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        right = Qt.AlignmentFlag.AlignRight
        for at, (part, says) in enumerate(PARTS.items()):
            pair = QLabel(tr(*says)), QLabel("…")
            self.sizes[part] = pair
            grid.addWidget(pair[0], at, 0)
            grid.addWidget(pair[1], at, 1, right)
        grid.addWidget(self.forget, len(PARTS) - 1, 2, Qt.AlignmentFlag.AlignLeft)
        bottom = len(PARTS)
        grid.addWidget(sized(QLabel(tr("Storage", "Together")), 1.0, bold=True), bottom, 0)
        grid.addWidget(self.total, bottom, 1, right)
        grid.addWidget(QLabel(tr("Storage", "Free on this disk")), bottom + 1, 0)
        grid.addWidget(self.free, bottom + 1, 1, right)
        self.add(_line(self.place, self.open), tr("Storage", "folder place data"))
        self.add(self.private, tr("Storage", "private permissions"))
        self.add(sizes, tr("Storage", "size disk space"))
        self.add(self.spaces, tr("Storage", "vectors engine remove"))
        doing = _line(self.bar, self.stop)
        self.add(doing)
        self.add(self.said)
        self.said.setContentsMargins(0, 0, 0, 8)
        self.said.hide()
        for push, effect in (
            (
                self.compact,
                noop("Storage", "Gives what was forgotten back to the disk. Indexing waits."),
            ),
            (
                self.repair,
                noop(
                    "Storage",
                    "Reads all of the library. What is damaged is kept aside, and made again from "
                    "your files.",
                ),
            ),
            (
                self.backup,
                noop(
                    "Storage",
                    "Writes all that is known into one file, while work goes on. Your own files "
                    "are not in it.",
                ),
            ),
            (
                self.restore,
                noop(
                    "Storage",
                    "Puts a backup in the place of this library, which is kept aside. Nothing is "
                    "replaced before all of the backup was checked.",
                ),
            ),
            (
                self.erase,
                noop(
                    "Storage",
                    "Forgets everything. Your own files stay where they are.",
                ),
            ),
        ):
            self.add(_verb(push, tr(*effect)), f"{push.text()} {tr(*effect)}")
        self.forget.hide()
        for label in self.sizes[Part.ASIDE]:
            label.hide()  # there are none, mostly
        if self._stored is not None:
            self.show_storage(self._stored)


def _line(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(16)
    row.addWidget(widgets[0], 1)
    for widget in widgets[1:]:
        row.addWidget(widget)
    return whole


def _verb(push: QPushButton, effect: str) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 8, 0, 8)
    row.setSpacing(24)
    text = QVBoxLayout()
    text.addWidget(wrapped(effect, muted=True, at_least=LEAST))
    push.setMinimumWidth(168)
    push.setAccessibleDescription(effect)
    row.addLayout(text, 1)
    row.addWidget(push, 0, Qt.AlignmentFlag.AlignTop)
    return whole
