"""Does what the page of storage asks for, and asks before what can't be undone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDir, QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nova_desktop.errors import ExpectedError, Stopped
from nova_desktop.events import BackingUp, Event
from nova_desktop.ui import desktop, wording
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.settings.erasing import Erasing

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.settings.chosen import Chosen
    from nova_desktop.ui.settings.storage import StoragePage
    from nova_desktop.ui.tasks import Tasks
    from nova_desktop.upkeep import Backup

ENDING = ".nova-backup"


class Keeping(QObject):
    """Between the page, the library, and what is done while no library is open."""

    erased = Signal()
    _told = Signal(object, object)  # bytes of a restore: done, of how many; from any thread

    def __init__(
        self, page: StoragePage, tasks: Tasks, link: Link, chosen: Chosen, data: Path
    ) -> None:
        super().__init__(page)
        self._page, self._tasks, self._link = page, tasks, link
        self._chosen, self._data = chosen, data
        self._stopped = threading.Event()
        self._backing_up = False
        self._done = ""  # what to say when the library is open again
        self._then: Callable[[], None] | None = None
        page.compact_asked.connect(self.compact)
        page.repair_asked.connect(self.repair)
        page.backup_asked.connect(self.ask_for_backup)
        page.restore_asked.connect(self.ask_for_restore)
        page.erase_asked.connect(self.ask_to_erase)
        page.forget_asked.connect(self.ask_to_forget)
        page.open_asked.connect(self.open_folder)
        page.stop_asked.connect(self.stop)
        link.heard.connect(self._hear)
        link.between_done.connect(self._settled)
        self._told.connect(page.progress)

    def refresh(self) -> None:
        """Looks how large everything is."""
        if library := self._link.library:
            self._tasks.start(
                ("storage", "look"), library.storage, self._page.show_storage, self._failed
            )

    def open_folder(self) -> None:
        try:
            desktop.open_folder_of(self._data)
        except ExpectedError as e:
            self._page.say(wording.shown(str(e)), warning=True)

    def compact(self) -> None:
        def done(freed: int) -> None:
            self._end(tr("Storage", "Done: {size} were given back.", size=wording.size(freed)))

        self._call("compact", lambda library: library.compact(), done)

    def repair(self) -> None:
        """While the library is closed; says each thing that was done."""
        data = self._data
        said: list[str] = []

        def work() -> None:
            from nova_desktop import closed

            said.extend(closed.repair(data))

        self._between(work, "", lambda: self._page.say(wording.shown(" ".join(said))))

    def ask_for_backup(self) -> None:
        name = time.strftime(f"nova-desktop %Y-%m-%d{ENDING}")
        dialog = self._dialog(tr("Storage", "Back up to"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        # Nothing is written over: asking whether to would promise something else.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.back_up(Path(path)))
        dialog.open()

    def back_up(self, file: Path) -> None:
        def done(made: Backup) -> None:
            self._end(
                tr(
                    "Storage",
                    "Backed up to {file}: {size}.",
                    file=wording.shown(str(file)),
                    size=wording.size(made.bytes),
                )
            )

        self._backing_up = self._call("back up", lambda library: library.back_up(file), done, True)

    def ask_for_restore(self) -> None:
        dialog = self._dialog(tr("Storage", "Restore a backup"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                tr("Storage", "Backups of Nova Desktop ({pattern})", pattern=f"*{ENDING}"),
                tr("Storage", "All files ({pattern})", pattern="*"),
            ]
        )
        dialog.fileSelected.connect(lambda path: self.look_at(Path(path)))
        dialog.open()

    def look_at(self, file: Path) -> None:
        """Looks what a backup holds, then asks whether to restore it."""

        def look() -> Backup:
            from nova_desktop import closed  # it imports the library

            return closed.examine(file)

        self._begin(False)
        self._tasks.start(("storage", "examine"), look, self._ask_to_restore, self._failed)

    def _ask_to_restore(self, made: Backup) -> None:
        self._page.busy(False)
        day = time.localtime(made.made_s)
        box = QMessageBox(self._page.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Storage", "Restore a backup"))
        box.setText(
            trn(
                "Storage",
                "Restore the backup of {date}, in which {n} file(s) are known?",
                None,
                made.contents,
                date=QLocale().toString(
                    QDate(day.tm_year, day.tm_mon, day.tm_mday), QLocale.FormatType.LongFormat
                ),
            )
        )
        box.setInformativeText(
            tr(
                "Storage",
                "It takes the place of this library, which is kept aside in the data folder.",
            )
        )
        restore = box.addButton(tr("Storage", "Restore"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        restore.clicked.connect(lambda: self.restore(made.file))
        box.open()

    def restore(self, file: Path) -> None:
        """While the library is closed; it is opened again, whatever comes of it."""
        data, stopped, told = self._data, self._stopped, self._told.emit

        def work() -> None:
            from nova_desktop import closed

            last_s = 0.0

            def tell(done: int, total: int) -> None:
                nonlocal last_s
                if time.monotonic() - last_s > 0.1:
                    last_s = time.monotonic()
                    told(done, total)

            closed.restore(data, file, tell, stopped.is_set)

        says = tr("Storage", "Restored. What has changed since is being looked at.")
        self._between(work, says, stops=True)

    def ask_to_erase(self) -> None:
        dialog = Erasing(self._chosen.now, wording.shown(str(self._data)), self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.erase(dialog.remote.isChecked()))
        dialog.open()

    def erase(self, remote: bool) -> None:
        """First what lies elsewhere, as its credentials may not be there tomorrow."""
        data, chosen = self._data, self._chosen.now

        def work() -> None:
            from nova_desktop import closed

            if remote and chosen.bucket:
                from nova_desktop import compose_aws

                compose_aws.remove_left(chosen)
            closed.erase(data)

        self._between(work, tr("Storage", "Everything is erased."), self.erased.emit)

    def ask_to_forget(self) -> None:
        box = QMessageBox(self._page.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Storage", "Remove kept libraries"))
        box.setText(
            tr(
                "Storage",
                "Remove the earlier libraries, which a restore, a repair or an update kept aside?",
            )
        )
        box.setInformativeText(tr("Storage", "This can't be undone. Your own files stay."))
        remove = box.addButton(tr("Storage", "Remove them"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(self.forget)
        box.open()

    def forget(self) -> None:
        data = self._data

        def work() -> None:
            from nova_desktop import closed

            closed.forget_aside(data)

        removed = tr("Storage", "Removed.")
        self._begin(False)
        self._tasks.start(("storage", "forget"), work, lambda _: self._end(removed), self._failed)

    def stop(self) -> None:
        """What can be given up is."""
        self._stopped.set()
        if self._backing_up and (library := self._link.library):
            self._tasks.start(("storage", "stop"), library.stop_backup, _ignore, self._failed)

    def _call(
        self,
        name: str,
        call: Callable[[LibraryCalls], object],
        done: Callable[..., None],
        stops: bool = False,
    ) -> bool:
        library = self._link.library
        if library is None:
            self._page.say(tr("Storage", "The library is not open yet. Wait a moment."), True)
            return False
        self._begin(stops)
        self._tasks.start(("storage", name), lambda: call(library), done, self._failed)
        return True

    def _between(
        self,
        work: Callable[[], None],
        says: str,
        then: Callable[[], None] | None = None,
        stops: bool = False,
    ) -> None:
        self._done, self._then = says, then
        self._begin(stops)
        if not self._link.reopen(work):
            self._end("")
            self._page.say(tr("Storage", "The library is not open yet. Wait a moment."), True)

    def _settled(self, error: ExpectedError | None) -> None:
        if error is not None:
            self._failed(error)
            return
        self._end(self._done)
        if self._then is not None:
            self._then()

    def _hear(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, BackingUp) and self._backing_up:
                self._page.progress(event.done, event.total)

    def _begin(self, stops: bool) -> None:
        self._stopped.clear()
        self._page.say("")
        self._page.busy(True, stops)

    def _end(self, says: str) -> None:
        self._backing_up = False
        self._page.busy(False)
        self._page.say(says)
        self.refresh()

    def _failed(self, error: ExpectedError) -> None:
        stopped = isinstance(error, Stopped)
        self._end(
            tr("Storage", "Stopped. Nothing has changed.") if stopped else wording.shown(str(error))
        )
        self._page.say(self._page.said.text(), warning=not stopped)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._page.window(), title)
        dialog.setDirectory(QDir.homePath())  # not where the program was started
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def _ignore(_: object) -> None:
    """The backup itself says that it has ended."""
