"""Which results are chosen, however many there are, and how they stay so in a fresh answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from nova_desktop.query import Hit
from nova_desktop.ui.results.model import Column, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QItemSelectionRange

MOST = 1000  # files that are chosen at once; more can't be loaded, copied or counted at once
FLAG = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Held:
    """Which files were chosen, and in which rows."""

    places: dict[Path, int]
    current: tuple[Path, int] | None


class Choice(QObject):
    """Over the selection that both views share; a selection is kept as ranges, never as rows."""

    changed = Signal()  # which, or how many

    def __init__(self, selection: QItemSelectionModel, results: Results) -> None:
        super().__init__(selection)
        self.selection = selection
        self._results = results
        self._held = Held({}, None)  # what was chosen when that last changed
        self._quiet = False  # the selection is being put back
        selection.selectionChanged.connect(self._bound)
        selection.currentChanged.connect(self._tell)

    def hit(self) -> Hit | None:
        """The chosen result; of several the one that was chosen last."""
        index = self.selection.currentIndex()
        if index.isValid() and self.selection.isSelected(index):
            return self._results.hit(index.row())
        rows = self.rows()
        return self._results.hit(rows[0]) if rows else None

    def current_row(self) -> int:
        """-1 for none."""
        return self.selection.currentIndex().row()

    def rows(self) -> list[int]:
        """All that are chosen, in their order."""
        found: dict[int, None] = {}
        for part in self._ranges():
            found |= dict.fromkeys(range(part.top(), part.bottom() + 1))
        return sorted(found)

    def hits(self) -> list[Hit]:
        """All that are chosen and loaded, in their order."""
        return [hit for row in self.rows() if (hit := self._results.hit(row))]

    def number(self) -> int:
        """How many are chosen."""
        return sum(part.height() for part in self._ranges())

    def one(self, row: int) -> None:
        """This row alone."""
        flags = FLAG.ClearAndSelect | FLAG.Rows
        self.selection.setCurrentIndex(self._results.index(row, 0), flags)

    def everything(self) -> None:
        """As many as can be chosen at once, from the first on."""
        if count := self._results.rowCount():
            self._select(0, min(MOST, count) - 1)

    def hold(self) -> Held:
        """What to give to `restore` after the rows have changed; nothing is told until then."""
        self._quiet = True
        return self._now()

    def look_again(self, start: int, stop: int) -> None:
        """Rows of this range were loaded: a fresh answer may have other files in them.

        What was chosen is found again, or is chosen no more: nothing may be done to a file that
        only stands where a chosen one was.
        """
        places = dict([self._held.current] if self._held.current else []) | self._held.places
        if any(start <= row < stop and not self._is_at(path, row) for path, row in places.items()):
            self.restore(self._held)
        self._tell()

    def restore(self, held: Held) -> bool:
        """Chooses the files where they are now; whether the one that was current is there."""
        before = held.places | dict([held.current] if held.current else [])
        rows = {path: row for path, row in before.items() if self._is_at(path, row)}
        if moved := before.keys() - rows.keys():
            rows |= self._results.rows_of(moved)
        chosen = QItemSelection()
        for first, last in _runs(sorted(rows[path] for path in held.places.keys() & rows.keys())):
            chosen.append(self._selected(first, last).toList())
        there = held.current is not None and held.current[0] in rows
        if held.current and there:
            index = self._results.index(rows[held.current[0]], 0)
            self.selection.setCurrentIndex(index, FLAG.NoUpdate)
        self.selection.select(chosen, FLAG.ClearAndSelect)
        self._quiet = False
        self._held = self._now()
        return there

    def _now(self) -> Held:
        places = {hit.path: row for row in self.rows() if (hit := self._results.hit(row))}
        row = self.current_row()
        current = self._results.hit(row)
        return Held(places, (current.path, row) if current else None)

    def _is_at(self, path: Path, row: int) -> bool:
        hit = self._results.hit(row)
        return hit is not None and hit.path == path

    def _ranges(self) -> Iterator[QItemSelectionRange]:
        chosen = self.selection.selection()
        return (chosen.at(number) for number in range(chosen.count()))

    def _bound(self) -> None:
        if not self._quiet and self.number() > MOST:
            self._quiet = True
            first = min(part.top() for part in self._ranges())
            row = max(first, self.current_row())
            # Those that end where the user is now: Shift+End means the last ones.
            first = first if row - first < MOST else row - MOST + 1
            self._select(first, min(first + MOST, self._results.rowCount()) - 1)
            self._quiet = False
        self._tell()

    def _tell(self) -> None:
        if not self._quiet:
            self._held = self._now()
            self.changed.emit()

    def _select(self, first: int, last: int) -> None:
        self.selection.select(self._selected(first, last), FLAG.ClearAndSelect)

    def _selected(self, first: int, last: int) -> QItemSelection:
        at = self._results.index
        return QItemSelection(at(first, 0), at(last, len(Column) - 1))


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows in order as few ranges, both ends included: a selection of many is slow."""
    first = last = None
    for row in rows:
        if first is not None and last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = row
    if first is not None and last is not None:
        yield first, last
