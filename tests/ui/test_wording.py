"""What is said, and how."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.closeup import Details
from nova_desktop.events import Progress
from nova_desktop.model import Folder, FolderState, Info, Modality, Source, Span, State, Unit
from nova_desktop.query import Answer, Why
from nova_desktop.ui import wording
from nova_desktop.ui.preview import known
from nova_desktop.ui.results import saying
from tests.ui.fake_library import hits


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (42.9, "0:42"), (75, "1:15"), (3665, "1:01:05"), (-1, "0:00")],
)
def test_a_moment_is_told_as_a_clock_does(seconds, text):
    assert wording.clock(seconds) == text


def test_a_page_a_second_and_a_whole_file_are_told_apart():
    assert wording.moment(Span(Unit.PAGE, 3, 3)) == "page 3"
    assert wording.moment(Span(Unit.SECONDS, 42, 57)) == "0:42"
    assert wording.moment(Span(Unit.CHARACTERS, 100, 200)) == ""
    assert wording.moment(None) == ""
    assert wording.moment_in_full(Span(Unit.SECONDS, 42, 57)) == "0:42 – 0:57"
    assert wording.moment_in_full(Span(Unit.PAGE, 3, 4)) == "Pages 3 – 4"
    assert wording.moment_in_full(Span(Unit.CHARACTERS, 1000, 2)) == "Passage from character 1,000"


def test_progress_names_what_is_done_what_failed_and_how_long_it_takes():
    told = wording.progress(Progress(1204, 5310, "/a/photo.jpg", 170), failed=12)
    assert told == "1,204 of 5,310 · 12 failed · photo.jpg · about 3 min"
    assert wording.progress(Progress(0, 1), failed=0) == "0 of 1"


@pytest.mark.parametrize(
    ("seconds", "text"), [(5, "under a minute"), (200, "about 3 min"), (7200, "about 2 h")]
)
def test_the_time_left_is_rounded_to_what_one_can_plan_with(seconds, text):
    assert wording.about(seconds) == text


@given(st.dictionaries(st.sampled_from(list(State)), st.integers(1, 10**6)))
def test_the_numbers_of_all_states_add_up_to_the_files(counts):
    numbers = [
        int(word.replace(",", "")) for word in wording.tally(counts).split() if word[0].isdigit()
    ]
    assert not counts or numbers[0] == sum(numbers[1:]) == sum(counts.values())


def test_a_name_is_shown_on_one_line_whatever_its_bytes():
    name = wording.name_of(Path(os.fsdecode(b"/a/two\nlines \xff.jpg")))
    assert name == "two lines \ufffd.jpg"
    name.encode()  # Qt takes no lone surrogates


def test_every_source_can_say_why():
    for source in Source:
        assert wording.why(Why(source, "cat\n sofa")).endswith(": cat sofa")
        assert wording.why(Why(source))


def test_a_result_is_spoken_whole():
    (hit,) = hits(Path("/a/cat.mp4"), modality=Modality.VIDEO, span=Span(Unit.SECONDS, 42, 44))
    assert wording.spoken(hit) == "cat.mp4, Video, 0:42"


def test_a_folder_that_is_away_says_so_and_keeps_its_count():
    away = Folder(Path("/a"), FolderState.OFFLINE, {State.OFFLINE: 812})
    assert wording.folder(away) == "812 files · not connected"
    here = Folder(Path("/a"), FolderState.WATCHING, {State.INDEXED: 1, State.WAITING: 2})
    assert wording.folder(here) == "3 files · 2 waiting"
    assert "looking" in wording.folder(Folder(Path("/a"), FolderState.SCANNING, {}))


def test_a_date_before_time_began_is_not_shown_but_does_not_stop_anything():
    assert wording.date(1e30) == ""
    assert wording.date(86400 * 200) == "20 July 1970"


def test_words_are_marked_by_their_beginning_and_without_case():
    text = "Cats, a CATALOGUE, concat; Straße"
    found = [
        text[start:stop] for start, stop in wording.marks(text, wording.terms("cat STRASSE a"))
    ]
    assert found == ["Cats", "CATALOGUE", "Straße"]


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("a dog on the beach", ["dog", "beach"]),
        ("ein Hund auf dem Sofa", ["hund", "sofa"]),
        ("to be or", ["to", "be", "or"]),  # there is nothing else to mark
        ("the", ["the"]),
    ],
)
def test_small_words_are_marked_only_where_there_are_no_others(question, marked):
    assert list(wording.terms(question)) == marked


@given(st.text(), st.text())
def test_marks_lie_inside_the_text_whatever_it_holds(text, wanted):
    marks = wording.marks(text, wording.terms(wanted))
    assert all(0 <= start < stop <= len(text) for start, stop in marks)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(marks))


def test_advice_says_what_limits_the_search():
    said = wording.advice(Answer((), 0.1, "Sounds are not searched."), narrow=True, indexing=True)
    assert "Sounds are not searched." in said
    assert "filters leave out" in said
    assert "still being indexed" in said


def test_advice_does_not_repeat_its_heading():
    note = "No close matches. Try other words, or fewer filters."
    said = wording.advice(Answer((), 0.1, note), narrow=False, indexing=False)
    assert "No close matches" not in said
    assert said.count("Try other words") == 1
    assert "filters" not in said  # there are none
    assert "fewer filters" in wording.advice(Answer((), 0.1, note), narrow=True, indexing=False)


def test_a_size_is_the_same_wherever_it_is_said():
    details = Details(Path("/a/b.jpg"), Modality.IMAGE, Info(), size_bytes=57_333)
    assert dict(known.lines(details))["Size"] == "57 kB" == wording.size(57_333)
    assert saying.selected(2, 57_333) == "2 selected · 57 kB"
