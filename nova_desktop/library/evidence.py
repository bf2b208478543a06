"""How surely a row answers a question, and where matches end in this library. Pure.

A cosine similarity means nothing by itself: a question of one word lies near many things, a long
one near none, and each engine has a scale of its own. So a score is read against what the same
question gets for rows that were taken from all over the library (`Background`), of which next to
none answer it:

    evidence = (score - mean) / (deviation + spread) + 3 × coverage

`mean` and `deviation` are those of the question's scores in the background, apart for what is seen
or heard and for what is written; where all vectors are of words, apart for labels and for passages,
as a short question lies nearer to whatever is short. `spread`, the median deviation of the
library's own words, keeps a question that all rows are equally far from from finding what is only a
little nearer. `coverage` is the share of the question's terms that stand in the row, to the power
of 3 (half of "football stadium" is another thing, and a long document holds half of any question,
such as the "package pool" of "swimming pool"), a term counting by how rare it is here and, up
to five letters, by its length, as the words that say least are short in most languages; the
beginning of a term (“galaxy” for “galaxies”) counts four fifths. Other words for what is recognised
count as it (“rot” for “red”), and a word for a kind of file (“picture”) stands in all of that kind.

Where matches end is the same in most libraries (`Prior`): 1.0 among a handful of rows, 1.4 among
32 and 1.6 in a large one, as chance has the best of many be better than the best of few.
It is lowered by what is learned without labels: rows of the library itself are asked as if
they were questions. The more surely they find others, the more alike are its papers, and the
less do answers stand out from the rest. Where they find little, so does what is not there: from
0.05 less to 0.4 more in 8 of 10 cases, by the 26 libraries below and parts of them. If no row of a
question reaches that, there are no close matches.

Where pictures have vectors of their own, evidence 1 is the median of the most that chance gives
among so many rows: scores of a normal distribution whose mean and deviation are told by the nine
tenths of the background that lie lowest. How much more an answer has differs between such spaces,
and is a share of what pictures find in other contents where they find least.

A question of articles and prepositions alone has nothing to be read by, and finds nothing; one of
signs alone, such as an emoji, finds by words where all vectors are of words. A name of several
words that the question holds whole is an answer (Judge.evidence_of_name).

Measured with the basic engine by tests/benchmarks/held_out.py, each library with its file names and
with names that say nothing: how often it is said of absent concepts (248 of the first three, 50 of
the others) that there are no close matches, and how much recall among ten that costs. `unseen`: of
64 concepts that were written when most was chosen (absent_unseen.json). `held out`: with the
level, and how much it is lowered for papers that are alike, chosen on libraries that share no file
with the one that is judged, and on other questions, so that these lose 4 points on average.
`62 files`: 25 of the sample's and the 37 of a library for reference, which is also judged alone.
`few`: a half of the made library without papers about nothing.

               as it is               held out               unseen
  sample       .85, .88   .00, .00    .79, .85   .00, .00    .92, .89
  62 files     .79, .86   .01, .04    .78, .86   .00, .04    .91, .94
  reference    .84, .91   .02, .09    .84, .91   .02, .09    .94, .95
  few, one     .42, .34   .02, .01    .44, .38   .02, .01
  few, other   .52, .46   .05, .02    .62, .46   .08, .04
  made, one    .46, .58   .03, .05    .48, .62   .04, .06
  made, other  .56, .58   .06, .06    .66, .60   .12, .07

Of the 50 concepts of absent.json (tests/benchmarks/quality.py) it is said of .84 and .92 in the
sample, .88 and .92 among the 62 files and .94 and .98 of the reference, of whose 44 questions 4 are
lost where names say nothing. The made libraries are not told so often. Before it was lowered where
rows find each other little, the 37 files lost .07 and .18, held out the 62 files .03 and .07, and
the pictures among these alone .13 and .33, which lose .04 and .21 now. That, HALVES (of 1.5, 2,
2.5 and 3), the end at 1.6, LABEL, and how far questions are moved are chosen on the first three.
The rule for names was made after looking at two questions that the second library lost, and widened
until both were found: without it, that loses 4 points with names. Some of the unseen concepts are
near to what is recognised: "the president giving a speech" to speech, "an owl at night" to a night.

The three questions that the second library loses without its names find their file by luck, among
the first ten of 50: it is known as "bolo tie" (garlic), "loupe" (an eye) and "food" (hot dogs). Its
eight questions for sounds in films are not counted, as this engine does not know which sound it is.

95 % of the first two lie within 0.05 of what is said and 0.07 of what is lost, of the others within
0.14 and 0.05. The made libraries (reference.py) are hard on purpose: questions in other words or in
another language than the file, among hundreds of papers that are much alike. There 8 of 10 absent
concepts would only be told at the cost of 17 to 19 points of recall, so recall is spared.

What helped little: a logistic regression over 25 measures of the best row and its question, held
out by library, says 0.77 instead of 0.75 at 4.5 points. Among them are how far the best row stands
above others, whether labels and passages or several rows of one file agree, how near 6,000 words of
the language or the thousand labels of pictures come to the question, and the length of both. Nor
did it help, tried apart, how near each word of the question is to one in the row, terms by how
frequent they are in the language, or less for words in long passages. That rows of a long document
count for less the more it has, as chance has the best of many be better, tells 3 to 5 points more
in the second library, and would lose an eighth to a fifth of 40 questions for its document of
1,860 rows. An encoder of English beside this one (MiniLM-L6, half of each vector) finds 3 to 4 more
of 100 English answers in the made libraries and says 0.48–0.68 of what is absent instead of
0.52–0.57 at 4.5 points, but loses up to 9 of 100 German answers, and a passage takes 2.5 times as
long.

In made-up spaces with the modality gap of CLIP (tests/benchmarks/joint_spaces.py), held out, it is
said of 0.60 (0.49–0.71), at the cost of 9 points of recall; before it was of 0.03. At 100,000 rows
a question costs 1.02 times as much as without (tests/benchmarks/endings_cost.py), and learning
takes 0.4 s.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from nova_desktop.folding import NO_SPACES, as_typed, fold, has_no_spaces, mended
from nova_desktop.library.other_words import kind_meant, said
from nova_desktop.model import Modality, Near, Row, Source, Vectors

COVERAGE = 3.0  # evidence of a row that holds every term
HALVES = 3.0  # a power: what holds half of the terms says an eighth
BEGINNING = 0.8  # of a term counts this much
KIND = 0.25  # how much a word for a kind of file counts, which "a picture of a cat" may hold
SHORT = 5  # letters from which a term counts in full
QUESTIONS = 96  # of the library's own words, asked to learn where matches end
IDENTICAL = 0.98  # cosine similarity from which a row says the same as the question
# What says nothing of a subject when nothing else is asked: articles and prepositions of the
# languages that most questions are in, but those that are another word in one of them ("die").
FUNCTION_WORDS = frozenset(
    """the a an of in on at to and is are with for from by
    der das ein eine einer eines und von zu mit im am
    le la les une des du et de el los las del uno una y il lo gli di e""".split()  # noqa: SIM905  # a list of words reads as one
)
SIGNS = "\u2190-\u2bff\U0001f000-\U0001faff"  # arrows to emoji, each of which is a term
SEEN = frozenset((Source.PICTURE, Source.SOUND))
# Words: a row of no more is a label, a name or a title. Between 5 and 10 as much is told.
LABEL = 8
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


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed of a space while its library is small, measured on other libraries."""

    mean: tuple[float, float] = (0.01, 0.035)  # of passages, of labels
    deviation: tuple[float, float] = (0.06, 0.09)
    spread: float = 0.13
    few_ends: float = 1.0
    few: int = 4  # rows
    grows: float = 0.19  # with the logarithm of the rows
    least_ends: float = 1.4  # that it is lowered to where papers are alike
    most_ends: float = 1.6
    weight: int = 16  # rows, or questions, that what is assumed counts for
    # What rows find in other contents where libraries are on many subjects, and how much of what
    # they find more is taken off: in papers that are much alike answers stand out less.
    finds: float = 1.3
    alike: float = 0.7
    # 6 of 7 questions without an answer find less than what rows find in other contents and this.
    above: float = 0.35
    least: float = 1.2  # that it is lowered to where rows find little

    def ends(self, rows: int, found: Sequence[float] = ()) -> float:
        """The least evidence of the best row, in a space of so many rows.

        `found`: the best evidence that each of some rows has in other contents.
        """
        more = self.grows * math.log(max(rows, self.few) / self.few)
        most = min(self.most_ends, self.few_ends + more)
        finds = _blended(found, self.finds, self.weight)
        less = self.alike * max(0.0, finds - self.finds)
        among_alike = max(most - less, min(most, self.least_ends))
        return min(among_alike, max(finds + self.above, self.least))


