"""Which programs open a file, by the desktop entries of Linux.

freedesktop.org: "Association between MIME types and applications" 1.0 and "Desktop Entry
Specification" 1.5. Elsewhere there are none: macOS and Windows ask by themselves.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeDatabase, QProcess

from nova_desktop.errors import TryLater
from nova_desktop.ui.look.words import tr

DEFAULTS, ADDED, REMOVED = "Default Applications", "Added Associations", "Removed Associations"
MOST = 12  # programs that are offered


@dataclass(frozen=True, slots=True)
class Program:
    """One that can open a file; `command` still has the fields of its desktop entry."""

    entry: str  # "org.gnome.eog.desktop"
    name: str
    command: tuple[str, ...]
    file: Path
    icon: str = ""


def programs_for(path: Path) -> tuple[Program, ...]:
    """Those that are installed, the usual one first. Reads files, so not on the Qt thread."""
    if sys.platform in ("darwin", "win32"):
        return ()
    database = QMimeDatabase()
    kind = database.mimeTypeForFile(os.fspath(path), QMimeDatabase.MatchMode.MatchExtension)
    entries: dict[str, None] = {}
    for mime in (kind.name(), *kind.allAncestors()):
        if mime != "application/octet-stream":
            entries |= dict.fromkeys(_entries(mime))
    found = (_program(entry) for entry in entries)
    by_name: dict[str, Program] = {}
    for program in found:
        if program is not None:
            by_name.setdefault(program.name, program)
    return tuple(by_name.values())[:MOST]


def open_with(program: Program, paths: tuple[Path, ...]) -> None:
    """Starts it on these files, apart from this program. Raises TryLater with what to do."""
    for first, *rest in _commands(program, paths):
        started, _ = QProcess.startDetached(first, rest, os.fspath(Path.home()))
        if not started:
            raise TryLater(
                tr(
                    "Programs",
                    "{program} could not be started. Choose another program.",
                    program=program.name,
                )
            )


def _commands(program: Program, paths: tuple[Path, ...]) -> Iterator[list[str]]:
    """One for all files, or one a file where the program takes no more."""
    several = any(word in ("%F", "%U") for word in program.command)
    for group in [paths] if several else [(path,) for path in paths]:
        words: list[str] = []
        named = False
        for word in program.command:
            match word:
                case "%F" | "%f":
                    words += map(os.fspath, group)
                    named = True
                case "%U" | "%u":
                    words += [path.as_uri() for path in group]
                    named = True
                case "%i":
                    words += ["--icon", program.icon] if program.icon else []
                case "%c":
                    words.append(program.name)
                case "%k":
                    words.append(os.fspath(program.file))
                case "%d" | "%D" | "%n" | "%N" | "%v" | "%m":
                    pass  # deprecated: to be left out
                case _:
                    words.append(_inside(word, group[0]))
                    named = named or words[-1] != word.replace("%%", "%")
        yield words if named else words + [os.fspath(path) for path in group]


def _inside(word: str, path: Path) -> str:
    """A field within a word, which the specification does not allow and programs have."""
    parts = word.split("%%")
    for field, value in (("%f", os.fspath(path)), ("%u", path.as_uri())):
        for case in (field, field.upper()):
            parts = [part.replace(case, value) for part in parts]
    return "%".join(parts)


def _entries(mime: str) -> Iterator[str]:
    """Names of desktop entries for a MIME type, those the user prefers first."""
    removed: set[str] = set()
    later: list[str] = []
    for lists in _lists():
        read = _read(lists)
        for entry in _listed(read, DEFAULTS, mime):
            if entry not in removed:
                yield entry
        later += [e for e in _listed(read, ADDED, mime) if e not in removed]
        removed |= set(_listed(read, REMOVED, mime))
    yield from later
    for folder in _application_folders():
        for entry in _listed(_read(folder / "mimeinfo.cache"), "MIME Cache", mime):
            if entry not in removed:
                yield entry


def _listed(read: dict[str, dict[str, str]], section: str, mime: str) -> list[str]:
    return [entry for entry in read.get(section, {}).get(mime, "").split(";") if entry]


def _lists() -> Iterator[Path]:
    """The mimeapps.list files, that of this desktop before the common one."""
    desktops = [
        name.lower() for name in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":") if name
    ]
    names = [*(f"{name}-mimeapps.list" for name in desktops), "mimeapps.list"]
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    system = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    for folder in (config, *system, *_application_folders()):
        for name in names:
            yield Path(folder) / name


def _application_folders() -> list[Path]:
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    system = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return [Path(folder) / "applications" for folder in (data, *system) if folder]


def _program(entry: str) -> Program | None:
    """None for what is not installed, is hidden, or is no program."""
    for folder in _application_folders():
        # "kde/okular.desktop" is named kde-okular.desktop.
        for file in (folder / entry, folder / entry.replace("-", "/", 1)):
            if file.is_file():
                return _parsed(entry, file)
    return None


def _parsed(entry: str, file: Path) -> Program | None:
    said = _read(file).get("Desktop Entry", {})
    hidden = said.get("Hidden") == "true" or said.get("Terminal") == "true"
    if said.get("Type") != "Application" or hidden or not said.get("Exec"):
        return None
    if (needed := said.get("TryExec")) and shutil.which(needed) is None:
        return None
    try:
        command = shlex.split(_unescaped(said["Exec"]))
    except ValueError:
        return None  # quotes that do not close
    if not command or shutil.which(command[0]) is None:
        return None
    return Program(
        entry, _unescaped(_local(said, "Name")) or entry, tuple(command), file, said.get("Icon", "")
    )


def _local(said: dict[str, str], key: str) -> str:
    """A value in the user's language, where there is one."""
    name = QLocale().name()  # "de_DE"
    for locale in (name, name.split("_")[0]):
        if value := said.get(f"{key}[{locale}]"):
            return value
    return said.get(key, "")


def _unescaped(value: str) -> str:
    out, letters = [], iter(value)
    for letter in letters:
        if letter != "\\":
            out.append(letter)
            continue
        after = next(letters, "\\")
        out.append({"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}.get(after, "\\" + after))
    return "".join(out)


def _read(file: Path) -> dict[str, dict[str, str]]:
    """Sections with their keys; the first of two equal ones counts. {} for no such file."""
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return {}
    sections: dict[str, dict[str, str]] = {}
    now: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("[") and line.rstrip().endswith("]"):
            now = sections.setdefault(line.strip()[1:-1], {})
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            now.setdefault(key.strip(), value.strip())
    return sections
