"""Composes the sample library's videos from its pictures and sounds, as moments.json says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parent.parent / "resources" / "sample"
WIDTH, HEIGHT, RATE = 640, 480, 10  # pixels, pictures a second
CODECS = {
    ".mp4": "-c:v libx264 -preset veryslow -crf 27 -c:a aac -b:a 64k -movflags +faststart",
    ".webm": "-c:v libvpx-vp9 -b:v 0 -crf 38 -row-mt 1 -c:a libopus -b:a 48k",
}


def compose(video: dict[str, Any]) -> None:
    """Writes one video: its pictures one after the other, its sounds at their times."""
    target = SAMPLE / video["file"]
    pictures = [moment for moment in video["moments"] if moment["from"].startswith("photos/")]
    sounds = [moment for moment in video["moments"] if moment not in pictures]
    inputs: list[str] = []
    for moment in pictures:
        length = moment["stop"] - moment["start"]
        inputs += ["-loop", "1", "-framerate", f"{RATE}", "-t", f"{length}"]
        inputs += ["-i", str(SAMPLE / moment["from"])]
    for moment in sounds:
        inputs += ["-i", str(SAMPLE / moment["from"])]
    fit = (
        f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease,"
        f"pad={WIDTH}:{HEIGHT}:-1:-1,setsar=1,format=yuv420p"
    )
    graph = [f"[{i}:v]{fit}[v{i}]" for i in range(len(pictures))]
    graph.append("".join(f"[v{i}]" for i in range(len(pictures))) + f"concat={len(pictures)}[v]")
    for i, moment in enumerate(sounds, len(pictures)):
        mono = "aresample=48000,aformat=channel_layouts=mono"
        graph.append(f"[{i}:a]{mono},adelay={round(moment['start'] * 1000)}[a{i}]")
    heard = "".join(f"[a{i}]" for i in range(len(pictures), len(pictures) + len(sounds)))
    graph.append(f"{heard}amix={len(sounds)}:normalize=0,apad[a]")
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *inputs]
    command += ["-filter_complex", ";".join(graph), "-map", "[v]", "-map", "[a]"]
    command += [*CODECS[target.suffix].split(), "-g", f"{RATE * 10}"]
    command += ["-t", f"{max(moment['stop'] for moment in pictures)}"]
    target.parent.mkdir(exist_ok=True)
    subprocess.run([*command, "-metadata", f"title={target.stem}", str(target)], check=True)


if __name__ == "__main__":
    for video in json.loads((SAMPLE / "moments.json").read_text("utf-8"))["videos"]:
        compose(video)
        print("composed", video["file"], file=sys.stderr)  # noqa: T201  # it is a command
