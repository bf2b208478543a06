"""The dialog of labels, and of groups of files that are like one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ExpectedError, Lost
from nova_desktop.labels import Label, Said, Suggestion
from nova_desktop.ui import wording
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.labels.asking import LabelAsking
from nova_desktop.ui.labels.groups import GroupsPage
from nova_desktop.ui.labels.pictured import KEPT, PicturedList
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.notice import Notice
from nova_desktop.ui.results.undo import Step, Undo

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link

MOST = 500  # suggestions that are shown


class LabelsDialog(QDialog):
    """Not modal. What is accepted or refused can be taken back."""

    tag_asked = Signal(str)  # text to be searched for
    alike_asked = Signal(object)  # Cluster
    open_asked = Signal(object)  # Path
    searches_changed = Signal()  # those that are saved

    def __init__(self, link: Link, undo: Undo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo = undo
        self._added = ""  # the label whose suggestions are to be seen, once there are any
        self._asking = LabelAsking("labels", link, self)
        self.setWindowTitle(tr("Labels", "Labels and groups"))
        self.resize(880, 600)
        self.notice = Notice()
        self.tabs = named(QTabWidget(), tr("Labels", "Labels and groups"))
        self.word = named(QLineEdit(), tr("Labels", "A new label"))
        self.word.setPlaceholderText(tr("Labels", "A word of your own, such as “invoice”"))
        self.word.setProperty("field", True)
        self.word.setMinimumHeight(30)
        self.add = push(tr("Labels", "Add"))
        self.labels = _list(tr("Labels", "Labels"))
        self.files = PicturedList(tr("Labels", "Suggested files"))
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.accept_button = push(tr("Labels", "Give the label"))
        self.refuse = push(tr("Labels", "Not this"))
        self.find_button = push(tr("Labels", "Show files with it"))
        self.remove = push(tr("Labels", "Remove the label"))
        self.groups = GroupsPage(self._asking)
        self.done_button = push(tr("Labels", "Close"))
        self._lay_out()
        self._connect()
        self._chose()

    def show_page(self) -> None:
        """Opens it, and asks anew."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.word.setFocus()
        self._ask_labels()
        self.groups.ask(again=False)

    # Labels

    def label(self) -> str:
        """The chosen one; "" for none."""
        item = self.labels.currentItem()
        return str(item.data(KEPT)) if item else ""

    def _ask_labels(self) -> None:
        self._asking.start("labels", lambda it: it.labels(), self._show_labels)

    def _show_labels(self, labels: Sequence[Label]) -> None:
        wanted = self._added if any(it.name == self._added for it in labels) else self.label()
        self._added = ""
        self.labels.blockSignals(True)
        self.labels.clear()
        for one in labels:
            told = tr(
                "Labels",
                "{name}: {accepted} with it, {suggested} suggested",
                name=wording.shown(one.name),
                accepted=str(one.accepted),
                suggested=str(one.suggested),
            )
            item = QListWidgetItem(told)
            item.setData(KEPT, one.name)
            self.labels.addItem(item)
            if one.name == wanted:
                self.labels.setCurrentItem(item)
        if labels and not self.labels.currentItem():
            self.labels.setCurrentRow(0)
        self.labels.blockSignals(False)
        self._ask_files()

    def _ask_files(self) -> None:
        if name := self.label():
            self._asking.start("files", lambda it: it.suggestions(name, MOST), self._show_files)
        else:
            self._show_files(())

    def _show_files(self, found: Sequence[Suggestion]) -> None:
        self.files.clear()
        for one in found:
            tip = wording.shown(str(one.path))
            self.files.add(wording.name_of(one.path), one.path, [one.path], tip)
        self.files.selectAll()
        self._chose()

    def _chosen(self) -> tuple[Path, ...]:
        return tuple(item.data(KEPT) for item in self.files.selectedItems())

    def _say(self, said: Said) -> None:
        name, paths = self.label(), self._chosen()
        if not (name and paths):
            return

        def back() -> None:
            self._change(lambda it: it.say_label(name, paths, Said.NOTHING))
            self.notice.say("")

        def done(_: object) -> None:
            n, shown = len(paths), wording.shown(name)
            if said is Said.YES:
                text = trn("Labels", "{n} file(s) got the label {name}.", None, n, name=shown)
            else:
                text = trn("Labels", "{n} file(s) are not {name}.", None, n, name=shown)
            self._offer(text, Step(text, back))
            self._ask_labels()

        self._asking.start("say", lambda it: it.say_label(name, paths, said), done)

    def _offer(self, text: str, step: Step) -> None:
        self._undo.add(step)
        self.notice.offer(text, tr("Labels", "Undo"), lambda: self._undo.undo(step))

    def _add(self) -> None:
        name = self.word.text().strip()
        if name:
            self._change(lambda it: it.add_label(name))
            self._added = name
            self.word.clear()

    def _remove(self) -> None:
        if name := self.label():
            self._change(lambda it: it.remove_label(name))

    def _change(self, call: Callable[[LibraryCalls], object]) -> None:
        self._asking.start("change", call, lambda _: self._ask_labels())

    # How it is made

    def _chose(self) -> None:
        label, files = bool(self.label()), bool(self._chosen())
        self.accept_button.setEnabled(label and files)
        self.refuse.setEnabled(label and files)
        self.find_button.setEnabled(label)
        self.remove.setEnabled(label)

    def _lay_out(self) -> None:
        first = QWidget()
        adding = _row(self.word, self.add)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addLayout(adding)
        left.addWidget(self.labels, 1)
        left.addLayout(_row(self.find_button, self.remove))
        right.addWidget(self.files, 1)
        right.addLayout(_row(self.accept_button, self.refuse))
        halves = QHBoxLayout(first)
        halves.setContentsMargins(0, 16, 0, 0)
        halves.setSpacing(16)
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        self.tabs.addTab(first, tr("Labels", "Labels"))
        self.tabs.addTab(self.groups, tr("Labels", "Groups like this"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(8)
        whole.addWidget(self.notice)
        whole.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.word.returnPressed.connect(self._add)
        self.labels.currentItemChanged.connect(lambda *_: self._ask_files())
        self.files.itemSelectionChanged.connect(self._chose)
        self.files.itemActivated.connect(lambda item: self.open_asked.emit(item.data(KEPT)))
        self.accept_button.clicked.connect(lambda: self._say(Said.YES))
        self.refuse.clicked.connect(lambda: self._say(Said.NO))
        self.find_button.clicked.connect(lambda: self.tag_asked.emit(f'tag:"{self.label()}"'))
        self.remove.clicked.connect(self._remove)
        self.files.wanted.connect(lambda path: self._asking.picture(path, self.files))
        self.groups.alike_asked.connect(self.alike_asked)
        self.groups.album_asked.connect(lambda name: self.tag_asked.emit(f'tag:"{name}"'))
        self.groups.made.connect(self._offer)
        self.groups.changed.connect(self._ask_labels)
        self.groups.changed.connect(self.searches_changed)
        self._asking.refused.connect(self._refused)
        self.done_button.clicked.connect(self.close)
        self.finished.connect(lambda _: self.groups.stop())

    def _refused(self, error: ExpectedError) -> None:
        self.groups.stop()
        if not isinstance(error, Lost):  # that mends itself
            self.notice.say(sentence(str(error)))


def _list(name: str) -> QListWidget:
    made = named(QListWidget(), name)
    made.setProperty("framed", True)
    return made


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    if not any(isinstance(part, QLineEdit) for part in parts):
        row.addStretch(1)
    return row
