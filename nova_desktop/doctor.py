"""What `nova-desktop doctor` looks at: each check says what was found, and the remedy."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nova_desktop.errors import ExpectedError
from nova_desktop.model import Check, Space
from nova_desktop.ports import Describer, Engine

LOW_BYTES = 1 << 30  # free space below which indexing may soon stop


def checks(
    data: Path,
    engine: Engine,
    describers: Sequence[Describer],
    spaces: Sequence[Space],
    rows: Callable[[Space], int],
    tools: Callable[[], str],
) -> tuple[Check, ...]:
    """Runs every check. `rows` reads all of a space, of `spaces`, and counts them. `tools` names
    the programs that reading needs, or raises NeedsUser.
    """
    return (
        _check("data folder", lambda: _writable(data)),
        _check("free space", lambda: _space(data)),
        _check(
            "store", lambda: ", ".join(f"{rows(one)} rows in {one.name}" for one in spaces) + "."
        ),
        _check("ffmpeg", tools),
        Check("engine", "missing" not in engine.note, engine.note),
        *described(describers),
    )


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except ExpectedError as e:
        return Check(name, False, str(e))
    except OSError as e:
        return Check(name, False, f"{e.strerror}: {e.filename}.")


def _rows(spaces: Sequence[Space], rows: Callable[[Space], int]) -> str:
    return ", ".join(f"{rows(space)} rows in {space.name}" for space in spaces) + "."


def _writable(data: Path) -> str:
    # LanceDB commits by hard links: exFAT and some network shares have none.
    with tempfile.TemporaryDirectory(dir=data) as folder:
        file = Path(folder) / "one"
        file.write_bytes(b"")
        os.link(file, file.with_name("two"))
    mode = data.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077:
        return f"{data} is writable, but other users may read it: chmod 700 it."
    return f"{data} is writable, by you alone."


def _space(data: Path) -> str:
    free = shutil.disk_usage(data).free
    if free < LOW_BYTES:
        raise OSError(0, f"Only {free / 1e9:.1f} GB are free, free some for the index", str(data))
    return f"{free / 1e9:.0f} GB are free."


def described(describers: Sequence[Describer]) -> Iterator[Check]:
    """A line for each: whether what it needs is installed."""
    for describer in describers:
        missing = describer.missing()
        yield Check(describer.name, not missing, missing or "Installed.")
