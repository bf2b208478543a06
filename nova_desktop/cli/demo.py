"""The demo: the sample library, a dozen questions in words and by file, then the window."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nova_desktop import settings
from nova_desktop.cli.answers import counts, for_people
from nova_desktop.cli.commands import FAILURES_SHOWN, show_failures, work
from nova_desktop.cli.terminal import Terminal, plain
from nova_desktop.errors import NeedsUser
from nova_desktop.query import Answer, Part, Query
from nova_desktop.surroundings import sees_windows, sigterm_interrupts

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.settings import Settings

HITS_SHOWN = 3
WINDOW_QUERY = "a rocket launch"
SCREENSHOT = "nova-desktop-demo.png"

QUESTIONS = (
    "an astronaut in an orange suit",
    "a rocket launch",
    "a cup of coffee",
    "the face of a cat",
    "galaxies far away in space",
    "flour, eggs and oranges to buy",
    "what to plant in the garden",
    "how much room is left on my disk",
    "make the letters on the screen bigger",
    "a caller is waiting for you",
    "un caballo negro",  # Spanish: a black horse
    "eine Reise mit dem Zug",  # German: a journey by train
)
FILES = ("photos/cat on the sofa.jpg", "speech/en message.ogg", "notes/garden plan.md")


class Show(Protocol):
    """Opens the window on the library in `data`, and gives the exit code when it is closed."""

    def __call__(
        self,
        data: Path,
        *,
        screenshot: Path | None = None,
        query: str = "",
        places: Sequence[str] = (),
        hidden: bool = False,
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class Places:
    """The demo's own folders, so that it never touches the user's library."""

    index: Path
    sample: Path  # not inside `index`: a library does not index its own data

    @classmethod
    def within(cls, data: Path) -> Places:
        return cls(data / "demo" / "index", data / "demo" / "sample")


def run(
    data: Path,
    chosen: Settings,
    open_library: Callable[[Path, Settings], LibraryCalls],
    terminal: Terminal,
    show: Show,
) -> int:
    places = Places.within(data)
    try:
        copied = copy_sample(settings.resource("sample"), places.sample)
    except OSError as e:
        raise NeedsUser(
            f"The sample library can't be copied to {places.sample} ({e.strerror}). "
            "Make room or give access, or choose another folder with --data."
        ) from e
    terminal.print(f"The sample library, {copied} files, is in {plain(str(places.sample))}")
    with (
        sigterm_interrupts(),
        contextlib.closing(open_library(places.index, chosen)) as library,
    ):
        library.add_folder(places.sample)
        work(library, terminal, every_file=False)
        now = library.status()
        for line in counts(now):
            terminal.print(line)
        show_failures(library.failures(), terminal, FAILURES_SHOWN)
        terminal.print(f"Engine: {plain(now.engine_note)}")
        answered = ask_all(library, places.sample, terminal)
    asked = len(QUESTIONS) + len(FILES)
    terminal.print(f"\n{answered} of {asked} questions have an answer.")
    terminal.answer({"sample": places.sample, "status": now, "asked": asked, "answered": answered})
    return _show(data, places, terminal, show)


def ask_all(library: LibraryCalls, sample: Path, terminal: Terminal) -> int:
    """Prints the best hits of every question; how many had any."""
    asked = [(f"“{text}”", Part(text=text)) for text in QUESTIONS]
    asked += [(f"like the file {name}", Part(path=sample / name)) for name in FILES]
    answered = 0
    for title, part in asked:
        answer = library.find(Query((part,)))
        answered += bool(answer.hits)
        terminal.print(f"\n{title}  ({answer.took_s * 1000:.0f} ms)")
        best = Answer(answer.hits[:HITS_SHOWN], answer.took_s)
        for line in for_people(best, inside=sample) or ["No close matches."]:
            terminal.print("  " + line)
    return answered


def _show(data: Path, places: Places, terminal: Terminal, show: Show) -> int:
    if sees_windows():
        terminal.print("The window opens; close it to end the demo.")
        return show(places.index, screenshot=None, query=WINDOW_QUERY)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    picture = data / SCREENSHOT
    code = show(places.index, screenshot=picture, query=WINDOW_QUERY)
    terminal.print(f"There is no display; a picture of the window is in {plain(str(picture))}")
    return code


def copy_sample(source: Path, target: Path) -> int:
    """Copies what differs; the number of files in the library. Raises OSError, NeedsUser.

    What lies in the sample's own folder (its licences) goes beside the library, not into it.
    """
    if not source.is_dir():
        raise NeedsUser("The sample library is missing from this installation. Install it again.")
    files = 0
    for path in sorted(source.rglob("*")):
        if path.is_dir():
            continue
        inside = path.parent != source
        files += inside
        copy = target / path.relative_to(source) if inside else target.parent / path.name
        if copy.is_file() and filecmp.cmp(path, copy, shallow=False):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = copy.with_name(f".{copy.name}.part")
        shutil.copy2(path, part)
        part.replace(copy)
    return files
