"""What is seen closely of a file: marks on pages, passages with what is around them, subtitles."""

from __future__ import annotations

import pytest

from nova_desktop.closeup import Cue, Excerpt
from nova_desktop.errors import BadInput, TryLater
from nova_desktop.media.around import AROUND, cut_around
from nova_desktop.media.closeup import MediaCloseup
from nova_desktop.media.marks import places
from nova_desktop.media.pdf import page_picture
from nova_desktop.media.tracks import beside, embedded
from nova_desktop.model import Span, Unit
from nova_desktop.settings import resource
from tests import media_samples as samples
from tests.media.clips import ffmpeg, film, tone

CLOSEUP = MediaCloseup()
SRT = "1\n00:00:01,000 --> 00:00:02,500\n<i>The first</i> words\n\n"
SRT += "2\n00:00:03,000 --> 00:00:04,000\nthe second\n"


def found(page: str, *texts: str) -> list[tuple[int, str]]:
    return [(place.text, page[place.start : place.stop]) for place in places(page, texts)]


def test_a_text_is_found_whatever_its_case_blanks_and_hyphens():
    page = "The disk\r\nspace — that is LEFT on a re\ufffe\r\nmovable disk, or disks."
    assert found(page, "disk space that is left") == [(0, "disk\r\nspace — that is LEFT")]
    assert found(page, "removable") == [(0, "re\ufffe\r\nmovable")]
    assert found(page, "DISK") == [(0, "disk"), (0, "disk"), (0, "disks")]
    assert found(page, "or dis", "absent", "", "—") == [(0, "or disks")]
    assert found("Straße 😀 Fuß", "strasse", "fuss") == [(0, "Straße"), (1, "Fuß")]


def test_words_of_a_pdf_are_marked_where_they_are_drawn(tmp_path):
    path = samples.pdf(tmp_path / "a.pdf", ["first page", "nothing, then the golden goose"])
    (box,) = CLOSEUP.marks(path, 2, ["golden"])
    picture = page_picture(path, 2, 500_000).convert("L")
    width, height = picture.size
    inside = picture.crop(
        (
            round(box.left * width),
            round(box.top * height),
            round(box.right * width),
            round(box.bottom * height),
        )
    )
    assert inside.getextrema()[0] < 128  # letters
    # 50 points from the left, 700 from the bottom of 842, in Helvetica of 14 points.
    assert 0.25 < box.left < box.right < 0.45
    assert box.top < 1 - 700 / 842 < box.bottom
    assert box.bottom - box.top < 0.03
    assert CLOSEUP.marks(path, 1, ["golden"]) == ()


def test_a_page_that_is_turned_has_its_marks_turned(tmp_path):
    path = samples.pdf(tmp_path / "a.pdf", ["golden"])
    turned = tmp_path / "turned.pdf"
    turned.write_bytes(
        path.read_bytes().replace(b"/Type/Page/Parent", b"/Rotate 90/Type/Page/Parent")
    )
    (upright,) = CLOSEUP.marks(path, 1, ["golden"])
    (box,) = CLOSEUP.marks(turned, 1, ["golden"])
    assert box.bottom - box.top > box.right - box.left
    assert box.top == pytest.approx(upright.left, abs=0.01)
    assert box.right == pytest.approx(1 - upright.top, abs=0.01)


def test_a_passage_over_several_lines_has_a_box_a_line():
    path = resource("sample/documents") / (
        "How do I test if color management is working correctly?.pdf"
    )
    words = CLOSEUP.excerpt(path, Span(Unit.PAGE, 1, 1)).text
    passage = " ".join(words.split()[5:60])
    boxes = CLOSEUP.marks(path, 1, [passage])
    assert len(boxes) >= 3
    assert all(0 <= b.left < b.right <= 1 and 0 <= b.top < b.bottom <= 1 for b in boxes)
    assert [b.top for b in boxes] == sorted(b.top for b in boxes)


def test_only_pdfs_have_marks_and_a_broken_one_says_so(tmp_path):
    assert CLOSEUP.marks(samples.docx(tmp_path / "a.docx", ["golden"]), 1, ["golden"]) == ()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 golden")
    with pytest.raises(BadInput):
        CLOSEUP.marks(broken, 1, ["golden"])
    with pytest.raises(TryLater):
        CLOSEUP.marks(tmp_path / "gone.pdf", 1, ["golden"])


def test_a_passage_of_a_text_comes_with_what_is_around_it(tmp_path):
    path = tmp_path / "long.txt"
    lines = [f"line {n} of many" for n in range(4000)]
    path.write_text("\n".join(lines))
    text = path.read_text()
    start = text.index("line 2000 ")
    made = CLOSEUP.excerpt(path, Span(Unit.CHARACTERS, start, start + 17))
    assert made.text[made.start : made.stop] == "line 2000 of many"
    assert made.before
    assert made.after
    assert set(made.text.split("\n")) <= set(lines)  # no line is cut
    assert 1.9 * AROUND < len(made.text) < 2.1 * AROUND


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-10, 4), (90, 400)])
def test_a_passage_that_is_not_there_any_more_breaks_nothing(span):
    made = cut_around("x" * 100, *span)
    assert 0 <= made.start <= made.stop <= len(made.text) == 100
    assert (made.before, made.after) == (False, False)


def test_a_page_without_a_picture_is_given_whole(tmp_path):
    path = samples.epub(tmp_path / "a.epub", ["one " * 900, "two " * 900])
    made = CLOSEUP.excerpt(path, Span(Unit.PAGE, 2, 2))
    assert made.text.split() == ["two"] * 900


def test_spoken_text_has_its_passage(tmp_path):
    path = tmp_path / "a.srt"
    path.write_text(SRT)
    made = CLOSEUP.excerpt(path, Span(Unit.SECONDS, 3, 4))
    assert made == Excerpt("The first words\nthe second", 16, 26)


def test_subtitles_inside_a_film_and_beside_it_are_tracks(tmp_path):
    path = film(tmp_path / "a film.mkv")
    (tmp_path / "a film.en.srt").write_text(SRT)
    (tmp_path / "A Film.vtt").write_text("WEBVTT\n\n00:05.000 --> 00:06.000\nbeside\n")
    (tmp_path / "a film.de.srt").write_bytes(b"\xff\xfe\0")
    (tmp_path / "a filmed.srt").write_text(SRT)
    both = tmp_path / "a film with text.mkv"
    srt = tmp_path / "x.srt"
    srt.write_text(SRT)
    ffmpeg("-i", path, "-i", srt, "-c copy -metadata:s:s:0 language=eng", both)
    (track,) = embedded(both)
    assert track.name == "eng"
    assert track.cues == (Cue(1.0, 2.5, "The first words"), Cue(3.0, 4.0, "the second"))
    assert [(t.name, len(t.cues)) for t in CLOSEUP.subtitles(path)] == [("", 1), ("en", 2)]
    assert beside(both) == ()


def test_the_waveform_of_a_sound_and_of_a_film(tmp_path):
    peaks = CLOSEUP.waveform(tone(tmp_path / "a.wav"), 100)
    assert len(peaks) == 100
    assert max(peaks[:45]) < min(peaks[55:])  # loud in its second half
    assert len(CLOSEUP.waveform(film(tmp_path / "a.mp4"), 10)) == 10
    assert CLOSEUP.waveform(film(tmp_path / "b.mp4", sound=False), 10) == ()
