"""What is paid for: counted before it is sent, kept below the cap, equal to the bill in the end."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from nova_desktop.aws.outcomes import Unreachable
from nova_desktop.engines import wrappers
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.engines.wrappers import steady
from nova_desktop.errors import ExpectedError, NeedsUser, TryLater
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ledger import Ledger
from nova_desktop.model import Piece, Purpose
from nova_desktop.settings import load_prices
from nova_desktop.spending import Usage
from tests.engines import clips
from tests.engines.noted import Noted
from tests.engines.recording import Recording, Reply, connected, refused

PICTURE_USD = 0.00006


@pytest.fixture
def prices():
    return load_prices("")


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    yield made
    made.close()


@pytest.fixture
def stop():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(wrappers, "LONGEST_PAUSE_S", 0.01)


def nova(budget, **more) -> NovaEngine:
    return NovaEngine(connected(), 256, budget=budget, **more)


def pictures(count: int) -> list[Piece]:
    """Each of another content, so that none is remembered."""
    return [clips.image(colour=f"#{number:06x}") for number in range(1, count + 1)]


def texts(count: int) -> list[Piece]:
    return [Piece.of_words(f"boat number {number}") for number in range(count)]


def billed_usd(bedrock, prices) -> float:
    used = bedrock.log.bill.usage
    each = {
        "text": {"tokens": used.tokens},
        "image": {"images": used.images},
        "document image": {"images": used.document_images},
        "audio": {"seconds": used.audio_s},
        "video": {"seconds": used.video_s},
    }
    return sum(
        prices.usd(Usage("nova", MODEL, "us-east-1", kind, **units)) for kind, units in each.items()
    )


# One request


def test_a_request_is_counted_before_it_is_sent(server: Recording):
    budget = Noted()

    def answer(*_):
        assert len(budget.open) == 1
        return refused("ValidationException", 400)

    server.answer = answer
    with pytest.raises(ExpectedError):
        nova(budget).embed([clips.film()], Purpose.INDEX)
    (estimate,) = budget.reserved
    assert estimate.seconds == pytest.approx(2, abs=0.1)
    assert estimate.sent_bytes == len(server.requests[0].body)


def test_what_the_budget_refuses_is_never_sent(server: Recording, catalog, prices):
    with pytest.raises(NeedsUser, match="Raise the limit"):
        nova(Ledger(catalog, prices, "run", run_cap_usd=0)).embed(texts(1), Purpose.QUERY)
    assert not server.requests


def test_the_tokens_of_the_answer_count_and_else_the_estimate(server: Recording):  # noqa: ARG001 – it answers
    budget = Noted()
    text = Piece.of_words("Twenty Latin letters.")
    nova(budget).embed([text], Purpose.INDEX)
    assert [usage.tokens for usage in budget.settled] == [6]


REFUSED = [
    ("ValidationException", 400),
    ("AccessDeniedException", 403),
    ("ModelTimeoutException", 408),
    ("ModelErrorException", 424),
    ("ThrottlingException", 429),
    ("InternalServerException", 500),
    ("ServiceUnavailableException", 503),
]


@pytest.mark.parametrize(("code", "status"), REFUSED)
def test_an_error_that_the_service_answers_with_is_not_billed(server: Recording, code, status):
    budget = Noted()
    server.answer = lambda *_: refused(code, status)
    with pytest.raises(ExpectedError):
        nova(budget).embed(texts(1), Purpose.INDEX)
    assert not budget.open
    assert not budget.settled


def test_what_never_left_is_not_billed(account_nowhere):  # noqa: ARG001 – nobody listens there
    budget = Noted()
    with pytest.raises(Unreachable):
        nova(budget).embed(texts(1), Purpose.INDEX)
    assert budget.reserved
    assert not budget.open


@pytest.mark.parametrize("status", [502, 504])
def test_behind_a_gateway_it_may_have_been_done_and_stays_counted(server: Recording, status):
    budget = Noted()
    server.answer = lambda *_: Reply(b"<html>", status)
    with pytest.raises(Unreachable):
        nova(budget).embed(texts(1), Purpose.INDEX)
    assert len(budget.open) == 1


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "cut"])
def test_a_line_that_breaks_after_the_request_left_stays_counted(bedrock, kind):
    budget = Noted()
    bedrock.faults.add(kind)
    with pytest.raises(TryLater):
        nova(budget).embed(texts(1), Purpose.INDEX)
    assert len(budget.open) == 1


def test_both_lanes_of_a_film_are_one_request(bedrock):
    budget = Noted()
    lanes = [clips.film(source=source) for source in (clips.Source.PICTURE, clips.Source.SOUND)]
    nova(budget, separate=True).embed(lanes, Purpose.INDEX)
    assert len(budget.reserved) == len(budget.settled) == bedrock.log.bill.calls == 1


# Many, against the bill


@pytest.mark.parametrize("threads", [1, 4])
def test_a_cap_stops_within_one_request(bedrock, stop, catalog, prices, threads):
    cap_usd = 20.5 * PICTURE_USD
    ledger = Ledger(catalog, prices, "run", run_cap_usd=cap_usd)
    engine = steady(nova(ledger), stop)
    pieces = pictures(60)

    def ask(some: list[Piece]) -> ExpectedError | None:
        try:
            engine.embed(some, Purpose.INDEX)
        except NeedsUser as e:
            return e
        return None

    with ThreadPoolExecutor(threads) as pool:
        ended = list(pool.map(ask, [pieces[n::threads] for n in range(threads)]))
    assert any(ended)
    assert cap_usd - PICTURE_USD < billed_usd(bedrock, prices) <= cap_usd
    assert ledger.spent().run_usd == pytest.approx(billed_usd(bedrock, prices))


@pytest.mark.usefixtures("quick")
def test_in_a_storm_the_cap_holds_all_the_same(bedrock, stop, catalog, prices):
    bedrock.faults.add("ThrottlingException", share=0.3)
    bedrock.faults.add("InternalServerException", share=0.05)
    bedrock.faults.add("reset_after", share=0.05)
    cap_usd = 30 * PICTURE_USD
    ledger = Ledger(catalog, prices, "run", month_cap_usd=cap_usd)
    with pytest.raises(NeedsUser, match="this month"):
        steady(nova(ledger), stop).embed(pictures(60), Purpose.INDEX)
    assert billed_usd(bedrock, prices) <= cap_usd + 1e-9
    assert billed_usd(bedrock, prices) == pytest.approx(ledger.spent().month_usd)


@pytest.mark.usefixtures("quick")
def test_in_a_storm_the_ledger_is_the_bill(bedrock, stop, catalog, prices):
    bedrock.faults.add("ThrottlingException", share=0.3)
    bedrock.faults.add("InternalServerException", share=0.05)
    bedrock.conditions = replace(bedrock.conditions, parallel=8, latency_s=0.01)
    ledger = Ledger(catalog, prices, "run")
    engine = steady(nova(ledger), stop)
    pages = [replace(piece, span=clips.Span(clips.Unit.PAGE, 1, 1)) for piece in pictures(40)]
    lots = [texts(60), pictures(40), pages, [clips.sound(), clips.film(), clips.film("video/webm")]]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda lot: engine.embed(lot, Purpose.INDEX), lots))
    spent = ledger.spent()
    assert spent.run_usd == pytest.approx(billed_usd(bedrock, prices), abs=0.0005)
    assert next(kind for kind, _ in spent.by_kind) == "document image"
    used = bedrock.log.bill.usage
    exact = "SELECT SUM(tokens), SUM(images) FROM spent WHERE kind <> 'video' AND kind <> 'audio'"
    assert catalog.read(exact) == [(used.tokens, used.images + used.document_images)]
    assert catalog.read("SELECT COUNT(*) FROM spent WHERE NOT answered") == [(0,)]
    assert bedrock.log.bill.calls == sum(map(len, lots))
