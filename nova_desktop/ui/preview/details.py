"""The inside of the preview pane: shows one result, plays it, and says what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.query import Hit, Query
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.alike import Alike
from nova_desktop.ui.preview.buttons import Buttons
from nova_desktop.ui.preview.facts import Facts, button
from nova_desktop.ui.preview.keys import is_plain, step_of
from nova_desktop.ui.preview.stage import Stage

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.preview.player import Player
    from nova_desktop.ui.tasks import Tasks

MARGIN = 16


class Details(QWidget):
    """Shows one result; the file itself is opened only to be played."""

    opened = Signal(object)  # Hit
    revealed = Signal(object)  # Hit
    similar = Signal(object)  # Part
    viewed = Signal(object)  # Hit: it is to fill the window
    stepped = Signal(int)  # to the next result (1) or the one before (-1)
    clip_revealed = Signal(object)  # Path
    loaded = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage(tasks, full=False)
        self.picture, self.passage = self.stage.picture, self.stage.passage
        self.trouble = self.stage.trouble
        self.facts = Facts()
        self._lay_out()
        self.stage.loaded.connect(self.loaded)
        self.stage.loaded.connect(self._fit)
        self.stage.reshaped.connect(self._fit)
        self.stage.known.connect(self.facts.show_details)
        self.stage.moved.connect(self.facts.show_moment)
        self.stage.clip_revealed.connect(self.clip_revealed)
        self.facts.moment_chosen.connect(self.stage.go)

    @property
    def player(self) -> Player | None:
        """Made when something is to be played."""
        return self.stage.player

    def use(self, library: LibraryCalls) -> None:
        """Where previews come from."""
        self.stage.use(library)

    def hit(self) -> Hit | None:
        """What is shown."""
        return self.stage.hit()

    def show_hit(self, hit: Hit, query: Query | None) -> None:
        """Shows an answer to `query`, whose words are marked in a passage."""
        self.facts.show_hit(hit)
        self.stage.show_hit(hit, query)
        self.clip.setEnabled(self.stage.plays())
        self._fit()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.stage.clear()

    def stop(self) -> None:
        """Lets go of what is being played."""
        self.stage.stop()

    def end(self) -> None:
        """As `stop`, and returns when the player has let go."""
        self.stage.end()

    def play(self) -> None:
        """Plays or pauses what is shown, where that can be played."""
        self.stage.play()

    def load_player(self) -> Player:
        """Imports QtMultimedia, which takes a while, so not before the window is painted."""
        return self.stage.load_player()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        # Before the menus take a plain key for themselves.
        if event.type() is QEvent.Type.ShortcutOverride and is_plain(event):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if by := step_of(event):
            self.stepped.emit(by)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.stage.moments():
            self.stage.next_moment(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space and (hit := self.hit()):
            self.viewed.emit(hit)
        elif event.key() == Qt.Key.Key_Escape and self.stage.clipping.can_leave():
            self.stage.clipping.leave()
        elif is_plain(event) and event.key() == Qt.Key.Key_S:
            self.like.ask()
        elif not (is_plain(event) and self.stage.key(event)):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Gives picture and passage the height that suits the pane."""
        width = max(1, self._scroll.viewport().width() - 2 * MARGIN)
        most = max(160, round(0.58 * self.height()))
        self.picture.setFixedHeight(min(most, round(width * self.picture.aspect)))
        self.passage.setFixedHeight(min(most, max(180, self.height() // 2)))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(10)
        column.addWidget(self.stage)
        column.addWidget(self.facts)
        column.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(tr("Preview", "Details"))
        self._scroll.setWidget(inside)
        self._scroll.setProperty("bare", True)
        self.open = button(tr("Preview", "Open"), tr("Preview", "Open in its own program (Enter)"))
        self.reveal = button(
            tr("Preview", "Show in folder"),
            tr("Preview", "Show the file in the file manager (Ctrl+Shift+R)"),
        )
        self.alike = button(
            tr("Preview", "Find similar"), tr("Preview", "Search by this file, or this part (S)")
        )
        self.like = Alike(self.stage, self.alike)
        self.like.asked.connect(self.similar)
        self.clip = button(tr("Preview", "Clip…"), tr("Preview", "Save the moment as a clip (E)"))
        self.clip.clicked.connect(self.stage.ask_for_clip)
        self.open.clicked.connect(lambda: self.opened.emit(self.hit()))
        self.reveal.clicked.connect(lambda: self.revealed.emit(self.hit()))
        self.clip.setEnabled(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(Buttons((self.open, self.reveal, self.alike, self.clip)))
        # A first layout is needed before the width of the viewport is known.
        QTimer.singleShot(0, self, self._fit)
