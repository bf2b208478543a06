"""The user's words as classes: which contents clearly are what one of them says.

A content is suggested for a label where the label, asked as a question, finds it surely enough to
be a close match (see evidence.py), and so much more surely than any other label does. What no
label finds so has none.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.folding import fold
from nova_desktop.labels import Label, Said, Suggestion
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.questions import slices
from nova_desktop.library.search import Search
from nova_desktop.model import Modality, Purpose

LEAST = 1.0  # as sure as the best answer to a question has to be
MARGIN = 1.25  # times as sure as of any other label
DEEP = 2_000  # rows that are looked at for a label
LONGEST = 100  # characters of a label
MOST = 200  # labels


@dataclass(slots=True)
class Labels:
    """From any thread."""

    catalog: Catalog
    search: Search
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _found: tuple[object, Mapping[str, Mapping[str, float]]] | None = None  # under which change

    def all(self) -> tuple[Label, ...]:
        """See calls.LabelCalls."""
        accepted = dict(
            self.catalog.read(
                "SELECT l.label, COUNT(*) FROM labelled l JOIN contents c ON c.content = l.content "
                "WHERE l.said = ? AND c.files > 0 GROUP BY l.label",
                [Said.YES],
            )
        )
        found = self._suggested()
        return tuple(
            Label(name, accepted.get(key, 0), len(found.get(key, ())))
            for key, name in sorted(self._names().items())
        )

    def add(self, name: str) -> None:
        """See calls.LabelCalls."""
        name = " ".join(name.split())
        if not any(map(str.isalnum, name)):
            raise BadInput("A label needs a word.")
        if len(name) > LONGEST:
            raise BadInput(f"The label is too long: at most {LONGEST} characters.")
        if len(self._names()) >= MOST:
            raise BadInput(f"There are {MOST} labels already. Remove one first.")
        with self.catalog.write() as db:
            db.execute("INSERT OR REPLACE INTO labels VALUES (?, ?)", [fold(name), name])

    def add_new(self, name: str, contents: Sequence[str]) -> None:
        """A label that was not there, which these contents have. BadInput as for `add`."""
        name = " ".join(name.split())
        if fold(name) in self._names():
            raise BadInput(f"There is a label “{name}” already. Choose another name.")
        if '"' in name:
            raise BadInput("A name can't hold quotation marks. Choose another name.")
        self.add(name)
        self._say(fold(name), contents, Said.YES)

    def remove(self, name: str) -> None:
        """See calls.LabelCalls."""
        key = self._key(name)
        contents = [
            content
            for (content,) in self.catalog.read(
                "SELECT content FROM labelled WHERE label = ? AND said = ?", [key, Said.YES]
            )
        ]
        self._say(key, contents, Said.NOTHING)
        with self.catalog.write() as db:
            db.execute("DELETE FROM labels WHERE label = ?", [key])

    def suggestions(self, name: str, limit: int) -> tuple[Suggestion, ...]:
        """See calls.LabelCalls."""
        found = self._suggested().get(self._key(name), {})
        best = sorted(found, key=lambda content: (-found[content], content))[:limit]
        made = []
        for some in slices(best, 500):
            rows = self.catalog.read(
                "SELECT content, path, modality FROM contents "  # noqa: S608  # marks only
                f"WHERE files > 0 AND content IN ({','.join('?' * len(some))})",
                some,
            )
            known = {content: (path, kind) for content, path, kind in rows}
            for content in some:
                if content in known:
                    path, kind = known[content]
                    where = Path(os.fsdecode(path))
                    made.append(Suggestion(where, content, Modality(kind), found[content]))
        return tuple(made)

    def say(self, name: str, paths: Sequence[Path], said: Said) -> None:
        """See calls.LabelCalls."""
        key = self._key(name)
        self._say(key, [self._content(path) for path in paths], said)

    def _say(self, key: str, contents: Sequence[str], said: Said) -> None:
        name = self._names()[key]
        with self.catalog.write() as db:
            for content in contents:
                db.execute("DELETE FROM labelled WHERE label = ? AND content = ?", [key, content])
                if said is not Said.NOTHING:
                    db.execute("INSERT INTO labelled VALUES (?, ?, ?)", [key, content, said])
                if said is Said.YES:
                    db.execute("INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", [key, content, name])
                    continue
                ((info,),) = db.execute(
                    "SELECT info FROM contents WHERE content = ?", [content]
                ).fetchall() or [("{}",)]
                own = {fold(word) for word in json.loads(info).get("keywords", ())}
                if key not in own:
                    db.execute("DELETE FROM tags WHERE tag = ? AND content = ?", [key, content])

    def _content(self, path: Path) -> str:
        content = self.catalog.content_of(str(path))
        if content is None:
            raise BadInput(f"{path} is not indexed: name files that are.")
        return content

    def _names(self) -> dict[str, str]:
        return dict(self.catalog.read("SELECT label, written FROM labels"))

    def _key(self, name: str) -> str:
        key = fold(" ".join(name.split()))
        if key not in self._names():
            raise BadInput(f"There is no label “{name}”. Add it first.")
        return key

    def _suggested(self) -> Mapping[str, Mapping[str, float]]:
        """Label → content → how sure, without what the user said something about."""
        names = self._names()
        said: dict[str, set[str]] = {key: set() for key in names}
        for key, content in self.catalog.read("SELECT label, content FROM labelled"):
            said.setdefault(key, set()).add(content)
        with self._lock:
            under = (self._rows_change(), tuple(sorted(names.items())))
            if self._found is None or self._found[0] != under:
                sure = {
                    key: self.search.sureness(name, Purpose.CLASSIFICATION, DEEP)
                    for key, name in names.items()
                }
                self._found = under, nearest(sure)
            found = self._found[1]
        return {
            key: {it: one for it, one in of_it.items() if it not in said[key]}
            for key, of_it in found.items()
        }

    def _rows_change(self) -> tuple[object, ...]:
        """Another value once other contents can be found."""
        return self.catalog.read("SELECT COUNT(*), MAX(known_s) FROM contents WHERE files > 0")[0]


def nearest(sure: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Of how sure each label is of contents, those that are clearly the nearest; pure."""
    best: dict[str, list[float]] = {}
    for of_it in sure.values():
        for content, one in of_it.items():
            best.setdefault(content, []).append(one)
    second = {
        content: sorted(every)[-2] if len(every) > 1 else 0.0 for content, every in best.items()
    }
    return {
        label: {
            content: one
            for content, one in of_it.items()
            if one >= LEAST and one == max(best[content]) and one >= MARGIN * second[content]
        }
        for label, of_it in sure.items()
    }
