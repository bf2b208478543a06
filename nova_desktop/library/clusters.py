"""Groups of files that are like one another, as albums that are suggested.

Every content is one vector, the mean of what is seen, heard and said in it, shortened by a fixed
random projection (which keeps angles); k-means puts these around centres, and a group is what lies
much nearer to its centre than the library does. It is named as `naming_groups` says. Time and
memory grow with the number of contents alone; the same library gives the same groups. Vectors are
those that are kept: embedding anew for this would be paid for again.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, Stopped
from nova_desktop.labels import Cluster, Clusters
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.evidence import terms_of
from nova_desktop.library.lanes import lanes_of
from nova_desktop.library.lookup import centres, nearest_centres
from nova_desktop.library.naming_groups import NEARLY_ALL, Named, around, telling
from nova_desktop.library.questions import slices
from nova_desktop.library.search import Search
from nova_desktop.model import Row, Source, Space

log = logging.getLogger(__name__)

SHORT = 128  # of a vector's numbers, after projection: angles stay within some hundredths
BLOCK = 400  # contents read at once
EACH = 16  # contents a centre, about
MOST_CENTRES = 96
ROUNDS = 12
LEAST = 4  # contents of a group
NEARER = 2.0  # standard deviations that a group is nearer to its centre than the library is
BELONGS = 1.5  # ... that each of it is
MIDST = 0.6  # ... as a share of what the nearest of it is
COVERS = 4
OLD = 0.1  # of the contents came or went since: groups are looked for anew
EVERYWHERE = 500  # contents that say what holds of the whole library
NAMED_BY = 60  # contents of a group whose words are read, those nearest to its centre
TIGHT = 0.85  # of the mean vector's length, 0 to 1: a group without a name is at least so alike
MOST_TERMS = 200_000  # that are counted at once: the seldom ones are dropped then
ABOUT = frozenset((Source.NAME, Source.METADATA))  # what a file is called, not what it shows

Floats = NDArray[np.float32]


def gathered(vectors: Floats) -> list[NDArray[np.int64]]:
    """Rows of unit vectors that are much like one another: the largest group first. Pure."""
    if len(vectors) < 2 * LEAST:
        return []
    around = centres(vectors, max(2, min(MOST_CENTRES, len(vectors) // EACH)), ROUNDS)
    nearest = nearest_centres(vectors, around, 1)[:, 0]
    found = []
    for number, centre in enumerate(around):
        near = vectors @ centre
        others = near[nearest != number]
        if not len(others):
            continue
        scale = max(float(others.std()), 1e-3)
        how = (near - float(others.mean())) / scale
        inside = nearest == number
        least = max(BELONGS, MIDST * float(how[inside].max(initial=0.0)))
        mine = np.nonzero(inside & (how >= least))[0]
        if len(mine) >= LEAST and float(how[mine].mean()) >= NEARER:
            found.append(mine[np.argsort(-near[mine], kind="stable")])
    return sorted(found, key=lambda it: (-len(it), int(it[0])))


@dataclass(slots=True)
class Clustering:
    """Any thread. What was found stays until it is asked to look again."""

    catalog: Catalog
    search: Search
    cities: Callable[[NDArray[np.float64], NDArray[np.float64]], Sequence[str]]  # of degrees
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _share: float = 0.0
    _looked_at: int = 0  # contents that there were
    _found: Clusters | None = None
    _members: dict[str, tuple[str, ...]] = field(default_factory=dict)  # contents by key
    _error: Exception | None = None

    def page(self, again: bool) -> Clusters:
        """See calls.LabelCalls."""
        with self._lock:
            running = self._thread is not None and self._thread.is_alive()
            if not running and self._error is not None:
                error, self._error = self._error, None
                raise error
            if not running and (again or self._found is None or self._is_old()):
                self._share = 0.0
                self._thread = threading.Thread(target=self._run, name="clusters", daemon=True)
                self._thread.start()
                running = True
        if running or self._found is None:
            return Clusters(done=False, share=self._share)
        return self._found

    def _is_old(self) -> bool:
        """Whether the library is another one by now."""
        now = len(self._contents(self._space()))
        return abs(now - self._looked_at) > OLD * max(now, self._looked_at)

    def _space(self) -> Space:
        search = self.search
        lanes = lanes_of(search.tools.engine, search.beside, self.catalog, search.older)
        return next((lane for lane in lanes if not lane.own), lanes[0]).space

    def _contents(self, space: Space) -> list[str]:
        """Those with rows in it, in order."""
        rows = self.catalog.read(
            "SELECT c.content FROM contents c JOIN indexed i ON i.content = c.content "
            "WHERE i.space = ? AND i.rows > 0 AND c.files > 0 ORDER BY c.content",
            [space.name],
        )
        return [content for (content,) in rows]

    def members(self, key: str) -> tuple[str, ...]:
        """The contents of a group; BadInput where it was not found, or no more."""
        if key not in self._members:
            raise BadInput("This group is not there any more. Look for groups again.")
        return self._members[key]

    def stop(self) -> None:
        """The library closes."""
        self._stop.set()

    def _run(self) -> None:
        try:
            self._found = self._look()
        except Stopped:
            return
        except Exception as e:  # raised by the next call, in the thread that asks
            self._error = e

    def _tell(self, share: float) -> None:
        if self._stop.is_set():
            raise Stopped
        self._share = share

    def _look(self) -> Clusters:
        space = self._space()
        every = self._contents(space)
        self._looked_at = len(every)
        contents, vectors, terms = self._read(space, every, lambda s: self._tell(s * 0.8))
        self._tell(0.8)
        groups = gathered(vectors)
        made = []
        members: dict[str, tuple[str, ...]] = {}
        everywhere = self._around(contents[:: max(1, len(contents) // EVERYWHERE)])
        for number, group in enumerate(groups):
            self._tell(0.9 + 0.1 * number / len(groups))
            some = [contents[row] for row in group]
            alike = float(np.linalg.norm(vectors[group].mean(axis=0)))
            if one := self._named(space, some, terms, len(contents), alike, everywhere):
                made.append(one)
                members[one.key] = tuple(some)
        self._members = members
        alone = len(contents) - sum(one.count for one in made)
        return Clusters(tuple(made), alone=alone)

    def _read(
        self, space: Space, every: Sequence[str], tell: Callable[[float], None]
    ) -> tuple[list[str], Floats, Counter[str]]:
        """Contents with their short vectors, and in how many of them each term stands."""
        shorten = np.random.default_rng(0).standard_normal((space.dim, SHORT)).astype(np.float32)
        contents: list[str] = []
        vectors = np.empty((len(every), SHORT), np.float32)
        terms: Counter[str] = Counter()
        for at, some in enumerate(slices(every, BLOCK)):
            tell(at * BLOCK / len(every))
            for content, rows in _by_content(self.search.store.rows_of(space, some)).items():
                seen = [row.vector for row in rows if row.source not in ABOUT]
                mean = np.mean(seen or [row.vector for row in rows], axis=0, dtype=np.float32)
                short = mean @ shorten
                vectors[len(contents)] = short / max(float(np.linalg.norm(short)), 1e-9)
                contents.append(content)
                terms.update(_terms(rows))
            if len(terms) > MOST_TERMS:
                terms = Counter({term: n for term, n in terms.items() if n > 1})
        return contents, vectors[: len(contents)], terms

    def _named(
        self,
        space: Space,
        contents: Sequence[str],
        terms: Counter[str],
        total: int,
        alike: float,
        everywhere: Named,
    ) -> Cluster | None:
        """None where nothing is known that its files share, and they are not much alike either."""
        some = contents[:NAMED_BY]
        rows = _by_content(self.search.store.rows_of(space, some))
        words = telling([_terms(of_it) for of_it in rows.values()], terms, len(contents), total)
        named = replace(self._around(contents).beside(everywhere), words=words)
        covers = self._paths(contents[:COVERS])
        if not covers or not (named or alike >= TIGHT):
            return None
        return Cluster(
            name=", ".join(words),
            search=named.search,
            count=len(contents),
            covers=covers,
            key=contents[0],
            place=named.place,
            day_s=named.day_s,
            month_s=named.month_s,
        )

    def _around(self, contents: Sequence[str]) -> Named:
        known = self.catalog.infos(contents)
        infos = [info for _, info in known.values()]
        placed = [n for n, it in enumerate(infos) if it.latitude is not None]
        cities = [""] * len(infos)
        if placed and len(placed) >= NEARLY_ALL * len(infos):
            north = np.array([infos[n].latitude for n in placed], np.float64)
            east = np.array([infos[n].longitude for n in placed], np.float64)
            for n, city in zip(placed, self.cities(north, east), strict=True):
                cities[n] = city
        return around(infos, cities)

    def _paths(self, contents: Sequence[str]) -> tuple[Path, ...]:
        places = self.catalog.places(contents)
        found = (places[content][0].shown for content in contents if places.get(content))
        return tuple(Path(os.fspath(path)) for path in found)


def _by_content(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.content, []).append(row)
    return found


def _terms(rows: Sequence[Row]) -> set[str]:
    """Of what is seen, heard and said, and of the name that a content has; not of its camera."""
    return {
        term for row in rows if row.source is not Source.METADATA for term in terms_of(row.words)
    }
