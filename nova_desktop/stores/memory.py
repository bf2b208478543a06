"""A store that is gone with the program: for tests, and to see what the others must equal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nova_desktop import folding
from nova_desktop.folding import stands
from nova_desktop.model import Near, Row, RowFilter, Space
from nova_desktop.stores.exact import ExactRows, near_of
from nova_desktop.stores.terms import question_terms, terms

_K1, _B = 1.2, 0.75  # BM25's usual constants


class MemoryStore:
    """Implements Store."""

    def __init__(self) -> None:
        self._spaces: dict[str, ExactRows] = {}

    def put(self, space: Space, rows: Sequence[Row]) -> None:
        rows = list({(row.content, row.number): row for row in rows}.values())
        if rows:
            vectors = np.stack([row.vector for row in rows])
            kept = self._spaces.setdefault(space.name, ExactRows(space.dim))
            kept.put([near_of(row) for row in rows], vectors)

    def forget(self, contents: Collection[str]) -> None:
        for rows in list(self._spaces.values()):
            rows.remove(contents)

    def nearest(
        self, space: Space, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near]:
        return self._of(space).nearest(vector, limit, where)

    def matching(self, space: Space, words: str, limit: int, where: RowFilter) -> list[Near]:
        wanted = question_terms(words)
        if not wanted:
            return []
        counted = [(near, Counter(terms(near.words))) for near in self._of(space).rows(RowFilter())]
        average = sum(counts.total() for _, counts in counted) / max(1, len(counted)) or 1.0
        weights = {}
        for term in wanted:
            holding = sum(term in counts for _, counts in counted)
            weights[term] = math.log(1 + (len(counted) - holding + 0.5) / (holding + 0.5))
        allowed = {(near.content, near.number) for near in self._of(space).rows(where)}
        found = []
        for near, counts in counted:
            damped = _K1 * (1 - _B + _B * counts.total() / average)
            score = sum(
                weight * counts[term] * (_K1 + 1) / (counts[term] + damped)
                for term, weight in weights.items()
            )
            if score > 0 and (near.content, near.number) in allowed:
                found.append(replace(near, score=score))
        return sorted(found, key=lambda near: -near.score)[:limit]

    def holding(self, space: Space, phrase: str, where: RowFilter) -> list[Near]:
        wanted = folding.phrase(phrase)
        found = self.matching(space, phrase, self.count(space), where)
        return [near for near in found if stands(near.words, wanted)]

    def rows(self, space: Space, content: str, limit: int) -> list[Row]:
        return self._of(space).of_content(content, limit)

    def rows_of(self, space: Space, contents: Collection[str]) -> list[Row]:
        kept = self._of(space)
        return [
            row for content in sorted(set(contents)) for row in kept.of_content(content, len(kept))
        ]

    def contents(self, space: Space) -> set[str]:
        return self._of(space).contents()

    def count(self, space: Space) -> int:
        return len(self._of(space))

    def maintain(self, stopped: bool = False) -> None:
        """There is nothing to keep up here."""

    def compact(self) -> None:
        """It is as small as it can be."""

    def sizes(self) -> dict[str, int]:
        return {
            name: sum(
                row.vector.nbytes
                for content in rows.contents()
                for row in rows.of_content(content, len(rows))
            )
            for name, rows in self._spaces.items()
        }

    def drop(self, space: str) -> None:
        self._spaces.pop(space, None)

    def close(self) -> None:
        self._spaces.clear()

    def _of(self, space: Space) -> ExactRows:
        return self._spaces.get(space.name) or ExactRows(space.dim)
