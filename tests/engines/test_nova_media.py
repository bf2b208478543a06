"""What the bytes of real files say without a decoder, against what ffmpeg made."""

from __future__ import annotations

import struct

import pytest

from nova_desktop.engines.nova_media import container_of, seconds_of
from nova_desktop.engines.nova_request import FORMATS
from tests.engines import clips

SILENT = {"video/x-flv", "video/mpeg", "video/x-ms-wmv"}
MEDIA = {**FORMATS["audio"], **FORMATS["video"]}


@pytest.mark.parametrize("mime", clips.ENCODED)
def test_a_container_is_known_by_its_bytes(mime):
    assert container_of(clips.media(mime)) == MEDIA[mime]


@pytest.mark.parametrize("mime", clips.PICTURES)
def test_a_picture_is_known_by_its_bytes(mime):
    assert container_of(clips.picture(mime)) == FORMATS["image"][mime]


@pytest.mark.parametrize("other", [b"", b"RIFF", b"%PDF-1.7", b"\xff\xfb", b"fLaC" + bytes(60)])
def test_what_is_none_of_them_is_nothing(other):
    assert container_of(other) == ""
    assert seconds_of(other) is None


@pytest.mark.parametrize("mime", sorted(clips.ENCODED.keys() - SILENT))
def test_a_length_is_read_from_the_bytes(mime):
    assert seconds_of(clips.media(mime)) == pytest.approx(2.0, abs=0.16)


@pytest.mark.parametrize("mime", sorted(SILENT))
def test_of_rare_containers_no_length_is_known(mime):
    assert seconds_of(clips.media(mime)) is None


def test_an_mp3_of_a_low_rate_says_its_length_too():
    data = clips.media("audio/mpeg", 2.0, ("-ar", "16000", "-b:a", "48k"))
    assert seconds_of(data) == pytest.approx(2.0, abs=0.16)


def test_vorbis_says_its_length_too():
    data = clips.media("audio/ogg", 2.0, ("-c:a", "libvorbis"))
    assert seconds_of(data) == pytest.approx(2.0, abs=0.05)


def test_a_film_in_fragments_says_none():
    flags = ("-movflags", "frag_keyframe+empty_moov")
    assert seconds_of(clips.media("video/mp4", 2.0, flags)) is None


@pytest.mark.parametrize("mime", clips.ENCODED)
def test_what_is_cut_anywhere_raises_nothing(mime):
    data = clips.media(mime)
    for length in {*range(0, 200, 7), *range(0, len(data), max(1, len(data) // 50))}:
        assert (seconds_of(data[:length]) or 0.0) < 3


@pytest.mark.parametrize("mime", clips.ENCODED)
def test_damaged_bytes_raise_nothing_and_end(mime):
    data = bytearray(clips.media(mime))
    for at in range(12, min(len(data), 600)):
        kept = data[at]
        for wrong in (0, 0xFF):
            data[at] = wrong
            seconds_of(bytes(data))
        data[at] = kept


def test_a_wav_that_claims_more_than_it_holds_lasts_as_long_as_it_holds():
    header = b"RIFF" + struct.pack("<I", 0) + b"WAVE"
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    data = header + form + b"data" + struct.pack("<I", 0xFFFFFFFF) + bytes(16000)
    assert seconds_of(data) == 1.0
