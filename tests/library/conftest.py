"""A library and a folder for it, for each test."""

from __future__ import annotations

import pytest

from tests.library.desk import Desk


@pytest.fixture
def desk(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    made = Desk(data)
    made.open()
    yield made
    made.library.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "photos"
    made.mkdir()
    return made
