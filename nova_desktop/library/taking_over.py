"""What was chosen for a watched folder, for the folder above it that takes it over: pure."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from nova_desktop.library.rules import Rules

_SPECIAL = re.compile(r"([\\*?\[\]!# ])")  # what means something in a line of a .gitignore


def carried(lines: Sequence[str], outer: Path, inner: Path) -> tuple[str, ...]:
    """Lines of a .gitignore at the top of `inner`, as they have to be written at that of `outer`.

    First those that have `inner` itself looked into, where a default rule would leave it out.
    """
    inside = PurePosixPath(inner.relative_to(outer).as_posix())
    ways = [*reversed(inside.parents), inside][1:]
    found = [
        f"!/{_plain(way)}/"
        for way in ways
        if Rules().against_folder(os.fspath(outer / way), way.name, os.fspath(outer))
    ]
    for line in lines:
        if line.strip() and not line.startswith("#"):
            not_, pattern = ("!", line[1:]) if line.startswith("!") else ("", line)
            anchored = "/" in pattern.rstrip().rstrip("/")
            way = pattern.lstrip("/") if anchored else f"**/{pattern}"
            found.append(f"{not_}/{_plain(inside)}/{way}")
    return tuple(found)


def _plain(way: PurePosixPath) -> str:
    return _SPECIAL.sub(r"\\\1", str(way))
