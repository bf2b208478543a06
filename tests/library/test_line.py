"""The pieces that wait for an engine: how many are held, and when they are asked for."""

from __future__ import annotations

from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from nova_desktop.errors import Stopped, TryLater
from nova_desktop.library import line
from nova_desktop.library.line import Line
from nova_desktop.model import Limits, Modality, Piece

ENGINE = SimpleNamespace(limits=Limits({}, batch=100))
FILM = Piece(Modality.VIDEO, "video/mp4", bytes(1000))


@pytest.fixture
def asked():
    return []


@pytest.fixture
def waiting(asked):
    def submit(task, done):  # noqa: ARG001 – it never comes back
        asked.append(len(task.args[0]))

    return Line(
        ENGINE, submit, lambda _: True, lambda *_: None, lambda _: None, lambda *_: None, None
    )


def test_no_more_pieces_are_held_than_a_few_batches(waiting):
    waiting.add("a film", 0, [FILM] * 399)
    assert not waiting.full
    waiting.add("a film", 1, [FILM])
    assert waiting.full


def test_no_more_bytes_are_held_than_the_memory_has_room_for(waiting, monkeypatch):
    monkeypatch.setattr(line, "HELD_BYTES", 10_000)
    waiting.add("a film", 0, [FILM] * 9)
    assert not waiting.full
    waiting.add("a film", 1, [FILM])
    assert waiting.full


def test_less_than_a_batch_is_asked_for_when_no_more_are_coming(waiting, asked):
    waiting.add("a film", 0, [FILM] * 10)
    waiting.feed(more=True)
    assert asked == []
    waiting.feed(more=False)
    assert asked == [10]


@pytest.mark.parametrize(("error", "held"), [(Stopped(), ""), (TryLater("Busy."), "Busy.")])
def test_a_stop_is_no_reason_to_wait_and_a_busy_engine_is(error, held):
    ended = []
    waiting = Line(
        ENGINE,
        lambda _, done: ended.append(done),
        lambda _: True,
        lambda *_: None,
        lambda _: None,
        lambda *_: None,
        None,
    )
    waiting.add("a film", 0, [FILM] * 10)
    waiting.feed(more=False)
    future: Future[object] = Future()
    future.set_exception(error)
    ended[0](future)
    assert waiting.held == held
    waiting.feed(more=False)
    assert len(ended) == (1 if held else 2)
