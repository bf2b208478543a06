"""What each chip of the filter row offers, and what a choice makes of the narrowing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nova_desktop.query import Facet, Facets
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.calendar import DatesChoice
from nova_desktop.ui.search.narrowing import LENGTHS, TITLES, Field, Length, Narrowing, stars
from nova_desktop.ui.search.popups import Popup, Value, Values
from nova_desktop.ui.search.weighing import open_under


class ChoicePopup(Popup):
    """Of one chip; every choice counts at once."""

    narrowed = Signal(object)  # Narrowing

    def __init__(
        self, field: Field, narrowing: Narrowing, facets: Facets, today: date, parent: QWidget
    ) -> None:
        title = tr(*TITLES[field])
        super().__init__(title, parent)
        self.field = field
        self._narrowing = narrowing
        self.choice: Values | DatesChoice
        if field is Field.DATE:
            dates = DatesChoice(narrowing.dates, facets.years, today)
            dates.chosen.connect(self._dated)
            self.choice = dates
        else:
            values = Values(
                title,
                _values(field, facets, narrowing),
                _chosen(field, narrowing),
                several=field in (Field.FOLDER, Field.CAMERA, Field.TAG),
                empty=_empty(field),
            )
            values.chosen.connect(self._taken)
            self.choice = values
        self.column.addWidget(self.choice)
        self.choice.done.connect(self.close)

    def open_under(self, widget: QWidget) -> None:
        """Shows itself below a widget."""
        open_under(self, widget)
        self.choice.focus()

    def _dated(self, dates: object) -> None:
        self._tell(replace(self._narrowing, dates=dates))  # type: ignore[arg-type]  # a Signal(object)

    def _taken(self, values: tuple[object, ...]) -> None:
        self._tell(_applied(self.field, self._narrowing, values))

    def _tell(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self.narrowed.emit(narrowing)


def _chosen(field: Field, narrowing: Narrowing) -> Sequence[object]:
    match field:
        case Field.FOLDER:
            return [str(path) for path in narrowing.folders]
        case Field.LENGTH:
            return [narrowing.length]
        case Field.CAMERA:
            return narrowing.cameras
        case Field.RATING:
            return [narrowing.least_rating]
        case Field.TAG:
            return narrowing.tags
        case Field.PLACE:
            return [narrowing.place]
        case Field.DATE:
            return [narrowing.dates]


def _applied(field: Field, narrowing: Narrowing, values: Sequence[object]) -> Narrowing:
    texts = tuple(str(value) for value in values)
    first = values[0] if values else None
    match field:
        case Field.FOLDER:
            return replace(narrowing, folders=tuple(map(Path, texts)))
        case Field.LENGTH:
            return replace(narrowing, length=first if isinstance(first, Length) else None)
        case Field.CAMERA:
            return replace(narrowing, cameras=texts)
        case Field.RATING:
            return replace(narrowing, least_rating=first if isinstance(first, int) else None)
        case Field.TAG:
            return replace(narrowing, tags=texts)
        case Field.PLACE:
            return replace(narrowing, place=texts[0] if texts else "")
        case Field.DATE:
            return narrowing


def _values(field: Field, facets: Facets, narrowing: Narrowing) -> list[Value]:
    match field:
        case Field.FOLDER:
            return _folders(facets.folders, narrowing.folders)
        case Field.LENGTH:
            return [Value(length, tr(*said)) for length, said in LENGTHS.items()]
        case Field.CAMERA:
            return _plain(facets.cameras)
        case Field.RATING:
            return _ratings(facets.ratings)
        case Field.TAG:
            return _plain(facets.tags)
        case Field.PLACE:
            return _plain(facets.places)
        case Field.DATE:
            return []


def _plain(facets: Sequence[Facet]) -> list[Value]:
    return [Value(it.value, it.value, it.count) for it in facets]


def _ratings(facets: Sequence[Facet]) -> list[Value]:
    """Each with all that are better, as that is what it finds."""
    counts = {int(it.value): it.count for it in facets if it.value.isdecimal()}
    if not counts:
        return []
    return [
        Value(rating, stars(rating), sum(count for at, count in counts.items() if at >= rating))
        for rating in range(5, 0, -1)
    ]


def _folders(facets: Sequence[Facet], chosen: Sequence[Path]) -> list[Value]:
    """By their texts: to make paths of thousands takes longer than anybody should wait."""
    counts = {it.value: it.count for it in facets}
    for path in chosen:
        counts.setdefault(str(path), 0)
    made = []
    for path_text, count in counts.items():
        parent, name = os.path.split(path_text)
        made.append(Value(path_text, name or path_text, count or None, parent if name else ""))
    return made


def _empty(field: Field) -> str:
    match field:
        case Field.CAMERA:
            return tr("Filters", "No file here says with which camera it was taken.")
        case Field.RATING:
            return tr("Filters", "No file here has stars.")
        case Field.TAG:
            return tr("Filters", "No file here has tags.")
        case Field.PLACE:
            return tr("Filters", "No file here says where it was taken.")
        case _:
            return tr("Filters", "There is nothing to choose from yet.")
