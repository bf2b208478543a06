"""Tells what a file is by what is in it; its name only tells one kind of text from another."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from nova_desktop.errors import BadInput, shown
from nova_desktop.media import boxes
from nova_desktop.media.opening import opened
from nova_desktop.media.plain import is_text
from nova_desktop.model import Modality

HEAD = 65536  # bytes looked at
RAW = "image/x-raw"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
CUES = {".srt": "application/x-subrip", ".vtt": "text/vtt"}
TEXTS = {".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv"}
TEXTS |= {".tsv": "text/tab-separated-values", ".json": "application/json"}
PAGES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.oasis.opendocument.presentation": "ODP",
    "application/epub+zip": "EPUB",
    "text/html": "HTML",
    "application/rtf": "RTF",
    ENCRYPTED_OFFICE: "encrypted Office document",
}
_ENDINGS = """
    .jpg .jpeg .png .webp .gif .bmp .tif .tiff .heic .heif .avif .dng .cr2 .cr3 .nef .arw .raf .orf
    .rw2 .mp4 .m4v .mov .mkv .webm .avi .wmv .mpg .mpeg .ts .m2ts .mts .3gp .flv .mp3 .m4a .aac
    .wav .flac .ogg .oga .opus .aif .aiff .wma .pdf .docx .pptx .xlsx .odt .ods .odp .epub .html
    .htm .rtf .txt .md .markdown .csv .tsv .json .srt .vtt
"""
ENDINGS = frozenset(_ENDINGS.split())  # of the formats that are read
_MIMES = {kind: mime for mime, kind in PAGES.items()}

_BRANDS = {  # ISO 14496-12 major and compatible brands that are pictures
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "image/heic"),
    **dict.fromkeys((b"mif1", b"mif2", b"msf1", b"heif"), "image/heif"),
}
_RAW_MAKERS = (
    *(b"NIKON", b"SONY", b"PENTAX", b"SAMSUNG", b"LEICA", b"HASSELBLAD"),
    *(b"EASTMAN KODAK", b"KODAK", b"PHASE ONE", b"SIGMA", b"RICOH"),
)
_DNG_VERSION, _SUB_IFDS, _MAKE = 0xC612, 0x14A, 0x10F
_MPEG_AUDIO_SYNC = re.compile(rb"\xff[\xe2-\xff]")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_CUE = re.compile(r"\s*(?:\d+\s*\n)?\s*\d+:\d\d:\d\d[,.]\d{1,3}[ \t]*-->[ \t]*\d+:\d\d")


def sniff(path: Path) -> Modality | None:
    """The modality, or None for what no Reader reads. Raises BadInput or TryLater.

    BadInput also where the name promises a format and the content is none: whoever has a damaged
    photo has to be told, and not that photos are left out.
    """
    modality = modality_of(sniff_mime(path))
    if modality is None and path.suffix.lower() in ENDINGS:
        raise BadInput(
            f"“{shown(path)}” holds nothing that its name promises, nor anything else that can be "
            "read; replace it with a good copy."
        )
    return modality


def modality_of(mime: str) -> Modality | None:
    """The modality whose Reader takes files of this type."""
    if mime in PAGES:
        return Modality.DOCUMENT
    if mime.startswith("text/") or mime in (CUES[".srt"], TEXTS[".json"]):
        return Modality.TEXT
    kind = mime.partition("/")[0]
    return Modality(kind) if kind in (Modality.IMAGE, Modality.VIDEO, Modality.AUDIO) else None


def sniff_mime(path: Path) -> str:
    """The file's media type by its content; "" when it is nothing we know.

    Raises BadInput for an empty or unreadable file and what is not a file, TryLater when it is
    gone or its disk does not answer.
    """
    with opened(path) as file:
        head = file.read(HEAD)
        mime = _picture(head) or _sound_or_film(head, file) or _document(head, file)
        return mime or _text(head, path)


def _picture(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    # "BM" alone could begin a text: the header's size and planes must agree with it.
    if head[:2] == b"BM" and head[14:18] in _BMP_HEADERS and head[6:10] == bytes(4):
        return "image/bmp"
    if head.startswith((b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")):
        return RAW  # RAF, ORF, RW2
    if head[:4] in (b"II*\0", b"MM\0*"):
        return RAW if head[8:10] == b"CR" or _is_raw(boxes.tiff_tags(head)) else "image/tiff"
    if head[:4] in (b"II+\0", b"MM\0+"):
        return "image/tiff"
    if head[4:8] == b"ftyp":
        brands = _brands(head)
        if b"crx " in brands[:1]:
            return RAW  # CR3
        if b"avif" in brands and brands[0] in _BRANDS:
            return "image/avif"
        return next((_BRANDS[b] for b in brands if b in _BRANDS and brands[0] in _BRANDS), "")
    return ""


_BMP_HEADERS = {size.to_bytes(4, "little") for size in (12, 16, 40, 52, 56, 64, 108, 124)}


def _is_raw(tags: dict[int, bytes]) -> bool:
    made_by_camera = tags.get(_MAKE, b"").upper().startswith(_RAW_MAKERS)
    return _DNG_VERSION in tags or (_SUB_IFDS in tags and made_by_camera)


def _brands(head: bytes) -> list[bytes]:
    """The major brand and the compatible ones of an ISO base media file."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12]] + [head[at : at + 4] for at in range(16, size - 3, 4)]


