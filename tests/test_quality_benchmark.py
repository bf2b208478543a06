"""The benchmark of quality: what it asks, what it prints, and when it says "worse"."""

from __future__ import annotations

import json

import pytest

from nova_desktop.settings import resource
from tests.benchmarks import quality
from tests.benchmarks.quality_figures import Asked, figures, intervals
from tests.benchmarks.quality_truth import SAMPLE_LABELS, Question, located, read

TRUTH = {
    "files": [
        {"file": "a/cat.jpg", "queries": ["a cat", "un chat"], "language": "fr"},
        {
            "file": "film.mp4",
            "segments": [{"start": 0, "end": 5, "visual": "cup", "audio": "tick"}],
        },
        {"file": "silent.txt"},
    ],
    "questions": [{"with": "a/cat.jpg", "files": ["film.mp4"], "moment": [5, 10]}],
    "absent": ["a giraffe", {"text": "eine Giraffe", "language": "de"}],
}


@pytest.fixture
def library(tmp_path):
    """A folder with a truth file, and answers that are given instead of indexing it."""
    folder = tmp_path / "library"
    (folder / "a").mkdir(parents=True)
    for name in ("a/cat.jpg", "film.mp4", "silent.txt"):
        (folder / name).write_bytes(b"x")
    (folder / "truth.json").write_text(json.dumps(TRUTH))
    return folder


@pytest.fixture
def ranks(monkeypatch):
    """At which place each question is answered; changed by the test."""
    given = {"rank": 1}

    def answers(_place, _settings, questions, _files):
        return [
            Asked(one, given["rank"] if one.files else None, 0.01, "x" if one.files else "")
            for one in questions
        ]

    monkeypatch.setattr(quality, "answers", answers)
    return given


def test_the_short_questions_are_about_files_of_the_sample():
    short = read(SAMPLE_LABELS.with_name("sample_short.json"))
    assert {one.language for one in short.questions if one.files} == {"en", "de"}
    files = {file for one in short.questions for file in one.files}
    assert all(located(resource("sample"), file) for file in files)


def test_a_truth_file_says_what_is_asked_of_each_pair_and_language(library):
    truth = read(library / "truth.json")
    pairs = [(one.pair, one.language, one.moment) for one in truth.questions]
    assert pairs == [
        ("text → image", "fr", None),
        ("text → image", "fr", None),
        ("seen → video", "en", (0.0, 5.0)),
        ("heard → video", "en", (0.0, 5.0)),
        ("image → video", "en", (5.0, 10.0)),
        ("absent", "en", None),
        ("absent", "de", None),
    ]
    assert truth.silent == ("silent.txt",)


def test_what_is_worse_than_pinned_has_an_exit_code_of_its_own(library, ranks, tmp_path, capsys):
    typed = ["--library", str(library), "--truth", str(library / "truth.json")]
    pinned = str(tmp_path / "pinned.json")
    assert quality.main([*typed, "--baseline", pinned]) == quality.UNMEASURED
    assert quality.main([*typed, "--pin", pinned]) == 0
    assert quality.main([*typed, "--baseline", pinned]) == 0
    ranks["rank"] = 7
    assert quality.main([*typed, "--baseline", pinned]) == quality.WORSE
    said = capsys.readouterr().out
    assert "Worse than the baseline" in said
    assert "all, at 5: 0.00 instead of 1.00" in said


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "Expecting"),
        ("[]", "it asks for nothing"),
        ('{"quesions": []}', "it has “quesions”, and takes files, questions, absent"),
        ('{"files": [{}]}', "file 1 has no “file”"),
        ('{"files": [{"file": "a.jpg", "queries": [5]}]}', "the queries of file 1"),
        ('{"questions": [{"text": "x"}]}', "question 1 has no “files”"),
        ('{"questions": [{"files": ["a.jpg"]}]}', "neither “text” nor “with”"),
        ('{"questions": [{"text": "x", "files": "a.jpg"}]}', "“files” of question 1 is no list"),
        (
            '{"questions": [{"text": "x", "files": ["a.ogg"], "moment": [5, 1]}]}',
            "before it begins",
        ),
        ('{"questions": [{"text": "x", "files": ["a.ogg"], "moment": ["a"]}]}', "two numbers"),
        ('{"absent": [7]}', "absent 1 is no object"),
    ],
)
def test_what_is_no_truth_file_is_refused_with_a_sentence(library, content, says, capsys):
    (library / "truth.json").write_text(content)
    typed = ["--library", str(library), "--truth", str(library / "truth.json")]
    assert quality.main(typed) == quality.UNMEASURED
    said = capsys.readouterr().out
    assert "is no truth file" in said
    assert says in said


def test_a_truth_file_of_another_folder_is_refused(library, capsys):
    (library / "film.mp4").unlink()
    typed = ["--library", str(library), "--truth", str(library / "truth.json")]
    assert quality.main(typed) == quality.UNMEASURED
    assert "film.mp4" in capsys.readouterr().out


def test_figures_and_their_intervals():
    moment = (0.0, 5.0)
    some = [
        Asked(Question("a", ("a.jpg",)), 1, 0.1, "a.jpg"),
        Asked(Question("b", ("b.mp4",), moment=moment), 4, 0.1, "x", 0.5),
        Asked(Question("c", ("c.txt",)), None, 0.1, "x"),
        Asked(Question("d"), None, 0.1, ""),
    ]
    found = figures(some)
    assert found == pytest.approx(
        {"at 1": 1 / 3, "at 5": 2 / 3, "at 10": 2 / 3, "MRR": 1.25 / 3, "IoU": 0.5, "said": 1.0}
    )
    low, high = intervals(some * 10)["at 5"]
    assert low < 2 / 3 < high
