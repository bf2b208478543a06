"""What every Reader promises: subclass it and supply `reader` and `sample`."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import random
import shutil
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput, ExpectedError, TryLater
from nova_desktop.model import Chunk, Limits, Modality, Piece, Reading, Span
from nova_desktop.ports import Reader

EDGE = 96  # pixels
SLACK_S = 0.15  # codecs pad a piece to whole frames
LIMITS = Limits(
    mimes={
        Modality.IMAGE: ("image/jpeg",),
        Modality.VIDEO: ("image/jpeg",),
        Modality.AUDIO: ("audio/wav", "audio/mpeg"),
        Modality.DOCUMENT: ("image/jpeg", "text/plain"),
        Modality.TEXT: ("text/plain",),
    },
    bytes=400_000,
    pixels=20_000,
    seconds=5.0,
    frames=3,
)
# Names that real disks hold; the sample's ending is put behind each.
NAMES = ["two\nlines", "🦊 фото 写真", "-dash", "a:b", "per%20cent", "it's “quoted”", " blank "]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_reading(reading: Reading, modality: Modality) -> None:
    assert reading.chunks
    assert [chunk.number for chunk in reading.chunks] == list(range(len(reading.chunks)))
    for chunk in reading.chunks:
        assert chunk.modality is modality
        if chunk.span:
            assert 0 <= chunk.span.start <= chunk.span.stop
        for words in chunk.words:
            assert words.text.strip()
            if words.span and chunk.span:
                assert inside(words.span, chunk.span)


def inside(inner: Span, outer: Span) -> bool:
    if inner.unit is not outer.unit:
        return True
    return outer.start - SLACK_S <= inner.start <= inner.stop <= outer.stop + SLACK_S


def check_pieces(pieces: tuple[Piece, ...], chunk: Chunk, limits: Limits) -> None:
    starts = [piece.span.start for piece in pieces if piece.span]
    assert starts == sorted(starts)
    for piece in pieces:
        assert 0 < len(piece.data) <= limits.bytes
        if piece.span and chunk.span:
            assert inside(piece.span, chunk.span)
        if piece.mime.startswith("image/"):
            assert piece.modality is Modality.IMAGE
            width, height = size_of(piece.data)
            assert width * height <= limits.pixels
        elif piece.mime == "text/plain":
            assert piece.modality is Modality.TEXT
            assert piece.text.strip()
        else:
            assert 0 < seconds_of(piece.data) <= limits.seconds + SLACK_S


def size_of(data: bytes) -> tuple[int, int]:
    """Of an encoded picture, which is decoded whole to see that it can be."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture.size


def seconds_of(data: bytes) -> float:
    """How long the audio or video in `data` plays, by decoding it."""
    import av

    stop = 0.0
    with av.open(io.BytesIO(data), "r") as container:
        kind = "video" if container.streams.video else "audio"
        for frame in container.decode(**{kind: 0}):
            stop = max(stop, getattr(frame, "time", None) or 0.0)
    return stop or 0.001


