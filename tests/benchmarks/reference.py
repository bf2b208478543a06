"""The reference library: some hundreds to thousands of files that are made here, with their truth.

    python -m tests.benchmarks.reference FOLDER [--half 0|1] [--contents 400]

(--contents 0 leaves out all that is about nothing.)

Then `python -m tests.benchmarks.quality --library FOLDER --truth FOLDER/truth.json`.

reference_subjects.txt holds subjects of everyday life, each with three sentences and three
questions that say it in other words, one of them in German; its heading is asked as well. A half
holds every other subject: as a note in one of many formats, mentioned in letters, printed on a
poster, and spoken where ffmpeg has a voice (flite). Round them are papers about nothing in
particular, other versions of the sample's photos, and drawn scenes. The questions of the other half
are asked as well, and have no answer here; so have those of absent.json. The halves share neither a
subject nor a paper, so what is chosen on one can be judged on the other.

The same arguments make the same library, but for the voice, which is of the ffmpeg that is there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ffmpeg
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from nova_desktop.settings import resource
from tests.benchmarks.quality_truth import ABSENT, SAMPLE_LABELS
from tests.media_samples import docx, pdf, xlsx

SUBJECTS = Path(__file__).with_name("reference_subjects.txt")
CONTENTS = 400
MENTIONS = 2  # letters and diaries that mention a subject
POSTERS, SPOKEN = 3, 6  # every third subject is on a poster, every sixth is spoken

PEOPLE = "Mr Brandt,Ines,Dr Haas,Aunt Olga,Karim,the Petersens,Mrs Liang,Jonas,Salma,Viktor"
PLACES = "Linden Street,the annex,room 12,the east wing,Mill Road,the main office,Harbour 3"
THINGS = "the folder,two parcels,the spare key,the projector,the forms,a ladder,the chairs,the list"
DOINGS = "brought back,looked for,left behind,passed on,ordered,counted,signed for,put away"
EVENTS = (
    "{who} {did} {thing} at {place}.",
    "Nothing else happened until {hour} o'clock, then {who} called about {thing}.",
    "Reference {number}: {who} will be at {place} on day {day}.",
    "Please remind {who} that {thing} can be fetched at {place} from {hour} o'clock.",
    "The reading on day {day} was {number}, {hour} more than the last one.",
    "{who} asked whether {thing} may stay at {place} for {hour} days.",
    "Number {number} is done; {number} minus {hour} is still open.",
    "It was cloudy at {place} and {who} came late because of {thing}.",
)  # fmt: skip

SCENES = {  # what is drawn: sky, ground, a house or none, a sun or a moon or none
    "a red house on a green meadow": ("#8fc7f5", "#3f9b3f", "#c8201c", None),
    "a yellow house in the snow": ("#c9dcea", "#f7f9fb", "#f0c419", None),
    "a blue house in the desert": ("#f3d9a4", "#d9a860", "#1f4fb4", None),
    "a dark night with a full moon": ("#050a24", "#0b1410", None, "#f4f1d4"),
    "a red evening sky with the sun going down": ("#d1421c", "#26140f", None, "#ffcf3d"),
    "an empty sea below a blue sky": ("#79b8ee", "#155a94", None, None),
    "a violet square": ("#7a2aa8", "#7a2aa8", None, None),
    "a green field and a bright sun": ("#a9d8fb", "#55b944", None, "#fff04a"),
}


@dataclass(frozen=True)
class Subject:
    title: str
    german: str
    sentences: tuple[str, ...]
    questions: tuple[str, ...]  # the last one is German


@dataclass
class Made:
    """A library that is being made."""

    folder: Path
    chance: random.Random
    count: int = 0
    questions: list[dict[str, object]] = field(default_factory=list)

    def place(self, folder: str, name: str) -> Path:
        self.count += 1
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def asks(
        self, text: str, files: Sequence[Path], language: str = "en", asks: str = "text"
    ) -> None:
        names = [path.relative_to(self.folder).as_posix() for path in files]
        asked = {"text": text, "files": names, "language": language, "asks": asks}
        self.questions.append(asked)


def subjects(half: int | None = None) -> list[Subject]:
    """Of one half; all without."""
    found = []
    for block in SUBJECTS.read_text("utf-8").strip().split("\n\n"):
        title, *sentences, questions = block.splitlines()
        name, _, german = title.partition(" | ")
        asked = tuple(questions.removeprefix("? ").split(" | "))
        found.append(Subject(name, german, tuple(sentences), asked))
    return found if half is None else found[half::2]


def absent(half: int) -> list[dict[str, str]]:
    """What nothing in this half answers."""
    of_others = [(text, n) for one in subjects(1 - half) for n, text in enumerate(one.questions)]
    everywhere = [
        {"text": entry, "language": "en"} if isinstance(entry, str) else entry
        for entry in json.loads(ABSENT.read_text("utf-8"))
    ]
    return everywhere + [
        {"text": text, "language": "de" if n == 2 else "en"} for text, n in of_others
    ]


def make(folder: Path, half: int = 0, contents: int = CONTENTS) -> Path:
    """Files about the subjects of one half and about nothing, `contents` at least; the truth file.

    What has to be there are some 250 files; papers about nothing fill up the rest. With `contents`
    0 there are only some 80, each about something else: no letters, no papers, no other photos.
    """
    made = Made(folder, random.Random(half))
    _scenes(made)
    if contents:
        _photos(made)
    for number, subject in enumerate(subjects(half)):
        _about(made, subject, number, MENTIONS if contents else 0)
    while made.count < contents:
        day = made.count
        _note(made, f"paper {day:04d}", list(_papers(made.chance, 3 + day % 4)), day)
    truth = folder / "truth.json"
    said = {"questions": made.questions, "absent": absent(half)}
    truth.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return truth


def _about(made: Made, subject: Subject, number: int, mentions: int) -> None:
    heading = subject.german if number % 2 else subject.title
    files = [_note(made, subject.title, [heading, *subject.sentences], number)]
    for mention in range(mentions):
        told = list(_papers(made.chance, 3))
        told.insert(made.chance.randrange(len(told)), subject.sentences[mention])
        files.append(_note(made, f"letter {number:03d}{mention}", told, 2 * number + mention))
    if number % POSTERS == 0:
        files.append(made.place("posters", f"IMG_{4000 + number}.jpg"))
        _poster(files[-1], [subject.title.upper(), *subject.sentences[:1]], number)
    if number % SPOKEN == 0:
        spoken = made.place("spoken", f"memo {number:03d}.flac")
        if _spoken(spoken, " ".join(subject.sentences)):
            files.append(spoken)
    made.asks(heading, files, "de" if number % 2 else "en", "heading")
    for n, text in enumerate(subject.questions):
        made.asks(text, files, "de" if n == 2 else "en", "translation" if n == 2 else "other words")


def _papers(chance: random.Random, count: int) -> Iterator[str]:
    """Sentences about nothing that anybody would search for."""
    who, places, things, doings = (s.split(",") for s in (PEOPLE, PLACES, THINGS, DOINGS))
    for _ in range(count):
        yield chance.choice(EVENTS).format(
            who=chance.choice(who),
            place=chance.choice(places),
            thing=chance.choice(things),
            did=chance.choice(doings),
            number=chance.randrange(100, 9999),
            day=chance.randrange(1, 30),
            hour=chance.randrange(2, 12),
        )


def _note(made: Made, name: str, lines: Sequence[str], number: int) -> Path:
    """Its lines, in one of six formats."""
    forms: Sequence[tuple[str, Callable[[Path], object]]] = (
        ("txt", lambda path: path.write_text("\n".join(lines) + "\n", "utf-8")),
        ("md", lambda path: path.write_text(f"# {lines[0]}\n\n" + "\n".join(lines[1:]), "utf-8")),
        ("html", lambda path: path.write_text("".join(f"<p>{s}</p>" for s in lines), "utf-8")),
        ("docx", lambda path: docx(path, lines)),
        ("pdf", lambda path: pdf(path, lines)),
        ("xlsx", lambda path: xlsx(path, {"Sheet": [[n, s] for n, s in enumerate(lines)]})),
    )
    ending, write = forms[number % len(forms)]
    path = made.place("papers", f"{name}.{ending}")
    write(path)
    return path


def _poster(path: Path, lines: Sequence[str], number: int) -> None:
    colours = ("#fff6da", "#dbe8f4", "#203040", "#f4dbe0")
    ground = colours[number % len(colours)]
    ink = "white" if ground == "#203040" else "black"
    picture = Image.new("RGB", (1000, 700), ground)
    draw = ImageDraw.Draw(picture)
    at = 90.0
    for line in lines:
        font = ImageFont.load_default(64 if line.isupper() else 40)
        words, row = line.split(), ""
        for word in [*words, ""]:
            if word and draw.textlength(f"{row} {word}", font=font) < 860:
                row = f"{row} {word}".strip()
                continue
            draw.text((70, at), row, ink, font)
            at, row = at + font.size * 1.4, word
        at += 30
    picture.save(path, quality=88)


def _photos(made: Made) -> None:
    """Four versions of each photo of the sample: other crops, mirrored, darker, without colour."""
    labels = json.loads(SAMPLE_LABELS.read_text("utf-8"))
    for number, entry in enumerate(one for one in labels if one["file"].startswith("photos/")):
        whole = ImageOps.exif_transpose(Image.open(resource("sample") / entry["file"]))
        whole = whole.convert("RGB")
        width, height = whole.size
        views = (
            whole.crop((0, height // 12, width - width // 8, height)),
            ImageOps.mirror(whole.crop((width // 10, 0, width, height - height // 10))),
            ImageEnhance.Brightness(whole).enhance(0.6),
            ImageOps.grayscale(whole).convert("RGB"),
        )
        files = [made.place("photos", f"DSC_{100 * number + n:04d}.jpg") for n in range(len(views))]
        for path, view in zip(files, views, strict=True):
            view.save(path, quality=90)
        made.asks(entry["queries"][0], files)


def _scenes(made: Made) -> None:
    for number, (told, (sky, ground, house, light)) in enumerate(SCENES.items()):
        picture = Image.new("RGB", (960, 640), sky)
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 400, 960, 640), ground)
        if light:
            draw.ellipse((640, 70, 760, 190), light)
        if house:
            draw.rectangle((300, 300, 560, 480), house)
            draw.polygon([(270, 300), (430, 180), (590, 300)], "#5b3a29")
            draw.rectangle((400, 390, 460, 480), "#3a2a1c")
        path = made.place("scenes", f"IMG_{7000 + number}.png")
        picture.save(path)
        made.asks(told, [path])


def _spoken(path: Path, text: str) -> bool:
    """Whether this ffmpeg has a voice."""
    said = path.with_suffix(".said")
    said.write_text(text, "utf-8")
    try:
        voice = ffmpeg.input(f"flite=textfile='{said}':voice=slt", f="lavfi")
        voice.output(str(path)).run(quiet=True, overwrite_output=True)
    except ffmpeg.Error:
        return False
    finally:
        said.unlink()
    return True


def main(typed: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), default=0)
    parser.add_argument("--contents", type=int, default=CONTENTS)
    arguments = parser.parse_args(typed)
    if arguments.folder.exists() and any(arguments.folder.iterdir()):
        print(f"{arguments.folder} is not empty. Name a new folder.")
        return 2
    print(make(arguments.folder, arguments.half, arguments.contents))
    return 0


if __name__ == "__main__":
    sys.exit(main())
