"""Saves a moment as a clip: its two marks, the file dialog, the progress, and how it ended."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ExpectedError, Stopped
from nova_desktop.model import Modality, Span, Unit
from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import OneLine, named
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls

POLL_MS = 250  # between looks at how much is done
SHORTEST_MS = 100
USUAL_MS = 10_000  # of a clip where no moment says how long it is
ENDINGS = {
    Modality.VIDEO: ("mp4", "mov", "mkv", "webm"),
    Modality.AUDIO: ("m4a", "mp3", "ogg", "opus", "flac", "wav"),
}


class Clipping(QFrame):
    """A row under the player; hidden until a clip is asked for."""

    marked = Signal(object, object)  # int | None: where the clip begins and ends, milliseconds
    revealed = Signal(object)  # Path of a clip that was saved

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = Tasks(2, self)
        self._library: LibraryCalls | None = None
        self._hit: Hit | None = None
        self._in_ms, self._out_ms, self._length_ms = 0, 0, 0
        self._target: Path | None = None  # of the clip that is being saved
        self._saved: Path | None = None
        self._folder = ""
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._ask)
        self._lay_out()
        self.hide()

    def use(self, library: LibraryCalls) -> None:
        """What saves clips."""
        self._library = library

    def begin(self, hit: Hit, span: Span | None, at_ms: int, length_ms: int) -> None:
        """Offers to save `span`, or some seconds from `at_ms` on."""
        self._hit, self._length_ms = hit, length_ms
        if span and span.unit is Unit.SECONDS:
            self._in_ms, self._out_ms = round(1000 * span.start), round(1000 * span.stop)
        else:
            self._in_ms, self._out_ms = at_ms, at_ms + USUAL_MS
        self._out_ms = min(self._out_ms, length_ms or self._out_ms)
        self._saved = None
        self._say_marks()
        self._show_state()
        self.show()

    def is_marking(self) -> bool:
        """Whether the marks can be set now."""
        return not self.isHidden() and self._target is None and self._saved is None

    def can_leave(self) -> bool:
        """Whether it is shown, and nothing is being saved."""
        return not self.isHidden() and self._target is None

    def mark_in(self, at_ms: int) -> None:
        """The clip begins here."""
        if self.is_marking():
            self._in_ms = at_ms
            if self._out_ms < at_ms + SHORTEST_MS:
                self._out_ms = min(self._length_ms, at_ms + USUAL_MS)
            self._say_marks()

    def mark_out(self, at_ms: int) -> None:
        """The clip ends here."""
        if self.is_marking():
            self._out_ms = at_ms
            self._in_ms = max(0, min(self._in_ms, at_ms - SHORTEST_MS))
            self._say_marks()

    def span(self) -> Span:
        """What would be saved."""
        return Span(Unit.SECONDS, self._in_ms / 1000, self._out_ms / 1000)

    def leave(self) -> None:
        """The marks are gone; a clip that is being saved goes on."""
        self.marked.emit(None, None)
        if self._target is None:
            self.hide()

    def ask_where(self) -> None:
        """Opens the file dialog."""
        if self._hit is None or not self.is_marking():
            return
        kinds = ENDINGS[Modality.AUDIO if self._hit.modality is Modality.AUDIO else Modality.VIDEO]
        proposed = proposed_name(self._hit, self.span())
        dialog = QFileDialog(self.window(), tr("Clip", "Save the clip"), self._usual_folder())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{ending.upper()} (*.{ending})" for ending in kinds])
        ending = proposed.rpartition(".")[2]
        dialog.selectNameFilter(f"{ending.upper()} (*.{ending})")
        dialog.setDefaultSuffix(ending)
        dialog.filterSelected.connect(lambda f: dialog.setDefaultSuffix(f.split(" ")[0].lower()))
        dialog.selectFile(proposed)
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, target: Path) -> None:
        """Saves what is marked; the row says how far it is."""
        library, hit, span = self._library, self._hit, self.span()
        if library is None or hit is None or self._target is not None:
            return
        self._folder, self._target = str(target.parent), target
        self.trouble.hide()
        self._tasks.start(
            "clip",
            lambda: library.clip(hit.path, span, target),
            lambda _: self._done(target),
            self._failed,
        )
        self._show_state()
        self.progress.setValue(0)
        self._poll.start()

    def stop(self) -> None:
        """Ends the saving; nothing stays of the clip."""
        library, target = self._library, self._target
        if library is not None and target is not None:
            self.cancel.setEnabled(False)
            self._tasks.start("stop", lambda: library.stop_clip(target), _nothing, _nothing)

    def end(self) -> None:
        """Returns when nothing is being saved any more."""
        self._poll.stop()
        library, target = self._library, self._target
        if library is not None and target is not None:

            def stop() -> None:
                with contextlib.suppress(ExpectedError):  # it is gone, and the clip with it
                    library.stop_clip(target)

            threading.Thread(target=stop, name="stop clip", daemon=True).start()
        self._tasks.close()

    def _ask(self) -> None:
        library, target = self._library, self._target
        if library is not None and target is not None:
            self._tasks.start(
                "done",
                lambda: library.clip_done(target),
                lambda part: self.progress.setValue(round(100 * part)),
                _nothing,
            )

    def _done(self, target: Path) -> None:
        self._target, self._saved = None, target
        self.text.say(tr("Clip", "Saved as “{name}”.", name=wording.name_of(target)))
        self.marked.emit(None, None)
        self._show_state()

    def _failed(self, error: ExpectedError) -> None:
        self._target = None
        self._say_marks()
        if not isinstance(error, Stopped):
            self.trouble.setText(sentence(str(error)))
            self.trouble.show()
        self._show_state()

    def _say_marks(self) -> None:
        self.trouble.hide()
        length = tr("Clip", "{n} s", n=f"{(self._out_ms - self._in_ms) / 1000:.1f}")
        marks = f"{_exact(self._in_ms)} – {_exact(self._out_ms)}"
        self.text.say(tr("Clip", "Clip {marks} · {length}", marks=marks, length=length))
        self.marked.emit(self._in_ms, self._out_ms)

    def _show_state(self) -> None:
        self._poll.stop()
        saving, saved = self._target is not None, self._saved is not None
        for widget in (self.in_mark, self.out_mark, self.choose):
            widget.setVisible(not saving and not saved)
        self.progress.setVisible(saving)
        self.cancel.setVisible(saving)
        self.cancel.setEnabled(True)
        self.reveal.setVisible(saved)
        self.close_button.setVisible(not saving)
        if saving and self._target:
            self.text.say(tr("Clip", "Saving “{name}”…", name=wording.name_of(self._target)))

    def _usual_folder(self) -> str:
        if self._folder:
            return self._folder
        sound = self._hit is not None and self._hit.modality is Modality.AUDIO
        places = QStandardPaths.StandardLocation
        place = places.MusicLocation if sound else places.MoviesLocation
        usual = QStandardPaths.writableLocation(place)
        home = QStandardPaths.writableLocation(places.HomeLocation)
        return usual if Path(usual).is_dir() else home

    def _lay_out(self) -> None:
        self.setObjectName("clipping")
        self.setAccessibleName(tr("Clip", "Save a clip"))
        self.text = OneLine()
        self.in_mark = _button(tr("Clip", "From here"), tr("Clip", "The clip begins here (I)"))
        self.out_mark = _button(tr("Clip", "To here"), tr("Clip", "The clip ends here (O)"))
        self.choose = _button(tr("Clip", "Save clip…"), tr("Clip", "Choose where to save it (E)"))
        self.choose.clicked.connect(self.ask_where)
        self.progress = named(QProgressBar(), tr("Clip", "Progress of the clip"))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.cancel = _button(tr("Clip", "Cancel"), tr("Clip", "Stop saving the clip"))
        self.cancel.clicked.connect(self.stop)
        self.reveal = _button(tr("Clip", "Show in folder"), tr("Clip", "Show the clip"))
        self.reveal.clicked.connect(lambda: self.revealed.emit(self._saved))
        self.close_button = IconButton("close", tr("Clip", "Leave the clip"), keys="Esc")
        self.close_button.clicked.connect(self.leave)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setProperty("warning", True)
        self.trouble.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 2)
        row.addWidget(self.progress, 3)
        for widget in (self.in_mark, self.out_mark, self.choose, self.cancel, self.reveal):
            row.addWidget(widget)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.trouble)


def proposed_name(hit: Hit, span: Span) -> str:
    """beach 0m42-0m57.mp4: the file's name, the moment, and an ending that can hold it."""
    sound = hit.modality is Modality.AUDIO
    endings = ENDINGS[Modality.AUDIO if sound else Modality.VIDEO]
    ending = hit.path.suffix[1:].lower()
    if ending == "m4v":
        ending = "mp4"
    ending = ending if ending in endings else endings[0]
    stem = wording.shown(hit.path.stem)[:120]
    return f"{stem} {_in_a_name(span.start)}-{_in_a_name(span.stop)}.{ending}"


def _in_a_name(seconds: float) -> str:
    """0m42, 1h02m03: colons can't be in a name everywhere."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}h{minute:02}m{second:02}" if hours else f"{minute}m{second:02}"


def _exact(at_ms: int) -> str:
    return f"{wording.clock(at_ms / 1000)}.{at_ms % 1000 // 100}"


def _button(text: str, says: str) -> QPushButton:
    made = named(QPushButton(text), text)
    made.setToolTip(says)
    made.setProperty("small", True)
    return made


def _nothing(_: object) -> None:
    """The row says it by itself."""
