"""The files and contents of one way in that are between waiting and their end."""

from __future__ import annotations

import time
from collections.abc import Callable

from nova_desktop.library.job import Job
from nova_desktop.library.questions import Waiting


class Underway:
    """Changed on the indexer's thread; any thread may look."""

    def __init__(self) -> None:
        self.files: dict[str, Waiting] = {}  # by path, from fed to ended
        self.jobs: dict[str, Job] = {}  # by content, from read to recorded
        self._since_s: dict[str, float] = {}  # when a file was fed, in seconds since 1970

    def begin(self, file: Waiting) -> None:
        self.files[file.path] = file
        self._since_s[file.path] = time.time()

    def free(self, file: Waiting) -> None:
        """The file is not under way any more."""
        if self.has(file):
            del self.files[file.path]
            self._since_s.pop(file.path, None)

    def has(self, file: Waiting) -> bool:
        """False once its folder was removed, or it was begun anew."""
        return self.files.get(file.path) is file

    def since_s(self, path: str) -> float:
        """0 for one that is not under way."""
        return self._since_s.get(path, 0.0)

    def is_open(self, job: Job) -> bool:
        return self.jobs.get(job.content) is job

    def put_back(self, job: Job) -> None:
        """Its files wait as they did before."""
        del self.jobs[job.content]
        for file in job.files:
            self.free(file)

    def leave(
        self,
        gone: Callable[[Waiting], bool],
        drop: Callable[[str], None],
        finished: Callable[[Job], bool],
    ) -> None:
        """Drops files, which `drop` is told of, and contents that none of the others has read."""
        for file in [file for file in self.files.values() if gone(file)]:
            drop(file.path)
            self.free(file)
        for content, job in tuple(self.jobs.items()):
            reader = job.files[0]
            job.files = [file for file in job.files if not gone(file)]
            if not job.files or (job.files[0] is not reader and not finished(job)):
                # The task that read it is stopped with the file: its copies are read anew.
                del self.jobs[content]
                for copy in job.files:
                    self.free(copy)
