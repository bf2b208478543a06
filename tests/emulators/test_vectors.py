"""The vectors are unit length, prefixes of one another, and near where the meaning is."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.emulators import tokens
from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import Aws
from tests.emulators.samples import (
    at,
    audio,
    clip,
    image,
    index,
    malformed,
    noise,
    picture,
    refusal,
    text,
    tone,
    video,
)

COLOURS = ("red", "green", "blue", "yellow", "purple", "white", "black")


def ask(aws: Aws, params: dict[str, Any], purpose: str = "GENERIC_INDEX", dim: int = 1024) -> Any:
    answer = aws.invoke({**params, "embeddingPurpose": purpose, "embeddingDimension": dim})
    return np.array(answer["embeddings"][0]["embedding"])


@pytest.mark.parametrize("kind", [text, image, audio, video])
def test_every_vector_is_unit_length_and_a_prefix_of_the_full_one(aws: Aws, kind: Any) -> None:
    full = ask(aws, kind(), dim=3072)
    for dim in (256, 384, 1024, 3072):
        vector = ask(aws, kind(), dim=dim)
        assert abs(np.linalg.norm(vector) - 1) < 3e-7
        assert vector @ (full[:dim] / np.linalg.norm(full[:dim])) == pytest.approx(1, abs=1e-9)


def test_the_same_request_gives_the_same_vector(aws: Aws) -> None:
    assert aws.invoke(text()) == aws.invoke(text())


@pytest.mark.parametrize("dim", [256, 3072])
def test_the_word_for_a_colour_finds_its_pictures_and_films(aws: Aws, dim: int) -> None:
    kinds: list[tuple[Callable[[str], dict[str, Any]], str]] = [
        (lambda colour: image(picture(colour)), "IMAGE_RETRIEVAL"),
        (lambda colour: video(clip("mp4", colour, 2, 0)), "VIDEO_RETRIEVAL"),
    ]
    for kind, purpose in kinds:
        shown = np.array([ask(aws, kind(colour), dim=dim) for colour in COLOURS])
        for number, colour in enumerate(COLOURS):
            question = ask(aws, text(f"something {colour} on the table"), purpose, dim)
            assert (shown @ question).argmax() == number


def test_a_picture_finds_films_of_its_colour_also_with_sound(aws: Aws) -> None:
    films = np.array([ask(aws, video(clip("mp4", colour))) for colour in ("red", "blue")])
    for number, colour in enumerate(("red", "blue")):
        asked = ask(aws, image(picture(colour)), "GENERIC_RETRIEVAL")
        assert (films @ asked).argmax() == number


def test_words_for_sounds_find_them(aws: Aws) -> None:
    heard = [tone("wav", 100), tone("wav", 5000), noise(), tone("wav", 0)]
    sounds = np.array([ask(aws, audio(sound)) for sound in heard])
    questions = ["a deep hum", "a high whistle", "the noise of rain", "silence"]
    for number, question in enumerate(questions):
        asked = ask(aws, text(question), "AUDIO_RETRIEVAL")
        assert (sounds @ asked).argmax() == number


def test_a_sound_in_another_format_is_still_that_sound(aws: Aws) -> None:
    wav, mp3 = ask(aws, audio(tone("wav", 300))), ask(aws, audio(tone("mp3", 300), "mp3"))
    assert wav @ mp3 > 0.97
    assert wav @ ask(aws, audio(tone("wav", 5000))) < 0.8


def test_text_is_near_text_that_shares_its_words(aws: Aws) -> None:
    stored = ["Dogs swim in the lake", "Invoice for three chairs", "Snow on the mountain"]
    vectors = np.array([ask(aws, text(words)) for words in stored])
    for number, question in enumerate(["a dog in a lake", "invoices", "mountains with snow"]):
        assert (vectors @ ask(aws, text(question), "TEXT_RETRIEVAL")).argmax() == number


def test_purposes_differ_a_little_and_compare(aws: Aws) -> None:
    purposes = ["GENERIC_INDEX", "GENERIC_RETRIEVAL", "TEXT_RETRIEVAL", "CLUSTERING"]
    vectors = [ask(aws, text(), purpose) for purpose in purposes]
    for one, other in itertools.combinations(vectors, 2):
        assert 0.95 < one @ other < 0.9999


def test_the_fitting_purpose_scores_better_than_the_generic_one(aws: Aws) -> None:
    stored = ask(aws, image(picture("red")))
    fitting = ask(aws, text("red"), "IMAGE_RETRIEVAL")
    generic = ask(aws, text("red"), "GENERIC_RETRIEVAL")
    assert stored @ fitting > stored @ generic + 0.005


def test_pictures_of_one_colour_that_differ_have_vectors_that_differ(aws: Aws) -> None:
    plain = ask(aws, image(picture("red")))
    page = ask(aws, image(picture("red"), detailLevel="DOCUMENT_IMAGE"))
    assert 0.9 < plain @ page < 0.9999


def test_separate_gives_picture_and_sound_each_on_its_own(aws: Aws) -> None:
    answer = aws.invoke(video(mode="AUDIO_VIDEO_SEPARATE"))
    kinds = {entry["embeddingType"]: np.array(entry["embedding"]) for entry in answer["embeddings"]}
    assert kinds.keys() == {"VIDEO", "AUDIO"}
    sound = ask(aws, audio(tone()), dim=256)
    assert kinds["AUDIO"] @ sound > 0.9
    assert kinds["VIDEO"] @ ask(aws, image(picture("red")), dim=256) > 0.9


def test_a_silent_film_kept_apart_has_one_vector_or_is_refused(aws: Aws, bedrock: Bedrock) -> None:
    silent = video(clip("mp4", "red", 2, 0), mode="AUDIO_VIDEO_SEPARATE")
    kinds = [entry["embeddingType"] for entry in aws.invoke(silent)["embeddings"]]
    assert kinds == ["VIDEO"]
    bedrock.conditions = replace(bedrock.conditions, silent_video="fail")
    told = refusal(lambda: aws.invoke(silent))
    assert told == malformed("#/singleEmbeddingParams/video/source: there is no audio track")


def from_object(aws: Aws, words: str, mode: str) -> dict[str, Any]:
    uri = aws.put("long.txt", words.encode())
    return index(text={"truncationMode": mode, "source": at(uri)})


def test_text_over_8192_tokens_is_cut_where_the_mode_says(aws: Aws) -> None:
    words = "red " * 6000 + "blue " * 4000  # a token each
    (whole,) = aws.invoke(from_object(aws, words, "END"))["embeddings"]
    assert whole["truncatedCharLength"] == len(("red " * 6000 + "blue " * 2192).rstrip())
    (late,) = aws.invoke(from_object(aws, words, "START"))["embeddings"]
    kept = ("red " * 4192 + "blue " * 4000).lstrip()
    assert late["truncatedCharLength"] == len(kept)
    same = np.array(late["embedding"]) @ np.array(whole["embedding"])
    assert same < 0.999
    told = refusal(lambda: aws.invoke(from_object(aws, words, "NONE")))
    where = "#/singleEmbeddingParams/text"
    assert told == malformed(f"{where}: expected maxTokens: 8192, actual: 10000")


def test_8192_tokens_are_not_cut(aws: Aws) -> None:
    (entry,) = aws.invoke(from_object(aws, "red " * 8192, "NONE"))["embeddings"]
    assert "truncatedCharLength" not in entry


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 0), ("dog", 1), ("a dog, a lake.", 6), ("jumping", 2), ("日本語", 3), ("über", 2)],
)
def test_tokens_are_counted(words: str, count: int) -> None:
    assert tokens.count(words) == count


def test_what_was_used_is_told_and_billed(aws: Aws, bedrock: Bedrock) -> None:

    body = json.dumps({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": text()})
    answer = aws.runtime.invoke_model(modelId=MODEL_ID, body=body)
    answer["body"].read()
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-amzn-bedrock-input-token-count"] == "7"
    aws.invoke(image())
    aws.invoke(image(detailLevel="DOCUMENT_IMAGE"))
    aws.invoke(audio())
    aws.invoke(video())
    bill = bedrock.log.bill
    assert (bill.calls, bill.repeated, bill.usage.tokens) == (5, 0, 7)
    assert (bill.usage.images, bill.usage.document_images) == (1, 1)
    assert bill.usage.audio_s == pytest.approx(2)
    assert bill.usage.video_s == pytest.approx(2, abs=0.1)
    aws.invoke(image())
    assert bedrock.log.bill.repeated == 1


def test_unwanted_content_is_refused_and_not_billed(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(
        bedrock.conditions,
        rejected_words=frozenset({"forbidden"}),
        rejected_colours=frozenset({"purple"}),
    )
    for params in (
        text("a forbidden word"),
        image(picture("purple")),
        video(clip("mp4", "purple")),
    ):
        status, code, message = refusal(functools.partial(aws.invoke, params))
        assert (status, code) == (400, "ValidationException")
        assert "Responsible AI content policy" in message
    assert bedrock.log.bill.calls == 0
    assert aws.invoke(image(picture("red")))
