"""What is sent to Amazon Nova, to the letter, and what never leaves."""

from __future__ import annotations

import base64
import json

import pytest

from nova_desktop.engines import nova_request
from nova_desktop.engines.nova_request import (
    COMBINED,
    DIMENSIONS,
    FORMATS,
    MAX_BODY_BYTES,
    MAX_CHARACTERS,
    MAX_PIECE_BYTES,
    PURPOSES,
    SEPARATE,
    body_of,
    usage_of,
)
from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Piece, Purpose, Source, Span, Unit
from tests.engines import clips

TEXT = Piece.of_words("a dog jumping into a lake")


def b64(piece: Piece) -> str:
    return base64.b64encode(piece.data).decode()


def sent(piece: Piece, purpose: Purpose = Purpose.INDEX, dim: int = 1024, mode: str = COMBINED):
    return json.loads(body_of(piece, purpose, dim, mode))


def wanted(part: str, value: object, purpose: str = "GENERIC_INDEX", dim: int = 1024):
    return {
        "schemaVersion": "nova-multimodal-embed-v1",
        "taskType": "SINGLE_EMBEDDING",
        "singleEmbeddingParams": {
            "embeddingPurpose": purpose,
            "embeddingDimension": dim,
            part: value,
        },
    }


def test_text_is_sent_as_it_is():
    assert sent(TEXT, Purpose.QUERY_VIDEO) == wanted(
        "text", {"truncationMode": "END", "value": "a dog jumping into a lake"}, "VIDEO_RETRIEVAL"
    )


def test_the_body_is_written_without_blanks_and_in_utf8():
    assert body_of(Piece.of_words("Käse 🧀"), Purpose.QUERY, 256).decode() == (
        '{"schemaVersion":"nova-multimodal-embed-v1","taskType":"SINGLE_EMBEDDING",'
        '"singleEmbeddingParams":{"embeddingPurpose":"GENERIC_RETRIEVAL","embeddingDimension":256,'
        '"text":{"truncationMode":"END","value":"Käse 🧀"}}}'
    )


@pytest.mark.parametrize(("mime", "name"), FORMATS["image"].items())
def test_a_picture_is_sent_in_standard_detail(mime, name):
    piece = clips.image(mime)
    detail = {"format": name, "detailLevel": "STANDARD_IMAGE", "source": {"bytes": b64(piece)}}
    assert sent(piece) == wanted("image", detail)


@pytest.mark.parametrize(
    "piece",
    [clips.image(page=3), Piece(Modality.DOCUMENT, "image/png", clips.picture())],
    ids=["by its span", "by its modality"],
)
def test_a_page_is_sent_in_high_detail(piece):
    detail = {"format": "png", "detailLevel": "DOCUMENT_IMAGE", "source": {"bytes": b64(piece)}}
    assert sent(piece) == wanted("image", detail)


@pytest.mark.parametrize("mime", [m for m in clips.ENCODED if m.startswith("audio")])
def test_sound_is_sent_in_its_format(mime):
    piece = clips.sound(mime)
    part = {"format": FORMATS["audio"][mime], "source": {"bytes": b64(piece)}}
    assert sent(piece) == wanted("audio", part)


@pytest.mark.parametrize("mode", [COMBINED, SEPARATE])
@pytest.mark.parametrize("mime", [m for m in clips.ENCODED if m.startswith("video")])
def test_film_is_sent_in_its_format_and_mode(mime, mode):
    piece = clips.film(mime)
    name = FORMATS["video"][mime]
    part = {"format": name, "embeddingMode": mode, "source": {"bytes": b64(piece)}}
    assert sent(piece, mode=mode) == wanted("video", part)


@pytest.mark.parametrize("dim", DIMENSIONS)
@pytest.mark.parametrize("piece", [TEXT, clips.image()], ids=["text", "image"])
def test_the_dimension_is_always_sent(piece, dim):
    assert sent(piece, dim=dim)["singleEmbeddingParams"]["embeddingDimension"] == dim


PURPOSE_ROWS = [
    (Purpose.INDEX, "GENERIC_INDEX"),
    (Purpose.QUERY, "GENERIC_RETRIEVAL"),
    (Purpose.QUERY_TEXT, "TEXT_RETRIEVAL"),
    (Purpose.QUERY_IMAGE, "IMAGE_RETRIEVAL"),
    (Purpose.QUERY_VIDEO, "VIDEO_RETRIEVAL"),
    (Purpose.QUERY_AUDIO, "AUDIO_RETRIEVAL"),
    (Purpose.QUERY_DOCUMENT, "DOCUMENT_RETRIEVAL"),
    (Purpose.CLASSIFICATION, "CLASSIFICATION"),
    (Purpose.CLUSTERING, "CLUSTERING"),
]


@pytest.mark.parametrize(("purpose", "name"), PURPOSE_ROWS)
def test_every_purpose_has_its_name(purpose, name):
    assert sent(TEXT, purpose)["singleEmbeddingParams"]["embeddingPurpose"] == name


def test_no_purpose_is_without_a_name():
    assert PURPOSES.keys() == set(Purpose) == {purpose for purpose, _ in PURPOSE_ROWS}


@pytest.mark.parametrize(
    ("searched", "name"),
    [
        (frozenset(), "GENERIC_RETRIEVAL"),
        (frozenset({Modality.TEXT}), "TEXT_RETRIEVAL"),
        (frozenset({Modality.IMAGE}), "IMAGE_RETRIEVAL"),
        (frozenset({Modality.VIDEO}), "VIDEO_RETRIEVAL"),
        (frozenset({Modality.AUDIO}), "AUDIO_RETRIEVAL"),
        (frozenset({Modality.DOCUMENT}), "DOCUMENT_RETRIEVAL"),
        (frozenset({Modality.IMAGE, Modality.VIDEO}), "GENERIC_RETRIEVAL"),
    ],
)
def test_a_question_is_put_by_what_is_searched(searched, name):
    assert PURPOSES[Purpose.asking(searched)] == name


