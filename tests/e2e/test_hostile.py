"""One run of the real program over a folder as no user should have it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from nova_desktop.cli.terminal import plain
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import State
from nova_desktop.query import Part, Query
from nova_desktop.remote import open_library
from nova_desktop.settings import load
from tests.contracts.reader import check_sentence
from tests.e2e.hostile_folder import Hostile, make

pytestmark = [
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes these files"),
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes"),
]
QUICK = "ocr = false\nspeech = false\ntags = false\nfile_limit_s = 60\n"
NOISE = re.compile(r"(?!\d+ of \d+ files(, [\d:]+ left)?$)")  # what is no line of progress


class Run:
    """The folder, after `nova-desktop index` has been there."""

    def __init__(self, place: Path) -> None:
        self.settings, self.data, self.temp = place / "s.toml", place / "data", place / "temp"
        self.settings.write_text(QUICK)
        self.temp.mkdir()
        self.folder: Hostile = make(place / "library")
        self.before = prints(self.folder.root)
        self.index = self.nova("index", self.folder.root)

    def nova(self, *typed: str | Path) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "nova_desktop"]
        options = ["--data", self.data, "--settings", self.settings]
        return subprocess.run(
            list(map(str, [*program, *options, *typed])),
            capture_output=True,
            text=True,
            errors="surrogateescape",
            timeout=120,
            check=False,
            env={**os.environ, "TMPDIR": str(self.temp)},
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """By state, of the table's last row, with "files" for their sum."""
        lines = self.index.stdout.splitlines()
        heading = lines[0].lower().split()[1:]
        total = next(line for line in lines if line.startswith("Total"))
        return dict(zip(heading, map(int, total.split()[1:]), strict=True))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    place = tmp_path_factory.mktemp("hostile")
    yield Run(place)
    shutil.rmtree(place)


def prints(root: Path) -> dict[Path, tuple[object, ...]]:
    """What tells that a file was written to."""
    found = {}
    for path in root.rglob("*"):
        seen = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[path] = (seen.st_mode, seen.st_mtime_ns, seen.st_size, hashlib.sha256(data).digest())
    return found


def test_it_ends_well_and_only_progress_is_on_stderr(run: Run) -> None:
    assert run.index.returncode == 0, run.index.stderr
    assert "Traceback" not in run.index.stdout + run.index.stderr
    assert [line for line in run.index.stderr.splitlines() if NOISE.match(line)] == []


def test_the_counts_add_up_to_what_is_on_disk(run: Run) -> None:
    folder = run.folder
    assert run.counts == {
        "files": len(folder.good) + len(folder.bad) + len(folder.aside),
        State.WAITING: 0,
        State.INDEXED: len(folder.good),
        State.FAILED: len(folder.bad),
        State.EXCLUDED: len(folder.aside),
        State.OFFLINE: 0,
    }


def test_every_bad_file_has_a_reason_with_a_remedy_and_no_good_one_has(run: Run) -> None:
    library = open_library(run.data, load(run.settings))
    try:
        failures = library.failures()
    finally:
        library.close()
    assert {failure.path for failure in failures} == run.folder.bad
    for failure in failures:
        check_sentence(ValueError(failure.reason))
        assert re.search(r"[;:,] ", failure.reason), f"no remedy: {failure.reason}"
        assert not re.search(r"Error|Exception|None|b'|0x", failure.reason), failure.reason


def test_the_command_line_lists_each_failure_on_one_line(run: Run) -> None:
    listed = run.nova("failures").stdout.splitlines()
    assert len(listed) == len(run.folder.bad)
    assert all(plain(line) == line for line in listed)


def test_every_file_that_is_left_out_has_a_reason(run: Run) -> None:
    catalog = Catalog(run.data / "catalog.sqlite")
    try:
        rows = catalog.read("SELECT path, reason FROM files WHERE state = 'excluded'")
    finally:
        catalog.close()
    assert {Path(os.fsdecode(path)) for path, _ in rows} == run.folder.aside
    assert all(reason.endswith(".") for _, reason in rows)


def test_every_good_file_is_found_by_itself(run: Run) -> None:
    library = open_library(run.data, load(run.settings))
    try:
        for path in sorted(run.folder.good):
            hits = library.find(Query((Part(path=path),), limit=3)).hits
            assert any(path in (hit.path, *hit.copies) for hit in hits), ascii(path)
    finally:
        library.close()


def test_words_find_what_lies_between_the_ruins(run: Run) -> None:
    said = {
        "zeppelin": "letter.docx",
        "walrus": "office odt.odt",
        "beekeeping": "report.pdf",
        "axolotl": "text json.json",
        "rhubarb": "text html.html",
        "seagull avif": "seagull avif.avif",
        "tone opus": "tone opus.opus",
        "film webm": "film webm.webm",
    }
    library = open_library(run.data, load(run.settings))
    try:
        for words, name in said.items():
            hit, *_ = library.find(Query.of(words)).hits
            assert name in [path.name for path in (hit.path, *hit.copies)], words
    finally:
        library.close()
    typed = json.loads(run.nova("find", "zeppelin", "--json", "--limit", "1").stdout)
    assert typed[0]["path"] == str(run.folder.root / "good" / "letter.docx")


def test_the_originals_are_as_they_were(run: Run) -> None:
    assert prints(run.folder.root) == run.before


def test_nothing_temporary_is_left(run: Run) -> None:
    assert list(run.temp.iterdir()) == []


def test_a_second_run_finds_nothing_to_do(run: Run) -> None:
    again = run.nova("index", run.folder.root, "--verbose")
    assert again.stdout == run.index.stdout
    assert "indexed " not in again.stderr
