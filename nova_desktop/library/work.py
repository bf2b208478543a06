"""What is done to one file, in pool threads: tell what it is, read, describe, encode, embed."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from nova_desktop.duplicates import Likeness
from nova_desktop.errors import (
    BadInput,
    ExpectedError,
    Forbidden,
    NeedsUser,
    Stopped,
    TryLater,
    shown,
)
from nova_desktop.library.halt import Halt
from nova_desktop.library.online import ONLINE_ONLY, online_only
from nova_desktop.library.patience import Patience
from nova_desktop.library.sentences import with_sentences
from nova_desktop.model import Chunk, Modality, Piece, Purpose, Reading, Source, Stamp, Words
from nova_desktop.ports import Describer, Engine, Likening, Reader, Sniff

log = logging.getLogger(__name__)

PATIENCE = Patience()  # with the drives that files are on
READ_BYTES = 1 << 20  # hashed at a time, so that a stop is noticed


@dataclass(frozen=True, slots=True)
class Tools:
    """The parts that do the work, as `compose` joined them."""

    sniff: Sniff
    readers: Mapping[Modality, Reader]
    describers: Sequence[Describer]
    engine: Engine
    halt: Halt  # set while nothing may run: paused, or closing; or for one file that is dropped
    likening: Likening | None = None  # None: near-duplicates are not told by what is indexed


class Changed(TryLater):
    """The file is not what it was when it was listed: it is still being written, or gone."""

    def __init__(self, path: Path, stamp: Stamp | None) -> None:
        super().__init__(f"{shown(path)} is changing just now.")
        self.stamp = stamp  # None: it is gone


class Unsupported(BadInput):
    """Nothing here reads this kind of file; it counts as excluded, not as failed."""


class OnlineOnly(Unsupported):
    """Opening it would download it; it is looked at again once it is on this device."""

    def __init__(self) -> None:
        super().__init__(ONLINE_ONLY)


@dataclass(frozen=True, slots=True)
class Identity:
    content: str  # xxh3 of the bytes, 32 hexadecimal digits
    modality: Modality


class Opened(NamedTuple):
    """What a Reader found, and the chunks that tell nothing which those before them do not."""

    reading: Reading
    same: frozenset[int] = frozenset()
    likeness: Likeness | None = None  # None: not taken yet


@dataclass(frozen=True, slots=True)
class Prepared:
    """One chunk, ready to be embedded."""

    chunk: Chunk
    words: tuple[Words, ...]  # its own, and those that describers added
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]  # what a describer could not do, for the log


def check_stamp(path: Path, stamp: Stamp) -> os.stat_result:
    """What the system says of it; raises Changed where it is no longer the one that was listed."""
    try:
        facts = os.lstat(path)
    except FileNotFoundError as e:
        raise Changed(path, None) from e
    except OSError as e:
        raise TryLater(f"{shown(path)} can't be reached: {e.strerror}.") from e
    if (now := Stamp.of(facts)) != stamp:
        raise Changed(path, now)
    return facts


def identify(path: Path, stamp: Stamp, tools: Tools) -> Identity:
    """What the file holds, by hash and by its first bytes. Hangs when its drive does not answer."""
    return PATIENCE.run(
        str(path), lambda alive: _identified(path, stamp, tools, alive), tools.halt.is_set
    )


def _identified(path: Path, stamp: Stamp, tools: Tools, alive: Callable[[], None]) -> Identity:
    if online_only(check_stamp(path, stamp)):
        raise OnlineOnly  # since it was listed
    modality = tools.sniff(path)
    if modality is None:
        raise Unsupported("Nova Desktop does not read this kind of file.")
    content = hash_file(path, tools.halt, alive)
    check_stamp(path, stamp)
    return Identity(content, modality)


def hash_file(path: Path, halt: Event, alive: Callable[[], None] = lambda: None) -> str:
    """The identity of a content: the same bytes are the same content, whatever the name."""
    digest = xxhash.xxh3_128()
    try:
        with path.open("rb") as file:
            while block := file.read(READ_BYTES):
                if halt.is_set():
                    raise Stopped
                alive()
                digest.update(block)
    except FileNotFoundError as e:
        raise Changed(path, None) from e
    except PermissionError as e:
        raise Forbidden(f"You have no permission to read {shown(path)}.") from e
    except OSError as e:
        raise TryLater(f"{shown(path)} can't be read: {e.strerror}.") from e
    return digest.hexdigest()


def read(path: Path, modality: Modality, tools: Tools) -> Opened:
    """Cuts the file; the first chunk also gets what the file's name says."""
    reading = tools.readers[modality].read(path)
    if said := name_words(path):
        first, *rest = reading.chunks
        words = (*first.words, Words(Source.NAME, said))
        reading = replace(reading, chunks=(replace(first, words=words), *rest))
    return Opened(reading, likeness=likeness(path, modality, tools.likening))


