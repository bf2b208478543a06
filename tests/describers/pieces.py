"""Real pictures and sounds as pieces, the way a Reader would hand them over."""

from __future__ import annotations

import functools
import io
import subprocess
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from nova_desktop.model import Modality, Piece, Span
from nova_desktop.settings import resource


def picture(image: Image.Image, kind: str = "PNG", span: Span | None = None) -> Piece:
    data = io.BytesIO()
    image.convert("RGB").save(data, kind)
    return Piece(Modality.IMAGE, f"image/{kind.lower()}", data.getvalue(), span)


def photo(name: str, span: Span | None = None, edge: int = 800) -> Piece:
    with Image.open(resource("sample") / "photos" / name) as image:
        image.thumbnail((edge, edge))
        return picture(image, "JPEG", span)


def page(
    lines: Sequence[str],
    size: tuple[int, int] = (1280, 720),
    letters: int = 28,
    ink: int = 0,
    paper: int = 255,
) -> Image.Image:
    image = Image.new("L", size, paper)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(letters)
    for i, line in enumerate(lines):
        draw.text((letters, letters + i * letters * 1.6), line, ink, font=font)
    return image


@functools.cache
def wav(*asked: str, span: Span | None = None) -> Piece:
    """What ffmpeg makes of the input that `asked` names, as a Reader asks for it."""
    command = ["ffmpeg", "-nostdin", "-v", "error", *asked]
    command += ["-t", "30", "-ac", "1", "-ar", "16000", "-f", "wav", "pipe:1"]
    data = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    return Piece(Modality.AUDIO, "audio/wav", data, span)


def speech(name: str, span: Span | None = None) -> Piece:
    return wav("-i", str(resource("sample") / "speech" / name), span=span)
