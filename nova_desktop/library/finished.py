"""Contents that are ready: their rows are put into the store, then the catalog records them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from nova_desktop.errors import TryLater
from nova_desktop.events import Event, Indexed
from nova_desktop.library import work
from nova_desktop.library.endings import Endings, Queue
from nova_desktop.library.job import Job
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.questions import Waiting
from nova_desktop.model import Space
from nova_desktop.ports import Store

log = logging.getLogger(__name__)

BATCH_ROWS = 256  # put at once: a commit of 50 rows costs as much as one of 1
BATCH_S = 1.5  # ... or what has come together in this time


class Finished:
    """Every method is called on the indexer's thread.

    `over` is told of each job that ends here, and whether it is recorded; `free` of each file that
    is not under way any more, and `ended` of each that waits no more, and
    whether it was read for that.
    """

    def __init__(
        self,
        queue: Queue,
        store: Store,
        space: Space,
        endings: Endings,
        over: Callable[[Job, bool], None],
        free: Callable[[Waiting], None],
        ended: Callable[[Waiting, bool], None],
        tell: Callable[[Event], None],
        likenesses: Likenesses | None = None,
    ) -> None:
        self._queue, self._store, self._space, self._endings = queue, store, space, endings
        self._over, self._free, self._ended, self._tell = over, free, ended, tell
        self._likenesses = likenesses
        self._jobs: list[Job] = []
        self._since_s = 0.0

    def __contains__(self, job: object) -> bool:
        return job in self._jobs

    @property
    def files(self) -> int:
        """How many are only to be recorded."""
        return sum(len(job.files) for job in self._jobs)

    def due_in_s(self) -> float | None:
        """Seconds until `flush` is to be called; None when there is nothing to record."""
        return self._since_s + BATCH_S - time.monotonic() if self._jobs else None

    def add(self, job: Job) -> None:
        for note in job.notes:
            log.info("%s: %s", ascii(job.path.name), note)
        if not self._jobs:
            self._since_s = time.monotonic()
        self._jobs.append(job)

    def leave(self, gone: Callable[[Waiting], bool]) -> None:
        """Nothing is recorded of these files."""
        for job in self._jobs:
            job.files = [file for file in job.files if not gone(file)]
        self._jobs = [job for job in self._jobs if job.files]

    def flush(self, more: bool) -> bool:
        """Makes durable what is ready, when it is time to; True where any was.

        Not before a batch has come together while `more` is on its way. Rows first, the catalog
        last. What raises NeedsUser is done again by the next call.
        """
        if not self._jobs:
            return False
        due = time.monotonic() >= self._since_s + BATCH_S
        full = sum(max(1, len(job.rows)) for job in self._jobs) >= BATCH_ROWS
        if more and not (due or full):
            return False
        self._jobs = [job for job in self._jobs if self._still_true(job)]
        new = [job for job in self._jobs if not job.known]
        rows = [row for job in new for row in job.finished_rows()]
        if rows:
            self._store.put(self._space, rows)
        files = [(file, job.content) for job in self._jobs for file in job.files]
        self._queue.record(files, self._space.name, {job.content: job.facts() for job in new})
        likenesses = {job.content: job.likeness for job in new if job.likeness is not None}
        if self._likenesses:
            self._likenesses.keep(likenesses)
            self._likenesses.sketches.keep(rows)
        read = {job.files[0].path for job in new if job.files}
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            self._over(job, True)
        for file, _ in files:
            self._free(file)
            self._ended(file, file.path in read)
            self._tell(Indexed(Path(file.path)))
        self._store.maintain()
        return True

    def _still_true(self, job: Job) -> bool:
        """Whether a finished job is to be kept; its files that are not as they were leave it."""
        was_read = job.files[0] if job.files else None
        for file in tuple(job.files):
            try:
                work.check_stamp(Path(file.path), file.stamp)
            except TryLater as e:
                job.files.remove(file)
                self._endings.end([file], e)
                if file is was_read and isinstance(e, work.Changed) and e.stamp:
                    # What was read may not be what was hashed: its copies are read again.
                    for copy in job.files:
                        self._free(copy)
                    self._over(job, False)
                    return False
        # A new content without a file was moved meanwhile: it is kept for when that is noticed.
        return bool(job.files) or not job.known
