"""A big backlog through batch jobs, against the emulator and a real S3 server."""

from __future__ import annotations

import functools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nova_desktop.aws.client import Bedrock, Service
from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines import nova_batch_job, nova_batch_jobs, nova_batch_service
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_batch import BATCH, NovaBatch
from nova_desktop.engines.nova_batch_jobs import LEAST, BatchJobs
from nova_desktop.engines.nova_batch_service import BatchService, checked_role
from nova_desktop.engines.nova_request import COMBINED, SEPARATE
from nova_desktop.engines.wrappers import steady
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.model import Piece, Purpose, Source
from nova_desktop.spending import Usage
from tests.emulators.fixtures import _clients, aws  # noqa: F401 – fixtures
from tests.engines import clips
from tests.engines.recording import connected

ROLE = "arn:aws:iam::123456789012:role/batch"
DIM = 256
MANY = 10  # instead of nova_batch_jobs.LEAST, so that a job is soon done


class Killed(BaseException):
    """As if the program had been killed: nothing in it catches this."""


class Outside:
    """All that a batch job tells or asks of the program; each is a moment to be killed in."""

    def __init__(self, file: Path):
        self.file = file  # BatchRecords
        self.moments = 0
        self.dies_at = None
        self.estimates: list[Usage] = []  # the budget
        self.booked: dict[int, Usage] = {}
        self.open: set[int] = set()
        self.sent_to: dict[str, int] = {}
        self.gone: set[str] = set()
        self.when_sent: Callable[[], object] = lambda: None

    def moment(self) -> None:
        self.moments += 1
        if self.moments == self.dies_at:
            raise Killed

    def load_all(self) -> dict[str, Any]:
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def save(self, job, state):
        self.moment()
        self.file.write_text(json.dumps({**self.load_all(), job: state}))
        self.moment()

    def drop(self, job):
        self.moment()
        self.file.write_text(json.dumps({k: v for k, v in self.load_all().items() if k != job}))
        self.moment()

    def reserve(self, estimate):
        self.moment()
        self.estimates.append(estimate)
        number = len(self.estimates)
        self.open.add(number)
        return number

    def settle(self, number, usage):
        self.moment()
        self.open.discard(number)
        self.booked[number] = usage
        self.moment()

    def release(self, number):
        self.moment()
        self.open.remove(number)
        self.moment()

    def sent(self, place, size):
        self.sent_to[place] = size
        self.when_sent()
        self.moment()

    def deleted(self, place):
        self.gone.add(place)
        self.moment()


def texts(count: int, first: int = 0) -> list[Piece]:
    return [Piece.of_words(f"boat number {number}") for number in range(first, first + count)]


@pytest.fixture
def stop():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def outside(tmp_path):
    return Outside(tmp_path / "jobs.json")


@pytest.fixture
def start(aws, outside, stop, monkeypatch):  # noqa: F811 – the fixture
    """Makes the engine, as a program that starts does."""
    monkeypatch.setattr(nova_batch_jobs, "LEAST", MANY)
    monkeypatch.setattr(nova_batch_jobs, "LOOKS", Pauses(0.02, 0.05))
    monkeypatch.setattr(nova_batch_service, "PAUSES", Pauses(0.01, 0.02))
    bedrock, *services = clients(aws.s3.meta.endpoint_url)
    service = BatchService(*services, aws.bucket, stop, outside.sent, outside.deleted)

    def made(separate: bool = False, role: str = ROLE) -> NovaBatch:
        inner = steady(NovaEngine(bedrock, DIM, separate), stop)
        mode = SEPARATE if separate else COMBINED
        return NovaBatch(inner, BatchJobs(service, outside, outside, role, "mine/", DIM, mode))

    return made


@functools.cache
def clients(url: str) -> tuple[Bedrock, Service, Service]:  # noqa: ARG001 – each place has its own
    """Made once: that takes 0.1 to 0.5 s."""
    return connected(), Service(Account(), "s3"), Service(Account(), "bedrock")


def left_in(aws) -> list[str]:  # noqa: F811
    page = aws.s3.list_objects_v2(Bucket=aws.bucket)
    return [item["Key"] for item in page.get("Contents", ())]


