"""What goes by job, and that nothing leaves which the service would refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.engines import nova_job_request as requests
from nova_desktop.errors import BadInput, TryLater
from nova_desktop.long_media import LongPart
from nova_desktop.model import Modality
from tests.emulators.samples import clip, tone

ARN = "arn:aws:bedrock:us-east-1:111122223333:async-invoke/g7ur3b32a10n"


def part(path: Path, mime: str = "video/mp4", seconds: float = 2.0) -> LongPart:
    return LongPart(path, mime, 10.0, 10.0 + seconds)


@pytest.fixture
def film(tmp_path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(clip())
    return path


@pytest.mark.parametrize(
    ("segments", "waiting", "by_job"),
    [(39, 1, False), (40, 1, True), (12, 99, False), (12, 100, True), (11, 10_000, False)],
)
def test_the_rule_of_what_goes_by_job(segments, waiting, by_job):
    for modality in Modality:
        wanted = by_job and modality in (Modality.VIDEO, Modality.AUDIO)
        assert requests.goes_by_job(modality, segments, waiting) is wanted


@pytest.mark.parametrize(
    ("seconds", "wanted_s", "given_s"),
    [(60, 15, 15), (7200, 1, 6), (7168, 5, 5), (7170, 5, 6), (7200, 15, 15), (1433, 1, 1)],
)
def test_segments_are_as_long_as_their_number_allows(seconds, wanted_s, given_s):
    given = requests.segment_s_for(seconds, wanted_s)
    assert given == given_s
    assert seconds / given <= requests.MAX_SEGMENTS
    assert given in requests.SEGMENT_S


def test_a_good_part_is_its_size(film):
    assert requests.check(part(film)) == film.stat().st_size


def test_a_sound_is_taken(tmp_path):
    for ending, mime in (("wav", "audio/wav"), ("mp3", "audio/mpeg"), ("ogg", "audio/ogg")):
        path = tmp_path / f"sound.{ending}"
        path.write_bytes(tone(ending))
        assert requests.check(part(path, mime))


@pytest.mark.parametrize(("mime", "size"), [("video/mp4", 2 * 10**9), ("audio/wav", 10**9)])
def test_as_large_as_may_be_and_no_larger(tmp_path, mime, size):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(clip() if mime.startswith("video") else tone())
        file.truncate(size)  # a hole, which takes no room
        assert requests.check(part(path, mime)) == size
        file.truncate(size + 1)
    with pytest.raises(BadInput, match="GB"):
        requests.check(part(path, mime))


def test_two_hours_are_taken_and_more_are_not(film):
    assert requests.check(part(film, seconds=7200))
    with pytest.raises(BadInput, match="2 hours"):
        requests.check(part(film, seconds=7200.1))
    with pytest.raises(BadInput):
        requests.check(part(film, seconds=0))


def test_a_container_that_is_another_than_it_says_does_not_leave(film):
    with pytest.raises(BadInput, match="is mp4, and not mkv"):
        requests.check(part(film, "video/x-matroska"))


@pytest.mark.parametrize("mime", ["audio/flac", "image/png", "text/plain", "video/avi"])
def test_other_forms_do_not_leave(film, mime):
    with pytest.raises(BadInput, match=mime):
        requests.check(part(film, mime))


def test_a_file_that_is_empty_or_gone_has_a_sentence(film):
    film.write_bytes(b"")
    with pytest.raises(BadInput, match="empty"):
        requests.check(part(film))
    film.unlink()
    with pytest.raises(TryLater, match="can't be read"):
        requests.check(part(film))


def request(mime: str, seconds: float = 60.0) -> dict:
    return requests.request_of(
        mime, seconds, "s3://b/in/a", "s3://b/out/", "token", 1024, "AUDIO_VIDEO_COMBINED", 10
    )


def test_a_request_is_as_the_guide_shows_it():
    assert request("video/mp4") == {
        "clientRequestToken": "token",
        "modelId": "amazon.nova-2-multimodal-embeddings-v1:0",
        "modelInput": {
            "schemaVersion": "nova-multimodal-embed-v1",
            "taskType": "SEGMENTED_EMBEDDING",
            "segmentedEmbeddingParams": {
                "embeddingPurpose": "GENERIC_INDEX",
                "embeddingDimension": 1024,
                "video": {
                    "format": "mp4",
                    "embeddingMode": "AUDIO_VIDEO_COMBINED",
                    "source": {"s3Location": {"uri": "s3://b/in/a"}},
                    "segmentationConfig": {"durationSeconds": 10},
                },
            },
        },
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://b/out/"}},
    }
    params = request("audio/mpeg")["modelInput"]["segmentedEmbeddingParams"]
    assert params["audio"] == {
        "format": "mp3",
        "source": {"s3Location": {"uri": "s3://b/in/a"}},
        "segmentationConfig": {"durationSeconds": 10},
    }


@pytest.mark.parametrize("token", ["", "with space", "x" * 257, "é"])
def test_a_token_that_is_none_is_a_bug(token):
    with pytest.raises(ValueError, match="clientRequestToken"):
        requests.request_of("video/mp4", 60, "s3://b/a", "s3://b/out/", token, 256, "m", 10)


@pytest.mark.parametrize("uri", ["s3://b/out", "s3://b/out/", "s3://b/out/g7ur3b32a10n"])
def test_the_job_id_is_at_the_end_of_the_uri_once(uri):
    assert requests.folder_of(uri, ARN) == "s3://b/out/g7ur3b32a10n"


def test_the_pattern_of_a_job():
    assert requests.ARN.fullmatch(ARN)
    assert requests.ARN.fullmatch(ARN.replace("arn:aws:", "arn:aws-us-gov:"))
    for wrong in ("None", "", ARN + "x", ARN.replace("async-invoke", "model")):
        assert not requests.ARN.fullmatch(wrong)
