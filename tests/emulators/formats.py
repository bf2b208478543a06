"""What the bytes really are: the container by its first bytes, and how long media plays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import av
import av.container

MATROSKA, ASF = b"\x1a\x45\xdf\xa3", bytes.fromhex("3026b2758e66cf11")
_MOV_ATOMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")  # a file without `ftyp`


class Undecodable(Exception):
    """The bytes begin as they should, and are damaged after that."""


def _brand(head: bytes) -> bytes:
    return head[8:12] if head[4:8] == b"ftyp" else b""


def _is_mpeg(head: bytes) -> bool:
    return head[:4] in (b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")


def _is_mp3(head: bytes) -> bool:
    # A frame: eleven bits set, and layer III.
    return head[:3] == b"ID3" or (head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


_LOOKS: dict[str, Callable[[bytes], bool]] = {
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "gif": lambda head: head[:6] in (b"GIF87a", b"GIF89a"),
    "webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    "mp3": _is_mp3,
    "wav": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE",
    "ogg": lambda head: head.startswith(b"OggS"),
    "mp4": lambda head: bool(_brand(head)) and _brand(head)[:2] not in (b"qt", b"3g"),
    "mov": lambda head: _brand(head) == b"qt  " or head[4:8] in _MOV_ATOMS,
    "3gp": lambda head: _brand(head)[:2] == b"3g",
    "mkv": lambda head: head.startswith(MATROSKA) and b"matroska" in head,
    "webm": lambda head: head.startswith(MATROSKA) and b"webm" in head,
    "flv": lambda head: head.startswith(b"FLV"),
    "mpeg": _is_mpeg,
    "mpg": _is_mpeg,
    "wmv": lambda head: head.startswith(ASF),
}


def matches(file: IO[bytes], format: str) -> bool:  # noqa: A002 – Nova's own name for it
    """Whether the file begins as one of this format does."""
    head = file.read(64)
    file.seek(0)
    return len(head) >= 12 and _LOOKS[format](head)


@contextmanager
def opened(file: IO[bytes]) -> Iterator[av.container.InputContainer]:
    """The media file, from its start; Undecodable for what libav says inside the block."""
    file.seek(0)
    try:
        with av.open(file, "r", metadata_errors="ignore") as container:
            yield container
    except (av.FFmpegError, EOFError) as e:
        raise Undecodable(str(e)) from e


def duration_s(file: IO[bytes]) -> float:
    """How long it plays: what the header says, or else where the last packet ends."""
    with opened(file) as container:
        if container.duration:
            return container.duration / 1e6  # libav counts in microseconds
        ends = (
            float((packet.pts + (packet.duration or 0)) * packet.time_base)
            for packet in container.demux()
            if packet.pts is not None and packet.time_base is not None
        )
        return max(ends, default=0.0)


def has(file: IO[bytes], kind: str) -> bool:
    """Whether there is a track of this kind: video or audio."""
    with opened(file) as container:
        return any(stream.type == kind for stream in container.streams)
