"""The catalog: what is known of every file."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import psutil
import pytest

from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.compare import compare
from nova_desktop.library.plan import Plan, plan
from nova_desktop.library.rules import Rules
from nova_desktop.model import Info, Modality, Stamp, State
from nova_desktop.query import Filters

SPACE = "colour-1-3-p1"
ODD = os.fsdecode(b"/root/sub/caf\xe9\n\xf0\x9f\x90\xb1.jpg")  # Latin-1, a newline, a cat


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    made.add_root("/root")
    yield made
    made.close()


def see(catalog: Catalog, disk: dict[str, Stamp], under: str = "/root", **more) -> bool:
    number = catalog.roots()[0].number
    todo = plan(disk, catalog.stamps(number, under))
    facts = {"aside": {}, "companions": {}} | more
    return catalog.apply(number, under, todo, disk, facts["aside"], facts["companions"])


def index(catalog: Catalog, **contents: str) -> None:
    """Records every waiting file whose name (without ending) is given as holding that content."""
    for file in catalog.waiting(100):
        stem = Path(file.path).stem
        if stem in contents:
            content = contents[stem]
            catalog.record([(file, content)], SPACE, {content: (Modality.IMAGE, Info(), "", 1)})


def test_what_is_seen_waits_and_seeing_it_again_changes_nothing(catalog):
    disk = {"/root/a.jpg": Stamp(1, 2, 3), ODD: Stamp(4, 5, 6)}
    assert see(catalog, disk)
    assert {file.path: file.stamp for file in catalog.waiting(10)} == disk
    assert not see(catalog, disk)


def test_a_file_that_changed_while_it_was_read_is_not_recorded(catalog):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1)})
    (old,) = catalog.waiting(1)
    see(catalog, {"/root/a.jpg": Stamp(2, 2, 1)})
    catalog.record([(old, "c1")], SPACE, {"c1": (Modality.IMAGE, Info(), "", 1)})
    assert [file.stamp for file in catalog.waiting(1)] == [Stamp(2, 2, 1)]


def test_a_moved_file_keeps_its_content_and_is_found_by_its_new_name(catalog):
    see(catalog, {"/root/old name.jpg": Stamp(1, 2, 3)})
    index(catalog, **{"old name": "c1"})
    see(catalog, {"/root/sub/fresh.jpg": Stamp(1, 2, 3)})
    assert catalog.waiting(10) == []
    assert [place.path for place in catalog.places(["c1"])["c1"]] == ["/root/sub/fresh.jpg"]
    assert [(n.content, n.exact) for n in catalog.named("fresh", 5)] == [("c1", True)]
    assert catalog.named("old", 5) == []


def test_two_files_that_swap_names_are_both_right(catalog):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1), "/root/b.jpg": Stamp(2, 2, 2)})
    index(catalog, a="ca", b="cb")
    see(catalog, {"/root/a.jpg": Stamp(2, 2, 2), "/root/b.jpg": Stamp(1, 1, 1)})
    assert {file.path for file in catalog.waiting(10)} == {"/root/a.jpg", "/root/b.jpg"}


def test_looking_at_a_part_leaves_the_rest_alone(catalog):
    see(catalog, {"/root/a/x.jpg": Stamp(1, 1, 1), "/root/ab/y.jpg": Stamp(2, 2, 2)})
    see(catalog, {}, under="/root/a")
    assert [file.path for file in catalog.waiting(10)] == ["/root/ab/y.jpg"]


def test_counts_add_up_and_what_is_away_counts_as_offline(catalog):
    see(
        catalog,
        {f"/root/{n}.jpg": Stamp(n, n, n) for n in range(5)},
        aside={"/root/.git": (State.EXCLUDED, "Hidden"), "/root/no": (State.FAILED, "locked")},
    )
    index(catalog, **{"1": "c1"})
    (second,) = [file for file in catalog.waiting(5) if file.path == "/root/2.jpg"]
    catalog.settle(second, State.FAILED, "damaged")
    (root,) = catalog.roots()
    assert catalog.counts() == {
        root.number: {State.WAITING: 3, State.INDEXED: 1, State.FAILED: 2, State.EXCLUDED: 1}
    }
    catalog.set_offline(root.number, True)
    assert catalog.counts() == {root.number: {State.OFFLINE: 7}}
    assert catalog.waiting(10) == []


def test_a_retried_file_waits_again_and_one_that_could_not_be_listed_does_not(catalog):
    see(catalog, {"/root/a": Stamp(1, 1, 1)}, aside={"/root/no": (State.FAILED, "locked")})
    (file,) = catalog.waiting(1)
    catalog.settle(file, State.FAILED, "damaged")
    catalog.retry([])
    assert [file.path for file in catalog.waiting(10)] == ["/root/a"]
    assert [failure.reason for failure in catalog.failures()] == ["locked"]


def test_a_postponed_file_waits_until_it_is_due(catalog):
    see(catalog, {"/root/a": Stamp(1, 1, 1)})
    catalog.postpone("/root/a", "busy", 60.0)
    assert catalog.waiting(10) == []
    assert catalog.next_due_s() is not None


def test_a_store_that_lost_rows_gets_them_back_and_strays_are_named(catalog):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1), "/root/b.jpg": Stamp(2, 2, 2)})
    index(catalog, a="ca", b="cb")
    assert catalog.expect(SPACE, {"ca", "stray"}) == {"stray"}
    assert [file.path for file in catalog.waiting(10)] == ["/root/b.jpg"]


def test_another_space_indexes_everything_again(catalog):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1)})
    index(catalog, a="ca")
    catalog.expect("another-space", set())
    assert len(catalog.waiting(10)) == 1


def test_a_removed_folder_takes_its_files_and_gives_back_what_nobody_holds(catalog):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1)})
    index(catalog, a="ca")
    assert catalog.remove_root("/root") == {"ca"}
    assert catalog.roots() == []
    assert catalog.named("a", 5) == []


def test_a_folder_above_watched_ones_takes_them_over(catalog):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1)})
    catalog.add_root("/")
    assert [root.path for root in catalog.roots()] == ["/"]
    assert [file.path for file in catalog.waiting(5)] == ["/root/a.jpg"]


def test_a_content_that_lost_its_file_is_kept_for_a_while(catalog, monkeypatch):
    see(catalog, {"/root/a.jpg": Stamp(1, 1, 1)})
    index(catalog, a="ca")
    see(catalog, {})
    assert catalog.forget_orphans() == set()
    assert catalog.has("ca", SPACE)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert catalog.forget_orphans() == {"ca"}


def test_subtitles_are_shown_as_their_video(catalog):
    disk = {"/root/film.mp4": Stamp(1, 1, 1), "/root/film.srt": Stamp(2, 2, 2)}
    pairs = {"/root/film.srt": ("/root/film.mp4", "subtitles")}
    see(catalog, disk, companions=pairs)
    assert not see(catalog, disk, companions=pairs)
    (srt,) = [file for file in catalog.waiting(5) if file.companion_kind]
    catalog.record([(srt, "words")], SPACE, {"words": (Modality.TEXT, Info(), "", 1)})
    assert [place.shown for place in catalog.places(["words"])["words"]] == ["/root/film.mp4"]


def test_any_text_may_be_asked_of_names(catalog):
    see(catalog, {"/root/Grüße aus Köln.jpg": Stamp(1, 1, 1)})
    index(catalog, **{"Grüße aus Köln": "c"})
    assert [(n.content, n.exact) for n in catalog.named("koln", 5)] == [("c", False)]
    assert [n.exact for n in catalog.named("grüße aus köln", 5)] == [True]
    for text in ('"', "* OR NOT (", "NEAR(a b)", "", "-", "a:b^2"):
        assert catalog.named(text, 5) == []


def test_folders_and_names_narrow_what_may_answer(catalog):
    see(catalog, {"/root/a/X.jpg": Stamp(1, 1, 1), "/root/ab/x.jpg": Stamp(2, 2, 2)})
    for file, content in zip(sorted(catalog.waiting(5), key=lambda f: f.path), "pq", strict=True):
        catalog.record([(file, content)], SPACE, {content: (Modality.IMAGE, Info(), "", 1)})
    assert catalog.passing(Filters(folders=(Path("/root/a"),))) == {"p"}
    assert catalog.passing(Filters(name="x.J")) == {"p", "q"}


def test_readers_never_wait_for_the_writer(catalog):
    see(catalog, {"/root/a": Stamp(1, 1, 1)})
    seen = []
    with catalog.write() as db:
        db.execute("UPDATE files SET state = 'failed'")
        thread = threading.Thread(target=lambda: seen.append(len(catalog.waiting(5))))
        thread.start()
        thread.join(5)
    assert seen == [1]


def test_a_catalog_of_a_newer_program_is_refused_with_the_remedy(tmp_path):
    file = tmp_path / "catalog.sqlite"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    with pytest.raises(NeedsUser, match="newer Nova Desktop"):
        Catalog(file)


def test_a_damaged_catalog_is_named(tmp_path):
    (tmp_path / "catalog.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(NeedsUser, match="damaged"):
        Catalog(tmp_path / "catalog.sqlite")


def test_what_is_asked_for_each_file_does_not_go_through_all_of_them(catalog):
    asked = []
    real = catalog.read

    def read(sql, values=()):
        asked.append((sql, values))
        return real(sql, values)

    catalog.read = read
    see(catalog, {"/root/a.mov": Stamp(1, 1, 1)}, under="/root/a.mov")
    catalog.apply(1, "/root/a.mov", Plan(), {}, {}, {}, ["/root/b.mov"])
    catalog.stamps(1, "/root/a.mov")
    catalog.waiting(5)
    catalog.waiting_count()
    catalog.next_due_s()
    catalog.failures()
    catalog.places(["c1"])
    catalog.has("c1", SPACE)
    catalog.info("c1")
    catalog.content_of("/root/a.mov")
    steps = [
        (step, sql)
        for sql, values in asked
        for *_, step in real(f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    through_all = ("SCAN files", "SCAN contents", "SCAN indexed")
    assert [one for one in steps if one[0].startswith(through_all)] == []
    of_a_folder = "files_by_state (folder=?)"  # all of a folder, where a path was asked for
    assert [one for one in steps if of_a_folder in one[0]] == []


def test_a_thousand_threads_do_not_leave_a_thousand_open_files(catalog):
    before = len(psutil.Process().open_files())
    for _ in range(100):
        thread = threading.Thread(target=catalog.roots)
        thread.start()
        thread.join()
    assert len(psutil.Process().open_files()) <= before + 3


def test_a_disk_that_is_full_in_the_middle_of_a_change_leaves_it_out_and_goes_on(catalog):
    pages = catalog._db.execute("PRAGMA page_count").fetchone()[0]
    catalog._db.execute(f"PRAGMA max_page_count = {pages + 5}")
    many = {f"/root/{n:05}.jpg": Stamp(n, n, n) for n in range(5000)}
    with pytest.raises(NeedsUser, match="full"):
        see(catalog, many)
    assert catalog.waiting_count() == 0
    catalog._db.execute("PRAGMA max_page_count = 1000000")
    see(catalog, many)
    assert catalog.waiting_count() == 5000


def test_the_files_of_the_catalog_are_the_users_alone(tmp_path):
    catalog = Catalog(tmp_path / "catalog.sqlite")
    catalog.add_root("/root")
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    catalog.close()
    assert set(modes.values()) == {0o600}
    assert "catalog.sqlite-wal" in modes


def test_a_closed_catalog_says_so(tmp_path):
    catalog = Catalog(tmp_path / "catalog.sqlite")
    catalog.close()
    with pytest.raises(TryLater, match="closing"):
        catalog.roots()


def test_a_file_that_was_written_over_is_not_ended_by_what_was_read_before(catalog):
    see(catalog, {"/root/a": Stamp(1, 1, 1)})
    (old,) = catalog.waiting(1)
    see(catalog, {"/root/a": Stamp(2, 2, 1)})
    catalog.settle(old, State.FAILED, "damaged")
    assert [file.stamp for file in catalog.waiting(1)] == [Stamp(2, 2, 1)]


def test_what_belongs_to_a_file_follows_when_that_alone_is_looked_at(catalog, tmp_path):
    rules = Rules.of([])
    root = str(tmp_path)
    catalog.add_root(root)
    (tmp_path / "film.en.srt").write_text("words")

    def look(name: str) -> str:
        compare(catalog, rules, root, str(tmp_path / name))
        (words,) = [file for file in catalog.waiting(5) if file.path.endswith(".srt")]
        return words.companion_of

    assert look("film.en.srt") == ""
    (tmp_path / "film.mp4").write_bytes(b"film")
    assert look("film.mp4") == str(tmp_path / "film.mp4")
    (tmp_path / "film.mp4").unlink()
    assert look("film.mp4") == ""


def test_companions_in_a_folder_that_can_not_be_listed_stay_what_they_are(catalog):
    pairs = {"/root/in/a.srt": ("/root/in/a.mp4", "subtitles")}
    disk = {"/root/in/a.srt": Stamp(1, 1, 1), "/root/in/a.mp4": Stamp(2, 2, 2)}
    see(catalog, disk, companions=pairs)
    aside = {"/root/in": (State.FAILED, "no permission")}
    todo = plan({}, catalog.stamps(1, "/root"), ["/root/in"])
    catalog.apply(1, "/root", todo, {}, aside, {})
    (words,) = [file for file in catalog.waiting(5) if file.path.endswith(".srt")]
    assert words.companion_of == "/root/in/a.mp4"
