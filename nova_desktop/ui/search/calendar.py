"""The small window under the chip of dates: days that are often meant, years, from and to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QWidget

from nova_desktop.query import Facet
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.narrowing import RECENT, Dates, Days, Recent, days_of, year
from nova_desktop.ui.search.popups import Value, Values

EARLIEST, LATEST = QDate(1800, 1, 1), QDate(2200, 12, 31)


class DatesChoice(QWidget):
    """Tells of every change at once."""

    chosen = Signal(object)  # Dates
    done = Signal()

    def __init__(
        self, dates: Dates, years: Sequence[Facet], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        recent = [Value(it, tr(*RECENT[it])) for it in Recent]
        known = [
            Value(year(int(it.value)), it.value, it.count)
            for it in years
            if it.value.isdecimal() and 0 < int(it.value) < 9999
        ]
        title = tr("Filters", "Date")
        self.values = Values(
            title, [*recent, *known], [dates], several=False, empty="", parent=self
        )
        days = days_of(dates, today)
        own = isinstance(dates, Days) and dates not in {it.value for it in known}
        self.since = QCheckBox(tr("Filters", "From"))
        self.until = QCheckBox(tr("Filters", "To"))
        self.first = _field(days.first or today, tr("Filters", "First day"))
        self.last = _field(days.last or today, tr("Filters", "Last day"))
        self.since.setChecked(own and days.first is not None)
        self.until.setChecked(own and days.last is not None)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.values, 0, 0, 1, 2)
        for row, (check, field) in enumerate(
            ((self.since, self.first), (self.until, self.last)), start=1
        ):
            named(check, check.text())
            grid.addWidget(check, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        self.values.chosen.connect(self._take)
        self.values.done.connect(self.done)
        self.since.toggled.connect(self._tell)
        self.until.toggled.connect(self._tell)
        self.first.dateChanged.connect(lambda: self._changed(self.since))
        self.last.dateChanged.connect(lambda: self._changed(self.until))

    def focus(self) -> None:
        """On the list."""
        self.values.focus()

    def _take(self, values: tuple[object, ...]) -> None:
        self.chosen.emit(values[0] if values else None)

    def _changed(self, check: QCheckBox) -> None:
        if check.isChecked():
            self._tell()
        else:
            check.setChecked(True)

    def _tell(self) -> None:
        first = _day(self.first) if self.since.isChecked() else None
        last = _day(self.last) if self.until.isChecked() else None
        if first and last and first > last:  # whichever was changed last is meant: no empty span
            first, last = last, first
        self.chosen.emit(Days(first, last) if first or last else None)


def _field(day: date, name: str) -> QDateEdit:
    field = named(QDateEdit(QDate(day.year, day.month, day.day)), name)
    field.setDateRange(EARLIEST, LATEST)
    field.setCalendarPopup(True)
    return field


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())
