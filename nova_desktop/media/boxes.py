"""What the headers of audio and video containers say of their tracks: sound alone, or pictures?

Every function takes a seekable file and reads little of it; None means the header does not tell.
"""

from __future__ import annotations

import io
import re
from typing import BinaryIO

LOOKS = 400  # elements visited before giving up: a header lies near an end of the file
CONTAINERS = {b"moov", b"trak", b"mdia"}

EBML_SEGMENT, EBML_TRACKS, EBML_ENTRY, EBML_TYPE = 0x18538067, 0x1654AE6B, 0xAE, 0x83
EBML_CLUSTER = 0x1F43B675
EBML_VIDEO, EBML_AUDIO = 1, 2  # TrackType, RFC 9559

# Stream types of the ASF header, as bytes (ASF specification 10.4).
ASF_AUDIO = bytes.fromhex("409E69F84D5BCF11A8FD00805F5C442B")
ASF_VIDEO = bytes.fromhex("C0EF19BC4D5BCF11A8FD00805F5C442B")

OGG_VIDEO = (b"\x80theora", b"\x80daala", b"\x01video\0", b"BBCD\0", b"\x80kate", b"OVP80")
OGG_AUDIO = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ", b"\x01audio\0", b"PCM     ")


def mp4_pictures(file: BinaryIO) -> bool | None:
    """True when a movie box (ISO 14496-12) holds a video track, False when only sound."""
    handlers: set[bytes] = set()
    _mp4_handlers(file, 0, file.seek(0, io.SEEK_END), handlers, [LOOKS])
    return _verdict(b"vide" in handlers, b"soun" in handlers)


def _mp4_handlers(
    file: BinaryIO, at: int, end: int, handlers: set[bytes], looks: list[int]
) -> None:
    while at + 8 <= end and looks[0] > 0:
        looks[0] -= 1
        file.seek(at)
        head = file.read(24)
        if len(head) < 8:
            return
        size, kind, body = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < body - at:
            return
        if kind in CONTAINERS:
            _mp4_handlers(file, body, min(at + size, end), handlers, looks)
        elif kind == b"hdlr":
            handlers.add(head[16:20])
        at += size


def ebml_pictures(file: BinaryIO) -> bool | None:
    """True when a Matroska or WebM file has a video track, False when only sound."""
    kinds: set[int] = set()
    _ebml_tracks(file, 0, file.seek(0, io.SEEK_END), kinds, [LOOKS])
    return _verdict(EBML_VIDEO in kinds, EBML_AUDIO in kinds)


def _ebml_tracks(file: BinaryIO, at: int, end: int, kinds: set[int], looks: list[int]) -> None:
    while at < end and looks[0] > 0:
        looks[0] -= 1
        file.seek(at)
        head = file.read(16)
        element, used = _ebml_number(head, 0, keep_marker=True)
        size, after = _ebml_number(head, used, keep_marker=False)
        if not used or not after or element == EBML_CLUSTER:
            return
        body = at + after
        unknown = size == (1 << (7 * (after - used))) - 1  # "until the parent ends"
        stop = end if unknown else min(body + size, end)
        if element in (EBML_SEGMENT, EBML_TRACKS, EBML_ENTRY):
            _ebml_tracks(file, body, stop, kinds, looks)
            if element == EBML_TRACKS:
                return
        elif element == EBML_TYPE:
            file.seek(body)
            kinds.add(int.from_bytes(file.read(min(size, 8)), "big"))
        at = stop


def _ebml_number(head: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """(value, offset after it) of a variable-size integer; (0, 0) where there is none."""
    if at >= len(head) or head[at] == 0:
        return 0, 0
    length = 9 - head[at].bit_length()
    if at + length > len(head):
        return 0, 0
    value = int.from_bytes(head[at : at + length], "big")
    return (value if keep_marker else value & ((1 << (7 * length)) - 1)), at + length


def ogg_pictures(head: bytes) -> bool | None:
    """By the codecs that the first pages of an Ogg file announce (RFC 3533, first packets)."""
    return _verdict(any(m in head for m in OGG_VIDEO), any(m in head for m in OGG_AUDIO))


def asf_pictures(head: bytes) -> bool | None:
    """By the stream types in an ASF header (WMV, WMA)."""
    return _verdict(ASF_VIDEO in head, ASF_AUDIO in head)


def mpeg_ps_pictures(head: bytes) -> bool | None:
    """By the stream ids of the first packets: E0–EF is video, C0–DF and BD sound (ISO 13818-1)."""
    ids = set(re.findall(rb"\x00\x00\x01([\xbd\xc0-\xef])", head))
    return _verdict(any(i >= b"\xe0" for i in ids), any(i < b"\xe0" for i in ids))


def flv_pictures(head: bytes) -> bool | None:
    """By the flags of an FLV header: 1 is video, 4 sound."""
    return _verdict(bool(head[4] & 1), bool(head[4] & 4))


def tiff_tags(head: bytes) -> dict[int, bytes]:
    """The first directory of a TIFF: tag → its raw value, or its offset; {} if out of `head`."""
    order = "little" if head[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(head[at : at + size], order)  # type: ignore[arg-type]  # one of two

    at = number(4, 4)
    tags: dict[int, bytes] = {}
    for entry in range(at + 2, at + 2 + 12 * min(number(at, 2), 512), 12):
        if entry + 12 > len(head):
            break
        kind, count = number(entry + 2, 2), number(entry + 4, 4)
        value = head[entry + 8 : entry + 12]
        if kind == 2 and count > 4:  # text lies elsewhere
            value = head[(start := number(entry + 8, 4)) : start + min(count, 200)]
        tags[number(entry, 2)] = value
    return tags


def _verdict(pictures: bool, sound: bool) -> bool | None:
    return True if pictures else False if sound else None
