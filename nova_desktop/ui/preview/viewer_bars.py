"""What stands around a result in the viewer: the quiet bar above it, and the facts beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import OneLine, named, sized
from nova_desktop.ui.look.words import number, tr
from nova_desktop.ui.preview.buttons import Buttons
from nova_desktop.ui.preview.facts import Facts, button
from nova_desktop.ui.preview.keys import right_to_left

PANEL_WIDTH = 320
SAID_MS = 8000  # long enough to be read, and to undo what was done


class TopBar(QFrame):
    """Name, kind, date and place of what is shown, and where it is among the results."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewerBar")
        # Arrows point as the window is read.
        back = "forward" if right_to_left() else "return"
        left, right = ("forward", "back") if right_to_left() else ("back", "forward")
        self.back = IconButton(back, tr("Viewer", "Back to the results"), keys="Esc")
        self.name = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        sized(self.name, 1.1, bold=True)
        self.about = OneLine(muted=True, elide=Qt.TextElideMode.ElideMiddle)
        self.said = OneLine()
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.said.hide()
        self._silent = QTimer(self, singleShot=True, interval=SAID_MS)
        self._silent.timeout.connect(self.said.hide)
        self.count = QLabel()
        self.count.setProperty("muted", True)
        self.before = IconButton(left, tr("Viewer", "The result before"), keys="J")
        self.after = IconButton(right, tr("Viewer", "The next result"), keys="K")
        self.info = IconButton("info", tr("Viewer", "Details"), keys="I")
        self.info.setCheckable(True)
        self.whole = IconButton("fullscreen", tr("Viewer", "Full screen"), keys="F")
        named(self, tr("Viewer", "What is shown"))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.name)
        lines.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addSpacing(8)
        row.addLayout(lines, 1)
        row.addSpacing(8)
        row.addWidget(self.said, 1)
        for widget in (self.before, self.count, self.after, self.info, self.whole):
            row.addWidget(widget)

    def say(self, text: str) -> None:
        """Says what was done, for a while."""
        self.said.say(text)
        self.said.setAccessibleName(text)
        self.said.show()
        self._silent.start()

    def show_hit(self, hit: Hit) -> None:
        """What it is."""
        self.name.say(wording.name_of(hit.path))
        self.about.say(f"{wording.about_hit(hit)} · {wording.shown(str(hit.path.parent))}")

    def show_place(self, row: int, of: int) -> None:
        """Number `row` (from 0) of so many results."""
        self.count.setText(tr("Viewer", "{row} of {of}", row=number(row + 1), of=number(of)))
        self.before.setEnabled(row > 0)
        self.after.setEnabled(row + 1 < of)


class FactsPanel(QFrame):
    """Everything that is known of the file, and what can be done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setFixedWidth(PANEL_WIDTH)
        named(self, tr("Viewer", "Details"))
        self.facts = Facts()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.facts)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setProperty("bare", True)
        scroll.setAccessibleName(tr("Viewer", "Details"))
        scroll.setWidget(inside)
        self.open = button(tr("Viewer", "Open"), tr("Viewer", "Open in its own program (Enter)"))
        self.reveal = button(
            tr("Viewer", "Show in folder"), tr("Viewer", "Show the file in the file manager")
        )
        self.alike = button(
            tr("Viewer", "Find similar"), tr("Viewer", "Search by this file, or this part (S)")
        )
        self.clip = button(tr("Viewer", "Clip…"), tr("Viewer", "Save the moment as a clip (E)"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(Buttons((self.open, self.reveal, self.alike, self.clip)))

    def show_for(self, played: bool) -> None:
        """A clip can be saved of what is played."""
        self.clip.setVisible(played)
