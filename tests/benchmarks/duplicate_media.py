"""Long sounds and films that are drawn, for looking for what was trimmed or cut out of them."""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from nova_desktop.media import ffmpeg

SOUNDS, FILMS, SHORT = 6, 5, 40
PANS, TALKS = 4, 6
SOUND_S, FILM_S = 200, 90
RATE = 22_050
SHOT_S = 5  # of a film, until another scene
PAN_S, TALK_S = 50, (15, 40, 90)
# (name, what is kept: start and length in seconds, or None for the rest)
CUTS: dict[str, tuple[float, float | None]] = {
    "without its first 10 s": (10.3, None),
    "without its first third": (33.3, None),
    "its last quarter": (67.7, None),
    "15 s out of its middle": (41.2, 15.0),
    "30 s out of its middle": (28.6, 30.0),
}


def tune(seed: int) -> np.ndarray:
    """Notes with overtones over a little noise, in an order that no other tune has: 16 bits."""
    chance = np.random.default_rng(seed)
    parts = []
    while sum(map(len, parts)) < SOUND_S * RATE:
        length = int(RATE * chance.uniform(0.15, 0.6))
        time = np.arange(length) / RATE
        hz = 110.0 * 2 ** (chance.integers(0, 36) / 12)
        note = sum(
            chance.uniform(0.2, 1) / k * np.sin(2 * np.pi * hz * k * time) for k in (1, 2, 3, 5)
        )
        parts.append(note * np.exp(-time * chance.uniform(1, 4)) + chance.normal(0, 0.02, length))
    whole = np.concatenate(parts)[: SOUND_S * RATE]
    return (whole / np.abs(whole).max() * 20_000).astype("<i2")


# What is done to a short sound: an ending, and options of ffmpeg.
SAVED: dict[str, tuple[str, ...]] = {
    "short, MP3 at 64k": (".mp3", "-b:a", "64k"),
    "short, Opus at 32k": (".opus", "-c:a", "libopus", "-b:a", "32k"),
    "short, AAC": (".m4a", "-c:a", "aac", "-b:a", "96k"),
    "short, quieter": (".mp3", "-af", "volume=-12dB", "-b:a", "96k"),
    "short, after silence": (".wav", "-af", "adelay=300"),
}


