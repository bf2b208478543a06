"""The log of what left this device."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.sent import SentLog

BEDROCK, BUCKET = "Amazon Bedrock, us-east-1", "s3://mine/nova-desktop/1.mp4"


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    yield made
    made.close()


@pytest.fixture
def log(catalog):
    times = iter(range(100, 200))
    return SentLog(catalog, clock=lambda: float(next(times)))


def test_what_was_sent_last_comes_first(log):
    for name in ("a", "b", "c"):
        log.sending(name, BEDROCK, f"/in/{name}.jpg", 10)
    assert [sent.path.name for sent in log.sent(2)] == ["c.jpg", "b.jpg"]


def test_a_content_sent_in_parts_is_one_line_with_all_of_its_bytes(log):
    log.sending("a", BEDROCK, "/in/old.mp4", 10)
    log.sending("b", BEDROCK, "/in/b.mp4", 1)
    log.sending("a", BEDROCK, "/in/new.mp4", 5)
    (first, _) = log.sent(10)
    assert (first.path, first.bytes, first.at_s) == (Path("/in/new.mp4"), 15, 102.0)


def test_a_content_sent_to_two_places_is_two_lines(log):
    log.sending("a", BUCKET, "/in/a.mp4", 10)
    log.sending("a", BEDROCK, "/in/a.mp4", 10)
    assert [sent.place for sent in log.sent(10)] == [BEDROCK, BUCKET]


def test_what_was_deleted_there_says_when(log):
    log.sending("a", BUCKET, "/in/a.mp4", 10)
    log.sending("b", BEDROCK, "/in/b.mp4", 10)
    log.deleted(BUCKET)
    log.deleted(BUCKET)  # again: the first time counts
    assert [(sent.place, sent.deleted_s) for sent in log.sent(10)] == [
        (BEDROCK, None),
        (BUCKET, 102.0),
    ]


def test_what_is_sent_again_after_it_was_deleted_is_there_again(log):
    log.sending("a", BUCKET, "/in/a.mp4", 10)
    log.deleted(BUCKET)
    log.sending("a", BUCKET, "/in/a.mp4", 10)
    (sent,) = log.sent(10)
    assert (sent.deleted_s, sent.bytes) == (None, 20)


def test_a_line_is_there_before_the_bytes_leave_and_outlives_the_program(tmp_path):
    first = Catalog(tmp_path / "catalog.sqlite")
    odd = os.fsdecode(b"/in/caf\xe9.jpg")
    SentLog(first).sending("a", BEDROCK, odd, 10)
    second = Catalog(tmp_path / "catalog.sqlite")  # as after a crash: the first is still open
    assert [str(sent.path) for sent in SentLog(second).sent(1)] == [odd]
    first.close()
    second.close()


def test_the_newest_are_found_without_going_through_all(catalog, log):
    plan = catalog.read("EXPLAIN QUERY PLAN SELECT * FROM sent ORDER BY at_s DESC LIMIT 5")
    assert not any("TEMP B-TREE" in step for *_, step in plan)
    plan = catalog.read("EXPLAIN QUERY PLAN SELECT * FROM sent WHERE place = 'x'")
    assert any("sent_by_place" in step for *_, step in plan)
    assert log.sent(5) == ()
