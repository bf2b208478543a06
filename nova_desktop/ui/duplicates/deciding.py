"""What is decided of a group, done and taken back: the trash, or that they are no duplicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nova_desktop.duplicates import Copy, Group
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.results.undo import Step, Undo

if TYPE_CHECKING:
    from nova_desktop.errors import ExpectedError
    from nova_desktop.ui.duplicates.looking import Looking
    from nova_desktop.ui.results.trash import Outcome
    from nova_desktop.ui.tasks import Tasks


STAMP_S = 0.001  # that two readings of one time may differ by


def _is_there(copy: Copy) -> bool:
    """As it was when it was compared."""
    return copy.path.is_file() and not _is_changed(copy)


def _is_changed(copy: Copy) -> bool:
    """What is gone is not: the trash says so."""
    try:
        now = copy.path.stat()
    except OSError:
        return False
    same_time = not copy.changed_s or abs(now.st_mtime - copy.changed_s) < STAMP_S
    return now.st_size != copy.bytes or not same_time


class Deciding(QObject):
    """For the Qt thread. A group leaves the list at once, and is back where that failed."""

    leaving = Signal(object)  # set[Path]: about to be moved, so nothing may hold them
    taken = Signal(int)  # the row of a group that is done with
    put = Signal(int, object)  # row, Group: it is there again
    offered = Signal(str, object)  # what was done, and the Step that takes it back
    told = Signal(str)  # "" for nothing any more
    refused = Signal(object)  # ExpectedError

    def __init__(self, tasks: Tasks, looking: Looking, undo: Undo, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._looking, self._undo = tasks, looking, undo
        self._under_way = 0

    def throw(self, row: int, group: Group, copies: Sequence[Copy]) -> None:
        """Moves these of the group to the trash, off the Qt thread; never the last that is there.

        What was changed since it was compared stays, too: it may be no duplicate any more.
        """
        from nova_desktop.ui.results import trash

        paths = [copy.path for copy in copies]
        kept = [copy for copy in group.copies if copy not in copies]
        self.leaving.emit(set(paths))
        self.taken.emit(row)

        def done(outcome: Outcome) -> None:
            if len(outcome.done) < len(paths):
                self.put.emit(row, group)
            refused = " ".join(outcome.refused[:3])
            if not outcome.done:
                self.told.emit(refused)
                return
            text = trn("Duplicates", "In the trash: {n} file(s).", None, len(outcome.done))

            def back() -> None:
                self._run(
                    lambda: trash.put_back(outcome.done), lambda it: self._back(it, row, group)
                )

            self._offer(f"{text} {refused}".strip(), back)

        def work() -> Outcome:
            if not any(_is_there(copy) for copy in kept):
                none = tr(
                    "Duplicates",
                    "Nothing was moved: none of the files that you keep is there as it was "
                    "compared. Look again.",
                )
                return trash.Outcome(refused=(none,))
            changed = [copy.path for copy in copies if _is_changed(copy)]
            outcome = trash.throw_away([path for path in paths if path not in changed])
            stays = [
                tr(
                    "Duplicates",
                    "{name} was changed meanwhile, and stays.",
                    name=wording.name_of(path),
                )
                for path in changed
            ]
            return replace(outcome, refused=(*stays, *outcome.refused))

        self._run(work, done)

    def set_apart(self, row: int, group: Group) -> None:
        """They are no duplicates of one another, and are shown no more."""
        paths = tuple(copy.path for copy in group.copies)

        def back() -> None:
            self._looking.start("apart", lambda it: it.set_apart(paths, False), lambda _: None)
            self.put.emit(row, group)
            self.told.emit("")

        def done(_: object) -> None:
            name = wording.name_of(paths[0])
            self._offer(
                tr("Duplicates", "{name} and the others are shown no more.", name=name), back
            )

        self.taken.emit(row)
        self._looking.start("apart", lambda it: it.set_apart(paths), done)

    def _back(self, outcome: Outcome, row: int, group: Group) -> None:
        if outcome.done:
            self.put.emit(row, group)
        self.told.emit(" ".join(outcome.refused[:3]))

    def _offer(self, text: str, back: Callable[[], object]) -> None:
        step = Step(text, back)
        self._undo.add(step)
        self.offered.emit(text, step)

    def _run(self, work: Callable[[], Outcome], done: Callable[[Outcome], object]) -> None:
        self._under_way += 1
        self._tasks.start(("trash", self._under_way), work, done, self._failed)

    def _failed(self, error: ExpectedError) -> None:
        self.refused.emit(error)
