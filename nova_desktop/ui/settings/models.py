"""The models of this device, on a page of their own, with what can be done with each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from nova_desktop.shelf import Task
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import OneLine, named, wrapped
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.settings.page import line_of
from nova_desktop.ui.settings.row import LEAST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova_desktop.shelf import Fetching, LocalModel

FOR = {
    Task.SEARCH: noop("Models", "sees pictures and films"),
    Task.SPEECH: noop("Models", "writes down speech"),
}


class ModelRow(QWidget):
    """One model: its name, what it is, and what can be done with it now."""

    def __init__(self, model: LocalModel) -> None:
        super().__init__()
        self.model = model
        short = model.name.rpartition("/")[2]
        self.says = OneLine(wording.shown(short), elide=Qt.TextElideMode.ElideMiddle)
        self.says.setToolTip(wording.shown(model.name))
        self.about = wrapped(muted=True, at_least=LEAST)
        self.bar = named(
            QProgressBar(textVisible=False), tr("Models", "Progress of {name}", name=short)
        )
        self.bar.setFixedHeight(6)
        self.fetch = _push(tr("Models", "Fetch"), tr("Models", "Fetch {name}", name=short))
        self.stop = _push(tr("Models", "Stop"), tr("Models", "Stop fetching {name}", name=short))
        self.use = _push(tr("Models", "Use"), tr("Models", "Use {name}", name=short))
        self.leave = _push(
            tr("Models", "Stop using"), tr("Models", "Stop using {name}", name=short)
        )
        self.remove = _push(tr("Models", "Remove…"), tr("Models", "Remove {name}", name=short))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.says, 0, 0)
        grid.addWidget(self.about, 1, 0)
        grid.addWidget(self.bar, 2, 0)
        pushes = (self.remove, self.fetch, self.stop, self.use, self.leave)
        for at, push in enumerate(pushes, 1):
            grid.addWidget(push, 0, at, 2, 1, Qt.AlignmentFlag.AlignTop)
        self.show_state(None, busy=False)

    def show_state(self, far: Fetching | None, *, busy: bool) -> None:
        """`far` while it is being fetched; `busy` while anything else is done with models."""
        model, here = self.model, self.model.folder is not None
        parts = [
            wording.shown(model.text),
            tr(*FOR[model.task]),
            model.licence,
            wording.size(model.bytes),
        ]
        if model.used:
            parts.insert(0, tr("Models", "In use"))
        elif here:
            parts.insert(0, tr("Models", "On this computer"))
        if far is not None and far.bytes:
            done, whole = wording.size(far.done_bytes), wording.size(far.bytes)
            parts = [tr("Models", "Fetching: {done} of {whole}", done=done, whole=whole)]
        self.about.setText(" · ".join(part for part in parts if part))
        self.bar.setVisible(far is not None)
        self.bar.setRange(0, 1000 if far is not None and far.bytes else 0)
        if far is not None and far.bytes:
            self.bar.setValue(1000 * far.done_bytes // far.bytes)
        for push, seen in (
            (self.fetch, not here and far is None),
            (self.stop, far is not None),
            (self.use, here and not model.used and far is None),
            (self.leave, model.used and far is None),
            (self.remove, here and not model.used and bool(model.revision) and far is None),
        ):
            push.setVisible(seen)
            push.setEnabled(not busy or push is self.stop)


class ModelsBox(QWidget):
    """Shows, and says what is asked for; `Shelving` does it."""

    fetch_asked = Signal(str)
    stop_asked = Signal(str)
    use_asked = Signal(object)  # LocalModel
    leave_asked = Signal(object)
    remove_asked = Signal(str)
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, ModelRow] = {}
        self._far: dict[str, Fetching] = {}
        self._busy = False
        about = tr(
            "Models",
            "A CLIP model sees pictures and films as they are; nothing leaves this computer for "
            "it. It is fetched once, from Hugging Face, when you ask for it, and has to find known "
            "pictures before it is used.",
        )
        self.folder = _push(
            tr("Models", "Use a folder…"), tr("Models", "Use a model that is in a folder")
        )
        self.said = named(wrapped(at_least=LEAST), tr("Models", "What was done with models"))
        self.said.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(wrapped(about, muted=True, at_least=LEAST))
        column.addLayout(self._list)
        column.addWidget(self.said)
        column.addWidget(line_of(self.folder))
        self.folder.clicked.connect(self.folder_asked)

    def show_models(self, models: Sequence[LocalModel]) -> None:
        """All there are, in their order; what has the focus keeps it."""
        if [one.name for one in models] != list(self.rows):
            for row in self.rows.values():
                self._list.removeWidget(row)
                row.deleteLater()
            self.rows = {one.name: self._row(one) for one in models}
        for one in models:
            self.rows[one.name].model = one
        self._refresh()

    def show_far(self, far: Sequence[Fetching]) -> None:
        """Those that are being fetched, and how far each is."""
        self._far = {one.name: one for one in far}
        self._refresh()

    def busy(self, on: bool) -> None:
        """Nothing else can be asked for while a model is looked at."""
        self._busy = on
        self.folder.setEnabled(not on)
        self._refresh()

    def say(self, text: str, warning: bool = False) -> None:
        """What was done, or why it can't be."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.said.setProperty("warning", warning)
        self.said.style().polish(self.said)

    def _refresh(self) -> None:
        for name, row in self.rows.items():
            row.show_state(self._far.get(name), busy=self._busy)

    def _row(self, model: LocalModel) -> ModelRow:
        row = ModelRow(model)
        row.fetch.clicked.connect(partial(self._ask, self.fetch_asked, model.name))
        row.stop.clicked.connect(partial(self._ask, self.stop_asked, model.name))
        row.remove.clicked.connect(partial(self._ask, self.remove_asked, model.name))
        row.use.clicked.connect(lambda: self.use_asked.emit(row.model))
        row.leave.clicked.connect(lambda: self.leave_asked.emit(row.model))
        self._list.addWidget(row)
        return row

    def _ask(self, asked: object, name: str, *_: object) -> None:
        asked.emit(name)  # type: ignore[attr-defined]  # a signal of this box, bound


def _push(text: str, name: str) -> QPushButton:
    push = named(QPushButton(text), name)
    push.setAutoDefault(False)
    return push
