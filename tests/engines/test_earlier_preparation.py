"""An index that the basic engine prepared in an earlier way."""

from __future__ import annotations

from threading import Event

from nova_desktop.compose.device import device
from nova_desktop.engines.basic import BasicEngine
from nova_desktop.settings import Settings


def test_what_was_indexed_without_sentences_answers_until_it_is_read_again(tmp_path):
    assert device(Settings(), tmp_path, lambda _: False, Event(), Event()).older == ()
    before = BasicEngine(preparation=1).space
    made = device(Settings(), tmp_path, lambda space: space == before, Event(), Event())
    assert [engine.space for engine in made.older] == [before]
    assert made.asking.space != before
    assert made.asking.limits.sentences > 0
