"""Moves files to the system's trash, and puts them back from where the desktop's trash keeps them.

freedesktop.org: "The FreeDesktop.org Trash specification", version 1.0. On macOS and Windows files
go to the trash as well, and only the user can put them back.
"""

from __future__ import annotations

import os
import sys
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr

INFO = ".trashinfo"


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file that is in the trash; `info` says where it was, None where that is not known."""

    path: Path
    info: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of several files; `refused` has a sentence for each that stayed."""

    done: tuple[Trashed, ...] = ()
    refused: tuple[str, ...] = ()


def throw_away(paths: Sequence[Path]) -> Outcome:
    """Moves each to the trash, or says why not. Takes a while, so not on the Qt thread."""
    from send2trash import TrashPermissionError, send2trash

    done, refused = [], []
    for path in paths:
        name = wording.name_of(path)
        try:
            send2trash(os.fspath(path))
        except FileNotFoundError:
            refused.append(tr("Trash", "{name} is not there any more.", name=name))
        except TrashPermissionError:
            refused.append(
                tr(
                    "Trash",
                    "The drive that holds {name} has no trash. Delete it in your file manager.",
                    name=name,
                )
            )
        except OSError as e:
            reason = e.strerror or str(e)
            refused.append(
                tr(
                    "Trash",
                    "{name} can't be moved to the trash: {reason}.",
                    name=name,
                    reason=reason,
                )
            )
        else:
            done.append(Trashed(path, _info_of(path)))
    return Outcome(tuple(done), tuple(refused))


def put_back(thrown: Sequence[Trashed]) -> Outcome:
    """Moves each back to where it was, or says where it lies. Nothing is ever overwritten."""
    done, refused = [], []
    for one in thrown:
        name = wording.name_of(one.path)
        if one.info is None:
            refused.append(
                tr("Trash", "{name} is in the trash: put it back from there.", name=name)
            )
        elif os.path.lexists(one.path):
            refused.append(
                tr(
                    "Trash",
                    "Another file is in the place of {name} now. It lies in {kept}.",
                    name=name,
                    kept=wording.shown(str(_kept(one.info))),
                )
            )
        else:
            try:
                one.path.parent.mkdir(parents=True, exist_ok=True)
                _kept(one.info).rename(one.path)
                one.info.unlink(missing_ok=True)
            except OSError as e:
                refused.append(
                    tr(
                        "Trash",
                        "{name} can't be put back: {reason}. It lies in {kept}.",
                        name=name,
                        reason=e.strerror or str(e),
                        kept=wording.shown(str(_kept(one.info))),
                    )
                )
            else:
                done.append(one)
    return Outcome(tuple(done), tuple(refused))


def _kept(info: Path) -> Path:
    return info.parent.parent / "files" / info.name.removesuffix(INFO)


def _info_of(path: Path) -> Path | None:
    """The newest note of the trash about a file that was at `path`."""
    if sys.platform in ("darwin", "win32"):
        return None
    found = [info for trash in _trashes(path) for info in _notes(trash, path)]
    return max(found, key=lambda info: info.stat().st_mtime_ns, default=None)


def _trashes(path: Path) -> Iterator[Path]:
    """Where the desktop may have put it: at home, or at the top of its volume."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    yield Path(data) / "Trash"
    top = Path(os.path.realpath(path.parent))
    while not top.is_mount() and top != top.parent:
        top = top.parent
    yield top / ".Trash" / str(os.getuid())
    yield top / f".Trash-{os.getuid()}"


def _notes(trash: Path, path: Path) -> Iterator[Path]:
    # Relative paths start at the folder that holds the trash.
    base = trash.parent.parent if trash.parent.name == ".Trash" else trash.parent
    stem = path.stem
    try:
        notes = [note for note in (trash / "info").iterdir() if note.name.startswith(stem)]
    except OSError:
        return
    for info in notes:
        try:
            lines = info.read_bytes().splitlines()
        except OSError:
            continue  # emptied meanwhile
        said = next((line[5:] for line in lines if line.startswith(b"Path=")), b"")
        was = base / os.fsdecode(urllib.parse.unquote_to_bytes(said))
        if os.path.normpath(was) == os.path.normpath(path):
            yield info
