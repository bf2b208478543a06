"""Engines around an engine, over real HTTP: retries, pace, many at once, memory, and stopping."""

from __future__ import annotations

import threading
import time
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from nova_desktop.aws.outcomes import Garbled, Throttled, Unreachable
from nova_desktop.engines import wrappers
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.wrappers import Remembering, Retrying, Stoppable, Together, steady
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.model import Piece, Purpose
from tests.engines import clips
from tests.engines.noted import Noted
from tests.engines.recording import Recording, Reply, Request, connected, embedded, refused


def texts(count: int) -> list[Piece]:
    return [Piece.of_words(f"number {number}") for number in range(count)]


def nova(dim: int = 256) -> NovaEngine:
    return NovaEngine(connected(), dim)


@pytest.fixture
def stop():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(wrappers, "LONGEST_PAUSE_S", 0.01)
    monkeypatch.setattr(wrappers, "QUESTION_PAUSE_S", 0.01)


def value(request: Request) -> str:
    return request.params["text"]["value"]


def asked(server: Recording) -> Counter[str]:
    return Counter(map(value, server.requests))


FAILURES = [  # code, status → tries of one piece alone, what it ends with
    ("ThrottlingException", 429, 8, Throttled),
    ("ServiceUnavailableException", 503, 8, Throttled),
    ("ModelNotReadyException", 429, 8, Throttled),
    ("InternalServerException", 500, 6, TryLater),
    ("ModelErrorException", 424, 3, BadInput),
    ("ModelTimeoutException", 408, 3, BadInput),
    ("ValidationException", 400, 1, BadInput),
    ("AccessDeniedException", 403, 1, NeedsUser),
]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("code", "status", "tries", "kind"), FAILURES)
def test_each_kind_of_failure_is_tried_as_often_as_it_may(server, stop, code, status, tries, kind):
    server.answer = lambda *_: refused(code, status)
    with pytest.raises(kind) as caught:
        Retrying(nova(), stop).embed(texts(1), Purpose.INDEX)
    assert type(caught.value) is kind
    assert len(server.requests) == tries


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("code", "status", "tries", "kind"), FAILURES)
def test_a_question_gives_up_sooner(server, stop, code, status, tries, kind):
    server.answer = lambda *_: refused(code, status)
    with pytest.raises(kind):
        Retrying(nova(), stop).embed(texts(1), Purpose.QUERY)
    assert len(server.requests) == min(tries, 4)


@pytest.mark.usefixtures("account_nowhere")
@pytest.mark.usefixtures("quick")
def test_out_of_reach_is_tried_twice(stop, monkeypatch):
    engine = nova()
    calls = []
    monkeypatch.setattr(
        engine._bedrock, "invoke", lambda *a, i=engine._bedrock.invoke: calls.append(1) or i(*a)
    )
    with pytest.raises(Unreachable):
        Retrying(engine, stop).embed(texts(1), Purpose.INDEX)
    assert len(calls) == 2


@pytest.mark.usefixtures("quick")
def test_what_passes_is_over_when_it_has_passed(server, stop):
    codes = ["ThrottlingException", "InternalServerException", "ModelErrorException"]
    server.answer = lambda r, n: refused(codes[n], 500) if n < 3 else embedded(r)
    assert len(Retrying(nova(), stop).embed(texts(1), Purpose.INDEX)) == 1


@pytest.mark.usefixtures("quick")
def test_a_garbled_answer_is_paid_for_twice_at_most(server, stop):
    server.answer = lambda *_: Reply(b"<html>")
    with pytest.raises(NeedsUser, match="not as documented"):
        Retrying(nova(), stop).embed(texts(1), Purpose.INDEX)
    assert len(server.requests) == 2


@pytest.mark.usefixtures("quick")
def test_a_garbled_answer_for_one_while_others_are_served_is_that_piece(server, stop):
    engine = Retrying(nova(), stop)

    def answer(request: Request, number: int) -> Reply:
        if value(request) != "bad":
            return embedded(request)
        if number == 0:
            engine.embed(texts(1), Purpose.INDEX)
        return Reply(b"{}")

    server.answer = answer
    with pytest.raises(BadInput, match="not as documented"):
        engine.embed([Piece.of_words("bad")], Purpose.INDEX)


@pytest.mark.usefixtures("quick")
def test_a_fault_of_the_service_for_one_while_others_are_served_is_that_piece(server, stop):
    retrying = Retrying(nova(), stop)

    def answer(request: Request, number: int) -> Reply:
        if value(request) != "bad":
            return embedded(request)
        if number == 0:
            retrying.embed(texts(1), Purpose.INDEX)
        return refused("InternalServerException", 500)

    server.answer = answer
    with pytest.raises(BadInput, match="fault of its own"):
        retrying.embed([Piece.of_words("bad")], Purpose.INDEX)


