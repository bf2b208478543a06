"""Machines that share a library: what one has is known to all, and nothing is lost or doubled."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.library import mirror_compared, mirror_pull
from nova_desktop.model import Info, Modality, RowFilter, Space
from nova_desktop.spending import Rule
from nova_desktop.sync import Differences, Direction
from tests.library.buckets import SPACE, MemoryBucket, OneMachine, rows_of


@pytest.fixture
def bucket():
    return MemoryBucket()


@pytest.fixture
def machine(tmp_path, bucket):
    made = []

    def new(name="one", **how):
        made.append(OneMachine(tmp_path / name, bucket, name, **how))
        return made[-1]

    yield new
    for one in made:
        one.catalog.close()


def test_what_one_machine_pushes_another_one_finds(machine, bucket):
    one, two = machine("one"), machine("two")
    for number in range(5):
        one.hold(f"c{number}", rows=3)
    run = one.sync(Direction.PUSH)
    assert (run.done.push, run.done.push_rows, run.error) == (5, 15, "")
    two.sync(Direction.PULL)
    assert two.said() == one.said()
    assert two.catalog.info("c1") == one.catalog.info("c1")
    assert two.mirror.state().elsewhere == 5
    assert two.mirror.state().machines == ("one",)
    assert len(bucket.rows()) == 15


def test_a_second_sync_without_a_change_lists_once_and_puts_nothing(machine, bucket):
    one, two = machine("one"), machine("two")
    for number in range(40):
        one.hold(f"c{number:02}", rows=2)
    one.sync()
    two.sync()
    for same in (one, two):
        bucket.calls.clear()
        run = same.sync()
        assert run.done == Differences()
        assert [operation for operation, _ in bucket.calls] == ["keys"]


def test_only_what_has_changed_is_pushed_again(machine, bucket):
    one, two = machine("one"), machine("two")
    for number in range(10):
        one.hold(f"c{number}", rows=2)
    one.sync()
    two.sync()
    one.hold("c3", rows=4, seed=1)  # indexed again, with other rows
    one.hold("c4", rows=2)  # indexed again, with the same rows
    assert one.sync().done.push == 1
    assert two.sync().done.pull == 1
    assert two.said() == one.said()
    assert len(bucket.rows()) == 22
    assert all(len(keys) == 1 for keys in bucket.rows().values())


def test_what_both_machines_hold_is_pushed_once(machine, bucket):
    one, two = machine("one"), machine("two")
    for here in (one, two):
        here.hold("same", rows=2)
    one.sync()
    bucket.calls.clear()
    assert two.sync().done == Differences()
    assert bucket.count("put") == 0
    # ... and what they read differently is agreed on at once, not by turns for ever.
    one.hold("other", seed=1)
    two.hold("other", seed=2)
    one.sync()
    two.sync()
    assert one.sync().done == two.sync().done == Differences()
    assert one.said() == two.said()


def test_a_file_that_is_deleted_is_taken_away_for_all_that_do_not_hold_it(machine, bucket):
    one, two, three = machine("one"), machine("two"), machine("three")
    one.hold("a")
    one.hold("b")
    two.hold("a")  # its drive may be away: it is held all the same
    one.sync()
    two.sync()
    three.sync()
    one.lose("a")
    one.lose("b")
    assert one.sync().done.delete == 2
    assert bucket.contents() == set()
    two.sync()
    assert two.contents() == {"a"}  # and it is shared again, as it is held there
    three.sync()
    one.sync()
    assert bucket.contents() == {"a"} == one.contents() == three.contents()
    assert one.mirror.state().elsewhere == 1


@pytest.mark.parametrize("cleaner", ["one", "two", "three"])
def test_what_two_machines_push_at_once_any_machine_makes_one_of(machine, bucket, cleaner):
    """Those two may never sync again."""
    machines = {name: machine(name) for name in ("one", "two", "three")}
    one, two = machines["one"], machines["two"]
    one.hold("a", rows=3, seed=1)
    two.hold("a", rows=3, seed=2)

    def meanwhile(operation, index):
        if operation == "put" and "journal" in index:
            bucket.before = lambda *_: None
            two.sync(Direction.PUSH)

    bucket.before = meanwhile
    one.sync(Direction.PUSH)
    assert [len(keys) for keys in bucket.rows().values()] == [2, 2, 2]
    machines[cleaner].sync()
    assert [len(keys) for keys in bucket.rows().values()] == [1, 1, 1]
    bucket.calls.clear()
    machines[cleaner].sync()
    assert [operation for operation, _ in bucket.calls] == ["keys"]


def test_a_machine_that_has_lost_its_library_takes_nothing_away(machine, bucket):
    one, two = machine("one"), machine("two")
    one.hold("a", rows=3)
    two.hold("b", rows=3)
    one.sync()
    two.sync()
    one.store.forget(["a"])  # a damaged store
    with one.catalog.write() as db:
        db.execute("DELETE FROM indexed WHERE content = 'a'")
    assert one.sync().done.pull == 2
    new = machine("new")  # all was erased, or it is another computer
    new.sync()
    assert new.said() == one.said() == two.said()
    assert bucket.contents() == {"a", "b"}


def test_what_is_known_of_another_machine_stays_when_the_file_here_is_deleted(machine, bucket):
    one, two = machine("one"), machine("two")
    one.hold("a")
    two.hold("a")
    one.sync()
    two.sync()
    two.lose("a")
    assert two.contents() == {"a"}
    assert two.sync().done == Differences()
    assert bucket.contents() == {"a"}


def test_what_was_read_otherwise_here_is_as_there_once_the_file_here_is_deleted(machine):
    one, two = machine("one"), machine("two")
    one.hold("a")
    one.sync()
    two.sync()
    two.hold("a", seed=1)
    two.lose("a")
    assert two.sync().done.pull == 1
    assert two.said() == one.said()
    assert two.sync().done == Differences()


def test_a_folder_that_is_for_this_device_only_is_never_pushed(machine, bucket):
    one = machine("one")
    one.hold("open")
    one.hold("secret", under="private/")
    one.hold("shared", under="private/shown/")
    one.mark("private", Rule.DEVICE)
    one.mark("private/shown", Rule.CLOUD)
    one.sync()
    assert bucket.contents() == {"open", "shared"}
    assert one.mirror.state().kept_back == 1
    one.mark("", Rule.DEVICE)  # later, too: then it is taken away again, and stays here
    assert one.sync().done.delete == 1
    assert bucket.contents() == {"shared"}
    assert one.contents() == {"open", "secret", "shared"}
    assert one.sync().done == Differences()


def test_names_and_pictures_leave_the_device_only_where_that_is_chosen(machine, bucket):
    machine("one").hold("a")
    private = machine("two")
    private.hold("a")
    private.sync()
    (kept,) = [k for index, there in bucket.lying.items() if "journal" not in index
               for k in there.values()]  # fmt: skip
    assert "a.mp4" not in str(kept)
    assert "words" not in kept.metadata["words"]  # those of a file's name
    assert "/two" not in str(bucket.lying)
    shown = machine("three", named=True, thumbnails=True)
    shown.hold("b")
    shown.sync()
    reader = machine("four")
    reader.sync()
    named = reader.catalog.read("SELECT content, name, thumbnail FROM elsewhere ORDER BY content")
    assert named == [("a", "", b""), ("b", "/three/b.mp4", b"picture of b")]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(machine, bucket):
    one, two = machine("one"), machine("two")
    one.hold("a", rows=3)
    run = one.sync(dry=True)
    assert run.dry
    assert (run.done.push, run.done.push_rows) == (1, 3)
    assert run.done.usd > 0
    assert bucket.lying == {}
    one.sync()
    assert two.sync(dry=True).done.pull == 1
    assert two.contents() == set()
    assert two.mirror.state().differences.pull == 1


def test_each_direction_changes_its_side_alone(machine, bucket):
    one, two = machine("one"), machine("two")
    one.hold("a")
    two.hold("b")
    one.sync()
    two.sync(Direction.PUSH)
    assert two.contents() == {"b"}
    assert two.mirror.state().differences.pull == 1
    two.hold("c")
    two.sync(Direction.PULL)
    assert two.contents() == {"a", "b", "c"}
    assert bucket.contents() == {"a", "b"}


def test_what_was_put_counts_when_a_sync_is_stopped(machine, bucket):
    one, two = machine("one"), machine("two")
    for number in range(40):
        one.hold(f"c{number:02}", rows=100)

    def stop(operation, index):
        rows = "journal" not in index
        if operation == "put" and rows and bucket.count("put") == 4:
            one.mirror.stop()

    bucket.before = stop
    with pytest.raises(TryLater):
        one.sync()
    bucket.before = lambda *_: None
    assert one.mirror.state().last.error == "Stopped."
    two.sync()
    assert 15 <= len(two.contents()) < 40
    before = len(two.contents())
    assert one.sync().done.push == 40 - before
    two.sync()
    assert two.said() == one.said()
    assert all(len(keys) == 1 for keys in bucket.rows().values())


def test_a_request_that_fails_in_the_middle_loses_and_doubles_nothing(machine, bucket):
    for failing in range(2, 14):
        one, two = machine(f"one {failing}"), machine(f"two {failing}")
        bucket.lying.clear()
        two.hold("theirs", rows=2)
        two.sync()
        for number in range(12):
            one.hold(f"c{number:02}", rows=100)

        def fail(*_, failing=failing):
            if len(bucket.calls) == failing:
                raise NeedsUser("Sign in again.")

        bucket.calls.clear()
        bucket.before = fail
        with pytest.raises(NeedsUser):
            sync_until_it_fails(one, bucket)
        bucket.before = lambda *_: None
        one.sync()
        two.sync()
        one.sync()
        assert one.said() == two.said()
        assert len(one.contents()) == 13
        assert all(len(keys) == 1 for keys in bucket.rows().values())
        assert bucket.contents() == one.contents()


def sync_until_it_fails(one, bucket):
    while True:
        one.hold("c00", rows=100, seed=len(bucket.calls))
        one.sync()


def test_what_is_refused_costs_its_neighbours_nothing(machine, bucket):
    one = machine("one")
    for content in ("a", "bad", "c"):
        one.hold(content)
    taken = bucket.put

    def put(index, kept):
        if any(one.metadata.get("content") == "bad" for one in kept):
            raise BadInput("Its metadata is too large.")
        taken(index, kept)

    bucket.put = put
    run = one.sync()
    assert run.skipped == 1
    assert bucket.contents() == {"a", "c"}


def test_what_was_erased_is_pushed_again_only_when_that_is_said(machine, bucket):
    one, two = machine("one"), machine("two")
    one.hold("a")
    one.sync()
    two.sync()
    erased = two.mirror.erase()
    assert (erased.indexes, erased.vectors, erased.left, erased.bucket) == (2, 2, 0, True)
    assert bucket.lying == {}
    assert two.contents() == {"a"}
    with pytest.raises(NeedsUser, match="push --again"):
        one.sync()
    assert bucket.lying == {}
    assert one.sync(again=True).done.push == 1
    assert bucket.contents() == {"a"}


def test_a_long_journal_is_written_anew_and_says_the_same(machine, bucket, monkeypatch):
    monkeypatch.setattr("nova_desktop.library.mirror_push.ENTRIES", 5)
    one = machine("one")
    for number in range(12):
        one.hold(f"c{number:02}")
        one.sync()
    one.lose("c03")
    one.sync()
    assert len(bucket.lying["nova.journal"]) <= 6
    two = machine("two")
    two.sync()
    assert two.said() == one.said()
    assert one.sync().done == two.sync().done == Differences()


def test_a_restore_brings_back_what_changed_here(machine, bucket):
    one = machine("one")
    one.hold("a", rows=2)
    one.sync()
    before = one.said()
    one.hold("a", rows=2, seed=9)
    one.hold("b")
    run = one.sync(Direction.RESTORE)
    assert run.done.pull == 1
    assert one.said()["a"] == before["a"]
    assert bucket.contents() == {"a"}  # nothing is pushed by it


def test_money_is_written_down_and_kept_below_its_limit(machine):
    one = machine("one")
    one.hold("a")
    one.mirror.sharing.meter.asked("PutVectors", 1, 1_000_000_000)
    assert one.ledger.spent().by_kind == (("vectors put", pytest.approx(0.2)),)
    one.mirror.sharing.meter.asked("QueryVectors", 1, 0)
    assert dict(one.ledger.spent().by_kind)["vectors query"] == pytest.approx(2.5e-6)


def test_a_sync_takes_no_more_of_the_line_than_is_chosen(machine):
    meter = machine("one").meter
    meter.most_bytes_s = 1_000_000
    began = time.monotonic()
    for _ in range(4):
        meter.asked("PutVectors", 100_000, 100_000)
    meter.wait(1)
    assert 0.38 < time.monotonic() - began < 5
    meter.stop.set()
    with pytest.raises(Stopped):
        meter.wait(1_000_000)


def test_another_bucket_begins_anew(machine, bucket, tmp_path):
    one = machine("one")
    one.hold("a")
    one.sync()
    other = MemoryBucket()
    other.place = "s3vectors://another, nowhere"
    one.catalog.close()
    again = OneMachine(tmp_path / "one", other, "one")
    again.store.put(SPACE, one.store.rows(SPACE, "a", 10))
    assert again.sync().done.push == 1
    assert other.contents() == {"a"} == bucket.contents()
    again.catalog.close()


def test_a_large_library_is_compared_part_by_part(machine, bucket, monkeypatch):
    monkeypatch.setattr("nova_desktop.library.mirror_look.PAGE", 3)
    one, two = machine("one"), machine("two")
    for number in range(0, 256, 15):
        one.hold(f"{number:02x}{'a' * 30}")
    one.sync()
    two.sync()
    assert two.said() == one.said()
    assert len(bucket.contents()) == len(range(0, 256, 15))
    assert one.sync().done == two.sync().done == Differences()


def test_of_a_library_of_any_size_a_few_rows_are_in_memory_at_once(machine, bucket, monkeypatch):
    """Rows that were read and not yet put, and rows that came and were not yet stored."""
    monkeypatch.setattr("nova_desktop.library.mirror_push.MOST_ROWS", 100)
    monkeypatch.setattr("nova_desktop.library.mirror_pull.MOST_ROWS", 100)
    monkeypatch.setattr("nova_desktop.library.mirror_push.PUT_ROWS", 20)
    monkeypatch.setattr("nova_desktop.library.mirror_pull.GET_ROWS", 20)
    monkeypatch.setattr("nova_desktop.library.mirror_look.PAGE", 7)
    one, two, held = machine("one"), machine("two"), Held()
    for number in range(60):
        one.hold(f"{number * 37 % 60:02}", rows=9)
    one.store.rows_of = held.more(one.store.rows_of)
    monkeypatch.setattr(bucket, "put", held.fewer(bucket.put))
    one.sync(Direction.PUSH)
    assert 40 < held.most <= 100
    held.now = held.most = 0
    monkeypatch.setattr(bucket, "get", held.more(bucket.get))
    two.store.put = held.fewer(two.store.put)
    two.sync(Direction.RESTORE)
    assert 40 < held.most <= 100
    assert two.said() == one.said()


class Held:
    """Counts rows that functions give, and that others take again."""

    def __init__(self):
        self.now = self.most = 0
        self.lock = threading.Lock()

    def counted(self, rows):
        with self.lock:
            self.now += rows
            self.most = max(self.most, self.now)

    def more(self, given):
        def call(index, *of, **how):
            rows = given(index, *of, **how)
            self.counted(0 if "journal" in str(index) else len(rows))
            return rows

        return call

    def fewer(self, taken):
        def call(index, rows):
            time.sleep(0.003)  # slower than what gives them, as it is
            taken(index, rows)
            self.counted(0 if "journal" in str(index) else -len(rows))

        return call


def test_a_content_of_more_rows_than_are_held_at_once_is_shared_whole(machine, monkeypatch):
    monkeypatch.setattr("nova_desktop.library.mirror_push.MOST_ROWS", 10)
    monkeypatch.setattr("nova_desktop.library.mirror_pull.MOST_ROWS", 10)
    one, two = machine("one"), machine("two")
    for content, rows in (("a", 2), ("long", 700), ("z", 2)):
        one.hold(content, rows=rows)
    one.sync()
    two.sync()
    assert two.said() == one.said()


def test_contents_are_compared_a_page_at_a_time_and_each_is_on_one_page(machine):
    one, two = machine("one"), machine("two")
    for number in range(20):
        one.hold(f"{number:02}")
    two.hold("025")
    one.sync()
    two.mirror.sync(Direction.PUSH)
    pages = list(mirror_compared.bounds(two.catalog, 4))
    assert [first for first, _ in pages] == ["", "03", "07", "11", "15", "19"]
    assert [last for _, last in pages] == ["03", "07", "11", "15", "19", "~"]


def test_a_content_of_several_spaces_counts_once(machine, bucket):
    one = machine("one")
    other = Space("other", "plain", 8, 1)
    for number in range(3):
        one.hold(f"c{number}", rows=2)
    one.store.put(other, rows_of("c1", 4, space=other))
    about = (Modality.VIDEO, Info(taken_s=1e9), "", 4)
    one.catalog.record([], other.name, {"c1": about})
    one.mirror.spaces = lambda: [SPACE, other]
    done = one.sync().done
    assert (done.push, done.push_rows) == (3, 10)
    assert len(bucket.rows()) == 10
    assert one.sync().done == Differences()


def test_a_question_finds_what_counts_alone(machine, bucket):
    one, two = machine("one"), machine("two")
    one.hold("a")
    one.sync()
    one.hold("a", seed=1)
    one.sync()
    (index,) = (name for name in bucket.lying if not name.endswith(".journal"))
    (now,) = bucket.lying[index].values()
    stale = replace(now, key=f"a.0.1.{one.mirror.records.machine}")
    other = replace(now, key="of another program")
    bucket.put(index, [stale, other, replace(now, key="a.b.c.d")])
    two.sync(dry=True)
    both = two.mirror.remote.beside(two.store, True, {})
    (found,) = both.nearest(SPACE, now.vector, 10, RowFilter())
    assert (found.content, found.words) == ("a", now.metadata["words"])


def test_a_page_is_found_without_sorting_the_library_anew(machine):
    one, asked = machine("one"), []
    one.catalog.read, read = lambda *of: asked.append(of) or read(*of), one.catalog.read
    list(mirror_compared.bounds(one.catalog, 4))
    (sql, values), *_ = asked
    steps = [step for *_, step in read(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert not [step for step in steps if "TEMP" in step or step.startswith("SCAN")]


def test_a_computer_that_is_renamed_is_the_same_machine(machine, bucket):
    one = machine("one", seat="address /data")
    one.hold("a")
    one.sync(Direction.PUSH)
    before = one.mirror.records.machine
    one.catalog.close()
    renamed = machine("one", host="new name", seat="address /data")
    assert renamed.mirror.records.machine == before
    renamed.refill("a", 1)
    renamed.hold("b")
    renamed.sync()
    two = machine("two")
    two.sync()
    assert len(two.mirror.state().machines) == 1
    renamed.lose("a")
    renamed.sync()  # what it pushed under its old name is its own
    assert {content for _, content, _ in bucket.rows()} == {"b"}


def test_a_data_folder_that_is_copied_is_another_machine(machine):
    one = machine("one", seat="address /data")
    first = one.mirror.records.machine
    one.catalog.close()
    copy = machine("one", host="the copy", seat="another /data")
    assert copy.mirror.records.machine != first
    copy.catalog.close()
    # Where nothing tells its seat, its name does.
    assert machine("one", host="a third").mirror.records.machine != first


def killed_before_its_entry(machine, bucket, name="gone"):
    """A machine puts rows, and never syncs again."""
    gone = machine(name)
    gone.hold("lost", rows=3)

    def dies(operation, index):
        if operation == "put" and index.endswith("journal"):
            raise TryLater("Killed.")

    bucket.before = dies
    with pytest.raises(TryLater):
        gone.sync()
    bucket.before = lambda *_: None
    assert "lost" in bucket.contents()


def test_what_a_machine_put_that_never_syncs_again_is_removed_after_a_week(
    machine, bucket, monkeypatch
):
    now = time.time()
    one = machine("one")
    one.hold("kept", rows=2)
    one.sync()
    killed_before_its_entry(machine, bucket)
    for day in (1, 8, 10):
        monkeypatch.setattr(time, "time", lambda day=day: now + day * 86_400)
        one.hold(f"of day {day}")
        one.sync()
        assert "lost" in bucket.contents()
    monkeypatch.setattr(time, "time", lambda: now + 16 * 86_400)
    one.sync()
    assert bucket.contents() == {"kept", "of day 1", "of day 8", "of day 10"}
    bucket.calls.clear()
    one.sync()
    assert bucket.calls == [("keys", "nova.journal")]


def test_what_is_claimed_at_last_is_not_removed(machine, bucket, monkeypatch):
    now = time.time()
    one, two = machine("one"), machine("two")
    one.hold("a")
    one.sync()
    monkeypatch.setattr(time, "time", lambda: now + 8 * 86_400)
    two.hold("slow", rows=2)

    def looked_meanwhile(operation, index):
        if operation == "put" and index.endswith("journal"):
            bucket.before = lambda *_: None
            one.sync()  # sees the rows without their entry

    bucket.before = looked_meanwhile
    two.sync()
    monkeypatch.setattr(time, "time", lambda: now + 16 * 86_400)
    one.sync()
    two.sync()
    assert bucket.contents() == {"a", "slow"}
    assert one.said() == two.said()


def test_a_computer_that_slept_for_days_before_its_entry_pushes_again(machine, bucket, monkeypatch):
    one = machine("one")
    one.hold("a", rows=2)
    now = time.time()

    def sleeps(operation, index):
        if operation == "put" and not index.endswith("journal"):
            monkeypatch.setattr(time, "time", lambda: now + 2 * 86_400)

    bucket.before = sleeps
    run = one.sync()
    assert run.skipped == 1
    assert one.mirror.records.versions(SPACE.name, ["a"]) == {}
    bucket.before = lambda *_: None
    one.sync()
    two = machine("two")
    two.sync()
    assert two.said() == one.said()
    assert len(bucket.rows()) == 2


def test_while_the_store_is_kept_up_no_rows_wait_in_memory(machine, bucket, monkeypatch):
    monkeypatch.setattr(mirror_pull, "GET_ROWS", 2)
    monkeypatch.setattr(mirror_pull, "MOST_ROWS", 8)
    monkeypatch.setattr(mirror_pull, "MAINTAIN", 5)
    one, two = machine("one"), machine("two")
    for number in range(40):
        one.hold(f"c{number:02}")
    one.sync()
    kept_up, put = [], two.store.put
    rows = []
    two.store.put = lambda space, some: (rows.extend(some), put(space, some))
    two.store.maintain = lambda: kept_up.append((len(rows), bucket.count("get")))
    asked = bucket.count("get")
    two.sync(Direction.RESTORE)
    assert len(rows) == 40
    # Each time all that was asked for is in the store; the journal was one request more.
    assert kept_up
    assert all(2 * (gets - asked - 1) == count for count, gets in kept_up)
    assert max(later - earlier for (earlier, _), (later, _) in pairwise(kept_up)) <= 2 * (5 + 4)
