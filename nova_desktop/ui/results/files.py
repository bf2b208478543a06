"""Files as other programs take them: dragged out, copied, or as paths."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QUrl

from nova_desktop.query import Hit
from nova_desktop.ui import wording

# What file managers of GNOME, Xfce and Cinnamon put on the clipboard: the verb, then the files.
COPIED = "x-special/gnome-copied-files"


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
