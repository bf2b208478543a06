"""What is asked of a library, and what is right: the truth file of the quality benchmark, read.

A truth file is JSON. Either an object:

    {
      "files": [
        {"file": "photos/cat.jpg", "queries": ["a cat", "une chatte"], "language": "en"},
        {"file": "videos/day.mp4", "queries": ["a day out"],
         "segments": [{"start": 0, "end": 5, "visual": "a cup of coffee", "audio": "clock tick"}]}
      ],
      "questions": [
        {"text": "ein Kaffee", "language": "de", "files": ["photos/coffee.jpg", "videos/day.mp4"]},
        {"with": "photos/cat.jpg", "files": ["videos/day.mp4"], "moment": [5, 10]}
      ],
      "absent": ["a giraffe", {"text": "eine Giraffe", "language": "de"}]
    }

or the list of "files" alone. Paths are relative to the library, or to one of its folders.
An entry of "files" is asked for by its "queries", else by its "transcript" or "label"; its
"segments", with times in seconds, are asked for by what is seen and heard in them, and the moment
that is found is compared with theirs. A question is right when any of its "files" is found; one
"with" a file asks by that file, which is then not counted as an answer. "absent" is what the
library does not hold: the right answer is none. "language" is a code ("en" when it is left out),
and "asks" of a question names what it is counted with ("text").
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import UnionType

SAMPLE_LABELS = Path(__file__).with_name("sample_labels.json")
ABSENT = Path(__file__).with_name("absent.json")  # asked where a truth file names none
NAMES = {list: "list", str: "text", list | str: "text or list"}
KINDS = {
    "image": ("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "avif", "dng"),
    "video": ("mp4", "mkv", "webm", "mov", "avi", "mpg", "ts", "3gp", "flv", "wmv"),
    "audio": ("ogg", "mp3", "wav", "flac", "m4a", "opus", "aiff", "wma"),
    "document": ("pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp", "epub"),
}


@dataclass(frozen=True)
class Question:
    """`files` are right, none of them where the answer should be none."""

    text: str
    files: tuple[str, ...] = ()
    language: str = "en"
    with_file: str = ""  # asked by this file instead of by text
    moment: tuple[float, float] | None = None  # seconds
    asks: str = "text"  # "text", "seen", "heard", or the kind of the file it is asked with

    @property
    def pair(self) -> str:
        """From what is asked with to what is to be found."""
        return f"{self.asks} → {kind_of(self.files[0])}" if self.files else "absent"

    def __str__(self) -> str:
        return repr(self.text) if self.text else f"like {self.with_file}"


@dataclass(frozen=True)
class Truth:
    questions: tuple[Question, ...]
    silent: tuple[str, ...]  # files that nothing says anything of


def read(path: Path) -> Truth:
    """Raises ValueError, which says what is wrong where, for what is no truth file."""
    said = json.loads(path.read_text("utf-8"))
    if isinstance(said, list):
        said = {"files": said}
    _fields("it", said, {"files": list, "questions": list, "absent": list})
    questions, silent = _of_files(said.get("files", []))
    for number, entry in enumerate(said.get("questions", []), 1):
        questions.append(_question(f"question {number}", entry))
    if not questions and "absent" not in said:
        raise ValueError("it asks for nothing")
    absent = said.get("absent", json.loads(ABSENT.read_text("utf-8")))
    for number, entry in enumerate(absent, 1):
        one = {"text": entry} if isinstance(entry, str) else entry
        where = f"absent {number}"
        _fields(where, one, {"text": str, "language": str}, needed=("text",))
        questions.append(Question(one["text"], language=one.get("language", "en"), asks="absent"))
    return Truth(tuple(questions), tuple(silent))


def _fields(
    where: str,
    entry: object,
    known: Mapping[str, type | UnionType],
    others: bool = False,
    needed: Sequence[str] = (),
) -> None:
    """Checks that an entry is one with these fields of these types, none of them empty.

    `others`: it may have more, which say something to others.
    """
    if not isinstance(entry, dict):
        raise ValueError(f"{where} is no object")
    for name, value in entry.items():
        if name not in known and not others:
            raise ValueError(f"{where} has “{name}”, and takes {', '.join(known)}")
        if name in known and value is not None and not isinstance(value, known[name]):
            raise ValueError(f"“{name}” of {where} is no {NAMES[known[name]]}")
    if missing := [name for name in needed if not entry.get(name)]:
        raise ValueError(f"{where} has no “{missing[0]}”")


def _texts(where: str, said: Sequence[object]) -> tuple[str, ...]:
    if not said or not all(isinstance(one, str) and one for one in said):
        raise ValueError(f"{where} are no texts")
    return tuple(map(str, said))


def _moment(where: str, said: Sequence[object]) -> tuple[float, float]:
    if len(said) != 2 or not all(isinstance(one, int | float) for one in said):
        raise ValueError(f"the moment of {where} is not two numbers of seconds")
    start_s, stop_s = (float(str(one)) for one in said)
    if not 0 <= start_s < stop_s < math.inf:
        raise ValueError(f"the moment of {where} ends before it begins")
    return start_s, stop_s


def kind_of(file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    return next((kind for kind, endings in KINDS.items() if ending in endings), "text")


def located(library: Path, file: str) -> Path | None:
    """Where a truth file's `file` is: in the library, or in one of its folders."""
    places = [library, *(folder for folder in sorted(library.iterdir()) if folder.is_dir())]
    return next((place / file for place in places if (place / file).is_file()), None)


