"""A page of settings: groups of rows that scroll, and what else stands under them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nova_desktop.settings import Settings
from nova_desktop.ui.look.labels import sized
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.settings.controls import Calm
from nova_desktop.ui.settings.fields import Field, Group
from nova_desktop.ui.settings.row import Row

MARGIN = 24  # pixels
MOST = 760  # wider than this a sentence is hard to follow


def line_of(*widgets: QWidget) -> QWidget:
    """A line that begins with these, as wide as each is by itself."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 4, 0, 16)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return whole


class Page(QScrollArea):
    """Rows of one topic, made one at a time by `build`, so that the window never stands still."""

    chosen = Signal(str, object)

    def __init__(self, title: str, groups: Iterable[Group] = ()) -> None:
        super().__init__()
        self.title = title
        self.rows: dict[str, Row] = {}
        self._shown = Settings()
        self._notes: dict[str, str] = {}
        self._headings: list[tuple[QLabel, list[Row]]] = []
        self._others: list[tuple[QWidget, str]] = []
        self._todo: deque[Callable[[], None]] = deque()
        self._calm = Calm(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("settingsPage")
        body.setMaximumWidth(MOST + 2 * MARGIN)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(MARGIN, 16, MARGIN, 24)
        self._column.setSpacing(0)
        self._column.addWidget(sized(QLabel(title), 1.35, bold=True))
        self._column.addSpacing(8)
        self._column.addStretch(1)
        self.setWidget(body)
        for group in groups:
            self._add_group(group)

    def build(self) -> bool:
        """Makes one more row; False when all are there."""
        if self._todo:
            self._todo.popleft()()
        return bool(self._todo)

    def later(self, make: Callable[[], None]) -> None:
        """What `build` calls when it is its turn."""
        self._todo.append(make)

    def add(self, widget: QWidget, words: str = "") -> None:
        """Under all others; `words` are what it is found by."""
        self._insert(widget)
        self._others.append((widget, f"{self.title} {words}".casefold()))

    def show_settings(self, chosen: Settings) -> None:
        """As they are chosen now."""
        self._shown = chosen
        for name, row in self.rows.items():
            row.show_value(getattr(chosen, name))

    def narrow(self, wanted: str) -> bool:
        """Shows only what holds all these words; False when nothing does."""
        words = wanted.casefold().split()
        all_of_it = all(word in self.title.casefold() for word in words)
        found = False
        for heading, rows in self._headings:
            over = heading.text().casefold()
            seen = 0
            for row in rows:
                there = all_of_it or all(word in f"{over} {row.words()}" for word in words)
                row.setVisible(there)
                seen += there
            heading.setVisible(bool(seen and heading.text()))
            found |= bool(seen)
        for widget, about in self._others:
            there = all_of_it or all(word in about for word in words)
            widget.setVisible(there)
            found |= there
        return found

    def remark(self, notes: Mapping[str, str]) -> None:
        """What is to be known of these settings on this computer."""
        self._notes |= notes
        for name, text in notes.items():
            if name in self.rows:
                self.rows[name].remark(text)

    def _add_group(self, group: Group) -> None:
        heading = sized(QLabel(tr(*group.heading) if group.heading[1] else ""), 1.0, bold=True)
        heading.setContentsMargins(0, 16, 0, 4)
        rows: list[Row] = []
        self._headings.append((heading, rows))

        def begin() -> None:
            self._insert(heading)
            heading.setVisible(bool(heading.text()))

        self.later(begin)
        for field in group.fields:
            self.later(partial(self._add_row, field, rows))

    def _add_row(self, field: Field, rows: list[Row]) -> None:
        row = Row(field, self._calm)
        row.chosen.connect(self.chosen)
        row.show_value(getattr(self._shown, field.name))
        row.remark(self._notes.get(field.name, ""))
        self.rows[field.name] = row
        rows.append(row)
        self._insert(row)

    def _insert(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
