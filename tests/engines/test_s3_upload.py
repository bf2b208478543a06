"""A file becomes one object in S3; what arrived before a restart is not sent again."""

from __future__ import annotations

import base64
import os
import threading
import time
import zlib

import pytest

from nova_desktop.aws.client import Service
from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines.s3_bucket import Bucket
from nova_desktop.engines.s3_upload import (
    AT_ONCE,
    MOST_PARTS,
    PART_BYTES,
    Upload,
    part_bytes_for,
    parts_of,
    upload,
)
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from tests.engines.s3_between import between

KEY = "in/source.mp4"
GB = 1_000_000_000


class Sender:
    """One file, and the program that sends it; `going` is what it kept."""

    def __init__(self, aws, line, path) -> None:
        self.aws, self.line, self.path = aws, line, path
        self.stop = threading.Event()
        self.going: Upload | None = None
        self.told: list[float] = []
        self.bucket = Bucket(Service(Account(), "s3"), aws.bucket, self.stop, Pauses(0.01, 0.05))

    def begun(self, going: Upload) -> None:
        self.going = going

    def send(self) -> None:
        upload(self.bucket, KEY, self.path, self.going, self.begun, self.told.append)

    @property
    def object(self) -> bytes:
        return self.aws.s3.get_object(Bucket=self.aws.bucket, Key=KEY)["Body"].read()


@pytest.fixture(scope="module")
def data() -> bytes:
    return os.urandom(2 * PART_BYTES + 12_345)  # three parts


@pytest.fixture
def sender(aws, s3_server, tmp_path, monkeypatch, data):
    path = tmp_path / "film.mp4"
    path.write_bytes(data)
    with between(s3_server.url) as (line, url):
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", url)
        sender = Sender(aws, line, path)
        yield sender
        sender.stop.set()


def refuse(part: int, code: str = "SlowDown", times: int = 10**6):
    """A fault of one part's requests, from the first on."""
    struck = []

    def fault(seen, _number):
        if seen.operation == "UploadPart" and seen.part == part and len(struck) < times:
            struck.append(seen)
            return code
        return ""

    return fault


def test_a_file_arrives_whole_and_its_progress_is_told(sender, data):
    sender.send()
    assert sender.object == data
    assert sender.told == sorted(sender.told)
    assert sender.told[-1] == 1
    assert sender.line.parts() == [1, 2, 3]


def test_a_small_file_is_one_part(sender):
    sender.path.write_bytes(b"small")
    sender.send()
    assert sender.object == b"small"
    assert sender.line.parts() == [1]


def test_every_part_goes_with_its_checksum(sender, data):
    sender.send()
    for seen in sender.line.seen:
        if seen.operation == "UploadPart":
            part = data[(seen.part - 1) * PART_BYTES :][:PART_BYTES]
            crc = base64.b64encode(zlib.crc32(part).to_bytes(4, "big")).decode()
            assert seen.headers["x-amz-checksum-crc32"] == crc
    (created,) = (seen for seen in sender.line.seen if seen.operation == "Create")
    assert created.headers["x-amz-checksum-algorithm"] == "CRC32"


def test_after_a_restart_only_what_is_missing_is_sent(sender, data):
    sender.line.fault = refuse(2)
    with pytest.raises(TryLater, match="Amazon S3"):
        sender.send()
    assert sender.aws.s3.list_parts(Bucket=sender.aws.bucket, Key=KEY, UploadId=sender.going.id)[
        "Parts"
    ]
    sender.line.fault = lambda *_: ""
    sender.line.seen.clear()
    sender.send()
    assert 2 in sender.line.parts()
    assert len(sender.line.parts()) < 3
    assert sender.line.counts["Create"] == 1
    assert sender.object == data


def test_a_part_that_became_another_is_sent_again(sender, data):
    sender.line.fault = refuse(3)
    with pytest.raises(TryLater):
        sender.send()
    changed = bytes([data[0] ^ 1]) + data[1:]
    sender.path.write_bytes(changed)
    sender.line.fault = lambda *_: ""
    sender.line.seen.clear()
    sender.send()
    assert sender.line.parts() in ([1, 3], [1, 2, 3])
    assert sender.object == changed


