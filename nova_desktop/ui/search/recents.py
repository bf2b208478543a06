"""What was searched for before: kept in window.ini, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from nova_desktop.model import Span, Unit
from nova_desktop.query import Part
from nova_desktop.ui.search.chip import name_of

MOST = 20
KEY = "searches"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it can be asked again: what was typed, and the chips."""

    typed: str
    parts: tuple[Part, ...] = ()

    def __str__(self) -> str:
        chips = ", ".join(name_of(part) for part in self.parts)
        return " + ".join(filter(None, (chips, self.typed.strip())))


class Recents:
    """The newest first; pasted pictures are not kept, so neither is what was asked with them."""

    def __init__(self, kept: QSettings) -> None:
        self._kept = kept
        self.on = True  # False: nothing more is kept

    def all(self) -> list[Asking]:
        """Also those by files that are gone: see `there`."""
        try:
            told = json.loads(str(self._kept.value(KEY, "[]")))
            return [_asking(one) for one in told]
        except (ValueError, TypeError, KeyError, AttributeError):  # somebody else wrote there
            return []

    def add(self, asking: Asking) -> None:
        """Instead of the same one, and of one that was typed on the way to it."""
        if not self.on or not str(asking) or any(part.data for part in asking.parts):
            return
        others = [one for one in self.all() if not _same(one, asking)]
        if others and others[0].parts == asking.parts and _on_the_way(others[0], asking):
            del others[0]
        self._keep([asking, *others][:MOST])

    def forget(self) -> None:
        """All of them."""
        self._kept.remove(KEY)

    def _keep(self, askings: Iterable[Asking]) -> None:
        told = [
            {
                "typed": one.typed,
                "parts": [
                    {
                        "text": part.text,
                        "path": None if part.path is None else str(part.path),
                        "weight": part.weight,
                        "span": part.span and [part.span.unit, part.span.start, part.span.stop],
                    }
                    for part in one.parts
                ],
            }
            for one in askings
        ]
        self._kept.setValue(KEY, json.dumps(told))


def there(askings: Iterable[Asking]) -> list[Asking]:
    """Those whose files are there; looks at the disk, so not on the Qt thread."""
    return [
        one for one in askings if all(part.path is None or part.path.exists() for part in one.parts)
    ]


def _same(one: Asking, other: Asking) -> bool:
    return one.parts == other.parts and _folded(one) == _folded(other)


def _on_the_way(one: Asking, other: Asking) -> bool:
    return _folded(other).startswith(_folded(one))


def _folded(one: Asking) -> str:
    return " ".join(one.typed.casefold().split())


def _asking(told: dict[str, object]) -> Asking:
    parts = told["parts"]
    if not isinstance(parts, list):
        raise TypeError("parts")
    return Asking(str(told["typed"]), tuple(_part(part) for part in parts))


def _part(told: dict[str, object]) -> Part:
    path = told["path"]
    weight = told["weight"]
    return Part(
        text=str(told["text"]),
        path=None if path is None else Path(str(path)),
        weight=float(weight) if isinstance(weight, int | float) else 1.0,
        span=_span(told.get("span")),
    )


def _span(told: object) -> Span | None:
    if not isinstance(told, list):
        return None
    unit, start, stop = told
    return Span(Unit(unit), float(start), float(stop))
