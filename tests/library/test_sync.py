"""Whole libraries that share one: restoring without embedding, and finding what is elsewhere."""

from __future__ import annotations

import shutil
import threading

import pytest

from nova_desktop.errors import BadInput, Stopped, TryLater
from nova_desktop.events import Synced, Syncing
from nova_desktop.model import Modality, State
from nova_desktop.query import Filters, Finder, Query
from nova_desktop.spending import Rule
from nova_desktop.sync import Direction
from tests.library.buckets import MemoryBucket
from tests.library.desk import Counted, Desk, added, eventually, photo
from tests.library.test_further import PaidEngine


@pytest.fixture
def bucket():
    return MemoryBucket()


@pytest.fixture
def new_desk(tmp_path, bucket):
    made = []

    def new(name, paid=False, **shares):
        (tmp_path / name).mkdir()
        desk = Desk(tmp_path / name)
        desk.bucket = bucket
        desk.shares |= shares
        desk.paid = Counted(PaidEngine()) if paid else None
        desk.open()
        made.append(desk)
        return desk

    yield new
    for desk in made:
        desk.library.close()


@pytest.fixture
def photos(tmp_path):
    for n, colour in enumerate(("red", "green", "blue")):
        photo(tmp_path / "photos" / f"{n}.png", colour)
    return tmp_path / "photos"


def test_a_new_machine_with_the_same_files_has_all_of_it_without_embedding(
    new_desk, photos, tmp_path
):
    one = new_desk("one", paid=True)
    added(one, photos)
    one.library.set_rule(photos, Rule.CLOUD, 0.01)
    assert one.library.wait(30)
    assert one.paid.pieces == 3
    run = one.library.sync(Direction.PUSH)
    assert (run.done.push, run.done.push_rows) == (3, 6)  # three files, each in two spaces
    two = new_desk("two", paid=True)
    two.library.sync(Direction.RESTORE)
    elsewhere = tmp_path / "somewhere" / "else"
    shutil.copytree(photos, elsewhere)
    for file in elsewhere.iterdir():
        file.rename(file.with_name(f"renamed {file.name}"))
    added(two, elsewhere)
    two.library.set_rule(elsewhere, Rule.CLOUD, 0.01)
    assert two.library.wait(30)
    assert two.engine.pieces == two.paid.pieces == 0
    assert two.counts() == {State.INDEXED: 3}
    assert two.find("green")[0] == "renamed 1.png"
    assert two.library.find(Query.of("green")).hits[0].elsewhere == ""


def test_restoring_after_the_files_were_added_attaches_them_too(new_desk, photos):
    one = new_desk("one")
    added(one, photos)
    one.library.sync(Direction.PUSH)
    two = new_desk("two")
    two.engine.errors = [TryLater("busy")] * 50
    two.library.add_folder(photos)
    two.library.sync(Direction.RESTORE)
    assert two.library.wait(30)
    assert two.engine.pieces == 0
    two.engine.errors.clear()
    assert two.find("blue")[0] == "2.png"


def test_what_is_only_on_another_machine_is_found_as_being_there(new_desk, photos):
    one = new_desk("one", thumbnails=True)
    added(one, photos)
    one.library.sync(Direction.PUSH)
    two = new_desk("two")
    two.library.sync(Direction.PULL)
    hit = two.library.find(Query.of("red")).hits[0]
    assert (hit.path.name, hit.offline) == ("0.png", True)
    assert hit.elsewhere == f"one, {photos / '0.png'}"
    assert two.library.preview(hit.path, None, 100).jpeg.startswith(b"\xff\xd8")
    assert two.library.details(hit.path).modality is Modality.IMAGE
    assert two.library.sync_state().elsewhere == 3
    # A folder is a place on this machine.
    assert not two.library.find(Query.of("red", folders=(photos,))).hits
    assert two.library.find(Query.of("red", modalities=frozenset({Modality.IMAGE}))).hits
    added(two, photos)
    assert two.library.find(Query.of("red")).hits[0].path == photos / "0.png"
    assert two.engine.pieces == 0
    assert two.library.sync_state().elsewhere == 0


def test_names_stay_private_unless_they_are_shared(new_desk, photos):
    one = new_desk("one", named=False)
    added(one, photos)
    one.library.sync(Direction.PUSH)
    two = new_desk("two")
    two.library.sync(Direction.PULL)
    hit = two.library.find(Query.of("red")).hits[0]
    assert hit.elsewhere == "one"
    assert hit.path.name.startswith("image of ")
    with pytest.raises(BadInput, match="no picture"):
        two.library.preview(hit.path, None, 100)


