"""The walk: every page, dialog and popup of the window, brought about as a user would meet it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from tests.ui.stage import Stage

Bring: TypeAlias = Callable[[Stage], QWidget]


@dataclass(frozen=True)
class Page:
    """`bring` leads to it; `shows` are the widgets of ours that must be seen on it."""

    bring: Bring
    shows: tuple[type[QWidget], ...] = ()


PAGES: dict[str, Page] = {}


def page(*shows: type[QWidget]) -> Callable[[Bring], Bring]:
    """Puts a function into the walk; its name is the page's."""

    def put(bring: Bring) -> Bring:
        PAGES[bring.__name__] = Page(bring, shows)
        return bring

    return put
