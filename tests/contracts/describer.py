"""What every Describer promises: subclass it and supply its fixtures."""

from __future__ import annotations

import pickle
import socket

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Piece, Span, Unit
from nova_desktop.ports import Describer

SPAN = Span(Unit.SECONDS, 600.0, 615.0)


def in_span(found: Span | None, piece: Span | None) -> bool:
    """Whether `found` is the piece's own span, or a narrower part of it."""
    if found is None or piece is None:
        return found is piece
    return found.unit is piece.unit and piece.start <= found.start <= found.stop <= piece.stop


class DescriberContract:
    """Fixtures: `describer`, `telling` (a piece with something to say, of SPAN), `silent` (one
    with nothing), `damaged` (one of a right mime that can't be decoded).
    """

    @pytest.fixture
    def describer(self) -> Describer:
        raise NotImplementedError

    @pytest.fixture
    def telling(self) -> Piece:
        raise NotImplementedError

    @pytest.fixture
    def silent(self) -> Piece:
        raise NotImplementedError

    @pytest.fixture
    def damaged(self) -> Piece:
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def offline(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise AssertionError("a describer asked the network")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)

    def test_words_have_a_text_a_source_and_a_span_within_their_piece(self, describer, telling):
        words = describer.describe([telling])
        assert words
        for one in words:
            assert one.source is describer.source
            assert one.text == one.text.strip() != ""
            assert in_span(one.span, telling.span)

    def test_words_stand_in_the_order_of_their_pieces(self, describer, telling, silent):
        moved = Piece(
            telling.modality, telling.mime, telling.data, Span(Unit.SECONDS, 700.0, 715.0)
        )
        words = describer.describe([telling, silent, moved])
        starts = [one.span.start for one in words]
        assert starts == sorted(starts)
        assert [one.text for one in words] == [
            one.text for piece in (telling, moved) for one in describer.describe([piece])
        ]

    def test_a_piece_without_a_span_gives_words_about_the_whole(self, describer, telling):
        whole = Piece(telling.modality, telling.mime, telling.data)
        told = [one.text for one in describer.describe([telling])]
        assert [one.text for one in describer.describe([whole])] == told

    def test_nothing_to_say_is_no_words(self, describer, silent):
        assert describer.describe([silent]) == ()
        assert describer.describe([]) == ()

    def test_a_damaged_piece_is_bad_input_with_a_remedy(self, describer, damaged):
        with pytest.raises(BadInput, match=r"\.$"):
            describer.describe([damaged])

    def test_a_piece_of_another_kind_is_bad_input(self, describer):
        with pytest.raises(BadInput, match=r"\.$"):
            describer.describe([Piece(Modality.TEXT, "text/plain", b"words")])

    def test_it_travels_to_another_process(self, describer, telling):
        describer.describe([telling])
        twin = pickle.loads(pickle.dumps(describer))  # noqa: S301 – made a line above
        assert twin.describe([telling]) == describer.describe([telling])

    def test_it_prints_nothing(self, describer, telling, silent, capfd):
        describer.describe([telling, silent])
        assert capfd.readouterr() == ("", "")

    def test_it_says_what_it_takes_and_that_all_is_there(self, describer):
        assert describer.limits.mimes
        assert describer.missing() == ""
        assert describer.name
