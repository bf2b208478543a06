"""What the library needs from the outside, and what it offers: the docstrings are the contract."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nova_desktop.closeup import Box, Excerpt, Subtitles
from nova_desktop.duplicates import Likeness
from nova_desktop.model import (
    Chunk,
    Limits,
    Modality,
    Near,
    Piece,
    Preview,
    Purpose,
    Reading,
    Row,
    RowFilter,
    Scale,
    Source,
    Space,
    Span,
    Vectors,
    Words,
)
from nova_desktop.shelf import Fetching, LocalModel
from nova_desktop.upkeep import Around

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Sniff(Protocol):
    """Tells what a file is by its first bytes, not by its name."""

    def __call__(self, path: Path) -> Modality | None:
        """The modality, or None for what no Reader reads. Raises BadInput or TryLater."""


class Reader(Protocol):
    """Cuts a file of one modality into chunks, encodes them, and makes previews.

    Called from worker threads and worker processes, so an instance is picklable and holds no open
    file. The file is opened read-only. Every method raises BadInput with a sentence about the
    file when it is damaged, encrypted or too large, TryLater when it can't be opened now, and
    NeedsUser when a program that reading needs is missing.
    """

    @property
    def modality(self) -> Modality: ...

    def read(self, path: Path) -> Reading:
        """At least one chunk, numbered 0, 1, 2, ..., with the words that the file itself holds."""

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        """The chunk as pieces within `limits`, in order of their spans.

        Empty when `limits.mimes` takes nothing of this modality, or the chunk has nothing of the
        kind (a video without sound, asked for audio). A video asked for a picture mime gives up
        to `limits.frames` frames, each with its own span. With `limits.sound_apart`, each piece of
        film that has sound is followed by the same bytes with the source SOUND.
        """

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        """What `span` looks like, within `edge` × `edge` pixels; the start of the file for None.

        `frames` above 1 asks a video for that many frames of the whole file, side by side.
        """


class Closeup(Protocol):
    """Looks closely at one file. Picklable, and called and refusing like a Reader."""

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        """The tracks of text inside a film, then those in files beside it; empty ones left out."""

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        """The loudest moment of each of `count` equal parts, 0 to 1; () where there is no sound."""

    def marks(self, path: Path, page: int, texts: Sequence[str]) -> tuple[Box, ...]:
        """See calls.CloseupCalls; a passage is given whole. `page` counts from 1."""

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        """See calls.CloseupCalls."""

    def clip(self, path: Path, span: Span, target: Path, part: Path, noted: Path) -> None:
        """See calls.CloseupCalls. `part`, beside `target`, is what is being written: whoever calls
        removes what is left of it. How much is done, 0 to 1, is written to the file `noted`.
        """


class Likening(Protocol):
    """Takes of a file what tells its near-duplicates. Picklable, and called like a Reader."""

    def likeness(self, path: Path, modality: Modality) -> Likeness:
        """Empty where there is nothing to see or hear, and of text. Raises as a Reader does.

        A short film is decoded whole, of a long one MOST_LOOKS pictures and its key pictures, of a
        sound its first SOUND_S seconds.
        """


class Describer(Protocol):
    """Adds words to a chunk, on this device: letters seen, speech heard, things recognised.

    Picklable, like a Reader; a model is loaded on first use and kept. Called from one thread.
    """

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> Source: ...

    @property
    def limits(self) -> Limits:
        """The pieces it takes; a modality that is missing from `mimes` is not its business."""

    def missing(self) -> str:
        """A sentence saying what is not installed and how to install it; "" when all is there."""

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        """The words of one chunk, each with the span of the piece it was found in.

        Empty when there is nothing to say. Raises BadInput for a piece that it can't decode, and
        NeedsUser when `missing` is not empty.
        """


class Engine(Protocol):
    """Turns pieces into vectors that can be compared with one another."""

    @property
    def space(self) -> Space: ...

    @property
    def limits(self) -> Limits: ...

    @property
    def embeds_words(self) -> bool:
        """True: it is given a chunk's words, one text piece each; False: the encoded chunk.

        With it, in the latter case, those of its words that `limits.words` names.
        """

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Where rows of different sources score on different scales, each of them; else ()."""

    @property
    def note(self) -> str:
        """One sentence for the user: what this engine is, and what it lacks on this machine."""

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        """One unit-length vector per piece, in order: float32, shape (len(pieces), space.dim).

        Called from worker threads, `limits.parallel` at once. All or nothing: raises BadInput if
        the model refuses a piece, TryLater if busy or out of reach, NeedsUser without access.
        """


class Models(Protocol):
    """The models that run on this device: those that are offered, and those that are here."""

    def all(self) -> tuple[LocalModel, ...]:
        """The offered ones first, in the order of their worth; nobody is asked."""

    def fetch(
        self, name: str, revision: str, stop: threading.Event, tell: Callable[[Fetching], None]
    ) -> LocalModel:
        """Fetches <owner>/<name> from the hub, or what of it is not here yet, and proves it.

        `revision` "" is the pinned one of an offer, else the newest. What came before a stop is
        kept for the next time. Raises Stopped soon after `stop`; BadInput where there is no such
        model, or a file is not what was promised; NeedsUser for a full disk, a model that asks
        for an agreement, and one that does not rank; TryLater when the hub is out of reach.
        """

    def check(self, place: str) -> LocalModel:
        """Proves a model that is here, by its name or its folder; loads it for that.

        NeedsUser, with the reason, when it can't be used.
        """

    def remove(self, name: str) -> int:
        """Deletes a fetched model, or what a stopped fetch left; the bytes that frees.

        BadInput: it is not here, or in use.
        """


