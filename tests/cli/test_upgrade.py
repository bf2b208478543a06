"""A newer program takes over what an older one left; an older one leaves a newer one's alone."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nova_desktop.cli import main as cli
from nova_desktop.cli.terminal import Terminal
from nova_desktop.here import Here
from nova_desktop.library.schema import MIGRATIONS
from nova_desktop.settings import FORMAT, Settings, load, save
from tests.library.test_migrations import VERSIONS, written_by

QUICK = "ocr = false\ntags = false\nspeech = false\n"
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """(code, answer, what was said) of the real program on tmp_path/data."""

    def typed(*argv: str, settings: str = QUICK) -> tuple[int, Any, str]:
        file = tmp_path / "settings.toml"
        file.write_text(settings)
        out, err = io.StringIO(), io.StringIO()
        places = ("--data", str(tmp_path / "data"), "--settings", str(file))
        code = cli.main([*argv, *places, "--json"], Here, Terminal(out, err))
        return code, json.loads(out.getvalue() or "null"), err.getvalue()

    (tmp_path / "data").mkdir()
    return typed


@pytest.mark.parametrize("version", VERSIONS)
def test_the_program_takes_over_a_catalog_of_every_earlier_schema(
    run: Run, tmp_path: Path, version: int
) -> None:
    db = sqlite3.connect(written_by(version, tmp_path / "data"))
    (folders,) = db.execute("SELECT count(*) FROM folders").fetchone()
    db.close()
    code, status, said = run("status")
    assert code == 0, said
    assert len(status["folders"]) == folders
    db = sqlite3.connect(tmp_path / "data" / "catalog.sqlite")
    assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    db.close()


def test_a_library_of_a_newer_program_is_refused_and_left_as_it_is(
    run: Run, tmp_path: Path
) -> None:
    catalog = tmp_path / "data" / "catalog.sqlite"
    db = sqlite3.connect(catalog)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.execute("CREATE TABLE folders (path TEXT, color TEXT)")
    before = list(db.iterdump())
    db.close()
    for command in (["status"], ["find", "x"], ["doctor"]):
        code, told, said = run(*command)
        assert code == 5
        assert "newer Nova Desktop. Update the program" in said
        assert told["error"]["kind"] == "NeedsUser"
    db = sqlite3.connect(catalog)
    assert list(db.iterdump()) == before
    assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    db.close()


def test_settings_of_a_newer_program_are_refused_and_left_as_they_are(
    run: Run, tmp_path: Path
) -> None:
    newer = f"format = {FORMAT + 1}\nsomething = 1\n"
    code, _, said = run("status", settings=newer)
    assert code == 3
    assert "newer Nova Desktop. Update the program" in said
    assert (tmp_path / "settings.toml").read_text() == newer


def test_settings_without_a_format_are_those_of_the_first(run: Run, tmp_path: Path) -> None:
    assert run("failures")[0] == 0
    file = tmp_path / "written.toml"
    save(Settings(readers=3), file)
    assert file.read_text().startswith(f"format = {FORMAT}\n")
    assert load(file) == Settings(readers=3)


@pytest.mark.parametrize("wrong", ["0", "-1", '"1"', "true", "1.5"])
def test_a_format_that_is_none_is_named(run: Run, wrong: str) -> None:
    code, _, said = run("failures", settings=f"format = {wrong}\n")
    assert code == 3
    assert "format must be a whole number" in said
