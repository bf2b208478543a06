"""The Nova engine over real HTTP: the contract of engines, lanes, and what is billed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from nova_desktop.aws.outcomes import Garbled, Rejected
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_request import DIMENSIONS, MODEL
from nova_desktop.engines.wrappers import steady
from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Piece, Purpose, Source
from tests.contracts.engine import EngineContract
from tests.engines import clips
from tests.engines.noted import Noted
from tests.engines.recording import Recording, Reply, connected, direction, embedded, refused

TEXTS = [Piece.of_words(word) for word in ("one", "two", "three")]


def nova(**more) -> NovaEngine:
    return NovaEngine(connected(), **more)


class OfNova(EngineContract):
    @pytest.fixture
    def pieces(self):
        return [
            Piece.of_words("a red boat"),
            clips.image(),
            clips.image(page=1),
            clips.sound(),
            clips.film(),
        ]

    @pytest.fixture
    def refused(self):
        return Piece(Modality.AUDIO, "audio/flac", b"fLaC")


class TestNovaAlone(OfNova):
    @pytest.fixture
    def engine(self, server: Recording):  # noqa: ARG002 – it answers
        return nova(dim=256)


class TestNovaSteady(OfNova):
    @pytest.fixture
    def engine(self, server: Recording):  # noqa: ARG002 – it answers
        stop = threading.Event()
        yield steady(nova(dim=256), stop)
        stop.set()


class TestNovaWithLanes(OfNova):
    @pytest.fixture
    def engine(self, server: Recording):  # noqa: ARG002 – it answers
        return nova(dim=256, separate=True)


@pytest.mark.parametrize("dim", DIMENSIONS)
def test_vectors_are_as_long_as_was_asked(server, dim):
    engine = nova(dim=dim)
    assert engine.space.dim == dim
    assert engine.embed([clips.image()], Purpose.INDEX).shape == (1, dim)
    assert server.requests[0].params["embeddingDimension"] == dim


@pytest.mark.parametrize("dim", [0, 512, 2048, 4096])
def test_other_dimensions_are_refused_at_once(dim):
    with pytest.raises(BadInput, match=f"3072, 1024, 384, 256 numbers, not of {dim}"):
        nova(dim=dim)


def test_a_thousand_and_twenty_four_is_the_default(server):
    assert nova().space.name == "nova-2-multimodal-embeddings-v1-1024-p1"
    nova().embed(TEXTS[:1], Purpose.QUERY)
    assert server.requests[0].params["embeddingDimension"] == 1024


def test_one_request_a_piece_with_what_it_is_for(server):
    nova().embed([*TEXTS, clips.image()], Purpose.QUERY_IMAGE)
    assert [request.kind for request in server.requests] == ["text", "text", "text", "image"]
    assert {request.params["embeddingPurpose"] for request in server.requests} == {
        "IMAGE_RETRIEVAL"
    }


def test_a_bad_piece_is_found_before_a_good_one_is_paid_for(server):
    with pytest.raises(BadInput):
        nova().embed([*TEXTS, Piece.of_words(" ")], Purpose.INDEX)
    assert not server.requests


def test_what_is_taken_is_what_readers_can_write():
    mimes = nova().limits.mimes
    assert mimes.keys() == set(Modality)
    assert mimes[Modality.VIDEO][0] == "video/mp4"
    assert mimes[Modality.DOCUMENT][-1] == "text/plain"
    assert nova().limits.seconds == 30.0


def test_it_says_where_things_are_sent_and_that_it_costs(account_nowhere, monkeypatch):  # noqa: ARG001 – its address
    assert "us-east-1" in nova().note
    assert "fee" in nova().note
    assert "http://127.0.0.1:9 instead of AWS" in nova().note
    monkeypatch.delenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME")
    assert "instead of AWS" not in nova().note


def answering(*types: str):
    entries = [{"embeddingType": t, "embedding": direction(t.encode(), 1024)} for t in types]
    return lambda *_: Reply({"embeddings": entries})


@pytest.mark.parametrize(
    ("piece", "types"),
    [
        (TEXTS[0], ["IMAGE"]),
        (TEXTS[0], []),
        (TEXTS[0], ["TEXT", "IMAGE"]),
        ("film", ["AUDIO"]),
        ("film", ["VIDEO", "AUDIO"]),
        ("film", ["VIDEO", "AUDIO_VIDEO_COMBINED"]),
    ],
)
def test_an_answer_of_another_kind_is_not_believed(server, piece, types):
    server.answer = answering(*types)
    with pytest.raises(Garbled):
        nova().embed([clips.film() if piece == "film" else piece], Purpose.INDEX)


@pytest.mark.parametrize("kind", ["AUDIO_VIDEO_COMBINED", "VIDEO"])
def test_a_film_is_one_vector_of_all_that_is_in_it(server, kind):
    server.answer = answering(kind)
    (vector,) = nova().embed([clips.film()], Purpose.INDEX)
    assert np.allclose(vector, direction(kind.encode(), 1024), atol=1e-6)


def test_a_refused_content_is_that_piece_alone(server):
    server.answer = lambda *_: refused("ValidationException", 400, "Blocked by content filters.")
    with pytest.raises(Rejected, match="content filter"):
        nova().embed(TEXTS[:1], Purpose.INDEX)


# What is billed


def test_every_answer_is_told_with_what_it_is_billed_by(server):
    budget = Noted()
    server.answer = lambda request, number: embedded(request, number, tokens=number)
    pieces = [TEXTS[0], clips.image(), clips.image(page=2), clips.sound(), clips.film()]
    nova(budget=budget).embed(pieces, Purpose.INDEX)
    assert [usage.kind for usage in budget.settled] == [
        "text",
        "image",
        "document image",
        "audio",
        "video",
    ]
    assert [usage.tokens for usage in budget.settled] == [0, 1, 2, 3, 4]
    assert [usage.images for usage in budget.settled] == [0, 1, 1, 0, 0]
    assert [round(usage.seconds) for usage in budget.settled] == [0, 0, 0, 2, 2]
    assert [usage.sent_bytes for usage in budget.settled] == [len(r.body) for r in server.requests]
    assert {(u.engine, u.model, u.region) for u in budget.settled} == {("nova", MODEL, "us-east-1")}


def test_an_answer_that_is_not_believed_is_billed_all_the_same(server):
    budget = Noted()
    server.answer = lambda *_: Reply({"embeddings": []})
    with pytest.raises(Garbled):
        nova(budget=budget).embed(TEXTS[:1], Purpose.INDEX)
    assert len(budget.settled) == 1


def test_a_refusal_costs_nothing(server):
    budget = Noted()
    server.answer = lambda *_: refused("ValidationException", 400)
    with pytest.raises(BadInput):
        nova(budget=budget).embed(TEXTS[:1], Purpose.INDEX)
    assert not budget.settled
    assert not budget.open


# Lanes: with `separate`, picture and sound of a film apart


def lanes() -> list[Piece]:
    return [clips.film(source=source) for source in (Source.PICTURE, Source.SOUND)]


def test_picture_and_sound_of_a_film_are_two_vectors_of_one_request(server):
    budget = Noted()
    seen, heard = nova(separate=True, budget=budget).embed(lanes(), Purpose.INDEX)
    assert len(server.requests) == len(budget.settled) == 1
    assert server.requests[0].params["video"]["embeddingMode"] == "AUDIO_VIDEO_SEPARATE"
    assert not np.allclose(seen, heard)
    again = nova(separate=True).embed(lanes()[::-1], Purpose.INDEX)
    assert np.allclose(again, [heard, seen])


def test_lanes_asked_for_by_two_threads_are_one_request(server):
    server.answer = lambda request, _: Reply(embedded(request).body, after_s=0.1)
    engine = nova(separate=True)
    with ThreadPoolExecutor(2) as pool:
        both = pool.map(lambda piece: engine.embed([piece], Purpose.INDEX)[0], lanes())
        assert not np.allclose(*both)
    assert len(server.requests) == 1


def test_a_film_without_sound_has_no_vector_of_it(server):
    server.answer = answering("VIDEO")
    engine = nova(separate=True)
    seen, heard = lanes()
    assert len(engine.embed([seen], Purpose.INDEX)) == 1
    with pytest.raises(BadInput, match="no sound"):
        engine.embed([heard], Purpose.INDEX)
    assert len(server.requests) == 1


def test_a_lane_that_failed_can_be_asked_for_again(server):
    server.answer = lambda request, number: embedded(request) if number else Reply(b"", 500)
    engine = nova(separate=True)
    with pytest.raises(Exception, match="fault of its own"):
        engine.embed(lanes()[:1], Purpose.INDEX)
    assert len(engine.embed(lanes(), Purpose.INDEX)) == 2
    assert len(server.requests) == 2


def test_with_lanes_it_is_another_space():
    assert nova(separate=True).space != nova().space


def test_only_so_many_films_wait_for_their_other_half(server):
    engine = nova(dim=256, separate=True)
    for number in range(70):
        data = clips.media("video/mp4") + number.to_bytes(8, "big")
        engine.embed([Piece(Modality.VIDEO, "video/mp4", data)], Purpose.INDEX)
    assert len(engine._twins) == 64
    assert len(server.requests) == 70