@dataclass(frozen=True, slots=True)
class Background:
    """Rows from all over one space, and where matches end in it."""

    rows: int  # that the space had when this was learned
    vectors: Vectors  # shape (n, dim)
    apart: NDArray[np.bool_]  # shape (n,): whether the row is read by the second of two scales
    terms: Mapping[str, int]  # in how many of the n rows a term stands
    spread: float | None  # None: not all vectors of the space are of words
    ends: float  # the least evidence of the best row of a question that has an answer

    def judge(self, text: str, vector: NDArray[np.float32] | None = None) -> Judge:
        """`text` "" for a question by a file; without `vector` only the words count."""
        if (terms := terms_of(text)) and FUNCTION_WORDS.issuperset(terms):
            return Judge(self, {}, None)  # an encoder has nothing to go by, and any row may be near
        if self.spread is not None and text.strip() and not any(map(str.isalnum, text)):
            vector = None  # an encoder of words knows no signs: "?!", 🎉 and 👍 are the same to it
        return Judge(self, _weights(text, self), None if vector is None else self._scales(vector))

    def _scales(self, vector: NDArray[np.float32]) -> tuple[Scale | None, Scale | None]:
        scores = self.vectors @ vector if len(self.vectors) else np.empty(0, np.float32)
        return self._scaled(scores[~self.apart], 0), self._scaled(scores[self.apart], 1)

    def _scaled(self, scores: NDArray[np.float32], kind: int) -> Scale | None:
        if self.spread is not None:
            return _assumed(scores, Prior(), kind, self.spread)
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
    # The second one is of what is seen or heard; where all vectors are of words, of labels.
    # None: nothing is known of these rows.
    scales: tuple[Scale | None, Scale | None] | None

    def evidence(self, row: Near) -> float:
        """Of a row with its cosine similarity; of one that was found by words, of these alone."""
        if self.scales is None:
            return self.evidence_of(row.words, row.modality)
        scale = self.scales[_is_apart(row, self.background.spread is not None)]
        near = scale.read(row.score) if scale else self.background.ends
        return near + self.evidence_of(row.words, row.modality)

    def evidence_of_name(self, name: str) -> float:
        """Of a file's name, which is also found where the question holds the whole of it."""
        terms = terms_of(name.rpartition(".")[0] or name)  # without its extension
        told = [term for term in terms if len(term) > 2 and term not in FUNCTION_WORDS]
        if len(told) > 1 and self.weights.keys() >= set(terms):
            return COVERAGE
        return self.evidence_of(name)

    def evidence_of(self, words: str, kind: Modality | None = None) -> float:
        """Of words alone, which belong to a file of this kind."""
        most = JOINT_COVERAGE if self.background.spread is None else COVERAGE
        return float(most * self.coverage(words, kind) ** HALVES)

    def coverage(self, words: str, kind: Modality | None = None) -> float:
        """The weight of the terms that `words` hold, or that name the kind of file, 0 to 1."""
        return _covered(self.weights, spaced(words), kind) if self.weights else 0.0


