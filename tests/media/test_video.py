"""Films: every container, the right picture at the right time, within limits, whatever is wrong."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import av
import pytest
from PIL import Image

from nova_desktop.errors import BadInput, TryLater
from nova_desktop.media.cut import cut
from nova_desktop.media.video import VideoReader
from nova_desktop.model import Chunk, Limits, Modality, Source, Span, Unit
from tests.contracts.reader import ReaderContract
from tests.media.clips import (
    CONTAINERS,
    EACH_S,
    H264,
    LENGTH_S,
    PICTURE,
    SOUND,
    colour,
    colour_at,
    ffmpeg,
    film,
)

VIDEO = Modality.VIDEO
READER = VideoReader(segment_s=5.0)
FRAMES = Limits({VIDEO: ("image/jpeg",)}, frames=5)
FILM = Limits({VIDEO: ("video/mp4",)})


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("films")
    return {kind: film(folder / f"clip.{kind}") for kind in CONTAINERS}


def opened(jpeg: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(jpeg))
    picture.load()
    return picture


def centre(picture: Image.Image) -> str:
    pixel = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(pixel, tuple)
    return colour(pixel)


def decoded(data: bytes) -> tuple[list[str], float, tuple[str, ...]]:
    """The colour of every picture, the length in seconds, and the codecs."""
    with av.open(io.BytesIO(data)) as file:
        codecs = tuple(stream.codec_context.name for stream in file.streams)
        seen = [centre(frame.to_image()) for frame in file.decode(video=0)]
        return seen, (file.duration or 0) / 1e6, codecs


class TestVideoReader(ReaderContract):
    @pytest.fixture
    def reader(self) -> VideoReader:
        return READER

    @pytest.fixture(params=["mp4", "mkv", "ts", "webm"])
    def sample(self, films: dict[str, Path], request: pytest.FixtureRequest) -> Path:
        return films[request.param]


@pytest.mark.parametrize("kind", CONTAINERS)
def test_segments_cover_the_whole_film(films: dict[str, Path], kind: str) -> None:
    reading = READER.read(films[kind])
    spans = [chunk.span for chunk in reading.chunks]
    assert reading.info.duration_s == pytest.approx(LENGTH_S, abs=0.2)
    assert [span.start for span in spans if span] == [0.0, 5.0, 10.0]
    assert [span.stop for span in spans if span] == [5.0, 10.0, reading.info.duration_s]
    assert (reading.info.width, reading.info.height) in ((160, 120), (192, 144))


@pytest.mark.parametrize("kind", CONTAINERS)
def test_each_frame_is_the_one_on_the_screen_at_its_time(films: dict[str, Path], kind: str) -> None:
    for chunk in READER.read(films[kind]).chunks:
        pieces = READER.encode(films[kind], chunk, FRAMES)
        assert len(pieces) == 5
        edges = [(piece.span.start, piece.span.stop) for piece in pieces if piece.span]
        assert [edges[0][0], edges[-1][1]] == [chunk.span.start, chunk.span.stop]  # type: ignore[union-attr]  # has one
        assert [stop for _, stop in edges[:-1]] == [start for start, _ in edges[1:]]
        for (start, stop), piece in zip(edges, pieces, strict=True):
            assert centre(opened(piece.data)) == colour_at((start + stop) / 2)


@pytest.mark.parametrize("kind", CONTAINERS)
def test_the_preview_shows_the_moment_and_not_the_scene_before(
    films: dict[str, Path], kind: str
) -> None:
    for start, stop, shown in ((0.0, 1, 0.5), (3.9, 5, 4.4), (4.0, 12, 6.0), (11.5, 12, 11.7)):
        preview = READER.preview(films[kind], Span(Unit.SECONDS, start, stop), 64)
        assert centre(opened(preview.jpeg)) == colour_at(shown)


@pytest.mark.parametrize("kind", CONTAINERS)
def test_the_strip_shows_the_whole_film_side_by_side(films: dict[str, Path], kind: str) -> None:
    strip = opened(READER.preview(films[kind], None, 64, 6).jpeg)
    width = strip.width // 6
    assert strip.width == width * 6
    assert max(width, strip.height) <= 64
    cells = [strip.crop((n * width, 0, (n + 1) * width, strip.height)) for n in range(6)]
    assert [centre(cell) for cell in cells] == ["red"] * 2 + ["green"] * 2 + ["blue"] * 2


@pytest.mark.parametrize("kind", CONTAINERS)
def test_a_segment_of_any_container_becomes_a_film_of_its_own(
    films: dict[str, Path], kind: str
) -> None:
    chunk = READER.read(films[kind]).chunks[1]  # 5 to 10 s: green, then blue
    (piece,) = READER.encode(films[kind], chunk, FILM)
    seen, length_s, codecs = decoded(piece.data)
    assert length_s == pytest.approx(5.0, abs=0.25)
    assert seen[0] == "green"
    assert seen[-1] == "blue"
    assert seen.count("green") == pytest.approx(75, abs=4)
    assert codecs == ("h264", "aac")


@pytest.mark.parametrize("kind", CONTAINERS)
def test_the_sound_of_a_segment(films: dict[str, Path], kind: str) -> None:
    chunk = READER.read(films[kind]).chunks[0]
    (piece,) = READER.encode(films[kind], chunk, Limits({VIDEO: ("audio/wav",)}))
    assert (piece.modality, piece.source, piece.span) == (Modality.AUDIO, Source.SOUND, chunk.span)
    assert len(piece.data) == 44 + 5 * 32_000


def test_a_segment_is_copied_where_its_key_pictures_allow(films: dict[str, Path]) -> None:
    path = films["mp4"]
    copied = cut(path, Span(Unit.SECONDS, 5, 10), "video/mp4", FILM)
    with av.open(io.BytesIO(copied)) as ours, av.open(str(path)) as whole:
        packets = {bytes(packet) for packet in whole.demux(video=0) if packet.size}
        assert all(bytes(packet) in packets for packet in ours.demux(video=0) if packet.size)


@pytest.mark.parametrize(
    "limits",
    [
        Limits({VIDEO: ("video/mp4",)}, bytes=30_000),
        Limits({VIDEO: ("video/mp4",)}, pixels=9_000),
        Limits({VIDEO: ("video/mp4",)}, seconds=2.0),
    ],
)
def test_what_a_copy_would_break_is_made_small(films: dict[str, Path], limits: Limits) -> None:
    chunk = READER.read(films["mp4"]).chunks[1]
    pieces = READER.encode(films["mp4"], chunk, limits)
    assert len(pieces) == (3 if limits.seconds == 2.0 else 1)
    for piece in pieces:
        assert len(piece.data) <= limits.bytes
        with av.open(io.BytesIO(piece.data)) as file:
            stream = file.streams.video[0]
            assert stream.width * stream.height <= limits.pixels
            assert (file.duration or 0) / 1e6 <= limits.seconds
    seen = [colour for piece in pieces for colour in decoded(piece.data)[0]]
    assert (seen[0], seen[-1]) == ("green", "blue")


def test_far_apart_key_pictures_forbid_a_copy(tmp_path: Path) -> None:
    path = film(tmp_path / "one key.mp4", "-g 1000 -sc_threshold 0 -bf 0")
    chunk = READER.read(path).chunks[1]
    (piece,) = READER.encode(path, chunk, FILM)
    seen, length_s, _ = decoded(piece.data)
    assert length_s == pytest.approx(5.0, abs=0.1)
    assert (seen[0], seen[-1], seen.count("green")) == ("green", "blue", 75)
    frames = READER.encode(path, chunk, FRAMES)
    assert [centre(opened(frame.data)) for frame in frames] == ["green"] * 3 + ["blue"] * 2


def test_a_limit_that_nothing_fits_is_told(films: dict[str, Path]) -> None:
    chunk = READER.read(films["mp4"]).chunks[0]
    with pytest.raises(BadInput, match="can't be sent in 500 bytes"):
        READER.encode(films["mp4"], chunk, Limits({VIDEO: ("video/mp4",)}, bytes=500))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_film_taken_on_its_side_is_shown_upright(tmp_path: Path, degrees: int) -> None:
    flat, turned, expected = (tmp_path / name for name in ("flat.mp4", "turned.mp4", "right.png"))
    bar = "-f lavfi -i color=blue:s=160x120:d=2:r=10,drawbox=0:0:40:30:red:fill"
    ffmpeg(bar, H264, flat)
    ffmpeg("-i", flat, f"-c copy -metadata:s:v rotate={degrees}", turned)
    ffmpeg("-i", turned, "-frames:v 1", expected)  # ffmpeg turns it by itself
    reading = READER.read(turned)
    right = Image.open(expected)
    assert (reading.info.width, reading.info.height) == right.size
    (piece, *_) = READER.encode(turned, reading.chunks[0], FRAMES)
    ours = opened(piece.data)
    assert ours.size == right.size
    for spot in (
        (5, 5),
        (ours.width - 5, 5),
        (5, ours.height - 5),
        (ours.width - 5, ours.height - 5),
    ):
        assert colour(ours.getpixel(spot)) == colour(right.convert("RGB").getpixel(spot))  # type: ignore[arg-type]  # RGB
    limits = Limits({VIDEO: ("video/mp4",)}, pixels=9_000)  # made small: turned for good
    (cut_out,) = READER.encode(turned, reading.chunks[0], limits)
    with av.open(io.BytesIO(cut_out.data)) as file:
        stream = file.streams.video[0]
        assert (stream.width > stream.height) == (right.width > right.height)


def test_pixels_that_are_not_square_are_shown_so(tmp_path: Path) -> None:
    path = film(tmp_path / "wide.mp4", "-aspect 16:9")
    assert (READER.read(path).info.width, READER.read(path).info.height) == (213, 120)
    (piece, *_) = READER.encode(path, READER.read(path).chunks[0], FRAMES)
    assert opened(piece.data).size == (213, 120)


def test_a_variable_frame_rate_is_told_by_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "vfr.mkv"
    # Two pictures a second, but in the middle one that stands for five seconds.
    few = """-filter_complex "[0][1][2]concat=n=3,fps=2,select='lt(t,2)+gt(t,7)'[v]" -map [v]"""
    ffmpeg(PICTURE, few, "-fps_mode vfr", H264, path)
    for chunk in READER.read(path).chunks:
        for piece in READER.encode(path, chunk, FRAMES):
            assert piece.span
            middle = (piece.span.start + piece.span.stop) / 2
            expected = "red" if middle < 7.45 else colour_at(middle)
            if abs(middle - 7.5) > 0.3:
                assert centre(opened(piece.data)) == expected


def test_a_film_without_sound(tmp_path: Path) -> None:
    path = film(tmp_path / "silent.mp4", sound=False)
    chunk = READER.read(path).chunks[0]
    assert READER.encode(path, chunk, Limits({VIDEO: ("audio/wav",)})) == ()
    (piece,) = READER.encode(path, chunk, FILM)
    assert decoded(piece.data)[2] == ("h264",)


def test_a_film_without_pictures_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "heard.mp4"
    ffmpeg(SOUND, "-c:a aac", path)
    reading = READER.read(path)
    assert [chunk.span.stop for chunk in reading.chunks if chunk.span][-1] == pytest.approx(
        12, abs=0.1
    )
    limits = Limits({VIDEO: ("video/mp4", "image/jpeg"), Modality.AUDIO: ("audio/wav",)})
    (piece,) = READER.encode(path, reading.chunks[0], limits)
    assert (piece.modality, piece.mime) == (Modality.AUDIO, "audio/wav")
    assert READER.encode(path, reading.chunks[0], FRAMES) == ()
    assert READER.preview(path, None, 64).peaks


def test_a_cover_is_no_film(tmp_path: Path) -> None:
    path = tmp_path / "cover.m4a"
    ffmpeg(
        SOUND,
        "-f lavfi -i color=red:s=64x64:d=0.1",
        "-map 0 -map 1 -frames:v 1 -c:v mjpeg",
        "-c:a aac -disposition:v attached_pic",
        path,
    )
    assert READER.read(path).info.width is None


def test_sound_that_outlasts_the_pictures(tmp_path: Path) -> None:
    path = tmp_path / "long sound.mp4"
    ffmpeg("-f lavfi -i color=red:s=160x120:d=3 -f lavfi -i sine=440:d=12", H264, "-c:a aac", path)
    last = READER.read(path).chunks[-1]
    assert {centre(opened(piece.data)) for piece in READER.encode(path, last, FRAMES)} == {"red"}
    assert READER.encode(path, last, FILM) == ()  # there is nothing to see
    assert len(READER.encode(path, last, Limits({VIDEO: ("audio/wav",)}))) == 1


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "mov_text"), ("mkv", "ass"), ("mkv", "srt")])
def test_embedded_subtitles_are_words_at_their_times(
    tmp_path: Path, films: dict[str, Path], kind: str, codec: str
) -> None:
    cues = tmp_path / "cues.srt"
    cues.write_text(
        "1\n00:00:01,000 --> 00:00:02,500\nHello <i>there</i>\n\n"
        "2\n00:00:04,000 --> 00:00:06,000\nacross\nthe edge\n\n"
        "3\n00:00:10,500 --> 00:00:11,000\nгудбай\n"
    )
    path = tmp_path / f"said.{kind}"
    ffmpeg("-i", films[kind], "-i", cues, f"-c copy -c:s {codec}", path)
    said = [
        (chunk.number, words.text, round(words.span.start, 1), round(words.span.stop, 1))
        for chunk in READER.read(path).chunks
        for words in chunk.words
        if words.source is Source.SUBTITLES and words.span
    ]
    assert said == [
        (0, "Hello there", 1.0, 2.5),
        (0, "across the edge", 4.0, 5.0),
        (2, "гудбай", 10.5, 11.0),
    ]


def test_what_a_camera_noted_is_told(tmp_path: Path) -> None:
    tags = {
        "title": "Holiday",
        "artist": "Me",
        "creation_time": "2023-05-06T07:08:09Z",
        "com.apple.quicktime.make": "Apple",
        "com.apple.quicktime.model": "iPhone 13",
        "com.apple.quicktime.location.ISO6709": "+48.8577+002.2950+035.000/",
        "com.apple.quicktime.content.identifier": "1F2E",
    }
    noted = " ".join(f"-metadata {name}='{value}'" for name, value in tags.items())
    path = film(tmp_path / "IMG_1.mov", f"-t 2.5 -movflags use_metadata_tags {noted}")
    reading = READER.read(path)
    info = reading.info
    assert (info.title, info.camera, info.live_photo) == ("Holiday", "Apple iPhone 13", True)
    assert (info.latitude, info.longitude) == (48.8577, 2.295)
    assert (info.taken_s, info.taken_from) == (1683356889.0, "container")
    assert [words.text for words in reading.chunks[0].words] == ["Holiday, Me"]
    longer = film(tmp_path / "IMG_2.mov", f"-movflags use_metadata_tags {noted}")
    assert not READER.read(longer).info.live_photo


def test_the_moving_half_of_a_photo_is_known_by_its_name_as_well(tmp_path: Path) -> None:
    for name, live in {"IMG_0042.MOV": True, "IMG_E0042.mov": True, "horse.mov": False}.items():
        path = film(tmp_path / "made.mov", "-t 2.5").rename(tmp_path / name)
        assert READER.read(path).info.live_photo is live


def test_a_clock_that_was_never_set_is_not_believed(tmp_path: Path) -> None:
    path = film(
        tmp_path / "VID_20240131_154500.mp4", "-metadata creation_time=1970-01-01T00:00:09Z"
    )
    assert READER.read(path).info.taken_from == "file name"


def test_a_film_cut_short_is_as_long_as_what_is_left(tmp_path: Path) -> None:
    path = film(tmp_path / "cut.mp4", "-movflags +faststart")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    reading = READER.read(path)
    assert 4 < (reading.info.duration_s or 0) < 8
    for piece in READER.encode(path, reading.chunks[-1], FRAMES):
        assert opened(piece.data).size == (160, 120)


def test_a_film_without_its_index_is_refused(tmp_path: Path, films: dict[str, Path]) -> None:
    path = tmp_path / "moovless.mp4"
    data = films["mp4"].read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])
    with pytest.raises(BadInput, match=r"^“moovless\.mp4” is damaged or incomplete"):
        READER.read(path)


def test_a_declared_length_that_is_not_there_is_not_believed(
    tmp_path: Path, films: dict[str, Path]
) -> None:
    path = tmp_path / "boast.webm"
    data = bytearray(films["webm"].read_bytes())
    at = data.index(b"\x44\x89\x88") + 3  # the Duration element: a double, in milliseconds
    import struct

    data[at : at + 8] = struct.pack(">d", 500 * 3600 * 1000.0)
    path.write_bytes(data)
    assert READER.read(path).info.duration_s == pytest.approx(LENGTH_S, abs=0.2)


def test_a_length_that_is_not_declared_is_measured(tmp_path: Path) -> None:
    path = film(tmp_path / "live.mkv", "-live 1 -f matroska")
    assert READER.read(path).info.duration_s == pytest.approx(LENGTH_S, abs=0.2)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello\n" * 500, b"#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n", b"\0" * 5000],
    ids=["empty", "text", "playlist", "zeros"],
)
def test_what_is_no_film_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"^“film\.mp4” .*\.$"):
        READER.read(path)


def test_a_film_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    chunk = Chunk(0, VIDEO, Span(Unit.SECONDS, 0, 5))
    for ask in (
        lambda: READER.read(tmp_path / "a.mp4"),
        lambda: READER.encode(tmp_path / "a.mp4", chunk, FILM),
    ):
        with pytest.raises(TryLater, match="no longer there"):
            ask()


def test_a_misnamed_film_is_read(tmp_path: Path, films: dict[str, Path]) -> None:
    path = Path(shutil.copy(films["mkv"], tmp_path / "film.avi"))
    assert len(READER.read(path).chunks) == 3


@pytest.mark.parametrize(
    ("length_s", "edges"),
    [(0.04, [0, 0.04]), (5.0, [0, 5]), (5.5, [0, 5.5]), (6.0, [0, 5, 6]), (11.0, [0, 5, 10, 11])],
)
def test_a_tail_of_less_than_a_second_belongs_to_the_segment_before(
    length_s: float, edges: list[float]
) -> None:
    from nova_desktop.media.segments import segments

    spans = segments(length_s, 5.0)
    assert [spans[0].start, *(span.stop for span in spans)] == edges
    assert EACH_S < 5.0
