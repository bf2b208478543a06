"""Amazon Nova's jobs: a long film or sound goes through S3, and what comes back is whole."""

from __future__ import annotations

import functools
import itertools
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nova_desktop.aws import client as aws_client
from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines.nova_jobs import NovaJobs, Waits
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.long_media import LongPart
from nova_desktop.model import Modality, Source
from tests.emulators.samples import clip, tone
from tests.engines.job_records import Crash, FileRecords, Purse

DIM = 256
QUICK = Waits(Pauses(0.02, 0.05), Pauses(0.01, 0.05), 0.01)


@pytest.fixture(autouse=True)
def _one_client(monkeypatch):
    """A program that starts again makes its clients again, which takes longer than all the rest."""
    monkeypatch.setattr(aws_client, "client_of", _client_of)


_client_of = functools.cache(aws_client.client_of)


class Desk:
    """One user's files, bucket and records; `engine` is as after a start of the program."""

    def __init__(self, aws, folder: Path) -> None:
        self.aws, self.folder = aws, folder
        self.records = FileRecords(folder / "records.json")
        self.purse = Purse()
        self.sent: list[tuple[str, int]] = []
        self.deleted: list[str] = []
        self.told: list[tuple[str, float]] = []
        self.asked = 0  # how often the parts were
        self.stop = threading.Event()

    def engine(self, **more) -> NovaJobs:
        asked = {
            "bucket": self.aws.bucket, "dim": DIM, "segment_s": 2, "budget": self.purse,
            "deleted": self.deleted.append, "stop": self.stop, "waits": QUICK, **more,
        }  # fmt: skip
        return NovaJobs(Account(), **asked)

    def part(self, data: bytes, mime: str, start_s: float, stop_s: float) -> LongPart:
        path = self.folder / f"{mime.replace('/', '-')}-{start_s}-{len(data)}"
        path.write_bytes(data)
        return LongPart(path, mime, start_s, stop_s)

    def film(self, seconds: float = 5, start_s: float = 0.0, hz: int = 440) -> LongPart:
        data = clip(seconds=seconds, hz=hz)
        return self.part(data, "video/mp4", start_s, start_s + seconds)

    def sound(self, seconds: float = 5) -> LongPart:
        return self.part(tone(seconds=seconds), "audio/wav", 0.0, seconds)

    def embed(self, *parts: LongPart, modality=Modality.VIDEO, records=None, **more):
        def made():
            self.asked += 1
            return parts

        engine = self.engine(**more)
        return engine.embed(
            made,
            modality,
            records or self.records,
            lambda *told: self.told.append(told),
            lambda *sent: self.sent.append(sent),
        )

    def keys(self) -> list[str]:
        """What is left in the bucket, unfinished uploads too."""
        listed = self.aws.s3.list_objects_v2(Bucket=self.aws.bucket).get("Contents", [])
        going = self.aws.s3.list_multipart_uploads(Bucket=self.aws.bucket).get("Uploads", [])
        return [item["Key"] for item in [*listed, *going]]


@pytest.fixture
def desk(aws, tmp_path):
    desk = Desk(aws, tmp_path)
    yield desk
    desk.stop.set()


def spans(segments, source=None):
    return [(s.span.start, s.span.stop) for s in segments if source in (None, s.source)]


def good(segments):
    return [s for s in segments if s.vector is not None]


# The whole way.


def test_a_film_comes_back_in_segments(desk, bedrock):
    segments = desk.embed(desk.film(5))
    assert spans(segments) == [(0, 2), (2, 4), (4, pytest.approx(5, abs=0.1))]
    assert {s.source for s in segments} == {Source.PICTURE}
    for segment in segments:
        assert segment.vector.shape == (DIM,)
        assert segment.vector.dtype == np.float32
        assert np.linalg.norm(segment.vector) == pytest.approx(1, abs=1e-6)
    assert bedrock.log.bill.jobs == 1


def test_picture_and_sound_of_a_film_stand_apart(desk):
    segments = desk.embed(desk.film(5), separate=True)
    assert spans(segments, Source.PICTURE) == spans(segments, Source.SOUND)
    assert len(segments) == 6
    assert [s.source for s in segments[:2]] == [Source.PICTURE, Source.SOUND]


