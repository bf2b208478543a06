"""What the commands of a shared library say."""

from __future__ import annotations

import pytest

from nova_desktop.sync import Differences, Direction, Erased, SyncRun, SyncState
from tests.cli.conftest import CommandLine
from tests.cli.fake import FakeLibrary

PLACE = "s3vectors://mine, us-east-1"


class Shared(FakeLibrary):
    """A library with a vector bucket."""

    def __init__(self):
        super().__init__()
        self.state = SyncState(PLACE, "the desk", contents=1, rows=2, kept_back=3)
        self.done, self.skipped = Differences(), 0
        self.left = Erased(PLACE, indexes=2, vectors=1, left=0, bucket=True)

    def sync_state(self):
        return self.state

    def sync(self, direction, dry=False, again=False):
        del again
        return SyncRun(1e9, 0.2, direction, self.done, 1, self.skipped, dry=dry)

    def erase_sync(self):
        return self.left


@pytest.fixture
def run() -> CommandLine:
    return CommandLine(library=Shared())


def test_a_sync_says_what_it_did(run):
    run.library.done = Differences(push=2, delete=1, usd=0.002)
    assert run("sync", "both") == 0
    assert run.out == "Done: push 2, delete there 1, for about $0.0020.\n1 request in 0.2 s.\n"
    assert run("sync", "push", "--dry-run") == 0
    assert run.out.startswith("A sync would: push 2")
    run.library.skipped = 4
    assert run("sync", "pull") == 0
    assert "4 could not be read or taken" in run.err


@pytest.mark.parametrize("what", [one for one in Direction if one is not Direction.PUSH])
def test_a_bucket_in_which_nothing_lies_may_be_the_wrong_one(run, what):
    assert run("sync", what) == 0
    assert run.err == ""
    run.library.state = SyncState(PLACE, "the desk")
    assert run("sync", what) == 0
    assert f"Nothing lies in {PLACE}." in run.err
    assert "sync_bucket" in run.err


def test_the_status_says_how_both_sides_stand(run):
    assert run("sync", "status") == 0
    assert "There         1 content, 2 rows; about $0.00 a month\n" in run.out
    assert "Kept back     3 contents for this device only\n" in run.out


def test_erasing_asks_and_says_what_is_left(run):
    assert run("sync", "erase") == 3
    assert "Nothing was erased" in run.err
    assert run("sync", "erase", "--yes") == 0
    assert "Removed: 1 vector in 2 indexes.\n" in run.out
    assert "found 0 of them left. The bucket is removed, too." in run.out
    run.library.left = Erased(PLACE, indexes=0, vectors=0, left=0, bucket=True)
    assert run("sync", "erase", "--yes") == 0
    assert run.out.endswith("Nothing lay there.\n")
