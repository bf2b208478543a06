"""The dialog of the library: its folders, what is under way, and what failed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ExpectedError, Lost
from nova_desktop.ui import wording
from nova_desktop.ui.folders.activity import ActivityPage
from nova_desktop.ui.folders.failures import FailuresPage
from nova_desktop.ui.folders.overview import FoldersPage
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.folders.rules import TASKS as RULES_TASKS
from nova_desktop.ui.folders.rules import RulesDialog, said_of
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import number, tr, trn
from nova_desktop.ui.nova import paying

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.folders import Effect, Removal
    from nova_desktop.model import Failure, Status
    from nova_desktop.spending import Spent
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks

NEXT = 100  # files of the queue that are shown
LOOK_MS = 500  # between two looks at the queue while it is seen


class LibraryDialog(QDialog):
    """Not modal. Everything is asked off the Qt thread; what can't be done is said in it."""

    add_asked = Signal()
    open_asked = Signal(object)  # Path
    reveal_asked = Signal(object)  # Path
    nova_asked = Signal(object)  # Path to be chosen there, or None

    def __init__(self, tasks: Tasks, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._link = tasks, link
        self.rules: RulesDialog | None = None
        self.setWindowTitle(tr("Library", "Library"))
        self.resize(880, 640)
        self.folders, self.activity, self.failures = FoldersPage(), ActivityPage(), FailuresPage()
        self.tabs = named(QTabWidget(), tr("Library", "Library"))
        self.tabs.addTab(self.folders, tr("Library", "Folders"))
        self.tabs.addTab(self.activity, tr("Library", "Activity"))
        self.tabs.addTab(self.failures, tr("Library", "Failures"))
        self.trouble = named(wrapped(at_least=480), tr("Library", "What can't be done"))
        self.trouble.setProperty("warning", True)
        self.trouble.hide()
        self.nova = push("")
        self.nova.setProperty("line", True)
        self.nova.hide()
        self.done_button = push(tr("Library", "Close"))
        foot = QHBoxLayout()
        foot.addWidget(self.nova)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.trouble)
        column.addLayout(foot)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._connect()

    def show_tab(self, page: QWidget) -> None:
        """Opens it on this page."""
        self.tabs.setCurrentWidget(page)
        self.trouble.hide()
        if self._link.status:
            self.show_status(self._link.status)
        self.show()
        self.raise_()
        self.activateWindow()
        self.refresh()

    def show_status(self, status: Status) -> None:
        """The newest numbers of the whole library."""
        self.folders.show_folders(status.folders)
        self.nova.setVisible(status.further is not None)

    def show_spent(self, spent: Spent) -> None:
        """The newest numbers of the ledger."""
        month = paying.of_cap(spent.month_usd, spent.month_cap_usd)
        text = tr("Library", "Amazon Nova: {amount} this month — details…", amount=month)
        self.nova.setText(text)
        self.nova.setAccessibleName(text)

    def show_failures(self, failures: tuple[Failure, ...]) -> None:
        self.failures.show_failures(failures)
        words = tr("Library", "Failures")
        self.tabs.setTabText(2, f"{words} ({number(len(failures))})" if failures else words)

    def refresh(self) -> None:
        """Asks for what is seen."""
        self._link.ask_failures()
        self._link.refresh()
        self._look()

    def refresh_if_open(self) -> None:
        """What can have changed meanwhile, while it is seen."""
        if self.isVisible():
            self._link.ask_failures()
            self._look()

    def remove(self, folder: Path) -> None:
        """Asks first, with what is forgotten."""
        self._start("removal", lambda it: it.removal(folder), lambda it: self._ask(folder, it))

    def show_rules(self, folder: Path) -> None:
        """Opens the dialog of a folder's rules."""
        if self.rules:
            self.rules.close()
        self.rules = RulesDialog(folder, self._start, self._seen())
        self.rules.finished.connect(lambda _: self._rules_closed())
        self.rules.cloud_asked.connect(self.nova_asked)
        self.rules.saved.connect(self._saved)
        self.rules.show()

    def relocate(self, folder: Path) -> None:
        """Asks where the folder is now."""
        dialog = QFileDialog(self, tr("Library", "Where is “{name}” now?", name=folder.name))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.relocated(folder, Path(path)))
        dialog.open()

    def relocated(self, folder: Path, new: Path) -> None:
        self._do("relocate", lambda library: library.relocate_folder(folder, new))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]  # a QHideEvent, which is imported for nothing else

    def _rules_closed(self) -> None:
        for name in RULES_TASKS:
            self._tasks.cancel(("library", name))
        if self.rules:
            self.rules.deleteLater()
        self.rules = None

    def _seen(self) -> QWidget | None:
        """What a dialog belongs to: this one, or the window where it was asked from there."""
        return self if self.isVisible() else self.parentWidget()

    def _saved(self, does: Effect) -> None:
        if text := said_of(does):
            self._say(text, warning=False)
        self._link.refresh()

    def _look(self) -> None:
        if self.tabs.currentWidget() is self.activity:
            self._start("queue", lambda it: it.queue(NEXT), self.activity.show_queue)

    def _ask(self, folder: Path, removal: Removal) -> None:
        name = wording.name_of(folder)
        question = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Library", "Remove a folder"),
            tr("Library", "Remove {name} from the library?", name=name),
            parent=self._seen(),
        )
        said = [trn("Library", "The index forgets {n} file(s) of it.", None, removal.files)]
        if removal.paid:
            said.append(
                trn(
                    "Library",
                    "With them go {n} that Amazon Nova was paid for: adding the folder again would "
                    "cost that again.",
                    None,
                    removal.paid,
                )
            )
        said.append(tr("Library", "The files themselves stay where they are."))
        question.setInformativeText(" ".join(said))
        remove = question.addButton(tr("Library", "Remove"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove.clicked.connect(
            lambda: self._do(f"remove {folder}", lambda it: it.remove_folder(folder))
        )
        question.open()

    def _connect(self) -> None:
        page, activity, failures = self.folders, self.activity, self.failures
        page.add_asked.connect(self.add_asked)
        page.rescan_asked.connect(lambda p: self._do("rescan", lambda it: it.rescan(p)))
        page.pause_asked.connect(lambda p: self._do("pause", lambda it: it.pause(p)))
        page.resume_asked.connect(self._resume)
        page.rules_asked.connect(self.show_rules)
        page.relocate_asked.connect(self.relocate)
        page.remove_asked.connect(self.remove)
        page.reveal_asked.connect(self.reveal_asked)
        activity.pause_asked.connect(lambda: self._do("pause", lambda it: it.pause()))
        activity.resume_asked.connect(lambda: self._do("pause", lambda it: it.resume()))
        activity.cancel_asked.connect(lambda p: self._do("cancel", lambda it: it.cancel(p)))
        failures.retry_asked.connect(lambda p: self._do("retry", lambda it: it.retry(p)))
        failures.open_asked.connect(self.open_asked)
        failures.reveal_asked.connect(self.reveal_asked)
        failures.leave_out_asked.connect(lambda p: self._do("leave", lambda it: it.exclude(p)))
        self.nova.clicked.connect(lambda: self.nova_asked.emit(None))
        self.done_button.clicked.connect(self.close)
        self.tabs.currentChanged.connect(lambda _: self._look())
        self._link.status_known.connect(self.show_status)
        self._link.spent_known.connect(self.show_spent)
        self._link.failures_known.connect(self.show_failures)

    def _resume(self, folder: Path) -> None:
        """A folder that is paused with all others goes on when they do."""

        def work(library: LibraryCalls) -> None:
            library.resume(folder)
            if library.status().paused:
                library.resume()

        self._do("pause", work)

    def _do(self, name: str, call: Callable[[LibraryCalls], object]) -> None:
        """Changes something, then looks again."""

        def done(_: object) -> None:
            self.trouble.hide()
            self.refresh()

        self._start(name, call, done)

    def _start(
        self,
        name: str,
        call: Callable[[LibraryCalls], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        library = self._link.library
        if library is None:
            return

        def refused(error: ExpectedError) -> None:
            if failed is not None:
                failed(error)
            elif not isinstance(error, Lost):  # that mends itself
                self._say(sentence(str(error)), warning=True)

        self._tasks.start(("library", name), lambda: call(library), done, refused)

    def _say(self, text: str, warning: bool) -> None:
        self.trouble.setProperty("warning", warning)
        self.trouble.style().polish(self.trouble)
        self.trouble.setText(text)
        self.trouble.show()
