"""How things are said to the user: pure functions from the model to short texts."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from nova_desktop.folding import SMALL_WORDS
from nova_desktop.kinds import FolderState, Match, Modality, Source, State, Unit
from nova_desktop.ui.look.words import Said, decimal, noop, number, tr, trn

if TYPE_CHECKING:
    from nova_desktop.events import Progress
    from nova_desktop.model import Folder, Span
    from nova_desktop.query import Answer, Hit, Query, Why

KIND = Said(
    {
        Modality.IMAGE: noop("Kinds", "Photo"),
        Modality.VIDEO: noop("Kinds", "Video"),
        Modality.AUDIO: noop("Kinds", "Sound"),
        Modality.DOCUMENT: noop("Kinds", "Document"),
        Modality.TEXT: noop("Kinds", "Note"),
    }
)
KINDS = Said(
    {
        Modality.IMAGE: noop("Kinds", "Photos"),
        Modality.VIDEO: noop("Kinds", "Videos"),
        Modality.AUDIO: noop("Kinds", "Sounds"),
        Modality.DOCUMENT: noop("Kinds", "Documents"),
        Modality.TEXT: noop("Kinds", "Notes"),
    }
)

MATCH = Said(
    {
        Match.STRONG: noop("Results", "Strong match"),
        Match.GOOD: noop("Results", "Good match"),
        Match.WEAK: noop("Results", "Weak match"),
    }
)
ALIKE = 3  # near-duplicates that are named
WHY = Said(
    {
        Source.TEXT: noop("Reasons", "Its text"),
        Source.OCR: noop("Reasons", "Letters in the picture"),
        Source.SPEECH: noop("Reasons", "Words heard"),
        Source.SUBTITLES: noop("Reasons", "Subtitles"),
        Source.TAGS: noop("Reasons", "Recognised"),
        Source.METADATA: noop("Reasons", "Its description"),
        Source.NAME: noop("Reasons", "Its name"),
        Source.PICTURE: noop("Reasons", "What is seen"),
        Source.SOUND: noop("Reasons", "What is heard"),
    }
)


def name_of(path: Path) -> str:
    """The file's name as it can be shown: one line, and no bytes that are not text."""
    return shown(path.name or str(path))


def shown(text: str) -> str:
    """`text` on one line, with what is not valid text replaced."""
    valid = os.fsencode(text).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in valid)


def clock(seconds: float) -> str:
    """0:42, 61:05 is 1:01:05; the part of a second that has begun is not counted."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def moment(span: Span | None) -> str:
    """Where in a file: "0:42", "page 3"; "" for a whole file, and for a passage."""
    if span is None or span.unit is Unit.CHARACTERS:
        return ""
    if span.unit is Unit.PAGE:
        return tr("Moments", "page {page}", page=number(round(span.start)))
    return clock(span.start)


def moment_in_full(span: Span) -> str:
    """Where in a file, for the list of its moments."""
    match span.unit:
        case Unit.SECONDS:
            return f"{clock(span.start)} – {clock(span.stop)}"
        case Unit.PAGE if span.stop > span.start:
            first, last = number(round(span.start)), number(round(span.stop))
            return tr("Moments", "Pages {first} – {last}", first=first, last=last)
        case Unit.PAGE:
            return tr("Moments", "Page {page}", page=number(round(span.start)))
        case Unit.CHARACTERS:
            at = number(round(span.start))
            return tr("Moments", "Passage from character {at}", at=at)


def part(span: Span) -> str:
    """A part of a file in a few letters: 1:02–1:17, p. 3, a passage."""
    match span.unit:
        case Unit.SECONDS:
            return f"{clock(span.start)}–{clock(span.stop)}"
        case Unit.PAGE if span.stop > span.start:
            first, last = number(round(span.start)), number(round(span.stop))
            return tr("Moments", "p. {first}–{last}", first=first, last=last)
        case Unit.PAGE:
            return tr("Moments", "p. {page}", page=number(round(span.start)))
        case Unit.CHARACTERS:
            return tr("Moments", "a passage")


def why(reason: Why) -> str:
    """One reason in plain words."""
    text = " ".join(shown(reason.text).split())
    return f"{WHY[reason.source]}: {text}" if text else WHY[reason.source]


def tile_line(hit: Hit) -> str:
    """The line under a name in the grid: the moment and the best reason."""
    reason = why(hit.why[0]) if hit.why else ""
    return " · ".join(part for part in (moment(hit.span), reason) if part)


def spoken(hit: Hit) -> str:
    """A whole result for a screen reader."""
    parts = (
        name_of(hit.path),
        KIND[hit.modality],
        tile_line(hit),
        tr("Results", "offline") * hit.offline,
        MATCH[hit.match] if hit.match else "",
        alike(hit),
    )
    return ", ".join(part for part in parts if part)


def alike(hit: Hit) -> str:
    """How many near-duplicates are shown with it, and the first of them; "" for none."""
    if not hit.alike:
        return ""
    some = hit.alike[:ALIKE]
    names = ", ".join(name_of(one.path) for one in some) + "…" * (len(hit.alike) > len(some))
    return trn("Results", "{n} nearly the same: {names}", None, len(hit.alike), names=names)


def about_hit(hit: Hit) -> str:
    """What it is, how long, from when, and whether it can be reached: one line."""
    length = clock(hit.duration_s) if hit.duration_s else ""
    offline = tr("Preview", "its drive is not connected") if hit.offline else ""
    parts = (KIND[hit.modality], length, date(hit.taken_s), offline)
    return " · ".join(part for part in parts if part)


def date(taken_s: float) -> str:
    """The day in local time; "" where the platform can't place it."""
    try:
        day = time.localtime(taken_s)
    except (OverflowError, OSError, ValueError):
        return ""
    pattern = tr("Dates", "d MMMM yyyy")  # as QDate.toString writes it
    return QLocale().toString(QDate(day.tm_year, day.tm_mon, day.tm_mday), pattern)


