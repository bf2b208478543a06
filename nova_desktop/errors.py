"""The three kinds of outcome that the whole program expects and tells apart."""

from __future__ import annotations

from pathlib import Path


class ExpectedError(Exception):
    """An outcome we expected; str(error) is a sentence for the user, with the remedy in it.

    ExpectedError
    ├── BadInput    this file or request will never work → note it on the file, go on
    │   └── Forbidden   ... as its permissions are now    → look again at each comparison
    ├── TryLater    the file is fine, the world is not    → leave it waiting, back off
    │   ├── Stopped     it was told to stop               → leave it waiting as it was
    │   └── Lost        the library's process has ended   → open it again
    └── NeedsUser   nothing works until someone acts      → pause, show the sentence
        └── ErasedThere what was shared is gone there     → ask whether to push it again
    """


class BadInput(ExpectedError):
    """This input will not work until it changes: damaged, encrypted, unsupported, too large."""


class Forbidden(BadInput):
    """It may not be read as its permissions are now: that says nothing of the content."""


class TryLater(ExpectedError):
    """Nothing is wrong with the input: busy, offline, still being written."""


class Stopped(TryLater):
    """The work was told to stop, by a pause or an end: that says nothing of the input."""

    def __init__(self) -> None:
        super().__init__("Stopped.")

    def __reduce__(self) -> tuple[type[Stopped], tuple[()]]:
        return Stopped, ()  # as pickle would do it, but for the sentence


class Lost(TryLater):
    """The process that had the library open has ended; it can be opened again."""

    def __init__(self) -> None:
        super().__init__(
            "The library's process has ended. Start Nova Desktop again; nothing is lost."
        )

    def __reduce__(self) -> tuple[type[Lost], tuple[()]]:
        return Lost, ()  # as pickle would do it, but for the sentence


class NeedsUser(ExpectedError):
    """Work pauses until someone acts: a full disk, a missing program, no access."""


REPAIR = "nova-desktop doctor --repair"  # the remedy for what is damaged
# What a command that ends with one of them gives to the system.
EXIT_CODES: dict[type[ExpectedError], int] = {BadInput: 3, TryLater: 4, NeedsUser: 5}


class ErasedThere(NeedsUser):
    """What this machine had shared is there no more: to push all of it again has to be said."""


def shown(path: Path) -> str:
    """A file's name as sentences give it: on one line, without controls or undecodable bytes."""
    name = path.name or str(path)
    return "".join(c if c.isprintable() else "�" for c in name)