def test_pauses_grow_and_are_drawn_from_zero_up():
    engine = Retrying(nova(), threading.Event())
    drawn = [[engine._pause_s(failures, False) for _ in range(400)] for failures in range(1, 9)]
    assert [max(pauses) for pauses in drawn] == pytest.approx(
        [0.25, 0.5, 1, 2, 4, 8, 16, 20], rel=0.1
    )
    assert all(min(pauses) < 0.05 * max(pauses) for pauses in drawn)
    assert max(engine._pause_s(9, True) for _ in range(400)) <= 1.0


def test_a_pause_ends_with_a_stop(server, stop, monkeypatch):
    monkeypatch.setattr(wrappers, "LONGEST_PAUSE_S", 600.0)
    server.answer = lambda *_: refused("ThrottlingException", 429)
    threading.Timer(0.1, stop.set).start()
    began_s = time.monotonic()
    with pytest.raises(Stopped):
        Retrying(nova(), stop, first_pause_s=600.0).embed(texts(1), Purpose.INDEX)
    assert time.monotonic() - began_s < 15


# Stopping


def test_a_call_that_hangs_is_left_when_all_is_stopped(server, stop, monkeypatch):
    monkeypatch.setattr(wrappers, "GRACE_S", 0.1)
    hangs = threading.Event()
    server.answer = lambda r, _: (hangs.wait(30), embedded(r))[1]
    threading.Timer(0.1, stop.set).start()
    began_s = time.monotonic()
    try:
        with pytest.raises(Stopped):
            steady(nova(), stop).embed(texts(1), Purpose.INDEX)
    finally:
        hangs.set()
    assert time.monotonic() - began_s < 15


def test_an_answer_on_its_way_is_still_taken(server, stop, monkeypatch):
    monkeypatch.setattr(wrappers, "GRACE_S", 30.0)
    stop.set()
    server.answer = lambda r, _: Reply(embedded(r).body, after_s=0.3)
    assert len(Stoppable(nova(), stop).embed(texts(1), Purpose.INDEX)) == 1


def test_what_a_left_call_costs_is_still_told(server, stop, monkeypatch):
    monkeypatch.setattr(wrappers, "GRACE_S", 0.0)
    told = threading.Event()
    engine = NovaEngine(connected(), 256, budget=Noted(lambda _: told.set()))
    left = threading.Event()
    server.answer = lambda r, _: (left.wait(30), embedded(r))[1]
    stop.set()
    with pytest.raises(Stopped):
        Stoppable(engine, stop).embed(texts(1), Purpose.INDEX)
    assert not told.is_set()
    left.set()
    assert told.wait(30)


# Many at once


def test_a_batch_comes_back_in_order(server, stop):
    server.answer = lambda r, n: Reply(embedded(r).body, after_s=0.05 * (n % 3))
    pieces = texts(12)
    together = steady(nova(), stop).embed(pieces, Purpose.INDEX)
    alone = nova().embed(pieces, Purpose.INDEX)
    assert np.allclose(together, alone, atol=1e-6)
    assert server.busiest > 1


def test_no_more_calls_are_in_flight_than_were_allowed(server, stop):
    server.answer = lambda r, _: Reply(embedded(r).body, after_s=0.02)
    steady(nova(), stop, most=3).embed(texts(40), Purpose.INDEX)
    assert server.busiest == 3


def test_no_more_calls_a_second_are_made_than_were_allowed(server, stop):
    engine = steady(nova(), stop, per_s=20)
    engine.embed([Piece.of_words("the first")], Purpose.INDEX)  # connects
    engine.embed(texts(45), Purpose.INDEX)
    times = [request.at_s for request in server.requests[1:]]
    # 20 at once, then 25 at 20 a second, less what a busy computer brings late.
    assert max(times) - min(times) > 0.75


def test_one_refused_piece_fails_the_batch_and_the_rest_is_not_sent(server, stop):
    server.answer = lambda r, _: Reply(embedded(r).body, after_s=0.2)
    pieces = [Piece.of_words(" "), *texts(200)]
    with pytest.raises(BadInput):
        steady(nova(), stop).embed(pieces, Purpose.INDEX)
    assert len(server.requests) < 50


def test_the_widest_reason_is_given(server):
    gate = threading.Barrier(2)

    def answer(request: Request, _: int) -> Reply:
        gate.wait(30)
        denied = value(request) == "number 1"
        return refused(
            *(("AccessDeniedException", 403) if denied else ("ValidationException", 400))
        )

    server.answer = answer
    with pytest.raises(NeedsUser):
        Together(nova(), 4).embed(texts(2), Purpose.INDEX)


def test_readers_are_asked_for_single_pieces_and_more_of_them_than_calls(stop):
    limits = steady(nova(), stop, most=16).limits
    assert (limits.batch, limits.parallel) == (1, 24)
    assert limits.mimes == nova().limits.mimes


# Memory


def test_what_was_answered_is_not_asked_again(server, stop):
    engine = steady(nova(), stop)
    first = engine.embed(texts(5), Purpose.INDEX)
    again = engine.embed(texts(5)[::-1], Purpose.INDEX)
    assert np.array_equal(first, again[::-1])
    assert set(asked(server).values()) == {1}


