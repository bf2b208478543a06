"""kill -9 in the middle of indexing, again and again: it starts again, and ends complete."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from PIL import Image

from nova_desktop.compose import parts
from nova_desktop.settings import Settings

KILLS = 10
QUICK = "ocr = false\nspeech = false\ntags = false\n"  # what is tested is the way, not the models


@pytest.fixture
def settings(tmp_path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text(QUICK)
    return file


def nova(settings: Path, *arguments: str | Path) -> list[str]:
    data = settings.parent / "data"
    program = [sys.executable, "-m", "nova_desktop", "--data", data, "--settings", settings]
    return list(map(str, [*program, *arguments]))


def test_ten_kills_leave_a_complete_index_without_duplicates(settings, tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    for n in range(150):
        Image.new("RGB", (16 + n, 16), (n, 80, 80)).save(folder / f"picture number {n}.png")
        (folder / f"note {n}.txt").write_text(f"This is what note {n} says.\n\n" * 30)
    chance = random.Random(7)
    temp = tmp_path / "temp"
    temp.mkdir()
    for _ in range(KILLS):
        child = subprocess.Popen(
            nova(settings, "index", folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(temp)},
        )
        time.sleep(chance.uniform(0.8, 3.0))  # from before the first row to the middle
        family = psutil.Process(child.pid).children(recursive=True)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        _, alive = psutil.wait_procs(family, timeout=5)
        assert not alive, "a child outlived the program"
        assert list(temp.iterdir()) == [], "it left something behind"
    done = subprocess.run(
        nova(settings, "index", folder), capture_output=True, text=True, timeout=120, check=True
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "Warning" not in done.stdout + done.stderr
    made = parts(tmp_path / "data", Settings(ocr=False, speech=False, tags=False))
    try:
        space = made.tools.engine.space
        rows = [
            (row.content, row.number)
            for content in made.store.contents(space)
            for row in made.store.rows(space, content, 1000)
        ]
        assert len(rows) == len(set(rows)) == made.store.count(space)
        assert len(made.store.contents(space)) == 300
        (counts,) = made.catalog.counts().values()
        assert counts == {"indexed": 300}
        assert made.catalog.row_count(space.name) == len(rows)
    finally:
        made.end()
        made.store.close()
        made.catalog.close()


def test_what_was_indexed_is_found_by_another_process(settings, tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "recipe.txt").write_text("Bread: flour, water, salt, and a lot of patience.")
    (folder / "letter.txt").write_text("Dear Ada, the train leaves at nine.")
    subprocess.run(nova(settings, "index", folder), check=True, capture_output=True)
    found = subprocess.run(
        nova(settings, "find", "how to bake bread", "--json"),
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(found.stdout)[0]["path"] == os.fspath(folder / "recipe.txt")