class ReaderContract:
    """Fixtures: `reader`, `sample` (a good file of several chunks, or one), `limits`."""

    @pytest.fixture
    def limits(self) -> Limits:
        return LIMITS

    @pytest.fixture
    def own(self, sample: Path, tmp_path: Path) -> Path:
        """A copy that a test may damage."""
        folder = tmp_path / "own"
        folder.mkdir()
        return Path(shutil.copy(sample, folder / sample.name))

    def test_chunks_are_numbered_and_their_words_lie_inside_them(
        self, reader: Reader, sample: Path
    ) -> None:
        check_reading(reader.read(sample), reader.modality)

    def test_spans_of_one_unit_are_in_order(self, reader: Reader, sample: Path) -> None:
        spans = [chunk.span for chunk in reader.read(sample).chunks if chunk.span]
        assert spans == sorted(spans, key=lambda span: (span.start, span.stop))
        assert len({span.unit for span in spans}) <= 1

    def test_pieces_decode_and_keep_to_the_limits(
        self, reader: Reader, sample: Path, limits: Limits
    ) -> None:
        some = 0
        for chunk in reader.read(sample).chunks[:3]:
            pieces = reader.encode(sample, chunk, limits)
            some += len(pieces)
            check_pieces(pieces, chunk, limits)
        assert some

    def test_pieces_keep_to_far_tighter_limits(
        self, reader: Reader, sample: Path, limits: Limits
    ) -> None:
        tight = Limits(limits.mimes, bytes=40_000, pixels=900, seconds=1.0, frames=1)
        chunk = reader.read(sample).chunks[0]
        check_pieces(reader.encode(sample, chunk, tight), chunk, tight)

    def test_an_engine_that_takes_nothing_of_the_kind_gets_nothing(
        self, reader: Reader, sample: Path
    ) -> None:
        chunk = reader.read(sample).chunks[0]
        assert reader.encode(sample, chunk, Limits({})) == ()
        assert reader.encode(sample, chunk, Limits({reader.modality: ("x/unknown",)})) == ()

    def test_a_preview_fits_its_edge(self, reader: Reader, sample: Path) -> None:
        for span in (None, reader.read(sample).chunks[-1].span):
            preview = reader.preview(sample, span, EDGE)
            assert preview.jpeg or preview.peaks or preview.text
            if preview.jpeg:
                assert max(size_of(preview.jpeg)) <= EDGE * preview.frames
            assert all(0 <= peak <= 1 for peak in preview.peaks)

    def test_reading_twice_gives_the_same(self, reader: Reader, sample: Path) -> None:
        assert reader.read(sample) == reader.read(sample)

    def test_the_file_is_never_written(self, reader: Reader, own: Path, limits: Limits) -> None:
        before, times = digest(own), own.stat().st_mtime_ns
        chunk = reader.read(own).chunks[0]
        reader.encode(own, chunk, limits)
        reader.preview(own, chunk.span, EDGE)
        assert digest(own) == before
        assert own.stat().st_mtime_ns == times
        assert [p.name for p in own.parent.iterdir()] == [own.name]

    def test_a_reader_travels_to_another_process(self, reader: Reader, sample: Path) -> None:
        copy = pickle.loads(pickle.dumps(reader))  # noqa: S301  # our own bytes
        assert copy == reader
        assert copy.read(sample) == reader.read(sample)

    @pytest.mark.parametrize("share", [0.001, 0.05, 0.3, 0.6, 0.9, 0.99])
    def test_a_truncated_file_is_refused_or_read(
        self, reader: Reader, own: Path, limits: Limits, share: float
    ) -> None:
        data = own.read_bytes()
        own.write_bytes(data[: max(1, int(len(data) * share))])
        self.read_whatever(reader, own, limits)

    @pytest.mark.parametrize("seed", range(6))
    def test_a_file_with_flipped_bits_is_refused_or_read(
        self, reader: Reader, own: Path, limits: Limits, seed: int
    ) -> None:
        dice = random.Random(seed)
        data = bytearray(own.read_bytes())
        for _ in range(1 + len(data) // 500):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        own.write_bytes(data)
        self.read_whatever(reader, own, limits)

    def read_whatever(self, reader: Reader, path: Path, limits: Limits) -> None:
        """Either a valid reading, or BadInput with a sentence; nothing else."""
        try:
            reading = reader.read(path)
            check_reading(reading, reader.modality)
            for chunk in reading.chunks[:2]:
                check_pieces(reader.encode(path, chunk, limits), chunk, limits)
                reader.preview(path, chunk.span, EDGE)
        except BadInput as e:
            check_sentence(e)

    def test_an_empty_file_is_called_empty(self, reader: Reader, own: Path) -> None:
        own.write_bytes(b"")
        with pytest.raises(BadInput, match="is empty") as refused:
            reader.read(own)
        check_sentence(refused.value)

    def test_noise_is_refused(self, reader: Reader, own: Path) -> None:
        own.write_bytes(random.Random(1).randbytes(5000))
        with pytest.raises(BadInput) as refused:
            reader.read(own)
        check_sentence(refused.value)

    @pytest.mark.parametrize("suffix", [".jpg", ".txt", ".mp4", ""])
    def test_a_misnamed_file_is_read_by_its_content(
        self, reader: Reader, own: Path, suffix: str
    ) -> None:
        expected = reader.read(own)
        misnamed = own.rename(own.with_name(f"misnamed{suffix}"))
        assert len(reader.read(misnamed).chunks) == len(expected.chunks)

    def test_a_file_that_is_gone_is_told(self, reader: Reader, own: Path, limits: Limits) -> None:
        chunk = reader.read(own).chunks[0]
        own.unlink()
        for ask in (
            lambda: reader.read(own),
            lambda: reader.encode(own, chunk, limits),
            lambda: reader.preview(own, None, EDGE),
        ):
            with pytest.raises((TryLater, BadInput)) as refused:
                ask()
            check_sentence(refused.value)

    def test_a_folder_is_refused(self, reader: Reader, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="folder"):
            reader.read(tmp_path)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_is_refused_without_waiting_for_its_other_end(
        self, reader: Reader, tmp_path: Path
    ) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(BadInput, match="not a regular file"):
            reader.read(tmp_path / "pipe")

    @pytest.mark.parametrize("name", [*NAMES, "x" * 240, b"not \xff\xfe utf-8"], ids=ascii)
    def test_any_name_that_a_disk_allows_is_read(
        self, reader: Reader, own: Path, limits: Limits, name: str | bytes
    ) -> None:
        text = os.fsdecode(name) if isinstance(name, bytes) else name
        if len(text) == 240:  # 255 bytes are the most that a name may have
            text = "x" * (255 - len(own.suffix))
        try:
            path = own.rename(own.with_name(text + own.suffix))
        except OSError:
            pytest.skip("this disk does not allow the name")
        chunk = reader.read(path).chunks[0]
        check_pieces(reader.encode(path, chunk, limits), chunk, limits)
        reader.preview(path, chunk.span, EDGE)
        path.write_bytes(b"")
        with pytest.raises(BadInput) as refused:
            reader.read(path)
        check_sentence(refused.value)


def check_sentence(error: ExpectedError) -> None:
    """One line that any terminal can show, ending like a sentence."""
    text = str(error)
    assert text.isprintable()
    assert text.endswith(".")
    text.encode()
