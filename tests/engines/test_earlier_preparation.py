"""An index that the basic engine prepared in an earlier way."""

from __future__ import annotations

from threading import Event

import numpy as np

from nova_desktop import compose
from nova_desktop.compose.device import device
from nova_desktop.engines.basic import BasicEngine
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Modality, Row, Source
from nova_desktop.settings import Settings
from nova_desktop.stores.lance import LanceStore


def test_what_was_indexed_without_sentences_answers_until_it_is_read_again(tmp_path):
    assert device(Settings(), tmp_path, lambda _: False, Event(), Event()).older == ()
    before = BasicEngine(preparation=1).space
    made = device(Settings(), tmp_path, lambda space: space == before, Event(), Event())
    assert [engine.space for engine in made.older] == [before]
    assert made.asking.space != before
    assert made.asking.limits.sentences > 0


def test_an_earlier_space_is_asked_while_table_and_catalog_have_rows_of_it(tmp_path):
    def older():
        parts = compose.parts(tmp_path, Settings())
        try:
            return [engine.space for engine in parts.older]
        finally:
            parts.end()
            parts.catalog.close()

    before = BasicEngine(preparation=1).space
    assert older() == []
    catalog = Catalog(tmp_path / "catalog.sqlite")
    with catalog.write() as db:
        db.execute("INSERT INTO contents (content, modality, info) VALUES ('c', 'text', '{}')")
        db.execute("INSERT INTO indexed VALUES ('c', ?, 1)", [before.name])
    assert older() == []
    store = LanceStore(tmp_path / "vectors")
    vector = np.eye(before.dim, dtype=np.float32)[0]
    store.put(before, [Row("c", 0, Modality.TEXT, None, Source.TEXT, "a dog", 1.0, vector)])
    store.close()
    assert older() == [before]
    with catalog.write() as db:
        db.execute("DELETE FROM indexed")
    assert older() == []
    catalog.close()
