"""Makes the pictures of the README, of the real program on the sample library.

python -m tests.window.readme_pictures
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from nova_desktop.settings import resource
from tests.window.program import PLACED, ROOT, Program
from tests.window.screen import Screen

PICTURES = ROOT / "resources" / "pictures"
LARGEST = 250_000  # bytes of one
COLOURS = (256, 128, 64)


def save(screen: Screen, name: str) -> None:
    """What is in the window now, in as many colours as there is room for."""
    time.sleep(3)  # everything has come, and nothing moves
    seen = screen.picture()[
        PLACED.top : PLACED.top + PLACED.height, PLACED.left : PLACED.left + PLACED.width
    ]
    path = PICTURES / f"{name}.png"
    for colours in COLOURS:
        reduced = Image.fromarray(seen).quantize(colours, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            return
    raise SystemExit(f"{path} is larger than {LARGEST} bytes.")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data, settings = place / "data", place / "settings.toml"
        settings.write_text('theme = "light"\n')
        # Where it is stands in the pictures.
        files = Path(tempfile.gettempdir(), "Library")
        shutil.copytree(resource("sample"), files)
        stack.callback(shutil.rmtree, files)
        command = [sys.executable, "-m", "nova_desktop", "index", str(files)]
        subprocess.run(
            [*command, "--data", str(data), "--settings", str(settings)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            check=True,
        )
        (place / "screen").mkdir()
        screen = stack.enter_context(contextlib.closing(Screen(place / "screen")))
        program = stack.enter_context(contextlib.closing(Program(screen, data, settings)))
        screen.do("mousemove", 1390, 10)
        time.sleep(8)  # the library is opened
        save(screen, "everything")
        for words in ("cat", "rocket launch into space"):  # the first question takes longest
            program.search(words)
            time.sleep(8)
        screen.key("Return")
        save(screen, "results")
        screen.key("Right", "space")
        save(screen, "viewer")
        screen.key("Escape", "ctrl+comma")
        save(screen, "settings")


if __name__ == "__main__":
    main()
