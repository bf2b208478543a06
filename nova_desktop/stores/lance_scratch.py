"""Where LanceDB keeps what it sorts on the disk while it writes: beside the index.

It does so while it puts rows, and while it trains an index of vectors. By itself it takes the
system's folder of temporary files: that is often in memory, and what a killed program leaves there,
nobody ever finds.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRATCH = ".scratch"  # in the store's folder
_VARIABLE = "TMP" if sys.platform == "win32" else "TMPDIR"  # LanceDB reads it each time
_lock = threading.Lock()  # the environment is the process's


def prepare_environment() -> None:
    """Before LanceDB has threads: a variable that is only replaced later can be read meanwhile."""
    os.environ.setdefault(_VARIABLE, tempfile.gettempdir())


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Wrap what writes in this. One store at a time; what a kill left there is removed first."""
    place = folder / SCRATCH
    usual = os.environ.get(_VARIABLE, tempfile.gettempdir())  # Python's own files stay there
    with _lock:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        os.environ[_VARIABLE] = str(place)
        try:
            yield
        finally:
            os.environ[_VARIABLE] = usual
            shutil.rmtree(place, ignore_errors=True)
