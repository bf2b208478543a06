"""The words of ODT, ODS and ODP: zipped XML, read as a stream (OASIS OpenDocument 1.3)."""

from __future__ import annotations

from pathlib import Path

from nova_desktop.media.office import fitting
from nova_desktop.media.passages import cleaned
from nova_desktop.media.properties import properties_of
from nova_desktop.media.written import MAX_PAGES, Written, capped, cut_after
from nova_desktop.media.xml import Closes, Event, Opens, Says, events
from nova_desktop.media.zips import archive, encrypted

_MAX_SPACES = 100  # one element may stand for any number of blanks


def read_odt(path: Path) -> Written:
    """One text; tables as rows of cells parted by tabs."""
    return _read(path, page_tag="")


def read_ods(path: Path) -> Written:
    """A page a sheet: its name, then its rows; cells repeated by a number stand once."""
    return _read(path, page_tag="table")


def read_odp(path: Path) -> Written:
    """A page a slide, with its notes."""
    return _read(path, page_tag="page")


def _read(path: Path, page_tag: str) -> Written:
    with archive(path) as parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml"):
            raise encrypted(path)
        collector = _Collector(page_tag)
        for event in events(parts.read("content.xml")):
            collector.take(event)
        said = properties_of(parts.get("meta.xml"))
    if not page_tag:
        text, cut = capped(cleaned("".join(collector.out)))
        return Written(text, (), said.title, said.about, said.created_s, cut, said.keywords)
    pages, cut = fitting([cleaned(page) for page in collector.pages[:MAX_PAGES]])
    if len(collector.pages) > MAX_PAGES:
        cut = cut_after(f"{MAX_PAGES:,} pages")
    return Written("", pages, said.title, said.about, said.created_s, cut, said.keywords)


class _Collector:
    """Gathers text from the events of content.xml, in pages where `page_tag` opens one."""

    def __init__(self, page_tag: str) -> None:
        self.page_tag = page_tag
        self.pages: list[str] = []
        self.out: list[str] = []
        self._paragraphs = self._tables = self._deleted = self._page_depth = 0

    def take(self, event: Event) -> None:
        match event:
            case Opens("tracked-changes"):
                self._deleted += 1
            case Closes("tracked-changes"):
                self._deleted -= 1
            case _ if self._deleted:
                return
            case Opens(tag, attributes):
                self._open(tag, attributes)
            case Closes(tag):
                self._close(tag)
            case Says(text) if self._paragraphs:
                self.out.append(text)
            case _:
                return

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self.page_tag:
            self._page_depth += 1
            if self._page_depth == 1:
                self.out = [attributes.get("name", ""), "\n\n"] if tag == "table" else []
        if tag in ("p", "h"):
            self._paragraphs += 1
        elif tag == "table":
            self._tables += 1
        elif tag == "s":
            count = attributes.get("c", "1")
            number = int(count) if count.isdecimal() and len(count) < 4 else 1
            self.out.append(" " * min(number, _MAX_SPACES))
        elif tag == "tab":
            self.out.append("\t")
        elif tag == "line-break":
            self.out.append("\n")

    def _close(self, tag: str) -> None:
        if tag in ("p", "h"):
            self._paragraphs -= 1
            self.out.append("\t" if self._tables else "\n\n")
        elif tag == "table":
            self._tables -= 1
        elif tag == "table-row":
            self.out.append("\n")
        if tag == self.page_tag:
            self._page_depth -= 1
            if self._page_depth == 0:
                self.pages.append("".join(self.out))
                self.out = []
