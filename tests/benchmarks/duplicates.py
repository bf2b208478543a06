"""How right, and how fast, near-duplicates are found.

python -m tests.benchmarks.duplicates [--stills 200000] [--library FOLDER] [--scans FILE.pdf]

Files are made from those of FOLDER (the sample, unless told), from drawn scenes, films and tunes,
and from texts and forms: each is saved again in ways that leave it what it is, or cut, and all
others are of the same kinds and different. Then the
same is looked for among so many drawn stills, for time and memory. Exits with 1 where precision
or recall fall below what is wanted. With --scans only pages of that PDF are taken as pictures,
cropped, and read: five seconds each.
"""

from __future__ import annotations

import argparse
import io
import resource as usage
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance

from nova_desktop.duplicates import LOOK, Likeness
from nova_desktop.library.likes import Known, pairs, pictures
from nova_desktop.library.sketches import ABOUT, WRITTEN
from nova_desktop.library.texts import sketched
from nova_desktop.media import ffmpeg
from nova_desktop.media.likeness import MediaLikening
from nova_desktop.media.probe import probe
from nova_desktop.media.readers import readers
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Modality
from nova_desktop.settings import resource
from tests.benchmarks import duplicate_media, duplicate_texts

PRECISION, RECALL = 0.99, 0.90  # wanted, of pairs
SCENES, PAGES = 40, 15
SCANS, FULL = 20, 500  # pages, and letters of one
EDGE = 360
Change = Callable[[Image.Image], Image.Image]


def cropped(share: float, left: float, top: float) -> Change:
    def change(picture: Image.Image) -> Image.Image:
        width, height = (round(length * (1 - share)) for length in picture.size)
        x, y = round((picture.width - width) * left), round((picture.height - height) * top)
        return picture.crop((x, y, x + width, y + height))

    return change


def compressed(quality: int) -> Change:
    def change(picture: Image.Image) -> Image.Image:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        return Image.open(io.BytesIO(out.getvalue())).convert("RGB")

    return change


