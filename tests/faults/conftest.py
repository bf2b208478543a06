"""A library and a folder for it, as in the tests of the library."""

from __future__ import annotations

from tests.library.conftest import desk, folder

__all__ = ["desk", "folder"]
