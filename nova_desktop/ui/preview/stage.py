"""Where one result is seen, played or read: in small beside the results, or filling the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nova_desktop.closeup import Box, Details
from nova_desktop.errors import ExpectedError
from nova_desktop.model import Modality, Preview, Source, Span, Unit
from nova_desktop.query import Hit, Query
from nova_desktop.ui import wording
from nova_desktop.ui.look.decoding import decoded
from nova_desktop.ui.look.labels import wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.canvas import Canvas
from nova_desktop.ui.preview.clipping import Clipping
from nova_desktop.ui.preview.loads import READ, Loaded, Loads
from nova_desktop.ui.preview.passage import Passage
from nova_desktop.ui.preview.picture import Picture
from nova_desktop.ui.results.files import url_of

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.preview.player import Player
    from nova_desktop.ui.tasks import Tasks

EDGE = 1024  # pixels of a picture in small
EDGES = (1024, 1536, 2048, 3072, 4096, 6144)  # of one that fills the window: few, so kept ones fit
DWELL_MS = 250  # what takes a while is asked for once the user has stayed on a result
PLAYED = (Modality.VIDEO, Modality.AUDIO)
PEAKS = 800  # of a waveform under a film
FRAMES, FRAME_EDGE = 40, 240  # of a film, for hovering
PAGE_SCALE = 3  # times the size that fits: how near a page can be looked at


class Stage(QWidget):
    """Loads everything off the Qt thread; what comes for a result that was left is dropped."""

    loaded = Signal()  # what is to be seen, or why it can't be
    reshaped = Signal()
    known = Signal(object)  # Details
    moved = Signal(object)  # Span: another moment, or another page, is shown
    clip_revealed = Signal(object)  # Path

    def __init__(self, tasks: Tasks, full: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = full
        self.loads = Loads(tasks, self)
        self._hit: Hit | None = None
        self._query: Query | None = None
        self._next: Hit | None = None
        self._terms: tuple[str, ...] = ()
        self._edge = 0  # that the shown picture was asked for in
        self.details: Details | None = None
        self.span: Span | None = None  # the part that is shown
        self.player: Player | None = None
        self.picture = Canvas() if full else Picture()
        self.passage = Passage(full)
        self.note = wrapped(muted=True)
        self.trouble = wrapped()
        self.trouble.setProperty("warning", True)
        self.clipping = Clipping()
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._load_slowly)
        self._lay_out()
        self.clipping.revealed.connect(self.clip_revealed)
        if isinstance(self.picture, Canvas):
            self.picture.wanted.connect(self._sharpen)

    def use(self, library: LibraryCalls) -> None:
        """Where previews come from."""
        self.loads.library = library
        self.clipping.use(library)

    def hit(self) -> Hit | None:
        """What is shown."""
        return self._hit

    def show_hit(self, hit: Hit, query: Query | None, span: Span | None = None) -> None:
        """Shows an answer to `query` at its best moment, or at `span`."""
        self._leave()
        self._hit, self._query, self.details = hit, query, None
        self._terms = wording.asked_for(query)
        self.picture.show_nothing(hit.modality)
        self.picture.setAccessibleName(wording.name_of(hit.path))
        self.picture.setVisible(True)
        self.passage.hide()
        self.passage.forget()
        self.note.hide()
        self.clipping.leave()
        span = span or hit.span
        self._play(hit, span)
        self._load(span)
        self.loads.ask("details", lambda library: library.details(hit.path), self._know)
        self._dwell.start()

    def expect(self, hit: Hit | None) -> None:
        """Which result is likely to be shown next: its picture is made ready meanwhile."""
        self._next = hit

    def clear(self) -> None:
        """Nothing is shown."""
        self._leave()
        self._hit = self._next = None
        self.clipping.leave()
        self.picture.show_nothing(Modality.IMAGE)  # its pixels are let go of
        self.passage.forget()
        self.stop()

    def stop(self) -> None:
        """Lets go of what is being played."""
        if self.player:
            self.player.stop()

    def end(self) -> None:
        """As `stop`, and returns when the player has let go and nothing loads any more."""
        self._leave()
        if self.player:
            self.player.end()
        self.clipping.end()
        self.loads.end()

    def plays(self) -> bool:
        """Whether what is shown can be played."""
        return self.player is not None and not self.player.isHidden()

    def play(self) -> None:
        """Plays or pauses what is shown, where that can be played."""
        if self.player and self.plays():
            self.player.toggle()

    def pause(self) -> None:
        """Stays where it is."""
        if self.player and self.player.media.isPlaying():
            self.player.toggle()

    def load_player(self) -> Player:
        """Imports QtMultimedia, which takes a while, so not before the window is painted."""
        if self.player is None:
            from nova_desktop.ui.preview.player import Player

            self.player = player = Player(self.picture, self._full)
            player.reshaped.connect(self.reshaped)
            player.clip_asked.connect(self.ask_for_clip)
            player.stepped.connect(self.next_moment)
            player.seek.valueChanged.connect(lambda: self._sought(player))
            self.clipping.marked.connect(player.seek.mark_clip)
            for button, mark in (
                (self.clipping.in_mark, self.clipping.mark_in),
                (self.clipping.out_mark, self.clipping.mark_out),
            ):
                button.clicked.connect(lambda _=False, mark=mark: mark(player.position_ms()))
            self._column.insertWidget(self._column.indexOf(self.picture) + 1, player)
            player.hide()
        return self.player

    def ask_for_clip(self) -> None:
        """Offers to save the moment; asked again, opens the file dialog."""
        hit, player = self._hit, self.player
        if hit is None or player is None or not self.plays():
            return
        if self.clipping.is_marking():
            self.clipping.ask_where()
        else:
            self.clipping.begin(hit, player.moment(), player.position_ms(), player.length_ms())

    def moments(self) -> tuple[Span, ...]:
        """The parts of the file that matched, in their order within it."""
        hit = self._hit
        spans = [span for span in (hit.span, *hit.moments) if span] if hit else []
        return tuple(sorted(spans, key=lambda span: (span.unit, span.start)))

    def go(self, span: Span) -> None:
        """Shows another part of the file."""
        if span.unit is Unit.SECONDS and self.player and self.plays():
            self.player.go_to(span)
            self.span = span
        else:
            self._load(span)
        self.moved.emit(span)

    def next_moment(self, by: int) -> bool:
        """The next part that matched (1), or the one before (-1); False at the end."""
        moments = self.moments()
        now = self.player.moment() if self.player and self.plays() else self.span
        if now not in moments:
            return False
        number = moments.index(now) + by
        if not 0 <= number < len(moments):
            return False
        self.go(moments[number])
        return True

    def page(self) -> int | None:
        """The number of the page that is shown, from 1; None where there are no pages."""
        if self._hit is None or self._hit.modality is not Modality.DOCUMENT:
            return None
        if self.span is not None and self.span.unit is Unit.PAGE:
            return int(self.span.start)
        return 1 if self.span is None and self.pages() else None

    def pages(self) -> int:
        """How many pages there are; 0 where that is not known."""
        return (self.details.info.pages or 0) if self.details else 0

    def turn(self, by: int) -> bool:
        """The next page (1) or the one before (-1); False where there is none."""
        page = self.page()
        if page is None or not 1 <= page + by <= self.pages():
            return False
        self.go(Span(Unit.PAGE, page + by, page + by))
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Does what a key without Ctrl or Alt stands for; False for the keys of others."""
        player, text = self.player, event.text().lower()
        if player is None or not self.plays():
            return False
        if self.clipping.is_marking() and text in ("i", "o"):
            mark = self.clipping.mark_in if text == "i" else self.clipping.mark_out
            mark(player.position_ms())
            return True
        return player.key(event)

    def _sought(self, player: Player) -> None:
        """The user has moved the playhead, perhaps to another moment."""
        span = player.moment()
        if span is not None and span != self.span:
            self.span = span
            self.moved.emit(span)

    def _leave(self) -> None:
        self._dwell.stop()
        self.loads.leave()

    def _play(self, hit: Hit, span: Span | None) -> None:
        playable = hit.modality in PLAYED and not hit.offline
        if playable:
            player = self.load_player()
            spans = tuple(one for one in (hit.span, *hit.moments) if one)
            player.offer(url_of(hit), span, spans, hit.duration_s or 0.0)
        else:
            self.stop()
        if self.player:
            self.player.setVisible(playable)
        if isinstance(self.picture, Canvas):
            self.picture.can_zoom = not playable
            self.picture.fills = hit.modality in (*PLAYED, *READ)

    def _load(self, span: Span | None) -> None:
        self.span = span
        self.trouble.hide()
        if hit := self._hit:
            self._edge = self._suitable_edge()
            self.loads.part(hit, span, self._edge, self._show, self._fail)

    def _suitable_edge(self) -> int:
        ratio = self.devicePixelRatioF()
        if not self._full:
            return round(EDGE * min(2.0, ratio))
        seen = max(self.width(), self.height()) * ratio
        return next((edge for edge in EDGES if edge >= min(seen, 3072)), EDGES[-1])

    def _show(self, made: Loaded) -> None:
        picture = self.picture
        framed = self.plays() and not picture.image.isNull()  # the player was quicker
        if not made.image.isNull() and not framed:
            picture.show_image(made.image)
        if made.preview.peaks:
            picture.show_peaks(made.preview.peaks)
            if self._hit and self._hit.modality is Modality.AUDIO:
                picture.image = QImage()  # the same, drawn
        page = made.span is not None and made.span.unit is Unit.PAGE and not made.image.isNull()
        if isinstance(picture, Canvas):
            picture.pages = page or self.page() is not None
            if page:
                picture.fit()
                picture.size_known(made.image.size() * PAGE_SCALE)
            else:
                self._tell_size()
        picture.show_boxes(())
        if page:
            self._mark(made.span)
        reads = made.excerpt is not None and bool(made.excerpt.text)
        picture.setVisible(not reads)
        self.passage.setVisible(reads)
        if reads and made.excerpt:
            self.passage.show_excerpt(made.excerpt, self._terms)
        self.reshaped.emit()
        self.loaded.emit()

    def _fail(self, error: ExpectedError) -> None:
        self.trouble.setText(sentence(str(error)))
        self.trouble.show()
        self.picture.show()
        self.loaded.emit()

    def _mark(self, span: Span | None) -> None:
        """Marks the passage that matched, and the words of the question in it."""
        hit = self._hit
        if hit is None or span is None:
            return
        why = [reason.text for reason in hit.why if reason.source is Source.TEXT and reason.text]
        passage = why[0] if why and span == hit.span else ""
        texts = (passage, *self._terms)
        path = hit.path
        self.loads.ask("marks", lambda library: library.marks(path, span, texts), self._show_marks)

    def _show_marks(self, boxes: tuple[Box, ...]) -> None:
        self.picture.show_boxes(boxes)

    def _know(self, details: Details) -> None:
        self.details = details
        if details.offline and details.folder:
            place = wording.shown(str(details.folder))
            self.note.setText(
                tr(
                    "Preview",
                    "This is what was kept of it: {place} is not connected. Connect it to open "
                    "the file.",
                    place=place,
                )
            )
            self.note.show()
        self._tell_size()
        self.known.emit(details)

    def _tell_size(self) -> None:
        info = self.details.info if self.details else None
        is_picture = self._hit is not None and self._hit.modality is Modality.IMAGE
        if is_picture and info and info.width and info.height and isinstance(self.picture, Canvas):
            self.picture.size_known(QSize(info.width, info.height))

    def _sharpen(self, pixels: int) -> None:
        """Loads the picture with so many pixels, as it is being looked into."""
        hit, span = self._hit, self.span
        edge = next((edge for edge in EDGES if edge >= pixels), EDGES[-1])
        if hit is None or self.plays() or edge <= self._edge:
            return
        self._edge = edge
        self.loads.ask(
            "sharper",
            lambda library: decoded(library.preview(hit.path, span, edge).jpeg),
            self._show_sharper,
        )

    def _show_sharper(self, image: QImage) -> None:
        if image.width() > self.picture.image.width():
            self.picture.show_image(image)

    def _load_slowly(self) -> None:
        hit, query, player = self._hit, self._query, self.player
        if (soon := self._next) and soon.modality not in PLAYED and not soon.offline:
            edge = self._suitable_edge()
            self.loads.ask_slowly("next", lambda it: it.preview(soon.path, soon.span, edge), _kept)
        if hit is None or player is None or not self.plays():
            return
        path, seek, loads = hit.path, player.seek, self.loads
        if query and query.parts:
            loads.ask_slowly("timeline", lambda it: it.timeline(path, query), seek.show_timeline)
        if hit.modality is not Modality.VIDEO:
            return
        loads.ask_slowly("subtitles", lambda it: it.subtitles(path), player.show_subtitles)
        if self._full:
            loads.ask_slowly("waveform", lambda it: it.waveform(path, PEAKS), seek.show_peaks)
            loads.ask_slowly(
                "strip",
                lambda it: decoded(it.preview(path, None, FRAME_EDGE, FRAMES).jpeg),
                lambda strip: seek.show_strip(strip, FRAMES),
            )

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for widget in (self.picture, self.passage, self.note, self.trouble, self.clipping):
            self._column.addWidget(widget)
        if self._full:
            self._column.setStretchFactor(self.picture, 1)
            self._column.setStretchFactor(self.passage, 1)
        for label in (self.note, self.trouble):
            label.hide()


def _kept(_: Preview) -> None:
    """The library keeps it for when it is asked for."""
