"""Silence, noise, notes and voices, real and made; and sounds that are none of them."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from nova_desktop.describers import sounds
from nova_desktop.describers.sounds import SoundDescriber
from nova_desktop.describers.speech import RATE
from nova_desktop.model import Modality, Piece
from nova_desktop.settings import resource
from tests.contracts.describer import SPAN, DescriberContract
from tests.describers.pieces import speech, wav

spoken = pytest.mark.skipif(
    importlib.util.find_spec("faster_whisper") is None, reason="the extra [speech] is missing"
)
MELODY = "aevalsrc=0.3*sin(2*PI*t*262*pow(2\\,floor(mod(2*t\\,8))/12)):s=16000:d=6"


def made(source: str, span=None) -> Piece:
    return wav("-f", "lavfi", "-i", source, span=span)


def sample(name: str) -> Piece:
    return wav("-i", str(resource("sample") / "sounds" / name))


def kinds(*pieces: Piece) -> list[str]:
    return [words.text for words in SoundDescriber().describe(pieces)]


class TestSoundDescriber(DescriberContract):
    @pytest.fixture
    def describer(self):
        return SoundDescriber()

    @pytest.fixture
    def telling(self):
        return made("anoisesrc=d=4:a=0.3", SPAN)

    @pytest.fixture
    def silent(self):
        return sample("breaking glass.ogg")

    @pytest.fixture
    def damaged(self):
        return Piece(Modality.AUDIO, "audio/wav", b"RIFF\x00\x00\x00\x00WAVEfmt ")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("anullsrc=r=16000:d=4", ["silence"]),
        ("anoisesrc=d=4:a=0.0005", ["silence"]),  # of the microphone itself
        ("anoisesrc=d=4:a=0.3", ["noise"]),
        (MELODY, ["music"]),
        ("sine=f=1000:r=16000:d=4", []),  # one note is a beep
        ("anoisesrc=d=0.3:a=0.3", []),
    ],
)
def test_it_is_called_what_it_is(source, said):
    assert kinds(made(source)) == said


@spoken
@pytest.mark.parametrize("name", ["en message.ogg", "fr message.ogg", "ru message.ogg"])
def test_a_voice_is_speech(name):
    assert kinds(speech(name)) == ["speech"]


@pytest.mark.parametrize("name", ["alarm clock.ogg", "explosion.ogg", "fire crackling.ogg"])
def test_other_sounds_are_not_given_a_name(name):
    assert kinds(sample(name)) == []


def test_without_what_hears_voices_the_rest_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert kinds(speech("en message.ogg"), made("anoisesrc=d=4:a=0.3")) == ["noise"]


def test_a_very_short_or_empty_sound_is_nothing():
    for count in (0, 1, RATE // 4):
        assert sounds.kind(np.zeros(count, np.float32)) == ""
