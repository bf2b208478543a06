"""What a file probably is, by its name: for estimates and surveys, before anything is read."""

from __future__ import annotations

from nova_desktop.model import Modality

_ENDINGS = {
    Modality.IMAGE: (
        "jpg jpeg png webp gif bmp tif tiff heic heif avif dng cr2 cr3 nef arw raf orf rw2"
    ),
    Modality.VIDEO: "mp4 m4v mov mkv webm avi wmv mpg mpeg ts m2ts mts 3gp flv",
    Modality.AUDIO: "mp3 m4a aac wav flac ogg oga opus aif aiff wma",
    Modality.DOCUMENT: "pdf docx pptx xlsx odt ods odp epub html htm rtf",
    Modality.TEXT: "txt md markdown csv tsv json srt vtt",
}
_KINDS = {f".{ending}": kind for kind, some in _ENDINGS.items() for ending in some.split()}


def kind_of(name: str) -> Modality | None:
    """By the ending of a name or path; None for one that tells nothing."""
    dot = name.rfind(".")
    return _KINDS.get(name[dot:].lower()) if dot >= 0 else None
