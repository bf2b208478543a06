"""The vectors of each engine on the page of storage: the room they take, and removing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from nova_desktop.errors import ExpectedError
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import OneLine, named, sized, wrapped
from nova_desktop.ui.look.words import noop, number, tr, trn
from nova_desktop.ui.settings.row import LEAST

if TYPE_CHECKING:
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks
    from nova_desktop.upkeep import SpaceRoom

ENGINES = {
    "basic": noop("Storage", "Basic engine"),
    "clip": noop("Storage", "A model on this computer"),
    "nova": noop("Storage", "Amazon Nova"),
}


class SpacesBox(QWidget):
    """A line for each; those that are not used can be removed."""

    remove_asked = Signal(object)  # SpaceRoom

    def __init__(self) -> None:
        super().__init__()
        self.removes: dict[str, QPushButton] = {}
        self.said = named(wrapped(at_least=LEAST), tr("Storage", "What was removed"))
        self.said.hide()
        self._lines: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        column.addWidget(sized(OneLine(tr("Storage", "What files are found by")), 1.0, bold=True))
        column.addLayout(self._list)
        column.addWidget(self.said)

    def show_spaces(self, spaces: Sequence[SpaceRoom]) -> None:
        """As they are now."""
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.removes.clear()
        self._lines = [self._line(one) for one in spaces]

    def busy(self, on: bool) -> None:
        """Nothing else is removed meanwhile."""
        for push in self.removes.values():
            push.setEnabled(not on)

    def say(self, text: str, warning: bool = False) -> None:
        """What was removed, or why it can't be."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.said.setProperty("warning", warning)
        self.said.style().polish(self.said)

    def _line(self, space: SpaceRoom) -> QWidget:
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        name = OneLine(called(space), elide=Qt.TextElideMode.ElideMiddle)
        name.setToolTip(wording.shown(space.name))
        used = tr("Storage", "In use") if space.used else tr("Storage", "Not used")
        parts = (used, wording.files(space.contents), wording.size(space.bytes))
        grid.addWidget(name, 0, 0)
        grid.addWidget(wrapped(" · ".join(parts), muted=True, at_least=LEAST // 2), 1, 0)
        if not space.used:
            push = QPushButton(tr("Storage", "Remove…"))
            push.setAutoDefault(False)
            named(push, tr("Storage", "Remove what {engine} made", engine=called(space)))
            push.clicked.connect(partial(self._ask, space))
            grid.addWidget(push, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
            self.removes[space.name] = push
        self._list.addWidget(line)
        return line

    def _ask(self, space: SpaceRoom, *_: object) -> None:
        self.remove_asked.emit(space)


class Clearing(QObject):
    """Asks first, and has the library remove them."""

    cleared = Signal()

    def __init__(self, box: SpacesBox, tasks: Tasks, link: Link) -> None:
        super().__init__(box)
        self._box, self._tasks, self._link = box, tasks, link
        box.remove_asked.connect(self.ask_to_remove)

    def refresh(self) -> None:
        """Looks what there is."""
        if library := self._link.library:
            self._start("look", library.spaces, self._box.show_spaces)

    def ask_to_remove(self, space: SpaceRoom) -> None:
        """Says what is lost: it can't be undone."""
        box = QMessageBox(self._box.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Storage", "Remove vectors"))
        size = wording.size(space.bytes)
        box.setText(
            tr("Storage", "Remove what {engine} made, {size}?", engine=called(space), size=size)
        )
        said = [tr("Storage", "This can't be undone. Your own files stay as they are.")]
        if space.paid:
            said.append(tr("Storage", "It was paid for: to have it again costs money again."))
        if space.shared:
            said.append(
                trn(
                    "Storage",
                    "What lies of {n} file(s) in the shared library stays there.",
                    None,
                    space.shared,
                )
            )
        box.setInformativeText(" ".join(said))
        remove = box.addButton(tr("Storage", "Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self.remove(space))
        box.open()

    def remove(self, space: SpaceRoom) -> None:
        """For ever."""
        library = self._link.library
        if library is None:
            self._box.say(tr("Storage", "The library is not open yet. Wait a moment."), True)
            return

        def done(freed: int) -> None:
            size = wording.size(freed)
            self._box.say(tr("Storage", "Done: {size} were given back.", size=size))
            self.refresh()
            self.cleared.emit()

        self._box.busy(True)
        self._box.say("")
        self._start("remove", lambda: library.remove_space(space.name), done)

    def _start(self, name: str, call: Callable[[], object], done: Callable[..., object]) -> None:
        self._tasks.start(("spaces", name), call, done, self._failed)

    def _failed(self, error: ExpectedError) -> None:
        self._box.busy(False)
        self._box.say(wording.shown(str(error)), warning=True)


def called(space: SpaceRoom) -> str:
    """The engine, and which of its models: Amazon Nova, 1,024 numbers."""
    if space.engine not in ENGINES:
        return wording.shown(space.name)
    name = tr(*ENGINES[space.engine])
    if space.engine == "clip":
        name = wording.shown(space.model)
    return tr("Storage", "{engine}, {n} numbers each", engine=name, n=number(space.dim))
