"""Cities of the world by name, and the one that a place is called by."""

from __future__ import annotations

import lzma
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova_desktop.folding import fold
from nova_desktop.query import Around

FARTHEST_DEGREES = 0.9  # 100 km: a place this far from any city is called by none
DOWNTOWN_DEGREES = 0.03  # 3 km: so far from its middle a city counts by half
OWN = 10  # times as many people: how much more a city's own name counts than another of its names

Real = NDArray[np.float64]


def weight(people: int, own: bool) -> int:
    """Which city of several with one name is meant: the largest."""
    return (OWN if own else 1) * (1 + people)


@dataclass(frozen=True, slots=True)
class Cities:
    """The columns that packaging/cities.py writes; about 20 MB in memory."""

    country_codes: dict[str, str]  # by name, folded
    names: list[str]
    countries: list[str]
    regions: list[str]
    latitude: Real
    longitude: Real
    people: Real
    titles: list[str]
    known: bytes  # a line for each city: |name|other|...|
    starts: NDArray[np.int64]  # of the lines

    @classmethod
    def of(cls, packed: bytes) -> Cities:
        blocks = lzma.decompress(packed).split(b"\n\n")
        lines = [blocks[at].decode().split("\n") for at in (0, 1, 2, 3, 7)]
        north, east, people = (np.array(blocks[at].split(b"\n"), np.float64) for at in (4, 5, 6))
        ends = np.flatnonzero(np.frombuffer(blocks[8], np.uint8) == ord("\n"))
        return cls(
            country_codes={fold(line[3:]): line[:2] for line in lines[0]},
            names=lines[1],
            countries=lines[2],
            regions=lines[3],
            latitude=north / 10_000,
            longitude=east / 10_000,
            people=people,
            titles=lines[4],
            known=blocks[8],
            starts=np.concatenate(([0], ends + 1)),
        )


class Places:
    """From any thread; the list is read with the first question."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read = read
        self._lock = threading.Lock()  # around what follows
        self._cities: Cities | None = None
        self._squares: dict[tuple[int, int], NDArray[np.intp]] = {}  # of a degree → their cities

    def locate(self, name: str) -> Around | None:
        """The largest city of that name, in many languages: "Roma", "Paris, US", "Aurora, IL, US".

        None where there is none.
        """
        cities = self._loaded()
        whole = " ".join(name.split())
        city, _, within = whole.partition(",")
        for called, places in ((whole, ""), (city, within)):
            wanted = fold(called.strip())
            inside = [place.strip() for place in places.split(",") if place.strip()]
            fitting = [
                at
                for at in _called(cities, wanted)
                if all(_lies_in(cities, at, place) for place in inside)
            ]
            if fitting:
                best = max(
                    fitting,
                    key=lambda at, wanted=wanted: weight(  # type: ignore[misc]  # bound here
                        int(cities.people[at]), fold(cities.names[at]) == wanted
                    ),
                )
                return Around(name, float(cities.latitude[best]), float(cities.longitude[best]))
        return None

    def named(self, north: Real, east: Real) -> list[str]:
        """The city that each place (in degrees) is called by, as `locate` finds it; "" for none.

        The nearest, unless it is a part or a suburb of a larger one.
        """
        cities = self._loaded()
        found = np.full(len(north), -1, np.intp)
        square = np.floor(north).astype(np.int64) * 1000 + np.floor(east).astype(np.int64)
        order = np.argsort(square, kind="stable")
        edges = np.flatnonzero(np.diff(square[order])) + 1
        for some in np.split(order, edges):
            if len(some):
                here = int(np.floor(north[some[0]])), int(np.floor(east[some[0]]))
                near = self._around(here)
                for part in np.array_split(some, 1 + len(some) * len(near) // 1_000_000):
                    found[part] = _best(cities, near, north[part], east[part])
        return [cities.titles[at] if at >= 0 else "" for at in found]

    def _loaded(self) -> Cities:
        with self._lock:
            if self._cities is None:
                self._cities = cities = Cities.of(self._read())
                squares: dict[tuple[int, int], list[int]] = {}
                corners = zip(
                    np.floor(cities.latitude).astype(int).tolist(),
                    np.floor(cities.longitude).astype(int).tolist(),
                    strict=True,
                )
                for at, corner in enumerate(corners):
                    squares.setdefault(corner, []).append(at)
                self._squares = {corner: np.array(some) for corner, some in squares.items()}
            return self._cities

    def _around(self, square: tuple[int, int]) -> NDArray[np.intp]:
        """Cities in a square of a degree and those that could be near it."""
        north, east = square
        high = min(89.0, max(abs(north), abs(north + 1)))
        wide = min(180, int(np.ceil(FARTHEST_DEGREES / np.cos(np.radians(high)))))
        columns = dict.fromkeys((east + step + 180) % 360 - 180 for step in range(-wide, wide + 1))
        some = [
            self._squares[row, column]
            for row in (north - 1, north, north + 1)
            for column in columns
            if (row, column) in self._squares
        ]
        return np.concatenate(some) if some else np.array([], np.intp)


def _best(cities: Cities, near: NDArray[np.intp], north: Real, east: Real) -> NDArray[np.intp]:
    """Of each place the city in `near` that it is called by; -1 for none."""
    if not len(near):
        return np.full(len(north), -1, np.intp)
    across = np.abs(cities.longitude[near][None, :] - east[:, None])
    across = np.minimum(across, 360 - across) * np.cos(np.radians(north))[:, None]
    square = across**2 + (cities.latitude[near][None, :] - north[:, None]) ** 2
    # As brightness falls with distance: a suburb is called by its city, a town of its own is not.
    pull = (1 + cities.people[near])[None, :] / (1 + (square / DOWNTOWN_DEGREES**2) ** 1.5)
    best = np.argmax(np.where(square <= FARTHEST_DEGREES**2, pull, -1.0), axis=1)
    inside = square[np.arange(len(best)), best] <= FARTHEST_DEGREES**2
    found: NDArray[np.intp] = np.where(inside, near[best], -1)
    return found


def _called(cities: Cities, name: str) -> list[int]:
    """Every city of that name, folded."""
    if not name or "|" in name:
        return []
    wanted = f"|{name}|".encode()
    found, at = list[int](), cities.known.find(wanted)
    while at >= 0:
        found.append(int(np.searchsorted(cities.starts, at, side="right")) - 1)
        at = cities.known.find(wanted, at + 1)
    return found


def _lies_in(cities: Cities, at: int, place: str) -> bool:
    """In a country, by its name or code, or in a region, by its code."""
    code = cities.country_codes.get(fold(place), place.upper().replace(".", ""))
    return code in (cities.countries[at], cities.regions[at])