def test_a_silent_film_has_a_picture_all_the_same(desk):
    assert {s.source for s in desk.embed(desk.film(3, hz=0), separate=True)} == {Source.PICTURE}


def test_a_sound_comes_back_in_segments(desk):
    segments = desk.embed(desk.sound(5), modality=Modality.AUDIO)
    assert spans(segments) == [(0, 2), (2, 4), (4, 5)]
    assert {s.source for s in segments} == {Source.SOUND}


def test_the_segments_of_several_parts_have_the_times_of_the_original(desk, bedrock):
    bedrock.conditions = replace(bedrock.conditions, job_s=0.2)
    parts = [desk.film(4, 0.0), desk.film(4, 7200.0), desk.film(2, 7204.0)]
    segments = desk.embed(*parts)
    assert [start for start, _ in spans(segments)] == [0, 2, 7200, 7202, 7204]
    assert spans(segments)[-1] == pytest.approx((7204, 7206), abs=0.1)
    assert bedrock.log.bill.jobs == 3
    assert desk.asked == 1


def test_what_happens_is_told_in_phases_that_grow(desk):
    desk.embed(desk.film(4), desk.film(4, 4.0))
    for phase in ("uploading", "waiting", "fetching"):
        shares = [share for name, share in desk.told if name == phase]
        assert shares
        assert shares == sorted(shares)
        assert 0 <= shares[0] <= shares[-1] <= 1


def test_the_budget_hears_what_the_bill_says(desk, bedrock):
    desk.embed(desk.film(5))
    (usage,) = desk.purse.settled
    assert usage.kind == "video"
    assert usage.seconds == pytest.approx(bedrock.log.bill.usage.video_s)
    assert usage.sent_bytes == len(clip(seconds=5))
    assert not desk.purse.reserved


def test_a_budget_that_is_used_up_starts_nothing(desk, bedrock):
    def refuse(_estimate):
        raise NeedsUser("The month's cap is reached. Raise it in Settings.")

    desk.purse.reserve = refuse
    with pytest.raises(NeedsUser, match="cap"):
        desk.embed(desk.film(4))
    assert bedrock.log.bill.jobs == 0


def test_what_was_sent_is_told_before_and_what_was_deleted_after(desk):
    part = desk.film(4)
    desk.embed(part)
    ((place, size),) = desk.sent
    assert place.startswith(f"s3://{desk.aws.bucket}/nova-desktop/")
    assert part.path.name not in place
    assert size == part.path.stat().st_size
    assert desk.keys()
    desk.engine().finish(desk.records)
    assert place in desk.deleted
    assert desk.keys() == []


def test_finishing_twice_is_finishing_once(desk):
    desk.embed(desk.film(4))
    desk.engine().finish(desk.records)
    deleted = list(desk.deleted)
    desk.engine().finish(desk.records)
    assert desk.deleted == deleted
    desk.records.drop()
    desk.engine().finish(desk.records)


def test_what_can_not_be_deleted_is_no_error(desk, caplog):
    desk.embed(desk.film(4))
    state = desk.records.load(0)
    desk.records.save(0, {**state, "bucket": "not-there-any-more"})
    desk.engine().finish(desk.records)
    assert "Something is left in s3://not-there-any-more/" in caplog.text


# A restart at every step.

SAVES = 6  # of one part: planned, begun, sent, token, started, done
CRASHES = list(itertools.product(range(1, SAVES + 1), (False, True)))


@pytest.mark.parametrize(("save", "after"), CRASHES)
def test_after_a_restart_nothing_is_paid_twice(desk, bedrock, save, after):
    part = desk.film(4)
    with pytest.raises(Crash):
        desk.embed(part, records=FileRecords(desk.records.file, save, after))
    segments = desk.embed(part)
    assert len(good(segments)) == 2
    assert bedrock.log.bill.jobs == 1
    assert bedrock.log.bill.repeated == 0
    desk.engine().finish(desk.records)
    assert desk.keys() == []


