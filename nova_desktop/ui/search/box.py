"""The search box: chips for the files, pictures and words to search by, and a line for words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from nova_desktop.ui.look.icons import IconButton, pixmap
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.results.files import PARTS, parts
from nova_desktop.ui.search.chips import Chips
from nova_desktop.ui.search.line import Line

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.query import Part
    from nova_desktop.ui.search.reading import Asked
    from nova_desktop.ui.tasks import Tasks

OF_CHIPS = 0.66  # of the width of the box, at most; the words have the rest


class SearchBox(QFrame):
    """Tells of every change; the window decides when to ask."""

    changed = Signal(object)  # Asked
    pasted = Signal(object)  # QMimeData
    left = Signal()
    unfocused = Signal()
    stepped_back = Signal()  # Esc, where there was nothing to clear

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        # As it is when the window opens. To dress it again needs QStyle, whose enums cost 12 ms.
        self.setProperty("focused", True)
        self.setFixedHeight(44)
        self.setAcceptDrops(True)
        self._asked: Asked | None = None
        self._read: tuple[tuple[Part, ...], str] = ((), "")  # what `_asked` was read from
        self.line = named(Line(), tr("Search", "Search"))
        self.line.installEventFilter(self)
        self.line.setMinimumWidth(120)
        self.parts = Chips()
        self.apart_button = IconButton(
            "add", tr("Search", "Make the words a part of their own (Shift+Enter)")
        )
        self.star_button = IconButton("star", "")
        self.clear_button = IconButton("close", tr("Search", "Clear the search (Esc)"))
        self._glass = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(self._glass)
        row.addWidget(self.parts)
        row.addWidget(self.line, 1)
        row.addWidget(self.apart_button)
        row.addWidget(self.star_button)
        row.addWidget(self.clear_button)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._tell)
        self.line.pasted.connect(self.pasted)
        self.line.emptied.connect(self.parts.remove_last)
        self.line.left.connect(self.left)
        self.line.cleared.connect(self.step_back)
        self.line.before.connect(self.parts.enter)
        self.line.apart.connect(self.set_apart)
        self.parts.changed.connect(self._tell)
        self.parts.left.connect(self.line.setFocus)
        self.parts.down.connect(self.left)
        self.parts.stepped_back.connect(self.step_back)
        self.parts.edited.connect(self._write)
        self.apart_button.clicked.connect(self.set_apart)
        self.clear_button.clicked.connect(self.clear)
        for button in (self.apart_button, self.star_button, self.clear_button):
            button.hide()
        self.show_star("")
        self._say_hint()
        self._draw()

    def use(self, library: LibraryCalls, tasks: Tasks) -> None:
        """Where the thumbnails of chips come from."""
        self.parts.use(library, tasks)

    def asked(self) -> Asked:
        """What the chips and the words mean now."""
        now = self.parts.parts(), self.line.text()
        from nova_desktop.ui.search.reading import read  # not before the first paint

        if self._asked is None or now != self._read:  # asked for by everyone who hears of a change
            self._read, self._asked = now, read(*now)
        return self._asked

    def show_star(self, name: str) -> None:
        """Full where the question is kept under a name."""
        self.star_button.draw("star-full" if name else "star")
        self.star_button.say(
            tr("Search", "Saved as {name}", name=name)
            if name
            else tr("Search", "Save this search (Ctrl+D)")
        )

    def chips(self) -> list[str]:
        """What the chips say."""
        return self.parts.texts()

    def add(self, *parts: Part) -> None:
        """Searches by these as well, and says so with a chip each."""
        self.parts.add(parts)

    def replace(self, *parts: Part) -> None:
        """Searches by these alone."""
        self._empty()
        self.parts.add(parts)

    def set_apart(self) -> None:
        """Makes chips of the words, so that they have a weight of their own; forms stay."""
        from nova_desktop.ui.search.reading import apart

        words, rest = apart(self.line.text())
        if words:
            self.line.blockSignals(True)
            self.line.setText(f"{rest} " if rest else "")
            self.line.blockSignals(False)
            self.parts.add(words)
            self._tell()
        self.line.setFocus()

    def step_back(self) -> None:
        """Clears the words; without words the chips; without those others are told."""
        if self.line.text():
            self.line.clear()
        elif len(self.parts):
            self.clear()
        else:
            self.stepped_back.emit()
        self.line.setFocus()

    def ask(self, typed: str, parts: Sequence[Part] = ()) -> None:
        """Holds this, instead of what it held."""
        self._empty()
        self.line.blockSignals(True)
        self.line.setText(typed)
        self.line.blockSignals(False)
        self.parts.add(parts)
        self._tell()

    def clear(self) -> None:
        """Searches for nothing."""
        self._empty()
        self._tell()

    def paste(self, mime: QMimeData) -> None:
        """Puts the text of the clipboard into the box."""
        self.line.insert(mime.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self._light(event.gotFocus())
            if event.lostFocus():
                self.unfocused.emit()
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # All else that is dragged is for the window.
        ours = event.mimeData().hasFormat(PARTS)
        event.setAccepted(ours)
        self._light(ours or self.line.hasFocus())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(self.line.hasFocus())

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(self.line.hasFocus())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add(*parts(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.fit(round(self.width() * OF_CHIPS))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _light(self, on: bool) -> None:
        """As what is typed, or let go of, comes here."""
        if self.property("focused") != on:
            self.setProperty("focused", on)
            self.style().polish(self)

    def _draw(self) -> None:
        self._glass.setPixmap(pixmap("search", tones().muted, 20, self.devicePixelRatioF()))

    def _write(self, words: str) -> None:
        before = self.line.text().strip()
        self.line.setText(f"{before} {words}" if before else words)
        self.line.setFocus()

    def _empty(self) -> None:
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self.parts.clear()

    def _say_hint(self) -> None:
        self.line.setPlaceholderText(
            tr("Search", "… and words")
            if len(self.parts)
            else tr("Search", "Search by words, or drop a file here")
        )

    def _tell(self) -> None:
        asked = self.asked()
        self.line.mark(asked.marks)
        self.clear_button.setVisible(bool(asked.typed or asked.parts))
        self.apart_button.setVisible(len(asked.parts) > len(self.parts))
        self._say_hint()
        self.changed.emit(asked)
