"""Other words for what is recognised, and for kinds of files."""

from __future__ import annotations

import pytest

from nova_desktop.folding import fold
from nova_desktop.kinds import Modality
from nova_desktop.library.other_words import kind_meant, said, with_said


@pytest.mark.parametrize(
    ("asked", "looked_for"),
    [
        ("ein rotes Auto", "ein rotes Auto red"),
        ("Schwarz-weiß", "Schwarz-weiß black white"),
        ("grüne Wiese bei Nacht", "grüne Wiese bei Nacht green grass night"),
        ("the cat", "the cat"),
        ("", ""),
    ],
)
def test_a_question_is_asked_with_what_is_said_for_its_words(asked, looked_for):
    assert with_said(asked) == looked_for


def test_words_are_known_in_any_case_and_without_their_accents():
    assert said(fold("WEISSES")) == said(fold("weißes")) == ("white",)
    assert said("red") == ()  # it is said as it is


def test_kinds_of_files_are_told_by_their_everyday_names():
    assert kind_meant("fotos") is kind_meant("picture") is Modality.IMAGE
    assert kind_meant("video") is Modality.VIDEO
    assert kind_meant("recording") is Modality.AUDIO
    assert kind_meant("photographer") is None
