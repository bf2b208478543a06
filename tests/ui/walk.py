"""All pages of the walk, by name."""

from __future__ import annotations

from tests.ui import (
    pages_dialogs,
    pages_duplicates,
    pages_library,
    pages_preview,
    pages_search,
    pages_window,
)
from tests.ui.pages import PAGES

__all__ = [
    "PAGES",
    "pages_dialogs",
    "pages_duplicates",
    "pages_library",
    "pages_preview",
    "pages_search",
    "pages_window",
]
