"""A film plays from the moment that was found, in front of whoever looks at the screen."""

from __future__ import annotations

from tests.window.conftest import BLUE, RED, YELLOW
from tests.window.program import PLACED, Program
from tests.window.screen import Box, wait_until

MIDDLE = Box(450, 400, 350, 250)  # under the only row of results
PANE = Box(PLACED.width * 2 // 3, 0, PLACED.width // 3, PLACED.height)  # where the preview is


def test_a_film_opens_at_the_moment_and_plays_on(program: Program) -> None:
    program.search("kingfisher")
    program.screen.wait_for(BLUE)
    program.screen.key("Down")
    program.screen.wait_for(BLUE, PANE)
    assert program.screen.find(RED, PANE) is None
    program.screen.key("ctrl+p")
    program.screen.wait_for(YELLOW, PANE)  # three seconds on
    program.screen.key("ctrl+p")
    wait_until(lambda: program.screen.find(YELLOW, PANE) is not None, "the frame to stay")


def test_the_keyboard_alone_opens_the_viewer_and_leads_back(program: Program) -> None:
    program.search("kingfisher")
    program.screen.wait_for(BLUE)
    program.screen.key("Return", "space")

    def fills() -> bool:
        return program.screen.find(BLUE, MIDDLE) is not None

    wait_until(fills, "the film to fill the window")
    program.screen.key("Escape")
    wait_until(lambda: not fills(), "the results to be back")
