"""The words of an EPUB: its chapters in reading order, as the package says (EPUB 3.3)."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote

from nova_desktop.media.office import fitting
from nova_desktop.media.opening import damaged
from nova_desktop.media.properties import properties_of
from nova_desktop.media.web import page_of
from nova_desktop.media.written import MAX_PAGES, Written, cut_after
from nova_desktop.media.xml import Opens, events
from nova_desktop.media.zips import Archive, archive, encrypted


def read_epub(path: Path) -> Written:
    """A page a chapter. Raises BadInput where chapters are locked."""
    with archive(path) as parts:
        package = _package(parts, path)
        xml = parts.read(package)
        names = [name for name in _chapters(xml, package) if name in parts.names]
        locked = _locked(parts)
        if locked.intersection(names):
            raise encrypted(path)
        pages = [page_of(parts.read(name)).text[0] for name in names[:MAX_PAGES]]
        said = properties_of(xml)
    kept, cut = fitting(pages)
    if len(names) > MAX_PAGES:
        cut = cut_after(f"{MAX_PAGES:,} chapters")
    return Written("", kept, said.title, said.about, None, cut, said.subjects)


def _package(parts: Archive, path: Path) -> str:
    for event in events(parts.read("META-INF/container.xml")):
        if isinstance(event, Opens) and event.tag == "rootfile":
            return event.attributes.get("full-path", "")
    raise damaged(path, "it names no package")


def _chapters(xml: bytes, package: str) -> list[str]:
    """The members that the spine lists, by way of the manifest."""
    items: dict[str, str] = {}
    spine: list[str] = []
    for event in events(xml):
        match event:
            case Opens("item", attributes):
                items[attributes.get("id", "")] = attributes.get("href", "")
            case Opens("itemref", attributes):
                spine.append(attributes.get("idref", ""))
            case _:
                continue
    folder = posixpath.dirname(package)
    return [_member(folder, items[idref]) for idref in spine if idref in items]


def _member(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _locked(parts: Archive) -> set[str]:
    """Members listed as encrypted: all but fonts means a book with copy protection."""
    xml = parts.get("META-INF/encryption.xml")
    return {
        unquote(event.attributes.get("URI", ""))
        for event in (events(xml) if xml else ())
        if isinstance(event, Opens) and event.tag == "CipherReference"
    }
