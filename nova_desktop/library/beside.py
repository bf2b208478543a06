"""A paid engine's space, filled beside the device's: what an intake needs for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nova_desktop.library.further import Further
from nova_desktop.library.job import Job, ToEmbed
from nova_desktop.library.kept import KeptVectors
from nova_desktop.library.long import Long, reported
from nova_desktop.library.pools import Pools
from nova_desktop.library.prices import Prices
from nova_desktop.library.sameness import Sameness
from nova_desktop.library.sent import SentLog
from nova_desktop.library.work import Opened, Tools
from nova_desktop.model import Modality
from nova_desktop.ports import Engine


@dataclass(frozen=True, slots=True)
class Beside:
    """As `compose` joined it."""

    queue: Further
    tools: Tools
    pools: Pools
    asking: Engine  # the same engine for questions, which pausing does not stop
    older: Sequence[Engine]  # of spaces that were filled before: they answer until this one can
    place: str  # where pieces go, for the log of what was sent
    sent: SentLog
    prices: Prices
    model: str  # as the prices name it
    region: str
    segment_s: float  # of films and sounds
    end: Callable[[], None]  # stops its pools
    sameness: Sameness | None = None  # None: everything is sent
    long: Long | None = None  # None: everything goes piece by piece
    finish: Callable[[], None] | None = None  # drops answers that were kept while more might come

    def rest(self) -> None:
        """Nothing waits any more."""
        if self.finish:
            self.pools.embedding.submit(self.finish).add_done_callback(reported)

    def sending(self, pieces: Sequence[tuple[Job, int]]) -> None:
        """Writes down what leaves this device: before it does, a line a file."""
        sizes: Counter[Job] = Counter()
        for job, size in pieces:
            sizes[job] += size
        for job, size in sizes.items():
            self.sent.sending(job.content, self.place, job.path, size)

    @property
    def kept(self) -> KeptVectors:
        return self.queue.kept

    def keep(self, asked: Sequence[ToEmbed], answers: Sequence[object]) -> None:
        """Makes durable what was just paid for."""
        self.kept.keep(
            (item.job.content, item.chunk, item.index, item.piece, vector)
            for item, vector in zip(asked, answers, strict=True)
            if isinstance(vector, np.ndarray)
        )

    def read(self, path: Path, modality: Modality, content: str) -> Opened:
        """Cuts the file, and finds the chunks that need not be paid for. In the reading pool."""
        reading = self.tools.readers[modality].read(path)
        if self.sameness is None:
            return Opened(reading)
        return Opened(reading, self.sameness.of(path, modality, content, reading.chunks))
