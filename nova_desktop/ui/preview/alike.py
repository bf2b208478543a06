"""Finds what is like the shown result: like all of it, or like the part that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from nova_desktop.model import Span, Unit
from nova_desktop.query import MOMENT_S, Part
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.preview.stage import Stage

LONGEST_S = 60.0  # of a moment that is meant as one; of a longer one, what is looked at


def looked_at(stage: Stage) -> Span | None:
    """The marks of a clip, the moment under the playhead, the page or the passage that is shown.

    None where a file is shown whole.
    """
    player = stage.player
    if player is None or not stage.plays():
        page = stage.page()
        return stage.span if page is None else Span(Unit.PAGE, page, page)
    if stage.clipping.is_marking():
        return stage.clipping.span()
    at_s, length_s = player.position_ms() / 1000, player.length_ms() / 1000
    moment = player.moment()
    if moment and moment.start <= at_s < moment.stop <= moment.start + LONGEST_S:
        return moment
    stop_s = at_s + MOMENT_S
    if length_s and stop_s > length_s:
        return Span(Unit.SECONDS, min(at_s, max(0.0, length_s - 1.0)), length_s)
    return Span(Unit.SECONDS, at_s, stop_s)


class Alike(QObject):
    """The button of it. Where the result has parts, it asks which is meant."""

    asked = Signal(object)  # Part

    def __init__(self, stage: Stage, button: QPushButton) -> None:
        super().__init__(button)
        self._stage, self._button = stage, button
        self.menu: QMenu | None = None  # that is open
        button.clicked.connect(self._press)

    def ask(self) -> None:
        """By what is looked at."""
        if hit := self._stage.hit():
            self.asked.emit(Part(path=hit.path, span=looked_at(self._stage)))

    def ask_whole(self) -> None:
        """By the whole file."""
        if hit := self._stage.hit():
            self.asked.emit(Part(path=hit.path))

    def _press(self) -> None:
        span = looked_at(self._stage)
        if span is None:
            self.ask_whole()
            return
        self._stage.pause()  # or what is looked at would be another moment by then
        said = wording.part(span)
        self.menu = menu = QMenu(self._button)
        menu.addAction(tr("Preview", "Like this: {part}", part=said) + "\tS", self.ask)
        menu.addAction(tr("Preview", "Like the whole file"), self.ask_whole)
        menu.aboutToHide.connect(self._closed)
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _closed(self) -> None:
        if self.menu:
            self.menu.deleteLater()
            self.menu = None
