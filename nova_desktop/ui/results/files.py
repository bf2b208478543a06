"""Files as other programs take them: dragged out, copied, or as paths."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QUrl

from nova_desktop.ui import wording

if TYPE_CHECKING:  # 5 ms, and the search box imports this before the first paint
    from nova_desktop.query import Hit, Part

# What file managers of GNOME, Xfce and Cinnamon put on the clipboard: the verb, then the files.
COPIED = "x-special/gnome-copied-files"
PARTS = "application/x-nova-desktop-parts"  # of files, as this program takes them back


def url_of(hit: Hit) -> QUrl:
    """The file's URL, also where its name is not valid text."""
    return url(hit.path)


def url(path: Path) -> QUrl:
    """As `url_of`."""
    return QUrl.fromEncoded(QByteArray(path.as_uri().encode()))


def dragged(hits: Iterable[Hit]) -> QMimeData:
    """Files that another program may take; what is offline can't be taken."""
    mime = QMimeData()
    mime.setUrls([url_of(hit) for hit in hits if not hit.offline])
    return mime


def part_of(hit: Hit) -> Part:
    """What is shown of a result as a part of a question: its moment, its page, or all of it."""
    from nova_desktop.query import Part

    return Part(path=hit.path, span=hit.span)


def carried(hits: Iterable[Hit]) -> QByteArray:
    """What is shown of results, for the search box of this program."""
    import json  # this, `model` and `query` not before the first paint

    told = [
        [os.fsencode(hit.path).hex(), hit.span and [hit.span.unit, hit.span.start, hit.span.stop]]
        for hit in hits
    ]
    return QByteArray(json.dumps(told).encode())


def parts(mime: QMimeData) -> tuple[Part, ...]:
    """What `carried` holds; none where another program made it."""
    import json

    from nova_desktop.model import Span, Unit
    from nova_desktop.query import Part

    try:
        told = json.loads(bytes(mime.data(PARTS).data()))
        return tuple(
            Part(
                path=Path(os.fsdecode(bytes.fromhex(path))),
                span=Span(Unit(span[0]), float(span[1]), float(span[2])) if span else None,
            )
            for path, span in told
        )
    except (ValueError, TypeError, LookupError):
        return ()


def copied(hits: Iterable[Hit]) -> QMimeData:
    """Files that a file manager pastes, and a text field takes as their paths."""
    there = [hit for hit in hits if not hit.offline]
    mime = dragged(there)
    uris = "\n".join(hit.path.as_uri() for hit in there)
    mime.setData(COPIED, QByteArray(f"copy\n{uris}".encode()))
    mime.setText(paths(there))
    return mime


def paths(hits: Iterable[Hit]) -> str:
    """One path a line, as it can be shown."""
    return "\n".join(wording.shown(str(hit.path)) for hit in hits)