def paid(bedrock) -> Counter[str]:
    """How often each piece was paid for."""
    return Counter(charge.digest for charge in bedrock.log.charges)


def operations(bedrock) -> Counter[str]:
    return Counter(call.operation for call in bedrock.log.calls())


# The whole way


def test_many_pieces_are_one_job_and_come_back_as_if_asked_one_by_one(bedrock, aws, start, outside):  # noqa: F811
    pieces = [*texts(MANY), clips.image(), clips.image(page=1), clips.sound(), clips.film()]
    vectors = start().embed(pieces, Purpose.INDEX)
    assert operations(bedrock)["CreateModelInvocationJob"] == 1
    assert operations(bedrock)["InvokeModel"] == 0
    assert set(paid(bedrock).values()) == {1}
    assert left_in(aws) == []
    assert outside.sent_to.keys() <= outside.gone
    assert sum(outside.sent_to.values()) > sum(len(piece.data) for piece in pieces)
    alone = steady(NovaEngine(connected(), DIM), threading.Event())
    assert np.allclose(vectors, alone.embed(pieces, Purpose.INDEX), atol=1e-6)


def test_what_it_costs_is_booked_by_kind(start, outside):
    start().embed([*texts(MANY), clips.image(), clips.sound()], Purpose.INDEX)
    booked = {usage.kind: usage for usage in outside.booked.values()}
    assert booked.keys() == {"text", "image", "audio"}
    assert booked["image"].images == 1
    assert booked["audio"].seconds == pytest.approx(2.0, abs=0.1)
    assert booked["text"].sent_bytes > MANY * 100
    assert not outside.open


def test_a_job_has_as_many_files_as_it_needs(bedrock, start, outside, monkeypatch):
    monkeypatch.setattr(nova_batch_job, "FILE_BYTES", 700)
    vectors = start().embed(texts(MANY), Purpose.INDEX)
    assert len(outside.sent_to) > 3
    assert all(size <= 700 for size in outside.sent_to.values())
    assert len(np.unique(vectors.round(5), axis=0)) == MANY
    assert bedrock.log.bill.jobs == 1


@pytest.mark.parametrize("text", ["a\u2028b", "a\u0085b", 'a "b" \\', "日本 🚣", "line\nline\r\n"])
def test_every_text_is_one_line(bedrock, start, text):
    pieces = [Piece.of_words(text), *texts(MANY)]
    vectors = start().embed(pieces, Purpose.INDEX)
    alone = NovaEngine(connected(), DIM).embed(pieces[:1], Purpose.INDEX)
    assert np.allclose(vectors[:1], alone, atol=1e-6)
    assert bedrock.log.bill.jobs == 1


def test_pictures_and_sound_of_a_film_are_one_record(bedrock, start):
    film, its_sound = clips.film(), clips.film(source=Source.SOUND)
    vectors = start(separate=True).embed([film, *texts(MANY), its_sound], Purpose.INDEX)
    assert set(paid(bedrock).values()) == {1}
    assert not np.allclose(vectors[0], vectors[-1], atol=0.1)


def test_the_same_piece_twice_is_paid_for_once(bedrock, start):
    vectors = start().embed([*texts(MANY), *texts(MANY)], Purpose.INDEX)
    assert np.array_equal(vectors[:MANY], vectors[MANY:])
    assert bedrock.log.bill.repeated == 0
    assert len(bedrock.log.charges) == MANY


@pytest.mark.parametrize(
    ("bucket", "role", "remedy"), [("", ROLE, "aws setup"), ("abc", "me", "Mend batch_role")]
)
def test_what_is_missing_in_the_settings_is_said_at_once(outside, stop, bucket, role, remedy):
    told = outside.sent, outside.deleted
    with pytest.raises(BadInput, match=remedy):
        NovaBatch.around(
            NovaEngine(connected(), DIM),
            *(Account(), bucket, "mine/", role, outside, outside, stop, *told),
        )


