"""The end of the program: whichever way, nothing of it is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.window.conftest import GREEN
from tests.window.program import Program
from tests.window.screen import Screen, wait_until


@pytest.mark.parametrize("keys", ["alt+F4", "ctrl+q"])
def test_closing_leaves_no_process(screen: Screen, start: Callable[[], Program], keys: str) -> None:
    program = start()
    program.search("meadow")
    screen.wait_for(GREEN)
    assert len(program.processes()) >= 2  # the window, and the library in a process of its own
    screen.key(keys)
    assert program.wait_for_end() == 0
    wait_until(lambda: program.processes() == [], "every process to end", 20)
