"""Small, fast stand-ins that pass the contracts of what they stand for."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, UnidentifiedImageError

from nova_desktop.errors import BadInput
from nova_desktop.model import (
    Limits,
    Modality,
    Piece,
    Purpose,
    Scale,
    Source,
    Space,
    Vectors,
    Words,
)

COLOURS = {
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "purple": (255, 0, 255),
    "white": (255, 255, 255),
    "black": (0, 0, 0),
}
PICTURES = ("image/png", "image/jpeg")


def picture_of(colour: str, size: tuple[int, int] = (32, 24)) -> bytes:
    """A PNG of one colour."""
    data = io.BytesIO()
    Image.new("RGB", size, COLOURS[colour]).save(data, "PNG")
    return data.getvalue()


@dataclass(frozen=True)
class ColourEngine:
    """An engine that really crosses modalities: pictures by their mean colour, and text by the
    colours that it names, in one space. Text that names none points elsewhere, always the same way.
    """

    batch: int = 8
    model: str = "mean"

    @property
    def space(self) -> Space:
        return Space("colour", self.model, 8, 1)

    @property
    def limits(self) -> Limits:
        seen = dict.fromkeys((Modality.IMAGE, Modality.VIDEO, Modality.DOCUMENT), PICTURES)
        mimes = {**seen, Modality.TEXT: ("text/plain",)}
        return Limits(mimes, pixels=40_000, frames=3, batch=self.batch)

    @property
    def embeds_words(self) -> bool:
        return False

    @property
    def scales(self) -> tuple[Scale, ...]:
        return ()

    @property
    def note(self) -> str:
        return "Sees colours only."

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:  # noqa: ARG002 – alike
        vectors = np.zeros((len(pieces), self.space.dim), np.float32)
        for vector, piece in zip(vectors, pieces, strict=True):
            if piece.modality is Modality.TEXT:
                vector[:] = _of_text(piece.text)
            elif piece.mime in PICTURES:
                vector[:4] = _direction(_mean_colour(piece.data))
            else:
                raise BadInput(f"The colour engine can't see {piece.mime}.")
            vector /= np.linalg.norm(vector)
        return vectors


def _mean_colour(data: bytes) -> tuple[int, int, int]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            red, green, blue = (
                picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
            )
    except (UnidentifiedImageError, OSError) as e:
        raise BadInput("The picture is damaged.") from e
    return red, green, blue


def _direction(colour: tuple[int, int, int]) -> list[float]:
    return [*(part / 127.5 - 1.0 for part in colour), 0.5]  # the last keeps grey from being zero


def _of_text(text: str) -> np.ndarray:
    if not text.strip():
        raise BadInput("There are no words.")
    vector = np.zeros(8, np.float32)
    for word in text.lower().split():
        if word in COLOURS:
            vector[:4] += _direction(COLOURS[word])
    if not vector.any():
        digest = hashlib.sha256(text.encode()).digest()
        vector[4:] = [byte / 127.5 - 1.0 for byte in digest[:4]]
    return vector


@dataclass(frozen=True)
class FixedDescriber:
    """Says the same of every piece that is not blank: a piece of spaces is."""

    said: tuple[str, ...] = ("a fixed word",)
    source: Source = Source.TAGS
    modalities: tuple[Modality, ...] = (Modality.IMAGE, Modality.VIDEO)
    lacking: str = ""

    @property
    def name(self) -> str:
        return "fixed"

    @property
    def limits(self) -> Limits:
        return Limits(dict.fromkeys(self.modalities, PICTURES), pixels=40_000)

    def missing(self) -> str:
        return self.lacking

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        for piece in pieces:
            if piece.mime not in PICTURES:
                raise BadInput(f"A fixed describer looks at pictures, not at {piece.mime}.")
            if not piece.data:
                raise BadInput("The picture is empty.")
        telling = [piece for piece in pieces if piece.data.strip()]
        return tuple(Words(self.source, text, p.span) for p in telling for text in self.said)
