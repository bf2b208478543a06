"""The pipeline's rate against a bare loop over the same decoders, models and encoder."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from PIL import Image

from nova_desktop import compose
from nova_desktop.engines.basic import BasicEngine
from nova_desktop.here import Here
from nova_desktop.library import work
from nova_desktop.library.halt import Halt
from nova_desktop.media.readers import readers
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Stamp, State
from nova_desktop.settings import Settings, resource

PHOTOS, NOTES, SOUNDS = 36, 40, 6
WARM = 2  # of each, indexed before the clock starts: models are loaded by then


def indexing() -> None:
    """Files a second, both with their models loaded. Wanted: at least 0.85 of the bare loop."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as place:
        warm, corpus = Path(place) / "warm", Path(place) / "corpus"
        _fill(warm, 0, WARM, WARM, WARM)
        _fill(corpus, 1, PHOTOS, NOTES, SOUNDS)
        count = sum(1 for path in corpus.rglob("*") if path.is_file())
        bare_s = _bare(warm, corpus, settings)
        with _peak_memory() as peak:
            library = Here(Path(place) / "data", settings)
            try:
                library.add_folder(warm)
                assert library.wait(600)
                began = time.perf_counter()
                library.add_folder(corpus)
                assert library.wait(1800)
                ours_s = time.perf_counter() - began
                warmed = sum(1 for path in warm.rglob("*") if path.is_file())
                assert library.status().counts[State.INDEXED] == count + warmed
            finally:
                library.close()
    print(
        f"indexing of {count} files: {count / ours_s:.2f} a second, bare loop "
        f"{count / bare_s:.2f}, ratio {bare_s / ours_s:.2f} (wanted: at least 0.85); "
        f"peak memory with all children {peak[0] / 1e6:.0f} MB"
    )


def _bare(warm: Path, corpus: Path, settings: Settings) -> float:
    """One file after the other, in this process, and nothing is kept."""
    tools = work.Tools(
        sniff,
        readers(settings.segment_s, settings.ffmpeg),
        tuple(d for d in compose.describers(settings) if not d.missing()),
        BasicEngine(),
        Halt(),
    )

    def loop(folder: Path) -> None:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found = work.identify(path, Stamp.of(path.stat()), tools)
            reading, _ = work.read(path, found.modality, tools)
            prepared = work.prepare(path, found.modality, reading.chunks, tools)
            if pieces := [piece for one in prepared for piece in one.pieces]:
                work.embed(pieces, tools.engine)

    loop(warm)
    began = time.perf_counter()
    loop(corpus)
    return time.perf_counter() - began


def _fill(folder: Path, seed: int, photos: int, notes: int, sounds: int) -> None:
    """Different files made from the sample library's."""
    sample = resource("sample")
    originals = sorted((sample / "photos").iterdir())
    (folder / "deep").mkdir(parents=True)
    for n in range(photos):
        with Image.open(originals[n % len(originals)]) as photo:
            edge = 3 + n + 50 * seed
            cropped = photo.convert("RGB").crop((edge % 40, edge % 30, photo.width, photo.height))
            cropped.resize((800, 600)).save(folder / f"IMG_{seed}{n:04d}.jpg")
    text = (sample / "documents" / "Adjust the contrast.md").read_text("utf-8")
    for n in range(notes):
        (folder / "deep" / f"note {seed} {n}.txt").write_text(f"Note {seed} {n}.\n\n{text}\n" * 3)
    speech = sorted((sample / "speech").glob("*.ogg"))
    for n in range(sounds):
        start = f"{0.1 * (n + 7 * seed):.1f}"
        source, target = speech[n % len(speech)], folder / "deep" / f"sound {seed} {n}.wav"
        command = [
            shutil.which("ffmpeg") or "ffmpeg",
            "-v",
            "error",
            "-ss",
            start,
            "-i",
            str(source),
        ]
        subprocess.run([*command, str(target)], check=True)


@contextmanager
def _peak_memory() -> Iterator[list[int]]:
    """Bytes of this process and its children at most, unique to them; asked five times a second."""
    peak, done = [0], threading.Event()

    def ask() -> None:
        while not done.wait(0.2):
            total = 0
            for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
                try:
                    total += process.memory_full_info().uss
                except psutil.Error:
                    continue  # it ended meanwhile
            peak[0] = max(peak[0], total)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
