"""Uses an installed program as a person would, whatever it is installed as.

python -m tests.packaging.installed [--root ROOT] WORK PROGRAM...

Indexes a file of every format with a few photos and recordings, asks what each holds, lets
`doctor` look, asks as an assistant does, and opens the window on a display of its own. WORK is a
new folder; with ROOT the program sees ROOT as /, and WORK lies in it. Prints what took how long;
anything that is not as it should be ends it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import numpy as np
from mcp import Client, StdioServerParameters

from tests.e2e.hostile_folder import whole

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
COPIED = ("photos/rocket launch.jpg", "photos/cat on the sofa.jpg", "speech/en message.ogg")
# What is asked, and the file that holds it: documents by their words, the others by what the
# models of the program make of them. A model that a packager left out is missed here.
GOLDEN = {
    "zeppelin": "letter.docx",
    "lighthouse keeper": "talk.pptx",
    "pears": "sums.xlsx",
    "walrus": "office odt.odt",
    "volcano": "office ods.ods",
    "marmalade": "office odp.odp",
    "glacier": "book.epub",
    "beekeeping": "report.pdf",
    "kangaroo": "text txt.txt",
    "parsnip": "text md.md",
    "tomato": "text csv.csv",
    "axolotl": "text json.json",
    "rhubarb": "text html.html",
    "harbour": "text rtf.rtf",
    "seagull avif": "seagull avif.avif",
    "seagull heic": "seagull heic.heic",
    "camera dng": "camera.dng",
    "tone opus": "tone opus.opus",
    "film webm": "film webm.webm",
    "a rocket": "one.jpg",  # things recognised
    "a cat": "two.jpg",
    "a caller waiting": "three.ogg",  # speech
}
TITLE = "^Nova Desktop$"  # of the window, in every language


@dataclass(frozen=True)
class Installed:
    """A program that is there, with data and settings of its own."""

    program: Sequence[str]
    work: Path
    root: Path | None

    def inside(self, path: Path) -> str:
        """`path` as the program sees it."""
        return str(path) if self.root is None else f"/{path.relative_to(self.root)}"

    def words(self, *argv: str) -> list[str]:
        data, settings = self.work / "data", self.work / "settings.toml"
        settings.touch()
        own = ("--data", self.inside(data), "--settings", self.inside(settings))
        return [*self.program, *argv, *own]

    def json(self, *argv: str) -> Any:
        done = subprocess.run(
            [*self.words(*argv), "--json"], capture_output=True, text=True, cwd="/", check=False
        )
        if done.returncode:
            raise SystemExit(f"{argv}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout)


@contextmanager
def timed(what: str) -> Iterator[None]:
    before = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - before:.1f} s", flush=True)  # noqa: T201 – its report


def use(it: Installed) -> None:
    media = it.work / "media"
    media.mkdir(parents=True)
    whole(media)
    for source, name in zip(COPIED, ("one", "two", "three"), strict=True):
        shutil.copy(SAMPLE / source, media / (name + Path(source).suffix))
    with timed("first answer"):
        checks = it.json("doctor")
    assert [one for one in checks if not one["ok"]] == []
    with timed("index a file of every format"):
        done = it.json("index", it.inside(media))
    files = len([path for path in media.iterdir() if path.suffix not in (".srt", ".vtt")])
    assert done["failures"] == []
    assert done["status"]["counts"].get("waiting", 0) == 0
    assert done["status"]["counts"]["indexed"] >= files
    with timed("answer on the command line"):
        hits = it.json("find", "zeppelin", "--limit", "1")
    assert [Path(hit["path"]).name for hit in hits] == ["letter.docx"]
    with timed(f"answer {len(GOLDEN)} questions of an assistant"):
        answers = anyio.run(assisted, it)
    missed = {text: names for text, names in answers.items() if GOLDEN[text] not in names}
    assert missed == {}
    with timed("show the window"):
        window(it)


async def assisted(it: Installed) -> dict[str, list[str]]:
    """The names of the three best files for each question: all of them on one opened library."""
    program, *argv = it.words("mcp")
    answers = {}
    async with Client(StdioServerParameters(command=program, args=argv)) as client:
        for text in GOLDEN:
            found = await client.call_tool("search", {"query": text, "limit": 3})
            assert not found.is_error, found.content
            answers[text] = [hit["name"] for hit in found.structured_content["hits"]]
    return answers


def window(it: Installed) -> None:
    """The real window on an X server of its own: it shows results, and is not all of one colour."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    display = f":{os.read(reading, 16).decode().strip()}"
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    shown = subprocess.Popen(it.words("open", "--search", "zeppelin"), env=env, cwd="/")
    try:
        found = ["xdotool", "search", "--sync", "--onlyvisible", "--name", TITLE]
        subprocess.run(found, env=env, check=True, capture_output=True, timeout=120)
        for _ in range(240):
            if colours(env) > 100:  # text and pictures; an empty window has few
                break
            assert shown.poll() is None, "the window's process has ended"
            time.sleep(0.5)
        else:
            raise AssertionError("the window stays empty")
    finally:
        server.terminate()  # which also ends a window that no signal reaches
        server.wait(10)
        shown.terminate()
        try:
            shown.wait(60)
        except subprocess.TimeoutExpired:
            shown.kill()
            raise


def colours(env: dict[str, str]) -> int:
    """How many there are on the display now."""
    grabbed = subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-nostdin", "-f", "x11grab", "-i", env["DISPLAY"]),
            *("-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
        ],
        capture_output=True,
        check=True,
    )
    return len(np.unique(np.frombuffer(grabbed.stdout, np.uint8).reshape(-1, 3), axis=0))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--root", type=Path)
    parser.add_argument("program", nargs=argparse.REMAINDER)
    typed = parser.parse_args()
    use(Installed(typed.program, typed.work.absolute(), typed.root))
