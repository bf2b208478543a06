"""What every Engine promises: subclass it and supply `engine`, `pieces` and `refused`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from nova_desktop.errors import BadInput
from nova_desktop.model import Piece, Purpose
from nova_desktop.ports import Engine

CLOSE = 1e-4  # one pass over several pieces sums in another order than one over each


class EngineContract:
    """Fixtures: `engine`, `pieces` (three or more, all different), `refused` (one it refuses)."""

    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError

    @pytest.fixture
    def pieces(self) -> Sequence[Piece]:
        raise NotImplementedError

    @pytest.fixture
    def refused(self) -> Piece:
        raise NotImplementedError

    @pytest.mark.parametrize("purpose", Purpose)
    def test_each_piece_becomes_a_vector_of_unit_length(self, engine, pieces, purpose):
        vectors = engine.embed(pieces, purpose)
        assert vectors.shape == (len(pieces), engine.space.dim)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=CLOSE)

    def test_a_vector_is_the_same_in_any_company_and_order(self, engine, pieces):
        together = engine.embed(pieces, Purpose.INDEX)
        alone = [engine.embed([piece], Purpose.INDEX)[0] for piece in reversed(pieces)]
        assert np.allclose(together[::-1], alone, atol=CLOSE)

    def test_different_pieces_have_different_vectors(self, engine, pieces):
        vectors = engine.embed(pieces, Purpose.INDEX)
        likeness = vectors @ vectors.T - np.eye(len(pieces))
        assert likeness.max() < 1 - CLOSE

    def test_nothing_becomes_nothing(self, engine):
        assert engine.embed([], Purpose.INDEX).shape == (0, engine.space.dim)

    def test_a_whole_batch_is_taken_at_once(self, engine, pieces):
        batch = [pieces[i % len(pieces)] for i in range(engine.limits.batch)]
        assert len(engine.embed(batch, Purpose.INDEX)) == engine.limits.batch

    def test_threads_do_not_disturb_each_other(self, engine, pieces):
        expected = engine.embed(pieces, Purpose.QUERY)
        with ThreadPoolExecutor(4) as pool:
            calls = [pool.submit(engine.embed, pieces, Purpose.QUERY) for _ in range(8)]
            assert all(np.allclose(call.result(), expected, atol=CLOSE) for call in calls)

    def test_a_refused_piece_is_bad_input_also_among_good_ones(self, engine, pieces, refused):
        for batch in ([refused], [*pieces, refused]):
            with pytest.raises(BadInput, match=r"\."):
                engine.embed(batch, Purpose.INDEX)

    def test_the_space_has_a_name_fit_for_a_file_and_keeps_it(self, engine, pieces):
        before = engine.space
        engine.embed(pieces, Purpose.INDEX)
        assert engine.space == before
        assert re.fullmatch(r"[A-Za-z0-9._-]+", before.name)

    def test_it_says_what_it_is_and_what_it_takes(self, engine):
        assert engine.note.endswith(".")
        assert engine.limits.mimes
        assert engine.limits.batch >= 1
