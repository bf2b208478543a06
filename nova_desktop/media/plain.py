"""Turns the bytes of a text into characters, whatever encoding they are in."""

from __future__ import annotations

import codecs
import re

LIMIT = 16_000_000  # bytes of one text that are looked at; the rest is not indexed

_BOMS = (  # UTF-32 before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tab, line ends, form feed and escape (ISO-2022) occur in texts; no other control does.
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_CONTROL_CHARACTERS = re.compile(_CONTROLS.pattern.decode())
_SAMPLE = 65536  # bytes enough to tell an encoding


def is_text(head: bytes) -> bool:
    """Whether a file that begins like this is a text in some encoding."""
    if any(head.startswith(bom) for bom, _ in _BOMS) or _utf16(head):
        text = _decoded(head, _certain(head))
        return not _CONTROL_CHARACTERS.search(text) and text.count("�") <= len(text) // 100
    if _CONTROLS.search(head):
        return False
    if _is_utf8(head):
        return True
    from charset_normalizer import from_bytes  # slow to import, and rarely needed

    return from_bytes(head[:4096]).best() is not None


def decoded(data: bytes) -> str:
    """The characters, without a byte order mark; bytes that fit no encoding become “�”."""
    return _decoded(data, _certain(data) or _guess(data[:_SAMPLE]))


def _certain(data: bytes) -> str:
    """The encoding where the bytes leave no doubt, else ""."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    return "utf-8" if _is_utf8(data) else _utf16(data)


def _is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, though the last character may be cut off."""
    if b"\0" in data[:_SAMPLE]:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of most scripts' spaces and ASCII is zero."""
    head = data[:_SAMPLE]
    pairs = len(head) // 2
    if not pairs or b"\0" not in head:
        return ""
    for encoding, zeros, others in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if zeros.count(0) * 3 >= pairs and others.count(0) == 0:
            return encoding
    return ""


def _guess(head: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, and rarely needed

    best = from_bytes(head).best()
    return best.encoding if best else "cp1252"


def _decoded(data: bytes, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
    text = decoder.decode(data)  # not final: a character that the limit cut in two is left out
    return text.removeprefix("\ufeff")