def test_what_is_not_here_yet_is_asked_for_there(new_desk, photos, tmp_path, bucket):
    one, two = new_desk("one"), new_desk("two")
    added(one, photos)
    one.library.sync(Direction.PUSH)
    photo(tmp_path / "own" / "mine.png", "red", size=50)
    added(two, tmp_path / "own")
    assert two.find("red") == ["mine.png"]  # nothing is known of the bucket yet
    assert bucket.count("nearest") == 0
    answer = two.library.find(Query((*Query.of("red").parts,), remote=True))
    assert {hit.path.name for hit in answer.hits} >= {"mine.png", "0.png"}
    there = next(hit for hit in answer.hits if hit.path.name == "0.png")
    assert there.elsewhere.startswith("another machine, ")
    assert Finder.REMOTE in there.found_by
    two.library.sync(Direction.PULL, dry=True)
    answer = two.library.find(Query.of("red"))  # now it is known that rows are missing here
    assert "0.png" in {hit.path.name for hit in answer.hits}
    two.library.sync(Direction.PULL)
    bucket.calls.clear()
    assert len(two.find("red")) == 2
    assert bucket.calls == []


def test_a_bucket_that_is_out_of_reach_costs_a_question_nothing(new_desk, photos, bucket):
    one = new_desk("one")
    added(one, photos)
    one.library.sync(Direction.PUSH)

    def out(*_):
        raise TryLater("Amazon S3 Vectors can't be reached.")

    bucket.before = out
    answer = one.library.find(Query((*Query.of("red").parts,), Filters(), remote=True))
    assert answer.hits[0].path.name == "0.png"
    assert answer.note == "Found by this device alone. Amazon S3 Vectors can't be reached."


def test_a_sync_tells_how_far_it_is_and_can_be_stopped(new_desk, photos, bucket):
    one = new_desk("one")
    added(one, photos)
    begun, go = threading.Event(), threading.Event()

    def hold(operation, index):
        if operation == "put" and "journal" not in index:
            begun.set()
            go.wait(10)

    bucket.before = hold
    errors = []

    def run():
        try:
            one.library.sync(Direction.BOTH)
        except Stopped as e:
            errors.append(e)

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(10)
    assert one.library.sync_state().running is Direction.BOTH
    with pytest.raises(BadInput, match="running already"):
        one.library.sync(Direction.PULL)
    go.set()
    thread.join(10)
    assert one.library.sync_state().running is None
    told = [event for event in one.events if isinstance(event, Syncing)]
    assert told[-1] == Syncing(3, 3)
    assert any(isinstance(event, Synced) for event in one.events)


def test_without_a_bucket_there_is_nothing_to_sync_with(desk):
    assert desk.library.sync_state().place == ""
    for call in (lambda: desk.library.sync(Direction.PUSH), desk.library.erase_sync):
        with pytest.raises(BadInput, match="sync_bucket"):
            call()


def test_a_file_that_is_deleted_here_stays_found_where_another_machine_pushed_it(
    new_desk, photos, tmp_path
):
    one, two = new_desk("one"), new_desk("two")
    added(one, photos)
    one.library.sync(Direction.BOTH)
    own = tmp_path / "own"
    shutil.copytree(photos, own)
    two.library.sync(Direction.BOTH)
    added(two, own)
    (own / "0.png").unlink()
    two.library.rescan()
    eventually(lambda: two.counts() == {State.INDEXED: 2})
    assert two.library.find(Query.of("red")).hits[0].elsewhere.startswith("one")
    assert two.library.sync(Direction.BOTH).done.delete == 0


def test_nothing_is_paid_for_while_a_sync_may_bring_it(new_desk, photos):
    one = new_desk("one", paid=True)
    one.library._indexer.spare(True)  # as a sync that is under way
    added(one, photos)
    one.library.set_rule(photos, Rule.CLOUD, 0.01)
    assert not one.library.wait(2)  # it waits, and does so without haste
    assert one.library.status().counts[State.INDEXED] == 3
    assert one.paid.pieces == 0
    one.library._indexer.spare(False)
    assert one.library.wait(30)
    assert one.paid.pieces == 3


def test_vectors_that_were_removed_here_stay_there_and_are_not_brought_back(new_desk, photos):
    one = new_desk("one", paid=True)
    added(one, photos)
    one.library.set_rule(photos, Rule.CLOUD, 0.01)
    assert one.library.wait(30)
    one.library.sync(Direction.BOTH)
    paid = one.paid.space.name
    one.library.close()
    one.older, one.paid = (), None  # it is not used any more
    one.open()
    assert {room.name: room.used for room in one.library.spaces()}[paid] is False
    of = next(room for room in one.library.spaces() if room.name == paid)
    assert of.shared == 3
    one.library.remove_space(paid)
    done = one.library.sync(Direction.BOTH).done
    assert (done.push, done.pull, done.delete, done.forget) == (0, 0, 0, 0)
    assert paid not in {room.name for room in one.library.spaces()}
    two = new_desk("two", paid=True)
    added(two, photos)
    two.library.set_rule(photos, Rule.CLOUD, 0.01)
    assert two.library.sync(Direction.PULL).done.pull >= 3
    # Chosen again, it takes back what lies there, and pays nothing.
    one.library.close()
    one.paid = Counted(PaidEngine())
    one.open()
    one.library.sync(Direction.PULL)
    assert paid in {room.name for room in one.library.spaces()}
    assert one.paid.pieces == 0


def test_nothing_is_removed_while_a_sync_runs(new_desk, photos):
    one = new_desk("one")
    added(one, photos)
    with one.library._mirror.rest(), pytest.raises(BadInput, match="already"):
        one.library.sync(Direction.PUSH)
