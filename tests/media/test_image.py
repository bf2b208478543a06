"""Photos: every format, upright, dated, placed, within limits."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from nova_desktop.errors import BadInput
from nova_desktop.media import image
from nova_desktop.media.image import ImageReader
from nova_desktop.model import Limits, Modality, Source
from tests import media_samples as samples
from tests.contracts.reader import ReaderContract, size_of

JPEG = Limits({Modality.IMAGE: ("image/jpeg",)})
ENDINGS = ["jpg", "png", "webp", "gif", "bmp", "tif", "heic", "avif"]


def shown(path: Path) -> Image.Image:
    reader = ImageReader()
    return Image.open(io.BytesIO(reader.encode(path, reader.read(path).chunks[0], JPEG)[0].data))


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 200 and pixel[1] < 80 and pixel[2] < 80)


class TestImageReader(ReaderContract):
    @pytest.fixture
    def reader(self) -> ImageReader:
        return ImageReader()

    @pytest.fixture(params=[*ENDINGS, "dng"])
    def sample(self, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
        path = tmp_path / f"sample.{request.param}"
        if request.param == "dng":
            return samples.dng(path, samples.picture())
        return samples.save(path)


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "tif", "avif"])
def test_a_picture_taken_on_its_side_is_shown_upright(tmp_path: Path, ending: str) -> None:
    tags = samples.exif(orientation=6).tobytes()  # turn clockwise: the top left goes top right
    path = samples.save(tmp_path / f"side.{ending}", exif=tags)
    info = ImageReader().read(path).info
    assert (info.width, info.height) == (200, 320)
    upright = shown(path)
    assert upright.size == (200, 320)
    assert is_red(upright.getpixel((190, 10)))
    assert max(size_of(ImageReader().preview(path, None, 80).jpeg)) == 80


def test_a_raw_photo_is_shown_by_its_preview_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    path = samples.dng(tmp_path / "a.dng", samples.picture(), orientation=8)
    reading = ImageReader().read(path)
    assert (reading.info.width, reading.info.height) == (200, 320)
    assert reading.info.camera == "Kamera K1"
    assert is_red(shown(path).getpixel((10, 310)))


def test_the_time_is_the_cameras_with_its_zone_and_fraction(tmp_path: Path) -> None:
    tags = samples.exif(
        DateTimeOriginal="2024:01:31 15:45:00", OffsetTimeOriginal="+01:00", SubsecTimeOriginal="25"
    )
    info = ImageReader().read(samples.save(tmp_path / "IMG_19990101_000000.jpg", exif=tags)).info
    assert (info.taken_s, info.taken_from) == (1706712300.25, "EXIF")


def test_without_exif_the_time_is_the_sidecars_then_the_packets_then_the_names_then_the_files(
    tmp_path: Path,
) -> None:
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="rdf">'
        b'<rdf:Description xmlns:xmp="xmp" xmp:CreateDate="2015-06-07T08:09:10Z"/></rdf:RDF>'
        b"</x:xmpmeta>"
    )
    path = samples.save(tmp_path / "IMG_20240131_154500.jpg", xmp=packet)
    sidecar = path.with_suffix(".xmp")
    sidecar.write_bytes(packet.replace(b"2015", b"2016"))
    read = ImageReader().read
    assert (read(path).info.taken_s, read(path).info.taken_from) == (1465286950.0, "sidecar")
    sidecar.unlink()
    image._upright.cache_clear()
    assert (read(path).info.taken_s, read(path).info.taken_from) == (1433664550.0, "container")
    samples.save(path)
    assert read(path).info.taken_from == "file name"
    plain = samples.save(tmp_path / "holiday.jpg")
    assert read(plain).info.taken_from == "file time"
    assert read(plain).info.taken_s == plain.stat().st_mtime


def test_the_place_is_signed_and_nonsense_is_no_place(tmp_path: Path) -> None:
    tags = samples.exif()
    gps = tags.get_ifd(samples.GPS_IFD)
    gps[1], gps[2], gps[3], gps[4] = "S", (33.0, 30.0, 0.0), "W", (70.0, 15.0, 36.0)
    info = ImageReader().read(samples.save(tmp_path / "a.jpg", exif=tags)).info
    assert (info.latitude, info.longitude) == (-33.5, -70.26)
    gps[2] = (333.0, 0.0, 0.0)
    info = ImageReader().read(samples.save(tmp_path / "b.jpg", exif=tags)).info
    assert (info.latitude, info.longitude) == (None, None)


def test_captions_and_keywords_are_words(tmp_path: Path) -> None:
    tags = samples.exif()
    tags[0x010E] = "Sunrise over the fjord"
    tags[0x9C9E] = "travel;norway".encode("utf-16-le")
    path = samples.save(tmp_path / "a.jpg", exif=tags)
    path.with_suffix(".xmp").write_text(
        '<x xmlns:dc="dc" xmlns:rdf="rdf"><rdf:Description><dc:title><rdf:Alt><rdf:li>Dawn'
        "</rdf:li></rdf:Alt></dc:title><dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>light"
        "</rdf:li></rdf:Bag></dc:subject></rdf:Description></x>"
    )
    reading = ImageReader().read(path)
    said = "\n".join(words.text for words in reading.chunks[0].words)
    assert {words.source for words in reading.chunks[0].words} == {Source.METADATA}
    assert reading.info.title == "Dawn"
    for text in ("Sunrise over the fjord", "travel, norway", "Dawn", "sea, light", "Kamera K1"):
        assert text in said


@pytest.mark.parametrize("sidecar", [b"", b"<x", b"<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>"])
def test_a_broken_sidecar_does_not_cost_the_photo(tmp_path: Path, sidecar: bytes) -> None:
    path = samples.save(tmp_path / "a.jpg")
    path.with_suffix(".xmp").write_bytes(sidecar)
    assert ImageReader().read(path).info.width == 320


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert shown(samples.save(tmp_path / "a.png", clear)).getpixel((5, 5)) == (255, 255, 255)
    palette = clear.convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    path = samples.save(tmp_path / "b.png", palette, transparency=palette.getpixel((0, 0)))
    assert shown(path).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "I", "F", "CMYK", "YCbCr", "LAB"])
def test_every_kind_of_pixel_is_shown_as_bright_as_it_is(tmp_path: Path, mode: str) -> None:
    grey = Image.linear_gradient("L")
    if mode == "I;16":
        import numpy as np

        drawn = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    else:
        drawn = (grey.convert("RGB") if mode == "LAB" else grey).convert(mode)
    picture = shown(samples.save(tmp_path / "a.tif", drawn)).convert("L").resize((1, 2))
    dark, bright = picture.getpixel((0, 0)), picture.getpixel((0, 1))
    assert isinstance(dark, int)
    assert isinstance(bright, int)
    assert dark < 100 < 155 < bright


@pytest.mark.parametrize("size", [(3000, 2), (2, 3000), (1, 1), (500, 500)])
def test_any_shape_keeps_to_the_limits(tmp_path: Path, size: tuple[int, int]) -> None:
    path = samples.save(tmp_path / "a.png", Image.effect_noise(size, 90))
    reader = ImageReader()
    limits = Limits({Modality.IMAGE: ("image/webp", "image/jpeg")}, bytes=1500, pixels=2500)
    piece = reader.encode(path, reader.read(path).chunks[0], limits)[0]
    width, height = size_of(piece.data)
    assert piece.mime == "image/webp"
    assert width * height <= 2500
    assert len(piece.data) <= 1500


def test_a_pixel_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    small = Image.new("1", (8, 8))
    path = samples.save(tmp_path / "bomb.png", small)
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(BadInput, match="3,600,000,000 pixels, more than the 100,000,000") as said:
        ImageReader().read(path)
    assert "bomb.png" in str(said.value)


def test_a_real_pixel_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = samples.save(tmp_path / "bomb.png", Image.new("1", (20_000, 20_000)))
    with pytest.raises(BadInput, match="400,000,000 pixels"):
        ImageReader().read(path)


def test_a_large_jpeg_is_decoded_small(tmp_path: Path) -> None:
    path = samples.save(tmp_path / "large.jpg", Image.new("L", (12_000, 9_000), 128))
    info = ImageReader().read(path).info
    assert (info.width, info.height) == (12_000, 9_000)


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = samples.save(tmp_path / "a.png", samples.picture((40, 30)))
    assert ImageReader().read(path).info.width == 40
    samples.save(path, samples.picture((60, 30)))
    assert ImageReader().read(path).info.width == 60


def test_a_comment_inside_a_jpeg_is_words_not_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (9, 9), "red").save(path, comment="Lavc59.37\0")
    (chunk,) = ImageReader().read(path).chunks
    assert [words.text for words in chunk.words] == ["Lavc59.37"]
