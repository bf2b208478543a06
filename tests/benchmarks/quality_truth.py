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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_LABELS = Path(__file__).with_name("sample_labels.json")
ABSENT = Path(__file__).with_name("absent.json")  # asked where a truth file names none
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
    """Raises ValueError or KeyError for what is no truth file."""
    said = json.loads(path.read_text("utf-8"))
    if isinstance(said, list):
        said = {"files": said}
    questions, silent = _of_files(said.get("files", []))
    questions += [_question(entry) for entry in said.get("questions", [])]
    absent = said.get("absent", json.loads(ABSENT.read_text("utf-8")))
    for entry in absent:
        one = {"text": entry} if isinstance(entry, str) else entry
        questions.append(Question(one["text"], language=one.get("language", "en"), asks="absent"))
    return Truth(tuple(questions), tuple(silent))


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
    for entry in entries:
        file, language = str(entry["file"]), str(entry.get("language", "en"))
        asked = entry.get("queries") or entry.get("transcript") or entry.get("label")
        asked = asked or known.get(file)  # a file of the sample, in somebody else's list
        segments = entry.get("segments")
        if isinstance(segments, list):
            for segment in segments:
                moment = float(segment["start"]), float(segment["end"])
                for key, asks in (("visual", "seen"), ("audio", "heard")):
                    if text := segment.get(key):
                        questions.append(
                            Question(str(text), (file,), language, moment=moment, asks=asks)
                        )
            asked = entry.get("queries")
        if asked:
            texts = asked if isinstance(asked, list) else [asked]
            questions += [Question(str(text), (file,), language) for text in texts]
        elif not segments:
            silent.append(file)
    return questions, silent


def _question(entry: Mapping[str, object]) -> Question:
    with_file = str(entry.get("with", ""))
    moment = entry.get("moment")
    files = entry["files"]
    assert isinstance(files, list)
    return Question(
        str(entry.get("text", "")),
        tuple(map(str, files)),
        str(entry.get("language", "en")),
        with_file,
        (float(moment[0]), float(moment[1])) if isinstance(moment, list) else None,
        kind_of(with_file) if with_file else str(entry.get("asks", "text")),
    )
