"""Short films and sounds with known colours and tones, made with ffmpeg."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

COLOURS = ("red", "green", "blue")  # of a clip, EACH_S seconds each
EACH_S = 4.0
LENGTH_S = EACH_S * len(COLOURS)
PICTURE = " ".join(f"-f lavfi -i color={c}:s=160x120:r=25:d={EACH_S}" for c in COLOURS)
SOUND = f"-f lavfi -i sine=440:d={LENGTH_S}"
JOINED = "-filter_complex [0][1][2]concat=n=3[v] -map [v]"
H264 = "-c:v libx264 -preset ultrafast -g 25 -pix_fmt yuv420p"

# Every container that a Reader promises, as ffmpeg writes it.
CONTAINERS = {
    "mp4": f"{H264} -c:a aac",
    "mov": f"{H264} -c:a aac",
    "mkv": f"{H264} -c:a aac",
    "webm": "-c:v libvpx -deadline realtime -g 50 -c:a libopus",
    "avi": "-c:v mpeg4 -q:v 5 -c:a libmp3lame",
    "wmv": "-c:v wmv2 -c:a wmav2",
    "mpg": "-c:v mpeg2video -c:a mp2",
    "ts": f"{H264} -c:a aac",
    "3gp": f"{H264} -s 176x144 -c:a aac",
    "flv": f"{H264} -c:a aac -ar 44100",
}
SOUNDS = {
    "mp3": "-c:a libmp3lame",
    "m4a": "-c:a aac",
    "wav": "",
    "flac": "",
    "ogg": "-c:a libvorbis",
    "opus": "-c:a libopus",
    "aiff": "",
    "wma": "-c:a wmav2",
}


def ffmpeg(*arguments: str | Path) -> None:
    """Each text is split as a shell would; a path is one argument."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y"]
    for argument in arguments:
        command += [str(argument)] if isinstance(argument, Path) else shlex.split(argument)
    subprocess.run(command, check=True)


def film(path: Path, more: str = "", sound: bool = True) -> Path:
    """Red, green and blue, 4 s each, with a tone all along; its container by its ending."""
    how = CONTAINERS[path.suffix[1:]]
    if sound:
        ffmpeg(PICTURE, SOUND, JOINED, "-map 3", how, more, path)
    else:
        ffmpeg(PICTURE, JOINED, how.partition("-c:a")[0], "-an", more, path)
    return path


def tone(path: Path, more: str = "", length_s: float = LENGTH_S) -> Path:
    """A tone of 440 Hz, loud in its second half."""
    loud = f""" -af "volume='if(gt(t,{length_s / 2}),4,1)':eval=frame" """
    ffmpeg(f"-f lavfi -i sine=440:d={length_s}", loud, SOUNDS[path.suffix[1:]], more, path)
    return path


def colour(pixel: tuple[int, ...]) -> str:
    red, green, blue = pixel[:3]
    if max(red, green, blue) < 60:
        return "black"
    return {red: "red", green: "green", blue: "blue"}[max(red, green, blue)]


def colour_at(time_s: float) -> str:
    return COLOURS[min(len(COLOURS) - 1, int(time_s / EACH_S))]