def likeness(path: Path, modality: Modality, likening: Likening | None) -> Likeness | None:
    """What tells its near-duplicates; a file that can be read is indexed whether or not it does."""
    if likening is None or modality is Modality.TEXT:
        return None
    try:
        return likening.likeness(path, modality)
    except BadInput as e:
        log.info("%s can't be compared with others: %s", ascii(path.name), e)
        return Likeness()


def prepare(
    path: Path, modality: Modality, chunks: Sequence[Chunk], tools: Tools
) -> tuple[Prepared, ...]:
    """Describes and encodes some chunks. A describer's failure is noted and blocks nothing."""
    reader = tools.readers[modality]
    prepared = []
    for chunk in chunks:
        words, notes = list(chunk.words), []
        for describer in tools.describers:
            if not concerns(describer, chunk):
                continue
            try:
                pieces = reader.encode(path, chunk, describer.limits)
                words += describer.describe(pieces) if pieces else ()
            except (BadInput, NeedsUser) as e:
                notes.append(f"{describer.name}: {e}")
        encoded = _encoded(path, chunk, words, reader, tools.engine)
        prepared.append(Prepared(chunk, tuple(words), encoded, tuple(notes)))
    return tuple(prepared)


def _encoded(
    path: Path, chunk: Chunk, words: Sequence[Words], reader: Reader, engine: Engine
) -> tuple[Piece, ...]:
    """The chunk as the engine takes it; words last, each with where they are from."""
    taken = frozenset(Source) if engine.embeds_words else engine.limits.words.get(chunk.modality)
    pieces = () if engine.embeds_words else reader.encode(path, chunk, engine.limits)
    spoken = tuple(
        Piece.of_words(text, word.source, word.span or chunk.span)
        for word in words
        if word.source in (taken or ()) and word.text.strip()
        for text in with_sentences(word.text, engine.limits.sentences)
    )
    return (*pieces, *spoken)


def concerns(describer: Describer, chunk: Chunk) -> bool:
    """Letters are looked for only where a page does not say its text itself."""
    if chunk.modality not in describer.limits.mimes:
        return False
    has_text = any(words.source is Source.TEXT for words in chunk.words)
    return not (describer.source is Source.OCR and has_text)


def embed(pieces: Sequence[Piece], engine: Engine) -> list[NDArray[np.float32] | BadInput]:
    """A vector for each piece, or why there is none: one bad piece never costs its neighbours."""
    try:
        return list(engine.embed(pieces, Purpose.INDEX))
    except BadInput as e:
        if len(pieces) == 1:
            return [e]
    return [embed([piece], engine)[0] for piece in pieces]


NUMBERED = re.compile(
    r"(?i)^(img|dsc[fn]?|dscn|mvi|mov|vid|pxl|gopr|dji|scan|screenshot|image|photo|video|audio|rec|"
    r"recording|untitled|document|file|whatsapp|wa|p|s)?(?=\d)\d+$"
)


def name_words(path: Path) -> str:
    """What a file name says in words; "" for names that only number ("IMG_2041", a date)."""
    stem = os.fsencode(path.stem).decode("utf-8", "ignore")
    parts = re.split(r"[\s\x00-\x1f\x7f_\-.,()\[\]{}+~#&@=;!'\"]+", stem)
    said = [
        part
        for part in parts
        if any(map(str.isalpha, part))
        and not NUMBERED.match(part)
        and not re.fullmatch(r"(?i)[0-9a-f]{8,}", part)
    ]
    only_counter = all(NUMBERED.match(f"{part}1") for part in said)
    return "" if only_counter else " ".join(said)


def reason(error: BaseException) -> str:
    """A sentence for the user; a bug of ours says so and where to look."""
    if isinstance(error, ExpectedError):
        return str(error)
    return f"An error in Nova Desktop ({type(error).__name__}); the log has the details."
