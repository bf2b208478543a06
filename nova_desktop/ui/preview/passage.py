"""A passage of text with the words that matched marked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from nova_desktop.ui import wording
from nova_desktop.ui.look.tones import tones


class Passage(QTextEdit):
    """Read-only; can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName("Passage")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(10)
        self._wanted: tuple[str, ...] = ()

    def show_text(self, text: str, wanted: Iterable[str]) -> None:
        """Shows `text`, from the first marked word on when that is far down."""
        self._wanted = tuple(wanted)
        self.setPlainText(text)
        self._mark()
        selections = self.extraSelections()
        if selections:
            self.setTextCursor(selections[0].cursor)
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _mark(self) -> None:
        selections = []
        # Qt counts in UTF-16 units, so the marks are found in its own text.
        text = self.toPlainText()
        shift = _utf16_shifts(text)
        for start, stop in wording.marks(text, self._wanted):
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start + shift[start])
            cursor.setPosition(stop + shift[stop], QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format.setBackground(QColor(tones().mark))
            selections.append(selection)
        self.setExtraSelections(selections)


def _utf16_shifts(text: str) -> list[int]:
    """For each position of `text`, how many more units than characters come before it."""
    shifts, more = [], 0
    for c in text:
        shifts.append(more)
        more += ord(c) > 0xFFFF
    return [*shifts, more]
