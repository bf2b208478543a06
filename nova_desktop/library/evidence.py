"""How surely a row answers a question, and where matches end in this library. Pure.

A cosine similarity means nothing by itself: a question of one word lies near many things, a long
one near none, and each engine has a scale of its own. So a score is read against what the same
question gets for rows that were taken from all over the library (`Background`), of which next to
none answer it:

    evidence = (score - mean) / (deviation + spread) + 3 × coverage

`mean` and `deviation` are those of the question's scores in the background, apart for what is seen
or heard and for what is written. `spread`, the median deviation of the library's own words, keeps
a question that all rows are equally far from from finding what is only a little nearer.
`coverage` is the share of the question's terms that stand in the row, a term counting by how rare
it is here and, up to five letters, by its length, as the words that say least are short in most
languages; the beginning of a term (“galaxy” for “galaxies”) counts four fifths.

Where matches end is learned without labels: rows of the library itself are asked as if they were
questions, and what is found for them in other contents is, half of the time, no answer. So the
median of their best evidence moves by a fifth what was measured on other libraries (`Prior`), and
by less in a small library. If no row of a question reaches that, there are no close matches.

Where pictures have vectors of their own, evidence 1 is the median of the most that chance gives
among so many rows: scores of a normal distribution whose mean and deviation are told by the nine
tenths of the background that lie lowest. How much more an answer has differs between such spaces,
and is a share of what pictures find in other contents where they find least.

Measured with the basic engine by tests/benchmarks/held_out.py, each library with its file names and
with names that say nothing: how often it is said of absent concepts that there are no close
matches, and how much recall among ten that costs. `held out`: with the level, and the part of what
is learned, chosen on other libraries and other questions so that these lose 4.5 points at most.

                          as it is                      held out
                          said         lost             said         lost
    sample                0.82, 0.80   0.04, 0.00       0.76, 0.70   0.04, 0.00
    62 photos, sounds …   0.80, 0.80   0.00, 0.04       0.76, 0.76   0.00, 0.07
    made, half 0          0.46, 0.46   0.05, 0.07       0.56, 0.54   0.15, 0.14
    made, half 1          0.30, 0.30   0.04, 0.04       0.28, 0.32   0.08, 0.10

95 % of the first two lie within 0.14 of what is said and 0.07 of what is lost, of the others within
0.16 and 0.06. The made libraries (reference.py) are hard on purpose: questions in other words or in
another language than the file, among hundreds of papers that are much alike. There 8 of 10 absent
concepts would only be told at the cost of 20 points of recall, whatever the formula: scores apart
for labels and sentences, less of what is near to everything, and directions that all rows share
taken out were tried, and moved no library by more than its interval. So recall is spared there.
It was not before: 17 to 26 points were lost in them.

In made-up spaces with the modality gap of CLIP (tests/benchmarks/joint_spaces.py), held out, it is
said of 0.60 (0.49–0.71), at the cost of 9 points of recall; before it was of 0.03. At 100,000 rows
a question costs 1.02 times as much as without (tests/benchmarks/endings_cost.py), and learning
takes 0.4 s.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from nova_desktop.folding import NO_SPACES, fold
from nova_desktop.model import Near, Row, Source, Vectors

COVERAGE = 3.0  # evidence of a row that holds every term
BEGINNING = 0.8  # of a term counts this much
SHORT = 5  # letters from which a term counts in full
QUESTIONS = 96  # of the library's own words, asked to learn where matches end
IDENTICAL = 0.98  # cosine similarity from which a row says the same as the question
SEEN = frozenset((Source.PICTURE, Source.SOUND))
LEAST_ROWS = 32  # of a background that is believed without a prior
# Where pictures have vectors of their own: see tests/benchmarks/joint_spaces.py.
# Evidence 1 is there the most that chance gives among so many rows. How much more an answer has
# depends on the space: that is a share of what a row finds in other contents, where it finds least.
JOINT_SHARE, JOINT_QUANTILE = 0.85, 0.25
JOINT_ENDS = 1.1  # before it is learned
LEAST_JOINT_ENDS, MOST_JOINT_ENDS = 1.05, 1.4  # pictures in bursts find each other
JOINT_COVERAGE = 2.0
ANSWERS = 0.1  # at most, of a background: what lies highest is not what chance gives
LOWERED, NARROWED = 0.2, 0.84  # mean and deviation of what is left of a normal distribution

_TERM = re.compile(rf"[{NO_SPACES}]+|[^\W_{NO_SPACES}]+")
_JOINED = re.compile(f"[{NO_SPACES}]")


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed of a space while its library is small, measured on other libraries."""

    mean: float = 0.05
    deviation: float = 0.1
    spread: float = 0.13
    # What says of 8 of 10 absent concepts that they are is 1.2 below 60 rows, 1.5 in libraries of
    # 250 and of 2,200 rows that are on many subjects, and 2.2 in those of papers that are much
    # alike: there the next value says of fewer of them, and loses less.
    few_ends: float = 1.2
    few: int = 32  # rows
    grows: float = 0.23  # with the logarithm of the rows
    most_ends: float = 1.72
    weight: int = 16  # rows that the scale counts for
    # Questions that this counts for: the medians that are learned scatter by a third of it.
    ends_weight: int = 400

    def ends(self, rows: int) -> float:
        """The least evidence of the best row, in a space of so many rows."""
        more = self.grows * math.log(max(rows, self.few) / self.few)
        return min(self.most_ends, self.few_ends + more)


