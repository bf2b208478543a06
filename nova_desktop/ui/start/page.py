"""The first start as a page: folders, engine, go. It can be left at any point, and resumed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.words import Said, noop, number, tr
from nova_desktop.ui.start import proposed
from nova_desktop.ui.start.engine import EngineStep
from nova_desktop.ui.start.folders import FoldersStep

WIDE, WIDEST = 360, 640  # pixels of a step
HEADINGS = Said(
    {
        0: noop("First start", "What shall be found?"),
        1: noop("First start", "What shall search?"),
        2: noop("First start", "Ready"),
    }
)
LAST = 2


class StartPage(QWidget):
    """`go` with the chosen folders; `left` when somebody would rather do it later."""

    go = Signal(object)  # list[Path]
    left = Signal()
    moved = Signal(int)  # to another step

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("First start", "First start"))
        self.folders = FoldersStep()
        self.engine = EngineStep()
        self.summary = wrapped(at_least=WIDE)
        self.meanwhile = wrapped(
            tr(
                "First start",
                "Indexing goes on in the background, gently, and what is done can be found at "
                "once: you can search while it works. The bar at the bottom says how far it is.",
            ),
            muted=True,
            at_least=WIDE,
        )
        ready = QWidget()
        column = QVBoxLayout(ready)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.meanwhile)
        column.addStretch(1)
        self.steps = QStackedWidget()
        for step in (self.folders, self.engine, ready):
            self.steps.addWidget(step)
        self.where = QLabel()
        self.where.setProperty("muted", True)
        self.heading = sized(QLabel(), 1.5, bold=True)
        later, back = tr("First start", "Later"), tr("First start", "Back")
        self.later = named(QPushButton(later), later)
        self.back = named(QPushButton(back), back)
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self._lay_out()
        self.later.clicked.connect(self.left)
        self.back.clicked.connect(lambda: self.show_step(self.steps.currentIndex() - 1))
        self.next.clicked.connect(self._next)
        self.folders.changed.connect(self._say)
        keys = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.left)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """From 0 to 2."""
        self.steps.setCurrentIndex(min(max(step, 0), LAST))
        self._say()
        self.moved.emit(self.steps.currentIndex())
        self.next.setFocus()

    def _next(self) -> None:
        if self.steps.currentIndex() < LAST:
            self.show_step(self.steps.currentIndex() + 1)
        else:
            self.go.emit(self.folders.chosen())

    def _say(self) -> None:
        step = self.steps.currentIndex()
        self.where.setText(
            tr("First start", "Step {step} of {steps}", step=number(step + 1), steps=LAST + 1)
        )
        self.heading.setText(HEADINGS[step])
        text = tr("First start", "Start indexing") if step == LAST else tr("First start", "Next")
        self.next.setText(text)
        self.next.setAccessibleName(text)
        chosen = self.folders.chosen()
        self.next.setEnabled(bool(chosen))
        self.next.setToolTip("" if chosen else tr("First start", "Choose a folder first"))
        self.back.setEnabled(step > 0)
        self._sum_up(chosen)

    def show_counts(self) -> None:
        """What is in the folders is known better."""
        self._sum_up(self.folders.chosen())

    def _sum_up(self, chosen: list[Path]) -> None:
        names = ", ".join(wording.name_of(path) for path in chosen)
        found = proposed.in_all(self.folders.surveys())
        self.summary.setText(
            tr("First start", "{folders}: {found} to index.", folders=names, found=found)
        )

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        for push in (self.later, self.back, self.next):
            push.setAutoDefault(True)  # Enter presses it, as in a dialog
        scroll = named(QScrollArea(), tr("First start", "First start"))
        scroll.setWidgetResizable(True)
        scroll.setProperty("bare", True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.steps)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 40, 24, 24)
        column.setSpacing(16)
        column.addWidget(self.where)
        column.addWidget(self.heading)
        column.addWidget(scroll, 1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
