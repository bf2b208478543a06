"""What a job left is read as documented, and what is not as documented stops at the gate."""

from __future__ import annotations

import json

import numpy as np
import pytest

from nova_desktop.aws.outcomes import Garbled, Rejected
from nova_desktop.engines.nova_job_answer import LANES, outcome_of, results_of
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from nova_desktop.model import Source

EAST = [1.0, 0.0, 0.0, 0.0]
FILE = "s3://b/out/id/embedding-audio-video.jsonl"
COMBINED, SEPARATE = LANES["AUDIO_VIDEO_COMBINED"], LANES["AUDIO_VIDEO_SEPARATE"]


def line(start: float = 0.0, stop: float = 2.0, **changes) -> dict:
    where = {"segmentIndex": 0, "segmentStartSeconds": start, "segmentEndSeconds": stop}
    made = {"embedding": EAST, "segmentMetadata": where, "status": "SUCCESS", **changes}
    return {name: value for name, value in made.items() if value is not ...}


def jsonl(*lines: dict) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in lines).encode()


def listed(kind: str = "AUDIO_VIDEO_COMBINED", **changes) -> dict:
    made = {"embeddingType": kind, "status": "SUCCESS", "outputFileUri": FILE, **changes}
    return {name: value for name, value in made.items() if value is not ...}


def read(data: bytes, *entries: dict, lanes=COMBINED):
    listing = json.dumps({"embeddingResults": entries or [listed()]}).encode()
    return results_of(listing, lambda _uri: data, 4, lanes, 60.0)


def test_lines_become_segments_in_the_order_of_time():
    found = read(jsonl(line(2, 4), line(0, 2)))
    assert [s.span.start for s in found.segments] == [0, 2]
    assert found.billed_s == 4
    assert found.passing == 0
    assert np.allclose(found.segments[0].vector, EAST)


@pytest.mark.parametrize("shape", ["one object", "a list", "indented", "blank lines"])
def test_other_ways_to_write_the_same_are_read(shape):
    data = {
        "one object": json.dumps(line()).encode(),
        "a list": json.dumps([line()]).encode(),
        "indented": json.dumps(line(), indent=2).encode(),
        "blank lines": b"\n" + jsonl(line()) + b"\n\n",
    }[shape]
    assert len(read(data).segments) == 1


def test_keys_that_are_not_known_are_passed_over():
    assert len(read(jsonl(line(startTime=7, news="x"))).segments) == 1


def test_both_lanes_are_billed_once():
    found = read(jsonl(line()), listed("VIDEO"), listed("AUDIO"), lanes=SEPARATE)
    assert [s.source for s in found.segments] == [Source.PICTURE, Source.SOUND]
    assert found.billed_s == 2


@pytest.mark.parametrize("word", ["FAILURE", "FAILED"])
def test_a_lane_without_a_file_is_one_failure_of_the_whole(word):
    gone = listed("AUDIO", status=word, outputFileUri=..., message="No sound.")
    found = read(jsonl(line()), listed("VIDEO"), gone, lanes=SEPARATE)
    failed = next(s for s in found.segments if s.vector is None)
    assert failed.source is Source.SOUND
    assert (failed.span.start, failed.span.stop) == (0, 60)
    assert "No sound" in failed.reason


REASONS = [
    ("RAI_VIOLATION_INPUT_TEXT_DEFLECTION", "content filter", False),
    ("RAI_VIOLATION_INPUT_IMAGE_DEFLECTION", "content filter", False),
    ("INVALID_CONTENT", "good copy", False),
    ("RATE_LIMIT_EXCEEDED", "retry", True),
    ("INTERNAL_SERVER_EXCEPTION", "retry", True),
    ("SOMETHING_NEW", "SOMETHING_NEW", False),
]


@pytest.mark.parametrize(("code", "words", "passes"), REASONS)
def test_each_reason_is_a_sentence(code, words, passes):
    bad = line(2, 4, embedding=..., status="FAILURE", failureReason=code)
    found = read(jsonl(line(), bad), listed(status="PARTIAL_SUCCESS"))
    assert found.good == 1
    assert found.passing == int(passes)
    assert words in found.segments[1].reason
    assert found.segments[1].reason.endswith(".")


def test_a_segment_without_a_direction_has_a_reason():
    found = read(jsonl(line(embedding=[0.0] * 4), line(2, 4)))
    assert [s.vector is None for s in found.segments] == [True, False]
    assert found.segments[0].reason


GARBLED = {
    "cut": jsonl(line(), line(2, 4))[:-20],
    "empty": b"",
    "no object": b"7\n",
    "html": b"<html>",
    "no place": jsonl(line(segmentMetadata=...)),
    "other names of times": jsonl(line(segmentMetadata={"startTime": 0, "endTime": 2})),
    "backwards": jsonl(line(4, 2)),
    "no status": jsonl(line(status=...)),
    "other status": jsonl(line(status="PERHAPS")),
    "too short": jsonl(line(embedding=EAST[:3])),
    "too long": jsonl(line(embedding=[*EAST, 0.0])),
    "not of unit length": jsonl(line(embedding=[2.0, 0, 0, 0])),
    "no vector": jsonl(line(embedding=...)),
    "no numbers": jsonl(line(embedding=["a"] * 4)),
}


@pytest.mark.parametrize("data", GARBLED.values(), ids=GARBLED)
def test_lines_that_are_not_as_documented_are_garbled(data):
    with pytest.raises(Garbled, match=r"not as documented.*\.$"):
        read(data)


LISTINGS = {
    "no json": b"<html>",
    "no results": b"{}",
    "none": b'{"embeddingResults": []}',
    "no object": b'{"embeddingResults": [7]}',
    "another kind": json.dumps({"embeddingResults": [listed("TEXT")]}).encode(),
    "twice": json.dumps({"embeddingResults": [listed(), listed()]}).encode(),
    "another status": json.dumps({"embeddingResults": [listed(status="PERHAPS")]}).encode(),
    "no file": json.dumps({"embeddingResults": [listed(outputFileUri=...)]}).encode(),
}


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
def test_a_list_that_is_not_as_documented_is_garbled(listing):
    with pytest.raises(Garbled):
        results_of(listing, lambda _uri: jsonl(line()), 4, COMBINED, 60.0)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("The content was blocked by our content filters.", Rejected),
        ("Malformed input request: #/x, please reformat.", BadInput),
        ("Access Denied when writing to s3://b/out", NeedsUser),
        ("Internal server error: the job failed.", TryLater),
        ("RATE_LIMIT_EXCEEDED", TryLater),
        ("", TryLater),
    ],
)
def test_why_a_job_failed_has_a_remedy(message, kind):
    error = outcome_of(message)
    assert type(error) is kind
    assert str(error).endswith(".")