@dataclass(frozen=True, slots=True)
class Background:
    """Rows from all over one space, and where matches end in it."""

    rows: int  # that the space had when this was learned
    vectors: Vectors  # shape (n, dim)
    seen: NDArray[np.bool_]  # shape (n,): whether the row is of what is seen or heard
    terms: Mapping[str, int]  # in how many of the n rows a term stands
    spread: float | None  # None: not all vectors of the space are of words
    ends: float  # the least evidence of the best row of a question that has an answer

    def judge(self, text: str, vector: NDArray[np.float32] | None = None) -> Judge:
        """`text` "" for a question by a file; without `vector` only the words count."""
        return Judge(self, _weights(text, self), None if vector is None else self._scales(vector))

    def _scales(self, vector: NDArray[np.float32]) -> tuple[Scale | None, Scale | None]:
        scores = self.vectors @ vector if len(self.vectors) else np.empty(0, np.float32)
        return self._scaled(scores[~self.seen]), self._scaled(scores[self.seen])

    def _scaled(self, scores: NDArray[np.float32]) -> Scale | None:
        if self.spread is not None:
            return _assumed(scores, Prior(), self.spread)
        if len(scores) < LEAST_ROWS:
            return None
        low = np.sort(scores)[: math.ceil((1 - ANSWERS) * len(scores))]
        deviation = max(1e-6, float(low.std()) / NARROWED)
        rows = max(len(scores), self.rows * len(scores) / len(self.vectors))
        most = NormalDist().inv_cdf(1 - math.log(2) / rows)  # the median of their maximum
        return Scale(float(low.mean()) + LOWERED * deviation, most * deviation)


@dataclass(frozen=True, slots=True)
class Scale:
    """What a score is read by."""

    mean: float
    unit: float

    def read(self, score: float) -> float:
        return (score - self.mean) / self.unit


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads the scores of one question."""

    background: Background
    weights: Mapping[str, float]  # of the question's terms; they add up to 1
    # Of what is written, of what is seen or heard; None: nothing is known of these rows.
    scales: tuple[Scale | None, Scale | None] | None

    def evidence(self, row: Near) -> float:
        """Of a row with its cosine similarity; of one that was found by words, of these alone."""
        if self.scales is None:
            return self.evidence_of(row.words)
        scale = self.scales[row.source in SEEN]
        near = scale.read(row.score) if scale else self.background.ends
        return near + self.evidence_of(row.words)

    def evidence_of(self, words: str) -> float:
        """Of words alone, such as a file's name."""
        most = JOINT_COVERAGE if self.background.spread is None else COVERAGE
        return most * self.coverage(words)

    def coverage(self, words: str) -> float:
        """The weight of the terms that `words` hold, 0 to 1."""
        return _covered(self.weights, spaced(words)) if self.weights else 0.0


