"""LanceDB keeps the contract, with its indexes and without, and whatever happens to the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nova_desktop.stores.lance import LanceStore
from tests.contracts.store import StoreContract


class TestLanceStoreInMemory(StoreContract):
    """As a small library asks it: rows in memory, compared in full."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[LanceStore]:
        store = LanceStore(tmp_path / "index")
        yield store
        store.close()


class TestLanceStoreOnDisk(StoreContract):
    """As a large library asks it: nothing kept in memory."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[LanceStore]:
        store = LanceStore(tmp_path / "index", exact_bytes=0)
        yield store
        store.close()