def learn(rows: int, sample: Sequence[Row], by_words: bool) -> Background:
    """From some rows of a space that has so many; `by_words`: all its vectors are of words.

    `sample`: rows of many contents, none of which has more than a few.
    """
    sample = list({(row.words or row.content, row.source): row for row in sample}.values())
    vectors = np.stack([row.vector for row in sample]) if sample else np.empty((0, 1), np.float32)
    apart = np.array([_is_apart(row, by_words) for row in sample], np.bool_)
    terms = Counter(term for row in sample for term in set(terms_of(row.words)))
    scores = vectors @ vectors.T
    contents = np.array([row.content for row in sample])
    other = (contents[:, None] != contents[None, :]) & (scores < IDENTICAL)
    kept = {term: count for term, count in terms.items() if count > 1}
    if not by_words:
        ends = _joint_ends(Background(len(sample), vectors, apart, kept, None, 0.0), scores, other)
        return Background(rows, vectors, apart, kept, None, ends)
    prior = Prior()
    deviations = [float(of[use].std()) for of, use in zip(scores, other, strict=True) if use.any()]
    spread = _blended(deviations, prior.spread, prior.weight)
    made = Background(rows, vectors, apart, kept, spread, 0.0)
    tops = []
    step = max(1, len(sample) // QUESTIONS)
    for at in range(0, len(sample), step):
        if other[at].any():
            # By their vectors alone: letters and forms share most of their terms.
            near = made.judge("", vectors[at])
            found = zip(sample, scores[at], other[at], strict=True)
            tops.append(max(near.evidence(_near(row, float(s))) for row, s, use in found if use))
    return Background(rows, vectors, apart, kept, spread, prior.ends(rows, tops))


def _joint_ends(sample: Background, scores: NDArray[np.float32], other: NDArray[np.bool_]) -> float:
    """Of a space where pictures have vectors of their own."""
    tops = []
    for of, use in zip(scores[sample.apart], other[sample.apart], strict=True):
        others = of[use & sample.apart]
        if scale := sample._scaled(others, 1):
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
    for term in _words(as_typed(fold(text))):
        if has_no_spaces(term[0]) and len(term) > 1:
            found.update(dict.fromkeys(term[at : at + 2] for at in range(len(term) - 1)))
        else:
            found[term] = None
    return list(found)


@lru_cache(4096)  # the same rows come up for question after question
def spaced(text: str) -> str:
    """Folded, with one space around each word, so that a word is found as a part of it."""
    return f" {' '.join(_words(as_typed(fold(f'{text} {mended(text)}'))))} "


def _words(folded: str) -> list[str]:
    return re.findall("[a-z0-9]+", folded) if folded.isascii() else _any_word().findall(folded)


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile(rf"[{NO_SPACES}]+|[^\W_{NO_SPACES}]+|[{SIGNS}]")


def _is_apart(row: Row | Near, by_words: bool) -> bool:
    return len(row.words.split(None, LABEL)) <= LABEL if by_words else row.source in SEEN


def _weights(text: str, background: Background) -> dict[str, float]:
    count = len(background.vectors)
    weights = {
        term: math.log1p((count + 1) / (background.terms.get(term, 0) + 1)) * _length(term)
        for term in terms_of(text)
    }
    if not all(map(kind_meant, weights)):
        weights = {t: KIND * w if kind_meant(t) else w for t, w in weights.items()}
    whole = sum(weights.values())
    return {term: weight / whole for term, weight in weights.items()}


def _length(term: str) -> float:
    return 1.0 if has_no_spaces(term[0]) else min(1.0, len(term) / SHORT)


def _covered(weights: Mapping[str, float], text: str, kind: Modality | None) -> float:
    about = not all(map(kind_meant, weights))  # else "photos" would be all of them
    covered = 0.0
    for term, weight in weights.items():
        if (
            f" {term} " in text
            or (has_no_spaces(term[0]) and term in text)
            or ((told := said(term)) and all(f" {word} " in text for word in told))
            or (about and kind is not None and kind_meant(term) is kind)
        ):
            covered += weight
        elif any(form in text for form in _forms(term)):
            covered += weight * BEGINNING
    return covered


def _forms(term: str) -> Iterator[str]:
    """Other forms of a term, as they stand in a spaced text; English plurals of short ones."""
    if len(term) >= SHORT:
        yield f" {term[: max(4, len(term) - 2 - (len(term) > 7))]}"
    elif len(term) >= SHORT - 2:
        yield f" {term}s "
        if len(term) == SHORT - 1 and term.endswith("s"):
            yield f" {term[:-1]} "


def _assumed(scores: NDArray[np.float32], prior: Prior, kind: int, spread: float) -> Scale:
    """The scale of some scores, and of the prior for as long as they are few."""
    count = len(scores)
    share = count / (count + prior.weight)
    mean = float(scores.mean()) if count else 0.0
    deviation = float(scores.std()) if count else 0.0
    return Scale(
        share * mean + (1 - share) * prior.mean[kind],
        share * deviation + (1 - share) * prior.deviation[kind] + spread,
    )


def _blended(values: Sequence[float], prior: float, weight: int) -> float:
    """The median, and the prior for as long as the values are few."""
    share = len(values) / (len(values) + weight)
    return share * float(np.median(values)) + (1 - share) * prior if values else prior


def _near(row: Row, score: float) -> Near:
    return Near(
        row.content, row.number, row.modality, row.span, row.source, row.words, row.taken_s, score
    )
