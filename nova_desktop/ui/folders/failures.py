"""The page of files that failed: which, why, and what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.model import Failure
from nova_desktop.ui import wording
from nova_desktop.ui.folders.failed_files import FailedFiles, reason_of
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import number, tr, trn

MOST = 2000  # that are chosen at once: more would stall


class FailuresPage(QWidget):
    """Asks for changes by signals."""

    retry_asked = Signal(object)  # tuple[Path, ...]; empty for all
    open_asked = Signal(object)  # Path
    reveal_asked = Signal(object)  # Path
    leave_out_asked = Signal(object)  # tuple[Path, ...]

    def __init__(self) -> None:
        super().__init__()
        self.head = wrapped(at_least=300)
        self.filter = named(QLineEdit(), tr("Failures", "Show only files with these words"))
        self.filter.setProperty("field", True)
        self.filter.setPlaceholderText(tr("Failures", "Filter by name or reason"))
        self.filter.setClearButtonEnabled(True)
        self.files = FailedFiles()
        self.list = named(QTreeView(), tr("Failures", "Failed files"))
        self.list.setModel(self.files)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.list.header()
        header.setAccessibleName(tr("Failures", "Columns of the list"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in ((0, 220), (1, 380)):
            header.resizeSection(column, width)
        self.retry = push(tr("Failures", "Try again"))
        self.retry_all = push(tr("Failures", "Try all again"))
        self.open = push(tr("Failures", "Open"))
        self.reveal = push(tr("Failures", "Show in folder"))
        self.leave_out = push(tr("Failures", "Leave out"))
        self.copy = push(tr("Failures", "Copy the list"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.open, self.reveal, self.leave_out, self.copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.retry, self.retry_all):
            buttons.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.head, 1)
        self.filter.setFixedWidth(260)
        self.filter.setMinimumHeight(30)
        top.addWidget(self.filter)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 16, 0, 0)
        column_.setSpacing(8)
        column_.addLayout(top)
        column_.addWidget(self.list, 1)
        column_.addLayout(buttons)
        self.filter.textChanged.connect(self._narrow)
        self.list.selectionModel().selectionChanged.connect(self._chose)
        self.list.doubleClicked.connect(lambda _: self._with_one(self.open_asked.emit))
        self.list.customContextMenuRequested.connect(self._menu)
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self.chosen()))
        self.retry_all.clicked.connect(lambda: self.retry_asked.emit(self._all_shown()))
        self.open.clicked.connect(lambda: self._with_one(self.open_asked.emit))
        self.reveal.clicked.connect(lambda: self._with_one(self.reveal_asked.emit))
        self.leave_out.clicked.connect(lambda: self.leave_out_asked.emit(self.chosen()))
        self.copy.clicked.connect(self._copy)
        QShortcut(QKeySequence.StandardKey.Copy, self.list, self._copy)
        self.show_failures(())

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Replaces the list; what was chosen stays chosen."""
        chosen, at = self.chosen(), self.list.verticalScrollBar().value()
        if self.files.show_failures(failures):
            self._choose(chosen)
            self.list.verticalScrollBar().setValue(at)
        self._say()

    def chosen(self) -> tuple[Path, ...]:
        """The chosen files, at most `MOST`."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return tuple(self.files.failures()[row].path for row in rows[:MOST])

    def _choose(self, paths: Sequence[Path]) -> None:
        from PySide6.QtCore import QItemSelectionModel

        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for path in paths[:100]:
            if (row := self.files.row_of(path)) is not None:
                self.list.selectionModel().select(self.files.index(row, 0), flags)

    def _narrow(self, text: str) -> None:
        self.files.narrow(text)
        self._say()

    def _say(self) -> None:
        every, shown = self.files.of_all(), len(self.files.failures())
        if not every:
            said = tr("Failures", "Nothing failed.")
        elif shown < every:
            said = tr("Failures", "{n} of {all} failed files", n=number(shown), all=number(every))
        else:
            said = trn(
                "Failures",
                "{n} file(s) could not be indexed. All others are searchable.",
                None,
                every,
            )
        self.head.setText(said)
        self.retry_all.setText(
            tr("Failures", "Try these again") if shown < every else tr("Failures", "Try all again")
        )
        self.retry_all.setEnabled(bool(shown))
        self.copy.setEnabled(bool(shown))
        self._chose()

    def _all_shown(self) -> tuple[Path, ...]:
        """() for all of them, else those that the filter shows."""
        shown = self.files.failures()
        return () if len(shown) == self.files.of_all() else tuple(it.path for it in shown)

    def _chose(self) -> None:
        chosen = len(self.list.selectionModel().selectedRows())
        self.retry.setEnabled(chosen > 0)
        self.leave_out.setEnabled(chosen > 0)
        self.open.setEnabled(chosen == 1)
        self.reveal.setEnabled(chosen == 1)

    def _with_one(self, act: object) -> None:
        if callable(act) and len(chosen := self.chosen()) == 1:
            act(chosen[0])

    def _menu(self, at: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self)
        for button in (self.retry, self.open, self.reveal, self.leave_out):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        """What is chosen, else all that is shown: a line each, path and reason."""
        chosen = set(self.chosen())
        lines = (
            f"{wording.shown(str(it.path))}\t{reason_of(it)}"
            for it in self.files.failures()
            if not chosen or it.path in chosen
        )
        QGuiApplication.clipboard().setText("\n".join(lines))