class Machine(Protocol):
    """What this computer is doing, and how much of it indexing takes. Called from one thread."""

    def around(self) -> Around:
        """As it is now; within a second."""

    def limit(self, cores: int, memory_bytes: int) -> None:
        """From now on indexing runs on so many processors, 0 for all, what runs now too.

        Above so much memory it ends what it only holds ready. Called again and again.
        """


class VectorStore(Protocol):
    """Keeps rows and finds the nearest: what any service of vectors can be a store by.

    Rows of different spaces never meet. `put`, `forget` and `maintain` are called from one thread;
    the others from any, meanwhile. Raises NeedsUser when there is no room or no access, and
    TryLater while a service is out of reach.
    """

    def put(self, space: Space, rows: Sequence[Row]) -> None:
        """Durable on return. Replaces: older rows of the contents in `rows` are gone after it."""

    def forget(self, contents: Collection[str]) -> None:
        """Removes the rows of these contents from every space; unknown ones are no error."""

    def nearest(
        self, space: Space, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near]:
        """Up to `limit` rows by falling cosine similarity; never fewer than exist under `where`.

        But for a service that gives no more than so many at once: 100 is the least that may be.
        """

    def rows(self, space: Space, content: str, limit: int) -> list[Row]:
        """Up to `limit` rows of one content, in order of their numbers."""

    def rows_of(self, space: Space, contents: Collection[str]) -> list[Row]:
        """All rows of these contents, by content and number; a few thousand rows at a time."""

    def contents(self, space: Space) -> set[str]:
        """Every content that has a row in `space`."""

    def count(self, space: Space) -> int:
        """How many rows `space` has."""

    def maintain(self, stopped: bool = False) -> None:
        """Indexes and compacts as far as it is due; cheap when it is not.

        Called between batches, and with `stopped` when nothing waits.
        """

    def compact(self) -> None:
        """Makes every space as small as it can be now, due or not; on the thread of `maintain`."""

    def close(self) -> None: ...


class Store(VectorStore, Protocol):
    """Finds rows by their words too, which Amazon S3 Vectors does not: the library's own store.

    Raises NeedsUser when the disk is full or the folder can't hold the store.
    """

    def matching(self, space: Space, words: str, limit: int, where: RowFilter) -> list[Near]:
        """Up to `limit` rows that hold any of `words`, by falling relevance."""

    def sizes(self) -> dict[str, int]:
        """The names of the spaces that take room, and how many bytes each takes; any thread."""

    def drop(self, space: str) -> None:
        """Removes a space, by its name, with all its rows, for ever; on the thread of `put`.

        Whole or not at all, whatever ends it. One that is not there is no error.
        """

    def holding(self, space: Space, phrase: str, where: RowFilter) -> list[Near]:
        """Every row whose words hold `phrase` (folding.phrase, whole words), by falling relevance.

        None for a phrase without letters, digits and symbols that words are found by.
        """


@dataclass(frozen=True, slots=True)
class Kept:
    """A vector as it lies in a vector bucket: under a key, with what is noted beside it.

    `vector`: float32, shape (dim,); None where it was not asked for.
    """

    key: str
    vector: NDArray[np.float32] | None
    metadata: Mapping[str, str | float | bool]


class VectorBucket(Protocol):
    """Indexes of vectors that lie elsewhere, such as in Amazon S3 Vectors, and that several
    machines share. Any thread, several at once.

    What is told of a limit is BadInput; TryLater when busy or out of reach after asking again, and
    NeedsUser without access or room. Stopped once the library closes. A write is seen by every
    read after it.
    """

    @property
    def place(self) -> str:
        """What it is called in the log of what was sent: "s3vectors://bucket, us-east-1"."""

    def indexes(self, prefix: str) -> list[str]:
        """The names of those that begin so; none where there is no bucket yet."""

    def create(self, index: str, dim: int, hidden: Sequence[str] = ()) -> None:
        """Makes the bucket and the index (cosine, float32) where they are missing.

        `hidden`: metadata that nothing is filtered by, at most 10; they alone may be long. They are
        chosen here once and for all.
        """

    def drop(self, index: str) -> None:
        """Removes an index with all that is in it; one that is not there is no error."""

    def drop_bucket(self) -> None:
        """Removes the bucket; one that is not there is no error. NeedsUser while it has indexes."""

    def put(self, index: str, kept: Sequence[Kept]) -> None:
        """Any number of them, in as many calls as they need; replaces those of the same keys.

        Durable on return; when it raises, some may be. BadInput: metadata of more than 40 KB
        together, 2 KB of them not hidden, or 50 of them.
        """

    def get(self, index: str, keys: Sequence[str], vectors: bool = True) -> list[Kept]:
        """Those that are there, in no promised order; any number. With all metadata."""

    def delete(self, index: str, keys: Sequence[str]) -> None:
        """Any number; those that are not there are no error, nor is a missing index."""

    def keys(self, index: str) -> Iterator[str]:
        """All keys, a page at a time; none where there is no such index."""

    def nearest(
        self, index: str, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[tuple[float, Kept]]:
        """(cosine similarity, without its vector) of up to `limit` vectors, best first.

        At most 100, which is what the service gives. `where` filters by the metadata `modality`,
        `source`, `taken_s` and `content`; what does not pass is never given.
        Empty where there is no such index.
        """
