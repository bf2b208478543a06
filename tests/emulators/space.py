"""A made-up space in which things that mean the same lie near each other, whatever they are.

Every concept ("colour:red", "word:lake") is a direction of its own, random but always the same.
What was sensed of a text, picture or sound is a mixture of concepts, so a red picture and the word
"red" come out close. Modality and purpose each add a little, as in the real model: they are told
apart and still compare.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

FULL = 3072
MODALITY_SHARE, PURPOSE_SHARE = 0.15, 0.08
Senses = Mapping[str, float]  # concept → weight
# A purpose of retrieval leans towards what it is to find, so that such a pair scores better.
TARGETS = {
    "TEXT_RETRIEVAL": "TEXT",
    "IMAGE_RETRIEVAL": "IMAGE",
    "DOCUMENT_RETRIEVAL": "DOCUMENT",
    "VIDEO_RETRIEVAL": "VIDEO",
    "AUDIO_RETRIEVAL": "AUDIO",
}


@functools.lru_cache(2048)
def _direction(concept: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.blake2b(concept.encode(), digest_size=8).digest(), "big")
    vector = np.random.default_rng(seed).standard_normal(FULL)
    return vector / np.linalg.norm(vector)


def vector(senses: Senses, modality: str, purpose: str, dim: int) -> list[float]:
    """Unit length; of `dim` numbers, the first of the full vector, made unit length again.

    `modality`: TEXT, IMAGE, DOCUMENT, VIDEO, AUDIO. The same arguments always give the same.
    """
    mixture = sum(weight * _direction(concept) for concept, weight in sorted(senses.items()))
    full = mixture / np.linalg.norm(mixture)
    full = full + MODALITY_SHARE * _direction(f"modality:{modality}")
    full = full + PURPOSE_SHARE * _direction(f"purpose:{purpose}")
    if target := TARGETS.get(purpose):
        full = full + MODALITY_SHARE * _direction(f"modality:{target}")
    full = full / np.linalg.norm(full)
    # Cut, then rounded to nine digits after the point, as the real answers are.
    cut = full[:dim] / np.linalg.norm(full[:dim])
    return [float(number) for number in np.round(cut, 9)]


def mixed(parts: Mapping[str, Senses], weights: Mapping[str, float]) -> Senses:
    """Several senses as one, each by its weight."""
    found: dict[str, float] = {}
    for name, senses in parts.items():
        length = float(np.sqrt(sum(weight**2 for weight in senses.values()))) or 1.0
        for concept, weight in senses.items():
            found[concept] = found.get(concept, 0.0) + weights[name] * weight / length
    return found
