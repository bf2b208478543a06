"""The CLIP engine: pictures as they are seen, and speech and documents by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nova_desktop.engines.clip.model import ClipModel, decoded, loaded
from nova_desktop.engines.clip.proof import Proof, name_of
from nova_desktop.errors import BadInput
from nova_desktop.model import Limits, Modality, Piece, Purpose, Scale, Source, Space, Vectors

# A picture is sent to the tower's process with so many times its edge: enough to crop its middle
# out of a panorama of 4:1 without enlarging it.
ROOM = 4
FRAMES = 3  # of a chunk of film, 5 s apart: what is seen for less is as often missed as found
LONGEST_TEXT = 4000  # characters; a passage has 600
SAID = frozenset({Source.SPEECH, Source.SUBTITLES})
WORDS = {
    Modality.VIDEO: SAID,
    Modality.AUDIO: frozenset(Source) - {Source.SOUND, Source.PICTURE},
}
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True)
class ClipEngine:
    """A proved model on this device. Picklable: it is loaded where it is first asked.

    Any number of threads may call it; they take turns. A question is embedded as what it is
    compared with: these models were trained on captions, so nothing is put before it.
    """

    proof: Proof
    threads: int = 1

    @property
    def space(self) -> Space:
        return self.proof.space

    @property
    def limits(self) -> Limits:
        text = ("text/plain",)
        mimes = {
            Modality.IMAGE: PICTURES,
            Modality.VIDEO: PICTURES,
            Modality.DOCUMENT: (*text, *PICTURES),  # a page without words is seen
            Modality.TEXT: text,
        }
        pixels = (ROOM * self.proof.edge) ** 2
        return Limits(mimes, pixels=pixels, frames=FRAMES, batch=16, words=WORDS)

    @property
    def embeds_words(self) -> bool:
        return False

    @property
    def scales(self) -> tuple[Scale, ...]:
        return self.proof.scales

    @property
    def note(self) -> str:
        return (
            f"CLIP engine on this device, {name_of(Path(self.proof.folder))}: it sees pictures and "
            "films; it does not hear sounds, and finds speech and documents by their words."
        )

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:  # noqa: ARG002 – all alike
        """As the port says. A text counts as far as its first four windows of tokens go."""
        texts = {at: _text_of(p) for at, p in enumerate(pieces) if p.modality is Modality.TEXT}
        pictures = {at: decoded(p.data, p.mime) for at, p in enumerate(pieces) if at not in texts}
        vectors = np.empty((len(pieces), self.space.dim), np.float32)
        if not pieces:
            return vectors
        model = self._model()
        if texts:
            vectors[list(texts)] = model.read(list(texts.values()))
        if pictures:
            vectors[list(pictures)] = model.see(list(pictures.values()))
        return vectors

    def _model(self) -> ClipModel:
        self.proof.check()
        return loaded(Path(self.proof.folder), self.proof.stamp(), self.threads)


def _text_of(piece: Piece) -> str:
    try:
        text = piece.text[:LONGEST_TEXT]
    except UnicodeDecodeError as e:
        raise BadInput("The text is not valid UTF-8. Save it as UTF-8.") from e
    if not text.strip():
        raise BadInput("There are no words to look at. Give at least one.")
    return text
