"""`find` and `searches` on the command line: what is typed there is the window's language too."""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from nova_desktop.as_json import hits_as_json, span_as_json
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.answers import for_people, moment
from nova_desktop.cli.terminal import Terminal, plain, width
from nova_desktop.errors import BadInput
from nova_desktop.grammar import KEYS, Mistyped, TokenKind, parse, write
from nova_desktop.grammar.files import protected
from nova_desktop.kinds import Sort
from nova_desktop.model import Modality, Span, Unit
from nova_desktop.query import Answer, Filters, Part, Query, SavedSearch

NOTHING = "No close matches"
NONE = (NOTHING, "Nothing passes")  # how notes begin that say so already
_ONE_WORD = re.compile(r"-?(?:type|ext|dur|rating|sort):", re.IGNORECASE)  # values have no blanks
_NEXT = re.compile(r"\s[-+][^\s-]")  # begins what is no part of a value
# Coordinates, which no other word can belong to, before others: near:47.37,8.54 dog.
_PLACED = re.compile(r"near:-?[\d.]+,-?[\d.]+(?:~[\d.]+(?:km|m)?)?(?=\s)", re.IGNORECASE)
_PART_ENDS = re.compile(r"(?:\^|@|#c?)\d\S*(?=\s)")  # of a file among other words
_FORM = re.compile(rf"(?<!\S)-?(?:{'|'.join(KEYS)}):", re.IGNORECASE)


