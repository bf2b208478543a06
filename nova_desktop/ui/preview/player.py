"""Plays a film or a sound from the moment that was found. It costs QtMultimedia: import late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QActionGroup, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from nova_desktop.closeup import Subtitles
from nova_desktop.model import Span, Unit
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.captions import Captions
from nova_desktop.ui.preview.picture import Picture
from nova_desktop.ui.preview.playback import SPEEDS, Playback
from nova_desktop.ui.preview.timeline import TimelineBar


class Player(QWidget):
    """Controls under a picture that the frames are painted on, so that they show in screenshots.

    `full` has all of them in sight; else there is room for the usual ones, and keys for the rest.
    """

    reshaped = Signal()  # the first frame may have another shape than the poster
    clip_asked = Signal()
    stepped = Signal(int)  # to the next moment (1) or the one before (-1)

    def __init__(self, picture: Picture, full: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.playback = Playback(self)
        self.media = self.playback.media
        self.captions = Captions()
        self._spans: tuple[Span, ...] = ()
        self._at = 0  # the number of the moment
        self.play = IconButton("play", tr("Player", "Play"), keys="P")
        self.before = IconButton("before", tr("Player", "The moment before"), keys="Up")
        self.after = IconButton("after", tr("Player", "The next moment"), keys="Down")
        self.seek = TimelineBar(full)
        self.time = QLabel("0:00")
        self.time.setProperty("muted", True)
        self.speed = named(QToolButton(), tr("Player", "Speed"))
        self.subtitles = IconButton("subtitles", tr("Player", "Subtitles"), keys="C")
        self.loop = IconButton("loop", tr("Player", "Play the moment over and over"), keys="L")
        self.clip = IconButton("clip", tr("Player", "Save the moment as a clip"), keys="E")
        self.mute = IconButton("sound", tr("Player", "Mute"), keys="M")
        self.volume = named(QSlider(Qt.Orientation.Horizontal), tr("Player", "Volume"))
        self._full = full
        self._lay_out(full)
        self._connect()
        self._show_speed()

    def offer(self, url: QUrl, span: Span | None, spans: Sequence[Span], length_s: float) -> None:
        """Makes a file ready at the start of `span`; it is opened a moment later, paused."""
        self._spans = tuple(one for one in spans if one.unit is Unit.SECONDS)
        self._at = self._spans.index(span) if span in self._spans else 0
        self.playback.offer(url, _ms(span))
        self.captions.use(())
        self.subtitles.setVisible(False)
        self.picture.show_caption("")
        self.loop.setChecked(False)
        self.seek.forget()
        self.seek.mark(self._spans)
        self.seek.mark_clip(None, None)
        self.seek.set_length(round(1000 * length_s))
        self.time.setToolTip("")
        for button in (self.before, self.after):
            button.setEnabled(len(self._spans) > 1)
        self._moved(_ms(span))

    def go_to(self, span: Span) -> None:
        """Moves to the start of a part, playing or not as before."""
        if span in self._spans:
            self._at = self._spans.index(span)
        self.playback.go_to(_ms(span))
        self._moved(_ms(span))
        self._set_loop()

    def moment(self) -> Span | None:
        """The part of the file that is being looked at, or was last before the playhead."""
        if not self._spans:
            return None
        chosen, at_ms = self._spans[self._at], self.position_ms()
        if _ms(chosen) <= at_ms < 1000 * chosen.stop:
            return chosen
        begun = [span for span in self._spans if _ms(span) <= at_ms]
        return max(begun, key=lambda span: span.start, default=chosen)

    def position_ms(self) -> int:
        """Where it is."""
        return self.seek.value()

    def length_ms(self) -> int:
        """How long the file is, as far as is known."""
        return self.seek.maximum()

    def toggle(self) -> None:
        """Plays or pauses."""
        self.playback.toggle()

    def stop(self) -> None:
        """Lets go of the file."""
        self.playback.stop()
        self.picture.show_caption("")

    def end(self) -> None:
        """Returns when nothing plays any more and the file is closed."""
        self.playback.end()

    def show_subtitles(self, tracks: Sequence[Subtitles]) -> None:
        """What can be chosen; none is shown until then."""
        self.captions.use(tracks)
        self.subtitles.setVisible(self._full and bool(tracks))

    def key(self, event: QKeyEvent) -> bool:
        """Does what a key stands for; False for the keys of others."""
        match event.text().lower():
            case ",":
                self.playback.step(-1)
            case ".":
                self.playback.step(1)
            case "[":
                self._faster(-1)
            case "]":
                self._faster(1)
            case "l":
                self.loop.toggle()
            case "c":
                self._next_subtitles()
            case "m":
                self._toggle_sound()
            case "p":
                self.toggle()
            case "e":
                self.clip_asked.emit()
            case _:
                return False
        return True

    def _moved(self, at_ms: int) -> None:
        self.seek.follow(at_ms)
        length = self.seek.maximum()
        self.time.setText(f"{wording.clock(at_ms / 1000)} / {wording.clock(length / 1000)}")
        self.picture.show_played(at_ms / length if length else 0.0)
        self.picture.show_caption(self.captions.at(at_ms / 1000))

    def _length(self, length_ms: int) -> None:
        self.seek.set_length(length_ms)
        self._moved(self.media.position())

    def _frame(self, image: QImage) -> None:
        if not self.isVisible():
            return
        before = self.picture.aspect
        self.picture.show_image(image)
        if abs(self.picture.aspect - before) > 0.01:
            self.reshaped.emit()

    def _playing(self, playing: bool) -> None:
        self.play.draw("pause" if playing else "play")
        self.play.say(tr("Player", "Pause") if playing else tr("Player", "Play"))

    def _muted(self, muted: bool) -> None:
        self.mute.draw("muted" if muted else "sound")
        self.mute.say(tr("Player", "Unmute") if muted else tr("Player", "Mute"))

    def _toggle_sound(self) -> None:
        self.playback.sound.setMuted(not self.playback.sound.isMuted())

    def _failed(self, why: str) -> None:
        self.time.setText(tr("Player", "Can't be played here"))
        self.time.setToolTip(wording.shown(why))

    def _pressed(self, part: float) -> None:
        if not self.isVisible():
            return
        if self.picture.peaks and self.picture.image.isNull() and self.media.isSeekable():
            self.playback.go_to(round(part * self.seek.maximum()))
        else:
            self.toggle()

    def _set_loop(self) -> None:
        moment = self.moment() if self.loop.isChecked() else None
        if moment is None:
            self.playback.loop = None
            return
        self.playback.loop = _ms(moment), max(_ms(moment) + 100, round(1000 * moment.stop))

    def _looped(self, on: bool) -> None:
        self._set_loop()
        loop = self.playback.loop
        if on and loop and not loop[0] <= self.position_ms() < loop[1]:
            self.playback.go_to(loop[0])

    def _faster(self, by: int) -> None:
        number = min(max(0, SPEEDS.index(self.playback.speed) + by), len(SPEEDS) - 1)
        self._set_speed(SPEEDS[number])

    def _set_speed(self, speed: float) -> None:
        self.playback.set_speed(speed)
        self._show_speed()

    def _show_speed(self) -> None:
        self.speed.setText(f"{self.playback.speed:g}×")
        for action in self._speeds.actions():
            action.setChecked(action.data() == self.playback.speed)

    def _next_subtitles(self) -> None:
        self.captions.next()
        self._show_captions()

    def _choose_subtitles(self, number: int | None) -> None:
        self.captions.choose(number)
        self._show_captions()

    def _show_captions(self) -> None:
        self.picture.show_caption(self.captions.at(self.position_ms() / 1000))

    def _offer_subtitles(self) -> None:
        menu = QMenu(self)
        choices: list[tuple[int | None, str]] = [(None, tr("Player", "No subtitles"))]
        choices += [
            (n, track.name or tr("Player", "Subtitles {n}", n=n + 1))
            for n, track in enumerate(self.captions.tracks)
        ]
        for number, name in choices:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(number == self.captions.chosen)
            action.triggered.connect(lambda _=False, n=number: self._choose_subtitles(n))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.subtitles.mapToGlobal(self.subtitles.rect().topLeft()))

    def _lay_out(self, full: bool) -> None:
        self.volume.setRange(0, 100)
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.volume.setValue(80)
        self.volume.setFixedWidth(64)
        self.volume.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.loop.setCheckable(True)
        self.speed.setToolTip(tr("Player", "Speed ([ and ])"))
        self.speed.setProperty("menu", True)
        self.speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.speed)
        self._speeds = QActionGroup(self)
        for speed in SPEEDS:
            action = QAction(f"{speed:g}×", menu, checkable=True)
            action.setData(speed)
            action.triggered.connect(lambda _=False, speed=speed: self._set_speed(speed))
            self._speeds.addAction(action)
            menu.addAction(action)
        self.speed.setMenu(menu)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.setContentsMargins(0, 0, 0, 0)
        begins: tuple[QWidget, ...] = (self.play, self.before, self.after, self.time)
        ends: tuple[QWidget, ...] = (
            *(self.speed, self.subtitles, self.loop, self.clip, self.mute, self.volume),
        )
        for widget in begins:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in ends:
            row.addWidget(widget)
        if not full:  # there is no room for them; their keys work
            spare = (self.before, self.after, self.speed, self.subtitles, self.loop)
            for widget in spare:
                row.removeWidget(widget)
                widget.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.seek)
        column.addLayout(row)

    def _connect(self) -> None:
        playback = self.playback
        playback.framed.connect(self._frame)
        playback.moved.connect(self._moved)
        playback.measured.connect(self._length)
        playback.playing.connect(self._playing)
        playback.failed.connect(self._failed)
        self.seek.valueChanged.connect(playback.go_to)
        self.seek.valueChanged.connect(lambda: self._set_loop())
        self.play.clicked.connect(self.toggle)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.subtitles.clicked.connect(self._offer_subtitles)
        self.loop.toggled.connect(self._looped)
        self.clip.clicked.connect(self.clip_asked)
        self.mute.clicked.connect(self._toggle_sound)
        playback.sound.mutedChanged.connect(self._muted)
        self.volume.valueChanged.connect(lambda value: playback.sound.setVolume(value / 100))
        self.picture.pressed.connect(self._pressed)


def _ms(span: Span | None) -> int:
    return round(1000 * span.start) if span and span.unit is Unit.SECONDS else 0