def test_an_upload_that_is_forgotten_is_begun_anew(sender, data):
    sender.line.fault = refuse(2)
    with pytest.raises(TryLater):
        sender.send()
    first = sender.going
    sender.aws.s3.abort_multipart_upload(Bucket=sender.aws.bucket, Key=KEY, UploadId=first.id)
    sender.line.fault = lambda *_: ""
    sender.send()
    assert sender.going != first
    assert sender.object == data


def test_an_upload_that_is_forgotten_on_the_way_is_begun_anew(sender, data):
    sender.line.fault = refuse(2, "NoSuchUpload", times=1)
    sender.send()
    assert sender.line.counts["Create"] == 2
    assert sender.object == data


def test_an_upload_that_is_forgotten_again_and_again_is_for_later(sender):
    sender.line.fault = refuse(2, "NoSuchUpload")
    with pytest.raises(TryLater, match="not there any more"):
        sender.send()
    assert sender.line.counts["Create"] == 2


def test_what_is_whole_already_is_not_sent_again(sender):
    sender.send()  # and the program ended before that was kept
    sender.line.seen.clear()
    sender.send()
    assert sender.line.parts() == []


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "BadDigest", "reset"])
def test_a_request_that_fails_a_few_times_is_made_again(sender, data, code):
    sender.line.fault = refuse(1, code, times=3)
    sender.send()
    assert sender.object == data


def test_the_answer_to_the_last_request_may_be_lost(sender, data):
    sender.line.fault = lambda seen, number: (
        "reset" if seen.operation == "Complete" and not number else ""
    )
    sender.send()
    assert sender.object == data


def test_refusals_without_an_end_are_few_requests(sender):
    sender.line.fault = refuse(1)
    with pytest.raises(TryLater):
        sender.send()
    assert sender.line.parts().count(1) <= 8


def test_a_bucket_that_is_gone_needs_the_user(sender):
    sender.bucket.name = "no-such-bucket-here"
    with pytest.raises(NeedsUser, match="does not exist"):
        sender.send()


def test_a_stop_ends_an_upload_at_once_and_keeps_what_arrived(sender, data):
    sender.line.bytes_per_s = 4_000_000  # of each connection: two seconds a part
    timer = threading.Timer(0.5, sender.stop.set)
    began = time.monotonic()
    timer.start()
    with pytest.raises(Stopped):
        sender.send()
    assert time.monotonic() - began < 1.5
    timer.join()
    sender.stop.clear()
    sender.line.bytes_per_s = None
    sender.send()
    assert sender.object == data


def test_a_stop_lets_no_request_run_on(sender):
    sender.line.bytes_per_s = 1_000_000
    timer = threading.Timer(0.3, sender.stop.set)
    timer.start()
    with pytest.raises(Stopped):
        sender.send()
    timer.join()
    until = time.monotonic() + 3
    while any(thread.name == "upload" for thread in threading.enumerate()):
        assert time.monotonic() < until, "a part is still on its way"
        time.sleep(0.02)


def test_a_file_that_changes_on_the_way_is_sent_later(sender):
    def touch(seen, _number):
        if seen.operation == "UploadPart" and seen.part == 3:
            os.utime(sender.path, ns=(1, 1))
        return ""

    sender.line.fault = touch
    with pytest.raises(TryLater, match="changed"):
        sender.send()
    assert sender.line.counts["Complete"] == 0


def test_an_empty_file_and_one_that_is_gone_have_a_sentence(sender):
    sender.path.write_bytes(b"")
    with pytest.raises(BadInput, match="empty"):
        sender.send()
    sender.path.unlink()
    with pytest.raises(TryLater, match="can't be read"):
        sender.send()
    assert not sender.line.seen


def test_no_more_than_a_few_parts_are_on_their_way_at_once(sender):
    with sender.path.open("wb") as file:
        file.truncate(12 * PART_BYTES)
    sender.line.bytes_per_s = 40_000_000
    sender.send()
    assert 1 < sender.line.busiest <= AT_ONCE


@pytest.mark.parametrize("size", [1, PART_BYTES, PART_BYTES + 1, 2 * GB, 5_000 * GB])
def test_no_file_has_more_parts_than_s3_takes(size):
    part_bytes = part_bytes_for(size)
    assert -(-size // part_bytes) <= MOST_PARTS
    assert part_bytes % PART_BYTES == 0
    if size <= 2 * GB:
        parts = parts_of(size, part_bytes)
        assert sum(part.size for part in parts) == size
        assert [part.number for part in parts] == list(range(1, len(parts) + 1))