def _sound_or_film(head: bytes, file: BinaryIO) -> str:
    start = head[:4]
    if start in (b"RIFF", b"RF64", b"BW64"):
        return {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12], "")
    if start == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if start == b"fLaC":
        return "audio/flac"
    if start == b"OggS":
        return "video/ogg" if boxes.ogg_pictures(head) else "audio/ogg"
    if start == b"\x1aE\xdf\xa3":
        kind = "webm" if b"webm" in head[:64] else "x-matroska"
        return f"audio/{kind}" if boxes.ebml_pictures(file) is False else f"video/{kind}"
    if head.startswith(bytes.fromhex("3026B2758E66CF11")):
        return "audio/x-ms-wma" if boxes.asf_pictures(head) is False else "video/x-ms-wmv"
    if head.startswith(b"FLV\x01"):
        return (
            "audio/x-flv" if len(head) > 4 and boxes.flv_pictures(head) is False else "video/x-flv"
        )
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return _movie(head, file)
    if start in (b"\0\0\x01\xba", b"\0\0\x01\xb3"):
        return "audio/mpeg" if boxes.mpeg_ps_pictures(head) is False else "video/mpeg"
    if _is_transport_stream(head):
        return "video/mp2t"
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head.startswith(b"caff\0\x01"):
        return "audio/x-caf"
    if start == b"wvpk":
        return "audio/x-wavpack"
    return _mpeg_audio(head, file)


def _movie(head: bytes, file: BinaryIO) -> str:
    brand = head[8:12] if head[4:8] == b"ftyp" else b"qt  "
    kind = "3gpp" if brand[:2] == b"3g" else "quicktime" if brand == b"qt  " else "mp4"
    pictures = boxes.mp4_pictures(file)
    if pictures is None:
        pictures = brand not in (b"M4A ", b"M4B ", b"M4P ")
    return f"video/{kind}" if pictures else f"audio/{'mp4' if kind == 'quicktime' else kind}"


def _is_transport_stream(head: bytes) -> bool:
    """Sync bytes every 188 bytes, or every 192 with a time code before each (M2TS)."""
    for offset, step in ((0, 188), (4, 192)):
        syncs = head[offset : offset + step * 5 : step]
        if len(syncs) >= 2 and set(syncs) == {0x47} and len(head) >= offset + step * 2:
            return True
    return False


def _mpeg_audio(head: bytes, file: BinaryIO) -> str:
    """MP3 and AAC: a tag, or two frames where the first says the second begins."""
    at = 0
    if head[:3] == b"ID3" and len(head) > 10:
        size = sum((head[6 + i] & 0x7F) << (7 * (3 - i)) for i in range(4))
        file.seek(10 + size)
        frames = file.read(4096).lstrip(b"\0")
        return "audio/flac" if frames.startswith(b"fLaC") else "audio/mpeg"
    if not _MPEG_AUDIO_SYNC.match(head):
        return ""
    if head[1] & 0xF6 == 0xF0:  # ADTS: layer bits are zero
        at = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5 if len(head) > 6 else 0
        return "audio/aac" if at > 7 and _MPEG_AUDIO_SYNC.match(head, at) else ""
    size = _mp3_frame(head)
    return "audio/mpeg" if size and (_MPEG_AUDIO_SYNC.match(head, size)) else ""


