"""Title, author and the like, as Office, OpenDocument and EPUB note them in Dublin Core."""

from __future__ import annotations

from dataclasses import dataclass

from nova_desktop.media.stars import split, unique
from nova_desktop.media.taken import iso_time
from nova_desktop.media.xml import Closes, Opens, Says, events

MAX_FIELD = 2000  # characters
_ABOUT = ("creator", "initial-creator", "subject", "keywords", "keyword", "description")
_KEYWORDS = ("keywords", "keyword")
_CREATED = ("created", "creation-date")


@dataclass(frozen=True, slots=True)
class Properties:
    """ "" and None where the document is silent."""

    title: str = ""
    about: tuple[str, ...] = ()
    created_s: float | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # of a book, what others call keywords


def properties_of(xml: bytes) -> Properties:
    """What the part says; nothing where it is missing or broken: the words still count."""
    said: dict[str, list[str]] = {}
    try:
        _collect(xml, said)
    except (SyntaxError, ValueError):
        return Properties()
    times = (iso_time(text) for name in _CREATED for text in said.get(name, ()))
    return Properties(
        title=next(iter(said.get("title", ())), ""),
        about=tuple(dict.fromkeys(text for name in _ABOUT for text in said.get(name, ()))),
        created_s=next((t for t in times if t is not None), None),
        keywords=unique(
            word for name in _KEYWORDS for text in said.get(name, ()) for word in split(text)
        ),
        subjects=unique(said.get("subject", ())),
    )


def _collect(xml: bytes, said: dict[str, list[str]]) -> None:
    text = ""
    for event in events(xml) if xml else ():
        match event:
            case Opens():
                text = ""
            case Says(more):
                text = (text + more)[:MAX_FIELD]
            case Closes(tag):
                if words := " ".join(text.split()):
                    said.setdefault(tag, []).append(words)
                text = ""
