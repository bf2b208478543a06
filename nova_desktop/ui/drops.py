"""What is dropped or pasted: folders to add, files and pictures to search by, text."""

from __future__ import annotations

import os
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Dropped:
    """At most one of: paths, a picture, text. `elsewhere` counts what is not on this device."""

    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    picture: QImage | None = None
    png: bytes = b""
    text: str = ""
    elsewhere: int = 0


def path_of(url: QUrl) -> Path:
    """The path of a local URL, also where its bytes are not valid text."""
    if os.name == "nt":
        return Path(url.toLocalFile())
    encoded = bytes(url.toEncoded(QUrl.ComponentFormattingOption.FullyEncoded).data())
    path = urllib.parse.urlsplit(encoded).path
    return Path(os.fsdecode(urllib.parse.unquote_to_bytes(path)))


def usable(mime: QMimeData) -> bool:
    """Whether there is anything in it for us; asked while something is dragged over the window."""
    return mime.hasUrls() or mime.hasImage() or mime.hasText()


def dropped(mime: QMimeData) -> Dropped:
    """Files come before a picture of them, and a picture before text."""
    if mime.hasUrls():
        paths = [path_of(url) for url in mime.urls() if url.isLocalFile()]
        return Dropped(
            folders=tuple(path for path in paths if path.is_dir()),
            files=tuple(path for path in paths if not path.is_dir()),
            elsewhere=len(mime.urls()) - len(paths),
        )
    if mime.hasFormat("image/png"):
        return Dropped(png=bytes(mime.data("image/png").data()))
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Dropped(picture=image)
    return Dropped(text=mime.text() if mime.hasText() else "")


def png_of(image: QImage) -> bytes:
    """The picture as a PNG; takes a while for a large one, so not on the Qt thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, PySide6 text
    return bytes(buffer.data().data())
