"""The Nova engine against the strict emulator: what it sends is taken, what it gets is billed."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest

from nova_desktop.aws.outcomes import Rejected, Throttled
from nova_desktop.engines import wrappers
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_request import DIMENSIONS, FORMATS, MAX_CHARACTERS
from nova_desktop.engines.wrappers import steady
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from nova_desktop.library.derive import shortened
from nova_desktop.model import Modality, Piece, Purpose, Source
from tests.contracts.engine import EngineContract
from tests.engines import clips
from tests.engines.noted import Noted
from tests.engines.recording import connected

COLOURS = ("red", "green", "blue", "yellow")


def nova(**more) -> NovaEngine:
    return NovaEngine(connected(), **more)


def texts(count: int) -> list[Piece]:
    return [Piece.of_words(f"boat number {number}") for number in range(count)]


@pytest.fixture
def stop():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(wrappers, "LONGEST_PAUSE_S", 0.01)


class TestNovaEngine(EngineContract):
    @pytest.fixture
    def engine(self, bedrock, stop):  # noqa: ARG002 – it answers
        return steady(nova(), stop)

    @pytest.fixture
    def pieces(self):
        return [
            Piece.of_words("a red boat"),
            clips.image(),
            clips.image(colour="blue", page=1),
            clips.sound(),
            clips.film(),
        ]

    @pytest.fixture
    def refused(self):
        return Piece(Modality.AUDIO, "audio/flac", b"fLaC")


FILES = {
    **{mime: clips.sound for mime in clips.ENCODED if mime in FORMATS["audio"]},
    **{mime: clips.film for mime in clips.ENCODED if mime in FORMATS["video"]},
    **dict.fromkeys(clips.PICTURES, clips.image),
}


@pytest.mark.parametrize("mime", FILES)
def test_every_format_that_is_offered_is_taken(bedrock, mime):
    nova(dim=256).embed([FILES[mime](mime)], Purpose.INDEX)
    assert bedrock.log.codes() == {"": 1}


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_is_taken(bedrock, purpose):
    nova(dim=256).embed(texts(1), purpose)
    assert bedrock.log.codes() == {"": 1}


def test_what_is_just_within_the_limits_is_taken(bedrock):
    long = Piece.of_words(("word " * MAX_CHARACTERS)[:MAX_CHARACTERS])
    film = clips.film("video/mp4", 30.0)
    nova(dim=256).embed([long, clips.sound("audio/wav", 30.0), film], Purpose.INDEX)
    assert bedrock.log.codes() == {"": 3}


@pytest.mark.parametrize("dim", DIMENSIONS)
def test_a_long_vector_cut_short_is_the_short_one(bedrock, dim):  # noqa: ARG001 – it answers
    pieces = [*texts(2), clips.image()]
    whole = nova(dim=3072).embed(pieces, Purpose.INDEX)
    assert np.allclose(shortened(whole, dim), nova(dim=dim).embed(pieces, Purpose.INDEX), atol=1e-5)


def test_a_word_finds_the_picture_of_its_colour(bedrock):  # noqa: ARG001 – it answers
    pictures = nova().embed([clips.image(colour=c) for c in COLOURS], Purpose.INDEX)
    words = nova().embed([Piece.of_words(c) for c in COLOURS], Purpose.QUERY_IMAGE)
    assert (words @ pictures.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_picture_and_sound_of_a_film_stand_apart(bedrock):
    lanes = [clips.film(source=source) for source in (Source.PICTURE, Source.SOUND)]
    seen, heard = nova(separate=True).embed(lanes, Purpose.INDEX)
    (alike,) = nova().embed([clips.sound()], Purpose.INDEX)  # the same tone
    assert heard @ alike > seen @ alike
    assert bedrock.log.codes() == {"": 2}


def test_the_ledger_hears_what_the_bill_says(bedrock):
    budget = Noted()
    pieces = [*texts(3), clips.image(), clips.image(page=1), clips.sound(), clips.film()]
    nova(budget=budget).embed(pieces, Purpose.INDEX)
    bill, told = bedrock.log.bill, budget.settled
    assert sum(u.tokens or 0 for u in told) == bill.usage.tokens
    assert sum(u.images for u in told if u.kind == "image") == bill.usage.images
    assert sum(u.images for u in told if u.kind == "document image") == bill.usage.document_images
    for kind, billed_s in (("audio", bill.usage.audio_s), ("video", bill.usage.video_s)):
        assert sum(u.seconds for u in told if u.kind == kind) == pytest.approx(billed_s, rel=0.05)
    assert len(told) == bill.calls


WEATHER = [  # conditions → what it means, and what the sentence says
    ({"regions": frozenset({"eu-west-9"})}, NeedsUser, "not offered in us-east-1"),
    ({"model_access": False}, NeedsUser, "Bedrock"),
    ({"denied_operations": frozenset({"InvokeModel"})}, NeedsUser, "bedrock:InvokeModel"),
    ({"keys": {"testing": "denied"}}, NeedsUser, "credentials|may not"),
    ({"keys": {"testing": "revoked"}}, NeedsUser, "credentials"),
    ({"keys": {"testing": "expired"}}, NeedsUser, "aws sso login"),
    ({"rate_per_s": 0.0}, Throttled, "quota"),
    ({"rejected_words": frozenset({"boat"})}, Rejected, "content filter"),
]


@pytest.mark.parametrize(("conditions", "kind", "words"), WEATHER)
def test_what_the_account_may_not_is_told_with_its_remedy(bedrock, conditions, kind, words):
    bedrock.conditions = replace(bedrock.conditions, **conditions)
    with pytest.raises(kind, match=words):
        nova().embed(texts(1), Purpose.INDEX)
    assert len(bedrock.log.calls()) == 1


WRONG = ("wrong_length", "wrong_norm", "wrong_nan", "wrong_json", "wrong_type", "wrong_empty")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", [*WRONG, "html", "cut", "reset_before", "reset_after"])
def test_an_answer_that_goes_wrong_once_is_asked_for_again(bedrock, stop, kind):
    bedrock.faults.add(kind, times=1)
    assert len(steady(nova(), stop).embed(texts(1), Purpose.INDEX)) == 1
    assert len(bedrock.log.calls()) == 2


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", [*WRONG, "html", "cut", "reset_before", "reset_after"])
def test_an_answer_that_is_always_wrong_is_an_expected_outcome(bedrock, stop, kind):
    bedrock.faults.add(kind)
    with pytest.raises((BadInput, TryLater, NeedsUser), match=r"\.$"):
        steady(nova(), stop).embed(texts(1), Purpose.INDEX)
    assert bedrock.log.bill.calls <= 3


@pytest.mark.usefixtures("quick")
def test_in_a_storm_nothing_is_lost_and_nothing_is_paid_for_twice(bedrock, stop):
    bedrock.faults.add("ThrottlingException", share=0.3)
    bedrock.faults.add("InternalServerException", share=0.05)
    bedrock.conditions = replace(bedrock.conditions, parallel=8, latency_s=0.01)
    vectors = steady(nova(), stop).embed(texts(200), Purpose.INDEX)
    assert len(vectors) == 200
    assert bedrock.log.bill.calls == 200
    assert bedrock.log.bill.repeated == 0


def test_a_refused_picture_costs_its_neighbours_nothing(bedrock, stop):
    bedrock.conditions = replace(bedrock.conditions, rejected_colours=frozenset({"red"}))
    engine = steady(nova(), stop)
    pieces = [clips.image(colour=colour) for colour in COLOURS]
    with pytest.raises(BadInput):
        engine.embed(pieces, Purpose.INDEX)
    for piece in pieces[1:]:
        engine.embed([piece], Purpose.INDEX)
    assert bedrock.log.bill.calls == 3
    assert bedrock.log.bill.repeated == 0
