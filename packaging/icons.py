"""Draws the program's icon in every size that a system asks for: icons.py FOLDER

FOLDER/hicolor holds what desktops look for, as the icon theme specification lays it out;
FOLDER/nova-desktop.ico is for Windows, FOLDER/nova-desktop.icns for macOS.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).parent.parent / "resources" / "icons" / "app.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 24, 32, 48, 64, 128, 256)


def drawn(size: int) -> Image.Image:
    """The icon, `size` pixels wide and high, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def main(folder: Path) -> None:
    theme = folder / "hicolor"
    for size in SIZES:
        place = theme / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        drawn(size).save(place / "nova-desktop.png", optimize=True)
    scalable = theme / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE, scalable / "nova-desktop.svg")
    largest = drawn(512)
    largest.save(folder / "nova-desktop.ico", sizes=[(size, size) for size in WINDOWS])
    largest.save(folder / "nova-desktop.icns")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
