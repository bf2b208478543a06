"""What the scores of each space are read against: learned as the library grows, kept, given out."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.evidence import Background, learn, unknown
from nova_desktop.model import Row
from nova_desktop.ports import Engine, Store

CONTENTS = 128  # that rows are taken from
ROWS = 4  # of one content, spread over it
FEW_ROWS = 64  # of one content that are looked at
GROWN = 1.25  # by so many times more or fewer rows it is learned again when nothing is to do
MUCH_GROWN = 2.0  # ... while more is being indexed
TAKE_S = 2.0  # at most: what was found by then has to do


class Kept(NamedTuple):
    learned_s: float
    background: Background


class Backgrounds:
    """`learn` on the indexer's thread; `of` from any."""

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self._catalog, self._store = catalog, store
        self._lock = threading.Lock()  # around what follows
        self._kept: dict[str, Kept] = {}

    def of(self, engine: Engine) -> Background:
        """The one that was learned last; before that, what is assumed."""
        name = engine.space.name
        found = self._catalog.read("SELECT learned_s FROM backgrounds WHERE space = ?", [name])
        if not found:
            return unknown(engine.embeds_words)
        with self._lock:
            kept = self._kept.get(name)
            if kept is None or kept.learned_s != found[0][0]:
                kept = self._kept[name] = self._read(name, engine.space.dim)
            return kept.background

    def learn(self, engine: Engine, grown: float = GROWN) -> None:
        """Anew, where the space has `grown` times more or fewer rows than when it was learned."""
        rows = self._store.count(engine.space)
        found = self._catalog.read(
            "SELECT rows FROM backgrounds WHERE space = ?", [engine.space.name]
        )
        known = found[0][0] if found else 0
        if known / grown <= rows <= known * grown:
            return
        made = learn(rows, self._sample(engine), engine.embeds_words)
        vectors = made.vectors.astype(np.float16).tobytes()
        with self._catalog.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO backgrounds VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [engine.space.name, time.time(), rows, vectors, made.apart.tobytes(),
                 json.dumps(made.terms), made.spread, made.ends],
            )  # fmt: skip

    def _sample(self, engine: Engine) -> list[Row]:
        """Some rows of some contents. They are chosen by their hashes, which is as by chance."""
        chosen = self._catalog.read(
            "SELECT content FROM indexed WHERE space = ? AND rows > 0 ORDER BY content LIMIT ?",
            [engine.space.name, CONTENTS],
        )
        until = time.monotonic() + TAKE_S
        rows: list[Row] = []
        for (content,) in chosen:
            rows += spread(self._store.rows(engine.space, content, FEW_ROWS), ROWS)
            if time.monotonic() > until:
                break
        return rows

    def _read(self, space: str, dim: int) -> Kept:
        ((learned_s, rows, vectors, seen, terms, spread_, ends),) = self._catalog.read(
            "SELECT learned_s, rows, vectors, seen, terms, spread, ends FROM backgrounds "
            "WHERE space = ?",
            [space],
        )
        kept = np.frombuffer(vectors, np.float16).reshape(-1, dim).astype(np.float32)
        of_what = np.frombuffer(seen, np.bool_)
        return Kept(learned_s, Background(rows, kept, of_what, json.loads(terms), spread_, ends))


def spread(rows: Sequence[Row], most: int) -> list[Row]:
    """Up to `most` of them, evenly from first to last."""
    if len(rows) <= most:
        return list(rows)
    return [rows[at * (len(rows) - 1) // (most - 1)] for at in range(most)]