def film_of(data: bytes, mime: str = "video/mp4", stop_s: float = 15.0) -> Piece:
    return Piece(Modality.VIDEO, mime, data, Span(Unit.SECONDS, 0, stop_s))


def png_of(length: int) -> Piece:
    head = clips.picture()
    return Piece(Modality.IMAGE, "image/png", head + bytes(length - len(head)))


# Made in the test: ffmpeg is not started where tests are only listed.
REFUSED = {
    "no words": (lambda: Piece.of_words(" \n"), "no words"),
    "nothing": (lambda: Piece(Modality.IMAGE, "image/png", b""), "empty"),
    "not UTF-8": (lambda: Piece(Modality.TEXT, "text/plain", b"\xff\xfe"), "UTF-8"),
    "a character too many": (
        lambda: Piece.of_words("ä" * (MAX_CHARACTERS + 1)),
        "8,192 characters",
    ),
    "a byte too many": (lambda: png_of(MAX_PIECE_BYTES + 1), "save it smaller"),
    "a format that Nova lacks": (
        lambda: Piece(Modality.AUDIO, "audio/flac", b"fLaC"),
        "audio/flac",
    ),
    "a document": (
        lambda: Piece(Modality.DOCUMENT, "application/pdf", b"%PDF-1.7"),
        "application/pdf",
    ),
    "a PNG that says JPEG": (
        lambda: Piece(Modality.IMAGE, "image/jpeg", clips.picture("image/png")),
        "is png, and not jpeg",
    ),
    "an MP4 that says MOV": (
        lambda: film_of(clips.media("video/mp4"), "video/quicktime"),
        "not mov",
    ),
    "a WebM that says Matroska": (
        lambda: film_of(clips.media("video/webm"), "video/x-matroska"),
        "is webm, and not mkv",
    ),
    "noise that says MP4": (lambda: film_of(bytes(range(256))), "no format that is known"),
    "30.5 s of sound": (lambda: clips.sound("audio/wav", 30.5), "30.50 s"),
    "31 s of MP3": (lambda: clips.sound("audio/mpeg", 31.0), "takes 30 s"),
    "31 s of film": (lambda: clips.film("video/mp4", 31.0), "takes 30 s"),
    "31 s of film that says 15": (lambda: film_of(clips.media("video/mp4", 31.0)), "takes 30 s"),
    "31 s by its span alone": (
        lambda: film_of(clips.media("video/x-flv"), "video/x-flv", 31.0),
        "takes 30 s",
    ),
}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED)
def test_what_the_service_would_refuse_never_leaves(make, words):
    with pytest.raises(BadInput, match=words) as caught:
        body_of(make(), Purpose.INDEX, 1024)
    assert str(caught.value).endswith(".")


TAKEN = {
    "8,192 characters": lambda: Piece.of_words("ä" * MAX_CHARACTERS),
    "the last byte": lambda: png_of(MAX_PIECE_BYTES),
    "30 s of sound": lambda: clips.sound("audio/wav", 30.0),
    "30 s of film": lambda: clips.film("video/mp4", 30.0),
    "one pixel": lambda: clips.image(),
}


@pytest.mark.parametrize("make", TAKEN.values(), ids=TAKEN)
def test_what_is_just_within_the_limits_is_sent(make):
    assert len(body_of(make(), Purpose.QUERY_DOCUMENT, 3072, SEPARATE)) <= MAX_BODY_BYTES


def test_the_room_for_a_piece_is_used_up():
    body = body_of(png_of(MAX_PIECE_BYTES), Purpose.QUERY_DOCUMENT, 3072)
    assert MAX_BODY_BYTES - 1_000 < len(body) <= MAX_BODY_BYTES


def test_the_whole_body_counts_not_the_media_alone(monkeypatch):
    monkeypatch.setattr(nova_request, "MAX_BODY_BYTES", 500)
    with pytest.raises(BadInput, match="500 bytes in one request"):
        body_of(clips.sound(), Purpose.INDEX, 1024)


USAGES = {
    "text": (lambda: TEXT, ("text", 0, 0.0)),
    "image": (lambda: clips.image(), ("image", 1, 0.0)),
    "page": (lambda: clips.image(page=1), ("document image", 1, 0.0)),
    "sound": (lambda: clips.sound(seconds=2.0), ("audio", 0, 2.0)),
    "film": (lambda: clips.film("video/mp4", 2.0), ("video", 0, 2.0)),
}


@pytest.mark.parametrize(("make", "expected"), USAGES.values(), ids=USAGES)
def test_what_it_will_cost_is_known_before_it_is_sent(make, expected):
    piece = make()
    usage = usage_of(piece, "us-east-1")
    kind, images, seconds = expected
    assert (usage.kind, usage.images) == (kind, images)
    assert usage.seconds == pytest.approx(seconds, abs=0.1)
    assert usage.sent_bytes == len(piece.data)


def test_a_lane_changes_nothing_of_what_is_sent():
    seen, heard = (clips.film(source=source) for source in (Source.PICTURE, Source.SOUND))
    assert body_of(seen, Purpose.INDEX, 1024, SEPARATE) == body_of(
        heard, Purpose.INDEX, 1024, SEPARATE
    )
