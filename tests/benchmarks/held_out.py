"""Where matches end: chosen on some libraries and concepts, judged on others.

    python -m tests.benchmarks.held_out [--keep FOLDER] [--also LIBRARY TRUTH]…

Indexes the sample and both halves of the reference library (reference.py), each half with all that
is about nothing and without ("few"), each library with its file names and with names that say
nothing, and asks everything without an end. In turns one library is left out: the two constants
that say where matches end (Prior.most_ends, and how much it is lowered where the library's rows are
alike) are chosen on those that share no file with it, on four fifths of the questions, and judged
on the last fifth of the one left out, five times. Printed with 95 % intervals, drawn from the
questions: how often absent concepts are said to be, those of absent.json and, but in the made
libraries, of absent_more.json ("far") and absent_unseen.json ("unseen"), and the subjects of the
other half ("near": there is something related to most of them); and the recall among ten that is
lost, by what is asked with.
--keep leaves the index in a folder, or uses the one that is there.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import xxhash

from nova_desktop.here import Here
from nova_desktop.library import evidence, lists
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ranking import Ranked
from nova_desktop.model import Near
from nova_desktop.settings import Settings, resource
from nova_desktop.stores.lance import LanceStore
from tests.benchmarks import quality, reference
from tests.benchmarks.quality_truth import ABSENT, SAMPLE_LABELS, Question, located, read

MORE = Path(__file__).with_name("absent_more.json")  # nor are these in the sample
# ... nor these, which were written when everything was chosen.
UNSEEN = Path(__file__).with_name("absent_unseen.json")
MADE = {"few0": (0, 0), "few1": (1, 0), "ref0": (0, 400), "ref1": (1, 1500)}  # halves, contents
MOST_LOST = (
    0.04  # of recall, where the constants are chosen: another library may lose a little more
)
LEVELS = tuple(np.arange(1.0, 2.5, 0.05))  # of Prior.most_ends
ALIKE = tuple(np.arange(0.0, 1.7, 0.2))  # of Prior.alike
FOLDS = 5
FAR, NEAR, NEW = "absent, far", "absent, near", "absent, unseen"


@dataclass(frozen=True)
class Told:
    """A question that was asked without an end."""

    group: str
    evidence: float  # of the best row
    found: bool  # the right file, among the first ten

    @property
    def absent(self) -> bool:
        return self.group in (FAR, NEAR, NEW)


@dataclass(frozen=True)
class Measured:
    library: str
    named: bool
    rows: int
    learned: float  # the median of what the library's own words find
    told: tuple[Told, ...]
    files: frozenset[str]  # what it holds: the hash of each file

    def ends(self, level: float, alike: float) -> float:
        prior = evidence.Prior(most_ends=level, alike=alike)
        return prior.ends(self.rows, [self.learned] * evidence.QUESTIONS)


def measured(library: Path, truth_file: Path, keep: Path, named: bool, made: bool) -> Measured:
    """`made`: of a half of the reference library, which may hold what MORE names."""
    truth = read(truth_file)
    place = (keep / ("named" if named else "nameless")).resolve()
    copies = quality.copied(library, truth_file, place / "library", named)
    questions = [one for one in truth.questions if not one.with_file and one.asks != "heard"]
    if not made:
        more = [text for file in (MORE, UNSEEN) for text in json.loads(file.read_text("utf-8"))]
        questions += [Question(text, asks="absent") for text in more]
    wanted = {file for one in questions for file in one.files}
    files = {file: copies[path] for file in wanted if (path := located(library, file))}
    opened = Here(place / "data", Settings())
    try:
        opened.add_folder(place / "library")
        opened.rescan()
        if not opened.wait(quality.INDEXING_LIMIT_S):
            sys.exit("Indexing was not done in time.")
        with without_an_end() as noted:
            told = tuple(_told(opened, one, files, noted) for one in questions)
    finally:
        opened.close()
    rows, learned = _learned(place / "data")
    files_there = (file for file in library.rglob("*") if file.is_file())
    held = frozenset(xxhash.xxh3_128_hexdigest(file.read_bytes()) for file in files_there)
    return Measured(library.name, named, rows, learned, told, held)


@contextmanager
def without_an_end() -> Iterator[list[float]]:
    """While it lasts, every row is an answer; gets the evidence of each."""
    noted: list[float] = []
    judged = lists._judged

    def noting(
        rows: Sequence[Near],
        of_row: Callable[[Near], float],
        background: evidence.Background,
    ) -> Ranked:
        ranked = judged(rows, of_row, background)
        noted.extend(one * background.ends for one in ranked.sure)
        return ranked

    with (
        patch.object(lists, "_judged", noting),
        patch.object(lists, "LEAST_SHARE", -np.inf),
        patch.object(lists, "CLEAR", np.inf),
        patch.object(Ranked, "best", 9.0),
    ):
        yield noted


def _told(library: Here, one: Question, files: dict[str, Path], noted: list[float]) -> Told:
    noted.clear()
    rank = quality.ask(library, one, files).rank
    return Told(_group(one), max(noted, default=0.0), rank is not None and rank <= 10)


def _group(one: Question) -> str:
    if one.files:
        return f"{one.asks} → {one.pair.rpartition(' ')[2]}" if one.asks == "text" else one.asks
    if one.text in json.loads(UNSEEN.read_text("utf-8")):
        return NEW
    return FAR if one.text in _far() else NEAR


def _far() -> set[str]:
    entries = [*json.loads(ABSENT.read_text("utf-8")), *json.loads(MORE.read_text("utf-8"))]
    return {entry if isinstance(entry, str) else entry["text"] for entry in entries}


def _learned(data: Path) -> tuple[int, float]:
    """Rows of the basic engine's space, and the median alone that is learned of them."""
    from nova_desktop.engines.basic import BasicEngine

    catalog, store = Catalog(data / "catalog.sqlite"), LanceStore(data / "vectors")
    try:
        rows = store.count(BasicEngine().space)
        sample = Backgrounds(catalog, store)._sample(BasicEngine())
        with patch.object(evidence.Prior, "ends", lambda *given: float(np.median(given[-1]))):
            return rows, evidence.learn(rows, sample, by_words=True).ends
    finally:
        store.close()
        catalog.close()