def _mp3_frame(head: bytes) -> int:
    """The length in bytes of the MPEG audio frame at the start; 0 if there is none."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, frequency, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer == 0 or rate in (0, 15) or frequency == 3:
        return 0
    hertz = (44100, 48000, 32000)[frequency] // {3: 1, 2: 2, 0: 4}[version]
    table = _KBITS[(3 if version == 3 else 2, layer)]
    if layer == 3:
        return (12000 * table[rate - 1] // hertz + padding) * 4
    samples = 72000 if version != 3 and layer == 1 else 144000
    return samples * table[rate - 1] // hertz + padding


_LOW_RATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_KBITS = {  # (version, layer) as coded → kbit/s by index, ISO 11172-3 and 13818-3
    (3, 3): tuple(range(32, 449, 32)),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): _LOW_RATES,
    (2, 1): _LOW_RATES,
}


def _document(head: bytes, file: BinaryIO) -> str:
    if re.search(rb"%PDF-\d", head[:1024]) and (head.startswith(b"%PDF-") or b" obj" in head):
        return _MIMES["PDF"]
    if head.lstrip()[:5] == b"{\\rtf":
        return _MIMES["RTF"]
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head, file)
    if head.startswith(bytes.fromhex("D0CF11E0A1B11AE1")) and _encrypted_office(head, file):
        return ENCRYPTED_OFFICE
    return ""


def _zipped(head: bytes, file: BinaryIO) -> str:
    """By the `mimetype` member that ODF and EPUB put first, else by the folders of OOXML."""
    found = re.match(rb"PK\x03\x04.{22}(..)(..)", head, re.DOTALL)
    if found and head[30:38] == b"mimetype":
        start = 38 + int.from_bytes(found[2], "little")
        said = head[start : start + 100].split(b"PK")[0].decode("ascii", "replace").strip()
        said = said.removesuffix("-template")
        if said in PAGES:
            return said
    folders = {b"word/document": "DOCX", b"ppt/presentation": "PPTX", b"xl/workbook": "XLSX"}
    try:
        with zipfile.ZipFile(file) as archive:
            names = b"\n".join(n.encode("utf-8", "replace") for n in archive.namelist()[:20_000])
            said = _mimetype(archive)
            if said in PAGES:
                return said
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        names = head  # cut off: the members at its start still tell what it was
    marks = {**folders, b"word/": "DOCX", b"ppt/": "PPTX", b"xl/": "XLSX"}
    office = b"[Content_Types].xml" in names or b"_rels/.rels" in names
    kinds = (kind for mark, kind in marks.items() if mark in names and office)
    return _MIMES.get(next(kinds, "EPUB" if b"META-INF/container.xml" in names else ""), "")


def _mimetype(archive: zipfile.ZipFile) -> str:
    """The `mimetype` member where it is not the first, as some programs write it."""
    try:
        member = archive.getinfo("mimetype")
        if member.file_size > 200 or member.flag_bits & 1:
            return ""
        return archive.read(member).decode("ascii", "replace").strip()
    except KeyError:
        return ""


def _encrypted_office(head: bytes, file: BinaryIO) -> bool:
    """An OOXML file with a password is an OLE file with a stream of this name ([MS-OFFCRYPTO])."""
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
    file.seek((int.from_bytes(head[48:52], "little") + 1) * sector)
    return "EncryptedPackage".encode("utf-16-le") in file.read(sector * 2) + head


def _text(head: bytes, path: Path) -> str:
    if not is_text(head):
        return ""
    suffix = path.suffix.lower()
    plain = head.replace(b"\0", b"") if b"\0" in head else head
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):  # byte order marks
        plain = plain.removeprefix(mark)
    if _HTML.match(plain) or (suffix in (".html", ".htm", ".xhtml") and b"<" in plain):
        return _MIMES["HTML"]
    if plain.startswith(b"WEBVTT"):
        return CUES[".vtt"]
    if _CUE.match(plain[:4096].decode("latin-1").replace("\r", "")):
        return CUES[".srt"]
    if re.match(
        rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE\s+svg|<svg[\s>])", plain, re.DOTALL
    ):
        return ""  # a drawing, spelled out: its numbers are nothing to read
    return TEXTS.get(suffix, "text/plain")
