"""Letters seen in pictures: photos, screenshots, scanned pages, frames of video."""

from __future__ import annotations

import functools
import importlib.util
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.describers.pictures import decoded
from nova_desktop.errors import NeedsUser
from nova_desktop.model import Limits, Modality, Piece, Source, Words

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST_SCORE = 0.8  # of a line; below it, measured on photos, texture is read as letters
LEAST_LETTERS = re.compile(r"\w.*\w", re.DOTALL)  # a lone letter is a button or a knob as a rule
# Text is looked for at this size first (0.25 s), and only read (1 s and more) where there is some.
GLANCE_EDGE = 960
READ_EDGE = 1600
LEAST_EDGE = 16  # nothing can be read in less, and the detector needs some room
MARGIN = 0.02  # of the longer edge, kept around the text that was seen
GLANCE_SCORE = 0.4  # of a region, generous: it is looked at again
REGION_SCORE = 0.5

MISSING = "Letters in pictures are not read: install rapidocr with `pip install rapidocr`."


@dataclass(frozen=True)
class OcrDescriber:
    """Reads Latin letters with their accents, and Chinese and Japanese ones; Cyrillic it can't.

    A page of a document is worth asking about only where the document has no text of its own.
    """

    @property
    def name(self) -> str:
        return "ocr"

    @property
    def source(self) -> Source:
        return Source.OCR

    @property
    def limits(self) -> Limits:
        # PNG first: JPEG blurs small letters. Frames are photographs as a rule.
        sharp, small = ("image/png", "image/jpeg"), ("image/jpeg", "image/png")
        mimes = {Modality.IMAGE: small, Modality.DOCUMENT: sharp, Modality.VIDEO: small}
        return Limits(mimes, pixels=2_200_000)  # a screen of 1920 × 1080 fits unshrunk

    def missing(self) -> str:
        return "" if _models() else MISSING

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        """The lines of each picture, from the top; pictures without text say nothing."""
        if self.missing():
            raise NeedsUser(MISSING)
        found = ((piece, _read(decoded(piece, self.limits.pixels))) for piece in pieces)
        return tuple(Words(Source.OCR, text, piece.span) for piece, text in found if text)


def _read(picture: Image) -> str:
    import numpy as np

    if min(picture.size) < LEAST_EDGE:
        return ""
    reader = _reader()
    if max(picture.size) > GLANCE_EDGE:
        glance = picture.copy()
        glance.thumbnail((GLANCE_EDGE, GLANCE_EDGE))
        pixels = np.asarray(glance)[:, :, ::-1]  # the models know pictures in BGR
        seen = reader(pixels, use_rec=False, use_cls=False, box_thresh=GLANCE_SCORE)
        if not len(seen):
            return ""
        # Read no more than the part with text: faster, and a line or two are lost on an empty page.
        corners = np.concatenate(seen.boxes) * (picture.width / glance.width)
        margin = max(picture.size) * MARGIN
        left, top = np.maximum(corners.min(axis=0) - margin, 0)
        right, bottom = np.minimum(corners.max(axis=0) + margin, picture.size)
        picture = picture.crop((int(left), int(top), int(right), int(bottom)))
        if min(picture.size) < LEAST_EDGE:
            return ""
    picture.thumbnail((READ_EDGE, READ_EDGE))
    pixels = np.asarray(picture)[:, :, ::-1]
    found = reader(pixels, use_rec=True, use_cls=True, box_thresh=REGION_SCORE)
    lines = zip(found.txts or (), found.scores or (), strict=True)
    sure = [line.strip() for line, score in lines if score >= LEAST_SCORE]
    return "\n".join(line for line in sure if LEAST_LETTERS.search(line))


@functools.cache
def _reader() -> Any:
    """Loaded once a process: 0.7 s. Its models come with its package, named one by one here,
    because it downloads what it is not given.
    """
    import rapidocr

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": LEAST_SCORE,
            "Global.max_side_len": READ_EDGE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # By default small pictures are blown up to 736 pixels, which only costs time.
            "Det.limit_type": "max",
            "Det.limit_side_len": READ_EDGE,
            **{f"{stage}.model_path": str(path) for stage, path in _models().items()},
        }
    )


def _models() -> dict[str, Path]:
    """Stage → the model inside rapidocr's package; empty where one is missing."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None or importlib.util.find_spec("onnxruntime") is None:
        return {}
    folder = Path(spec.origin).with_name("models")
    found = {stage: sorted(folder.glob(f"*_{stage.lower()}*.onnx")) for stage in _STAGES}
    return {stage: paths[-1] for stage, paths in found.items()} if all(found.values()) else {}


_STAGES = ("Det", "Rec", "Cls")
