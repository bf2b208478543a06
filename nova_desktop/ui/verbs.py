"""What the user can have done from the window: folders, files, drops, dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nova_desktop import __version__
from nova_desktop.errors import ExpectedError, Lost
from nova_desktop.inside import LICENCE, told
from nova_desktop.model import Status
from nova_desktop.query import Part
from nova_desktop.settings import settings_path
from nova_desktop.ui import desktop, drops
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr, trn

if TYPE_CHECKING:
    from nova_desktop.labels import Cluster
    from nova_desktop.ui.duplicates.dialog import DuplicatesDialog
    from nova_desktop.ui.folders.library import LibraryDialog
    from nova_desktop.ui.labels.dialog import LabelsDialog
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.notice import Notice
    from nova_desktop.ui.nova.sending import Sending
    from nova_desktop.ui.results.verbs import ResultVerbs
    from nova_desktop.ui.search.box import SearchBox
    from nova_desktop.ui.sync.dialog import SyncDialog
    from nova_desktop.ui.tasks import Tasks


class Verbs(QObject):
    """Does it, and says in the notice what can't be done."""

    sending_asked = Signal(object)  # Path of a folder, or None
    searches_changed = Signal()  # those that are saved

    def __init__(
        self, window: QWidget, link: Link, tasks: Tasks, search_box: SearchBox, notice: Notice
    ) -> None:
        super().__init__(window)
        self._window = window
        self._link = link
        self._tasks = tasks
        self._search_box = search_box
        self._notice = notice
        self.library: LibraryDialog | None = None
        self.sending: Sending | None = None
        self.duplicates: DuplicatesDialog | None = None
        self.sharing: SyncDialog | None = None
        self.labels: LabelsDialog | None = None

    def tell(self, error: ExpectedError) -> None:
        """Says what can't be done, in its own words."""
        if not isinstance(error, Lost):  # that mends itself, and is said by who mends it
            self._notice.say(sentence(str(error)))

    def ask_for_folder(self) -> None:
        """Opens the dialog that adds a folder."""
        dialog = QFileDialog(self._window, tr("Folders", "Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.add_folder(Path(path)))
        dialog.open()

    def add_folder(self, path: Path) -> None:
        """Watches a folder from now on."""
        self._link.do(("add", path), lambda library: library.add_folder(path))

    def remove_folder(self, path: Path) -> None:
        """Asks first; the files themselves stay."""
        self.library_dialog().remove(path)

    def rescan(self) -> None:
        """Looks for changes in all folders."""
        self._link.do("rescan", lambda library: library.rescan())

    def pause(self) -> None:
        """Indexes nothing more until `resume`."""
        self._link.do("pause", lambda library: library.pause())

    def resume(self) -> None:
        """Goes on indexing."""
        self._link.do("pause", lambda library: library.resume())

    def would(self, mime: QMimeData) -> str:
        """What dropping this would do; "" for nothing."""
        if not drops.usable(mime):
            return ""
        folders = drops.dropped(mime).folders
        if folders:
            return tr("Files", "Drop to add the folder")
        return tr("Files", "Drop to search by it")

    def drop(self, mime: QMimeData) -> None:
        """Takes what was dropped or pasted."""
        self.take(drops.dropped(mime))

    def take(self, dropped: drops.Dropped) -> None:
        """Adds folders; searches by files, a picture or text."""
        for folder in dropped.folders:
            self.add_folder(folder)
        if dropped.files:
            self._search_box.add(*(Part(path=path) for path in dropped.files))
        elif dropped.png:
            self._search_box.add(Part(data=dropped.png))
        elif image := dropped.picture:
            self._tasks.start(
                "paste",
                lambda: drops.png_of(image),
                lambda png: self._search_box.add(Part(data=png)),
                self.tell,
            )
        elif dropped.text:
            self._search_box.line.setText(" ".join(dropped.text.split()))
        if dropped.elsewhere:
            self._notice.say(
                tr("Files", "Only files on this device can be searched by. Save it here first.")
            )

    def say_crowded(self, left_out: int) -> None:
        """There are as many parts to a question as there can be."""
        from nova_desktop.ui.search.chips import CHIPS

        said = trn("Search", "{n} were left out.", None, left_out)
        remedy = tr(
            "Search", "At most {most} can be searched by at once: take one out.", most=CHIPS
        )
        self._notice.say(f"{said} {remedy}")

    def paste(self) -> None:
        """Searches by what is on the clipboard."""
        self.drop(QGuiApplication.clipboard().mimeData())

    def reveal(self, path: Path) -> None:
        """In the file manager."""

        def done(shown: bool) -> None:
            if not shown:
                self._try(lambda: desktop.open_folder_of(path))

        self._tasks.start("reveal", lambda: desktop.select_in_manager(path), done, self.tell)

    def library_dialog(self) -> LibraryDialog:
        """The dialog of folders, activity and failures, whether or not it is seen."""
        if self.library is None:
            from nova_desktop.ui.folders.library import LibraryDialog

            self.library = LibraryDialog(self._tasks, self._link, self._window)
            self.library.add_asked.connect(self.ask_for_folder)
            self.library.open_asked.connect(self.open_path)
            self.library.reveal_asked.connect(self.reveal)
            self.library.nova_asked.connect(self.sending_asked)
        return self.library

    def show_library(self) -> None:
        """Opens that dialog on its folders."""
        dialog = self.library_dialog()
        dialog.show_tab(dialog.folders)

    def show_failures(self) -> None:
        """Opens it on the files that failed."""
        dialog = self.library_dialog()
        dialog.show_tab(dialog.failures)

    def show_activity(self) -> None:
        """Opens it on what is being indexed."""
        dialog = self.library_dialog()
        dialog.show_tab(dialog.activity)

    def show_duplicates(self, verbs: ResultVerbs) -> None:
        """Opens the review of what there is more than once."""
        if self.duplicates is None:
            from nova_desktop.ui.duplicates.dialog import DuplicatesDialog

            made = DuplicatesDialog(self._tasks, self._link, verbs.undo, self._window)
            made.open_asked.connect(self.open_path)
            made.reveal_asked.connect(self.reveal)
            made.leaving.connect(verbs.leaving)
            self.duplicates = made
        self.duplicates.show_page()

    def show_sharing(self, settings: Callable[[], None]) -> None:
        """Opens the dialog of the library that machines share; `settings` opens theirs."""
        if self.sharing is None:
            from nova_desktop.ui.sync.dialog import SyncDialog

            self.sharing = SyncDialog(self._tasks, self._link, self._window)
            self.sharing.settings_asked.connect(settings)
        self.sharing.show_page()

    def show_labels(self, verbs: ResultVerbs) -> None:
        """Opens the labels, and the groups of files that are alike."""
        if self.labels is None:
            from nova_desktop.ui.labels.dialog import LabelsDialog

            made = LabelsDialog(self._link, verbs.undo, self._window)
            made.open_asked.connect(self.open_path)
            made.tag_asked.connect(lambda text: self._search_box.ask(text, ()))
            made.alike_asked.connect(self._show_alike)
            made.searches_changed.connect(self.searches_changed)
            self.labels = made
        self.labels.show_page()

    def _show_alike(self, group: Cluster) -> None:
        covers = () if group.search else tuple(Part(path=cover) for cover in group.covers[:2])
        self._search_box.ask(group.search, covers)

    def refresh_library(self) -> None:
        """Asks again, while the dialog is open."""
        if self.library:
            self.library.refresh_if_open()

    def open_path(self, path: Path) -> None:
        """In its own program."""
        self._try(lambda: desktop.open_file(path))

    def with_folder(self, verb: str, folder: Path) -> None:
        """What was chosen in a folder's menu; see FolderPane.folder_asked."""
        page = self.library_dialog().folders
        {
            "rescan": page.rescan_asked,
            "pause": page.pause_asked,
            "resume": page.resume_asked,
            "rules": page.rules_asked,
            "relocate": page.relocate_asked,
        }[verb].emit(folder)

    def show_sending_of(self, settings_file: Path | None, folder: object) -> None:
        """Opens the dialog of Amazon Nova, on this folder where one is given."""
        self.show_sending(settings_file)
        if isinstance(folder, Path) and self.sending:
            self.sending.allowing.choose(folder)
            self.sending.tabs.setCurrentWidget(self.sending.allowing)

    def show_sending(self, settings_file: Path | None) -> None:
        """Opens the dialog of what may be sent, what it costs, and what was sent."""
        if self.sending is None:
            from nova_desktop.ui.nova.sending import Sending

            file = settings_file or settings_path()
            self.sending = Sending(self._tasks, self._link, file, self._window)
        self.sending.show_page()

    def refresh_sending(self) -> None:
        """Asks again, while the dialog is open."""
        if self.sending:
            self.sending.refresh_if_open()

    def end(self) -> None:
        """Nothing holds up the end of the window."""
        if self.sending:
            self.sending.end()

    def about_engine(self, status: Status | None) -> None:
        """Says honestly what searches."""
        if status:
            n = status.rows
            rows = trn(
                "About",
                "{n} searchable part(s) of files, kept as “{space}”.",
                None,
                n,
                space=status.space,
            )
            self._box(tr("About", "The search engine"), f"{sentence(status.engine_note)}\n\n{rows}")

    def about(self) -> None:
        """Name, version, licence, and what is inside with its own."""
        self._tasks.start("inside", lambda: tuple(told()), self._about, self.tell)

    def _about(self, inside: Sequence[tuple[str, str, str, str]]) -> None:
        parts = "\n".join(
            f"{name} {version} · {licence}" for name, version, licence, _ in inside[1:]
        )
        self._box(
            "Nova Desktop",
            "\n\n".join(
                (
                    tr("About", "Version {version}", version=__version__),
                    tr(
                        "About",
                        "Search what you filmed, photographed, recorded and wrote, on your own "
                        "desk.",
                    ),
                    LICENCE,
                    tr("About", "It is made of, among others:") + "\n" + parts,
                )
            ),
        )

    def _box(self, title: str, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, title, parent=self._window)
        box.setInformativeText(text)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except ExpectedError as error:
            self.tell(error)