def learn(rows: int, sample: Sequence[Row], by_words: bool) -> Background:
    """From some rows of a space that has so many; `by_words`: all its vectors are of words.

    `sample`: rows of many contents, none of which has more than a few.
    """
    sample = list({(row.words or row.content, row.source): row for row in sample}.values())
    vectors = np.stack([row.vector for row in sample]) if sample else np.empty((0, 1), np.float32)
    seen = np.array([row.source in SEEN for row in sample], np.bool_)
    terms = Counter(term for row in sample for term in set(terms_of(row.words)))
    scores = vectors @ vectors.T
    contents = np.array([row.content for row in sample])
    other = (contents[:, None] != contents[None, :]) & (scores < IDENTICAL)
    prior = Prior()
    kept = {term: count for term, count in terms.items() if count > 1}
    if not by_words:
        ends = _joint_ends(Background(len(sample), vectors, seen, kept, None, 0.0), scores, other)
        return Background(rows, vectors, seen, kept, None, ends)
    prior = Prior()
    deviations = [float(of[use].std()) for of, use in zip(scores, other, strict=True) if use.any()]
    spread = _blended(deviations, prior.spread, prior.weight)
    made = Background(rows, vectors, seen, kept, spread, 0.0)
    tops = []
    step = max(1, len(sample) // QUESTIONS)
    for at in range(0, len(sample), step):
        if other[at].any():
            # By their vectors alone: letters and forms share most of their terms.
            near = made.judge("", vectors[at])
            found = zip(sample, scores[at], other[at], strict=True)
            tops.append(max(near.evidence(_near(row, float(s))) for row, s, use in found if use))
    ends = _blended(tops, prior.ends(rows), prior.ends_weight)
    return Background(rows, vectors, seen, kept, spread, ends)


def _joint_ends(sample: Background, scores: NDArray[np.float32], other: NDArray[np.bool_]) -> float:
    """Of a space where pictures have vectors of their own."""
    tops = []
    for of, use in zip(scores[sample.seen], other[sample.seen], strict=True):
        others = of[use & sample.seen]
        if scale := sample._scaled(others):
            tops.append(scale.read(float(others.max())))
    if len(tops) < LEAST_ROWS:
        return JOINT_ENDS
    least = JOINT_SHARE * float(np.quantile(tops, JOINT_QUANTILE))
    return min(MOST_JOINT_ENDS, max(LEAST_JOINT_ENDS, least))


def unknown(by_words: bool) -> Background:
    """What is assumed before anything is learned."""
    return learn(0, (), by_words)


def terms_of(text: str) -> list[str]:
    """The terms that coverage counts, in order, each once; pairs of scripts without spaces."""
    found: dict[str, None] = {}
    for term in _TERM.findall(fold(text)):
        if _JOINED.match(term) and len(term) > 1:
            found.update(dict.fromkeys(term[at : at + 2] for at in range(len(term) - 1)))
        else:
            found[term] = None
    return list(found)


@lru_cache(4096)  # the same rows come up for question after question
def spaced(text: str) -> str:
    """Folded, with one space around each word, so that a word is found as a part of it."""
    return f" {' '.join(_TERM.findall(fold(text)))} "


def _weights(text: str, background: Background) -> dict[str, float]:
    count = len(background.vectors)
    weights = {
        term: math.log1p((count + 1) / (background.terms.get(term, 0) + 1)) * _length(term)
        for term in terms_of(text)
    }
    whole = sum(weights.values())
    return {term: weight / whole for term, weight in weights.items()}


def _length(term: str) -> float:
    return 1.0 if _JOINED.match(term) else min(1.0, len(term) / SHORT)


def _covered(weights: Mapping[str, float], text: str) -> float:
    covered = 0.0
    for term, weight in weights.items():
        if f" {term} " in text or (_JOINED.match(term) and term in text):
            covered += weight
        elif len(term) >= SHORT and f" {term[: max(4, len(term) - 2 - (len(term) > 7))]}" in text:
            covered += weight * BEGINNING
    return covered


def _assumed(scores: NDArray[np.float32], prior: Prior, spread: float) -> Scale:
    """The scale of some scores, and of the prior for as long as they are few."""
    count = len(scores)
    share = count / (count + prior.weight)
    mean = float(scores.mean()) if count else 0.0
    deviation = float(scores.std()) if count else 0.0
    return Scale(
        share * mean + (1 - share) * prior.mean,
        share * deviation + (1 - share) * prior.deviation + spread,
    )


def _blended(values: Sequence[float], prior: float, weight: int) -> float:
    """The median, and the prior for as long as the values are few."""
    share = len(values) / (len(values) + weight)
    return share * float(np.median(values)) + (1 - share) * prior if values else prior


def _near(row: Row, score: float) -> Near:
    return Near(
        row.content, row.number, row.modality, row.span, row.source, row.words, row.taken_s, score
    )
