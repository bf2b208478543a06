"""Nouns of what is the same, or nearly: what tells it, the groups that are found, what to keep."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova_desktop.kinds import Modality

LOOK = 24  # cells along each edge of a look
LOOK_BYTES = LOOK * LOOK
MOST_LOOKS = 12  # of one film
SOUND_STEP_S = 0.125  # between two codes of a sound
# Of a recording that codes are made of, from its start: nearly all of music, and what is said
# before a trimmed film or an excerpt begins; 19 KB.
SOUND_S = 600.0
FRAME = [("ms", "<u4"), ("code", "<u8")]  # when a picture is shown, and its code: numpy's dtype
SHORT_S = 3.0  # a sound that is no longer has looks too: its codes begin to tell it at two seconds


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a content stays much the same when it is saved again, cut a little or re-encoded."""

    # A look: the brightness of LOOK × LOOK equal cells, row by row; one byte each. Of a film one
    # at each of `times_s`, one after another. Empty where there is nothing to see. Of a short
    # sound two, of what is heard when and of its tones, and in `times_s` how long it sounds.
    looks: bytes = b""
    times_s: tuple[float, ...] = ()  # () for a still
    sound: bytes = b""  # codes of 32 bits, little endian, one a step; 0 where it is silent
    sharpness: float = 0.0  # of a still; only pictures of one scene compare
    frames: bytes = b""  # of a film: FRAMEs in their order, for the parts that were cut out of it


class Same(enum.StrEnum):
    """How the files of a group are alike."""

    CONTENT = "content"  # byte for byte
    PICTURE = "picture"  # one picture: saved again, resized, cropped a little, made brighter
    BURST = "burst"  # photos of one moment, taken one right after the other
    FILM = "film"  # one film: re-encoded, in another container, or trimmed
    SOUND = "sound"  # one recording, as sounds
    RECORDING = "recording"  # one recording, as a film and as a sound
    EXCERPT = "excerpt"  # a part of a film or of a sound, and all of it
    TEXT = "text"  # one text: in another format, or a version of it that differs in little


class Reason(enum.StrEnum):
    """Why a file is suggested to be kept: the first thing in which it is better."""

    PIXELS = "pixels"
    LENGTH = "length"
    SHARPNESS = "sharpness"
    PICTURES = "pictures"  # a film has its sound, too
    BYTES = "bytes"  # compressed least
    CAMERA = "camera"  # it says more of how it was taken
    NEWEST = "newest"  # of a text: the version that was written last
    EDITABLE = "editable"  # of a text: it can be written on, as what was made of it can not
    NAME = "name"  # the others are called copies
    LINKED = "linked"  # it has other names (hard links): to remove one of them frees nothing
    PLACE = "place"  # nothing tells them apart: the shortest path


@dataclass(frozen=True, slots=True)
class Copy:
    """One file of a group."""

    path: Path
    content: str
    modality: Modality
    bytes: int
    taken_s: float
    width: int | None = None  # pixels
    height: int | None = None
    duration_s: float | None = None
    camera: str = ""
    sharpness: float = 0.0
    offline: bool = False
    changed_s: float = 0.0  # when the file was written last


@dataclass(frozen=True, slots=True)
class Group:
    """Files of which one would do, or, of an EXCERPT, of which the first has all of the others.

    The first is the one that is suggested to be kept.
    """

    same: Same
    copies: tuple[Copy, ...]  # two at least
    reason: Reason  # why the first

    @property
    def spare_bytes(self) -> int:
        """What all but the first take on disk."""
        return sum(copy.bytes for copy in self.copies[1:])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which groups are asked for. Empty means any."""

    same: frozenset[Same] = frozenset()
    modalities: frozenset[Modality] = frozenset()  # a file of the group is of one of them
    folders: tuple[Path, ...] = ()  # a file of the group is inside any


@dataclass(frozen=True, slots=True)
class Duplicates:
    """One page of groups, those first that free the most room, and how far the look is."""

    groups: tuple[Group, ...] = ()
    total: int = 0  # on all pages
    spare_bytes: int = 0  # of all of them
    done: bool = True
    share: float = 1.0  # of the look, 0 to 1
    unseen: int = 0  # files that could not be compared: offline, or nothing in them to compare
