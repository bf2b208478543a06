"""Catalogs as released versions wrote them open, whole, in the present one.

`catalogs/version-N.sqlite.gz` is frozen: made once with the migrations 1 to N, never again.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
from pathlib import Path

import pytest

from nova_desktop.errors import NeedsUser
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.schema import MIGRATIONS
from nova_desktop.model import State

FROZEN = sorted((Path(__file__).parent / "catalogs").glob("version-*.sqlite.gz"))
VERSIONS = [int(file.name.split("-")[1].split(".")[0]) for file in FROZEN]
SPACE = "basic-usem3-512-p3"


def written_by(version: int, tmp_path: Path) -> Path:
    """A catalog that this version of the schema left behind."""
    file = tmp_path / "catalog.sqlite"
    file.write_bytes(gzip.decompress(FROZEN[VERSIONS.index(version)].read_bytes()))
    return file


def schema(file: Path) -> set[tuple[str, ...]]:
    db = sqlite3.connect(file)
    try:
        return set(db.execute("SELECT type, name, sql FROM sqlite_master").fetchall())
    finally:
        db.close()


def version_of(file: Path) -> int:
    db = sqlite3.connect(file)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    finally:
        db.close()


def test_every_schema_but_the_newest_is_frozen():
    assert set(VERSIONS) >= set(range(1, len(MIGRATIONS)))


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_that_was_known_is_lost(version, tmp_path):
    catalog = Catalog(written_by(version, tmp_path))
    try:
        by_path = {root.path: root for root in catalog.roots()}
        assert set(by_path) == {"/photos", "/media/old drive"}
        assert by_path["/media/old drive"].offline
        assert by_path["/media/old drive"].mounts == {"/media/old drive"}
        counts = catalog.counts()[by_path["/photos"].number]
        assert counts == {
            State.INDEXED: 2,
            State.FAILED: 1,
            State.WAITING: 1,
            State.EXCLUDED: 1,
        }
        modality, info = catalog.info("c" * 32)
        assert (modality, info.camera, info.taken_s) == ("image", "Canon EOS 5D", 1.5e9)
        assert (info.latitude, info.width) == (48.1, 4000)
        assert [str(it.path) for it in catalog.failures()] == ["/photos/broken.png"]
        odd = os.fsdecode(b"/media/old drive/caf\xe9 \xff.txt")
        assert [place.path for place in catalog.places(["e" * 32])["e" * 32]] == [odd]
        assert [name.content for name in catalog.named("beach", 10)] == ["c" * 32, "d" * 32]
        assert catalog.row_count(SPACE) == 3
        if version >= 3:
            spent = catalog.read("SELECT usd FROM spent")
            assert spent == [(0.00006,)]
            assert catalog.read("SELECT rule FROM rules") == [("cloud",)]
        if version >= 4:
            said = (
                ("SELECT name, text FROM searches", [("Sea", "the sea type:image")]),
                ("SELECT search, content FROM matches", [("Sea", "d" * 32)]),
                ("SELECT written FROM tags", [("Holiday",)]),
                ("SELECT label, said FROM labelled", [("boat", "no")]),
                ("SELECT one, other FROM apart", [("c" * 32, "d" * 32)]),
                ("SELECT schedule FROM folder_rules", [("22:00-06:30",)]),
                ("SELECT path FROM left_out", [(b"/photos/private",)]),
                ("SELECT machine, name FROM elsewhere", [("desk", "beach.jpg")]),
                ("SELECT clock, machine FROM mirrored", [(2, "desk")]),
            )
            for question, answer in said:
                assert catalog.read(question) == answer
        if version >= 5:
            assert catalog.read("SELECT content, way FROM sketches") == [("e" * 32, 1)]
            learned = [(SPACE,)] if version >= 9 else []  # what was before is learned anew
            assert catalog.read("SELECT space FROM backgrounds") == learned
        if version >= 8:
            assert catalog.read("SELECT frames FROM likenesses") == [(bytes(range(1, 9)),)]
    finally:
        catalog.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_it_ends_with_the_same_tables_as_a_new_one(version, tmp_path):
    old = written_by(version, tmp_path)
    Catalog(old).close()
    new = tmp_path / "new.sqlite"
    Catalog(new).close()
    assert schema(old) == schema(new)
    assert version_of(old) == len(MIGRATIONS)


@pytest.mark.parametrize("version", [v for v in VERSIONS if v < len(MIGRATIONS)])
def test_the_older_catalog_is_kept_beside_it(version, tmp_path):
    file = written_by(version, tmp_path)
    Catalog(file).close()
    Catalog(file).close()
    (kept,) = tmp_path.glob("catalog*.backup")
    assert kept.name == f"catalog-version-{version}.backup"
    assert version_of(kept) == version
    assert os.name != "posix" or kept.stat().st_mode & 0o777 == 0o600


def test_a_new_catalog_leaves_no_backup(tmp_path):
    Catalog(tmp_path / "catalog.sqlite").close()
    Catalog(tmp_path / "catalog.sqlite").close()
    assert list(tmp_path.glob("*.backup")) == []


def test_without_room_for_the_backup_nothing_is_migrated(tmp_path):
    file = written_by(1, tmp_path)
    (tmp_path / "catalog-version-1.backup.part").mkdir()  # in its way
    with pytest.raises(NeedsUser, match="backup"):
        Catalog(file)
    assert version_of(file) == 1


def test_a_migration_that_breaks_leaves_the_catalog_as_it_was(tmp_path, monkeypatch):
    file = written_by(1, tmp_path)
    broken = (MIGRATIONS[0], "\n".join((MIGRATIONS[1], "DROP TABLE nothing;")))
    monkeypatch.setattr("nova_desktop.library.schema.MIGRATIONS", broken)
    with pytest.raises(sqlite3.OperationalError):
        Catalog(file)
    monkeypatch.undo()
    assert version_of(file) == 1
    catalog = Catalog(file)
    assert catalog.row_count(SPACE) == 3
    catalog.close()
