"""A model proves itself before use: known texts must find known pictures. Pure but for the asking.

Quantised towers have been seen to rank at chance without any error, and a wrong way of preparing
pictures or words does the same; nothing but asking shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import NeedsUser
from nova_desktop.model import Scale, Source, Vectors

if TYPE_CHECKING:
    from PIL.Image import Image

# Photos of the sample library, each described in two ways.
KNOWN = (
    ("astronaut portrait.jpg", "an astronaut in an orange space suit", "a woman in a spacesuit"),
    ("brick wall.png", "a brick wall", "rows of bricks and mortar"),
    ("cat on the sofa.jpg", "the face of a tabby cat", "a close-up of a kitten with whiskers"),
    ("galaxies.jpg", "stars and galaxies in outer space", "deep space seen through a telescope"),
    ("handwritten formula.png", "handwritten formulas on paper", "a page of written mathematics"),
    ("horse.png", "the black silhouette of a horse", "a horse, black on white"),
    ("morning coffee.jpg", "a cup of coffee on a saucer", "an espresso on a wooden table"),
    ("photographer.jpg", "a man with a camera on a tripod", "a photographer at work outdoors"),
    ("rocket launch.jpg", "a rocket on its launch pad", "a rocket at night before the launch"),
)
# Of nine, chance names five or more right in 2 of 1000 models, in both directions far fewer.
LEAST_RIGHT = 5
# Where matches end, between what unrelated pairs score and what matching ones do.
END_OF_PICTURES, END_OF_WORDS, END_OF_LIKENESS = 0.6, 0.5, 0.4
SHARE = 0.5
SEEN = frozenset({Source.PICTURE})
SAME = 1 - 1e-4  # cosine of vectors that tell nothing apart


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many of the known were found, and what scores mean in this space."""

    pictures_by_text: int  # of so many: the right picture was first
    texts_by_picture: int
    of: int
    dim: int
    scales: tuple[Scale, ...]

    def __str__(self) -> str:
        return (
            f"{self.pictures_by_text} of {self.of} pictures found by their texts, "
            f"{self.texts_by_picture} of {self.of} texts by their pictures."
        )


def judge(
    see: Callable[[Sequence[Image]], Vectors],
    read: Callable[[Sequence[str]], Vectors],
    pictures: Sequence[Image],
    names: tuple[str, str],
) -> Verdict:
    """Asks a model about KNOWN, whose `pictures` are given in order; `names` are its towers'.

    Raises NeedsUser, saying which tower is to blame, when it ranks no better than chance.
    """
    changed = [_changed(picture) for picture in pictures]
    seen, again = see(pictures), see(changed)
    one = read([known[1] for known in KNOWN])
    other = read([known[2] for known in KNOWN])
    if seen.shape[1] != one.shape[1]:
        raise NeedsUser(
            f"{names[0]} gives vectors of {seen.shape[1]} numbers and {names[1]} of "
            f"{one.shape[1]}: they are no pair. Choose two towers of one model."
        )
    both = _unit(one + other)
    verdict = Verdict(
        _right(both @ seen.T),
        _right(seen @ both.T),
        len(KNOWN),
        int(seen.shape[1]),
        _scales(seen, again, one, other),
    )
    if min(verdict.pictures_by_text, verdict.texts_by_picture) < LEAST_RIGHT:
        raise NeedsUser(_refusal(verdict, names, _blind(seen, again), _blind(one, other)))
    return verdict


def _refusal(verdict: Verdict, names: tuple[str, str], unseen: bool, unread: bool) -> str:
    found = min(verdict.pictures_by_text, verdict.texts_by_picture)
    if unseen and not unread:
        which = f"{names[0]} tells pictures"
    elif unread and not unseen:
        which = f"{names[1]} tells texts"
    elif names[0] == names[1]:
        which = f"{names[0]} tells texts and pictures"
    else:
        which = f"{names[0]} and {names[1]} together tell texts and pictures"
    quantised = any(mark in name for name in names for mark in ("int8", "quant", "q4", "q8", "bnb"))
    remedy = "Quantised towers often do: choose fp32 or fp16." if quantised else "Choose another."
    return (
        f"This CLIP model is not used: {which} apart no better than by chance, and found {found} "
        f"of {verdict.of} known pictures. {remedy}"
    )


def _blind(one: Vectors, other: Vectors) -> bool:
    """Whether a tower does not even know its own inputs again in another form."""
    return _right(one @ other.T) < LEAST_RIGHT or float((one @ one[0]).min()) > SAME


def _right(scores: NDArray[np.float32]) -> int:
    """In how many rows the highest score is alone, and at the row's own place."""
    places = np.arange(len(scores))
    own = scores[places, places]
    others = np.where(np.eye(len(scores), dtype=bool), -np.inf, scores)
    return int((own > others.max(axis=1)).sum())


def _scales(seen: Vectors, again: Vectors, one: Vectors, other: Vectors) -> tuple[Scale, ...]:
    across = _end(one @ seen.T, END_OF_PICTURES)
    likeness = _end(seen @ again.T, END_OF_LIKENESS)
    words = _end(one @ other.T, END_OF_WORDS)
    return (
        Scale(across, SHARE, SEEN, likeness),
        Scale(words, SHARE, frozenset(Source) - SEEN, across),
    )


def _end(scores: NDArray[np.float32], share: float) -> float:
    """A place between the mean score of what does not match and of what does."""
    same = np.eye(len(scores), dtype=bool)
    apart, together = float(scores[~same].mean()), float(scores[same].mean())
    return round(apart + share * (together - apart), 4)


def _unit(vectors: NDArray[np.float32]) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _changed(picture: Image) -> Image:
    """The same picture mirrored, without a margin."""
    from PIL import ImageOps

    width, height = picture.size
    inner = picture.crop((width // 16, height // 16, width - width // 16, height - height // 16))
    return ImageOps.mirror(inner)
