"""Does what is asked of the models of this device, and asks before what can't be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nova_desktop.errors import ExpectedError, Stopped
from nova_desktop.shelf import Task
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.settings import Settings
    from nova_desktop.shelf import Fetching, LocalModel
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.settings.chosen import Chosen
    from nova_desktop.ui.settings.models import ModelsBox
    from nova_desktop.ui.tasks import Tasks

LOOK_MS = 400  # between two looks at how far a fetch is


class Shelving(QObject):
    """Between the box, the library and the settings."""

    def __init__(self, box: ModelsBox, tasks: Tasks, link: Link, chosen: Chosen) -> None:
        super().__init__(box)
        self._box, self._tasks, self._link, self._chosen = box, tasks, link, chosen
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._fetches: set[str] = set()
        box.fetch_asked.connect(self.fetch)
        box.stop_asked.connect(self.stop)
        box.use_asked.connect(self.use)
        box.leave_asked.connect(self.leave)
        box.remove_asked.connect(self.ask_to_remove)
        box.folder_asked.connect(self.ask_for_folder)

    def refresh(self) -> None:
        """Looks which models there are."""
        if library := self._link.library:
            self._tasks.start(("models", "list"), library.models, self._box.show_models, _ignore)
            self._look()

    def fetch(self, name: str) -> None:
        library = self._link.library
        if library is None or name in self._fetches:
            return
        self._fetches.add(name)
        self._box.say("")
        self._looking.start()

        def ended() -> None:
            self._fetches.discard(name)
            self._look()
            self.refresh()

        def done(found: LocalModel) -> None:
            ended()
            self._box.say(
                tr(
                    "Models", "{name} is here. {found}", name=_short(name), found=found.found
                ).strip()
            )

        def failed(error: ExpectedError) -> None:
            ended()
            if isinstance(error, Stopped):
                self._box.say(tr("Models", "Stopped. The next time goes on from there."))
            else:
                self._refuse(error)

        self._tasks.start(
            ("models", "fetch", name), lambda: library.fetch_model(name), done, failed
        )

    def stop(self, name: str) -> None:
        if library := self._link.library:
            self._tasks.start(
                ("models", "stop", name), lambda: library.stop_fetch(name), _ignore, _ignore
            )

    def use(self, model: LocalModel) -> None:
        """Once the library agrees: for pictures it has to prove itself."""
        if model.task is Task.SPEECH:
            self._choose(speech=True, speech_model=model.name)
        else:
            engine = "clip+nova" if self._chosen.now.sends else "clip"
            self._choose(engine=engine, clip_model=model.name)

    def leave(self, model: LocalModel) -> None:
        if model.task is Task.SPEECH:
            self._choose(speech_model="")
        else:
            self._choose(engine="nova" if self._chosen.now.sends else "basic")

    def ask_for_folder(self) -> None:
        dialog = QFileDialog(self._box, tr("Models", "A folder with a model"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.use_folder)
        dialog.open()

    def use_folder(self, folder: str) -> None:
        self._call(
            lambda library: library.check_model(folder),
            self.use,
            tr("Models", "Looking at the model…"),
        )

    def ask_to_remove(self, name: str) -> None:
        box = QMessageBox(self._box.window())
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(tr("Models", "Remove {name} from this computer?", name=_short(name)))
        box.setInformativeText(tr("Models", "It can be fetched again."))
        remove = box.addButton(tr("Models", "Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(lambda pressed: self.remove(name) if pressed is remove else None)
        box.open()

    def remove(self, name: str) -> None:
        def done(freed: int) -> None:
            size = wording.size(freed)
            self._box.say(tr("Models", "Removed: {size} are free again.", size=size))
            self.refresh()

        self._call(lambda library: library.remove_model(name), done, "")

    def _choose(self, **values: object) -> None:
        wanted: Settings = replace(self._chosen.now, **values)  # type: ignore[arg-type]  # by name

        def done(_: None) -> None:
            self._box.say("")
            self._chosen.change(**values)
            self.refresh()

        self._call(
            lambda library: library.check_settings(wanted),
            done,
            tr("Models", "Looking at the model…"),
        )

    def _call(
        self, call: Callable[[LibraryCalls], object], done: Callable[..., object], saying: str
    ) -> None:
        library = self._link.library
        if library is None:
            return
        self._box.busy(True)
        self._box.say(saying)

        def ended(found: object) -> None:
            self._box.busy(False)
            done(found)

        def failed(error: ExpectedError) -> None:
            self._box.busy(False)
            self._refuse(error)

        self._tasks.start(("models", "call"), lambda: call(library), ended, failed)

    def _look(self) -> None:
        def seen(far: tuple[Fetching, ...]) -> None:
            self._box.show_far(far)
            if far:
                self._looking.start()
            elif not self._fetches:
                self._looking.stop()

        if library := self._link.library:
            self._tasks.start(("models", "far"), library.fetching, seen, _ignore)

    def _refuse(self, error: ExpectedError) -> None:
        self._box.say(wording.shown(str(error)), warning=True)


def _short(name: str) -> str:
    return wording.shown(name.rpartition("/")[2])


def _ignore(_: object) -> None:
    """A library that is going: it is asked again when it is back."""