def chosen(on: Sequence[Measured], without: int) -> tuple[float, float]:
    """The constants that say of most absent concepts that they are, and lose little there."""

    def figures(level: float, alike: float) -> tuple[float, float]:
        said, lost = [], []
        for one in on:
            ends = one.ends(level, alike)
            told = [t for at, t in enumerate(one.told) if at % FOLDS != without]
            said.append(np.mean([t.evidence < ends for t in told if t.group == FAR]))
            lost.append(np.mean([t.found and t.evidence < ends for t in told if not t.absent]))
        return float(np.mean(said)), float(np.mean(lost))

    tried = {both: figures(*both) for both in itertools.product(LEVELS, ALIKE)}
    allowed = {both: said for both, (said, lost) in tried.items() if lost <= MOST_LOST}
    return max(allowed, key=lambda both: allowed[both])


def report(every: Sequence[Measured]) -> None:
    for name in dict.fromkeys(one.library for one in every):
        for named in (True, False):
            held = [one for one in every if one.library == name and one.named == named]
            others = [one for one in every if not _shared(one, held[0])]
            for kind, constants in (
                ("held out", [chosen(others, fold) for fold in range(FOLDS)]),
                ("as it is", [_present()] * FOLDS),
            ):
                ends = [
                    (one, fold, one.ends(*constants[fold])) for one in held for fold in range(FOLDS)
                ]
                spread = " ".join(f"{end:.2f}" for end in sorted({end for _, _, end in ends}))
                names = "file names" if named else "names that say nothing"
                print(f"\n{name} with {names}, {kind}: ends at {spread}")
                judged = [(t, e) for one, fold, e in ends for t in one.told[fold::FOLDS]]
                for group in sorted({t.group for t, _ in judged}):
                    _line(group, [pair for pair in judged if pair[0].group == group])
                _line("all that is there", [pair for pair in judged if not pair[0].absent])


def _shared(one: Measured, other: Measured) -> bool:
    """Whether two libraries have a file in common, or are made of one half."""
    if one.library in MADE and other.library in MADE:
        return MADE[one.library][0] == MADE[other.library][0]
    return not one.files.isdisjoint(other.files)


def _present() -> tuple[float, float]:
    prior = evidence.Prior()
    return prior.most_ends, prior.alike


def _line(group: str, judged: Sequence[tuple[Told, float]]) -> None:
    if judged[0][0].absent:
        print(f"  {group:20} {len(judged):4}  said {_share([t.evidence < e for t, e in judged])}")
        return
    without = [t.found for t, _ in judged]
    lost = [t.found and t.evidence < e for t, e in judged]
    print(f"  {group:20} {len(judged):4}  recall {_share(without)}  lost {_share(lost)}")


def _share(values: Sequence[bool]) -> str:
    drawn = np.random.default_rng(0).choice(values, (1000, len(values))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f"{np.mean(values):.2f} ({low:.2f}–{high:.2f})"


def main(typed: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--also", type=Path, nargs=2, action="append", default=[])
    arguments = parser.parse_args(typed)
    with tempfile.TemporaryDirectory() as passing:
        keep = arguments.keep or Path(passing)
        libraries = [(resource("sample"), SAMPLE_LABELS), *arguments.also]
        for name, (half, contents) in MADE.items():
            folder = keep / name
            if not folder.exists():
                reference.make(folder, half, contents)
            libraries.append((folder, folder / "truth.json"))
        report(
            [
                measured(
                    library.absolute(),
                    truth.absolute(),
                    keep / f"s-{library.name}",
                    named,
                    made=library.parent == keep,
                )
                for library, truth in libraries
                for named in (True, False)
            ]
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
