"""Answers of spaces whose scores have nothing in common, in one order."""

from __future__ import annotations

import numpy as np
import pytest

from nova_desktop.library.evidence import Background, learn
from nova_desktop.library.ranking import Ranked, fuse
from nova_desktop.model import Modality, Near, Row, Source

DIM = 64
QUESTION = np.eye(DIM, dtype=np.float32)[0]


class Made:
    """A space: scores that say nothing lie round `chance`, and a unit of evidence is `wide`."""

    def __init__(self, chance: float, wide: float, seed: int) -> None:
        self.chance, self.wide = chance, wide
        self.random = np.random.default_rng(seed)
        rows = [
            Row(f"{n}", 0, Modality.IMAGE, None, Source.PICTURE, "", 0.0, self.vector(0.0))
            for n in range(200)
        ]
        self.background: Background = learn(200, rows, by_words=False)

    def vector(self, surely: float) -> np.ndarray:
        score = self.chance + self.wide * (surely + self.random.normal())
        rest = self.random.normal(size=DIM - 1)
        rest *= np.sqrt(1 - score**2) / np.linalg.norm(rest)
        return np.array([score, *rest], np.float32)

    def answers(self, surely: dict[str, float]) -> Ranked:
        """The list of these contents; `surely`: how many deviations above chance."""
        scores = {name: self.chance + self.wide * z for name, z in surely.items()}
        rows = [
            Near(name, 0, Modality.IMAGE, None, Source.PICTURE, "", 0.0, score)
            for name, score in sorted(scores.items(), key=lambda one: -one[1])
        ]
        judge = self.background.judge("", QUESTION)
        sure = tuple(judge.evidence(row) / self.background.ends for row in rows)
        return Ranked(rows, sure=sure)


@pytest.fixture(scope="module")
def narrow() -> Made:
    return Made(0.02, 0.02, 1)  # as SigLIP has them


@pytest.fixture(scope="module")
def wide() -> Made:
    return Made(0.55, 0.08, 2)


def order(*lists: Ranked) -> list[str]:
    return [one.content for one in fuse(lists)]


def test_the_same_truth_has_the_same_evidence_on_any_scale(narrow, wide):
    truth = {"a": 6.0, "b": 4.5, "c": 3.2}
    assert narrow.answers(truth).sure == pytest.approx(wide.answers(truth).sure, rel=0.2)
    assert order(narrow.answers(truth), wide.answers(truth)) == ["a", "b", "c"]


@pytest.mark.parametrize("swapped", [False, True])
def test_the_order_follows_evidence_and_not_the_scale_of_scores(narrow, wide, swapped):
    one, other = (wide, narrow) if swapped else (narrow, wide)
    found = order(one.answers({"first": 7.0, "third": 4.0}), other.answers({"second": 5.5}))
    assert found == ["first", "second", "third"]


@pytest.mark.parametrize("swapped", [False, True])
def test_what_one_space_is_sure_of_is_not_buried_by_what_both_half_believe(narrow, wide, swapped):
    one, other = (wide, narrow) if swapped else (narrow, wide)
    weak = {f"weak {n}": 2.0 - n / 50 for n in range(20)}
    found = order(one.answers({"strong": 7.0, **weak}), other.answers(weak))
    assert found[0] == "strong"
    assert len(found) == 21
