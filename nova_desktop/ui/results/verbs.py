"""What can be done with results: opened, copied, left out, thrown away, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from nova_desktop.errors import ExpectedError
from nova_desktop.query import Hit, Part
from nova_desktop.ui import desktop, wording
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.results import files
from nova_desktop.ui.results.undo import Step, Undo

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.notice import Notice
    from nova_desktop.ui.results.model import Results
    from nova_desktop.ui.results.programs import Program
    from nova_desktop.ui.results.trash import Outcome, Trashed
    from nova_desktop.ui.search.box import SearchBox
    from nova_desktop.ui.tasks import Tasks

T = TypeVar("T")


class ResultVerbs(QObject):
    """Does it to those that are chosen, and says in the notice what can't be done."""

    leaving = Signal(object)  # set[Path]: they are about to be moved, so nothing may hold them

    def __init__(
        self,
        link: Link,
        tasks: Tasks,
        search_box: SearchBox,
        notice: Notice,
        results: Results,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._tasks = tasks
        self._search_box = search_box
        self._notice = notice
        self._results = results
        self._under_way = 0  # names tasks that must not replace one another
        self.undo = Undo(self)

    def tell(self, error: ExpectedError) -> None:
        """Says what can't be done, in its own words."""
        self._notice.say(sentence(str(error)))

    def open(self, hits: Sequence[Hit]) -> None:
        """Each in its own program."""
        try:
            for hit in hits:
                desktop.open_file(hit.path)
        except ExpectedError as error:
            self.tell(error)

    def open_with(self, program: Program, hits: Sequence[Hit]) -> None:
        """All in this program."""
        from nova_desktop.ui.results.programs import open_with

        paths = tuple(hit.path for hit in hits)
        self._run(lambda: open_with(program, paths), lambda _: None)

    def reveal(self, hits: Sequence[Hit]) -> None:
        """The first in the file manager."""
        self.reveal_path(hits[0].path)

    def reveal_path(self, path: Path) -> None:
        """In the file manager."""

        def done(shown: bool) -> None:
            if not shown:
                try:
                    desktop.open_folder_of(path)
                except ExpectedError as error:
                    self.tell(error)

        self._tasks.start("reveal", lambda: desktop.select_in_manager(path), done, self.tell)

    def search_by(self, part: Part) -> None:
        """Searches by a file, or a part of it, alone."""
        self._search_box.replace(part)

    def find_similar(self, hits: Sequence[Hit]) -> None:
        """Searches by these files alone."""
        self._search_box.replace(*(Part(path=hit.path) for hit in hits))

    def find_like_part(self, hits: Sequence[Hit]) -> None:
        """Searches by the moments, pages and passages of these that are shown, alone."""
        self._search_box.replace(*map(files.part_of, hits))

    def search_with(self, hits: Sequence[Hit]) -> None:
        """Adds these files to the question."""
        if hits:
            self._search_box.add(*(Part(path=hit.path) for hit in hits))

    def copy(self, hits: Sequence[Hit]) -> None:
        """The files to the clipboard, for a file manager or a message."""
        there = [hit for hit in hits if not hit.offline]
        if there:
            QGuiApplication.clipboard().setMimeData(files.copied(there))
        self._say_copied(len(there), len(hits))

    def copy_paths(self, hits: Sequence[Hit]) -> None:
        """Their paths to the clipboard, one a line."""
        QGuiApplication.clipboard().setText(files.paths(hits))

    def leave_out(self, paths: Sequence[Path]) -> None:
        """Files, or whole folders, are left out of the library; they stay where they are."""
        it = tuple(paths)
        if len(it) == 1:
            name = wording.name_of(it[0])
            said = tr("Results", "{name} is left out of the library.", name=name)
        else:
            said = trn("Results", "{n} file(s) are left out of the library.", None, len(it))

        def take_back() -> None:
            self._link.do(("include", it), lambda library: library.include(it))
            self._results.set_gone(it, "")
            self._notice.say("")

        def done(_: object) -> None:
            self._results.set_gone(it, tr("Results", "left out"))
            self._offer(said, take_back)

        self._call(lambda library: library.exclude(it), done)

    def throw_away(self, hits: Sequence[Hit]) -> None:
        """To the system's trash."""
        from nova_desktop.ui.results import trash

        paths = [hit.path for hit in hits if not hit.offline]
        self.leaving.emit(set(paths))

        def done(outcome: Outcome) -> None:
            thrown = outcome.done
            self._results.set_gone([one.path for one in thrown], tr("Results", "in the trash"))
            if not thrown:
                self._notice.say(_some(outcome.refused))
                return
            if len(thrown) == 1:
                name = wording.name_of(thrown[0].path)
                said = tr("Results", "{name} is in the trash.", name=name)
            else:
                said = trn("Results", "{n} file(s) are in the trash.", None, len(thrown))
            self._offer(
                " ".join([said, _some(outcome.refused)]).strip(), lambda: self._put_back(thrown)
            )

        self._run(lambda: trash.throw_away(paths), done)

    def _put_back(self, thrown: Sequence[Trashed]) -> None:
        from nova_desktop.ui.results import trash

        def done(outcome: Outcome) -> None:
            self._results.set_gone([one.path for one in outcome.done], "")
            self._notice.say(_some(outcome.refused))

        self._run(lambda: trash.put_back(thrown), done)

    def _offer(self, said: str, take_back: Callable[[], object]) -> None:
        step = Step(said, take_back)
        self.undo.add(step)
        self._notice.offer(said, tr("Results", "Undo"), lambda: self.undo.undo(step))

    def _say_copied(self, copied: int, chosen: int) -> None:
        if copied < chosen:
            said = trn("Results", "{n} file(s) can't be copied now.", None, chosen - copied)
            self._notice.say(f"{said} {tr('Results', 'Connect the drive that holds them.')}")

    def _call(
        self, call: Callable[[LibraryCalls], object], done: Callable[[object], object]
    ) -> None:
        if library := self._link.library:
            self._run(lambda: call(library), done)

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._under_way += 1
        self._tasks.start(("verb", self._under_way), work, done, self.tell)


def _some(sentences: Sequence[str], most: int = 3) -> str:
    """The first few, and how many there are besides."""
    said = list(sentences[:most])
    if len(sentences) > most:
        said.append(trn("Results", "And {n} more.", None, len(sentences) - most))
    return " ".join(said)
