"""The steps of batch jobs, kept in the catalog."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from nova_desktop.errors import Stopped
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.jobs import BatchRecords, Records, settled
from nova_desktop.library.long import reported


@pytest.fixture
def catalog(tmp_path):
    catalog = Catalog(tmp_path / "catalog.sqlite")
    yield catalog
    catalog.close()


def test_what_is_saved_is_there_after_a_restart(catalog, tmp_path):
    records = BatchRecords(catalog, "a space")
    records.save("one", {"step": "sending"})
    records.save("one", {"step": "done", "found": {"a": [1.5]}})
    records.save("two", {})
    catalog.close()
    again = Catalog(tmp_path / "catalog.sqlite")
    found = BatchRecords(again, "a space").load_all()
    assert found == {"one": {"step": "done", "found": {"a": [1.5]}}, "two": {}}
    again.close()


def test_what_is_dropped_is_gone_and_may_be_dropped_again(catalog):
    records = BatchRecords(catalog, "a space")
    records.save("one", {})
    records.drop("one")
    records.drop("one")
    assert records.load_all() == {}


def test_neither_spaces_nor_kinds_of_jobs_see_one_another(catalog):
    batches = BatchRecords(catalog, "a space")
    batches.save("one", {})
    Records(catalog, "a film", "a space").save(0, {"part": 0})
    assert BatchRecords(catalog, "another").load_all() == {}
    assert batches.load_all() == {"one": {}}
    assert settled(catalog, "a space") == []


def test_tidying_up_that_fails_is_in_the_log_and_a_stop_is_not(caplog):
    for error in (OSError("the line broke"), Stopped(), None):
        future = Future()
        future.set_exception(error) if error else future.set_result(None)
        reported(future)
    ended = Future()
    ended.cancel()
    reported(ended)
    (record,) = caplog.records
    assert "the line broke" in str(record.exc_info[1])
