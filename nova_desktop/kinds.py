"""The kinds that things are told apart by: enumerations alone.

A module of their own, which is imported before the window is seen: the data classes of `model`
take a tenth of the time until then, and nothing is shown of them.
"""

from __future__ import annotations

import enum


class Modality(enum.StrEnum):
    """What kind of media a content is; also what `type:` takes."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    TEXT = "text"


class Source(enum.StrEnum):
    """Where a row's meaning comes from; shown to the user as why something matched."""

    TEXT = "text"  # the content's own text
    OCR = "ocr"  # letters seen in a picture
    SPEECH = "speech"  # words heard
    SUBTITLES = "subtitles"
    TAGS = "tags"  # things recognised in a picture
    METADATA = "metadata"  # title, artist, camera, ...
    NAME = "name"  # the file's name when it was indexed
    PICTURE = "picture"  # an engine that sees
    SOUND = "sound"  # an engine that hears


class Unit(enum.StrEnum):
    SECONDS = "seconds"  # [start, stop)
    PAGE = "page"  # 1-based, start == stop for one page; also sheets and slides
    CHARACTERS = "characters"  # [start, stop) of the decoded text


class State(enum.StrEnum):
    """Of a file. Every file on disk has exactly one, so the counts add up."""

    WAITING = "waiting"
    INDEXED = "indexed"
    FAILED = "failed"
    EXCLUDED = "excluded"
    OFFLINE = "offline"


class FolderState(enum.StrEnum):
    WATCHING = "watching"  # up to date
    SCANNING = "scanning"  # being looked through for changes
    INDEXING = "indexing"  # files in it wait, and it is their turn
    PAUSED = "paused"
    SCHEDULED = "scheduled"  # files in it wait for its hours, or for being asked
    OFFLINE = "offline"
    UNREADABLE = "unreadable"  # it is there, and may not be opened


class Sort(enum.StrEnum):
    """The order of hits; also what `sort:` takes."""

    RELEVANCE = "relevance"  # without parts there is none: newest first
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


class Match(enum.StrEnum):
    """How surely a hit answers. How often each word is right is measured: the README says it."""

    STRONG = "strong"
    GOOD = "good"
    WEAK = "weak"
