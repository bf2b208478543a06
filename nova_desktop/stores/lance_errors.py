"""What LanceDB's errors mean to the user."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nova_desktop.errors import REPAIR, NeedsUser

# LanceDB wraps errors of the operating system in RuntimeError, OSError and ValueError, with only
# the text to tell them by.
_MEANINGS = (
    (
        ("no space left", "os error 28", "disk quota", "os error 122", "storagefull"),
        "The disk that holds the index ({folder}) is full: free some space, then go on.",
    ),
    (
        ("read-only file system", "os error 30"),
        "The index ({folder}) is on a disk that is read-only: make it writable, then go on.",
    ),
    (
        ("permission denied", "os error 13", "permissiondenied"),
        "The index ({folder}) can't be opened: give yourself permission to read and write it.",
    ),
    (
        ("too many open files", "os error 24"),
        "The system lets this program open too few files at once: raise the limit (ulimit -n).",
    ),
    (
        ("input/output error", "os error 5)"),
        "The disk that holds the index ({folder}) reports errors: check the disk.",
    ),
)


log = logging.getLogger(__name__)

DAMAGED = (OSError, RuntimeError, ValueError)  # what LanceDB raises, for damage among all else


class Unopened(NeedsUser):
    """A table is there and can't be opened: it is damaged."""


class Unread(NeedsUser):
    """Something of a table can't be read: it is damaged, or it was just being replaced."""


def meaning(error: Exception, folder: Path) -> str:
    """The sentence for the user; "" when nobody but us can do anything about it."""
    said = str(error).lower()
    for signs, sentence in _MEANINGS:
        if any(sign in said for sign in signs):
            return sentence.format(folder=folder)
    return ""


@contextmanager
def lance_errors(folder: Path, opening: bool = False) -> Iterator[None]:
    """Wrap every LanceDB call in this: what only the user can mend comes out as NeedsUser.

    So does what fails for any other reason: a table that does while `opening` is damaged, else
    most likely a part of it is. The log has what LanceDB said.
    """
    try:
        yield
    except DAMAGED as e:
        if sentence := meaning(e, folder):
            raise NeedsUser(sentence) from e
        if opening:
            raise Unopened(
                f"The index in {folder} is damaged and can't be opened: `{REPAIR}` puts it "
                "aside and has its files indexed again."
            ) from e
        log.info("LanceDB failed", exc_info=True)
        raise Unread(
            f"Something of the index in {folder} can't be read. Try again; if it stays so, "
            f"`{REPAIR}` finds what is damaged and mends it."
        ) from e


def prepare_place(folder: Path) -> None:
    """Makes the folder; raises NeedsUser where it can't hold an index.

    That is so where a file can't have a second name, by which LanceDB commits: on exFAT, and on
    some network drives.
    """
    first = folder / f".probe-{os.getpid()}"
    second = folder / f".probe-{os.getpid()}-link"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        first.touch()
    except (FileExistsError, NotADirectoryError) as e:
        raise NeedsUser(
            f"The index can't be kept in {folder}: there is a file in its place. Move the file "
            "away, or choose another folder with NOVA_DESKTOP_DATA."
        ) from e
    except OSError as e:
        raise NeedsUser(
            meaning(e, folder) or f"{folder} can't be made ({e.strerror}): check its disk."
        ) from e
    try:
        second.hardlink_to(first)
        second.unlink()
    except (OSError, NotImplementedError) as e:
        raise NeedsUser(
            f"The index can't be kept in {folder}: its file system has no hard links. Choose a "
            "folder on a disk of this computer with NOVA_DESKTOP_DATA."
        ) from e
    finally:
        first.unlink()
