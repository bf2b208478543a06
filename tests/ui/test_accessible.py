"""The window by ear and by keyboard: every control has a name and is reached by Tab."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

import nova_desktop.ui
from tests.ui import looks
from tests.ui.stage import Stage
from tests.ui.walk import PAGES

# Follows the mouse over a timeline, and has nothing to be reached.
PASSING = {"Card"}


def ours() -> Iterator[type[QWidget]]:
    """Every widget class of the window, also those that are imported late."""
    for found in pkgutil.walk_packages(nova_desktop.ui.__path__, "nova_desktop.ui."):
        importlib.import_module(found.name)
    todo: list[type[QWidget]] = [QWidget]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            # One that is private is a part of a widget beside it.
            if kind.__module__.startswith("nova_desktop.ui.") and not kind.__name__.startswith("_"):
                yield kind


class Flashes(QObject):
    """Hears of every window that opens: a part that is shown before it is laid out is one too."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            meant = isinstance(watched, QMainWindow | QDialog | QMenu) or watched.windowType() in (
                Qt.WindowType.Popup,
                Qt.WindowType.ToolTip,
            )
            if not meant:
                self.kinds.append(type(watched).__name__)
        return False


@pytest.fixture
def flashes(qtbot) -> Iterator[Flashes]:
    made = Flashes()
    QApplication.instance().installEventFilter(made)
    yield made
    QApplication.instance().removeEventFilter(made)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_heard_and_reached_by_keys(name: str, flashes: Flashes, stage: Stage) -> None:
    root = PAGES[name].bring(stage)
    seen = {type(it) for it in looks.parts(root)}
    missing = [kind.__name__ for kind in PAGES[name].shows if not _shown(kind, seen)]
    assert missing == []
    assert flashes.kinds == []
    assert [*looks.nameless(root), *looks.unreached(root)] == []


def test_every_widget_is_on_a_page_of_the_walk() -> None:
    shown = {kind for page in PAGES.values() for kind in page.shows}
    names = sorted(kind.__name__ for kind in set(ours()) if not _shown(kind, shown))
    assert set(names) - PASSING == set(), "put a page that shows it into tests/ui/pages_….py"


def _shown(kind: type[QWidget], seen: set[type[QWidget]]) -> bool:
    return any(issubclass(it, kind) for it in seen)
