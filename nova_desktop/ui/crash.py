"""Errors nobody expected: a report the user can copy, and the program goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.bug import told
from nova_desktop.events import Crashed, Event
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.words import tr


class CrashDialog(QDialog):
    """One at a time; later errors are added to the report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Crash", "Something went wrong"))
        self.resize(680, 420)
        head = sized(
            wrapped(tr("Crash", "Something went wrong inside Nova Desktop.")), 1.2, bold=True
        )
        text = wrapped(
            tr(
                "Crash",
                "Your files are untouched and the program goes on. "
                "The report below says what happened; copy it to send it to the developers.",
            ),
            muted=True,
        )
        self.report = named(QPlainTextEdit(readOnly=True), tr("Crash", "Report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        copy = tr("Crash", "Copy the report")
        self.copy = named(QPushButton(copy), copy)
        close = tr("Crash", "Close")
        self.done_button = named(QPushButton(close), close)
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.report.toPlainText())
        )
        self.done_button.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (head, text, self.report):
            column.addWidget(widget)
        column.addLayout(row)


class Crashes(QObject):
    """Shows what reaches the interpreter's last hooks, from any thread, in a dialog."""

    _happened = Signal(str)
    LIMIT = 200_000  # characters of one report

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: CrashDialog | None = None
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._main
        threading.excepthook = self._thread

    def hear(self, events: Iterable[Event]) -> None:
        """Shows what the library's process met, as if it were ours."""
        for event in events:
            if isinstance(event, Crashed):
                self._show(event.report)

    def close(self) -> None:
        """Gives the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def _main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before[0](kind, error, trace)  # to stderr and the log, as without a window
        if isinstance(error, Exception):
            self._happened.emit(told(error))

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        self._before[1](args)
        if isinstance(args.exc_value, Exception):
            self._happened.emit(told(args.exc_value))

    @Slot(str)
    def _show(self, text: str) -> None:
        if self.dialog is None:
            self.dialog = CrashDialog(self._window)
        if not self.dialog.isVisible():
            self.dialog.report.clear()
        if self.dialog.report.document().characterCount() < self.LIMIT:
            self.dialog.report.appendPlainText(text)
        self.dialog.show()
