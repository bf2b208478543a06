"""The bar at the bottom: how far indexing is, what failed, and what the engine is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from nova_desktop.kinds import State
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import OneLine, named
from nova_desktop.ui.look.words import number, tr, trn
from nova_desktop.ui.nova.line import NovaLine

if TYPE_CHECKING:
    from nova_desktop.events import Event, Progress
    from nova_desktop.model import Status

STEPS = 1000  # of the bar


class Footer(QFrame):
    """One line that adds up: 1,204 of 5,310 · 12 failed · photo.jpg · about 3 min."""

    pause_asked = Signal()
    resume_asked = Signal()
    failures_asked = Signal()
    engine_asked = Signal()
    sending_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setFixedHeight(44)
        self.bar = named(QProgressBar(textVisible=False), tr("Footer", "Indexing"))
        self.bar.setFixedSize(110, 6)
        self.line = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        self.pause = IconButton("pause", tr("Footer", "Pause indexing"))
        self.failures = named(QPushButton(), tr("Footer", "Failures"))
        self.failures.setToolTip(tr("Footer", "Which files failed, why, and trying again"))
        self.engine = OneLine(muted=True)
        self.engine.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.nova = NovaLine()
        self.about_engine = IconButton("info", tr("Footer", "About the search engine"))
        self.anyway = QPushButton(tr("Footer", "Index now anyway"))
        self.anyway.setToolTip(
            tr("Footer", "Goes on, although it would rest; Settings say when it does")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.line, 3)
        row.addWidget(self.pause)
        row.addWidget(self.anyway)
        row.addWidget(self.failures)
        row.addWidget(self.engine, 2)
        row.addWidget(self.nova, 2)
        row.addWidget(self.about_engine)
        self._progress: Progress | None = None
        self._paused = ""
        self._resting = False  # paused by conditions, and not by anybody
        self._status: Status | None = None
        self.anyway.clicked.connect(self.resume_asked)
        self.pause.clicked.connect(self.toggle)
        self.failures.clicked.connect(self.failures_asked)
        self.about_engine.clicked.connect(self.engine_asked)
        self.nova.clicked.connect(self.sending_asked)
        self._show()

    def hear(self, events: Iterable[Event]) -> None:
        """What happened since the last time."""
        from nova_desktop.events import Idle, Paused, Progress  # not before the first paint

        for event in events:
            match event:
                case Progress():
                    self._progress, self._paused = event, ""
                case Paused(reason):
                    self._paused = reason
                case Idle():
                    self._progress, self._paused = None, ""
        self._show()

    def show_status(self, status: Status) -> None:
        """The numbers of the whole library."""
        from nova_desktop.ui.look.sentences import sentence  # not before the first paint

        self._status = status
        self._paused, self._resting = status.paused, status.resting
        self.engine.say(sentence(wording.shown(status.engine_note)))
        self.engine.setVisible(status.further is None)
        self.nova.show_status(status)
        if not status.counts.get(State.WAITING):
            self._progress = None
        self._show()

    def paused(self) -> bool:
        """Whether pressing the button would resume."""
        return bool(self._paused)

    def indexing(self) -> bool:
        """Whether files are being indexed now."""
        return self._progress is not None and not self._paused

    def say(self, text: str) -> None:
        """Instead of the numbers, until the next are known."""
        self.line.say(text)

    def toggle(self) -> None:
        """Asks to pause, or to resume."""
        (self.resume_asked if self._paused else self.pause_asked).emit()

    def _show(self) -> None:
        from nova_desktop.ui.look.sentences import sentence  # not before the first paint

        status, progress = self._status, self._progress
        failed = status.counts.get(State.FAILED, 0) if status else 0
        further = status.further if status else None
        refused = further.failed if further else 0
        waiting = status.counts.get(State.WAITING, 0) if status else 0
        self.bar.setVisible(progress is not None)
        if progress:
            self.bar.setRange(0, STEPS)
            # Before the work is weighed, the files are all there is to go by.
            part = progress.share or progress.done / max(1, progress.total)
            self.bar.setValue(round(part * STEPS))
        if status is None:
            text = tr("Footer", "Opening the library…")
        elif self._paused and (waiting or not self._resting):
            numbers = wording.done_of(progress.done, progress.total) if progress else ""
            reason = sentence(wording.shown(self._paused))
            left = tr("Footer", "{n} waiting", n=number(waiting)) if self._resting else ""
            text = " · ".join(part for part in (numbers, reason, left) if part)
        elif progress:
            text = wording.progress(progress, failed)
        else:
            text = wording.tally(status.counts)
        self.line.say(text)
        rests = bool(self._paused) and self._resting
        self.anyway.setVisible(rests and waiting > 0)
        self.pause.setVisible(bool(progress or self._paused or waiting) and not rests)
        self.pause.draw("play" if self._paused else "pause")
        self.pause.say(
            tr("Footer", "Resume indexing") if self._paused else tr("Footer", "Pause indexing")
        )
        self.failures.setVisible(failed + refused > 0)
        n = failed + refused
        self.failures.setText(trn("Footer", "{n} failure(s)", None, n))
        self.about_engine.setVisible(status is not None)
        self.setAccessibleName(text)
