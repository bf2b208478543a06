"""Searching as a user does: with keys, by paste, and by dragging files in and out."""

from __future__ import annotations

from pathlib import Path

from tests.window.conftest import BLUE, GREEN, RED, Library
from tests.window.program import DROP_AT, PLACED, Other, Program
from tests.window.screen import Box, again_until, wait_until

RESULTS = Box(0, 0, PLACED.width * 2 // 3, PLACED.height)  # without the preview
BOX_AT = (PLACED.width // 2, 70)  # the search box, as seen on the screen


def first(program: Program, other: Other, name: str) -> bool:
    """Whether the first result is `name`, as another program gets it when it is copied."""
    other.ask("copy", {"text": "nothing yet"})

    def copy() -> None:
        program.screen.click(BOX_AT)  # the other program may have the keyboard
        program.screen.key("ctrl+f", "Down", "Home", "ctrl+c")

    again_until(copy, lambda: other.ask("paste")["text"] != "nothing yet", "a copy")
    pasted = other.ask("paste")
    return Path(pasted["files"][0] if pasted["files"] else pasted["text"]).name == name


def wait_for_first(program: Program, other: Other, name: str) -> None:
    """Everything is shown until the answer is there."""
    wait_until(lambda: first(program, other, name), f"{name} to be the first result")


def test_what_is_typed_is_found(program: Program) -> None:
    program.search("tomato")
    program.screen.wait_for(RED)
    program.search("meadow")
    program.screen.wait_for(GREEN)
    wait_until(lambda: program.screen.find(RED) is None, "the other picture to go")


def test_text_from_another_program_is_pasted_and_found(program: Program, other: Other) -> None:
    other.ask("copy", {"text": "meadow"})
    program.screen.key("ctrl+f", "ctrl+v")
    program.screen.wait_for(GREEN)
    wait_for_first(program, other, "meadow.png")


def test_a_file_copied_in_another_program_is_searched_by(
    program: Program, other: Other, library: Library
) -> None:
    other.ask("copy", {"files": [str(library.files / "tomato.png")]})
    program.screen.key("ctrl+f", "ctrl+v")
    program.screen.wait_for(RED)
    wait_for_first(program, other, "tomato.png")


def test_a_file_is_dragged_in_from_another_program(
    program: Program, other: Other, library: Library
) -> None:
    def drag() -> None:
        other.ask("carry", str(library.files / "meadow.png"))
        program.screen.drag(DROP_AT, BOX_AT)

    # Before it everything is shown, and the meadow is not the first of it.
    again_until(drag, lambda: first(program, other, "meadow.png"), "the file to be found")


def test_a_result_is_dragged_out_into_another_program(
    program: Program, other: Other, library: Library
) -> None:
    program.search("tomato")
    wait_for_first(program, other, "tomato.png")
    tile = program.screen.wait_for(RED, RESULTS)
    again_until(
        lambda: program.screen.drag(tile.middle, DROP_AT),
        lambda: other.ask("dropped") is not None,
        "the drop",
    )
    got = other.ask("dropped")
    assert [Path(file) for file in got["files"]] == [library.files / "tomato.png"]


def test_the_keyboard_alone_goes_from_words_to_a_copy(program: Program, other: Other) -> None:
    program.search("kingfisher")
    program.screen.wait_for(BLUE, RESULTS)
    wait_for_first(program, other, "river.mp4")
    program.search("tomato")
    program.screen.wait_for(RED)
    wait_until(lambda: program.screen.find(BLUE) is None, "the film to go")
    wait_for_first(program, other, "tomato.png")
