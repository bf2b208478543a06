"""What passes the filters: counted, in order, page by page, from the catalog's indexes alone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from nova_desktop import folding
from nova_desktop.folding import fold, holds, same_case
from nova_desktop.kinds import Sort
from nova_desktop.library.filtering import Conditions, of_circle, of_files, outermost
from nova_desktop.library.questions import SEPARATOR, Questions, slices
from nova_desktop.model import Modality
from nova_desktop.query import Filters

T = TypeVar("T")
KEPT_COUNTS = 64  # of filters: paging asks for the same one again and again
FEW = 3_000  # contents of a folder or a tag: these are looked up, of more the rest is passed over
MANY_FOLDERS = 4  # each costs a comparison a content: from here on files are looked up first
_ORDERS = {
    Sort.RELEVANCE: ("contents_by_time", "c.taken_s DESC, c.path DESC"),
    Sort.NEWEST: ("contents_by_time", "c.taken_s DESC, c.path DESC"),
    Sort.OLDEST: ("contents_by_time", "c.taken_s, c.path"),
    Sort.NAME: ("contents_by_name", "c.name, c.path"),
}


@dataclass(frozen=True, slots=True)
class Brief:
    """What a content is sorted and filtered by."""

    modality: Modality
    taken_s: float


class Browsing(Questions):
    """Filters here are resolved: folders absolute, `around` with coordinates; no phrases."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._kept: dict[object, tuple[int, Any]] = {}  # what was read, and under which change
        self._passing: tuple[int, Filters, frozenset[str]] | None = None  # apart: it is large

    def browse(self, filters: Filters, sort: Sort, limit: int | None, offset: int = 0) -> list[str]:
        """Contents in order; each stands where the first of its files that pass does."""
        index, order = _ORDERS[sort]
        where, values, few = self._where(filters)
        inside = of_files(filters, "f")
        if sort is Sort.NAME and inside.sql and self._has_copies():
            first = (
                "SELECT f.name FROM files f WHERE f.content = c.content "  # noqa: S608  # our own words
                f"AND f.companion_kind <> 'subtitles' AND {inside.text} ORDER BY f.path LIMIT 1"
            )
            order = f"CASE WHEN c.files = 1 THEN c.name ELSE ({first}) END, c.path"
            values = [*values, *inside.values]
        rows = self.read(
            f"SELECT c.content FROM contents c {'' if few else f'INDEXED BY {index}'} "  # noqa: S608  # our own words
            f"WHERE {where} "
            f"ORDER BY {order} LIMIT ? OFFSET ?",
            [*values, -1 if limit is None else limit, offset],
        )
        return [content for (content,) in rows]

    def browsed(self, filters: Filters) -> int:
        """How many contents `browse` gives in all."""

        def count() -> int:
            where, values, few = self._where(filters)
            index = "" if few else "INDEXED BY contents_by_time"
            rows = self.read(
                f"SELECT COUNT(*) FROM contents c {index} WHERE {where}",  # noqa: S608  # our own words
                values,
            )
            return int(rows[0][0])

        return self.kept(filters, count)

    def passing(self, filters: Filters) -> frozenset[str]:
        """Every content that passes; kept for the next question, which often has these filters."""
        changes, known = self.changes, self._passing
        if known is None or known[:2] != (changes, filters):
            every = frozenset(self.browse(filters, Sort.NEWEST, None))
            self._passing = known = (changes, filters, every)
        return known[2]

    def subtitles_passing(self, filters: Filters) -> frozenset[str]:
        """Contents that are the subtitles of films which pass, and are shown as these."""
        where, values, _ = self._where(filters)
        rows = self.read(
            "SELECT DISTINCT s.content FROM files s INDEXED BY files_paired "  # noqa: S608  # our own words
            "JOIN files p ON p.path = s.companion_of JOIN contents c ON c.content = p.content "
            "WHERE s.companion_of IS NOT NULL AND s.companion_kind = 'subtitles' "
            f"AND s.content IS NOT NULL AND {where}",
            values,
        )
        return frozenset(content for (content,) in rows)

    def briefs(self, contents: Sequence[str]) -> dict[str, Brief]:
        found: dict[str, Brief] = {}
        for some in slices(contents, 500):
            rows = self.read(
                "SELECT content, modality, taken_s FROM contents "  # noqa: S608  # marks only
                f"WHERE content IN ({','.join('?' * len(some))})",
                some,
            )
            found |= {content: Brief(Modality(kind), taken) for content, kind, taken in rows}
        return found

    def called(self, name: str) -> list[str]:
        """Contents of files with exactly this name, with or without its ending; case is no matter.

        In order of the names, so that one with an ending of its own comes first. Blanks that are
        typed as others are, too, where no name has just these: 10.00 AM.png, as a Mac has it.
        """
        whole = same_case(name)
        rows = self.read(
            "SELECT content, name FROM files WHERE content IS NOT NULL "
            "AND (name = ? OR (name > ? AND name < ?)) ORDER BY name",
            [whole, f"{whole}.", f"{whole}/"],  # "/" is what follows "."
        )
        found = [content for content, it in rows if it == whole or Path(it).stem == whole]
        return found or self._called_with_other_blanks(" ".join(whole.split()))

    def _called_with_other_blanks(self, name: str) -> list[str]:
        words = _words(name)
        if len(words) < 2 or " " not in name:
            return []
        rows = self.read(
            "SELECT f.content, f.name FROM names n JOIN files f ON f.id = n.rowid "
            "WHERE names MATCH ? AND f.content IS NOT NULL ORDER BY f.name",
            [f'"{" ".join(words)}"'],
        )
        spaced = [(content, " ".join(it.split())) for content, it in rows]
        return [content for content, it in spaced if name in (it, Path(it).stem)]

    def files_called(self, path: Path) -> list[Path]:
        """Files whose path ends so, whatever the case, one of each content; their endings may be
        left out where no name is so without."""
        tail, name = same_case(f"{os.sep}{path}"), same_case(path.name)
        rows = self.read(
            "SELECT content, name, path FROM files WHERE content IS NOT NULL "
            "AND (name = ? OR (name > ? AND name < ?)) ORDER BY path",
            [name, f"{name}.", f"{name}/"],  # "/" is what follows "."
        )
        whole, bare = dict[str, Path](), dict[str, Path]()
        for content, called, place in rows:
            file = Path(os.fsdecode(place))
            if called == name and same_case(str(file)).endswith(tail):
                whole.setdefault(content, file)
            elif same_case(str(file.with_suffix(""))).endswith(tail):
                bare.setdefault(content, file)
        return list((whole or bare).values())

    def names_holding(self, phrase: str) -> list[str]:
        """Contents with a file whose name holds the phrase as whole words."""
        wanted = folding.phrase(phrase)
        words = _words(phrase)
        if not words:
            return []
        asked = " ".join('"' + word + '"' for word in words)
        rows = self.read(
            "SELECT f.content, n.name FROM names n JOIN files f ON f.id = n.rowid "
            "WHERE names MATCH ? AND f.content IS NOT NULL ORDER BY n.rank",
            [asked],
        )
        if not phrase.isascii():  # scripts without spaces: a word may begin anywhere
            rows += self.read(
                "SELECT content, name FROM files WHERE content IS NOT NULL AND instr(name, ?) > 0",
                [same_case(phrase)],
            )
        return list(dict.fromkeys(c for c, name in rows if holds(folding.phrase(name), wanted)))

    def cameras(self) -> list[tuple[str, int]]:
        """As the contents name them, with how many do, most frequent first."""
        return self.kept(
            "cameras",
            lambda: self.read(
                "SELECT camera, COUNT(*) FROM contents INDEXED BY contents_by_camera "
                "WHERE files > 0 AND camera <> '' GROUP BY camera ORDER BY 2 DESC, 1"
            ),
        )

    def directories(self) -> Mapping[bytes, int]:
        """Every folder with files that are indexed, at or below a watched one → how many."""

        def count() -> Mapping[bytes, int]:
            tops = {os.fsencode(root.path) for root in self.roots()}
            paths = self.read(
                "SELECT path FROM contents INDEXED BY contents_by_time WHERE files > 0"
            ) + self.read(
                "SELECT f.path FROM contents c INDEXED BY contents_by_time "
                "JOIN files f ON f.content = c.content "
                "WHERE c.files > 0 AND c.files > 1 AND f.path > c.path"
            )
            holding = Counter([path[: path.rfind(SEPARATOR)] for (path,) in paths])
            every: Counter[bytes] = Counter()
            for folder, files in holding.items():
                while folder:
                    every[folder] += files
                    if folder in tops:
                        break
                    folder = folder[: folder.rfind(SEPARATOR)]
            return every

        return self.kept("directories", count)

    def folders_called(self, folder: Path) -> list[Path]:
        """Folders whose path ends so, whatever the case; those inside one another left out."""

        def look() -> list[Path]:
            tail = same_case(f"{os.sep}{folder}")
            paths = (os.fsdecode(path) for path in self.directories())
            return outermost([Path(path) for path in paths if same_case(path).endswith(tail)])

        return self.kept(("called", folder), look)

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, from memory until the catalog changes."""
        changes = self.changes  # before: what is read while it changes may be old
        known = self._kept.get(key)
        if known is None or known[0] != changes:
            if len(self._kept) >= KEPT_COUNTS:
                self._kept.clear()
            known = self._kept[key] = (changes, make())
        return known[1]

    def _has_copies(self) -> bool:
        return self.kept(
            "copies",
            lambda: bool(
                self.read(
                    "SELECT 1 FROM contents INDEXED BY contents_by_time "
                    "WHERE files > 0 AND files > 1 LIMIT 1"
                )
            ),
        )

    def _where(self, filters: Filters) -> tuple[str, list[object], bool]:
        """SQL over `contents c`, its values, and whether few contents pass, to be looked up."""
        every = Conditions()
        every.add("c.files > 0")
        self._of_contents(filters, every)
        few = any(
            self._at_most_few("SELECT 1 FROM tags WHERE tag = ?", [fold(tag)])
            for tag in filters.tags
        )
        if any(self._is_all(folder) for folder in filters.folders):
            filters = replace(filters, folders=())
        alone, copied = of_files(filters, "c"), of_files(filters, "f")
        inside = of_files(Filters(folders=filters.folders), "f")
        those = "SELECT f.content FROM files f WHERE f.companion_kind <> 'subtitles'"
        few_inside = bool(inside.sql) and self._at_most_few(
            f"SELECT 1 FROM files f WHERE {inside.text}",  # noqa: S608  # our own words
            inside.values,
        )
        few = few or few_inside
        if few_inside or len(filters.folders) >= MANY_FOLDERS:
            every.add(f"c.content IN ({those} AND {copied.text})", *copied.values)
        elif alone.sql:
            every.add(
                f"CASE WHEN c.files = 1 THEN {alone.text} ELSE "
                f"EXISTS ({those} AND f.content = c.content AND {copied.text}) END",
                *alone.values,
                *copied.values,
            )
        return every.text, every.values, few

    def _at_most_few(self, sql: str, values: Sequence[object]) -> bool:
        rows = self.read(f"SELECT COUNT(*) FROM ({sql} LIMIT {FEW})", values)  # noqa: S608  # our own words
        return int(rows[0][0]) < FEW

    def _is_all(self, folder: Path) -> bool:
        """Whether everything that is watched lies inside."""
        return all(Path(root.path).is_relative_to(folder) for root in self.roots())

    def _of_contents(self, filters: Filters, every: Conditions) -> None:
        if filters.modalities:
            every.any_of("c.modality", sorted(filters.modalities))
        for column, compare, bound in (
            ("c.taken_s", ">=", filters.since_s),
            ("c.taken_s", "<", filters.until_s),
            ("c.duration_s", ">=", filters.shortest_s),
            ("c.duration_s", "<=", filters.longest_s),
            ("c.rating", ">=", filters.least_rating),
        ):
            if bound is not None:
                every.add(f"{column} {compare} ?", bound)
        if filters.cameras:
            wanted = [same_case(camera) for camera in filters.cameras]
            known = [camera for camera, _ in self.cameras()]
            every.any_of("c.camera", (k for k in known if any(w in same_case(k) for w in wanted)))
        for tag in sorted(filters.tags):
            every.add(
                "c.content IN (SELECT t.content FROM tags t WHERE t.tag = ?)",
                fold(tag),
            )
        if filters.around:
            of_circle(filters.around, every)
        for other in filters.without:
            none = Conditions()
            self._of_contents(other, none)
            every.none_of(none)


def _words(text: str) -> list[str]:
    """As the index of names parts them."""
    return "".join(c if c.isalnum() else " " for c in text).split()
