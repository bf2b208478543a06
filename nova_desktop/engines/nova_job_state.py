"""How far one job has come, as it is kept between restarts; and how many may run at once."""

from __future__ import annotations

import enum
import threading
import time
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from nova_desktop.long_media import LongPart


class Step(enum.StrEnum):
    """What is to be done next."""

    UPLOAD = "upload"
    START = "start"  # the source is in S3; with a token it may have been started already
    WAIT = "wait"  # it runs at the service
    DONE = "done"  # it is paid for, and its results are in S3
    REFUSED = "refused"  # nothing: the service does not take it
    FINISHED = "finished"  # nothing: what it left is being deleted


@dataclass(frozen=True, slots=True)
class JobState:
    """Of one part. Each is kept before the step that it names is begun."""

    asked: str  # what all jobs of the engine ask for: others are of no use to it
    parts: int  # of the whole file
    start_s: float
    stop_s: float
    mime: str
    bucket: str
    folder: str  # a key prefix of this part alone: below it is all that the job leaves
    source: str  # a key
    step: Step = Step.UPLOAD
    size: int = 0  # bytes, once they are on their way
    upload: str = ""  # UploadId
    part_bytes: int = 0
    token: str = ""  # clientRequestToken: with the same one the service starts no second job
    request: dict[str, Any] = field(default_factory=dict)  # all members of StartAsyncInvoke
    reserved: int | None = None  # of the budget
    arn: str = ""
    results: tuple[str, ...] = ()  # uris of folders, of this job and of earlier ones
    failures: int = 0  # jobs that failed for a reason that may pass
    unread: int = 0  # how often results could not be read
    reason: str = ""  # why it was refused

    @classmethod
    def planned(
        cls, part: LongPart, asked: str, parts: int, bucket: str, prefix: str, ending: str
    ) -> JobState:
        """No name of the user's is part of a key."""
        folder = f"{prefix}{uuid.uuid4().hex}/"
        source = f"{folder}source.{ending}"
        return cls(asked, parts, part.start_s, part.stop_s, part.mime, bucket, folder, source)

    @classmethod
    def of(cls, saved: dict[str, Any]) -> JobState:
        known = {**saved, "step": Step(saved["step"]), "results": tuple(saved["results"])}
        return cls(**known)

    def saved(self) -> dict[str, Any]:
        """JSON values only."""
        return {**asdict(self), "step": str(self.step), "results": list(self.results)}

    @property
    def seconds(self) -> float:
        return self.stop_s - self.start_s

    @property
    def is_over(self) -> bool:
        return self.step in (Step.DONE, Step.REFUSED)


class Turns:
    """Who may start a job: so many run at once, one starts after the other. Any thread.

    It only knows of jobs that this process waits for.
    """

    def __init__(self, most: int, gap_s: float) -> None:
        self._most, self._gap_s = most, gap_s
        self._running: set[str] = set()
        self._next_s = float("-inf")
        self._lock = threading.Lock()

    def take(self, folder: str) -> bool:
        """Whether this job may start now; then it counts until `give`."""
        with self._lock:
            now_s = time.monotonic()
            full = folder not in self._running and len(self._running) >= self._most
            if full or now_s < self._next_s:
                return False
            self._running.add(folder)
            self._next_s = now_s + self._gap_s
            return True

    def resume(self, folder: str) -> None:
        """It runs already."""
        with self._lock:
            self._running.add(folder)

    def give(self, folder: str) -> None:
        """It is over, or waited for no longer."""
        with self._lock:
            self._running.discard(folder)

    def hold(self, seconds: float) -> None:
        """The service takes no more just now: nobody starts one meanwhile."""
        with self._lock:
            self._next_s = max(self._next_s, time.monotonic() + seconds)
