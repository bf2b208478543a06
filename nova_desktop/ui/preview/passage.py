"""A passage of text with the words that matched marked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from nova_desktop.closeup import Excerpt
from nova_desktop.ui import wording
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.units import units
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.keys import is_plain

READING = 1.2  # times the usual size of letters, where there is room
SCROLLING = frozenset(
    getattr(Qt.Key, f"Key_{name}") for name in ("Up", "Down", "PageUp", "PageDown", "Home", "End")
)
COLUMN_EMS = 42  # width of a column of text


class Passage(QTextEdit):
    """Read-only; can be selected and copied. In the `full` form it is one column to be read."""

    def __init__(self, full: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = full
        if full:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * READING)
            self.setFont(font)
        self.setReadOnly(True)
        self.setAccessibleName(tr("Preview", "Passage"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(10)
        self._wanted: tuple[str, ...] = ()
        self._passage = 0, 0

    def forget(self) -> None:
        """Shows nothing."""
        self._wanted, self._passage = (), (0, 0)
        self.clear()

    def show_excerpt(self, excerpt: Excerpt, wanted: Iterable[str]) -> None:
        """Shows a passage marked in the text around it."""
        self._wanted = tuple(wanted)
        before = tr("Preview", "… the text begins before this") + "\n\n" if excerpt.before else ""
        after = "\n\n" + tr("Preview", "… the text goes on") if excerpt.after else ""
        self._passage = excerpt.start + len(before), excerpt.stop + len(before)
        self.setPlainText(before + excerpt.text + after)
        self._mark()
        start = self._passage[0] if excerpt.stop else None
        if start is None:
            first = self.extraSelections()
            start = first[0].cursor.selectionStart() if first else 0
        else:
            start = units(self.toPlainText())[start]
        # To the end first, so that the passage comes to the top, with a line or two before it.
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)
        cursor.setPosition(start)
        for _ in range(2):
            cursor.movePosition(QTextCursor.MoveOperation.Up)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The others lead on to other results, or back.
        if is_plain(event) and event.key() not in SCROLLING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._full:  # lines that are longer can't be read well
            spare = max(0, self.width() - COLUMN_EMS * self.fontMetrics().height()) // 2
            self.setViewportMargins(spare, 0, spare, 0)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _mark(self) -> None:
        selections = []
        text = self.toPlainText()
        at = units(text)
        places = [(*place, tones().mark) for place in wording.marks(text, self._wanted)]
        whole = self._passage[1] - self._passage[0] >= len(text.strip())
        if self._passage[1] > self._passage[0] and not whole:  # else nothing would stand out
            places.insert(0, (*self._passage, tones().selected))
        for start, stop, tone in places:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(at[start])
            cursor.setPosition(at[stop], QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format.setBackground(QColor(tone))
            selections.append(selection)
        self.setExtraSelections(selections)
