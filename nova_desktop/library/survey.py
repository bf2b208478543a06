"""What is in a folder before it is watched: by names alone, told while it is being looked through.

No file is opened. What the scan would leave out is left out here too, by the same rules.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from pathlib import Path

from nova_desktop.folders import Survey
from nova_desktop.library.kinds import kind_of
from nova_desktop.library.mounts import kernel_mounts
from nova_desktop.library.online import online_only
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import KERNEL, LINK, SPECIAL, entries_of
from nova_desktop.model import Modality

UNREADABLE_SHOWN = 100


class Surveyor:
    """Looks through one folder in a thread of its own; the answers are for any thread."""

    def __init__(self, folder: Path, rules: Rules) -> None:
        self.folder = folder
        self._rules = rules
        self._asks: dict[str, bool] = {}  # whether rules may leave out names with this ending
        self._stopped = threading.Event()
        self._done = False
        self._files: Counter[Modality] = Counter()
        self._bytes: Counter[Modality] = Counter()
        self._excluded: Counter[str] = Counter()
        self._other = self._online_only = 0
        self._unreadable: list[tuple[Path, str]] = []
        self._unreadable_count = 0
        threading.Thread(target=self._run, name="survey", daemon=True).start()

    def stop(self) -> None:
        """`found` is done soon after."""
        self._stopped.set()

    def found(self) -> Survey:
        done = self._done  # before the numbers, so that the last answer has all of them
        return Survey(
            self.folder,
            dict(self._files),
            dict(self._bytes),
            self._other,
            dict(self._excluded),
            self._online_only,
            tuple(self._unreadable),
            self._unreadable_count,
            done,
        )

    def _run(self) -> None:
        waiting = [os.fspath(self.folder)]
        kernel = kernel_mounts()
        try:
            while waiting and not self._stopped.is_set():
                folder = waiting.pop()
                try:
                    with entries_of(folder, follow=False) as entries:
                        for entry in entries:
                            self._look(entry, os.path.join(folder, ""), waiting, kernel)  # noqa: PTH118  # a str stays a str here
                except OSError as e:
                    self._trouble(folder, e)
        finally:
            self._done = True

    def _look(
        self,
        entry: os.DirEntry[str],
        inside: str,
        waiting: list[str],
        kernel: frozenset[str],
    ) -> None:
        name, root = entry.name, os.fspath(self.folder)
        try:
            if entry.is_file(follow_symlinks=False):  # nearly all are, so nothing comes before it
                if why := self._against_file(inside, name, root):
                    self._excluded[why] += 1
                elif (kind := kind_of(name)) is None:
                    self._other += 1
                else:
                    self._count(kind, entry.stat(follow_symlinks=False))
            elif entry.is_dir(follow_symlinks=False):
                path = inside + name
                why = KERNEL if path in kernel else self._rules.against_folder(path, name, root)
                if why:
                    self._excluded[why] += 1
                else:
                    waiting.append(path)
            else:
                self._excluded[LINK if entry.is_symlink() else SPECIAL] += 1
        except OSError as e:
            self._trouble(inside + name, e)

    def _against_file(self, inside: str, name: str, root: str) -> str:
        tail = name[-4:]
        if (asks := self._asks.get(tail)) is None:
            asks = self._asks[tail] = self._rules.may_leave_out(tail)
        if asks or name[0] in ".~":
            return self._rules.against_file(inside + name, name, root)
        return ""

    def _count(self, kind: Modality, facts: os.stat_result) -> None:
        if online_only(facts):
            self._online_only += 1
            return
        self._files[kind] += 1
        self._bytes[kind] += facts.st_size

    def _trouble(self, path: str, error: OSError) -> None:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return  # gone since its name was read
        self._unreadable_count += 1
        if len(self._unreadable) < UNREADABLE_SHOWN:
            self._unreadable.append((Path(path), error.strerror or type(error).__name__))
