"""The search box: words, and chips for the files and pictures to search by."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from nova_desktop.query import Part
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton, icon, pixmap
from nova_desktop.ui.look.tones import tones

CHIPS = 6  # files searched by at once
NAME_LENGTH = 24  # characters of a name on a chip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the box holds."""

    parts: tuple[Part, ...]
    text: str


class _Line(QLineEdit):
    pasted = Signal(object)  # QMimeData with more than text in it
    emptied = Signal()  # backspace where there is nothing left
    left = Signal()  # down, or enter: to the results
    cleared = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and (mime.hasUrls() or mime.hasImage()):
            self.pasted.emit(mime)
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SearchBox(QFrame):
    """Tells of every change; the window decides when to ask."""

    changed = Signal(object)  # Asked
    pasted = Signal(object)  # QMimeData
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self.setFixedHeight(44)
        self.line = _Line()
        self.line.setAccessibleName("Search")
        self.line.setPlaceholderText("Search by words, or drop a file here")
        self.line.setAcceptDrops(False)  # so that a drop reaches the window
        self.line.setMaxLength(2000)
        self.line.installEventFilter(self)
        self.clear_button = IconButton("close", "Clear the search (Esc)")
        self._glass = QLabel()
        self._parts: list[Part] = []
        self._chips: list[QToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(self._glass)
        self._row = row
        row.addWidget(self.line, 1)
        row.addWidget(self.clear_button)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._tell)
        self.line.pasted.connect(self.pasted)
        self.line.emptied.connect(self._drop_last)
        self.line.left.connect(self.left)
        self.line.cleared.connect(self.clear)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.hide()
        self._draw()

    def asked(self) -> Asked:
        """Files first, then words."""
        text = self.line.text().strip()
        words = (Part(text=text),) if text else ()
        return Asked((*self._parts, *words), text)

    def chips(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips]

    def add(self, *parts: Part) -> None:
        """Searches by these as well, and says so with a chip each."""
        for part in parts[: CHIPS - len(self._parts)]:
            self._parts.append(part)
            name = wording.name_of(part.path) if part.path else "pasted picture"
            chip = QToolButton()
            chip.setProperty("part", True)
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setIcon(icon("close", self))
            chip.setText(_short(name).replace("&", "&&"))
            chip.setAccessibleName(f"Don't search by {name}")
            chip.setToolTip(f"{name}\nClick to take it out of the search")
            chip.clicked.connect(functools.partial(self._remove, chip))
            self._chips.append(chip)
            self._row.insertWidget(len(self._chips), chip)
        self._tell()

    def replace(self, *parts: Part) -> None:
        """Searches by these alone."""
        self._empty()
        self.add(*parts)

    def clear(self) -> None:
        """Searches for nothing."""
        self._empty()
        self._tell()

    def paste(self, mime: QMimeData) -> None:
        """Puts the text of the clipboard into the box."""
        self.line.insert(mime.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.setProperty("focused", event.gotFocus())
            self.style().polish(self)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        tone = tones()
        self._glass.setPixmap(pixmap("search", tone.muted, 20, self.devicePixelRatioF()))
        for chip in self._chips:
            chip.setIcon(icon("close", self))

    def _empty(self) -> None:
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        for chip in self._chips:
            chip.deleteLater()
        self._chips.clear()
        self._parts.clear()

    def _remove(self, chip: QToolButton) -> None:
        at = self._chips.index(chip)
        del self._parts[at]
        self._chips.pop(at).deleteLater()
        self.line.setFocus()
        self._tell()

    def _drop_last(self) -> None:
        if self._chips:
            self._remove(self._chips[-1])

    def _tell(self) -> None:
        asked = self.asked()
        self.clear_button.setVisible(bool(asked.parts))
        self.line.setPlaceholderText(
            "… and words" if self._parts else "Search by words, or drop a file here"
        )
        self.changed.emit(asked)


def _short(name: str) -> str:
    half = NAME_LENGTH // 2
    return name if len(name) <= NAME_LENGTH else f"{name[:half]}…{name[-half:]}"
