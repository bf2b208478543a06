"""What a job leaves in S3: names, segments, failures, and contradictions of the guides."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.emulators.bedrock import Bedrock
from tests.emulators.fixtures import Aws
from tests.emulators.jobwork import finished, lines, listing, start
from tests.emulators.samples import at, clip, image, index, picture, text, tone, video
from tests.media.clips import film


def of_video(uri: str, seconds: int | None = None, mode: str = "COMBINED") -> dict[str, Any]:
    cut = {} if seconds is None else {"durationSeconds": seconds}
    return index(
        video={
            "format": "mp4",
            "source": at(uri),
            "embeddingMode": f"AUDIO_VIDEO_{mode}",
            "segmentationConfig": cut,
        }
    )


def of_text(uri: str, most: int = 800, mode: str = "END") -> dict[str, Any]:
    cut = {"maxLengthChars": most}
    return index(text={"truncationMode": mode, "source": at(uri), "segmentationConfig": cut})


def test_a_film_is_found_at_its_moments(aws: Aws, bedrock: Bedrock, tmp_path: Any) -> None:
    uri = aws.put(
        "film.mp4", film(tmp_path / "film.mp4").read_bytes()
    )  # red, green, blue: 4 s each
    job = finished(aws, start(aws, of_video(uri, 4)))
    found = listing(aws, job)
    folder = job["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    assert found["sourceFileUri"] == uri
    assert found["embeddingDimension"] == 256
    (result,) = found["embeddingResults"]
    assert result == {
        "embeddingType": "AUDIO_VIDEO_COMBINED",
        "status": "SUCCESS",
        "outputFileUri": f"{folder}/embedding-audio-video.jsonl",
    }
    rows = lines(aws, result)
    assert [row["status"] for row in rows] == ["SUCCESS"] * len(rows)
    times = [row["segmentMetadata"] for row in rows]
    assert [time["segmentIndex"] for time in times] == list(range(len(rows)))
    for one, next_ in itertools.pairwise(times):
        assert one["segmentEndSeconds"] == next_["segmentStartSeconds"]
    assert times[-1]["segmentEndSeconds"] == pytest.approx(12, abs=0.1)
    vectors = np.array([row["embedding"] for row in rows[:3]])
    for number, colour in enumerate(("red", "green", "blue")):
        asked = aws.invoke({**text(colour), "embeddingPurpose": "VIDEO_RETRIEVAL"})
        assert (vectors @ np.array(asked["embeddings"][0]["embedding"])).argmax() == number
    assert bedrock.log.bill.usage.video_s == pytest.approx(12, abs=0.1)
    assert json.loads(aws.get(f"{folder}/manifest.json")) == {}


def test_segments_are_5_seconds_unless_asked_otherwise(aws: Aws) -> None:
    uri = aws.put("a.wav", tone("wav", 440, 12, 8000))
    cut: dict[str, Any] = {"segmentationConfig": {}}
    job = finished(aws, start(aws, index(audio={"format": "wav", "source": at(uri), **cut})))
    (result,) = listing(aws, job)["embeddingResults"]
    assert result["outputFileUri"].endswith("/embedding-audio.jsonl")
    spans = [
        (row["segmentMetadata"]["segmentStartSeconds"], row["segmentMetadata"]["segmentEndSeconds"])
        for row in lines(aws, result)
    ]
    assert spans == [(0.0, 5.0), (5.0, 10.0), (10.0, 12.0)]


def test_a_film_kept_apart_leaves_two_files(aws: Aws) -> None:
    job = finished(aws, start(aws, of_video(aws.put("a.mp4", clip()), 1, "SEPARATE")))
    results = {r["embeddingType"]: r for r in listing(aws, job)["embeddingResults"]}
    names = {kind: r["outputFileUri"].rpartition("/")[2] for kind, r in results.items()}
    assert names == {"VIDEO": "embedding-video.jsonl", "AUDIO": "embedding-audio.jsonl"}
    assert len(lines(aws, results["VIDEO"])) == len(lines(aws, results["AUDIO"])) >= 2


@pytest.mark.parametrize(
    ("silent", "states"),
    [("omit", {"VIDEO": "SUCCESS"}), ("fail", {"VIDEO": "FAILURE", "AUDIO": "FAILURE"})],
)
def test_a_silent_film_kept_apart(
    aws: Aws, bedrock: Bedrock, silent: str, states: dict[str, str]
) -> None:
    bedrock.conditions = replace(bedrock.conditions, silent_video=silent)
    uri = aws.put("a.mp4", clip("mp4", "red", 2, 0))
    job = finished(aws, start(aws, of_video(uri, 1, "SEPARATE")))
    assert job["status"] == "Completed"
    results = listing(aws, job)["embeddingResults"]
    assert {r["embeddingType"]: r["status"] for r in results} == states


def test_an_image_is_one_line(aws: Aws, bedrock: Bedrock) -> None:
    source = at(aws.put("a.png", picture("blue")))
    detail = {"detailLevel": "DOCUMENT_IMAGE"}
    job = finished(aws, start(aws, index(image={"format": "png", "source": source, **detail})))
    (result,) = listing(aws, job)["embeddingResults"]
    assert result["outputFileUri"].endswith("/embedding-image.json")
    (row,) = lines(aws, result)
    same = aws.invoke(image(picture("blue"), **detail))["embeddings"][0]["embedding"]
    assert row == {"embedding": same, "segmentMetadata": {"segmentIndex": 0}, "status": "SUCCESS"}
    assert bedrock.log.bill.usage.document_images == 2


def test_text_is_cut_between_words_and_nothing_is_lost(aws: Aws) -> None:
    words = " ".join(f"word{n}" for n in range(400)) + " " + "x" * 900
    job = finished(aws, start(aws, of_text(aws.put("a.txt", words.encode()))))
    (result,) = listing(aws, job)["embeddingResults"]
    assert result["outputFileUri"].endswith("/embedding-text.jsonl")
    cuts = []
    for number, row in enumerate(lines(aws, result)):
        place = row["segmentMetadata"]
        assert place["segmentIndex"] == number
        assert place["truncatedCharLength"] == 0
        cuts.append(words[place["segmentStartCharPosition"] : place["segmentEndCharPosition"]])
    assert "".join(cuts) == words
    assert all(len(cut) <= 800 for cut in cuts)
    assert all(cut[-1].isspace() for cut in cuts[:3])
    whole = aws.invoke(text(cuts[0]))["embeddings"][0]["embedding"]
    assert lines(aws, result)[0]["embedding"] == whole


def test_a_segment_over_8192_tokens_is_cut_or_fails(aws: Aws) -> None:
    uri = aws.put("a.txt", b"red " * 12_000)
    job = finished(aws, start(aws, of_text(uri, 50_000)))
    (row,) = lines(aws, listing(aws, job)["embeddingResults"][0])
    assert row["segmentMetadata"]["truncatedCharLength"] == 8192 * 4 - 1
    job = finished(aws, start(aws, of_text(uri, 50_000, "NONE")))
    (result,) = listing(aws, job)["embeddingResults"]
    assert (result["status"], result["failureReason"]) == ("FAILURE", "INVALID_CONTENT")
    assert "maxTokens: 8192" in result["message"]


def test_a_partial_job_tells_which_segments_failed(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add(
        "partial", ["job"], segments=[0, 2], reason="RATE_LIMIT_EXCEEDED", message="Later."
    )
    uri = aws.put("a.wav", tone("wav", 440, 4, 8000))
    cut = {"segmentationConfig": {"durationSeconds": 1}}
    job = finished(aws, start(aws, index(audio={"format": "wav", "source": at(uri), **cut})))
    assert job["status"] == "Completed"
    (result,) = listing(aws, job)["embeddingResults"]
    assert result["status"] == "PARTIAL_SUCCESS"
    assert (result["failureReason"], result["message"]) == ("RATE_LIMIT_EXCEEDED", "Later.")
    rows = lines(aws, result)
    assert [row["status"] for row in rows] == ["FAILURE", "SUCCESS", "FAILURE", "SUCCESS"]
    assert rows[2] == {
        "segmentMetadata": {
            "segmentIndex": 2, "segmentStartSeconds": 2.0, "segmentEndSeconds": 3.0
        },
        "status": "FAILURE",
        "failureReason": "RATE_LIMIT_EXCEEDED",
        "message": "Later.",
    }  # fmt: skip
    assert bedrock.log.bill.usage.audio_s == 2


@pytest.mark.parametrize(("kind", "held"), [("missing", None), ("empty", []), ("null", None)])
def test_the_line_of_a_failed_segment_has_several_shapes(
    aws: Aws, bedrock: Bedrock, kind: str, held: object
) -> None:
    bedrock.conditions = replace(
        bedrock.conditions, failed_line_embedding=kind, failure_word="FAILED"
    )
    bedrock.faults.add("partial", ["job"], segments=[])
    source = at(aws.put("a.png", picture()))
    job = finished(aws, start(aws, index(image={"format": "png", "source": source})))
    (result,) = listing(aws, job)["embeddingResults"]
    (row,) = lines(aws, result)
    assert (result["status"], row["status"]) == ("FAILED", "FAILED")
    assert ("embedding" in row) == (kind != "missing")
    assert row.get("embedding") == held


def test_unwanted_content_fails_its_segments_alone(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(
        bedrock.conditions,
        rejected_words=frozenset({"forbidden"}),
        rejected_colours=frozenset({"purple"}),
    )
    words = ("good " * 160 + "forbidden " + "fine " * 158).encode()
    job = finished(aws, start(aws, of_text(aws.put("a.txt", words))))
    (result,) = listing(aws, job)["embeddingResults"]
    assert result["status"] == "PARTIAL_SUCCESS"
    assert result["failureReason"] == "RAI_VIOLATION_INPUT_TEXT_DEFLECTION"
    job = finished(aws, start(aws, of_video(aws.put("a.mp4", clip("mp4", "purple")))))
    (result,) = listing(aws, job)["embeddingResults"]
    assert result["status"] == "FAILURE"
    assert result["failureReason"] == "RAI_VIOLATION_INPUT_IMAGE_DEFLECTION"


def test_a_job_may_fail_late(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("late", ["job"], times=1, message="Internal failure.")
    params = index(image={"format": "png", "source": at(aws.put("a.png", picture()))})
    job = finished(aws, start(aws, params))
    assert (job["status"], job["failureMessage"]) == ("Failed", "Internal failure.")
    assert bedrock.log.bill.usage.images == 1  # its work was done
    assert finished(aws, start(aws, params))["status"] == "Completed"


def test_a_job_may_be_slow(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("slow", ["job"], seconds=0.4)
    params = index(image={"format": "png", "source": at(aws.put("a.png", picture()))})
    job = finished(aws, start(aws, params))
    assert (job["endTime"] - job["submitTime"]).total_seconds() >= 0.4


def test_a_job_may_leave_its_results_unwritten_or_garbled(aws: Aws, bedrock: Bedrock) -> None:
    params = index(image={"format": "png", "source": at(aws.put("a.png", picture()))})
    bedrock.faults.add("unwritten", ["job"], times=1)
    job = finished(aws, start(aws, params))
    assert job["status"] == "Completed"
    with pytest.raises(aws.s3.exceptions.NoSuchKey):
        listing(aws, job)
    bedrock.faults.add("garbled", ["job"], times=1)
    (result,) = listing(aws, finished(aws, start(aws, params)))["embeddingResults"]
    with pytest.raises(ValueError, match=r"Unterminated|delimiter|Expecting"):
        lines(aws, result)


def test_a_job_whose_bucket_vanishes_fails(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, job_s=0.2)
    vanishing = f"{aws.bucket}-vanishing"
    aws.s3.create_bucket(Bucket=vanishing)
    params = index(image={"format": "png", "source": at(aws.put("a.png", picture()))})
    output = {"s3OutputDataConfig": {"s3Uri": f"s3://{vanishing}/out"}}
    arn = start(aws, params, outputDataConfig=output)
    aws.s3.delete_bucket(Bucket=vanishing)
    job = finished(aws, arn)
    assert job["status"] == "Failed"
    assert job["failureMessage"].startswith("The output could not be written: ")


def test_the_walk_of_the_announcement(aws: Aws) -> None:
    """Text, image, a film through S3, and a question, as the announcement goes through them."""
    assert aws.invoke(text("Amazon Nova is a multimodal foundation model"))
    assert aws.invoke(image(picture("red", "jpeg"), "jpeg"))
    job = finished(aws, start(aws, of_video(aws.put("in/video.mp4", clip()), 15)))
    kept = aws.s3.list_objects_v2(Bucket=aws.bucket, Prefix="out/")["Contents"]
    names = {item["Key"].rpartition("/")[2] for item in kept}
    assert names == {
        *("embedding-audio-video.jsonl", "manifest.json", "segmented-embedding-result.json"),
    }
    (result,) = listing(aws, job)["embeddingResults"]
    (row,) = lines(aws, result)
    direct = aws.invoke(video())["embeddings"][0]["embedding"]
    assert np.array(row["embedding"]) @ np.array(direct) == pytest.approx(1, abs=1e-6)
