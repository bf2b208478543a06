"""What the quality benchmark prints and pins: figures with intervals, and what got worse."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.quality_truth import Question

RESAMPLES = 1000  # of the bootstrap: https://doi.org/10.1201/9780429246593
SLACK = 0.01  # by which a figure may lie below the baseline: a question of a hundred
FIGURES = ("at 1", "at 5", "at 10", "MRR", "IoU", "said")


@dataclass(frozen=True)
class Asked:
    """How one question was answered."""

    question: Question
    rank: int | None  # of the first right file, from 1; None when it is not among those asked for
    took_s: float
    first: str  # the name of the first hit; "" when there was none
    overlap: float | None = None  # of the best moment found with the true one: intersection ÷ union
    strength: str = ""  # of the first hit


Figures = dict[str, float]  # name → value, of those that can be told


def figures(asked: Sequence[Asked]) -> Figures:
    """Of questions that have an answer: recalls, MRR and moment IoU; of others how often none."""
    found: Figures = {}
    real = [one for one in asked if one.question.files]
    absent = [one for one in asked if not one.question.files]
    if real:
        for most in (1, 5, 10):
            found[f"at {most}"] = _mean(one.rank is not None and one.rank <= most for one in real)
        found["MRR"] = _mean(1 / one.rank if one.rank else 0.0 for one in real)
        moments = [one.overlap or 0.0 for one in real if one.question.moment]
        if moments:
            found["IoU"] = _mean(moments)
    if absent:
        found["said"] = _mean(not one.first for one in absent)
    return found


def intervals(asked: Sequence[Asked]) -> dict[str, tuple[float, float]]:
    """95 % of each figure, by asking again and again as many of these questions by chance."""
    chance = np.random.default_rng(0)
    drawn: dict[str, list[float]] = {}
    for _ in range(RESAMPLES):
        some = [asked[at] for at in chance.integers(0, len(asked), len(asked))]
        for name, value in figures(some).items():
            drawn.setdefault(name, []).append(value)
    return {
        name: (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975)))
        for name, values in drawn.items()
    }


def report(asked: Sequence[Asked], deep: int) -> dict[str, Figures]:
    """Prints all; gives the figures by group: each pair, each language, and all."""
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(one.question.pair, []).append(one)
    for one in asked:
        if one.question.files:
            groups.setdefault(f"in {one.question.language}", []).append(one)
    groups["all"] = [one for one in asked if one.question.files]
    print(f"{'':20} {'asked':>5}  " + "  ".join(f"{name:>16}" for name in FIGURES) + "   ms")
    made = {}
    for group, some in groups.items():
        if not some:
            continue
        made[group] = figures(some)
        within = intervals(some)
        cells = []
        for name in FIGURES:
            if name in made[group]:
                low, high = within[name]
                cells.append(f"{made[group][name]:.2f} ({low:.2f}–{high:.2f})")
            else:
                cells.append("")
        median = statistics.median(one.took_s for one in some) * 1000
        print(
            f"{group:20} {len(some):5}  " + "  ".join(f"{c:>16}" for c in cells) + f" {median:4.0f}"
        )
    _strengths(asked)
    for one in asked:
        if one.question.files and (one.rank is None or one.rank > 5):
            place = f"place {one.rank}" if one.rank else f"not in the first {deep}"
            print(f"  missed: {one.question} wants {one.question.files[0]}: {place};", end=" ")
            print(f"first was {one.first or 'nothing'}")
        elif not one.question.files and one.first:
            print(f"  not said of {one.question}: first was {one.first} ({one.strength})")
    return made


def _strengths(asked: Sequence[Asked]) -> None:
    """How often an answer that begins with a strong, good or weak match is right.

    It is when a right file is the first or the second: a photo and a film that shows it take turns.
    Parts of films are not counted here, as other files may show the same.
    """
    for word in ("strong", "good", "weak"):
        some = [one for one in asked if one.strength == word and not one.question.moment]
        if not some:
            continue
        right = [one.rank is not None and one.rank <= 2 for one in some]
        low, high = _of_share(right)
        share = f"{_mean(right):.2f} ({low:.2f}–{high:.2f})"
        print(f"answers that begin with a {word} match: {len(some)}, right {share}")


def _of_share(right: Sequence[bool]) -> tuple[float, float]:
    drawn = np.random.default_rng(0).choice(right, (RESAMPLES, len(right))).mean(axis=1)
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def pin(path: Path, name: str, made: Mapping[str, Figures]) -> None:
    """Makes these figures what later ones are compared with."""
    pinned = json.loads(path.read_text("utf-8")) if path.exists() else {}
    pinned[name] = {
        group: {figure: round(value, 4) for figure, value in values.items()}
        for group, values in made.items()
    }
    path.write_text(json.dumps(pinned, indent=1, ensure_ascii=False) + "\n", "utf-8")


def worse(path: Path, name: str, made: Mapping[str, Figures]) -> list[str]:
    """A line for each pinned figure that is not reached. Raises KeyError when nothing is pinned."""
    pinned: Mapping[str, Figures] = json.loads(path.read_text("utf-8"))[name]
    compared = [
        (group, figure, was, made.get(group, {}).get(figure, 0.0))
        for group, values in pinned.items()
        for figure, was in values.items()
    ]
    return [
        f"{name}, {group}, {figure}: {now:.2f} instead of {was:.2f}"
        for group, figure, was, now in compared
        if now < was - SLACK
    ]


def _mean(values: Iterable[float]) -> float:
    return statistics.fmean(map(float, values))