def test_saves_are_as_many_as_steps(desk):
    desk.embed(desk.film(4))
    assert desk.records.saves == SAVES


@pytest.mark.parametrize("save", range(1, 2 * SAVES + 1))
def test_two_parts_go_on_where_they_were(desk, bedrock, save):
    parts = desk.film(4), desk.film(2, 4.0)
    with pytest.raises(Crash):
        desk.embed(*parts, records=FileRecords(desk.records.file, save, after=True))
    assert [start for start, _ in spans(desk.embed(*parts))] == [0, 2, 4]
    assert bedrock.log.bill.jobs == 2
    assert bedrock.log.bill.repeated == 0


def test_a_crash_at_every_save_still_comes_to_an_end(desk, bedrock):
    part = desk.film(4)
    for _ in range(SAVES):
        with pytest.raises(Crash):
            desk.embed(part, records=FileRecords(desk.records.file, 1, after=True))
    assert len(good(desk.embed(part))) == 2
    assert bedrock.log.bill.jobs == 1


def test_the_parts_are_not_made_again_once_they_are_sent(desk):
    part = desk.film(4)
    with pytest.raises(Crash):
        desk.embed(part, records=FileRecords(desk.records.file, 5, after=True))
    desk.embed(part)
    desk.embed(part)
    assert desk.asked == 1


def test_a_job_that_is_done_is_fetched_again_for_nothing(desk, bedrock):
    part = desk.film(4)
    first, again = desk.embed(part), desk.embed(part)
    assert spans(first) == spans(again)
    assert all(np.array_equal(a.vector, b.vector) for a, b in zip(first, again, strict=True))
    assert bedrock.log.bill.jobs == 1
    assert len(desk.purse.settled) == 1


def test_another_dimension_is_another_job_and_the_old_one_is_cleared(desk, bedrock):
    desk.embed(desk.film(4))
    segments = desk.embed(desk.film(4), dim=384)
    assert segments[0].vector.shape == (384,)
    assert bedrock.log.bill.jobs == 2
    desk.engine().finish(desk.records)
    assert desk.keys() == []


def test_a_crash_while_finishing_leaves_nothing_behind(desk):
    desk.embed(desk.film(4), desk.film(2, 4.0))
    records = FileRecords(desk.records.file, 2)
    with pytest.raises(Crash):
        desk.engine().finish(records)
    desk.engine().finish(desk.records)
    assert desk.keys() == []


# What goes wrong at the service.


def test_a_segment_that_is_refused_is_known_with_its_reason(desk, bedrock):
    bedrock.faults.add("partial", ["job"], segments=[1], message="Too blurred.")
    segments = desk.embed(desk.film(6))
    assert [s.vector is not None for s in segments] == [True, False, True]
    assert "Too blurred" in segments[1].reason
    assert segments[1].reason.endswith(".")
    assert desk.purse.settled[0].seconds == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize("word", ["FAILURE", "FAILED"])
@pytest.mark.parametrize("embedding", ["missing", "empty", "null"])
def test_each_way_to_say_that_a_segment_failed_is_understood(desk, bedrock, word, embedding):
    bedrock.conditions = replace(
        bedrock.conditions, failure_word=word, failed_line_embedding=embedding
    )
    bedrock.faults.add("partial", ["job"], segments=[0])
    segments = desk.embed(desk.film(4))
    assert [s.vector is not None for s in segments] == [False, True]


def test_a_film_of_which_nothing_is_taken_is_refused_and_not_asked_for_again(desk, bedrock):
    bedrock.conditions = replace(bedrock.conditions, rejected_colours=frozenset({"red"}))
    for _ in range(2):
        with pytest.raises(BadInput, match="content filter"):
            desk.embed(desk.film(4))
    assert bedrock.log.bill.jobs == 1
    assert not desk.purse.settled
    assert not desk.purse.reserved


