"""Makes pictures of bytes off the Qt thread, without holding the Qt thread up."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QImageReader

# Up to so many bytes (about 2 million pixels) a decode takes 15 ms on one core.
SMALL = 500_000
_jpeg_is_loaded = False


def decoded(data: bytes) -> QImage:
    """The picture of a JPEG or a PNG; a null one where there is none. Any thread.

    `QImage.fromData` keeps Python's lock all along, which holds the Qt thread up for 170 ms with a
    picture of 24 million pixels; `QImageReader.read` lets other threads run meanwhile (1.6 ms).
    But Qt decodes under a lock of its own, and whoever waits for Python's lock inside it waits for
    ever when another thread enters Qt's with Python's in hand. Two things inside it want Python's
    lock: a device that was made in Python (so a file is read, which Qt opens by itself), and the
    plugin for JPEG when it is loaded off the Qt thread (so `fromData` does that).
    """
    global _jpeg_is_loaded
    png = data.startswith(b"\x89PNG")
    if len(data) <= SMALL or not (png or _jpeg_is_loaded):
        image = QImage.fromData(data) if data else QImage()
        _jpeg_is_loaded = _jpeg_is_loaded or not (png or image.isNull())
        return image
    with tempfile.TemporaryDirectory(prefix="nova-desktop-") as folder:
        path = Path(folder, "picture")
        path.write_bytes(data)
        return QImageReader(str(path), QByteArray(b"png" if png else b"jpeg")).read()