def test_after_a_refused_batch_only_what_is_missing_is_paid_for(server, stop):
    server.answer = lambda r, _: (
        refused("ValidationException", 400) if value(r) == "number 7" else embedded(r)
    )
    engine, pieces = steady(nova(), stop), texts(8)
    with pytest.raises(BadInput):
        engine.embed(pieces, Purpose.INDEX)
    for piece in pieces[:7]:
        engine.embed([piece], Purpose.INDEX)
    assert all(count == 1 for text, count in asked(server).items() if text != "number 7")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (clips.image(), clips.image(page=1)),
        (clips.image(colour="red"), clips.image(colour="blue")),
        (Piece.of_words("a"), Piece.of_words("b")),
    ],
)
def test_what_is_not_the_same_is_not_taken_for_it(server, one, other):
    Remembering(nova()).embed([one, other, one], Purpose.INDEX)
    assert len(server.requests) == 2


def test_another_purpose_is_another_vector(server):
    engine = Remembering(nova())
    engine.embed(texts(1), Purpose.INDEX)
    engine.embed(texts(1), Purpose.QUERY)
    engine.embed(texts(1), Purpose.INDEX)
    assert len(server.requests) == 2


def test_only_the_last_ones_are_remembered(server, monkeypatch):
    monkeypatch.setattr(wrappers, "REMEMBERED", 3)
    engine = Remembering(nova())
    engine.embed(texts(5), Purpose.INDEX)
    engine.embed(texts(5)[2:], Purpose.INDEX)
    assert len(server.requests) == 5
    engine.embed(texts(1), Purpose.INDEX)
    assert len(server.requests) == 6


def test_a_failure_is_not_remembered(server):
    server.answer = lambda r, n: embedded(r) if n else Reply(b"{}")
    engine = Remembering(nova())
    with pytest.raises(Garbled):
        engine.embed(texts(1), Purpose.INDEX)
    assert len(engine.embed(texts(1), Purpose.INDEX)) == 1


# Storms and outages


@pytest.mark.usefixtures("quick")
def test_in_a_storm_nothing_is_lost_and_nothing_is_paid_for_twice(server, stop):
    drawn = np.random.default_rng(5).random(4000)

    def answer(request: Request, number: int) -> Reply:
        if drawn[number] < 0.3:
            return refused("ThrottlingException", 429)
        if drawn[number] < 0.35:
            return refused("InternalServerException", 500)
        return embedded(request)

    server.answer = answer
    budget = Noted()
    engine = steady(NovaEngine(connected(), 256, budget=budget), stop)
    vectors = engine.embed(texts(300), Purpose.INDEX)
    assert len(np.unique(vectors.round(5), axis=0)) == 300
    assert len(budget.settled) == 300
    assert not budget.open
    assert len(server.requests) < 1.75 * 300


@pytest.mark.usefixtures("quick")
def test_what_has_no_luck_while_others_are_answered_goes_on_asking(server, stop):
    unlucky: Counter[str] = Counter()
    came = threading.Condition()

    def answer(request: Request, _: int) -> Reply:
        with came:
            if value(request) != "number 0":
                unlucky["others"] += 1
                came.notify_all()
                return embedded(request)
            if unlucky["refused"] == 20:
                return embedded(request)
            # Two more from a thread that asks one after the other: the first has its answer.
            wanted = unlucky["others"] + 2
            assert came.wait_for(lambda: unlucky["others"] >= wanted, 30)
            unlucky["refused"] += 1
            return refused("ThrottlingException", 429)

    server.answer = answer
    engine = Retrying(nova(), stop)
    done = threading.Event()

    def others() -> None:
        while not done.is_set():
            engine.embed(texts(2)[1:], Purpose.INDEX)

    thread = threading.Thread(target=others)
    thread.start()
    try:
        assert len(engine.embed(texts(1), Purpose.INDEX)) == 1
    finally:
        done.set()
        thread.join()
    assert unlucky["refused"] == 20


def test_an_error_of_waiting_is_the_calls_own(server, stop):
    def answer(*_: object) -> Reply:
        raise AssertionError  # never asked

    def late(*_: object) -> None:
        raise TimeoutError("of the call's own")

    server.answer = answer
    bedrock = connected()
    engine = NovaEngine(SimpleNamespace(account=bedrock.account, invoke=late), 256)
    with pytest.raises(TimeoutError, match="own"):
        Stoppable(engine, stop).embed(texts(1), Purpose.INDEX)


@pytest.mark.usefixtures("quick")
def test_an_outage_writes_few_lines(server, stop, caplog):
    caplog.set_level("INFO")
    server.answer = lambda *_: refused("ThrottlingException", 429)
    engine = steady(nova(), stop)
    for piece in texts(20):
        with pytest.raises(Throttled):
            engine.embed([piece], Purpose.QUERY)
    assert len([r for r in caplog.records if r.name.startswith("nova_desktop")]) <= 1
