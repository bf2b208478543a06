"""Looks for duplicates in a thread of its own, and tells what it found, page by page."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from nova_desktop.duplicates import Copy, Duplicates, Group, Likeness, Same, Wanted
from nova_desktop.errors import BadInput, ExpectedError, Stopped
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.grouping import groups, suggested
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.likes import Known, pairs
from nova_desktop.library.questions import slices
from nova_desktop.library.work import Tools, likeness
from nova_desktop.model import Modality, Space
from nova_desktop.ports import Store

log = logging.getLogger(__name__)

TAKING = 0.7  # of a look, where likenesses are missing: files have to be decoded for them
OLD = 5.0  # times what reading the facts took: so old they may be while files are being indexed
KEPT = 50  # taken likenesses, until they are written down
BY_CAMERA = "EXIF"  # model.Info.taken_from, where the camera says it


class _Found(NamedTuple):
    """Contents that belong together; see grouping.Grouped."""

    same: Same
    contents: list[str]
    wholes: Set[str] = frozenset()


class DuplicateSearch:
    """Any thread. What it found stays until it is asked to look again."""

    def __init__(
        self,
        catalog: Catalog,
        tools: Tools,
        store: Store,
        spaces: Callable[[], Sequence[Space]],
    ) -> None:
        """`spaces`: those whose rows hold words, the one in use first."""
        self._catalog, self._tools = catalog, tools
        self._store, self._spaces = store, spaces
        self._likenesses = Likenesses(catalog)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._share = 0.0
        self._unseen = 0
        self._error: Exception | None = None
        self._found: list[_Found] | None = None
        self._shown: tuple[Group, ...] = ()
        self._shown_at = (-1, 0.0, 0.0)  # under which change, when, how long it took

    def page(self, wanted: Wanted, limit: int, offset: int, again: bool) -> Duplicates:
        """See calls.DuplicateCalls."""
        with self._lock:
            running = self._thread is not None and self._thread.is_alive()
            if not running and (again or self._found is None) and self._error is None:
                self._begin()
                running = True
            if not running and self._error is not None:
                error, self._error = self._error, None
                raise error
        if self._found is None:
            return Duplicates(done=False, share=self._share)
        every = [group for group in self._groups() if _passes(group, wanted)]
        return Duplicates(
            tuple(every[offset : offset + limit]),
            len(every),
            sum(group.spare_bytes for group in every),
            done=not running,
            share=self._share if running else 1.0,
            unseen=self._unseen,
        )

    def stop(self) -> None:
        """A look that is under way ends soon, and finds nothing."""
        self._stop.set()

    def set_apart(self, paths: Sequence[Path], apart: bool) -> None:
        """See calls.DuplicateCalls."""
        each = sorted({self._content_of(path) for path in paths})
        both = [(one, other) for at, one in enumerate(each) for other in each[at + 1 :]]
        both = both or [(one, one) for one in each]  # its files are to stay where they are
        sql = (
            "INSERT OR IGNORE INTO apart VALUES (?, ?)"
            if apart
            else "DELETE FROM apart WHERE one = ? AND other = ?"
        )
        with self._catalog.write() as db:
            db.executemany(sql, both)

    def _content_of(self, path: Path) -> str:
        content = self._catalog.content_of(str(path))
        if content is None:
            raise BadInput(f"{path} is not indexed: name files that are.")
        return content

    def _begin(self) -> None:
        self._stop.clear()
        self._share = 0.0
        self._thread = threading.Thread(target=self._run, name="duplicates", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            missing = self._take_missing()
            share = TAKING if missing else 0.0
            spaces = self._spaces()
            self._likenesses.sketches.make_missing(self._store, spaces, lambda _: self._tell(share))
            found = self._look(lambda done: self._tell(share + (1 - share) * done))
        except Stopped:
            return
        except Exception as e:  # raised by the next call, in the thread that asks
            self._error = e
            return
        with self._lock:
            self._found = found
            self._shown_at = (-1, 0.0, 0.0)

    def _tell(self, share: float) -> None:
        if self._stop.is_set():
            raise Stopped
        self._share = share

    def _take_missing(self) -> int:
        """Likenesses of what was indexed before they were taken; how many that were."""
        missing = self._likenesses.missing()
        taken: dict[str, Likeness] = {}
        unseen = 0
        try:
            for number, (content, modality, path) in enumerate(missing):
                self._tell(TAKING * number / len(missing))
                try:
                    found = likeness(path, modality, self._tools.likening)
                except Stopped:
                    raise
                except ExpectedError as e:  # it is offline, perhaps, and is asked again next time
                    log.info("%s is not compared: %s", ascii(path.name), e)
                    found = None
                if found is None:
                    unseen += 1
                else:
                    taken[content] = found
                if len(taken) >= KEPT:
                    self._likenesses.keep(taken)
                    taken = {}
        finally:
            self._likenesses.keep(taken)
        self._unseen = unseen
        return len(missing)

    def _look(self, tell: Callable[[float], None]) -> list[_Found]:
        times, lengths = self._times(), self._lengths()
        texts = self._likenesses.sketches.all()
        known = []
        for content, modality, of_it in self._likenesses.all():
            taken_s, camera, burst = times.get(content, (0.0, "", ""))
            _, sketch = texts.pop(content, (modality, None))
            length_s = lengths.get(content)
            known.append(Known(content, modality, of_it, taken_s, camera, burst, length_s, sketch))
        for content, (modality, sketch) in texts.items():
            known.append(Known(content, modality, Likeness(), sketch=sketch))
        found = pairs(known, tell)
        numbers = {it.content: number for number, it in enumerate(known)}
        apart = {
            (min(numbers[one], numbers[other]), max(numbers[one], numbers[other]))
            for one, other in self._catalog.read("SELECT one, other FROM apart")
            if one in numbers and other in numbers
        }
        made = [
            _Found(
                it.same,
                [known[number].content for number in it.members],
                {known[number].content for number in it.wholes},
            )
            for it in groups(found, apart)
        ]
        return [*made, *self._copied({content for it in made for content in it.contents})]

    def _times(self) -> dict[str, tuple[float, str, str]]:
        """(when, with which camera, in which burst) photos were taken, where the camera says it."""
        rows = self._catalog.read(
            "SELECT content, taken_s, camera || ' ' || "
            "COALESCE(json_extract(info, '$.body'), ''), "
            "COALESCE(json_extract(info, '$.burst'), '') FROM contents "
            "WHERE modality = ? AND files > 0 "
            "AND camera <> '' AND json_extract(info, '$.taken_from') = ?",
            [Modality.IMAGE, BY_CAMERA],
        )
        return {content: (taken_s, camera, burst) for content, taken_s, camera, burst in rows}

    def _lengths(self) -> dict[str, float]:
        rows = self._catalog.read(
            "SELECT content, duration_s FROM contents WHERE duration_s > 0 AND files > 0"
        )
        return dict(rows)

    def _copied(self, grouped: set[str]) -> list[_Found]:
        """What several files hold byte for byte, and is in no other group."""
        rows = self._catalog.read("SELECT content FROM contents WHERE files > 1 ORDER BY content")
        return [_Found(Same.CONTENT, [content]) for (content,) in rows if content not in grouped]

    # What is shown of it

    def _groups(self) -> tuple[Group, ...]:
        with self._lock:
            changes, at_s, took_s = self._shown_at
            now = time.monotonic()
            if changes == self._catalog.changes or (changes >= 0 and now < at_s + OLD * took_s):
                return self._shown
            changes = self._catalog.changes
            self._shown = self._made()
            self._shown_at = (changes, time.monotonic(), time.monotonic() - now)
            return self._shown

    def _made(self) -> tuple[Group, ...]:
        """The groups with their files as they are now, those first that free the most room."""
        found = self._found or []
        apart = set(self._catalog.read("SELECT one, other FROM apart"))
        copies, linked = self._copies([content for it in found for content in it.contents])
        made = []
        for same, contents, wholes in found:
            left = [content for content in contents if content in copies]
            if same is Same.EXCERPT and not wholes & set(left):
                continue  # what has all of it is gone, so these are no duplicates any more
            together = [left] if not _all_apart(left, apart) else [[content] for content in left]
            for some in together:
                files = [copy for content in some for copy in copies[content]]
                if len(files) < 2 or (len(some) == 1 and (some[0], some[0]) in apart):
                    continue
                group = suggested(same if len(some) > 1 else Same.CONTENT, files, linked)
                if len(group.copies) > 1:
                    made.append(group)
        return tuple(sorted(made, key=lambda it: (-it.spare_bytes, str(it.copies[0].path))))

    def _copies(self, contents: Sequence[str]) -> tuple[dict[str, list[Copy]], Set[Path]]:
        """(the files of each content, those of them that have other names here, too)."""
        found: dict[str, list[Copy]] = defaultdict(list)
        linked: set[Path] = set()
        for some in slices(contents, 500):
            rows = self._catalog.read(
                "SELECT f.content, f.path, f.size, f.mtime_ns, f.file_id, r.offline, "  # noqa: S608  # marks only
                "c.modality, c.taken_s, c.info, COALESCE(l.sharpness, 0) "
                "FROM files f JOIN folders r ON r.id = f.folder "
                "JOIN contents c ON c.content = f.content "
                "LEFT JOIN likenesses l ON l.content = f.content "
                f"WHERE f.content IN ({','.join('?' * len(some))}) "
                "AND f.companion_kind <> 'subtitles' ORDER BY f.path",
                some,
            )
            named: dict[tuple[str, int], Path] = {}  # such a file takes its room once
            for (
                content,
                path,
                size,
                mtime_ns,
                file_id,
                offline,
                kind,
                taken_s,
                info,
                sharpness,
            ) in rows:
                if first := named.get((content, file_id)):
                    linked.add(first)
                    continue
                named[content, file_id] = Path(os.fsdecode(path))
                said = json.loads(info)
                found[content].append(
                    Copy(
                        path=named[content, file_id],
                        content=content,
                        modality=Modality(kind),
                        bytes=size or 0,
                        taken_s=taken_s,
                        width=said.get("width"),
                        height=said.get("height"),
                        duration_s=said.get("duration_s"),
                        camera=said.get("camera", ""),
                        sharpness=sharpness,
                        offline=bool(offline),
                        changed_s=(mtime_ns or 0) / 1e9,
                    )
                )
        return found, linked


def _all_apart(contents: Sequence[str], apart: set[tuple[str, ...]]) -> bool:
    """Whether the user told each of them from each other."""
    each = sorted(contents)
    both = [(one, other) for at, one in enumerate(each) for other in each[at + 1 :]]
    return bool(both) and all(pair in apart for pair in both)


def _passes(group: Group, wanted: Wanted) -> bool:
    folders = wanted.folders
    return (
        (not wanted.same or group.same in wanted.same)
        and (not wanted.modalities or any(it.modality in wanted.modalities for it in group.copies))
        and (not folders or any(it.path.is_relative_to(f) for it in group.copies for f in folders))
    )
