"""What looks as it did, and is not, is read again."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from tests.library.desk import Desk, added, eventually, photo

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{}"/>
</rdf:RDF></x:xmpmeta>"""


def rating(desk: Desk) -> int | None:
    db = sqlite3.connect(desk.data / "catalog.sqlite")
    try:
        return db.execute("SELECT max(rating) FROM contents WHERE files > 0").fetchone()[0]
    finally:
        db.close()


def watched(desk: Desk, folder: Path) -> None:
    """From now on it is heard what becomes of the files in it."""
    added(desk, folder)
    photo(folder / "later.bmp", "green")
    eventually(lambda: desk.library.wait(30) and "later.bmp" in desk.find("green"))
    (folder / "later.bmp").unlink()
    eventually(lambda: desk.library.wait(30) and "later.bmp" not in desk.find("green"))


def test_what_is_written_with_its_size_and_time_kept_is_noticed(desk: Desk, folder: Path) -> None:
    file = photo(folder / "one.bmp", "red")
    blue = photo(folder.parent / "blue.bmp", "blue").read_bytes()
    watched(desk, folder)
    facts = file.stat()
    assert len(blue) == facts.st_size
    with file.open("r+b") as out:
        out.write(blue)
        out.flush()  # else the time is set before it is written
        os.utime(out.fileno(), ns=(facts.st_atime_ns, facts.st_mtime_ns))
    eventually(lambda: desk.library.wait(30) and desk.find("blue")[:1] == ["one.bmp"])
    assert file.stat().st_mtime_ns == facts.st_mtime_ns


def test_opening_a_file_for_writing_embeds_nothing(desk: Desk, folder: Path) -> None:
    file = photo(folder / "one.bmp", "red")
    watched(desk, folder)
    pieces = desk.engine.pieces
    with file.open("r+b"):
        pass
    photo(folder / "two.bmp", "blue")  # told of later, so the first was looked at with it
    eventually(lambda: desk.library.wait(30) and "two.bmp" in desk.find("blue"))
    assert desk.engine.pieces == pieces + 1
    assert rating(desk) is None


def test_stars_given_in_a_sidecar_count_when_it_changes_and_when_it_goes(
    desk: Desk, folder: Path
) -> None:
    photo(folder / "one.jpg", "red")
    added(desk, folder)
    assert rating(desk) is None
    sidecar = folder / "one.xmp"
    sidecar.write_text(XMP.format(3))
    eventually(lambda: rating(desk) == 3)
    sidecar.write_text(XMP.format(5))
    eventually(lambda: rating(desk) == 5)
    sidecar.unlink()
    eventually(lambda: desk.library.wait(30) and rating(desk) is None)
    assert desk.find("red") == ["one.jpg"]
