"""Writes the manual page out of what --help says: manual.py >nova-desktop.1"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from nova_desktop import __version__
from nova_desktop.cli import arguments, find_arguments

HIDDEN = {"host"}  # started by the program itself
FILES = (
    ("~/.config/nova-desktop/settings.toml", "The settings, which the README tells one by one."),
    ("~/.local/share/nova-desktop/", "The index, previews, log and reports."),
)
VARIABLES = (
    ("NOVA_DESKTOP_DATA", "The data folder, where --data is not given."),
    ("NOVA_DESKTOP_SETTINGS", "The settings file, where --settings is not given."),
    ("NOVA_FFMPEG", "The ffmpeg program, where the setting is empty."),
)


def page() -> Iterator[str]:
    top = arguments.parser()
    yield f'.TH NOVA-DESKTOP 1 "" "Nova Desktop {__version__}" "User Commands"'
    yield ".SH NAME"
    yield "nova-desktop \\- search everything you filmed, photographed, recorded and wrote"
    yield ".SH SYNOPSIS"
    yield ".B nova-desktop"
    yield "[\\fIoptions\\fR] [\\fICOMMAND\\fR] [\\fIarguments\\fR]"
    yield ".SH DESCRIPTION"
    yield text(f"{top.description} Without a command the window opens.")
    yield ".SH OPTIONS"
    yield from options(top)
    yield ".SH COMMANDS"
    yield from commands(top, "")
    yield '.SH "WHAT CAN BE TYPED"'
    yield from literal(find_arguments.FORMS)
    for title, rows in (("FILES", FILES), ("ENVIRONMENT", VARIABLES)):
        yield f".SH {title}"
        for name, about in rows:
            yield from (".TP", f".B {text(name)}", text(about))
    yield '.SH "EXIT STATUS"'
    yield from literal(arguments.EPILOG.partition("exit codes: ")[2])


def commands(parser: argparse.ArgumentParser, above: str) -> Iterator[str]:
    # argparse has no public way to ask what it was told.
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        for name, below in action.choices.items():
            if name in HIDDEN:
                continue
            yield f'.SS "{text(f"{above}{name}")}"'
            yield text(below.description or "")
            yield from positionals(below)
            yield from options(below, arguments.parser())
            yield from commands(below, f"{above}{name} ")


def positionals(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if not action.option_strings and not isinstance(action, argparse._SubParsersAction):
            name = action.metavar or "|".join(map(str, action.choices or ())) or action.dest
            yield from (".TP", f".I {text(str(name))}", text(action.help or ""))


def options(
    parser: argparse.ArgumentParser, but: argparse.ArgumentParser | None = None
) -> Iterator[str]:
    """Those of `parser`; those that `but` has too are told there."""
    told = {name for action in but._actions for name in action.option_strings} if but else set()
    for action in parser._actions:
        if not action.option_strings or told & set(action.option_strings):
            continue
        value = f" \\fI{text(str(action.metavar))}\\fR" if action.metavar else ""
        if action.choices:
            value = f" \\fI{text('|'.join(map(str, action.choices)))}\\fR"
        names = ", ".join(f"\\fB{text(name)}\\fR{value}" for name in action.option_strings)
        yield from (".TP", names, text(action.help or ""))


def literal(lines: str) -> Iterator[str]:
    yield ".nf"
    yield from (text(line) for line in lines.splitlines())
    yield ".fi"


def text(words: str) -> str:
    """As roff takes it: nothing in it is a request."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    sys.stdout.write("\n".join(page()) + "\n")
