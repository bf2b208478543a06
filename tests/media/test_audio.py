"""Sound: every container, its segments, tags, pieces and waveform."""

from __future__ import annotations

import io
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from nova_desktop.errors import BadInput
from nova_desktop.media.audio import AudioReader
from nova_desktop.model import Limits, Modality, Source, Span, Unit
from tests.contracts.reader import ReaderContract
from tests.media.clips import LENGTH_S, PICTURE, SOUNDS, ffmpeg, film, tone

AUDIO = Modality.AUDIO
READER = AudioReader(segment_s=5.0)
WAV = Limits({AUDIO: ("audio/wav",)})


@pytest.fixture(scope="session")
def tones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tones")
    return {kind: tone(folder / f"clip.{kind}") for kind in SOUNDS}


def samples(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


class TestAudioReader(ReaderContract):
    @pytest.fixture
    def reader(self) -> AudioReader:
        return READER

    @pytest.fixture(params=["mp3", "m4a", "flac", "opus"])
    def sample(self, tones: dict[str, Path], request: pytest.FixtureRequest) -> Path:
        return tones[request.param]


@pytest.mark.parametrize("kind", SOUNDS)
def test_segments_cover_the_whole_sound(tones: dict[str, Path], kind: str) -> None:
    reading = READER.read(tones[kind])
    spans = [chunk.span for chunk in reading.chunks if chunk.span]
    assert reading.info.duration_s == pytest.approx(LENGTH_S, abs=0.15)
    assert [span.start for span in spans] == [0.0, 5.0, 10.0]
    assert [span.stop for span in spans] == [5.0, 10.0, reading.info.duration_s]


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_segment_is_heard_from_its_start_to_its_stop(tones: dict[str, Path], kind: str) -> None:
    chunk = READER.read(tones[kind]).chunks[1]  # 5 to 10 s; the tone gets louder at 6 s
    (piece,) = READER.encode(tones[kind], chunk, WAV)
    heard = np.abs(samples(piece.data).astype(int))
    assert len(heard) == 5 * 16_000
    seconds = heard.reshape(50, -1).max(axis=1)  # a tenth each
    quiet, loud = seconds[:9].max(), seconds[11:].min()
    assert loud > 2.5 * quiet > 0
    assert (piece.span, piece.source) == (chunk.span, Source.SOUND)


@pytest.mark.parametrize(
    ("mime", "codec"),
    [
        ("audio/mpeg", "mp3float"),
        ("audio/ogg", "opus"),
        ("audio/flac", "flac"),
        ("audio/x-wav", "pcm_s16le"),
    ],
)
def test_the_type_asked_for_is_given(tones: dict[str, Path], mime: str, codec: str) -> None:
    limits = Limits({AUDIO: ("audio/unknown", mime)}, seconds=2.0)
    pieces = READER.encode(tones["flac"], READER.read(tones["flac"]).chunks[0], limits)
    assert len(pieces) == 3
    for piece in pieces:
        assert piece.mime == mime
        with av.open(io.BytesIO(piece.data)) as file:
            assert file.streams.audio[0].codec_context.name == codec
            frames = list(file.decode(audio=0))
            length_s = sum(frame.samples / frame.sample_rate for frame in frames)
            assert length_s <= 2.0
            assert piece.span
            assert length_s == pytest.approx(piece.span.stop - piece.span.start, abs=0.15)


def test_few_bytes_make_more_pieces(tones: dict[str, Path]) -> None:
    chunk = READER.read(tones["wav"]).chunks[0]
    pieces = READER.encode(tones["wav"], chunk, Limits(WAV.mimes, bytes=50_000))
    assert len(pieces) == 4
    assert max(len(piece.data) for piece in pieces) <= 50_000
    with pytest.raises(BadInput, match="can't be sent in 3000 bytes"):
        READER.encode(tones["wav"], chunk, Limits(WAV.mimes, bytes=3000))


def test_tags_are_words_and_the_cover_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    ffmpeg(
        "-f lavfi -i sine=440:d=3 -f lavfi -i color=red:s=64x64:d=0.1",
        "-map 0 -map 1 -frames:v 1 -c:v mjpeg -disposition:v attached_pic -c:a libmp3lame",
        "-metadata title='So Long' -metadata artist='The Band' -metadata album='So Long'",
        "-metadata genre=Jazz -metadata date=1971",
        path,
    )
    reading = READER.read(path)
    (chunk,) = reading.chunks
    assert [words.text for words in chunk.words] == ["So Long, The Band, Jazz, 1971"]
    assert (reading.info.title, reading.info.width) == ("So Long", None)
    assert chunk.words[0].source is Source.METADATA


def test_tags_of_ogg_are_found_too(tmp_path: Path) -> None:
    path = tone(tmp_path / "song.ogg", "-metadata title='Вечер'")
    assert READER.read(path).info.title == "Вечер"


@pytest.mark.parametrize("kind", SOUNDS)
def test_the_waveform_shows_where_it_is_loud(tones: dict[str, Path], kind: str) -> None:
    preview = READER.preview(tones[kind], None, 200)
    assert len(preview.peaks) == 100
    quiet, loud = preview.peaks[2:48], preview.peaks[52:98]
    assert 0 < max(quiet) < min(loud) <= 1
    with Image.open(io.BytesIO(preview.jpeg)) as picture:
        assert picture.size == (200, 66)
    part = READER.preview(tones[kind], Span(Unit.SECONDS, 8, 11), 40)
    assert min(part.peaks) > max(quiet)


def test_the_sound_of_a_film_can_be_read(tmp_path: Path) -> None:
    assert len(READER.read(film(tmp_path / "film.mkv")).chunks) == 3


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "silent.mkv"
    ffmpeg(PICTURE, "-c:v mjpeg -an", path)
    with pytest.raises(BadInput, match=r"^“silent\.mkv” holds no sound"):
        READER.read(path)


def test_sound_that_begins_late_stays_at_its_time(tmp_path: Path) -> None:
    path = tmp_path / "late.mkv"
    ffmpeg("-f lavfi -i color=red:d=8:s=64x64:r=5 -itsoffset 3 -f lavfi -i sine=440:d=5", path)
    (piece, *_) = READER.encode(path, READER.read(path).chunks[0], WAV)
    heard = np.abs(samples(piece.data).astype(int))
    assert len(heard) == 5 * 16_000
    assert heard[: int(2.9 * 16_000)].max() == 0
    assert heard[int(3.2 * 16_000) :].max() > 1000


@pytest.mark.skipif(sys.platform == "win32", reason="measured by POSIX means")
def test_hours_of_sound_take_little_memory_and_time(tmp_path: Path) -> None:
    path = tmp_path / "hours.wav"
    ffmpeg("-f lavfi -i sine=440:r=8000:d=7200 -c:a pcm_s16le", path)
    script = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from nova_desktop.media.audio import AudioReader\n"
        "reader, path = AudioReader(), Path(sys.argv[1])\n"
        "reader.preview(path, reader.read(path).chunks[0].span, 64)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert min(reader.preview(path, None, 128).peaks) > 0\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], check=True, capture_output=True, timeout=60
    )
    grown_kib = int(done.stdout) // (1024 if sys.platform == "darwin" else 1)
    assert grown_kib < 30_000  # its samples would be 112,000


def test_a_wav_of_too_few_samples_a_second_is_refused_and_not_taken_for_days_of_sound(
    tmp_path: Path,
) -> None:
    path = tmp_path / "slow.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(1)
        sound.writeframes(bytes(100_000))
    with pytest.raises(BadInput, match="1 samples of sound a second"):
        AudioReader().read(path)
