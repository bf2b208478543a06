"""What a start of the program asks of the window: files, folders, words, or only to be seen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LARGEST = 4_000_000  # bytes of what one start hands to another: some 20,000 paths


@dataclass(frozen=True, slots=True)
class Errand:
    """Files to search by, folders to add, words to search for. All paths are absolute.

    `token` lets the window come to the front: the activation token of Wayland, or the startup
    notification's of X11, that the desktop gave to the start.
    """

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    query: str = ""
    hidden: bool = False  # in the tray, where there is one; nobody asked to see it
    token: str = ""

    def message(self) -> bytes:
        """As another start of the program takes it."""
        import json  # not before the first paint, as all that a first start does without
        from dataclasses import asdict

        # ASCII: names that are no valid text have lone surrogates, which UTF-8 refuses.
        return json.dumps(asdict(self)).encode("ascii")


def errand_of(message: bytes) -> Errand:
    """What a message says; raises ValueError for one of another program, or another version."""
    import json

    table = json.loads(message)
    if not isinstance(table, dict) or set(table) != set(Errand.__dataclass_fields__):
        raise ValueError("not a message of Nova Desktop")
    files, folders = table["files"], table["folders"]
    if not (_texts(files) and _texts(folders) and _texts([table["query"], table["token"]])):
        raise ValueError("not a message of this version of Nova Desktop")
    return Errand(
        tuple(files), tuple(folders), table["query"], table["hidden"] is True, table["token"]
    )


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def errand_for(places: Iterable[str], query: str = "", hidden: bool = False) -> Errand:
    """Paths and file:// addresses, as desktops hand them over, told apart as files and folders.

    What is not there counts as a file: the search says so, in the window.
    """
    files: list[str] = []
    folders: list[str] = []
    for place in places:
        path = _path_of(place).absolute()
        (folders if path.is_dir() else files).append(str(path))
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID", "")
    return Errand(tuple(files), tuple(folders), query, hidden, token)


def _path_of(place: str) -> Path:
    if place.startswith("file://"):
        import urllib.parse

        return Path(os.fsdecode(urllib.parse.unquote_to_bytes(urllib.parse.urlsplit(place).path)))
    return Path(place)
