"""What the bytes of a piece say: their container, and how long they last; no decoder needed.

Sources: ISO/IEC 14496-12 (MP4, MOV, 3GP), RFC 9559 (Matroska), RFC 3533 and 7845 (Ogg, Opus), the
Vorbis I specification, ISO 11172-3 and 13818-3 (MP3), RFC 2361 (WAV), Adobe's FLV and ASF papers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MPEG_STARTS = (b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
_EBML, _SEGMENT, _INFO = b"\x1a\x45\xdf\xa3", 0x18538067, 0x1549A966
_SCALE, _DURATION = 0x2AD7B1, 0x4489
# kbit/s by the index in an MP3 frame's header: MPEG 1, then MPEG 2 and 2.5; layer III.
_KBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def container_of(data: bytes) -> str:
    """The format as Amazon Nova names it; "" for any other."""
    head = data[:64]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12], "")
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "mov" if brand == b"qt  " else "3gp" if brand.startswith(b"3g") else "mp4"
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"  # QuickTime from before there were brands
    if head.startswith(_EBML):
        return "webm" if b"webm" in head else "mkv"
    if head.startswith(b"FLV\x01"):
        return "flv"
    if head.startswith(_ASF):
        return "wmv"
    if head.startswith(_MPEG_STARTS):
        return "mpeg"
    if head.startswith(b"ID3") or next(_mp3_frames(data), 0.0):
        return "mp3"
    return ""


def seconds_of(data: bytes) -> float | None:
    """How long sound or film lasts; None where it does not say."""
    kind = container_of(data)
    try:
        if kind == "wav":
            return _wav_s(data)
        if kind == "mp3":
            return sum(_mp3_frames(data)) or None
        if kind == "ogg":
            return _ogg_s(data)
        if kind in ("mp4", "mov", "3gp"):
            return _movie_s(data)
        if kind in ("mkv", "webm"):
            return _matroska_s(data)
    except (struct.error, IndexError):
        return None  # it ends in the middle of a header
    return None


def _wav_s(data: bytes) -> float | None:
    rate = 0
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"fmt ":
            rate = struct.unpack_from("<I", data, at + 16)[0]  # bytes a second
        if name == b"data":
            return min(size, len(data) - at - 8) / rate if rate else None
        at += 8 + size + size % 2
    return None


def _mp3_frames(data: bytes) -> Iterator[float]:
    """The seconds of each frame of layer III, from the first one to where they end."""
    at = 0
    if data.startswith(b"ID3") and len(data) > 10:
        a, b, c, d = data[6:10]
        at = 10 + (a << 21 | b << 14 | c << 7 | d)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] & 0xE6 == 0xE2:
        version, packed = data[at + 1] >> 3 & 3, data[at + 2]
        bits, rate, padded = packed >> 4, packed >> 2 & 3, packed >> 1 & 1
        if version == 1 or bits in (0, 15) or rate == 3:
            return
        hertz = _RATES[version][rate]
        samples = 1152 if version == 3 else 576
        yield samples / hertz
        at += samples // 8 * _KBITS[version != 3][bits] * 1000 // hertz + padded


def _ogg_s(data: bytes) -> float | None:
    last = data.rfind(b"OggS")
    samples = int(struct.unpack_from("<q", data, last + 6)[0])
    if (opus := data.find(b"OpusHead", 0, 512)) >= 0:
        skip = int(struct.unpack_from("<H", data, opus + 10)[0])
        return max(0, samples - skip) / 48_000  # always counted so, whatever was recorded
    if (vorbis := data.find(b"\x01vorbis", 0, 512)) >= 0:
        rate = int(struct.unpack_from("<I", data, vorbis + 12)[0])
        return samples / rate if rate and samples > 0 else None
    return None


def _boxes(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, start, stop of what is inside) of the boxes of an ISO file."""
    while start + 8 <= stop:
        size, name = struct.unpack_from(">I4s", data, start)
        header = 8
        if size == 1:
            size, header = struct.unpack_from(">Q", data, start + 8)[0], 16
        end = stop if size == 0 else start + size
        if size and size < header:
            return
        yield name, start + header, min(end, stop)
        start = end


def _movie_s(data: bytes) -> float | None:
    for name, start, stop in _boxes(data, 0, len(data)):
        if name != b"moov":
            continue
        for inner, at, _ in _boxes(data, start, stop):
            if inner == b"mvhd":
                layout, skip = (">IQ", 20) if data[at] == 1 else (">II", 12)
                scale, length = struct.unpack_from(layout, data, at + skip)
                return float(length) / float(scale) if scale and length else None  # 0: fragments
    return None


def _elements(data: bytes, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """(identity, start, stop of what is inside) of Matroska's elements."""
    while start < stop:
        wide = 9 - data[start].bit_length()
        identity = int.from_bytes(data[start : start + wide], "big")
        start += wide
        long = 9 - data[start].bit_length()
        size = int.from_bytes(data[start : start + long], "big") & (1 << 7 * long) - 1
        start += long
        end = stop if size == (1 << 7 * long) - 1 else min(start + size, stop)
        yield identity, start, end
        start = end


def _matroska_s(data: bytes) -> float | None:
    for segment, start, stop in _elements(data, 0, len(data)):
        if segment != _SEGMENT:
            continue
        for info, first, last in _elements(data, start, stop):
            if info != _INFO:
                continue
            scale, length = 1_000_000, 0.0
            for name, at, end in _elements(data, first, last):
                if name == _SCALE:
                    scale = int.from_bytes(data[at:end], "big")
                elif name == _DURATION:
                    length = struct.unpack_from(">d" if end - at == 8 else ">f", data, at)[0]
            return length * scale / 1e9 or None
    return None