def _of_files(entries: Sequence[Mapping[str, object]]) -> tuple[list[Question], list[str]]:
    known = {e["file"]: e["queries"] for e in json.loads(SAMPLE_LABELS.read_text("utf-8"))}
    questions: list[Question] = []
    silent: list[str] = []
    for number, entry in enumerate(entries, 1):
        where = f"file {number}"
        known_fields = {"file": str, "language": str, "segments": list, "queries": list | str}
        _fields(where, entry, known_fields, others=True, needed=("file",))
        file, language = str(entry["file"]), str(entry.get("language", "en"))
        asked = entry.get("queries") or entry.get("transcript") or entry.get("label")
        asked = asked or known.get(file)  # a file of the sample, in somebody else's list
        segments = entry.get("segments")
        if isinstance(segments, list):
            for segment in segments:
                _fields(
                    f"a segment of {where}", segment, {"visual": str, "audio": str}, others=True
                )
                moment = _moment(where, [segment.get("start"), segment.get("end")])
                for key, asks in (("visual", "seen"), ("audio", "heard")):
                    if text := segment.get(key):
                        questions.append(
                            Question(str(text), (file,), language, moment=moment, asks=asks)
                        )
            asked = entry.get("queries")
        if asked:
            texts = _texts(f"the queries of {where}", asked if isinstance(asked, list) else [asked])
            questions += [Question(text, (file,), language) for text in texts]
        elif not segments:
            silent.append(file)
    return questions, silent


def _question(where: str, entry: Mapping[str, object]) -> Question:
    texts = dict.fromkeys(("text", "with", "language", "asks"), str)
    _fields(where, entry, {**texts, "files": list, "moment": list}, needed=("files",))
    if not (entry.get("text") or entry.get("with")):
        raise ValueError(f"{where} has neither “text” nor “with”")
    with_file = str(entry.get("with", ""))
    files, moment = entry["files"], entry.get("moment")
    assert isinstance(files, list)  # so says _fields
    return Question(
        str(entry.get("text", "")),
        _texts(f"the files of {where}", files),
        str(entry.get("language", "en")),
        with_file,
        _moment(where, moment) if isinstance(moment, list) else None,
        kind_of(with_file) if with_file else str(entry.get("asks", "text")),
    )
