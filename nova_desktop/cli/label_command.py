"""`label` and `groups` on the command line."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.answers import day
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.labels import Cluster, Said

LOOK_S = 0.2  # between two looks at how far it is
MOST = 10_000  # suggestions that are accepted at once


def label(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    match args.what:
        case "add":
            for name in args.names:
                library.add_label(name)
        case "remove":
            library.remove_label(args.label)
        case "suggest":
            found = library.suggestions(args.label, args.limit)
            if not terminal.answer(found):
                for one in found:
                    terminal.print(plain(str(one.path)))
            if not found:
                terminal.remark("Nothing more is clearly that.")
            return 0
        case "accept" | "refuse" | "clear":
            said = {"accept": Said.YES, "refuse": Said.NO, "clear": Said.NOTHING}[args.what]
            files = [Path(file).absolute() for file in args.files]
            if args.what == "accept" and not files:
                files = [one.path for one in library.suggestions(args.label, MOST)]
            library.say_label(args.label, files, said)
    labels = library.labels()
    if not terminal.answer(labels):
        rows = [("Label", "Files", "Suggested")]
        rows += [(plain(one.name), str(one.accepted), str(one.suggested)) for one in labels]
        none = ["No label is there yet: nova-desktop label add WORD"]
        for line in table(rows) if labels else none:
            terminal.print(line)
    return 0


def groups(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    """Each with what is typed to find it."""
    del args
    found = library.clusters(again=True)
    while not found.done:
        terminal.share(round(found.share * 1000), 1000)
        time.sleep(LOOK_S)
        found = library.clusters()
    terminal.clear()
    if not terminal.answer(found):
        for one in found.clusters:
            terminal.print(f"{one.count:>6}  {plain(_name(one))}")
            for cover in one.covers:
                terminal.print(f"        {plain(str(cover))}")
        if not found.clusters:
            terminal.print("No files are so much like one another that they make a group.")
    return 0


def _name(group: Cluster) -> str:
    when = ""
    if not group.name and group.day_s is not None:
        when = day(group.day_s)
    elif not group.name and group.month_s is not None:
        when = day(group.month_s)[:7]
    return ", ".join(filter(None, (group.name, group.place, when))) or "much alike, without words"
