"""Plays a file without a face: position, speed, single frames, and one moment over and over."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import time
from pathlib import Path

import PySide6
from PySide6.QtCore import SIGNAL, SLOT, QCoreApplication, QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaMetaData,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

AV_LOG_FATAL = 8  # libavutil/log.h
DWELL_MS = 200  # a file is opened once the user has stayed on it for this long
SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
SHARE = 1.5  # times as long as a frame takes to be shown, the window has for all else
USUAL_FRAME_S = 1 / 25  # where neither the file nor its frames say how long one is shown


class Playback(QObject):
    """One file at a time, which is let go of by `stop`."""

    framed = Signal(QImage)
    moved = Signal(int)  # milliseconds
    measured = Signal(int)  # its length in milliseconds
    playing = Signal(bool)
    failed = Signal(str)

    # What the player is told goes by queued signals, so that Qt calls it without Python's lock.
    # Called from Python, it waits for its threads while they, deleting what is connected to our
    # QAudioOutput, wait for that lock: a deadlock, seen in one of some thirty stops.
    _source = Signal(QUrl)
    _play = Signal()
    _pause = Signal()
    _stop = Signal()
    _position = Signal("qlonglong")  # type: ignore[arg-type]  # milliseconds; stubs know no names
    _rate = Signal("double")  # type: ignore[arg-type]  # likewise

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.media = QMediaPlayer(self)
        self.sound = QAudioOutput(self)
        self._sink = QVideoSink(self)
        self._url = QUrl()
        self._start_ms = 0
        self._open = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._sought_ms = 0
        self._opening = False
        self._wants_play = False
        self._next_frame = 0.0  # of time.monotonic
        self._frame_us = (-1, -1)  # when the shown frame begins and ends
        self.speed = 1.0
        self.loop: tuple[int, int] | None = None  # milliseconds that are played over and over
        _hush()
        self._connect()

    def offer(self, url: QUrl, start_ms: int) -> None:
        """Makes a file ready at this time; it is opened a moment later, paused."""
        self.stop()
        self._url, self._start_ms = url, start_ms
        self._open.start()

    def is_ready(self) -> bool:
        """Whether the file is open, so that it can be moved in."""
        return self.media.mediaStatus() in _READY

    def is_open(self) -> bool:
        """Whether there is a file, open or about to be."""
        return not self._url.isEmpty()

    def go_to(self, at_ms: int) -> None:
        """Moves, playing or not as before; before the file is open, it will begin there."""
        self._start_ms = max(0, at_ms)
        if self.is_ready():
            self._seek(self._start_ms)

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.media.isPlaying():
            self._pause.emit()
            return
        if self._open.isActive():
            self._open.stop()
            self._begin()
        if self.is_ready():
            self._play.emit()
        else:
            self._wants_play = self.is_open()

    def step(self, frames: int) -> None:
        """Pauses, and shows the next frame (1) or the one before (-1)."""
        if not self.is_ready():
            return
        self._pause.emit()
        begin_us, end_us = self._frame_us
        if begin_us < 0:
            begin_us = 1000 * self.media.position()
        if end_us <= begin_us:
            end_us = begin_us + round(1e6 * self._frame_s())
        # Qt shows the first frame that ends at the position asked for, or after it.
        at_ms = math.ceil(end_us / 1000) + 1 if frames > 0 else (begin_us - 1000) // 1000
        self._position.emit(max(0, min(at_ms, self.media.duration())))

    def set_speed(self, speed: float) -> None:
        """1.0 is as it was recorded; kept for the next file."""
        self.speed = speed
        self._rate.emit(speed)

    def stop(self) -> None:
        """Lets go of the file."""
        self._open.stop()
        self._wants_play = self._opening = False
        self._url = QUrl()
        self._frame_us = (-1, -1)
        self.loop = None
        self._stop.emit()
        self._source.emit(self._url)

    def end(self) -> None:
        """Returns when nothing plays any more and the file is closed."""
        self.stop()
        QCoreApplication.processEvents()  # delivers what `stop` has queued

    def _seek(self, at_ms: int) -> None:
        # Qt shows the first frame that ends at the position asked for, or after it: at the start
        # of a scene that would be the last frame of the one before.
        self._sought_ms = at_ms
        self._position.emit(at_ms + 1 if at_ms else 0)

    def _begin(self) -> None:
        self._opening = True
        self._source.emit(self._url)

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        # The same status comes again when a file is stopped.
        if self._opening and status is QMediaPlayer.MediaStatus.LoadedMedia:
            self._opening = False
            self._rate.emit(self.speed)
            self._seek(self._start_ms)
            # Pausing, too, shows the frame at the moment.
            (self._play if self._wants_play else self._pause).emit()
            self._wants_play = False
        elif status is QMediaPlayer.MediaStatus.EndOfMedia and self.loop:
            self._seek(self.loop[0])
            self._play.emit()

    def _moved(self, at_ms: int) -> None:
        if self.loop and at_ms >= self.loop[1] and self.media.isPlaying():
            self._seek(self.loop[0])
        self.moved.emit(at_ms - (at_ms == self._sought_ms + 1))

    def _length(self, length_ms: int) -> None:
        if length_ms > 0:
            self.measured.emit(length_ms)

    @Slot(QVideoFrame)
    def _framed(self, frame: QVideoFrame) -> None:
        # Frames of the last file may still be on their way when the next one is shown.
        if not frame.isValid() or self._url.isEmpty():
            return
        began = time.monotonic()
        if self.media.isPlaying() and began < self._next_frame:
            return
        self._frame_us = frame.startTime(), frame.endTime()
        self.framed.emit(frame.toImage())
        # Where there is no graphics processor, a large frame takes long, and no other thread could
        # run meanwhile: then fewer are shown, so that the window goes on answering.
        self._next_frame = time.monotonic() + SHARE * (time.monotonic() - began)

    def _frame_s(self) -> float:
        rate = self.media.metaData().value(QMediaMetaData.Key.VideoFrameRate)
        return 1 / float(rate) if rate and float(rate) > 0 else USUAL_FRAME_S

    def _connect(self) -> None:
        self.media.setAudioOutput(self.sound)
        self.media.setVideoSink(self._sink)
        self.sound.setVolume(0.8)
        self._open.timeout.connect(self._begin)
        self._sink.videoFrameChanged.connect(self._framed, Qt.ConnectionType.QueuedConnection)
        self.media.mediaStatusChanged.connect(self._status)
        self.media.positionChanged.connect(self._moved)
        self.media.durationChanged.connect(self._length)
        self.media.playingChanged.connect(self.playing)
        self.media.errorOccurred.connect(lambda _, why: self.failed.emit(why))
        for signal, slot in (
            ("_source(QUrl)", "setSource(QUrl)"),
            ("_play()", "play()"),
            ("_pause()", "pause()"),
            ("_stop()", "stop()"),
            ("_position(qlonglong)", "setPosition(qlonglong)"),
            ("_rate(double)", "setPlaybackRate(double)"),
        ):
            # By name, which connects Qt to Qt: a bound method might be called by way of Python.
            queued = Qt.ConnectionType.QueuedConnection
            QObject.connect(self, SIGNAL(signal), self.media, SLOT(slot), queued)


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
