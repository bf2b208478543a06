"""What every store promises: subclass per store and supply the `store` fixture.

A store of vectors alone, such as a service far away, keeps VectorStoreContract; the library's own,
which finds words too, keeps StoreContract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.model import Modality, Near, Row, RowFilter, Source, Space, Span, Unit
from nova_desktop.ports import Store, VectorStore

DIM = 64
SPACE = Space("test", "plain", DIM, 1)
OTHER = Space("test", "plain", DIM, 2)
ANY = RowFilter()


def axis(*weights: float) -> NDArray[np.float32]:
    """A unit vector of these weights on the first axes."""
    vector = np.zeros(DIM, np.float32)
    vector[: len(weights)] = weights
    return vector / np.float32(np.linalg.norm(vector))


EAST, NORTH = axis(1), axis(0, 1)
NORTH_EAST = axis(1, 1)


def row(
    content: str,
    number: int = 0,
    words: str = "",
    vector: NDArray[np.float32] = EAST,
    modality: Modality = Modality.IMAGE,
    taken_s: float = 0.0,
    span: Span | None = None,
    source: Source = Source.TEXT,
) -> Row:
    return Row(content, number, modality, span, source, words, taken_s, vector)


def keys(found: Sequence[Near]) -> list[tuple[str, int]]:
    return [(near.content, near.number) for near in found]


def contents_of(found: Sequence[Near]) -> list[str]:
    return [near.content for near in found]


def filtered_rows() -> list[Row]:
    return [
        row("old", 0, "word", taken_s=-5.5),
        row("day", 0, "word", taken_s=100.0, modality=Modality.VIDEO),
        row("day", 1, "word", taken_s=100.0, modality=Modality.VIDEO),
        row("new", 0, "word", taken_s=200.25, modality=Modality.TEXT, source=Source.SPEECH),
    ]


FILTERED = [
    (ANY, {"old", "day", "new"}),
    (RowFilter(since_s=100.0), {"day", "new"}),
    (RowFilter(until_s=100.0), {"old"}),
    (RowFilter(since_s=-5.5, until_s=200.25), {"old", "day"}),
    (RowFilter(since_s=300.0), set()),
    (RowFilter(since_s=float("-inf"), until_s=float("inf")), {"old", "day", "new"}),
    (RowFilter(since_s=float("inf")), set()),
    (RowFilter(modalities=frozenset({Modality.VIDEO})), {"day"}),
    (RowFilter(modalities=frozenset({Modality.VIDEO, Modality.TEXT})), {"day", "new"}),
    (RowFilter(contents=frozenset({"new", "old", "x' OR '1'='1"})), {"old", "new"}),
    (RowFilter(contents=frozenset()), set()),
    (RowFilter(sources=frozenset({Source.SPEECH})), {"new"}),
    (RowFilter(sources=frozenset({Source.SPEECH}), contents=frozenset({"day"})), set()),
    (RowFilter(frozenset({Modality.IMAGE}), None, 0.0, frozenset({"old", "day"})), {"old"}),
]


class VectorStoreContract:
    def test_an_empty_store_answers_nothing(self, store: VectorStore) -> None:
        assert store.nearest(SPACE, EAST, 10, ANY) == []
        assert store.contents(SPACE) == set()
        assert store.count(SPACE) == 0
        store.forget(["nothing"])
        store.put(SPACE, [])
        store.maintain()
        store.maintain(stopped=True)

    def test_a_row_comes_back_whole(self, store: VectorStore) -> None:
        span = Span(Unit.SECONDS, 15.0, 30.0)
        words = "It's “all” here;\n\x00 -- \\ % _ 🎞 – \udcff"
        store.put(SPACE, [Row("c'1", 3, Modality.VIDEO, span, Source.SPEECH, words, 17e8, EAST)])
        (near,) = store.nearest(SPACE, EAST, 10, ANY)
        assert near.score == pytest.approx(1.0, abs=1e-3)
        shown = words.replace("\udcff", "?")
        assert replace(near, words=near.words.replace("\udcff", "?"), score=0.0) == Near(
            "c'1", 3, Modality.VIDEO, span, Source.SPEECH, shown, 17e8, 0.0
        )

    def test_the_rows_of_a_content_come_back_in_order_with_their_vectors(
        self, store: VectorStore
    ) -> None:
        store.put(SPACE, [row("a'", 1, vector=NORTH), row("a'", 0), row("b", 0)])
        first, second = store.rows(SPACE, "a'", 10)
        assert (first, second) == (row("a'", 0), row("a'", 1))
        assert np.allclose([first.vector, second.vector], [EAST, NORTH], atol=1e-3)
        assert store.rows(SPACE, "a'", 1) == [first]
        assert store.rows(SPACE, "unknown", 10) == store.rows(OTHER, "a'", 10) == []

    def test_the_rows_of_many_contents_come_at_once(self, store: VectorStore) -> None:
        store.put(SPACE, [row(f"c{n:03}", m) for n in range(300) for m in (1, 0)])
        wanted = {f"c{n:03}" for n in range(0, 300, 2)} | {"unknown"}
        found = store.rows_of(SPACE, wanted)
        assert found == [row(f"c{n:03}", m) for n in range(0, 300, 2) for m in (0, 1)]
        assert store.rows_of(SPACE, ()) == store.rows_of(OTHER, wanted) == []

    def test_the_nearest_come_first_with_their_cosine(self, store: VectorStore) -> None:
        store.put(SPACE, [row("n", vector=NORTH), row("ne", vector=NORTH_EAST), row("e")])
        found = store.nearest(SPACE, EAST, 2, ANY)
        assert contents_of(found) == ["e", "ne"]
        assert [near.score for near in found] == pytest.approx([1.0, 2**-0.5], abs=1e-3)

    def test_put_replaces_all_rows_of_a_content(self, store: VectorStore) -> None:
        store.put(SPACE, [row("a", number, "old") for number in range(5)])
        store.put(SPACE, [row("b", 0, "other")])
        store.put(SPACE, [row("a", 0, "new"), row("a", 7, "new")])
        assert sorted(keys(store.nearest(SPACE, EAST, 10, ANY))) == [("a", 0), ("a", 7), ("b", 0)]
        assert store.count(SPACE) == 3

    def test_the_same_rows_again_change_nothing(self, store: VectorStore) -> None:
        for _ in range(5):
            store.put(SPACE, [row("a", 0, "one"), row("a", 1, "two"), row("b", 0, "one")])
        assert store.count(SPACE) == 3
        assert len(store.nearest(SPACE, EAST, 10, ANY)) == 3

    def test_of_a_row_given_twice_at_once_the_last_is_kept(self, store: VectorStore) -> None:
        store.put(SPACE, [row("a", 0, "first"), row("a", 0, "last")])
        assert [near.words for near in store.nearest(SPACE, EAST, 10, ANY)] == ["last"]
        assert store.count(SPACE) == 1

    def test_a_forgotten_content_is_never_found(self, store: VectorStore) -> None:
        store.put(SPACE, [row("a", 0, "beach"), row("a", 1, "beach"), row("b'", 0, "beach")])
        store.put(OTHER, [row("a", 0, "beach")])
        store.forget(["a", "unknown", "it's"])
        assert contents_of(store.nearest(SPACE, EAST, 10, ANY)) == ["b'"]
        assert store.contents(SPACE) == {"b'"}
        assert store.contents(OTHER) == set()
        store.forget(["b'"])
        assert store.count(SPACE) == 0
        assert store.nearest(SPACE, EAST, 10, ANY) == []

    def test_spaces_never_mix(self, store: VectorStore) -> None:
        odd = Space("test", "a/model:v1 ü", 8, 1)
        store.put(SPACE, [row("a", 0, "here")])
        store.put(OTHER, [row("b", 0, "there")])
        store.put(odd, [row("c", 0, "where", vector=EAST[:8])])
        assert contents_of(store.nearest(SPACE, EAST, 10, ANY)) == ["a"]
        assert contents_of(store.nearest(OTHER, EAST, 10, ANY)) == ["b"]
        assert contents_of(store.nearest(odd, EAST[:8], 10, ANY)) == ["c"]
        assert store.contents(odd) == {"c"}
        store.forget(["c"])
        assert store.count(odd) == 0

    def test_filters_choose_rows(self, store: VectorStore) -> None:
        store.put(SPACE, filtered_rows())
        for where, expected in FILTERED:
            assert set(contents_of(store.nearest(SPACE, EAST, 10, where))) == expected, where

    def test_a_filter_may_name_many_contents(self, store: VectorStore) -> None:
        store.put(SPACE, [row(f"c{n}", 0, "word", vector=axis(1, n)) for n in range(100)])
        named = frozenset(f"c{n}" for n in range(50, 9_000))
        found = store.nearest(SPACE, EAST, 20, RowFilter(contents=named))
        assert contents_of(found) == [f"c{n}" for n in range(50, 70)]
        assert len(store.nearest(SPACE, EAST, 100, RowFilter(contents=named))) == 50

    def test_limits_are_kept(self, store: VectorStore) -> None:
        store.put(SPACE, [row(f"c{n}", 0, "word") for n in range(30)])
        assert len(store.nearest(SPACE, EAST, 7, ANY)) == 7
        assert store.nearest(SPACE, EAST, 0, ANY) == []

    def test_nothing_is_lost_by_maintaining(self, store: VectorStore) -> None:
        store.put(SPACE, [row("a", 0, "one")])
        store.maintain()
        store.put(SPACE, [row("b", 0, "one")])
        store.forget(["a"])
        store.maintain(stopped=True)
        store.put(SPACE, [row("c", 0, "one")])
        assert sorted(contents_of(store.nearest(SPACE, EAST, 10, ANY))) == ["b", "c"]


class StoreContract(VectorStoreContract):
    def test_an_empty_store_answers_nothing(self, store: Store) -> None:
        super().test_an_empty_store_answers_nothing(store)
        assert store.matching(SPACE, "word", 10, ANY) == []
        assert store.holding(SPACE, "word", ANY) == []

    def test_put_replaces_all_rows_of_a_content(self, store: Store) -> None:
        super().test_put_replaces_all_rows_of_a_content(store)
        assert store.matching(SPACE, "old", 10, ANY) == []
        assert len(store.matching(SPACE, "new", 10, ANY)) == 2

    def test_the_same_rows_again_change_nothing(self, store: Store) -> None:
        super().test_the_same_rows_again_change_nothing(store)
        assert sorted(keys(store.matching(SPACE, "one", 10, ANY))) == [("a", 0), ("b", 0)]

    def test_spaces_never_mix(self, store: Store) -> None:
        super().test_spaces_never_mix(store)
        assert store.matching(SPACE, "there", 10, ANY) == []

    def test_limits_are_kept(self, store: Store) -> None:
        super().test_limits_are_kept(store)
        assert len(store.matching(SPACE, "word", 7, ANY)) == 7

    def test_nothing_is_lost_by_maintaining(self, store: Store) -> None:
        super().test_nothing_is_lost_by_maintaining(store)
        assert sorted(contents_of(store.matching(SPACE, "one", 10, ANY))) == ["b", "c"]

    def test_a_space_that_is_dropped_is_gone_and_no_other(self, store: Store) -> None:
        assert store.sizes() == {}
        store.drop(SPACE.name)  # it is not there yet
        store.put(SPACE, [row("a", 0, "beach")])
        store.put(OTHER, [row("b", 0, "beach"), row("c", 0, "sea")])
        store.maintain(stopped=True)
        assert store.sizes().keys() == {SPACE.name, OTHER.name}
        assert all(size > 0 for size in store.sizes().values())
        store.drop(SPACE.name)
        assert store.sizes().keys() == {OTHER.name}
        assert store.nearest(SPACE, EAST, 10, ANY) == []
        assert store.matching(SPACE, "beach", 10, ANY) == []
        assert store.contents(SPACE) == set()
        assert contents_of(store.matching(OTHER, "beach", 10, ANY)) == ["b"]
        store.put(OTHER, [row("d", 0, "beach")])
        store.forget(["b"])
        assert contents_of(store.matching(OTHER, "beach", 10, ANY)) == ["d"]
        store.put(SPACE, [row("e", 0, "again")])
        assert contents_of(store.nearest(SPACE, EAST, 10, ANY)) == ["e"]

    def test_what_is_forgotten_is_not_found_by_words(self, store: Store) -> None:
        store.put(SPACE, [row("a", 0, "beach"), row("a", 1, "beach"), row("b'", 0, "beach")])
        store.forget(["a", "unknown", "it's"])
        assert contents_of(store.matching(SPACE, "beach", 10, ANY)) == ["b'"]

    def test_filters_choose_what_words_find(self, store: Store) -> None:
        store.put(SPACE, filtered_rows())
        for where, expected in FILTERED:
            assert set(contents_of(store.matching(SPACE, "word", 10, where))) == expected, where
        many = [row(f"c{n}", 0, "word", vector=axis(1, n)) for n in range(100)]
        store.put(OTHER, many)
        named = frozenset(f"c{n}" for n in range(50, 9_000))
        assert len(store.matching(OTHER, "word", 100, RowFilter(contents=named))) == 50

    def test_rows_with_more_of_the_words_come_first(self, store: Store) -> None:
        store.put(
            SPACE,
            [
                row("both", 0, "red boat on a lake"),
                row("one", 0, "boat on a lake"),
                row("none", 0, "nothing of the kind"),
                *(row(f"lake{n}", 0, "lake") for n in range(9)),
            ],
        )
        assert contents_of(store.matching(SPACE, "red boat", 10, ANY)) == ["both", "one"]

    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("Holidays at the lake", "LAKE"),
            ("IMG_2024-05-01.jpg", "2024"),
            ("Café Müller", "cafe muller"),
            ("cafe", "CAFÉ"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("in kochendes Salz-\nwasser", "Salzwasser"),
            ("L’Œuvre", "oeuvre"),
            ("oeuvre", "Œuvre"),
            ("z łososiem", "lososiem"),
            ("IŞIK", "ışık"),
            ("Rødgrød", "rodgrod"),
            ("good co\u00adoperation", "cooperation"),
            ("cooperation", "co\u00adoperation"),
            ("\ufefffi\u200bnish", "finish"),
            ("Закат над морем", "морем"),
            ("北京的天安门广场很大", "天安门"),
            ("北京的天安门广场很大", "京"),
            ("東京タワーの夜景", "夜景"),
            ("수도는 서울입니다", "서울"),
            ("ไปเที่ยวทะเล", "ทะเล"),
            ("السَّلَامُ عليكم", "السلام"),
            ("हिन्दी में", "हिन्दी"),
            ("party 🎉", "🎉"),
            ("a I", "I"),
            ("the end", "the"),
            ("x" * 5000, "x" * 5000),
        ],
    )
    def test_words_of_any_language_are_found(self, store: Store, text: str, question: str) -> None:
        store.put(SPACE, [row("wanted", 0, text), row("other", 0, "unrelated")])
        assert contents_of(store.matching(SPACE, question, 10, ANY)) == ["wanted"]

    @pytest.mark.parametrize(
        "question",
        [
            *(
                "",
                " ",
                "!!!",
                "*",
                '"',
                '"unclosed',
                "(",
                "AND",
                "NOT",
                "a AND OR",
                "foo:bar",
                "^~",
            ),
            *(
                "'; DROP TABLE x; --",
                "\\",
                "\x00",
                "\n",
                "[",
                "{}",
                "\udcff",
                "_",
                "%",
                "a" * 10_000,
            ),
            "word " * 3_000,
        ],
    )
    def test_no_question_is_an_error(self, store: Store, question: str) -> None:
        store.put(SPACE, [row("a", 0, "some text")])
        assert isinstance(store.matching(SPACE, question, 10, ANY), list)

    @pytest.mark.parametrize(
        ("phrase", "found"),
        [
            ("annual report", ["a", "d"]),
            ("ANNUAL  Report", ["a", "d"]),
            ("report", ["a", "b", "d"]),
            ("annual rep", []),
            ("cafe creme", ["c"]),
            ("it's", ["c"]),
            ("東京タワー", ["e"]),
            ("京タ", ["e"]),
            ("l'oeuvre de noel", ["i"]),
            ("L’ŒUVRE de Noël", ["i"]),
            ("oeuvre", ["i", "j"]),
            ("œuvre", ["i", "j"]),
            ("une œuvre", ["j"]),
            ("boiling saltwater", ["k"]),
            ("a well-known", ["k"]),
            ("well known", []),
            ("good cooperation", ["h"]),
            ("co\u00adoperation", ["h"]),
            ("\u200fgood\u200e", ["h"]),
            ("annual report annual report", []),
            ("…", []),
            ("", []),
        ],
    )
    def test_a_phrase_stands_in_the_words_as_it_is(
        self, store: Store, phrase: str, found: list[str]
    ) -> None:
        store.put(
            SPACE,
            [
                row("a", words="The annual\nreport, 2024"),
                row("b", words="A report that is annual"),
                row("c", words="It’s Café Crème"),
                row("d", words="Annual report!", modality=Modality.TEXT),
                row("e", words="夜の東京タワーを見る"),
                row("f", words="annual reports"),
                row("h", words="Good co\u00adoper\u00adation"),
                row("i", words="L’œuvre de Noël"),
                row("j", words="une oeuvre"),
                row("k", words="boiling salt-\n  water, a well-\r\nknown 12-\n14"),
            ],
        )
        assert sorted(contents_of(store.holding(SPACE, phrase, ANY))) == found
        only = RowFilter(modalities=frozenset([Modality.TEXT]))
        inside = [content for content in found if content == "d"]
        assert contents_of(store.holding(SPACE, phrase, only)) == inside
        many = frozenset(["d", *(f"other {n}" for n in range(5000))])
        assert contents_of(store.holding(SPACE, phrase, RowFilter(contents=many))) == inside
        store.put(SPACE, [row("g", words="late annual report")])
        assert ("g" in contents_of(store.holding(SPACE, "annual report", ANY))) is True
        store.maintain(stopped=True)
        assert len(store.holding(SPACE, "annual report", ANY)) == 3