def find(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    saved = _saved(library, args.saved) if args.saved else None
    query = _query(library, args, saved, terminal)
    answer = library.find(query)
    if saved:
        library.see_search(saved.name)
    if not terminal.answer(hits_as_json(answer, query.offset)):
        for line in for_people(answer, first=query.offset + 1):
            terminal.print(line)
    if not answer.hits and answer.total:
        terminal.remark(f"There are {answer.total} only.")
    elif not answer.hits and not answer.note.startswith(NONE):
        terminal.remark(f"{NOTHING}.")
    if answer.note:
        terminal.remark(plain(answer.note))
    if not terminal.json and (more := _more(answer, query)):
        terminal.remark(more)
    return 0


def searches(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    match args.what:
        case "save":
            library.save_search(args.name, _with_whole_paths(typed(args.text)), _files(args))
        case "forget":
            library.forget_search(args.name)
        case "rename":
            library.rename_search(args.name, args.to)
        case _ if not terminal.json:
            for line in _listed(library.searches()):
                terminal.print(line)
    if terminal.json:
        terminal.answer([_for_programs(search) for search in library.searches()])
    return 0


def _for_programs(search: SavedSearch) -> dict[str, object]:
    files = [part for part in search.parts if part.path is not None]
    pasted = sum(1 for part in search.parts if part.data)
    return {
        "name": search.name,
        "text": search.text,
        "files": [part.path for part in files],
        "spans": [span_as_json(part.span) for part in files],
        "pasted": pasted,
        "new": search.new,
    }


def typed(words: Sequence[str]) -> str:
    """The text of what the shell took apart: tag:"new york" comes here without its quotes."""
    stripped = (word.strip() for word in words)
    return " ".join(_quoted(word) if _FORM.match(word) else word for word in stripped)


def _quoted(word: str) -> str:
    """A form whose value has blanks; what holds more than that form was quoted as a whole."""
    behind = word.index(":")
    if '"' in word or _ONE_WORD.match(word) or _FORM.search(word, behind):
        return word
    if more := _NEXT.search(word, behind):
        return _quoted(word[: more.start()]) + word[more.start() :]
    key, colon, value = word.partition(":")
    if key.lower().endswith("like"):
        if part := _PART_ENDS.search(value):
            return typed([f"{key}:{value[: part.end()]}"]) + value[part.end() :]
        return key + colon + (protected(value) if re.search(r"\s", value) else value)
    if _PLACED.match(word):
        return word
    if key.lower().endswith("date"):
        return key + colon + _dated(value)
    return key + colon + re.sub(r"[^,~]*\s[^,~]*", lambda found: f'"{found[0]}"', value)


def _dated(value: str) -> str:
    """As many words as are a date, in quotes, and the others behind them: "last summer" dog."""
    words = value.split()
    for count in range(len(words), 0, -1):
        date = " ".join(words[:count])
        date = f'"{date}"' if count > 1 else date
        with suppress(Mistyped):
            parse(f"date:{date}", time.time())
            return " ".join([date, *words[count:]])
    return f'"{value}"' if len(words) > 1 else value


def _query(
    library: LibraryCalls,
    args: argparse.Namespace,
    saved: SavedSearch | None,
    terminal: Terminal,
) -> Query:
    """Of the words with their forms, the options, and what is saved: all of them together."""
    options = Filters(
        modalities=frozenset(Modality(kind) for kind in args.type),
        folders=tuple(_watched(library, folder) for folder in args.folders),
        since_s=args.since,
        until_s=args.until,
        name=args.name,
    )
    order = Sort(args.sort) if args.sort else Sort.RELEVANCE
    here = _with_whole_paths(typed(args.text))
    texts = (saved.text if saved else "", here, write((), options, order))
    asked = " ".join(text for text in texts if text)
    try:
        meant = parse(asked, time.time())
    except Mistyped as e:
        terminal.remark(plain(asked))  # and below it, what is wrong in it
        before, wrong = plain(asked[: e.start]), plain(asked[e.start : e.stop])
        terminal.remark(" " * width(before) + "^" * width(wrong))
        raise
    parts = (*meant.parts, *(saved.parts if saved else ()), *_files(args))
    return Query(
        parts,
        meant.filters,
        args.limit,
        args.offset,
        meant.sort,
        args.remote,
        not args.unfold,
        meant.called,
    )


def _with_whole_paths(text: str) -> str:
    """The text, where a file that lies in this shell's folder is named by its whole path.

    Others are looked for by the library, which knows nothing of that folder.
    """
    found, at = "", 0
    for token in parse(text, time.time(), lenient=True).tokens:
        if token.kind is not TokenKind.FILE:
            continue
        said = text[token.start : token.stop]
        (part,) = parse(said, time.time()).parts
        if part.path is not None and not part.path.is_absolute() and part.path.exists():
            said = write((replace(part, path=part.path.absolute()),))
        found, at = found + text[at : token.start] + said, token.stop
    return found + text[at:]


def _files(args: argparse.Namespace) -> tuple[Part, ...]:
    """What is asked with, as `file_arguments` has it."""
    found = []
    for at, path in enumerate(args.file):
        span = args.spans.get(at)
        part = Span(Unit(span[0]), *span[1:]) if span else None
        found.append(Part(path=Path(path).absolute(), span=part))
    return tuple(found)


def _saved(library: LibraryCalls, name: str) -> SavedSearch:
    known = {search.name: search for search in library.searches()}
    if name not in known:
        raise BadInput(f"There is no saved search “{name}”. nova-desktop searches lists them.")
    return known[name]


def _listed(saved: Sequence[SavedSearch]) -> list[str]:
    """A name a line, and what it asks below it."""
    lines = []
    for search in saved:
        new = f" ({search.new} new)" if search.new else ""
        lines.append(f"{plain(search.name)}{new}")
        if search.text:
            lines.append(f"   {plain(search.text)}")
        lines += [f"   {plain(_of_part(part))}" for part in search.parts]
    return lines or ["No search is saved yet: nova-desktop searches save NAME TEXT"]


def _of_part(part: Part) -> str:
    said = str(part.path or "a pasted picture")
    return f"{said}, {moment(part.span)}" if part.span else said


def _more(answer: Answer, query: Query) -> str:
    last = query.offset + len(answer.hits)
    if not answer.hits or last >= answer.total:
        return ""
    return f"{query.offset + 1}–{last} of {answer.total}; --offset {last} shows the next."


def _watched(library: LibraryCalls, folder: str) -> Path:
    """The folder as the library knows it; a typing error must not look like "nothing found"."""
    typed = Path(folder).absolute()
    known = [watched.path for watched in library.status().folders]
    for path in (typed, Path(os.path.realpath(typed))):
        if any(path.is_relative_to(root) or root.is_relative_to(path) for root in known):
            return path
    raise BadInput(f"{typed} is not in an indexed folder. nova-desktop status lists them.")
