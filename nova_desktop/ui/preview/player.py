"""Plays a video or a sound from the moment that was found. It costs QtMultimedia: import late."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

import PySide6
from PySide6.QtCore import SIGNAL, SLOT, QCoreApplication, QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from nova_desktop.model import Span, Unit
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.preview.picture import Picture
from nova_desktop.ui.preview.seekbar import SeekBar

AV_LOG_FATAL = 8  # libavutil/log.h
DWELL_MS = 200  # a file is opened once the user has stayed on it for this long


class Player(QWidget):
    """Controls under a picture that the frames are painted on, so that they show in screenshots."""

    reshaped = Signal()  # the first frame may have another shape than the poster

    # What the player is told goes by queued signals, so that Qt calls it without Python's lock.
    # Called from Python, it waits for its threads while they, deleting what is connected to our
    # QAudioOutput, wait for that lock: a deadlock, seen in one of some thirty stops.
    _source = Signal(QUrl)
    _play = Signal()
    _pause = Signal()
    _stop = Signal()
    _position = Signal("qlonglong")  # type: ignore[arg-type]  # milliseconds; stubs know no names

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.media = QMediaPlayer(self)
        self._sound = QAudioOutput(self)
        self._sink = QVideoSink(self)
        self._start_ms = 0
        self._url = QUrl()
        self._open = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._opening = False
        self._wants_play = False
        self.play = IconButton("play", "Play")
        self.seek = SeekBar()
        self.time = QLabel("0:00")
        self.time.setProperty("muted", True)
        self.mute = IconButton("sound", "Mute")
        self.volume = named(QSlider(Qt.Orientation.Horizontal), "Volume")
        _hush()
        self._lay_out()
        self._connect()

    def offer(self, url: QUrl, span: Span | None, spans: Sequence[Span], length_s: float) -> None:
        """Makes a file ready at the start of `span`; it is opened a moment later, paused."""
        self.stop()
        self._url = url
        self._start_ms = _ms(span)
        self.seek.mark(spans)
        self.seek.set_length(round(1000 * length_s))
        self._moved(self._start_ms)
        self._open.start()

    def go_to(self, span: Span) -> None:
        """Moves to the start of a part, playing or not as before."""
        self._start_ms = _ms(span)
        if self.media.mediaStatus() in _READY:
            self._position.emit(self._start_ms)
        self._moved(self._start_ms)

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.media.isPlaying():
            self._pause.emit()
            return
        if self._open.isActive():
            self._open.stop()
            self._begin()
        if self.media.mediaStatus() in _READY:
            self._play.emit()
        else:
            self._wants_play = True

    def stop(self) -> None:
        """Lets go of the file."""
        self._open.stop()
        self._wants_play = self._opening = False
        self._url = QUrl()
        self._stop.emit()
        self._source.emit(self._url)

    def end(self) -> None:
        """Returns when nothing plays any more and the file is closed."""
        self.stop()
        QCoreApplication.processEvents()  # delivers what `stop` has queued

    def _begin(self) -> None:
        self._opening = True
        self._source.emit(self._url)

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        # The same status comes again when a file is stopped.
        if self._opening and status is QMediaPlayer.MediaStatus.LoadedMedia:
            self._opening = False
            self._position.emit(self._start_ms)
            # Pausing, too, shows the frame at the moment.
            (self._play if self._wants_play else self._pause).emit()
            self._wants_play = False

    def _moved(self, at_ms: int) -> None:
        self.seek.follow(at_ms)
        length = self.seek.maximum()
        self.time.setText(f"{wording.clock(at_ms / 1000)} / {wording.clock(length / 1000)}")
        self.picture.show_played(at_ms / length if length else 0.0)

    def _length(self, length_ms: int) -> None:
        if length_ms > 0:
            self.seek.set_length(length_ms)
            self._moved(self.media.position())

    @Slot(QVideoFrame)
    def _frame(self, frame: QVideoFrame) -> None:
        # Frames of the last file may still be on their way when the next one is shown.
        if not frame.isValid() or self._url.isEmpty() or not self.isVisible():
            return
        before = self.picture.aspect
        self.picture.show_image(frame.toImage())
        if abs(self.picture.aspect - before) > 0.01:
            self.reshaped.emit()

    def _playing(self, playing: bool) -> None:
        self.play.draw("pause" if playing else "play")
        self.play.say("Pause" if playing else "Play")

    def _muted(self, muted: bool) -> None:
        self.mute.draw("muted" if muted else "sound")
        self.mute.say("Unmute" if muted else "Mute")

    def _failed(self, _: QMediaPlayer.Error, why: str) -> None:
        self.time.setText("Can't be played here")
        self.time.setToolTip(wording.shown(why))

    def _pressed(self, part: float) -> None:
        if not self.isVisible():
            return
        if self.picture.peaks and self.media.isSeekable():
            self._position.emit(round(part * self.seek.maximum()))
        else:
            self.toggle()

    def _lay_out(self) -> None:
        self.volume.setRange(0, 100)
        self.volume.setValue(80)
        self.volume.setFixedWidth(64)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.play)
        row.addWidget(self.time)
        row.addStretch(1)
        row.addWidget(self.mute)
        row.addWidget(self.volume)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.seek)
        column.addLayout(row)

    def _connect(self) -> None:
        self.media.setAudioOutput(self._sound)
        self.media.setVideoSink(self._sink)
        self._sound.setVolume(0.8)
        self._open.timeout.connect(self._begin)
        self._sink.videoFrameChanged.connect(self._frame, Qt.ConnectionType.QueuedConnection)
        self.media.mediaStatusChanged.connect(self._status)
        self.media.positionChanged.connect(self._moved)
        self.media.durationChanged.connect(self._length)
        self.media.playingChanged.connect(self._playing)
        self.media.errorOccurred.connect(self._failed)
        for signal, slot in (
            ("_source(QUrl)", "setSource(QUrl)"),
            ("_play()", "play()"),
            ("_pause()", "pause()"),
            ("_stop()", "stop()"),
            ("_position(qlonglong)", "setPosition(qlonglong)"),
        ):
            # By name, which connects Qt to Qt: a bound method might be called by way of Python.
            queued = Qt.ConnectionType.QueuedConnection
            QObject.connect(self, SIGNAL(signal), self.media, SLOT(slot), queued)
        self.seek.valueChanged.connect(lambda value: self._position.emit(value))
        self.play.clicked.connect(self.toggle)
        self.mute.clicked.connect(lambda: self._sound.setMuted(not self._sound.isMuted()))
        self._sound.mutedChanged.connect(self._muted)
        self.volume.valueChanged.connect(lambda value: self._sound.setVolume(value / 100))
        self.picture.pressed.connect(self._pressed)


def _hush() -> None:
    """Keeps the FFmpeg inside Qt from describing every file on the terminal."""
    if os.name != "posix":
        return  # a window has no terminal there
    # Qt offers no setting for it, so this asks the copy of libavutil that Qt has loaded.
    for name in (Path(PySide6.__file__).parent / "Qt" / "lib").glob("libavutil*"):
        with contextlib.suppress(OSError):  # a copy by another name, which is not the loaded one
            loaded = ctypes.CDLL(str(name), mode=os.RTLD_NOLOAD | os.RTLD_LAZY)
            loaded.av_log_set_level(AV_LOG_FATAL)


_READY = (
    QMediaPlayer.MediaStatus.LoadedMedia,
    QMediaPlayer.MediaStatus.BufferingMedia,
    QMediaPlayer.MediaStatus.BufferedMedia,
    QMediaPlayer.MediaStatus.StalledMedia,
    QMediaPlayer.MediaStatus.EndOfMedia,
)


def _ms(span: Span | None) -> int:
    return round(1000 * span.start) if span and span.unit is Unit.SECONDS else 0
