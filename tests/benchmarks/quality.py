"""How well files are found: recall, MRR, moments and latency for each pair of modalities and
language, with intervals; and how often "No close matches" is said of what is not there.

python -m tests.benchmarks.quality [--library FOLDER] [--truth FILE] [--settings FILE]
                                   [--keep FOLDER] [--baseline [FILE]] [--pin [FILE]]

Any folder with a truth file is measured (its format: tests/benchmarks/quality_truth.py); without
--library the sample library. It is copied and indexed twice: as it is, and with names that say
nothing ("0001.jpg"), because a file name may be the best of all descriptions.
sample_short.json beside this one asks the sample library by a word or two, in English and German.
--settings is a settings file of the program, which also chooses the engine; an engine that is paid
for is asked only where --keep is given and its folder was indexed and allowed by hand before
(`nova-desktop --data FOLDER/named/data …`).
--keep leaves the copies and their index in a folder, and uses those that are there.
--pin writes the figures to a file (quality_baseline.json beside this one); --baseline compares
with it. Exit codes: 0 as good as the baseline, 3 worse than the baseline, 2 can't be measured.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import ExpectedError
from nova_desktop.here import Here
from nova_desktop.library.work import name_words
from nova_desktop.model import Span, State, Unit
from nova_desktop.query import Hit, Part, Query
from nova_desktop.settings import Settings, load, resource
from tests.benchmarks.quality_figures import Asked, Figures, pin, report, worse
from tests.benchmarks.quality_truth import SAMPLE_LABELS, Question, Truth, located, read

BASELINE = Path(__file__).with_name("quality_baseline.json")
DEEP = 50  # hits asked for
INDEXING_LIMIT_S = 3600.0
UNMEASURED, WORSE = 2, 3  # exit codes


@dataclass(frozen=True)
class Choices:
    library: Path
    truth: Path
    settings: Settings
    keep: Path | None


def main(typed: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", type=Path, default=resource("sample"))
    parser.add_argument("--truth", "--labels", type=Path, default=SAMPLE_LABELS)
    parser.add_argument("--settings", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--baseline", type=Path, nargs="?", const=BASELINE)
    parser.add_argument("--pin", type=Path, nargs="?", const=BASELINE)
    arguments = parser.parse_args(typed)
    library: Path = arguments.library.absolute()
    try:
        truth = read(arguments.truth)
    except (OSError, ValueError) as e:
        print(f"{arguments.truth} is no truth file: {e}. Its format: quality_truth.py")
        return UNMEASURED
    if not library.is_dir():
        print(f"There is no folder {library}. Give --library the folder of this truth file.")
        return UNMEASURED
    wanted = {file for one in truth.questions for file in (*one.files, one.with_file) if file}
    paths = {file: located(library, file) for file in sorted(wanted)}
    if lost := [file for file, path in paths.items() if path is None]:
        print(f"Not in {library}: {', '.join(lost)}. Give --library the folder of this truth file.")
        return UNMEASURED
    if truth.silent:
        print(f"{len(truth.silent)} files have no label, so nothing is asked of them: ", end="")
        print(", ".join(truth.silent))
    settings = load(arguments.settings) if arguments.settings else Settings()
    choices = Choices(library, arguments.truth.absolute(), settings, arguments.keep)
    missed: list[str] = []
    for named in (True, False):
        made = measured(choices, truth, named)
        # Folders of one name are told apart by how much is asked of them.
        name = f"{library.name} with {len(truth.questions)} questions, {settings.engine}, "
        name += "named" if named else "nameless"
        if arguments.pin:
            pin(arguments.pin, name, made)
        if arguments.baseline:
            try:
                missed += worse(arguments.baseline, name, made)
            except (OSError, KeyError):
                print(f"\n{arguments.baseline} has no figures of “{name}”: make them with --pin.")
                return UNMEASURED
    if missed:
        print(f"\nWorse than the baseline {arguments.baseline} in {len(missed)} figures:")
        print("\n".join(f"  {line}" for line in missed))
        return WORSE
    if arguments.baseline:
        print(f"\nAs good as the baseline {arguments.baseline}.")
    return 0


def measured(choices: Choices, truth: Truth, named: bool) -> dict[str, Figures]:
    """Indexes, asks and prints."""
    with tempfile.TemporaryDirectory() as passing:
        place = ((choices.keep or Path(passing)) / ("named" if named else "nameless")).resolve()
        copies = copied(choices.library, choices.truth, place / "library", named)
        files = {
            file: copies[path]
            for one in truth.questions
            for file in (*one.files, one.with_file)
            if file and (path := located(choices.library, file))
        }
        asked = answers(place, choices.settings, truth.questions, files)
    print(f"\n{'With file names' if named else 'With names that say nothing'}")
    return report(asked, DEEP)


def copied(library: Path, truth: Path, target: Path, named: bool) -> dict[Path, Path]:
    """Original → copy of every file but the truth file, which would answer every question."""
    copies = {}
    originals = sorted(path for path in library.rglob("*") if path.is_file() and path != truth)
    for number, path in enumerate(originals):
        name = path.relative_to(library) if named else Path(f"{number:04d}{path.suffix}")
        copies[path] = target / name
        if not copies[path].exists():
            copies[path].parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copies[path])
        assert named or not name_words(copies[path])
    return copies


def answers(
    place: Path, settings: Settings, questions: Sequence[Question], files: Mapping[str, Path]
) -> list[Asked]:
    """Indexes `place`/library and asks everything of it."""
    library = Here(place / "data", settings)
    try:
        began = time.monotonic()
        library.add_folder(place / "library")
        library.rescan()
        if not library.wait(INDEXING_LIMIT_S):
            sys.exit(f"Indexing was not done in {INDEXING_LIMIT_S:.0f} s.")
        status = library.status()
        counts = ", ".join(f"{n} {state}" for state, n in status.counts.items() if n)
        print(f"\nIndexed in {time.monotonic() - began:.0f} s: {counts}, {status.rows} rows.")
        for failure in library.failures():
            print(f"  failed: {failure.path.name}: {failure.reason}")
        if status.counts.get(State.INDEXED, 0) == 0:
            sys.exit("Nothing was indexed.")
        library.find(Query.of("anything"))  # what is loaded at the first question
        return [ask(library, one, files) for one in questions]
    finally:
        library.close()


def ask(library: Here, question: Question, files: Mapping[str, Path]) -> Asked:
    path = files[question.with_file] if question.with_file else None
    query = Query((Part(text=question.text, path=path),), limit=DEEP)
    began = time.perf_counter()
    try:
        found = library.find(query).hits
    except ExpectedError:  # nothing was recognised in the file that is asked with
        found = ()
    took_s = time.perf_counter() - began
    hits = [hit for hit in found if path is None or path not in (hit.path, *hit.copies)]
    wanted = {files[file] for file in question.files}
    ranks = [n for n, hit in enumerate(hits, 1) if wanted & set(paths_of(hit))]
    overlap = None
    if question.moment and ranks:
        overlap = best_overlap(hits[ranks[0] - 1], question.moment)
    strength = str(hits[0].match or "") if hits else ""
    first = hits[0].path.name if hits else ""
    return Asked(question, ranks[0] if ranks else None, took_s, first, overlap, strength)


def paths_of(hit: Hit) -> list[Path]:
    """Every file that a hit stands for."""
    return [hit.path, *hit.copies, *(path for one in hit.alike for path in paths_of(one))]


def best_overlap(hit: Hit, moment: tuple[float, float]) -> float:
    """Of the moment that a hit opens at with the true one: 1 when they are the same."""
    span: Span | None = hit.span
    if span is None or span.unit is not Unit.SECONDS:
        return 0.0
    shared = min(span.stop, moment[1]) - max(span.start, moment[0])
    return max(0.0, shared) / (max(span.stop, moment[1]) - min(span.start, moment[0]))


if __name__ == "__main__":
    sys.exit(main())