def short_sound(seed: int) -> np.ndarray:
    """A note, a hiss, a glide or some knocks, of 0.25 to 1.8 s."""
    chance = np.random.default_rng(seed)
    time = np.arange(int(RATE * chance.uniform(0.25, 1.8))) / RATE
    fading = np.minimum(time / 0.01, 1) * np.exp(-time * chance.uniform(1, 6))
    match seed % 4:
        case 0:
            hz = 110.0 * 2 ** (chance.integers(0, 36) / 12)
            parts = (
                chance.uniform(0.2, 1) / k * np.sin(2 * np.pi * hz * k * time) for k in (1, 2, 3)
            )
            made = sum(parts) * fading
        case 1:
            shape = chance.normal(0, 1, int(chance.integers(4, 60)))
            made = np.convolve(chance.normal(0, 1, len(time)), shape, "same") * fading
        case 2:
            hz = np.linspace(*chance.uniform(200, 3000, 2), len(time))
            made = np.sin(2 * np.pi * np.cumsum(hz) / RATE) * fading
        case _:
            made = np.zeros(len(time))
            for at in chance.integers(0, len(time) - RATE // 10, 4):
                knock = np.exp(-20 * time[: len(time) - at])
                made[at:] += knock * np.sin(
                    2 * np.pi * chance.uniform(200, 3000) * time[: len(knock)]
                )
    made = made + chance.normal(0, 1e-4, len(time))
    return (made / np.abs(made).max() * 20_000).astype("<i2")


def short_ones(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """(original, what was done to it, file); the original itself first."""
    program = ffmpeg.programs("").ffmpeg
    for seed in range(SHORT):
        name = f"short sound {seed}"
        original = folder / f"{name}.wav"
        with wave.open(str(original), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(short_sound(seed).tobytes())
        yield name, "", original
        for number, (how, (ending, *options)) in enumerate(SAVED.items()):
            saved = folder / f"{name} {number}{ending}"
            _run(program, "-i", str(original), *options, str(saved))
            yield name, how, saved


def made(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """(original, what was done to it, file); the original itself first."""
    program = ffmpeg.programs("").ffmpeg
    yield from short_ones(folder)
    for seed in range(SOUNDS):
        whole = folder / f"tune {seed}.wav"
        with wave.open(str(whole), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(tune(seed).tobytes())
        yield f"tune {seed}", "", whole
        for number, (how, (start_s, length_s)) in enumerate(CUTS.items()):
            cut = folder / f"tune {seed} {number}.mp3"
            # Of the sound as much as of a film, which is half as long.
            times = (start_s * 2, None if length_s is None else length_s)
            _run(program, *_cut(*times), "-i", str(whole), "-b:a", "96k", str(cut))
            yield f"tune {seed}", how, cut
    for seed in range(FILMS):
        film = _film(program, folder, seed)
        yield f"film {seed}", "", film
        for number, (how, times) in enumerate(CUTS.items()):
            for silent, sound in (("", ("-c:a", "aac")), (", silent", ("-an",))):
                cut = folder / f"film {seed} {number}{silent}.mp4"
                options = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "28", *sound)
                _run(program, *_cut(*times), "-i", str(film), *options, str(cut))
                yield f"film {seed}", f"{how}{silent}", cut
        for how, times in (("15 s of its sound", (41.2, 15.0)), ("all of its sound", (0.0, None))):
            heard = folder / f"film {seed} {how}.mp3"
            _run(program, *_cut(*times), "-i", str(film), "-vn", "-b:a", "64k", str(heard))
            yield f"film {seed}", how, heard

    yield from _seen_alone(program, folder)


def _seen_alone(program: str, folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Silent films: a camera that moves over a scene, and talks before the same three cameras."""
    from tests.benchmarks.duplicates import scene

    options = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")
    for seed in range(PANS):
        still, film = folder / f"wide {seed}.png", folder / f"pan {seed}.mp4"
        scene(20_000 + seed).resize((1440, 1080), Image.Resampling.BICUBIC).save(still)
        across, down = (
            f"(i{edge}-o{edge})/2*(1+sin(t/{seconds + seed % 3}))"
            for edge, seconds in (("w", 5), ("h", 7))
        )
        view = f"crop=640:480:x='{across}':y='{down}',noise=alls=6:allf=t"
        _run(
            program,
            "-loop",
            "1",
            "-i",
            str(still),
            "-t",
            str(PAN_S),
            "-vf",
            view,
            "-r",
            "15",
            *options,
            str(film),
        )
        yield f"pan {seed}", "", film
        for number, times in enumerate(((17.3, 12.0), (26.1, 20.0))):
            cut = folder / f"pan {seed} {number}.mp4"
            _run(
                program,
                *_cut(*times),
                "-i",
                str(film),
                "-vf",
                "scale=320:-2",
                "-crf",
                "30",
                *options,
                str(cut),
            )
            yield f"pan {seed}", f"{times[1]:.0f} s of what moves, silent", cut
    cameras = [scene(30_000 + number).resize((320, 240)) for number in range(3)]
    for seed in range(TALKS):
        chance = np.random.default_rng(seed)
        shots = folder / f"talk {seed}"
        shots.mkdir()
        for second in range(TALK_S[seed % len(TALK_S)]):
            if second % 4 == 0:
                camera = int(chance.integers(len(cameras)))
            shown = cameras[camera].copy()
            speaker = np.full((60, 40, 3), 200, np.uint8)
            shown.paste(Image.fromarray(speaker), (140 + int(chance.integers(0, 12)), 150))
            shown.save(shots / f"{second:03}.png")
        film = folder / f"talk {seed}.mp4"
        _run(
            program,
            "-framerate",
            "1",
            "-i",
            str(shots / "%03d.png"),
            "-r",
            "10",
            *options,
            str(film),
        )
        yield f"talk {seed}", "", film


def _film(program: str, folder: Path, seed: int) -> Path:
    """Scene after scene, with a tune of its own."""
    from tests.benchmarks.duplicates import scene

    shots = folder / f"shots {seed}"
    shots.mkdir()
    for number in range(FILM_S // SHOT_S):
        picture = scene(10_000 + 100 * seed + number)
        picture.resize((320, 240), Image.Resampling.BILINEAR).save(shots / f"{number:02}.png")
    sound = folder / f"film {seed}.wav"
    with wave.open(str(sound), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(tune(500 + seed)[: FILM_S * RATE].tobytes())
    film = folder / f"film {seed}.mp4"
    _run(
        program, "-framerate", f"1/{SHOT_S}", "-i", str(shots / "%02d.png"), "-i", str(sound),
        "-r", "10", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac",
        "-shortest", str(film),
    )  # fmt: skip
    return film


def _cut(start_s: float, length_s: float | None) -> tuple[str, ...]:
    return ("-ss", str(start_s), *(("-t", str(length_s)) if length_s else ()))


def _run(program: str, *options: str) -> None:
    subprocess.run(
        [program, "-nostdin", "-v", "error", "-y", *options], check=True
    )  # our own words