def test_it_is_joined_from_the_settings(bedrock, aws, outside, stop, monkeypatch):  # noqa: F811
    monkeypatch.setattr(nova_batch_jobs, "LOOKS", Pauses(0.02, 0.05))
    engine = NovaBatch.around(
        NovaEngine(connected(), DIM),
        *(Account(), aws.bucket, "mine/", ROLE, outside, outside, stop),
        *(outside.sent, outside.deleted),
    )
    engine.embed(texts(LEAST), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1
    assert operations(bedrock)["InvokeModel"] == 0
    assert all(place.startswith(f"s3://{aws.bucket}/mine/batch/") for place in outside.sent_to)


# What is no job


def test_few_pieces_are_asked_one_by_one(bedrock, start):
    start().embed(texts(MANY - 1), Purpose.INDEX)
    assert operations(bedrock) == {"InvokeModel": MANY - 1}


def test_questions_are_never_put_into_a_job(bedrock, start):
    start().embed(texts(MANY), Purpose.QUERY)
    assert operations(bedrock) == {"InvokeModel": MANY}


def test_big_batches_are_asked_for_few_at_a_time(start):
    limits = start().limits
    assert (limits.batch, limits.parallel) == (BATCH, 2)
    assert LEAST <= BATCH


@pytest.mark.parametrize(
    "arn", ["", "me", "arn:aws:iam::1:role/x", "arn:aws:iam::123456789012:user/x"]
)
def test_what_is_no_role_is_refused_with_what_one_looks_like(arn):
    with pytest.raises(BadInput, match=r"arn:aws:iam::111122223333:role/name"):
        checked_role(arn)
    assert checked_role(ROLE) == ROLE


# Pieces that fail


def one_by_one(engine, pieces) -> list[object]:
    """As the indexer does when a batch is refused."""
    found: list[object] = []
    for piece in pieces:
        try:
            found.append(engine.embed([piece], Purpose.INDEX)[0])
        except BadInput as e:
            found.append(e)
    return found


def test_a_refused_piece_fails_the_call_and_no_other_is_paid_for_again(bedrock, start):
    bedrock.conditions = replace(bedrock.conditions, rejected_words=frozenset({"awful"}))
    pieces = [*texts(MANY), Piece.of_words("an awful thing"), *texts(5, MANY)]
    engine = start()
    with pytest.raises(BadInput, match="content filter"):
        engine.embed(pieces, Purpose.INDEX)
    found = one_by_one(engine, pieces)
    assert [at for at, one in enumerate(found) if isinstance(one, BadInput)] == [MANY]
    assert operations(bedrock)["InvokeModel"] == 0
    assert len(bedrock.log.charges) == MANY + 5


def test_a_piece_that_can_not_be_sent_costs_the_others_nothing(bedrock, start):
    pieces = [Piece.of_words(" "), *texts(MANY)]
    engine = start()
    with pytest.raises(BadInput, match="no words"):
        engine.embed(pieces, Purpose.INDEX)
    found = one_by_one(engine, pieces)
    assert isinstance(found[0], BadInput)
    assert not any(isinstance(one, BadInput) for one in found[1:])
    assert operations(bedrock)["InvokeModel"] == 0
    assert bedrock.log.bill.repeated == 0


def test_what_failed_at_the_service_is_asked_for_one_by_one(bedrock, start):
    bedrock.conditions = replace(bedrock.conditions, batch_failing_words=frozenset({"7", "8"}))
    vectors = start().embed(texts(MANY), Purpose.INDEX)
    assert len(np.unique(vectors.round(5), axis=0)) == MANY
    assert operations(bedrock)["InvokeModel"] == 2
    assert set(paid(bedrock).values()) == {1}


@pytest.mark.parametrize("ending", ["PartiallyCompleted", "Expired"])
def test_what_a_job_did_not_come_to_is_asked_for_one_by_one(bedrock, start, ending):
    bedrock.conditions = replace(bedrock.conditions, batch_ending=ending, batch_share=0.6)
    vectors = start().embed(texts(MANY), Purpose.INDEX)
    assert len(np.unique(vectors.round(5), axis=0)) == MANY
    assert operations(bedrock)["InvokeModel"] == 0.4 * MANY
    assert set(paid(bedrock).values()) == {1}


def test_a_line_that_can_not_be_read_costs_its_own_record_alone():
    engine_job = nova_batch_job.BatchJob("t", ROLE, "f/", {"a": USAGE, "b": USAGE}, 2, COMBINED)
    good = {"embeddings": [{"embeddingType": "TEXT", "embedding": [0.6, 0.8]}]}
    lines = [
        b'{"recordId": "a", "modelOut',
        json.dumps({"recordId": "stranger", "modelOutput": good}).encode(),
        json.dumps({"recordId": "b", "modelOutput": good}).encode(),
        b"",
        b"[]",
    ]
    done = nova_batch_job.answered(engine_job, lines, Account())
    assert done.found.keys() == {"b"}
    assert done.known == {"b"}


USAGE = Usage("nova", "model", "us-east-1", "text")


# Jobs that fail, and what the user has to do


def test_a_job_that_failed_says_what_to_do_and_the_next_one_is_new(bedrock, aws, start, outside):  # noqa: F811
    bedrock.conditions = replace(bedrock.conditions, batch_ending="Failed", batch_share=0.0)
    engine = start()
    with pytest.raises(NeedsUser, match=r"could not go on\. .*batch_role"):
        engine.embed(texts(MANY), Purpose.INDEX)
    assert left_in(aws) == []
    assert (outside.booked, outside.open) == ({}, set())
    bedrock.conditions = replace(bedrock.conditions, batch_ending="Completed", batch_share=1.0)
    engine.embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 2
    assert operations(bedrock)["InvokeModel"] == 0


def test_what_a_stopped_job_had_done_is_not_paid_for_again(bedrock, start):
    bedrock.conditions = replace(bedrock.conditions, batch_ending="Stopped", batch_share=0.5)
    engine = start()
    with pytest.raises(NeedsUser, match="stopped in the Bedrock console"):
        engine.embed(texts(MANY), Purpose.INDEX)
    engine.embed(texts(MANY), Purpose.INDEX)
    assert operations(bedrock)["InvokeModel"] == 0.5 * MANY
    assert set(paid(bedrock).values()) == {1}


DENIALS = [
    ("CreateModelInvocationJob", "iam:PassRole"),
    ("GetModelInvocationJob", "bedrock:GetModelInvocationJob"),
]


@pytest.mark.parametrize(("operation", "remedy"), DENIALS)
def test_a_denied_operation_says_what_to_allow(bedrock, start, operation, remedy):
    bedrock.conditions = replace(bedrock.conditions, denied_operations=frozenset({operation}))
    engine = start()
    with pytest.raises(NeedsUser, match=remedy):
        engine.embed(texts(MANY), Purpose.INDEX)
    bedrock.conditions = replace(bedrock.conditions, denied_operations=frozenset())
    engine.embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1
    assert set(paid(bedrock).values()) == {1}


def test_a_role_that_is_refused_is_mended_in_the_settings(bedrock, start, outside):
    with pytest.raises(NeedsUser, match="batch_role"):
        start(role="me").embed(texts(MANY), Purpose.INDEX)
    assert not outside.open
    start().embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1


def test_a_cap_stops_before_anything_is_sent(bedrock, start, outside):
    def full(_: Usage) -> int:
        raise NeedsUser("The limit for this month is reached.")

    outside.reserve = full
    with pytest.raises(NeedsUser, match="limit"):
        start().embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 0
    assert outside.sent_to == {}


# Weather


@pytest.mark.parametrize("kind", ["ThrottlingException", "InternalServerException", "reset_after"])
def test_faults_on_the_way_start_no_second_job(bedrock, start, kind):
    operations = ["CreateModelInvocationJob", "GetModelInvocationJob"]
    bedrock.faults.add(kind, operations, times=3)
    start().embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1
    assert set(paid(bedrock).values()) == {1}


def test_an_outage_is_waited_for_and_the_job_goes_on(bedrock, start):
    bedrock.faults.add("ServiceUnavailableException", ["GetModelInvocationJob"], times=8)
    engine = start()
    with pytest.raises(TryLater):
        engine.embed(texts(MANY), Purpose.INDEX)
    engine.embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1


# Stops and restarts


def test_a_stop_leaves_the_job_and_the_next_start_takes_its_answers(bedrock, start, stop):
    bedrock.conditions = replace(bedrock.conditions, job_s=1.0)
    threading.Timer(0.5, stop.set).start()
    began_s = time.monotonic()
    with pytest.raises(Stopped):
        start().embed(texts(MANY), Purpose.INDEX)
    assert time.monotonic() - began_s < 10
    stop.clear()
    start().embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1
    assert set(paid(bedrock).values()) == {1}


def test_a_stop_while_it_is_sent_leaves_nothing_there_once_it_goes_on(
    bedrock,
    aws,  # noqa: F811
    start,
    outside,
    stop,
):
    outside.when_sent = stop.set
    engine = start()
    with pytest.raises(Stopped):
        engine.embed(texts(MANY), Purpose.INDEX)
    stop.clear()
    outside.when_sent = stop.clear
    engine.embed(texts(MANY), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 1
    assert left_in(aws) == []
    assert len(outside.load_all()) == 1
    assert not outside.open


def test_other_groups_of_the_same_pieces_find_them_in_their_jobs(bedrock, start, stop):
    bedrock.conditions = replace(bedrock.conditions, job_s=1.0)
    threading.Timer(0.5, stop.set).start()
    with pytest.raises(Stopped):
        start().embed(texts(MANY), Purpose.INDEX)
    stop.clear()
    engine = start()
    engine.embed(texts(3, 5), Purpose.INDEX)
    engine.embed(texts(MANY + 5, 5), Purpose.INDEX)
    engine.embed(texts(4), Purpose.INDEX)
    assert bedrock.log.bill.jobs == 2
    assert set(paid(bedrock).values()) == {1}
    assert operations(bedrock)["InvokeModel"] == 0


@pytest.mark.parametrize("at", range(1, 28))
def test_killed_at_any_moment_it_pays_for_each_piece_once(bedrock, aws, start, outside, at):  # noqa: F811
    pieces = [*texts(MANY), clips.image()]
    outside.dies_at = at
    try:
        start().embed(pieces, Purpose.INDEX)
    except Killed:
        outside.dies_at = None
    vectors = start().embed(pieces, Purpose.INDEX)
    assert len(np.unique(vectors.round(5), axis=0)) == MANY + 1
    assert bedrock.log.bill.jobs == 1
    assert set(paid(bedrock).values()) == {1}
    assert [usage.kind for usage in outside.booked.values()] == ["text", "image"]
    assert left_in(aws) == []


def test_what_was_handed_out_and_not_recorded_is_not_paid_for_again(bedrock, start):
    first = start().embed(texts(MANY), Purpose.INDEX)
    again = start().embed(texts(MANY), Purpose.INDEX)
    assert np.array_equal(first, again)
    assert len(bedrock.log.charges) == MANY


def test_answers_are_kept_until_the_next_job_is_done(start, outside):
    engine = start()
    engine.embed(texts(MANY), Purpose.INDEX)
    assert len(outside.load_all()) == 1
    engine.embed(texts(MANY, MANY), Purpose.INDEX)
    assert len(outside.load_all()) == 1
    engine.finish()
    assert outside.load_all() == {}


def test_answers_that_nobody_asks_for_are_kept_for_a_few_jobs(start, outside, monkeypatch):
    monkeypatch.setattr(nova_batch_jobs, "KEPT", 2)
    for number in range(5):
        start().embed(texts(MANY, MANY * number), Purpose.INDEX)
    assert len(outside.load_all()) == 3


def test_a_few_new_pieces_do_not_wait_for_a_job(bedrock, start, stop):
    bedrock.conditions = replace(bedrock.conditions, job_s=600.0)
    engine, began = start(), threading.Event()
    ended: list[BaseException] = []

    def job() -> None:
        began.set()
        try:
            engine.embed(texts(MANY), Purpose.INDEX)
        except Stopped as e:
            ended.append(e)

    thread = threading.Thread(target=job)
    thread.start()
    began.wait(30)
    try:
        assert len(engine.embed(texts(3, MANY), Purpose.INDEX)) == 3
    finally:
        stop.set()
        thread.join(60)
    assert len(ended) == 1


def test_threads_that_want_the_same_wait_for_one_job(bedrock, start):
    bedrock.conditions = replace(bedrock.conditions, job_s=0.3)
    engine = start()
    found: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: found.append(engine.embed(texts(MANY), Purpose.INDEX)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 3
    assert bedrock.log.bill.jobs == 1
    assert len(bedrock.log.charges) == MANY
