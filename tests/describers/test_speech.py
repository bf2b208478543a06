"""Real voices in several languages, noise, and sound that can't be heard."""

from __future__ import annotations

import importlib.util
import io
import struct
import sys
import wave

import numpy as np
import pytest

from nova_desktop.describers.speech import FILES, PARTS, RATE, SpeechDescriber, samples
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Modality, Piece
from tests.contracts.describer import SPAN, DescriberContract
from tests.describers.pieces import speech, wav

installed = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("faster_whisper", *PARTS)),
    reason="the extra [speech] is not installed",
)


@installed
class TestSpeechDescriber(DescriberContract):
    @pytest.fixture
    def describer(self):
        return SpeechDescriber()

    @pytest.fixture
    def telling(self):
        return speech("fr message.ogg", SPAN)

    @pytest.fixture
    def silent(self):
        return wav("-f", "lavfi", "-i", "anoisesrc=d=4:c=pink", span=SPAN)

    @pytest.fixture
    def damaged(self):
        return Piece(Modality.AUDIO, "audio/wav", b"RIFF\x00\x00\x00\x00WAVEfmt ")


@installed
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("en message.ogg", "caller waiting"),
        ("es message.ogg", "tiempo de espera"),
        ("fr message.ogg", "veuillez essayer"),
        ("it message.ogg", "grazie"),
        ("ru message.ogg", "прокомментировать"),
    ],
)
def test_speech_is_written_down_in_its_own_language(name, words):
    said = " ".join(one.text for one in SpeechDescriber().describe([speech(name)]))
    assert words in said.lower()


@installed
def test_a_moment_counts_from_the_start_of_the_file():
    silence = ("-f", "lavfi", "-t", "6", "-i", "anullsrc=r=16000:cl=mono")
    late = wav(*silence, *_input("en message.ogg"), "-filter_complex", "concat=v=0:a=1", span=SPAN)
    (first, *_) = SpeechDescriber().describe([late])
    assert first.span is not None
    assert SPAN.start + 5 <= first.span.start < first.span.stop <= SPAN.start + 11


@pytest.mark.parametrize("source", ["anullsrc=r=16000:cl=mono:d=3", "sine=f=440:d=3"])
@installed
def test_silence_and_tones_say_nothing(source):
    assert SpeechDescriber().describe([wav("-f", "lavfi", "-i", source)]) == ()


def _input(name: str) -> tuple[str, str]:
    from nova_desktop.settings import resource

    return "-i", str(resource("sample") / "speech" / name)


def sound(rate: int, channels: int, width: int = 2, seconds: float = 1.0) -> Piece:
    """A tone at half of full strength on the first channel, silence on the others."""
    moments = np.arange(int(rate * seconds)) / rate
    data = np.zeros((len(moments), channels), "<i2")
    data[:, 0] = np.sin(2 * np.pi * 440 * moments) * 16384
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setframerate(rate)
        out.setsampwidth(width)
        out.writeframes(data.tobytes() if width == 2 else bytes(len(moments) * channels * width))
    return Piece(Modality.AUDIO, "audio/wav", file.getvalue())


@pytest.mark.parametrize(("rate", "channels"), [(RATE, 1), (48_000, 2), (8_000, 1)])
def test_any_rate_and_channels_become_one_at_16_khz(rate, channels):
    heard = samples(sound(rate, channels))
    assert heard.dtype == np.float32
    assert abs(len(heard) - RATE) <= rate // RATE + 1
    assert abs(heard).max() == pytest.approx(0.5 / channels, abs=0.02)


def test_a_wav_from_a_pipe_does_not_know_its_length_and_is_heard_whole():
    piece = sound(RATE, 1)
    data = bytearray(piece.data)
    data[4:8] = data[40:44] = struct.pack("<I", 0xFFFFFFFF)
    assert len(samples(Piece(Modality.AUDIO, "audio/wav", bytes(data)))) == RATE


def test_a_wav_cut_off_in_the_middle_of_a_sample_is_heard_so_far():
    cut = sound(RATE, 2).data[:-1001]
    assert len(samples(Piece(Modality.AUDIO, "audio/wav", cut))) == RATE - 251


def test_other_widths_are_refused_with_a_remedy():
    with pytest.raises(BadInput, match="16 bits"):
        samples(sound(RATE, 1, width=1))


def test_another_model_that_is_incomplete_says_what_is_missing(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    describer = SpeechDescriber(folder=str(tmp_path))
    assert f"model.bin is missing in {tmp_path}" in describer.missing()
    with pytest.raises(NeedsUser, match=r"model\.bin is missing"):
        describer.describe([speech("en message.ogg")])


@pytest.mark.parametrize("place", ["maker/whisper", "~nobody of that name/whisper", "x" * 300])
def test_another_model_that_is_not_here_says_how_to_get_it(place):
    assert f"fetch it: nova-desktop model fetch {place}" in SpeechDescriber(folder=place).missing()


def test_a_folder_that_can_be_none_is_said_to_lack_the_model(tmp_path):
    assert "is missing in" in SpeechDescriber(folder=str(tmp_path / ("x" * 300))).missing()


@installed
def test_another_model_that_is_damaged_says_so(tmp_path):
    for name in FILES:
        (tmp_path / name).write_bytes(b"{}")
    describer = SpeechDescriber(folder=str(tmp_path))
    assert describer.missing() == ""
    with pytest.raises(NeedsUser, match="can't be loaded"):
        describer.describe([speech("en message.ogg")])


def test_without_its_packages_it_says_what_is_lost(monkeypatch):
    monkeypatch.setitem(sys.modules, PARTS[1], None)
    describer = SpeechDescriber()
    assert "pip install faster-whisper" in describer.missing()
    with pytest.raises(NeedsUser, match="pip install"):
        describer.describe([sound(RATE, 1)])