CHANGES: dict[str, Change] = {
    "JPEG at 40": compressed(40),
    "JPEG at 15": compressed(15),
    "a third as large": lambda it: it.resize((max(1, it.width // 3), max(1, it.height // 3))),
    "an eighth as large": lambda it: it.resize((max(1, it.width // 8), max(1, it.height // 8))),
    "brighter": lambda it: ImageEnhance.Brightness(it).enhance(1.25),
    "darker": lambda it: ImageEnhance.Brightness(it).enhance(0.75),
    "more contrast": lambda it: ImageEnhance.Contrast(it).enhance(1.3),
    "grey": lambda it: it.convert("L").convert("RGB"),
    "cropped by 3 %": cropped(0.03, 0.5, 0.5),
    "cropped by 5 % at a corner": cropped(0.05, 0.0, 0.0),
    "cropped by 8 %": cropped(0.08, 0.5, 0.5),
    "turned": lambda it: it.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda it: it.transpose(Image.Transpose.ROTATE_180),
}
HEARD_IN = (  # of the sample: the film was made with these sounds
    ("alarm clock.ogg", "quiet morning.mp4"),
    ("quiet morning.mp4", "running water.ogg"),
    ("launch day.mp4", "ru message.ogg"),
)
FILMS: dict[str, tuple[str, ...]] = {  # name and arguments for ffmpeg
    "another container": (".mkv", "-c", "copy"),
    "another codec": (".webm", "-c:v", "libvpx", "-b:v", "400k", "-c:a", "libopus"),
    "smaller": (".mp4", "-vf", "scale=160:-2", "-c:v", "libx264", "-crf", "30", "-c:a", "aac"),
    "its start trimmed": (".mp4", "-ss", "1.3", "-c:v", "libx264", "-c:a", "aac"),
    "its end trimmed": (".mp4", "-t", "6", "-c:v", "libx264", "-c:a", "aac"),
    "without sound": (".mp4", "-an", "-c:v", "libx264"),
}
SOUNDS: dict[str, tuple[str, ...]] = {
    "MP3 at 64k": (".mp3", "-vn", "-b:a", "64k"),
    "MP3 at 32k, mono": (".mp3", "-vn", "-b:a", "32k", "-ac", "1", "-ar", "22050"),
    "AAC": (".m4a", "-vn", "-c:a", "aac", "-b:a", "96k"),
    "Opus at 24k": (".opus", "-vn", "-c:a", "libopus", "-b:a", "24k"),
    "quieter": (".mp3", "-vn", "-af", "volume=-12dB"),
    "its start trimmed": (".mp3", "-vn", "-ss", "0.7"),
}


def scene(seed: int) -> Image.Image:
    """A drawn landscape; all have a sky, a horizon and a land, and no two are alike."""
    width, height = EDGE * 4 // 3, EDGE
    clouds, ground = (_noise(seed * 2 + which, width, height) for which in (0, 1))
    chance = np.random.default_rng(seed)
    horizon = 0.4 + 0.15 * chance.random() + 0.1 * (ground[0] - 0.5)
    down = np.linspace(0, 1, height)[:, None]
    sky = np.stack([90 + 80 * down + 60 * clouds, 140 + 60 * clouds, 220 - 30 * clouds], -1)
    land = np.stack([60 + 80 * ground, 90 + 80 * ground, 40 + 40 * ground], -1)
    return Image.fromarray(
        np.where((down < horizon)[..., None], sky, land).clip(0, 255).astype("u1")
    )


def _noise(seed: int, width: int, height: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    found = np.zeros((height, width))
    for octave in range(2, 7):
        cells = chance.random((3 * 2**octave // 4 + 1, 2**octave + 1)).astype(np.float32)
        grown = Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC)
        found += np.asarray(grown) * 0.55**octave
    return (found - found.min()) / np.ptp(found)


def page(seed: int) -> Image.Image:
    """A scanned page of text."""
    chance = np.random.default_rng(seed)
    picture = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(picture)
    y = 60
    while y < 820:
        x, end = 60, 560 if chance.random() > 0.15 else int(chance.integers(100, 500))
        while x < end:
            width = int(chance.integers(10, 60))
            draw.rectangle((x, y, min(x + width, end), y + 8), fill=(30, 30, 30))
            x += width + 6
        y += 16 if chance.random() > 0.1 else 34
    return picture


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, default=resource("sample"))
    parser.add_argument("--stills", type=int, default=200_000)
    parser.add_argument("--scans", type=Path)
    arguments = parser.parse_args()
    if arguments.scans:
        return scans(arguments.scans)
    with tempfile.TemporaryDirectory(prefix="duplicates-") as folder:
        right = judge(arguments.library, Path(folder))
    scale(arguments.stills)
    return 0 if right else 1


def judge(library: Path, folder: Path) -> bool:
    """Prints precision and recall of pairs; whether both are as wanted."""
    known, whose, how = [], [], []
    began = time.monotonic()
    files = (made(library, folder), duplicate_media.made(folder), duplicate_texts.made(folder))
    for name, change, path in chain(*files):
        kind = sniff(path)
        if kind is not None:
            known.append(taken(path, kind, str(len(known))))
            whose.append(name)
            how.append(change)
    print(
        f"{len(known)} files of {len(set(whose))} originals, made and read in "
        f"{time.monotonic() - began:.0f} s"
    )
    found = {(min(it.one, it.other), max(it.one, it.other)) for it in pairs(known, _quiet)}
    first = {name: number for number, name in reversed(list(enumerate(whose)))}
    two = [(min(whose[a], whose[b]), max(whose[a], whose[b])) for a, b in sorted(found)]
    wrong = [names for names in two if names[0] != names[1] and names not in HEARD_IN]
    kinds, hit = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for number, name in enumerate(whose):
        if first[name] != number:
            change = known[number].modality.value, how[number]
            kinds[change] += 1
            hit[change] += (first[name], number) in found
    for change in sorted(kinds):
        print(f"  {change[0]:8} {change[1]:28} found {hit[change]:4} of {kinds[change]:4}")
    precision = 1 - len(wrong) / max(1, len(found))
    recall = hit.total() / kinds.total()
    different = sum(1 for a in range(len(whose)) for b in range(a) if whose[a] != whose[b])
    print(
        f"precision {precision:.4f} of {len(found)} pairs found, among {different} of different "
        f"files; recall {recall:.4f} of originals with what was made of them"
    )
    for (one, other), times in Counter(wrong).most_common(10):
        print(f"  wrong: {one} — {other} ({times})")
    return precision >= PRECISION and recall >= RECALL


def scans(file: Path) -> int:
    """Prints how many cropped pages are known; 1 where another page is taken for one."""
    import pypdfium2

    from nova_desktop.describers.ocr import OcrDescriber
    from nova_desktop.model import Piece

    cuts = {
        "": (0.0, 0.0, 1.0, 1.0),
        "cropped by 12 %": (0.06, 0.06, 0.94, 0.94),
        "cut by a quarter": (0.0, 0.0, 1.0, 0.75),
    }
    known, whose = [], []
    pages = pypdfium2.PdfDocument(file)
    with tempfile.TemporaryDirectory(prefix="scans-") as folder:
        full = [n for n in range(len(pages)) if pages[n].get_textpage().count_chars() > FULL]
        for number in full[: 2 * SCANS : 2]:
            page = pages[number].render(scale=1.7).to_pil().convert("RGB")
            for how, edges in cuts.items():
                target = Path(folder) / f"{number} {how}.png"
                left, top, right, bottom = edges
                width, height = page.size
                box = (left * width, top * height, right * width, bottom * height)
                page.crop(tuple(map(round, box))).save(target)
                piece = Piece(Modality.IMAGE, "image/png", target.read_bytes())
                words = [it.text for it in OcrDescriber().describe([piece])]
                likeness = MediaLikening().likeness(target, Modality.IMAGE)
                known.append(Known(target.name, Modality.IMAGE, likeness, sketch=sketched(words)))
                whose.append((number, how))
    found = {(it.one, it.other) for it in pairs(known, _quiet)}
    for which, how in enumerate(cuts):
        if how:
            wholes = range(0, len(known), len(cuts))
            hit = sum((whole, whole + which) in found for whole in wholes)
            print(f"  {how:20} found {hit} of {len(wholes)}")
    wrong = sum(whose[one][0] != whose[other][0] for one, other in found)
    print(f"{wrong} of {len(found)} pairs are of two pages")
    return 1 if wrong else 0


def taken(path: Path, kind: Modality, content: str) -> Known:
    """What the library would know of a file."""
    if kind in WRITTEN:
        chunks = readers(15.0, "")[kind].read(path).chunks
        words = [it.text for chunk in chunks for it in chunk.words if it.source not in ABOUT]
        return Known(content, kind, Likeness(), sketch=sketched(words))
    length_s = probe(path).duration_s if kind is not Modality.IMAGE else None
    return Known(content, kind, MediaLikening().likeness(path, kind), duration_s=length_s)


def made(library: Path, folder: Path) -> Iterator[tuple[str, str, Path]]:
    """(original, what was done to it, file); the original itself first."""
    stills = {
        path.name: Image.open(path).convert("RGB")
        for path in sorted((*library.rglob("*.jpg"), *library.rglob("*.png")))
    }
    stills |= {f"scene {n}": scene(n) for n in range(SCENES)}
    stills |= {f"page {n}": page(n) for n in range(PAGES)}
    for number, (name, picture) in enumerate(stills.items()):
        target = folder / f"still {number}.png"
        picture.save(target)
        yield name, "", target
        for which, (how, change) in enumerate(CHANGES.items()):
            target = folder / f"still {number} {which}.jpg"
            change(picture).save(target, quality=90)
            yield name, how, target
    heard = [
        path for ending in ("ogg", "mp3", "wav", "flac") for path in library.rglob(f"*.{ending}")
    ]
    seen = [path for ending in ("mp4", "mkv", "webm") for path in library.rglob(f"*.{ending}")]
    for changes, originals in ((SOUNDS, heard), (FILMS, seen)):
        for number, path in enumerate(sorted(originals)):
            yield path.name, "", path
            for which, (how, (ending, *options)) in enumerate(changes.items()):
                target = folder / f"{path.stem} {number} {which}{ending}"
                if _converted(path, target, options):
                    yield path.name, how, target
    for path in sorted(seen):
        target = folder / f"{path.stem} sound.mp3"
        if _converted(path, target, ["-vn"]):
            yield path.name, "its sound alone", target


def _converted(path: Path, target: Path, options: list[str]) -> bool:
    """False where there is nothing of it to be converted, as sound in a silent film."""
    program = ffmpeg.programs("").ffmpeg
    command = [program, "-nostdin", "-v", "error", "-y", "-i", str(path), *options, str(target)]
    return (
        subprocess.run(command, capture_output=True, check=False).returncode == 0
    )  # our own words


def scale(count: int) -> None:
    """Looks for pairs among drawn stills: a twentieth are others again, with a little noise.

    As in a library, they are not all equally far apart: most share their composition with some
    hundred others (a sky over a land, a face in the midst), and a tenth was taken in bursts.
    """
    distinct = count * 19 // 20
    known = []
    for number, cells in enumerate(_drawn(count, distinct)):
        burst, within = divmod(number % distinct, 5)  # a copy keeps when it was taken
        taken = (burst * 60.0 + within * 0.4, "Camera") if burst % 10 == 0 else (0.0, "")
        known.append(Known(str(number), Modality.IMAGE, Likeness(cells.tobytes()), *taken))
    before = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss
    began, cpu = time.monotonic(), time.process_time()
    found = {(it.one, it.other) for it in pictures(known, _quiet)}
    took, used = time.monotonic() - began, time.process_time() - cpu
    again = sum((number, number + distinct) in found for number in range(count - distinct))
    more = (usage.getrusage(usage.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{count:,} stills: {took:.1f} s ({used:.1f} CPU-s), {more:.0f} MB more memory; "
        f"{again} of {count - distinct} found again, {len(found) - again} other pairs"
    )


def _drawn(count: int, distinct: int) -> Iterator[np.ndarray]:
    """The looks of stills; those from `distinct` on are the first ones again."""
    chance = np.random.default_rng(1)
    kinds = [_smooth(chance, 4) for _ in range(max(20, count // 200))]
    first = []
    for number in range(count):
        if number < distinct:
            own = 0.6 * _smooth(chance, 6) + 0.4 * _smooth(chance, 13)
            cells = 0.5 * kinds[int(chance.integers(len(kinds)))] + 0.5 * own
            if number < count - distinct:
                first.append(cells)
        else:
            cells = first[number - distinct] + chance.normal(0, 3, (LOOK, LOOK))
        yield np.asarray(cells).clip(0, 255).astype(np.uint8)


def _smooth(chance: np.random.Generator, cells: int) -> np.ndarray:
    seed = chance.random((cells, cells)).astype(np.float32) * 235 + 10
    drawn = Image.fromarray(seed).resize((LOOK, LOOK), Image.Resampling.BICUBIC)
    return np.asarray(drawn, np.float64)


def _quiet(share: float) -> None:
    """Nobody waits for it."""


if __name__ == "__main__":
    sys.exit(main())
