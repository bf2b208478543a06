"""A paid engine's space, filled beside the device's: what an intake needs for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.further import Further
from nova_desktop.library.job import Job
from nova_desktop.library.pools import Pools
from nova_desktop.library.work import Tools
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
    log_sending: Callable[[str, str, Path, int], None]  # content, place, path, bytes; durable

    def sending(self, pieces: Sequence[tuple[Job, int]]) -> None:
        """Writes down what leaves this device: before it does, a line a file."""
        size: Counter[Job] = Counter()
        for job, length in pieces:
            size[job] += length
        for job, length in size.items():
            self.log_sending(job.content, self.place, job.path, length)
