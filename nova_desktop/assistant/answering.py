"""Answers an assistant from a library: within its limits, its folders, and what may be named."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nova_desktop.as_json import as_json, fields_of, hit_as_json, path_as_json
from nova_desktop.assistant.tools import MOST_CHARACTERS, TOOLS
from nova_desktop.calls import LibraryCalls
from nova_desktop.errors import BadInput
from nova_desktop.grammar import parse
from nova_desktop.kinds import Modality, Unit
from nova_desktop.model import Folder, Span
from nova_desktop.query import Answer, Hit, Part, Query

WHY_CHARACTERS = 500  # of the words that matched
REMEMBERED = 10_000  # items that were told of, and can be asked about by their ids
READABLE = (Modality.DOCUMENT, Modality.TEXT)
CUES = 2_000  # of subtitles that are looked through


@dataclass
class Told:
    """The items that an assistant knows by an id, in which no path can be read. Any thread."""

    _paths: OrderedDict[str, Path] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, path: Path) -> str:
        """The same for the same path, also in another run."""
        name = hashlib.sha256(os.fsencode(path)).hexdigest()[:20]
        with self._lock:
            self._paths[name] = path
            self._paths.move_to_end(name)
            if len(self._paths) > REMEMBERED:
                self._paths.popitem(last=False)
        return name

    def path(self, name: str) -> Path:
        with self._lock:
            found = self._paths.get(name)
        if found is None:
            raise BadInput(f"No item {name!r} was told of. Search for it first.")
        return found


@dataclass(frozen=True)
class Answering:
    """What the tools answer. Reads alone: of LibraryCalls it uses nothing that changes anything.

    Only what is inside `within` is told of, everything where that is empty; where it lies only
    with `paths`.
    """

    library: LibraryCalls
    paths: bool = True
    within: Sequence[Path] = ()
    told: Told = field(default_factory=Told)

    def answer(self, tool: str, arguments: Mapping[str, Any]) -> dict[str, object]:
        """Raises BadInput for what can't be asked; what the library raises else, as it is."""
        if tool not in TOOLS:
            raise BadInput(f"There is no tool {tool!r}. There are: {', '.join(TOOLS)}.")
        _check(tool, arguments)
        match tool:
            case "search":
                return self._search(arguments)
            case "get_item":
                return self._item(self._place(arguments), arguments.get("span"))
            case "similar":
                part = Part(path=self._place(arguments), span=_span(arguments.get("span")))
                return self._similar(part, arguments.get("limit", 10))
            case "list_folders":
                return {"folders": [self._folder(one) for one in self._folders()]}
        return self._status()

    def _search(self, asked: Mapping[str, Any]) -> dict[str, object]:
        meant = parse(asked["query"], time.time())
        if any(part.path is not None for part in meant.parts):
            # A path would let it compare with files that it may not read.
            raise BadInput("like: is not for searches here: similar takes the id of a hit.")
        filters = meant.filters
        if self.within and not filters.folders:
            filters = replace(filters, folders=tuple(self.within))
        page = Query(
            meant.parts,
            filters,
            asked.get("limit", 10),
            asked.get("offset", 0),
            meant.sort,
            called=meant.called,
        )
        return self._hits(self.library.find(page))

    def _similar(self, part: Part, limit: int) -> dict[str, object]:
        filters = replace(Query().filters, folders=tuple(self.within))
        answer = self.library.find(Query((part,), filters, limit + 1))
        others = tuple(
            hit
            for hit in answer.hits
            if part.span or part.path not in (hit.path, *hit.copies)  # its other moments may answer
        )
        return self._hits(replace(answer, hits=others[:limit]))

    def _hits(self, answer: Answer) -> dict[str, object]:
        hits = [self._hit(hit) for hit in answer.hits if self._may_tell(hit.path)]
        note = answer.note or ("" if hits else "No close matches.")
        return {"hits": hits, "total": max(answer.total, len(hits)), "note": note}

    def _hit(self, hit: Hit) -> dict[str, object]:
        made = hit_as_json(hit)
        whys = [
            {"source": str(why.source), "text": _cut(why.text, WHY_CHARACTERS)} for why in hit.why
        ]
        copies = [copy for copy in hit.copies if self._may_tell(copy)]
        kept = {key: value for key, value in made.items() if not key.startswith("path")}
        kept |= {"why": whys, "copies": [self._named(copy) for copy in copies]}
        return {**self._named(hit.path), **kept}

    def _item(self, path: Path, span: Mapping[str, Any] | None) -> dict[str, object]:
        details = self.library.details(path)
        copies = [self._named(one) for one in details.copies if self._may_tell(one)]
        facts = fields_of(details.info)
        where = _span(span)
        return {
            **self._named(path),
            "kind": as_json(details.modality),
            "facts": {name: one for name, one in facts.items() if name != "look" and one},
            "bytes": details.size_bytes,
            "offline": details.offline,
            "copies": copies,
            "told": [
                {"source": str(one.source), "parts": one.parts, "words": _cut(one.words, 2_000)}
                for one in details.told
            ],
            "text": _cut(self._text(path, details.modality, where), MOST_CHARACTERS),
        }

    def _text(self, path: Path, kind: Modality | None, span: Span | None) -> str:
        """The passage of a document or a text; what is said in a film at that time."""
        if kind in READABLE:
            return self.library.excerpt(path, span).text
        if kind not in (Modality.VIDEO, Modality.AUDIO):
            return ""
        start, stop = (span.start, span.stop) if span else (0.0, float("inf"))
        cues = (cue for track in self.library.subtitles(path)[:1] for cue in track.cues[:CUES])
        return "\n".join(c.text for c in cues if c.stop_s > start and c.start_s < stop)

    def _status(self) -> dict[str, object]:
        now = self.library.status()
        counts: dict[str, int] = {}
        for folder in self._folders():
            for state, number in folder.counts.items():
                counts[str(state)] = counts.get(str(state), 0) + number
        return {
            "files": counts,
            "folders": len(self._folders()),
            "engine": now.engine_note,
            "paused": now.paused,
        }

    def _folders(self) -> list[Folder]:
        return [one for one in self.library.status().folders if self._may_tell(one.path)]

    def _folder(self, folder: Folder) -> dict[str, object]:
        state = {"state": str(folder.state), "files": as_json(folder.counts), "bytes": folder.bytes}
        return {**self._named(folder.path), **state, "note": folder.note if self.paths else ""}

    def _place(self, asked: Mapping[str, Any]) -> Path:
        """The item that is asked about, which the library knows and this assistant may see."""
        if "id" in asked:
            return self.told.path(asked["id"])
        if not self.paths:
            raise BadInput("Items are asked about by their ids here. Search for it first.")
        path = Path(asked.get("path", ""))
        if not path.is_absolute() or not self._may_tell(Path(os.path.normpath(path))):
            raise BadInput("There is no such item. Give the id or the path of one that was found.")
        path = Path(os.path.normpath(path))
        if self.library.details(path).modality is None:
            raise BadInput("It is not indexed.")
        return path

    def _may_tell(self, path: Path) -> bool:
        return not self.within or any(path.is_relative_to(folder) for folder in self.within)

    def _named(self, path: Path) -> dict[str, object]:
        name = {"id": self.told.of(path), "name": as_json(path.name)}
        return {**name, **path_as_json(path)} if self.paths else name


def _check(tool: str, arguments: Mapping[str, Any]) -> None:
    import jsonschema

    _, _, takes = TOOLS[tool]
    errors: Iterable[Any] = jsonschema.Draft202012Validator(takes).iter_errors(dict(arguments))
    if (wrong := jsonschema.exceptions.best_match(errors)) is not None:
        where = ".".join(map(str, wrong.absolute_path))
        raise BadInput(f"{tool} can't be asked so: {where + ': ' if where else ''}{wrong.message}.")
    if tool in ("get_item", "similar") and ("id" in arguments) == ("path" in arguments):
        raise BadInput(f"{tool} needs an id or a path.")


def _span(told: Mapping[str, Any] | None) -> Span | None:
    if told is None:
        return None
    return Span(Unit(told["unit"]), float(told["start"]), float(told["stop"]))


def _cut(text: str, most: int) -> str:
    whole = str(as_json(text))
    return whole if len(whole) <= most else whole[: most - 1] + "…"
