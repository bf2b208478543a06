"""A damaged index says so, and `doctor --repair` makes it true again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

QUICK = "ocr = false\nspeech = false\ntags = false\n"
SAYINGS = {"bread": "Bread needs flour and patience.", "boat": "The boat leaves at nine."}


class Place:
    """A small library on disk, and the program."""

    def __init__(self, top: Path) -> None:
        self.data, self.settings, self.notes = top / "data", top / "s.toml", top / "notes"
        self.settings.write_text(QUICK)
        self.notes.mkdir()
        for name, text in SAYINGS.items():
            (self.notes / f"{name}.txt").write_text(text)
        assert self.nova("index", self.notes).returncode == 0

    def nova(self, *typed: str | Path) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "nova_desktop", "--data", self.data]
        return subprocess.run(
            list(map(str, [*program, "--settings", self.settings, *typed])),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def found(self, text: str) -> list[str]:
        return [
            Path(hit["path"]).stem for hit in json.loads(self.nova("find", text, "--json").stdout)
        ]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def mended(place: Place) -> str:
    """What repairing says; after it everything is found again."""
    done = place.nova("doctor", "--repair")
    assert "Traceback" not in done.stderr
    assert place.nova("index", place.notes).returncode == 0
    assert place.found("how to bake")[0] == "bread"
    assert place.found("when does the ship sail")[0] == "boat"
    return done.stdout


def test_a_sound_index_needs_no_repair(place: Place) -> None:
    said = mended(place)
    assert "damaged" not in said
    assert not list(place.data.glob("before-restore-*"))


def test_a_damaged_catalog_is_saved(place: Place) -> None:
    catalog = place.data / "catalog.sqlite"
    catalog.write_bytes(catalog.read_bytes()[:4096] + b"\xa5" * 40_000)
    refused = place.nova("status")
    assert refused.returncode != 0
    assert "doctor --repair" in refused.stderr
    assert "The catalog was damaged" in mended(place)
    assert len(list(place.data.glob("before-restore-*/catalog.sqlite"))) == 1


def test_damaged_vectors_are_put_aside_and_made_again(place: Place) -> None:
    for file in (place.data / "vectors").rglob("*.manifest"):
        file.write_bytes(b"\xa5" * 100)
    refused = place.nova("find", "bread")
    assert refused.returncode != 0
    assert "doctor --repair" in refused.stderr
    assert "The vectors of basic" in mended(place)
    assert len(list(place.data.glob("before-restore-*/*.lance"))) == 1


def test_a_part_of_the_vectors_that_is_damaged_is_found_and_made_again(place: Place) -> None:
    rows = next((place.data / "vectors").glob("*.lance/data/*.lance"))
    rows.write_bytes(rows.read_bytes()[:-1000])
    refused = place.nova("find", "how to bake")
    assert refused.returncode != 0
    assert "doctor --repair" in refused.stderr
    assert "bug" not in refused.stderr
    told = place.nova("doctor")
    assert told.returncode != 0
    assert "doctor --repair" in told.stdout
    said = mended(place)
    assert "The vectors of basic" in said
    assert "2 others are indexed again" in said
