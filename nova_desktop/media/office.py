"""The words of DOCX, PPTX and XLSX: zipped XML, read as a stream (ECMA-376)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from nova_desktop.media.passages import cleaned
from nova_desktop.media.properties import Properties, properties_of
from nova_desktop.media.written import MAX_CHARACTERS, MAX_PAGES, Written, capped, cut_after
from nova_desktop.media.xml import Closes, Opens, Says, events
from nova_desktop.media.zips import Archive, archive


def read_docx(path: Path) -> Written:
    """The paragraphs of the main part, then foot and end notes."""
    with archive(path) as parts:
        main = _main_part(parts, "word/document.xml")
        texts = [_paragraphs(parts.read(main))]
        texts += [
            _paragraphs(parts.get(posixpath.join(posixpath.dirname(main), f"{name}.xml")))
            for name in ("footnotes", "endnotes", "comments")
        ]
        text, cut = capped(cleaned("\n\n".join(texts)))
        return _written(_properties(parts), cut, text=text)


def read_pptx(path: Path) -> Written:
    """A page a slide in the order shown, with the speaker's notes."""
    with archive(path) as parts:
        main = _main_part(parts, "ppt/presentation.xml")
        targets = _relations(parts, main)
        ids = [
            event.attributes
            for event in events(parts.read(main))
            if isinstance(event, Opens) and event.tag == "sldId"
        ]
        slides = [targets[rel] for a in ids if (rel := a.get("r:id", "")) in targets]
        pages = [_slide(parts, name) for name in slides[:MAX_PAGES] if name in parts.names]
        return _paged(parts, pages, len(slides), "slides")


def read_xlsx(path: Path) -> Written:
    """A page a sheet: its name, then its rows, cells parted by tabs."""
    with archive(path) as parts:
        main = _main_part(parts, "xl/workbook.xml")
        targets = _relations(parts, main)
        found = [
            (event.attributes.get("name", ""), targets.get(event.attributes.get("r:id", ""), ""))
            for event in events(parts.read(main))
            if isinstance(event, Opens) and event.tag == "sheet"
        ]
        shared_name = posixpath.join(posixpath.dirname(main), "sharedStrings.xml")
        shared = _shared_strings(parts.get(shared_name))
        pages = [
            cleaned(f"{name}\n\n{_sheet(parts.get(target), shared)}")
            for name, target in found[:MAX_PAGES]
        ]
        return _paged(parts, pages, len(found), "sheets")


def _main_part(parts: Archive, usual: str) -> str:
    """The part that the package's own relations name, else the usual one."""
    named = _relations(parts, "")
    kind = usual.partition("/")[0]
    return next((n for n in named.values() if n.startswith(kind) and n in parts.names), usual)


def _relations(parts: Archive, source: str) -> dict[str, str]:
    """Relation id → part inside the archive, of the part `source`; links outside are left out."""
    folder, name = posixpath.split(source)
    rels = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for event in events(rels) if rels else ():
        if isinstance(event, Opens) and event.tag == "Relationship":
            target = event.attributes.get("Target", "")
            if event.attributes.get("TargetMode") != "External":
                inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[event.attributes.get("Id", "")] = inside
    return found


def _paragraphs(xml: bytes) -> str:
    """The text of WordprocessingML and DrawingML paragraphs; deleted text is not in it."""
    out: list[str] = []
    tables = skipped = 0
    in_text = False
    for event in events(xml) if xml else ():
        match event:
            case Opens("Fallback" | "pPr"):
                skipped += 1  # the same again for old programs; where tabs stop
            case Closes("Fallback" | "pPr"):
                skipped -= 1
            case _ if skipped:
                continue
            case Opens("t"):
                in_text = True
            case Closes("t"):
                in_text = False
            case Says(text) if in_text:
                out.append(text)
            case Opens("tab"):
                out.append("\t")
            case Opens("br" | "cr"):
                out.append("\n")
            case Opens("tbl"):
                tables += 1
            case Closes("tbl"):
                tables -= 1
                out.append("\n")
            case Closes("tr"):
                out.append("\n")
            case Closes("p"):
                out.append("\t" if tables else "\n\n")
            case _:
                continue
    return "".join(out)


def _slide(parts: Archive, name: str) -> str:
    notes = [n for n in _relations(parts, name).values() if "notesSlide" in n and n in parts.names]
    return cleaned("\n\n".join(_paragraphs(parts.read(n)) for n in (name, *notes)))


def _shared_strings(xml: bytes) -> list[str]:
    """The table of strings that cells point into; readings of Chinese characters left out."""
    strings: list[str] = []
    text: list[str] = []
    in_text = phonetic = False
    for event in events(xml) if xml else ():
        match event:
            case Opens("rPh"):
                phonetic = True
            case Closes("rPh"):
                phonetic = False
            case Opens("t"):
                in_text = not phonetic
            case Closes("t"):
                in_text = False
            case Says(said) if in_text:
                text.append(said)
            case Closes("si"):
                strings.append("".join(text))
                text = []
            case _:
                continue
    return strings


def _sheet(xml: bytes, shared: list[str]) -> str:
    out: list[str] = []
    size = 0
    for row in _rows(xml, shared):
        line = "\t".join(row)
        out.append(line)
        size += len(line) + 1
        if size > MAX_CHARACTERS:
            break
    return "\n".join(out)


def _rows(xml: bytes, shared: list[str]) -> Iterator[list[str]]:
    row: list[str] = []
    kind, value, in_value = "", "", False
    for event in events(xml) if xml else ():
        match event:
            case Opens("c", attributes):
                kind, value = attributes.get("t", ""), ""
            case Opens("v" | "t"):
                in_value = True
            case Closes("v" | "t"):
                in_value = False
            case Says(text) if in_value:
                value += text
            case Closes("c"):
                row.append(_cell(kind, value, shared))
            case Closes("row"):
                cells = [cell for cell in row if cell]
                if cells:
                    yield cells
                row = []
            case _:
                continue


def _cell(kind: str, value: str, shared: list[str]) -> str:
    if kind == "s":  # an index into the shared strings
        number = int(value) if value.strip().isdecimal() else -1
        value = shared[number] if 0 <= number < len(shared) else ""
    elif kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, "")
    return " ".join(value.split())


def _paged(parts: Archive, pages: list[str], total: int, unit: str) -> Written:
    kept, cut = fitting(pages)
    if total > MAX_PAGES:
        cut = cut_after(f"{MAX_PAGES:,} {unit}")
    return _written(_properties(parts), cut, pages=kept)


def fitting(pages: list[str]) -> tuple[tuple[str, ...], str]:
    """(the pages with all their text up to the cap, a sentence when that is not all)."""
    left, kept, cut = MAX_CHARACTERS, [], ""
    for page in pages:
        if len(page) > left:
            cut = cut_after(f"{MAX_CHARACTERS:,} characters")
        kept.append(page[:left])
        left -= len(kept[-1])
    return tuple(kept) or ("",), cut


def _properties(parts: Archive) -> Properties:
    return properties_of(parts.get("docProps/core.xml"))


def _written(said: Properties, cut: str, text: str = "", pages: tuple[str, ...] = ()) -> Written:
    return Written(text, pages, said.title, said.about, said.created_s, cut, said.keywords)
