"""Short sounds are known again in another format, and told from others like them."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from nova_desktop.duplicates import LOOK_BYTES, SHORT_S, Same
from nova_desktop.library.likes import Known, pairs
from nova_desktop.media import ffmpeg
from nova_desktop.media.likeness import MediaLikening
from nova_desktop.model import Modality

RATE = 22_050


def note(half_tones: int, length_s: float) -> np.ndarray:
    """Of one instrument, as loud as all of its notes."""
    time = np.arange(int(length_s * RATE)) / RATE
    hz = 440 * 2 ** (half_tones / 12)
    waves = sum(0.8**n * np.sin(2 * np.pi * hz * n * time) for n in range(1, 6))
    return waves * np.minimum(time / 0.005, 1) * np.exp(-4 * time)


def saved(path: Path, heard: np.ndarray) -> Path:
    peak = max(1e-9, float(np.abs(heard).max()))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((heard / peak * 20_000).astype("<i2").tobytes())
    return path


def again(path: Path, name: str, *options: str) -> Path:
    target = path.with_name(name)
    program = ffmpeg.programs("").ffmpeg
    subprocess.run([program, "-v", "error", "-y", "-i", path, *options, target], check=True)
    return target


def known(path: Path) -> Known:
    return Known(path.name, Modality.AUDIO, MediaLikening().likeness(path, Modality.AUDIO))


@pytest.mark.parametrize("length_s", [0.3, 1.2])
def test_a_short_sound_is_one_in_another_format_and_no_other_note(tmp_path, length_s):
    first, higher, backwards = (
        saved(tmp_path / f"{name}.wav", heard)
        for name, heard in (
            ("first", note(0, length_s)),
            ("higher", note(1, length_s)),
            ("backwards", note(0, length_s)[::-1]),
        )
    )
    files = [
        first,
        again(first, "first.mp3", "-b:a", "64k", "-af", "volume=-9dB"),
        again(first, "later.wav", "-af", "adelay=200"),
        higher,
        backwards,
    ]
    found = {
        (it.one, it.other): it.same for it in pairs([known(it) for it in files], lambda _: None)
    }
    assert found == dict.fromkeys(((0, 1), (0, 2), (1, 2)), Same.SOUND)


def test_silence_and_what_is_long_have_no_looks(tmp_path):
    silent = known(saved(tmp_path / "silent.wav", np.zeros(RATE)))
    long = known(saved(tmp_path / "long.wav", note(0, SHORT_S + 0.5)))
    short = known(saved(tmp_path / "short.wav", note(0, 0.1)))
    assert silent.likeness.looks == long.likeness.looks == b""
    assert len(short.likeness.looks) == 2 * LOOK_BYTES
    assert pairs([silent, silent, long], lambda _: None) == []
