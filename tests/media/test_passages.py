"""Passages: in order, apart, none too long, and together all that is written."""

from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.media.passages import HIGH, LOW, cleaned, passages

TEXTS = st.one_of(
    st.text(max_size=3000),
    st.text("ab .\n\t…。\r\u00a0\u2028", max_size=3000),
    st.lists(st.text("xyzé", min_size=1, max_size=900)).map(" ".join),
)


@given(TEXTS, st.integers(1, 50), st.integers(1, 100))
def test_passages_are_in_order_apart_and_cover_all_that_is_not_blank(
    text: str, low: int, more: int
) -> None:
    at = 0
    for start, stop in passages(text, low, low + more):
        assert start >= at
        assert not text[at:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        assert stop - start <= low + more
        at = stop
    assert not text[at:].strip()


@given(TEXTS)
def test_the_same_holds_for_the_lengths_in_use(text: str) -> None:
    found = passages(text)
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in found)
    assert all(b - a <= HIGH for a, b in found)


def test_a_paragraph_is_not_torn_apart_while_it_fits() -> None:
    first, second = "First one. " * 32, "Second one. " * 32
    text = f"{first.strip()}\n\n{second.strip()}"
    assert [text[a:b] for a, b in passages(text)] == [first.strip(), second.strip()]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = "The ferry leaves at noon from the old harbour. " * 40
    parts = [text[a:b] for a, b in passages(text)]
    assert all(part.endswith("harbour.") and part.startswith("The ferry") for part in parts)
    assert all(LOW <= len(part) <= HIGH for part in parts[:-1])


def test_a_text_without_any_border_is_cut_all_the_same() -> None:
    assert passages("x" * 1300) == [(0, 600), (600, 1200), (1200, 1300)]


def test_cleaning_keeps_paragraphs_and_drops_what_no_one_can_see() -> None:
    assert cleaned(" a \r\n\r\n\r\n\r\nb\x00\ufffe  \nc ") == "a\n\nb\nc"
