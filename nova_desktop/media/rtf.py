"""The words of RTF: one pass over its groups and control words (RTF specification 1.9.1)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from nova_desktop.media.passages import cleaned
from nova_desktop.media.written import MAX_CHARACTERS

MAX_DEPTH = 10_000  # groups in groups; deeper ones are read as if they were flat

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)",
    re.DOTALL,
)
# Groups that hold no text to read; so does every group that begins with \*.
_NAMES = """
    fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl
    footerr footerf listtable listoverridetable revtbl rsidtbl generator filetbl themedata datastore
    latentstyles xmlnstbl fldinst bkmkstart bkmkend nonshppict shppict
"""
_SILENT = frozenset(name.encode() for name in _NAMES.split())
_INFO = frozenset({b"title", b"author", b"subject", b"keywords", b"doccomm"})
_MARKS = {
    **dict.fromkeys((b"par", b"sect", b"page"), "\n\n"),
    **dict.fromkeys((b"line", b"row"), "\n"),
    **dict.fromkeys((b"tab", b"cell"), "\t"),
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
}


@dataclass
class Found:
    text: str = ""
    about: dict[str, str] = field(default_factory=dict)  # title, author, subject, ...


def words_of(data: bytes) -> Found:
    """What the document says. Never fails: what is no RTF is passed over."""
    reader = _Reader()
    at = 0
    while (token := _TOKEN.match(data, at)) or at < len(data):
        if token is None:  # a lone backslash at the end
            break
        at = token.end() + reader.take(token)
        if reader.size > MAX_CHARACTERS * 2:
            break
    reader.flush()
    about = {name: " ".join(_joined(said).split()) for name, said in reader.about.items()}
    return Found(cleaned(_joined(reader.out)), about)


def _joined(parts: list[str]) -> str:
    """One text, in which the two halves of a character beyond 16 bits are one again."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Reader:
    """The state of the pass: where text goes, and in which code page its bytes are."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.about: dict[str, list[str]] = {}
        self.size = 0
        self._into: list[str] | None = self.out  # None: nowhere
        self._groups: list[tuple[list[str] | None, int]] = []
        self._too_deep = 0
        self._encoding = "cp1252"
        self._bytes = bytearray()
        self._fallback = 1  # characters that stand after \u for programs that don't know it
        self._skip = 0
        self._in_info = False

    def take(self, token: re.Match[bytes]) -> int:
        """Takes one token; the answer is how many raw bytes after it are to be skipped."""
        word, number, code, symbol, brace, text = token.groups()
        if word:
            return self._word(word, int(number) if number else None)
        if code:
            self._byte(bytes([int(code, 16)]))
        elif symbol:
            self._symbol(symbol)
        elif brace:
            self._brace(brace)
        else:
            self._byte(text.replace(b"\r", b"").replace(b"\n", b""))
        return 0

    def _word(self, word: bytes, number: int | None) -> int:
        if word == b"bin":
            return max(0, number or 0)
        if word == b"ansicpg" and number:
            self._encoding = _code_page(number)
        elif word == b"uc":
            self._fallback = min(max(0, number or 0), 10)
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word in _INFO and self._in_info:
            self.flush()
            self._into = self.about.setdefault(word.decode(), [])
        elif word in _SILENT:
            self.flush()
            self._in_info = self._in_info or word == b"info"
            self._into = None
        elif word in _MARKS:
            self._say(_MARKS[word])
        return 0

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.flush()
            self._into = None
        elif symbol in (b"\n", b"\r"):
            self._say("\n\n")
        elif symbol in (b"\\", b"{", b"}"):
            self._byte(symbol)
        elif symbol in (b"~", b"_"):
            self._say(" " if symbol == b"~" else "-")

    def _brace(self, brace: bytes) -> None:
        self.flush()
        self._skip = 0
        if brace == b"{":
            if len(self._groups) < MAX_DEPTH:
                self._groups.append((self._into, self._fallback))
            else:
                self._too_deep += 1
        elif self._too_deep:
            self._too_deep -= 1
        elif self._groups:
            self._into, self._fallback = self._groups.pop()
            self._in_info = self._in_info and len(self._groups) > 1

    def _unicode(self, number: int) -> None:
        """RTF counts in signed 16 bits; what lies beyond comes as two surrogates."""
        self.flush()
        self._say(chr(number & 0xFFFF))
        self._skip = self._fallback

    def _byte(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        if self._into is not None:
            self._bytes += data[skipped:]

    def _say(self, text: str) -> None:
        self.flush()
        if self._into is not None:
            self._into.append(text)
            self.size += len(text)

    def flush(self) -> None:
        """Bytes are decoded together, as some code pages take two to a character."""
        if self._bytes and self._into is not None:
            text = self._bytes.decode(self._encoding, "replace")
            self._into.append(text)
            self.size += len(text)
        self._bytes.clear()


def _code_page(number: int) -> str:
    name = {65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
