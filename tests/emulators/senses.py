"""What is noticed of a text, a picture, a sound: a mixture of concepts (see `space`)."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice
from typing import IO

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from tests.emulators import formats
from tests.emulators.formats import Undecodable
from tests.emulators.space import Senses, mixed

COLOURS = {
    "black": ((0, 0, 0),),
    "white": ((255, 255, 255),),
    "grey": ((128, 128, 128),),
    "red": ((255, 0, 0), (160, 20, 20)),
    "green": ((0, 255, 0), (0, 128, 0)),
    "blue": ((0, 0, 255), (30, 60, 150)),
    "yellow": ((255, 255, 0),),
    "purple": ((255, 0, 255), (128, 0, 128)),
    "cyan": ((0, 255, 255),),
    "orange": ((255, 140, 0),),
    "brown": ((139, 69, 19),),
}
SOUNDS = {
    "low": ("low", "deep", "bass", "hum"),
    "middle": ("middle", "medium"),
    "high": ("high", "shrill", "beep", "whistle"),
    "noise": ("noise", "hiss", "static", "rain", "wind"),
    "silence": ("silence", "silent"),
    "loud": ("loud",),
    "quiet": ("quiet", "soft", "faint"),
    "tone": ("tone", "note"),
}
MEANINGS = {
    **{name: f"colour:{name}" for name in COLOURS},
    "gray": "colour:grey",
    "violet": "colour:purple",
    "magenta": "colour:purple",
    **{word: f"sound:{name}" for name, words in SOUNDS.items() for word in words},
}
IDLE_WORDS = frozenset({
    *("a", "an", "and", "at", "by", "for", "from", "in", "is", "it"),
    *("of", "on", "or", "the", "this", "to", "was", "with"),
})  # fmt: skip
RATE = 16_000  # Hz, to which sound is resampled
PIXELS = 100_000_000  # of a picture; more is refused
PITCHES = {"low": math.log2(150), "middle": math.log2(800), "high": math.log2(4000)}
BANDS_HZ = np.geomspace(60, 8000, 13)


def of_text(text: str) -> Senses:
    words = Counter(w for w in re.findall(r"\w+", text.lower()) if w not in IDLE_WORDS)
    if not words:
        return {f"characters:{text}": 1.0}
    found: dict[str, float] = {}
    for word, count in words.items():
        single = word[:-1] if len(word) > 3 and word.endswith("s") else word
        meaning = MEANINGS.get(word) or MEANINGS.get(single)
        concept = meaning or f"word:{single}"
        # A word that the other senses know too says more than one that only text has.
        found[concept] = found.get(concept, 0.0) + (2.0 if meaning else 1.0) * math.sqrt(count)
    return found


def of_picture(file: IO[bytes]) -> Senses:
    """Raises Undecodable."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            if picture.width * picture.height > PIXELS:
                raise Undecodable("the picture has too many pixels")
            return _of_pixels(picture.convert("RGB"))
    except Image.DecompressionBombWarning as e:
        raise Undecodable("the picture has too many pixels") from e
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as e:
        raise Undecodable(str(e)) from e


def _of_pixels(picture: Image.Image) -> Senses:
    small = np.asarray(picture.resize((24, 24), Image.Resampling.BOX), np.float64)
    names, shades = zip(*((n, s) for n, all_ in COLOURS.items() for s in all_), strict=True)
    far = np.linalg.norm(small[:, :, None, :] - np.array(shades, np.float64), axis=3)
    nearest = Counter(names[n] for n in far.argmin(axis=2).ravel())
    found = {f"colour:{name}": count / 576 for name, count in nearest.items()}
    # Where it is light and dark, so that two pictures of the same colours still differ.
    light = small.mean(axis=2).reshape(6, 4, 6, 4).mean(axis=(1, 3)) / 255
    for (row, column), value in np.ndenumerate(light - light.mean()):
        found[f"light:{row},{column}"] = 0.5 * float(value)
    return found


def of_frames(file: IO[bytes], times_s: tuple[float, ...]) -> Senses:
    """The frames shown at (about) these times, as one. Raises Undecodable."""
    frames: list[Senses] = []
    with formats.opened(file) as container:
        if not container.streams.video:
            raise Undecodable("there is no picture")
        stream = container.streams.video[0]
        for time_s in times_s:
            container.seek(int(time_s * 1e6))
            last = None
            for frame in islice(container.decode(stream), 300):
                last = frame
                if frame.time is None or frame.time >= time_s - 1e-3:
                    break
            if last is not None:
                image = last.to_image(width=96, height=96)  # type: ignore[no-untyped-call]  # av's
                frames.append(_of_pixels(image))
    if not frames:
        raise Undecodable("no picture could be decoded")
    parts = {str(n): frame for n, frame in enumerate(frames)}
    return mixed(parts, dict.fromkeys(parts, 1 / len(parts)))


def of_sound(file: IO[bytes], start_s: float, stop_s: float, most_s: float = 10.0) -> Senses:
    """The first `most_s` seconds between the two times. Raises Undecodable."""
    blocks: list[NDArray[np.float32]] = []
    with formats.opened(file) as container:
        if not container.streams.audio:
            raise Undecodable("there is no sound")
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("flt", "mono", RATE)
        if start_s > 0:
            container.seek(int(start_s * 1e6))
        wanted = round(max(0.05, min(most_s, stop_s - start_s)) * RATE)
        have = 0
        for frame in container.decode(stream):
            if frame.time is not None and frame.time + frame.samples / frame.rate <= start_s:
                continue
            for part in resampler.resample(frame):
                blocks.append(part.to_ndarray()[0])
                have += part.samples
            if have >= wanted:
                break
    if not blocks:
        raise Undecodable("no sound could be decoded")
    return _of_samples(np.concatenate(blocks)[:wanted])


def _of_samples(samples: NDArray[np.float32]) -> Senses:
    energy = float(np.sqrt(np.mean(samples**2)))
    if energy < 0.003:
        return {"sound:silence": 1.0}
    window = samples * np.hanning(len(samples))
    power = np.abs(np.fft.rfft(window)) ** 2 + 1e-12
    hertz = np.fft.rfftfreq(len(window), 1 / RATE)
    heard = (hertz >= 40) & (hertz <= 8000)
    power, hertz = power[heard], hertz[heard]
    found = {"sound:loud" if energy > 0.1 else "sound:quiet": 0.3}
    octave = math.log2(float(hertz[power.argmax()]))
    for name, centre in PITCHES.items():
        if (weight := max(0.0, 1 - abs(octave - centre) / 2.4)) > 0:
            found[f"sound:{name}"] = weight
    shares = np.histogram(hertz, BANDS_HZ, weights=power)[0] / power.sum()
    # Noise has its power everywhere, a tone in few places.
    spread = float(-(shares * np.log(shares + 1e-9)).sum() / math.log(len(shares)))
    found["sound:noise" if spread > 0.5 else "sound:tone"] = 1.0 if spread > 0.5 else 0.4
    for band, share in enumerate(shares):
        found[f"band:{band}"] = 0.3 * float(share)
    return found
