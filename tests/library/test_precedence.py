"""Work for the index waits while a question is answered, and never for long."""

from __future__ import annotations

import threading
import time

import pytest

from nova_desktop.library import precedence
from nova_desktop.library.precedence import MOST_S, Precedence
from nova_desktop.library.search import Search
from nova_desktop.query import Answer, Query
from tests.library.desk import Desk


def let_by_in_a_thread(first: Precedence) -> threading.Event:
    done = threading.Event()
    threading.Thread(target=lambda: (first.let_by(), done.set())).start()
    return done


def test_nothing_waits_where_nothing_is_asked():
    began = time.monotonic()
    Precedence().let_by()
    assert time.monotonic() - began < MOST_S / 2


def test_work_waits_until_the_last_question_is_answered(monkeypatch):
    monkeypatch.setattr(precedence, "MOST_S", 60.0)
    first = Precedence()
    with first.asking():
        with first.asking():
            done = let_by_in_a_thread(first)
            assert not done.wait(0.05)
        assert not done.wait(0.05)
    assert done.wait(5)


def test_a_question_that_fails_holds_nothing_up():
    first = Precedence()
    with pytest.raises(ValueError, match="no"), first.asking():
        raise ValueError("no")
    assert let_by_in_a_thread(first).wait(MOST_S / 2)


def test_a_long_question_is_not_waited_for():
    first = Precedence()
    with first.asking():
        assert let_by_in_a_thread(first).wait(MOST_S + 5)
        began = time.monotonic()
        first.let_by()  # and the next step does not begin to wait anew
        assert time.monotonic() - began < MOST_S / 2


def test_no_file_is_read_while_a_library_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(precedence, "MOST_S", 60.0)
    root, data = tmp_path / "library", tmp_path / "data"
    data.mkdir()
    root.mkdir()
    (root / "a.txt").write_text("boats on the sea\n")
    desk = Desk(data)
    library = desk.open()
    try:
        asked, answered = threading.Event(), threading.Event()
        find = Search.find

        def slow(self: Search, query: Query) -> Answer:
            asked.set()
            assert answered.wait(30)
            return find(self, query)

        monkeypatch.setattr(Search, "find", slow)
        asking = threading.Thread(target=library.find, args=[Query.of("boats")])
        asking.start()
        assert asked.wait(5)
        library.add_folder(root)
        assert not library.wait(2)  # else it is done in half of that
        answered.set()
        asking.join()
        assert library.wait(30)
        assert library.find(Query.of("boats")).hits
    finally:
        answered.set()
        library.close()
