"""What other machines have: as which file it is shown here, and its picture."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from pathlib import Path

from nova_desktop.closeup import Details
from nova_desktop.errors import BadInput
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.questions import Place, slices
from nova_desktop.model import Info, Modality, Preview

# A path that no file here has, as every hit has one; the content in it says which one it is.
SHOWN = re.compile(r"[\\/]elsewhere[\\/][^\\/]*[\\/]([^\\/]+)[\\/][^\\/]+$")
UNKNOWN = "another machine"


def place_of(
    content: str, machine: str, name: str, modality: Modality | None, taken_s: float
) -> Place:
    """`name`: the path of the file there, "" where that stays private."""
    machine = machine or UNKNOWN
    called = re.split(r"[\\/]", name)[-1] or _said(modality, taken_s)
    where = re.sub(r"[^\w .-]", "_", machine)
    shown = f"/elsewhere/{where}/{content}/{called}"
    return Place(shown, shown, True, f"{machine}, {name}" if name else machine)


def places(catalog: Catalog, contents: Collection[str]) -> dict[str, Place]:
    """Of those that are known of another machine."""
    found: dict[str, Place] = {}
    for some in slices(list(contents), 500):
        marks = ",".join("?" * len(some))
        rows = catalog.read(
            "SELECT e.content, COALESCE(m.name, ''), e.name, c.modality, c.taken_s "  # noqa: S608  # marks only
            "FROM elsewhere e JOIN contents c ON c.content = e.content "
            "LEFT JOIN mirror_machines m ON m.machine = e.machine "
            f"WHERE e.content IN ({marks})",
            some,
        )
        found |= {
            content: place_of(content, machine, name, Modality(kind), taken_s)
            for content, machine, name, kind, taken_s in rows
        }
    return found


def content_at(path: Path) -> str | None:
    """The content of a hit that is elsewhere, by its path; None for a file that is here."""
    found = SHOWN.search(str(path))
    return found[1] if found else None


def preview(catalog: Catalog, content: str) -> Preview:
    """The small picture that came with it. BadInput where there is none."""
    rows = catalog.read("SELECT thumbnail FROM elsewhere WHERE content = ?", [content])
    if not rows or not rows[0][0]:
        raise BadInput("It is on another machine, and no picture of it was shared.")
    return Preview(jpeg=rows[0][0])


def details(catalog: Catalog, path: Path, content: str) -> Details:
    """What is known of it here."""
    known = catalog.info(content)
    modality, info = known or (None, Info())
    return Details(path, modality, info, offline=True, spaces=tuple(catalog.spaces_of(content)))


def _said(modality: Modality | None, taken_s: float) -> str:
    kind = str(modality or "file")
    try:
        return f"{kind} of {datetime.datetime.fromtimestamp(taken_s):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return kind
