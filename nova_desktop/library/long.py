"""Long film and sound through the jobs of a paid engine: one call a file, each in a thread."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import Stopped
from nova_desktop.library import work
from nova_desktop.library.job import Job
from nova_desktop.library.questions import Waiting
from nova_desktop.library.sent import SentLog
from nova_desktop.long_media import JobRecords, LongEngine, LongPart, LongReader, Segment
from nova_desktop.model import Modality

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Long:
    """As `compose` joined it. Its methods run in `pool`, but for `takes`."""

    engine: LongEngine
    reader: LongReader
    pool: Executor
    folder: Path  # for copies that have to be made for the service
    records: Callable[[str], JobRecords]  # of a content
    sent: SentLog

    def takes(self, job: Job, waiting: int) -> bool:
        """Whether this content goes by job; `waiting` contents wait in all."""
        return (
            job.modality in (Modality.VIDEO, Modality.AUDIO)
            and job.info.duration_s is not None
            and self.engine.takes(job.modality, job.info.duration_s, len(job.chunks), waiting)
        )

    def embed(
        self, file: Waiting, modality: Modality, content: str, tell: Callable[[str, float], None]
    ) -> list[Segment]:
        """See LongEngine.embed. Copies that were made for it stay until `finish`."""
        folder = self.folder / content

        def parts() -> Sequence[LongPart]:
            work.check_stamp(Path(file.path), file.stamp)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self.reader.parts(Path(file.path), modality, folder)

        def sent(place: str, size: int) -> None:
            self.sent.sending(content, place, file.path, size)

        return self.engine.embed(parts, modality, self.records(content), tell, sent)

    def finish(self, content: str) -> None:
        """Leaves nothing at the service, once the rows are durable or the content is given up."""
        records = self.records(content)
        self.engine.finish(records)
        shutil.rmtree(self.folder / content, ignore_errors=True)  # where copies were made
        records.drop()


def reported(future: Future[None]) -> None:
    """For tidying up that nobody waits for: what went wrong with it is in the log."""
    if not future.cancelled() and (error := future.exception()) and not isinstance(error, Stopped):
        log.error("What was left could not be tidied up.", exc_info=error)
