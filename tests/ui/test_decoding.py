"""Pictures are decoded beside a Qt thread that goes on."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from nova_desktop.ui.look.decoding import SMALL, decoded

# Two threads decode large pictures while the main one enters Qt's lock with Python's in hand.
RACE = """
import sys, threading, time
from PySide6.QtGui import QGuiApplication, QImage
from nova_desktop.ui.look.decoding import decoded
sys.setswitchinterval(0.0005)
application = QGuiApplication([])
large, small = sys.stdin.buffer.read().split(b"|" * 9)
ends = time.monotonic() + 2
seen = []
def work():
    while time.monotonic() < ends:
        seen.append(decoded(large).isNull())
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
while time.monotonic() < ends:
    assert not QImage.fromData(small).isNull()
for thread in threads:
    thread.join()
assert seen and not any(seen), seen
"""


def made(width: int, form: str) -> bytes:
    pixels = np.random.default_rng(1).integers(0, 255, (width, width, 3), dtype=np.uint8)
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, form)
    return written.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("width", [40, 1200])
def test_a_picture_of_any_size_is_decoded(form: str, width: int, qtbot: object) -> None:
    data = made(width, form)
    assert (len(data) > SMALL) == (width > 1000)
    image = decoded(data)
    assert (image.width(), image.height()) == (width, width)


def test_what_is_no_picture_is_a_null_one(qtbot: object) -> None:
    assert decoded(b"").isNull()
    assert decoded(b"no picture").isNull()
    assert decoded(made(1200, "JPEG")[: SMALL // 2]).width() in (0, 1200)


def test_threads_that_decode_never_wait_for_each_other_for_ever(qtbot: object) -> None:
    both = made(1200, "JPEG") + b"|" * 9 + made(40, "JPEG")
    subprocess.run([sys.executable, "-c", RACE], input=both, check=True, timeout=60)
