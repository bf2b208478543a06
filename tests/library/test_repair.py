"""What can be read of a damaged catalog is saved, and what was lost is read anew from the disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from nova_desktop.errors import NeedsUser
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.repair import damage, salvage
from nova_desktop.model import State
from tests.library.desk import added, photo

PAGE = 4096


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Of 3,000 files, each with its content, and some things that were paid for."""
    file = tmp_path / "catalog.sqlite"
    Catalog(file).close()
    db = sqlite3.connect(file)
    db.execute("INSERT INTO folders (id, path) VALUES (1, ?)", [b"/photos"])
    for n in range(3000):
        db.execute(
            "INSERT INTO files (folder, path, size, mtime_ns, file_id, state, content) "
            "VALUES (1, ?, 1, 1, ?, 'indexed', ?)",
            [f"/photos/{n:04} of the sea.jpg".encode(), n, f"{n:032}"],
        )
        db.execute(
            "INSERT INTO contents (content, modality, info) VALUES (?, 'image', ?)",
            [f"{n:032}", '{"camera": "Canon"}'],
        )
        db.execute("INSERT INTO indexed VALUES (?, 'a space', 1)", [f"{n:032}"])
        db.execute(
            "INSERT INTO spent (at_s, answered, run, engine, model, region, kind, images, seconds, "
            "bytes, usd) VALUES (?, 1, '', '', '', '', 'image', 1, 0, 0, 0.01)",
            [float(n)],
        )
    db.commit()
    db.execute("VACUUM")
    db.close()
    return file


def spoil(file: Path, share: float, pages: int = 6) -> None:
    """Writes noise over some pages."""
    with file.open("r+b") as out:
        at = int(file.stat().st_size // PAGE * share) * PAGE
        out.seek(at)
        out.write(b"\xa5" * PAGE * pages)


def rows(file: Path, table: str) -> int:
    db = sqlite3.connect(file)
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # of ours
    finally:
        db.close()


def test_a_sound_catalog_is_not_called_damaged(catalog: Path, tmp_path: Path) -> None:
    assert damage(catalog) == ""
    assert damage(tmp_path / "none") == ""


def test_of_a_sound_catalog_everything_is_saved(catalog: Path, tmp_path: Path) -> None:
    made = salvage(catalog, tmp_path / "new.sqlite")
    assert made.torn == ()
    for table in ("folders", "files", "contents", "indexed", "spent"):
        assert rows(tmp_path / "new.sqlite", table) == rows(catalog, table)
    opened = Catalog(tmp_path / "new.sqlite")
    assert [found.content for found in opened.named("0007", 5)] == [f"{7:032}"]
    opened.close()


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.85])
def test_most_is_saved_of_a_damaged_one_and_the_tables_agree(
    catalog: Path, tmp_path: Path, share: float
) -> None:
    spoil(catalog, share)
    assert damage(catalog)
    before = catalog.read_bytes()
    new = tmp_path / "new.sqlite"
    made = salvage(catalog, new)
    assert catalog.read_bytes() == before
    assert damage(new) == ""
    assert made.rows["files"] + made.rows["contents"] + made.rows["spent"] > 0.5 * 9000
    opened = Catalog(new)
    counts = opened.counts()[1]
    assert sum(counts.values()) == rows(new, "files")
    lost = opened.read(
        "SELECT count(*) FROM files WHERE state = 'indexed' AND content NOT IN "
        "(SELECT content FROM contents)"
    )
    assert lost == [(0,)]
    assert opened.read("PRAGMA foreign_key_check") == []
    opened.close()


def test_what_is_no_catalog_gives_an_empty_one(tmp_path: Path) -> None:
    broken, new = tmp_path / "catalog.sqlite", tmp_path / "new.sqlite"
    broken.write_bytes(b"no database at all" * 1000)
    assert damage(broken)
    made = salvage(broken, new)
    assert "files" in made.torn
    assert rows(new, "files") == 0


def test_after_a_repair_the_index_is_true_again(desk, folder, tmp_path: Path) -> None:
    for colour in ("red", "green", "blue"):
        photo(folder / f"{colour}.png", colour)
    added(desk, folder)
    desk.library.close()
    file = desk.data / "catalog.sqlite"
    with file.open("r+b") as out:
        out.seek(PAGE)
        out.write(b"\xa5" * PAGE * 3)
    with pytest.raises(NeedsUser, match="--repair"):
        desk.open().status()
    new = tmp_path / "new.sqlite"
    salvage(file, new)
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    new.replace(file)
    added(desk, folder) if desk.open() else None
    assert desk.counts() == {State.INDEXED: 3}
    assert desk.find("blue") == ["blue.png"]