def test_segments_without_room_are_asked_for_in_another_job(desk, bedrock):
    bedrock.faults.add("partial", ["job"], segments=[], times=1, reason="RATE_LIMIT_EXCEEDED")
    with pytest.raises(TryLater, match="again later"):
        desk.embed(desk.film(4))
    assert len(good(desk.embed(desk.film(4)))) == 2
    assert bedrock.log.bill.jobs == 2
    assert bedrock.log.bill.repeated == 0
    assert len({call.token for call in bedrock.log.calls("StartAsyncInvoke")}) == 2
    assert len(desk.sent) == 1


def test_a_few_segments_without_room_are_not_worth_paying_the_rest_again(desk, bedrock):
    bedrock.faults.add("partial", ["job"], segments=[0], reason="INTERNAL_SERVER_EXCEPTION")
    segments = desk.embed(desk.film(6))
    assert [s.vector is not None for s in segments] == [False, True, True]
    assert bedrock.log.bill.jobs == 1


def test_what_an_earlier_job_gave_is_kept(desk, bedrock):
    bedrock.faults.add("partial", ["job"], segments=[0, 1], times=1, reason="RATE_LIMIT_EXCEEDED")
    bedrock.faults.add("late", ["job"], skip=1, message="malformed input")
    with pytest.raises(TryLater):
        desk.embed(desk.film(6))
    segments = desk.embed(desk.film(6))
    assert [s.vector is not None for s in segments] == [False, False, True]


def test_a_job_that_fails_late_is_started_again_and_not_for_ever(desk, bedrock):
    bedrock.faults.add("late", ["job"])
    for _ in range(2):
        with pytest.raises(TryLater, match="again later"):
            desk.embed(desk.film(4))
    for _ in range(2):
        with pytest.raises(BadInput, match="failed"):
            desk.embed(desk.film(4))
    assert bedrock.log.bill.jobs == 3
    assert not desk.purse.reserved
    desk.engine().finish(desk.records)
    assert desk.keys() == []


def test_a_job_that_fails_over_its_content_is_not_started_again(desk, bedrock):
    part = replace(desk.sound(4), mime="audio/wav")
    data = part.path.read_bytes()
    part.path.write_bytes(data[:44])  # a head, and nothing behind it
    for _ in range(2):
        with pytest.raises(BadInput):
            desk.embed(part, modality=Modality.AUDIO)
    assert bedrock.log.bill.jobs == 1


def test_one_part_that_is_refused_costs_the_others_nothing(desk, bedrock):
    bad = desk.part(clip(seconds=2)[:2000] + bytes(4000), "video/mp4", 4.0, 6.0)
    segments = desk.embed(desk.film(4), bad)
    assert [s.vector is not None for s in segments] == [True, True, False]
    assert spans(segments)[-1] == (4, 6)
    assert segments[-1].reason.endswith(".")
    assert bedrock.log.bill.usage.video_s == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize("fault", ["garbled", "unwritten"])
def test_results_that_can_not_be_read_are_looked_at_again_but_never_paid_again(
    desk, bedrock, fault
):
    bedrock.faults.add(fault, ["job"])
    for _ in range(2):
        with pytest.raises(TryLater, match=r"\.$"):
            desk.embed(desk.film(4))
    for _ in range(2):
        with pytest.raises(BadInput, match=r"\.$"):
            desk.embed(desk.film(4))
    assert bedrock.log.bill.jobs == 1
    assert [usage.seconds for usage in desk.purse.settled] == [4]


def test_one_part_that_can_not_be_read_costs_the_others_nothing(desk, bedrock):
    bedrock.faults.add("unwritten", ["job"], times=1)
    for _ in range(2):
        with pytest.raises(TryLater):
            desk.embed(desk.film(4), desk.film(2, 4.0))
    segments = desk.embed(desk.film(4), desk.film(2, 4.0))
    assert sorted(segment.vector is None for segment in segments) in (
        [False, True],
        [False, False, True],
    )
    assert bedrock.log.bill.jobs == 2


def test_a_storm_is_sat_out(desk, bedrock):
    for operation in ("StartAsyncInvoke", "GetAsyncInvoke"):
        bedrock.faults.add("ThrottlingException", [operation], times=3)
        bedrock.faults.add("InternalServerException", [operation], times=2, skip=4)
    bedrock.faults.add("reset_after", ["StartAsyncInvoke"], times=1)
    assert len(good(desk.embed(desk.film(4)))) == 2
    assert bedrock.log.bill.jobs == 1


