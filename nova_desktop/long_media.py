"""Long film and sound as one job of a paid engine: the nouns and the two contracts it takes.

Times are seconds (`_s`) of the whole file, sizes are bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nova_desktop.model import Chunk, Modality, Source, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LongPart:
    """A file that one job takes: all of an original, or a cut of it in a form the engine knows."""

    path: Path
    mime: str
    start_s: float  # where in the original it begins
    stop_s: float


@dataclass(frozen=True, slots=True)
class JobLimits:
    """What one job takes of one modality."""

    mimes: tuple[str, ...]  # preferred first
    bytes: int
    seconds: float
    segments: int


@dataclass(frozen=True, slots=True)
class Segment:
    """What came back of one stretch: a vector, or the reason why there is none."""

    span: Span  # seconds of the original
    source: Source  # PICTURE (with its sound, where both are one vector) or SOUND
    vector: NDArray[np.float32] | None  # float32, shape (dim,), unit length
    reason: str = ""


class JobRecords(Protocol):
    """Where a job's steps are kept: each is durable before the next one begins. Any thread."""

    def load(self, part: int) -> dict[str, Any] | None: ...

    def save(self, part: int, state: dict[str, Any]) -> None:
        """JSON values only. Durable on return."""

    def drop(self) -> None:
        """Every part's: the content is done, or given up."""


class BatchRecords(Protocol):
    """As JobRecords, for jobs of many small pieces from anywhere: by the job's own name."""

    def load_all(self) -> dict[str, dict[str, Any]]: ...

    def save(self, job: str, state: dict[str, Any]) -> None:
        """JSON values only; a few MB. Durable on return."""

    def drop(self, job: str) -> None:
        """An unknown one is no error."""


class LongReader(Protocol):
    """Makes a long original ready for jobs. Called in a child process, so it is picklable."""

    def parts(self, path: Path, modality: Modality, folder: Path) -> tuple[LongPart, ...]:
        """The parts in order, covering the original; those that had to be made lie in `folder`.

        The original itself where it fits; else a copy of its streams, cut; else made small. Making
        them again gives the same cuts. BadInput, TryLater and NeedsUser as a Reader's.
        """


class Telling(Protocol):
    """Finds what need not be paid for. Called in a child process, so it is picklable."""

    def same_as_before(
        self, path: Path, modality: Modality, chunks: Sequence[Chunk]
    ) -> frozenset[int]:
        """Numbers of chunks that tell nothing which their predecessor does not.

        Still film whose sound says nothing, and silence. Never the first. Raises as a Reader does.
        """


class LongEngine(Protocol):
    """Embeds a long file by jobs: uploads, waits, fetches, deletes."""

    def takes(self, modality: Modality, duration_s: float, segments: int, waiting: int) -> bool:
        """The one rule of what goes by job. `segments` it has, `waiting` files in all."""

    def embed(
        self,
        parts: Callable[[], Sequence[LongPart]],
        modality: Modality,
        records: JobRecords,
        tell: Callable[[str, float], None],
        sent: Callable[[str, int], None],
    ) -> list[Segment]:
        """Segments of all parts in order. Blocks for as long as the jobs take; any thread.

        Goes on from `records` where an earlier call ended, at whatever step, and pays nothing
        twice: `parts` is only asked for what still has to be uploaded. `tell` hears a phase
        ("uploading", "waiting", "fetching") and its share, 0 to 1; `sent` hears the place and the
        bytes of what leaves this device, before it does; both in the calling thread. A stretch that
        the service refuses is a Segment with a reason. BadInput: the service takes nothing of it.
        TryLater: call again later, it goes on; Stopped within a second of a stop. NeedsUser: as an
        Engine's.
        """

    def finish(self, records: JobRecords) -> None:
        """Deletes what the jobs left at the service; safe to call again, from any thread.

        Called once the rows are durable, or the content is given up, and before `records.drop()`:
        from here on `embed` would have to begin, and pay, anew. What can't be deleted is logged,
        and is no error. Raises Stopped alone: call it again when it next starts.
        """
