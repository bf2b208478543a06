"""Models that run on this device: which there are, which are here, and how far a fetch is."""

from __future__ import annotations

import enum
import os
from dataclasses import dataclass
from pathlib import Path


class Task(enum.StrEnum):
    """What a model is for."""

    SEARCH = "search"  # pictures and words as vectors: CLIP
    SPEECH = "speech"  # writing down what is said: Whisper


@dataclass(frozen=True, slots=True)
class LocalModel:
    """One that is offered, or that is here."""

    name: str  # <owner>/<name> on the hub; of a folder that was pointed to, its path
    task: Task
    text: str = ""  # what it is, in a sentence
    licence: str = ""  # of its weights
    bytes: int = 0  # to fetch, or as it lies here; about
    revision: str = ""  # that is fetched, or was; "" is the newest
    folder: Path | None = None  # None: it is not here
    used: bool = False  # the settings ask for it
    found: str = ""  # what it proved, in a sentence; "" where it was not asked yet


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far a model is that is being fetched."""

    name: str
    done_bytes: int
    bytes: int
    file: str  # that is under way


class Shelf:
    """Where fetched models lie, below the data folder. Names never lead out of it."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "models"

    def above(self, name: str) -> Path:
        """What holds all revisions of <owner>/<name>, whole and begun."""
        return self.folder / name.replace("/", "--")

    def place(self, name: str, revision: str) -> Path:
        """Where that revision of <owner>/<name> is, whether or not it is there."""
        return self.above(name) / revision

    def fetched(self, name: str) -> list[Path]:
        """The revisions of it that are here as a whole, the newest fetch last."""
        found = [one for one in _folders(self.above(name)) if (one / MANIFEST).is_file()]
        return sorted(found, key=lambda one: (one / MANIFEST).stat().st_mtime_ns)

    def all(self) -> dict[str, Path]:
        """<owner>/<name> → the newest of its revisions that are here."""
        found = {}
        for above in _folders(self.folder):
            name = above.name.replace("--", "/", 1)
            if "/" in name and (revisions := self.fetched(name)):
                found[name] = revisions[-1]
        return found

    def find(self, place: str) -> Path | None:
        """The folder that a setting names: by its path, or fetched by <owner>/<name>; else None."""
        if not place:
            return None
        try:
            path = Path(place).expanduser()
        except RuntimeError:  # the home of somebody who is not known here
            return None
        if path.is_absolute() or os.path.isdir(path):  # noqa: PTH112  # False for what can be no path
            return path.absolute()
        revisions = self.fetched(place) if is_name(place) else []
        return revisions[-1] if revisions else None


MANIFEST = "fetched.json"  # in the folder of a fetched model: where it is from, with hashes


def is_name(text: str) -> bool:
    """Whether it can be the name of a model on the hub: <owner>/<name>."""
    owner, slash, name = text.partition("/")
    return bool(slash) and all(
        part and part.replace("-", "").replace("_", "").replace(".", "").isalnum()
        and part.isascii() and ".." not in part and "--" not in part and part[0] not in ".-"
        for part in (owner, name)
    )  # fmt: skip


def _folders(above: Path) -> list[Path]:
    try:
        return sorted(one for one in above.iterdir() if one.is_dir())
    except OSError:
        return []  # there is none yet
