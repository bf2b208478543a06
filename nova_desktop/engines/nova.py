"""Amazon Nova Multimodal Embeddings, asked one piece a call through Amazon Bedrock.

Text, pictures, pages, sound and film become vectors of one space. What is sent is checked in
`nova_request`, what comes back in `nova_answer`; `wrappers.steady` keeps many calls in flight.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol

import numpy as np
import xxhash
from numpy.typing import NDArray

from nova_desktop.aws.client import Answered, override
from nova_desktop.aws.errors import Account
from nova_desktop.engines import nova_answer, nova_request
from nova_desktop.engines.budget import Unlimited, paid
from nova_desktop.engines.nova_request import COMBINED, DIMENSIONS, FORMATS, MODEL, SEPARATE
from nova_desktop.errors import BadInput
from nova_desktop.model import Limits, Modality, Piece, Purpose, Scale, Source, Space, Vectors
from nova_desktop.spending import Budget, Usage

PREPARATION = 1
# Less than a request may hold: a segment of 8 MB is 15 s of film at 4 Mbit/s. What is larger is
# made small before it is sent, which is sooner done than sending it on most lines.
PIECE_BYTES = 8_000_000
# A page of A4 at 200 dots an inch, as Amazon's own examples render documents.
PIXELS = 4_000_000
TWINS = 64  # films whose two vectors are kept until both were asked for

Lanes = Mapping[str, NDArray[np.float32]]

# What an answer holds for each kind: "Complete embeddings request and response schema", Amazon
# Nova user guide. What COMBINED answers for a silent film is not documented: VIDEO fits too.
TYPES: Mapping[str, tuple[str, ...]] = {
    "text": ("TEXT",),
    "image": ("IMAGE",),
    "audio": ("AUDIO",),
    "video": ("AUDIO_VIDEO_COMBINED", "VIDEO"),
}


class Invoke(Protocol):
    """What of the connection is needed: `aws.client.Bedrock`."""

    account: Account

    def invoke(self, model: str, body: bytes) -> Answered: ...


class NovaEngine:
    """One request a piece, one after the other; any number of threads may call it.

    Each request is reserved from the `budget` before it is sent, and settled before its answer is
    looked at: it is billed whatever it holds.

    With `separate`, one request gives a film two vectors, of its picture and of its sound. A film's
    piece asks for the one that its `source` names, and whoever comes second for the same bytes
    gets the other without a request.
    """

    def __init__(
        self,
        bedrock: Invoke,
        dim: int = 1024,
        separate: bool = False,
        budget: Budget | None = None,
    ) -> None:
        if dim not in DIMENSIONS:
            allowed = ", ".join(map(str, DIMENSIONS))
            raise BadInput(f"Amazon Nova has vectors of {allowed} numbers, not of {dim}.")
        self._bedrock, self._dim, self._separate = bedrock, dim, separate
        self._budget = budget or Unlimited()
        self._twins: dict[object, Future[Lanes]] = {}
        self._lock = threading.Lock()

    @property
    def space(self) -> Space:
        # Films are other rows when their sound stands apart, so that is another space.
        model = "2-multimodal-embeddings-v1" + ("-separate" if self._separate else "")
        return Space("nova", model, self._dim, PREPARATION)

    @property
    def limits(self) -> Limits:
        return Limits(
            {
                Modality.TEXT: ("text/plain",),
                Modality.IMAGE: tuple(FORMATS["image"]),
                # A page as a picture; text of documents that have no look of their own.
                Modality.DOCUMENT: (*FORMATS["image"], "text/plain"),
                Modality.AUDIO: tuple(FORMATS["audio"]),
                Modality.VIDEO: tuple(FORMATS["video"]),
            },
            bytes=PIECE_BYTES,
            pixels=PIXELS,
            seconds=nova_request.MAX_SECONDS,
            batch=1,
            sound_apart=self._separate,
        )

    @property
    def embeds_words(self) -> bool:
        return False

    @property
    def scales(self) -> tuple[Scale, ...]:
        return ()

    @property
    def note(self) -> str:
        region = self._bedrock.account.region
        text = f"Amazon Nova in {region}: it sees, hears and reads what is sent there, for a fee."
        return f"{text} Requests go to {url} instead of AWS." if (url := override()) else text

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        """As the port says. Every piece is checked before the first one is sent."""
        bodies = [nova_request.body_of(p, purpose, self._dim, self._mode) for p in pieces]
        vectors = np.empty((len(pieces), self._dim), np.float32)
        for row, piece, body in zip(vectors, pieces, bodies, strict=True):
            row[:] = self._vector(piece, body)
        return vectors

    @property
    def _mode(self) -> str:
        return SEPARATE if self._separate else COMBINED

    def _vector(self, piece: Piece, body: bytes) -> NDArray[np.float32]:
        if not (self._separate and nova_request.kind_of(piece) == "video"):
            (vector, *_) = self._ask(piece, body).values()
            return vector
        lanes = self._twin(piece, body)
        wanted = "AUDIO" if piece.source is Source.SOUND else "VIDEO"
        if wanted not in lanes:
            # Whether a silent film has an AUDIO vector is not documented.
            raise BadInput("Amazon Nova finds no sound in this part of the film.")
        return lanes[wanted]

    def _twin(self, piece: Piece, body: bytes) -> Lanes:
        """Both vectors of a film; asked for once, however many threads want one of them."""
        key = xxhash.xxh3_128_digest(body)
        with self._lock:
            future = self._twins.pop(key, None)
            mine = future is None
            if future is None:
                future = self._twins[key] = Future()
                while len(self._twins) > TWINS:
                    del self._twins[next(iter(self._twins))]
        if mine:
            try:
                future.set_result(self._ask(piece, body))
            except BaseException as e:
                with self._lock:
                    self._twins.pop(key, None)
                future.set_exception(e)
        return future.result()

    def _ask(self, piece: Piece, body: bytes) -> Lanes:
        kind = nova_request.kind_of(piece)
        usage = nova_request.usage_of(piece, self._bedrock.account.region)
        estimate = replace(usage, sent_bytes=len(body))

        def billed(answered: Answered) -> Usage:
            # Where the service does not count, the estimate stands.
            tokens = estimate.tokens if answered.tokens is None else answered.tokens
            return replace(estimate, tokens=tokens)

        answered = paid(self._budget, estimate, lambda: self._bedrock.invoke(MODEL, body), billed)
        apart = self._separate and kind == "video"
        expected = ("VIDEO", "AUDIO") if apart else TYPES[kind]
        found = nova_answer.vectors_of(answered.body, self._dim, expected)
        if not apart and len(found) > 1:
            raise nova_answer.unknown("it holds two embeddings where one was asked for")
        return found
