"""How often the right file is found by words, for each kind of file, and which are not.

python -m tests.benchmarks.quality [--library FOLDER --labels FILE]

Every question is asked of the whole library. It is indexed twice: as it is, and with names that
say nothing ("0001.jpg"), because a file name may be the best of all descriptions.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.here import Here
from nova_desktop.library.work import name_words
from nova_desktop.model import State
from nova_desktop.query import Query
from nova_desktop.settings import Settings, resource

SAMPLE_LABELS = Path(__file__).with_name("sample_labels.json")
DEEP = 50  # hits asked for
WANTED = 0.70  # of questions with the right file among the first five
WANTED_OF = ("photos", "documents", "notes", "speech")
INDEXING_LIMIT_S = 3600.0


@dataclass(frozen=True)
class Question:
    text: str
    file: str  # as the labels name it
    kind: str  # its folder: photos, speech, ...


@dataclass(frozen=True)
class Asked:
    question: Question
    rank: int | None  # from 1; None when it is not among DEEP hits
    took_s: float
    first: str  # the name of the first hit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, default=resource("sample"))
    parser.add_argument("--labels", type=Path, default=SAMPLE_LABELS)
    arguments = parser.parse_args()
    library: Path = arguments.library.absolute()
    labels: Path = arguments.labels.absolute()
    questions, silent = questions_in(json.loads(labels.read_text("utf-8")))
    paths = {question.file: located(library, question.file) for question in questions}
    lost = [file for file, path in paths.items() if path is None]
    if lost:
        print(f"Not in {library}: {', '.join(lost)}. Give --library the folder of these labels.")
        return 2
    found = {file: path for file, path in paths.items() if path is not None}
    if silent:
        print(
            f"{len(silent)} files have no label, so nothing is asked of them: {', '.join(silent)}"
        )
    short: set[str] = set()
    for named in (True, False):
        with tempfile.TemporaryDirectory() as place:
            copies = copied(library, labels, Path(place) / "library", named)
            wanted = {file: copies[path] for file, path in found.items()}
            asked = answers(Path(place), questions, wanted)
        print(f"\n{'With file names' if named else 'With names that say nothing'}")
        met = report(asked)
        short |= {f"{kind} ({'as named' if named else 'nameless'})" for kind in met}
    if short:
        print(f"\nBelow {WANTED:.0%} among the first five: {', '.join(sorted(short))}")
    return 0


def questions_in(labels: Sequence[Mapping[str, object]]) -> tuple[list[Question], list[str]]:
    """What to ask of each file, and the files that no label says anything of.

    An entry has `queries`, or a `transcript`, or else a `label`; the parts of a film (`segments`)
    are asked for by what is seen in them, and count as a kind of their own.
    """
    known = {e["file"]: e["queries"] for e in json.loads(SAMPLE_LABELS.read_text("utf-8"))}
    questions, silent = [], []
    for entry in labels:
        file = str(entry["file"])
        kind = file.partition("/")[0]
        asked = entry.get("queries") or entry.get("transcript") or entry.get("label")
        asked = asked or known.get(file)  # a file of the sample, in somebody else's list
        segments = entry.get("segments")
        if isinstance(segments, list):
            seen = [str(segment["visual"]) for segment in segments if segment.get("visual")]
            questions += [Question(text, file, f"{kind}: what is seen") for text in seen]
        elif asked:
            texts = asked if isinstance(asked, list) else [asked]
            questions += [Question(str(text), file, kind) for text in texts]
        else:
            silent.append(file)
    return questions, silent


def located(library: Path, file: str) -> Path | None:
    """Where the labels' `file` is: in the library, or in one of its folders."""
    places = [library, *(folder for folder in sorted(library.iterdir()) if folder.is_dir())]
    return next((place / file for place in places if (place / file).is_file()), None)


def copied(library: Path, labels: Path, target: Path, named: bool) -> dict[Path, Path]:
    """Original → copy of every file but the labels, which would answer every question."""
    copies = {}
    originals = sorted(path for path in library.rglob("*") if path.is_file() and path != labels)
    for number, path in enumerate(originals):
        name = path.relative_to(library) if named else Path(f"{number:04d}{path.suffix}")
        copies[path] = target / name
        copies[path].parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copies[path])
        assert named or not name_words(copies[path])
    return copies


def answers(place: Path, questions: Sequence[Question], wanted: Mapping[str, Path]) -> list[Asked]:
    """Indexes `place`/library and asks everything of it."""
    library = Here(place / "data", Settings())
    try:
        began = time.monotonic()
        library.add_folder(place / "library")
        if not library.wait(INDEXING_LIMIT_S):
            sys.exit(f"Indexing was not done in {INDEXING_LIMIT_S:.0f} s.")
        status = library.status()
        counts = ", ".join(f"{n} {state}" for state, n in status.counts.items() if n)
        print(f"\nIndexed in {time.monotonic() - began:.0f} s: {counts}, {status.rows} rows.")
        for failure in library.failures():
            print(f"  failed: {failure.path.name}: {failure.reason}")
        if status.counts.get(State.INDEXED, 0) == 0:
            sys.exit("Nothing was indexed.")
        return [ask(library, question, wanted[question.file]) for question in questions]
    finally:
        library.close()


def ask(library: Here, question: Question, wanted: Path) -> Asked:
    began = time.perf_counter()
    hits = library.find(Query.of(question.text)).hits[:DEEP]
    took_s = time.perf_counter() - began
    ranks = [n for n, hit in enumerate(hits, 1) if wanted in (hit.path, *hit.copies)]
    first = hits[0].path.name if hits else "nothing"
    return Asked(question, ranks[0] if ranks else None, took_s, first)


def report(asked: Sequence[Asked]) -> list[str]:
    """Prints the figures of each kind; the kinds that do not reach what is wanted."""
    print(f"{'kind':24} {'asked':>5} {'at 1':>6} {'at 5':>6} {'at 10':>6} {'MRR':>6}")
    short = []
    kinds = dict.fromkeys(one.question.kind for one in asked)
    for kind in [*kinds, "all"]:
        some = [one for one in asked if kind in ("all", one.question.kind)]
        at = {n: share(some, n) for n in (1, 5, 10)}
        mrr = statistics.mean(1 / one.rank if one.rank else 0.0 for one in some)
        figures = " ".join(f"{at[n]:6.0%}" for n in (1, 5, 10))
        print(f"{kind:24} {len(some):5} {figures} {mrr:6.2f}")
        if kind in WANTED_OF and at[5] < WANTED:
            short.append(kind)
    print(f"median time of a question: {statistics.median(a.took_s for a in asked) * 1000:.0f} ms")
    for one in asked:
        if one.rank is None or one.rank > 5:
            place = f"place {one.rank}" if one.rank else f"not in the first {DEEP}"
            print(f"  missed: {one.question.text!r} wants {one.question.file}: {place};", end=" ")
            print(f"first was {one.first}")
    return short


def share(asked: Sequence[Asked], most: int) -> float:
    """Of the questions that have the right file among the first `most`."""
    return sum(one.rank is not None and one.rank <= most for one in asked) / len(asked)


if __name__ == "__main__":
    sys.exit(main())