def files(n: int) -> str:
    """1 file, 1,204 files."""
    return trn("Progress", "{n} file(s)", None, n)


def size(number: int) -> str:
    """Of a file or a folder: 812 kB, 3.4 MB, 12 GB."""
    if number < 1000:
        return tr("Sizes", "{n} bytes", n=number)
    value, unit = number / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{decimal(value, 1 if value < 9.95 else 0)} {unit}"


def about(seconds: float) -> str:
    """How long something may still take."""
    if seconds < 60:
        return tr("Progress", "under a minute")
    if seconds < 90 * 60:
        return tr("Progress", "about {minutes} min", minutes=round(seconds / 60))
    return tr("Progress", "about {hours} h", hours=round(seconds / 3600))


def progress(event: Progress, failed: int) -> str:
    """1,204 of 5,310 · 12 failed · photo.jpg · about 3 min."""
    parts = [done_of(event.done, event.total)]
    if failed:
        parts.append(tr("Progress", "{n} failed", n=number(failed)))
    if event.current:
        parts.append(name_of(Path(event.current)))
    if event.eta_s is not None:
        parts.append(about(event.eta_s))
    return " · ".join(parts)


def done_of(done: int, total: int) -> str:
    """1,204 of 5,310."""
    return tr("Progress", "{done} of {total}", done=number(done), total=number(total))


SAY = Said(
    {
        State.INDEXED: noop("States of files", "searchable"),
        State.WAITING: noop("States of files", "waiting"),
        State.FAILED: noop("States of files", "failed"),
        State.EXCLUDED: noop("States of files", "left out"),
        State.OFFLINE: noop("States of files", "offline"),
    }
)


def tally(counts: Mapping[State, int]) -> str:
    """All files on disk by state: 5,310 files: 5,298 searchable · 12 failed."""
    total = sum(counts.values())
    if not total:
        return tr("Progress", "No files yet")
    parts = [f"{number(counts[state])} {word}" for state, word in SAY.items() if counts.get(state)]
    return f"{files(total)}: {' · '.join(parts)}"


def folder(it: Folder) -> str:
    """The line under a folder's name."""
    said = files(sum(it.counts.values()))
    match it.state:
        case FolderState.OFFLINE:
            return f"{said} · {tr('Folders', 'not connected')}"
        case FolderState.UNREADABLE:
            unreadable = tr("Folders", "can't be opened")
            return f"{said} · {unreadable}"
        case FolderState.SCANNING:
            return f"{said} · {tr('Folders', 'looking…')}"
        case FolderState.PAUSED:
            return f"{said} · {tr('Folders', 'paused')}"
        case FolderState.SCHEDULED if it.note:
            from_ = tr("Folders", "from {time}", time=it.note.partition("-")[0])
            return f"{said} · {from_}"
        case FolderState.SCHEDULED:
            return f"{said} · {tr('Folders', 'waiting')}"
        case FolderState.WATCHING | FolderState.INDEXING:
            shown = (State.WAITING, State.FAILED)
            parts = [
                f"{number(it.counts[state])} {SAY[state]}"
                for state in shown
                if it.counts.get(state)
            ]
            return " · ".join([said, *parts])


def terms(text: str) -> tuple[str, ...]:
    """The words of a question that are worth marking in a passage, without case.

    Not those that say nothing by themselves, where there are others.
    """
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    some = tuple(dict.fromkeys(word for word in words if len(word) > 1))
    return tuple(word for word in some if word not in SMALL_WORDS) or some


def asked_for(query: Query | None) -> tuple[str, ...]:
    """The words of a whole question that are worth marking: not those that it wants less of."""
    if query is None:
        return ()
    said = [part.text for part in query.parts if part.text and part.weight > 0]
    return terms(" ".join((*said, *query.filters.phrases)))


def marks(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where in `text` a word begins with one of `wanted`: (start, stop) of the whole word."""
    stems = tuple(wanted)
    found, start = [], None
    # casefold may change the length of a text, so each word is folded alone.
    for at, c in enumerate(text + " "):
        if c.isalnum():
            start = at if start is None else start
        elif start is not None:
            if stems and text[start:at].casefold().startswith(stems):
                found.append((start, at))
            start = None
    return found


def all_folders(folders: Iterable[Folder]) -> str:
    """The line under "All folders"."""
    return files(sum(sum(it.counts.values()) for it in folders))


def found(answer: Answer) -> str:
    """How many results, and how fast; seconds in the part that can be felt."""
    return counted(len(answer.hits), max(0.01, answer.took_s))


def counted(n: int, took_s: float) -> str:
    """1,204 results · 0.02 s."""
    return f"{trn('Results', '{n} result(s)', None, n)} · {decimal(took_s, 2)} s"


def advice(answer: Answer, narrow: bool, indexing: bool) -> str:
    """What may help when nothing was found."""
    from nova_desktop.ui.look.sentences import sentence  # not before the first paint

    # Under a heading that says so already.
    note = answer.note.removeprefix("No close matches.").strip()
    if not narrow:  # there are no filters to take away
        note = note.replace("Try other words, or fewer filters.", "Try other words.")
    note = sentence(note)
    parts = [
        note or tr("States", "Try other words."),
        tr("States", "You can also drop a file that is like it."),
    ]
    if narrow:
        parts.append(tr("States", "The filters leave out some files."))
    if indexing:
        parts.append(tr("States", "Files are still being indexed, so there may be more soon."))
    return " ".join(parts)
