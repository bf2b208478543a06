"""The nouns of one file looked at closely: its facts, its timeline, its cues and its marks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nova_desktop.model import Info, Modality, Source


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells of a file."""

    source: Source
    parts: int  # of the file that it tells something of
    words: str  # how they begin; "" for what is seen or heard


@dataclass(frozen=True, slots=True)
class Details:
    """All that is known of a file. None or empty where nothing is."""

    path: Path
    modality: Modality | None  # None: it is not indexed
    info: Info
    size_bytes: int | None = None
    folder: Path | None = None  # the watched folder that it is in
    offline: bool = False  # `folder` can't be reached
    copies: tuple[Path, ...] = ()  # other files with the same content
    companions: tuple[Path, ...] = ()  # files beside it that belong to it
    told: tuple[Told, ...] = ()  # where its words come from
    spaces: tuple[str, ...] = ()  # of the engines that have it, the device's first


@dataclass(frozen=True, slots=True)
class Strength:
    """How well a part of a film or a sound answers a question: above 0, up to 1."""

    start_s: float
    stop_s: float
    value: float  # 1: as well as the best part of the whole library


@dataclass(frozen=True, slots=True)
class Timeline:
    """What answers a question, in order of time; parts that do not are left out."""

    duration_s: float
    picture: tuple[Strength, ...] = ()
    sound: tuple[Strength, ...] = ()
    words: tuple[Strength, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from `start_s` to `stop_s`."""

    start_s: float
    stop_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """One track of a film, or one file beside it."""

    name: str  # its title or language as noted; "" where nothing is
    cues: tuple[Cue, ...]  # by time


@dataclass(frozen=True, slots=True)
class Box:
    """Where on a page something stands: shares of its width and height, from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: int  # the number of the text, of those that were looked for, that stands there


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage with the text around it."""

    text: str
    start: int = 0  # characters of `text`: where the passage begins, and where it ends
    stop: int = 0  # both 0 where there is no passage
    before: bool = False  # whether the file goes on before `text`, and after it
    after: bool = False