@pytest.mark.parametrize("operation", ["StartAsyncInvoke", "GetAsyncInvoke"])
@pytest.mark.parametrize(
    "kind", ["ThrottlingException", "InternalServerException", "reset_before", "cut"]
)
def test_a_storm_without_an_end_is_for_later_and_then_goes_on(desk, bedrock, operation, kind):
    bedrock.faults.add(kind, [operation])
    with pytest.raises(TryLater, match=r"\.$"):
        desk.embed(desk.film(4))
    calls = len(bedrock.log.calls(operation))
    assert 1 < calls <= 10
    bedrock.faults.clear()
    assert len(good(desk.embed(desk.film(4)))) == 2
    assert bedrock.log.bill.jobs == 1


def test_more_jobs_than_the_account_may_run_wait_for_their_turn(desk, bedrock):
    bedrock.conditions = replace(bedrock.conditions, parallel_jobs=1, job_s=0.1)
    assert len(good(desk.embed(desk.film(2), desk.film(2, 2.0)))) == 2


def test_no_more_jobs_run_at_once_than_are_allowed(desk, bedrock, tmp_path):
    bedrock.conditions = replace(bedrock.conditions, job_s=0.2, parallel_jobs=2)
    engine = desk.engine(most=2)
    parts = [desk.film(2, 2.0 * n) for n in range(4)]

    def embed(number: int) -> None:
        records = FileRecords(tmp_path / f"{number}.json")
        engine.embed(lambda: parts, Modality.VIDEO, records, *[lambda *_: None] * 2)

    threads = [threading.Thread(target=embed, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bedrock.log.codes("StartAsyncInvoke") == {"": 8}


def test_starts_are_spaced(desk, bedrock):
    parts = [desk.film(2, 2.0 * n) for n in range(3)]
    desk.embed(*parts, waits=replace(QUICK, between_starts_s=0.2))
    times = [call.at_s for call in bedrock.log.calls("StartAsyncInvoke")]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.15


def test_an_account_that_may_not_is_told_so_and_goes_on_later(desk, bedrock):
    bedrock.conditions = replace(
        bedrock.conditions, denied_operations=frozenset({"StartAsyncInvoke"})
    )
    with pytest.raises(NeedsUser, match="bedrock:InvokeModel"):
        desk.embed(desk.film(4))
    bedrock.conditions = replace(bedrock.conditions, denied_operations=frozenset())
    assert len(good(desk.embed(desk.film(4)))) == 2
    assert len(desk.sent) == 1


def test_a_start_that_is_refused_is_bad_input(desk, bedrock):
    bedrock.faults.add("ValidationException", ["StartAsyncInvoke"], message="Malformed: no.")
    for _ in range(2):
        with pytest.raises(BadInput, match="Malformed: no"):
            desk.embed(desk.film(4))
    assert len(bedrock.log.calls("StartAsyncInvoke")) == 1
    bedrock.faults.clear()
    bedrock.faults.add("ValidationException", ["StartAsyncInvoke"], message="content policy")
    desk.records.drop()
    with pytest.raises(BadInput, match="content filter"):
        desk.embed(desk.film(4))


def test_a_job_that_the_service_has_forgotten_is_read_from_what_it_left(desk, bedrock):
    with pytest.raises(Crash):
        desk.embed(desk.film(4), records=FileRecords(desk.records.file, 6))
    bedrock.faults.add("ValidationException", ["GetAsyncInvoke"], message="no such invocation")
    assert len(good(desk.embed(desk.film(4)))) == 2
    assert bedrock.log.bill.jobs == 1


def test_the_id_in_the_uri_from_the_start_is_not_doubled(desk, bedrock):
    bedrock.conditions = replace(bedrock.conditions, uri_with_id_at_once=True)
    assert len(good(desk.embed(desk.film(4)))) == 2


# The bucket.


def test_a_bucket_that_is_not_there_is_told_before_anything_leaves(desk):
    with pytest.raises(NeedsUser, match="does not exist"):
        desk.embed(desk.film(4), bucket="no-such-bucket")
    assert not desk.sent


def test_a_bucket_elsewhere_is_told_before_anything_leaves(desk):
    elsewhere = f"{desk.aws.bucket}-eu"
    place = {"LocationConstraint": "eu-west-1"}
    desk.aws.s3.create_bucket(Bucket=elsewhere, CreateBucketConfiguration=place)
    with pytest.raises(NeedsUser, match="eu-west-1"):
        desk.embed(desk.film(4), bucket=elsewhere)
    assert not desk.sent


@pytest.mark.parametrize("name", ["Upper", "a", "with space", "-dash"])
def test_a_name_that_is_no_buckets_is_refused(desk, name):
    with pytest.raises(NeedsUser, match="Settings"):
        desk.embed(desk.film(4), bucket=name)
    assert not desk.sent


def test_without_a_bucket_nothing_is_taken(desk):
    assert not desk.engine(bucket="").takes(Modality.VIDEO, 7200, 480, 0)
    assert desk.engine().takes(Modality.VIDEO, 7200, 480, 0)
    with pytest.raises(NeedsUser, match="S3 bucket"):
        desk.embed(desk.film(4), bucket="")


def test_a_lost_network_is_for_later(desk, monkeypatch):
    monkeypatch.setattr(aws_client, "client_of", _client_of.__wrapped__)
    with monkeypatch.context() as offline:
        offline.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
        with pytest.raises(TryLater, match="Amazon S3 can't be reached"):
            desk.embed(desk.film(4))
    assert len(good(desk.embed(desk.film(4)))) == 2


# Stopping.


def stopped_after(desk, seconds, work):
    """How long after a stop `work` goes on."""
    timer = threading.Timer(seconds, desk.stop.set)
    timer.start()
    with pytest.raises(Stopped):
        work()
    ended = time.monotonic()
    timer.join()
    return ended


def test_a_stop_ends_the_waiting_at_once_and_it_goes_on_later(desk, bedrock):
    bedrock.conditions = replace(bedrock.conditions, job_s=1.5)
    slow = replace(QUICK, poll=Pauses(60, 60))
    began = time.monotonic()
    ended = stopped_after(desk, 0.7, lambda: desk.embed(desk.film(4), waits=slow))
    assert ended - began < 1.7
    desk.stop.clear()
    assert len(good(desk.embed(desk.film(4)))) == 2
    assert bedrock.log.bill.jobs == 1


@pytest.mark.parametrize("operation", ["StartAsyncInvoke", "GetAsyncInvoke"])
def test_a_stop_does_not_wait_for_an_answer(desk, bedrock, operation):
    bedrock.faults.add("slow", [operation], seconds=5, times=1)
    began = time.monotonic()
    ended = stopped_after(desk, 0.7, lambda: desk.embed(desk.film(4)))
    assert ended - began < 1.7
    desk.stop.clear()
    bedrock.faults.clear()


def test_what_is_stopped_already_does_nothing(desk):
    desk.stop.set()
    with pytest.raises(Stopped):
        desk.embed(desk.film(4))
    assert not desk.sent


# The engine's own checks.


@pytest.mark.parametrize("more", [{"dim": 512}, {"segment_s": 0}, {"segment_s": 31}])
def test_settings_that_the_service_has_not_are_refused(desk, more):
    with pytest.raises(BadInput):
        desk.engine(**more)


def test_a_picture_is_no_job(desk):
    with pytest.raises(BadInput, match="piece by piece"):
        desk.embed(desk.film(4), modality=Modality.IMAGE)


def test_a_file_that_is_cut_otherwise_than_before_is_not_mixed_up(desk):
    with pytest.raises(Crash):
        desk.embed(desk.film(4), desk.film(2, 4.0), records=FileRecords(desk.records.file, 3))
    with pytest.raises(BadInput, match="cut otherwise"):
        desk.embed(desk.film(4), desk.film(2, 5.0))
