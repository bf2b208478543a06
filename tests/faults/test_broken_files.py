"""Hundreds of broken and hostile files: each ends indexed or refused with a reason, in its time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from nova_desktop.errors import BadInput
from tests.contracts.reader import check_sentence
from tests.faults.broken_files import make
from tests.faults.oracle import in_catalog

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes these files")
FILE_LIMIT_S = 20
FAMILY_BYTES = 4 << 30  # of the library's process and all its children together
QUICK = f"ocr = false\nspeech = false\ntags = false\nfile_limit_s = {FILE_LIMIT_S}\n"


@dataclass(frozen=True)
class Ran:
    files: list[Path]
    catalog: Path
    code: int
    told: str
    took_s: float
    most_bytes: int
    reasons: list[str]
    good: Path


def _family(pid: int) -> int:
    """Bytes that a process and its children have in memory now."""
    try:
        one = psutil.Process(pid)
        return sum(p.memory_info().rss for p in (one, *one.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


def reasons(catalog: Path) -> list[str]:
    """Why files were refused."""
    db = sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)
    try:
        return [why for (why,) in db.execute("SELECT reason FROM files WHERE state = 'failed'")]
    finally:
        db.close()


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    place = tmp_path_factory.mktemp("broken")
    folder, spare = place / "library", place / "spare"
    folder.mkdir()
    spare.mkdir()
    files = make(folder, spare)
    good = folder / "a good one.txt"
    good.write_text("The lighthouse stands between the ruins.")
    (place / "s.toml").write_text(QUICK)
    nova = [sys.executable, "-m", "nova_desktop", "--data", place / "data"]
    nova += ["--settings", place / "s.toml"]
    began = time.monotonic()
    with (place / "told").open("w+") as told:
        child = subprocess.Popen([*nova, "index", folder], stdout=told, stderr=told)
        most = 0
        while child.poll() is None and time.monotonic() < began + 280:
            most = max(most, _family(child.pid))
            time.sleep(0.1)
        child.kill()
        code = child.wait()
    took_s = time.monotonic() - began
    shutil.rmtree(spare)
    yield Ran(
        files,
        place / "data/catalog.sqlite",
        code,
        (place / "told").read_text(errors="replace"),
        took_s,
        most,
        reasons(place / "data/catalog.sqlite"),
        good,
    )
    shutil.rmtree(place)


def test_there_are_enough_of_them(ran: Ran) -> None:
    assert len(ran.files) >= 150


def test_each_ends_indexed_or_refused(ran: Ran) -> None:
    known = in_catalog(ran.catalog)
    states = {path: known[os.fsencode(path)][0] for path in (*ran.files, ran.good)}
    assert set(states.values()) <= {"indexed", "failed", "excluded"}
    assert states[ran.good] == "indexed"


def test_every_refusal_is_a_sentence_with_a_remedy(ran: Ran) -> None:
    assert len(ran.reasons) > 50
    for reason in ran.reasons:
        check_sentence(BadInput(reason))


def test_the_program_ends_by_itself_and_tells_of_no_crash(ran: Ran) -> None:
    assert ran.code in (0, 1)
    for word in ("Traceback", "Segmentation", "Fatal Python error", "Warning:"):
        assert word not in ran.told


def test_memory_stays_under_the_cap(ran: Ran) -> None:
    assert 0 < ran.most_bytes < FAMILY_BYTES


def test_no_file_takes_longer_than_it_may(ran: Ran) -> None:
    # Two readers at once; if each had used up its limit it would have taken a thousand seconds.
    assert ran.took_s < 240


def test_nothing_was_written_outside(ran: Ran) -> None:
    assert not Path("/tmp/out.txt").exists()  # noqa: S108  # where one of them wants to write
    assert set(ran.good.parent.iterdir()) == {*ran.files, ran.good}
