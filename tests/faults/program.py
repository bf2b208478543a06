"""The real program over a folder of its own, as a user starts it: for faults from outside."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from tests.faults.oracle import differences, in_catalog, in_tables

QUICK = "ocr = false\nspeech = false\ntags = false\nmin_free_mb = 0\n"
WORDS = ("boats", "bread", "mountains", "music", "winter", "letters", "gardens", "trains")
TRUE_S = 120.0  # within which the index is what the disk is
# PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, prctl(2) and capabilities(7): what
# lets root read what it has no permission for. It is gone with the exec.
WITHOUT_OVERRIDES = """
import ctypes, os, sys
if sys.platform == "linux" and os.geteuid() == 0:
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "nova_desktop", *sys.argv[1:]])
"""


class Untrue(AssertionError):
    """The index is not what it must be; the message says how."""


class Program:
    """`nova-desktop` with a data folder, settings and a watched folder that lie in `place`.

    It runs without root's power over permissions, so that a revoked one is one for it, too.
    """

    def __init__(
        self, place: Path, settings: str = QUICK, environment: Mapping[str, str] | None = None
    ) -> None:
        self.place, self.data, self.folder = place, place / "data", place / "library"
        self.settings = place / "settings.toml"
        self.settings.write_text(settings)
        self.environment = {**os.environ, **(environment or {})}
        self.chance = random.Random(11)
        self.said = ""  # what all that was started has printed
        self._written = 0
        self._children: list[subprocess.Popen[str]] = []
        for folder in (self.data, self.folder):
            folder.mkdir(exist_ok=True)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            self.kill(child)

    def start(self, *typed: str | Path) -> subprocess.Popen[str]:
        """Starts a command; it is killed at the end at the latest."""
        command = [sys.executable, "-c", WITHOUT_OVERRIDES, "--data", self.data]
        with (self.place / "said.txt").open("a") as said:
            child = subprocess.Popen(
                list(map(str, [*command, "--settings", self.settings, *typed])),
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
                env=self.environment,
            )
        self._children.append(child)
        return child

    def run(self, *typed: str | Path, timeout_s: float = 300.0) -> tuple[int, str]:
        """The exit code of a command, and what it printed."""
        before = len(self.printed())
        code = self.start(*typed).wait(timeout_s)
        return code, self.printed()[before:]

    def index(self) -> None:
        """Indexes the folder until nothing waits; Untrue when that fails."""
        code, said = self.run("index", self.folder)
        if code:
            raise Untrue(f"nova-desktop index ended with {code}: {said}")

    def watch(self) -> subprocess.Popen[str]:
        """Starts to keep the index up to date, once that is so."""
        child = self.start("watch")
        self.until(lambda: (self.data / "host.json").exists() or child.poll() is not None)
        return child

    def printed(self) -> str:
        said = self.place / "said.txt"
        return said.read_text(errors="replace") if said.exists() else ""

    def kill(self, child: subprocess.Popen[str]) -> None:
        """With nothing of it left, as when the power goes."""
        if child.poll() is None:
            family = psutil.Process(child.pid).children(recursive=True)
            child.send_signal(signal.SIGKILL)
            child.wait()
            _, alive = psutil.wait_procs(family, timeout=5)
            if alive:
                raise Untrue(f"outlived the program: {alive}")

    def write(self, count: int, into: str = "", paragraphs: int = 9) -> None:
        """So many new files, each with a content of its own."""
        folder = self.folder / into
        folder.mkdir(parents=True, exist_ok=True)
        for _ in range(count):
            self._written += 1
            text = f"{self.chance.choice(WORDS)} number {self._written} by the sea\n\n" * paragraphs
            (folder / f"note {self._written}.txt").write_text(text)

    def change(self, count: int) -> None:
        """Writes anew, renames, swaps, copies or removes so many of the files that there are."""
        for _ in range(count):
            one = self.chance.choice(sorted(self.folder.rglob("*.txt")))
            other = self.chance.choice(sorted(one.parent.glob("*.txt")))  # on the same drive
            match self.chance.randrange(5):
                case 0:
                    one.write_text(f"{self.chance.random()} of {self.chance.choice(WORDS)}\n")
                case 1:
                    one.rename(one.with_name(f"renamed {one.name}"))
                case 2 if one != other:
                    aside = one.with_name(f".{one.name}")
                    one.rename(aside)
                    other.rename(one)
                    aside.rename(other)
                case 3:
                    one.with_name(f"copied {one.name}").write_bytes(other.read_bytes())
                case _:
                    one.unlink()

    def known(self) -> set[bytes]:
        """The paths that the catalog knows now."""
        return set(in_catalog(self.data / "catalog.sqlite"))

    def asked(self, sql: str) -> int:
        """A number that the catalog says now."""
        db = sqlite3.connect(f"file:{self.data / 'catalog.sqlite'}?mode=ro", uri=True, timeout=30)
        try:
            (number,) = db.execute(sql).fetchone()
        finally:
            db.close()
        return int(number)

    def wrong(self) -> list[str]:
        """All that the index and the disk differ in, the store left out: it may be in use."""
        if not (self.data / "catalog.sqlite").exists():
            return ["There is no catalog yet."]
        return differences([self.folder], self.data / "catalog.sqlite")

    def until(self, true: Callable[[], object], within_s: float = TRUE_S) -> float:
        """Waits until it is; seconds that took. Untrue with what is wrong when it never is."""
        began = time.monotonic()
        while not true():
            if time.monotonic() - began > within_s:
                raise Untrue(f"not within {within_s:g} s; {self.wrong()[:5]}; {self.tail()}")
            time.sleep(0.2)
        return time.monotonic() - began

    def settle(self, within_s: float = TRUE_S) -> float:
        """Waits, of what is running, until the index is what the disk is."""
        return self.until(lambda: not self.wrong(), within_s)

    def compare(self) -> None:
        """At the end, with nothing running: catalog, store and disk agree. Untrue with what not."""
        wrong = self.wrong() + in_tables(self.data / "vectors", self.data / "catalog.sqlite")
        if "Traceback" in self.printed():
            wrong.append(f"a traceback was shown: {self.tail()}")
        if "database is locked" in self.printed():
            wrong.append("“database is locked” was shown")
        if wrong:
            raise Untrue(f"{len(wrong)} differences: {wrong[:8]}")

    def tail(self) -> str:
        return self.printed()[-2000:]
