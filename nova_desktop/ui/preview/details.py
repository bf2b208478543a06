"""The inside of the preview pane: shows one result, plays it, and says what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ExpectedError
from nova_desktop.model import Modality, Preview, Span, Unit
from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import wrapped
from nova_desktop.ui.preview.facts import Facts, button
from nova_desktop.ui.preview.passage import Passage
from nova_desktop.ui.preview.picture import Picture
from nova_desktop.ui.results.grid import url_of

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.preview.player import Player
    from nova_desktop.ui.tasks import Tasks

EDGE = 1024  # pixels of a picture here
MARGIN = 16
PLAYED = (Modality.VIDEO, Modality.AUDIO)


class Details(QWidget):
    """Shows one result; the file itself is opened only to be played."""

    opened = Signal(object)  # Hit
    revealed = Signal(object)  # Hit
    similar = Signal(object)  # Hit
    loaded = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library: LibraryCalls | None = None
        self._hit: Hit | None = None
        self._terms: tuple[str, ...] = ()
        self.player: Player | None = None
        self.picture = Picture()
        self.passage = Passage()
        self.facts = Facts()
        self.trouble = wrapped()
        self.trouble.setProperty("warning", True)
        self._lay_out()
        self.facts.moment_chosen.connect(self._go)

    def use(self, library: LibraryCalls) -> None:
        """Where previews come from."""
        self._library = library

    def hit(self) -> Hit | None:
        """What is shown."""
        return self._hit

    def show_hit(self, hit: Hit, text: str) -> None:
        """Shows a result of the question `text`, whose words are marked in a passage."""
        self._hit = hit
        self._terms = wording.terms(text)
        self.facts.show_hit(hit)
        self.picture.show_nothing(hit.modality)
        self.passage.hide()
        self._play(hit)
        self._load(hit.span)
        self._fit()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._hit = None
        self._tasks.cancel("preview")
        self.stop()

    def stop(self) -> None:
        """Lets go of what is being played."""
        if self.player:
            self.player.stop()

    def end(self) -> None:
        """As `stop`, and returns when the player has let go."""
        if self.player:
            self.player.end()

    def play(self) -> None:
        """Plays or pauses what is shown, where that can be played."""
        if self.player and self.player.isVisible():
            self.player.toggle()

    def load_player(self) -> Player:
        """Imports QtMultimedia, which takes a while, so not before the window is painted."""
        if self.player is None:
            from nova_desktop.ui.preview.player import Player

            self.player = Player(self.picture)
            self.player.reshaped.connect(self._fit)
            self._column.insertWidget(self._column.indexOf(self.picture) + 1, self.player)
            self.player.hide()
        return self.player

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _play(self, hit: Hit) -> None:
        playable = hit.modality in PLAYED and not hit.offline
        if playable:
            player = self.load_player()
            spans = tuple(span for span in (hit.span, *hit.moments) if span)
            player.offer(url_of(hit), hit.span, spans, hit.duration_s or 0.0)
        else:
            self.stop()
        if self.player:
            self.player.setVisible(playable)

    def _load(self, span: Span | None) -> None:
        hit, library = self._hit, self._library
        if hit is None or library is None:
            return
        self.trouble.hide()
        edge = round(EDGE * min(2.0, self.devicePixelRatioF()))

        def work() -> tuple[Preview, QImage]:
            preview = library.preview(hit.path, span, edge)
            return preview, QImage.fromData(preview.jpeg) if preview.jpeg else QImage()

        self._tasks.start("preview", work, self._show, self._fail)

    def _show(self, made: tuple[Preview, QImage]) -> None:
        preview, image = made
        if not image.isNull():
            self.picture.show_image(image)
        if preview.peaks:
            self.picture.show_peaks(preview.peaks)
        # A page is seen, so its text is only shown where there is no picture of it.
        wants_text = bool(preview.text) and image.isNull()
        self.picture.setVisible(not wants_text or bool(preview.peaks))
        self.passage.setVisible(wants_text)
        if wants_text:
            self.passage.show_text(preview.text, self._terms)
        self._fit()
        self.loaded.emit()

    def _fail(self, error: ExpectedError) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()
        self.picture.show()
        self.loaded.emit()

    def _go(self, span: Span) -> None:
        if span.unit is Unit.SECONDS and self.player and self.player.isVisible():
            self.player.go_to(span)
        else:
            self._load(span)

    def _fit(self) -> None:
        """Gives picture and passage the height that suits the pane."""
        width = max(1, self._scroll.viewport().width() - 2 * MARGIN)
        most = max(160, round(0.58 * self.height()))
        self.picture.setFixedHeight(min(most, round(width * self.picture.aspect)))
        self.passage.setFixedHeight(min(most, max(180, self.height() // 2)))

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(10)
        for widget in (self.picture, self.passage, self.trouble, self.facts):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName("Details")
        self._scroll.setWidget(inside)
        self._scroll.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        self.open = button("Open", "Open in its own program (Enter)")
        self.reveal = button("Show in folder", "Show the file in the file manager (Ctrl+Shift+R)")
        self.alike = button("Find similar", "Search by this file")
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 10, MARGIN, 12)
        row.setSpacing(8)
        for push, signal in (
            (self.open, self.opened),
            (self.reveal, self.revealed),
            (self.alike, self.similar),
        ):
            row.addWidget(push, 1)
            push.clicked.connect(lambda _=False, signal=signal: signal.emit(self._hit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(row)
        # A first layout is needed before the width of the viewport is known.
        QTimer.singleShot(0, self, self._fit)
