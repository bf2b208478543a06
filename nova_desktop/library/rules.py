"""Which files and folders are left out of the index, and the sentence that says why."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from nova_desktop.errors import BadInput
from nova_desktop.spending import FolderRule, Rule

OWN = "Nova Desktop keeps its own data here."
NEVER = "You chose never to index this folder."
CHOSEN = "You left it out."
HIDDEN = "Hidden: its name starts with a dot."
PROGRAMS = "Installed program packages, not your own files."
SYSTEM = "The operating system keeps this for itself."
UNPACKED = "Left behind by unpacking an archive made on a Mac."
PHOTO_LIBRARY = "A library managed by Photos: export its pictures to a folder to index them."
PARTIAL = "A partial download or a temporary file."

_FOLDERS = {
    "node_modules": PROGRAMS,
    "@eadir": SYSTEM,
    "#recycle": SYSTEM,
    "lost+found": SYSTEM,
    "__macosx": UNPACKED,
    "system volume information": SYSTEM,
    "$recycle.bin": SYSTEM,
}
_FILES = {"thumbs.db": SYSTEM, "ehthumbs.db": SYSTEM, "desktop.ini": SYSTEM, "icon\r": SYSTEM}
_FILE_TAILS = frozenset(name[-4:] for name in _FILES)
_PARTIAL_ENDINGS = (".part", ".partial", ".crdownload", ".download", ".tmp", "~")
_PARTIAL_TAILS = frozenset(ending[-4:] for ending in _PARTIAL_ENDINGS)  # a quick test before them
_LIBRARY_ENDINGS = (".photoslibrary", ".photolibrary", ".migratedphotolibrary")

# Finds the pattern in a path, whether that leaves the path out, and the pattern as it was written.
_Test: TypeAlias = tuple[Callable[[str], object], bool, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The default rules and the user's own, for what lies below a watched folder.

    `own` are folders of the program itself; they have the form that the watched folders have.
    `patterns` are lines as in a .gitignore at the top of each watched folder; a line that starts
    with `!` also brings back what the defaults leave out. Raises BadInput, naming the pattern,
    for one that can't be understood.
    """

    own: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    places: Mapping[str, bool] = field(default_factory=dict)  # folder → whether never to index it
    left_out: Collection[str] = frozenset()  # files and folders, by hand
    _tests: tuple[_Test, ...] = field(init=False, compare=False, repr=False, default=())

    def __post_init__(self) -> None:
        compiled = [test for pattern in self.patterns for test in _compiled(pattern)]
        object.__setattr__(self, "_tests", tuple(reversed(compiled)))

    @classmethod
    def of(cls, own: Iterable[Path] = (), patterns: Iterable[str] = ()) -> Rules:
        return cls(frozenset(map(os.fspath, own)), tuple(patterns))

    def under(
        self,
        decided: Iterable[FolderRule],
        patterns: Iterable[str] = (),
        left_out: Collection[str] = (),
    ) -> Rules:
        """The same, with what was decided about folders, and one watched folder's own patterns."""
        places = {os.fspath(one.path): one.rule is Rule.NEVER for one in decided}
        if not any(places.values()):
            places = {}
        more = tuple(patterns)
        if not (places or more or left_out):
            return self
        return Rules(self.own, (*self.patterns, *more), places, left_out)

    def _never(self, path: str) -> bool:
        """Whether the nearest folder at or above `path` that was decided about is never indexed."""
        while path not in self.places:
            above = os.path.dirname(path)  # noqa: PTH120  # asked for every file: no Path
            if above == path:
                return False
            path = above
        return self.places[path]

    def against_folder(self, path: str, name: str, root: str) -> str:
        """Why the folder `path` inside `root` is left out, with all that is in it; "" if not."""
        if path in self.own:
            return OWN
        if path in self.left_out:
            return CHOSEN
        if self.places and self._never(path):
            inside = path + os.sep  # something in it may be wanted all the same
            if not any(not no and place.startswith(inside) for place, no in self.places.items()):
                return NEVER
        low = name.lower()
        default = ""
        if name[0] == ".":
            default = HIDDEN
        elif low in _FOLDERS:
            default = _FOLDERS[low]
        elif low.endswith(_LIBRARY_ENDINGS):
            default = PHOTO_LIBRARY
        elif low.endswith(".download"):  # Safari's bundle
            default = PARTIAL
        return self._chosen(path + os.sep, root, default) if self._tests else default

    def may_leave_out(self, tail: str) -> bool:
        """Whether `against_file` could leave out a file whose name ends in these four characters.

        Names that begin with a dot or a tilde aside. So that a scan asks it of few files.
        """
        low = tail.lower()
        return bool(self._tests or self.places or self.left_out) or (
            low in _PARTIAL_TAILS or low[-1:] == "~" or low in _FILE_TAILS
        )

    def against_file(self, path: str, name: str, root: str) -> str:
        """Why the file `path` inside `root` is left out; "" if it is not."""
        if path in self.left_out:
            return CHOSEN
        if self.places and self._never(os.path.dirname(path)):  # noqa: PTH120  # as above
            return NEVER
        low = name.lower()
        default = ""
        if low[0] == ".":
            default = HIDDEN
        elif low[-4:] in _PARTIAL_TAILS or low[-1] == "~" or low[:2] == "~$":
            default = PARTIAL if low.endswith(_PARTIAL_ENDINGS) or low[:2] == "~$" else ""
        elif low in _FILES:
            default = _FILES[low]
        return self._chosen(path, root, default) if self._tests else default

    def _chosen(self, path: str, root: str, default: str) -> str:
        """What the user's patterns make of `default`; the last pattern that matches decides."""
        # Folders are left out before what is in them is seen, so no more than this is needed of
        # git's rules; asking the whole pathspec costs seven times as much for each file.
        inside = path[len(root) :].lstrip(os.sep)
        if os.sep != "/":
            inside = inside.replace(os.sep, "/")
        for matches, leaves_out, pattern in self._tests:
            if matches(inside):
                return f"Your pattern {pattern} leaves it out." if leaves_out else ""
        return default


@lru_cache(1000)  # asked for every hint of a change
def _compiled(pattern: str) -> list[_Test]:
    """How to test for a pattern; nothing for a comment or an empty line."""
    if not pattern.strip() or pattern.startswith("#"):
        return []
    from pathspec import GitIgnoreSpec  # 33 modules, and many a library has no pattern
    from pathspec.patterns.gitignore import GitIgnorePatternError

    try:
        (line,) = GitIgnoreSpec.from_lines([pattern]).patterns
    except (GitIgnorePatternError, re.error) as e:
        raise _refused(pattern) from e
    if line.regex is None or line.include is None:  # an open bracket, a lone slash
        raise _refused(pattern)
    return [(line.regex.search, line.include, pattern.strip())]


def _refused(pattern: str) -> BadInput:
    return BadInput(
        f"The exclude pattern {pattern!r} can't be understood: "
        "write it as in a .gitignore file, for example *.bak or /Drafts/."
    )
