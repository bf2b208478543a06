"""What can be typed after `nova-desktop folder`, and `nova-desktop queue`."""

from __future__ import annotations

import argparse

from nova_desktop.cli.values import place


def add_folder(folder: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = folder.add_subparsers(dest="what", metavar="WHAT", title="what to do", required=True)

    def command(name: str, text: str, takes: str = "FOLDER") -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        if takes:
            made.add_argument("folder", type=place, metavar=takes)
        return made

    command("list", "Every folder with its state, its files by state, and its size.", takes="")
    command("show", "One folder in full, with its rules.")
    ignore = command("ignore", "Leave out what matches patterns, written as in a .gitignore.")
    ignore.add_argument("patterns", nargs="*", metavar="PATTERN", help="instead of those before")
    ignore.add_argument("--add", action="store_true", help="besides those before")
    ignore.add_argument("--clear", action="store_true", help="leave nothing out by pattern")
    ignore.add_argument("--dry-run", action="store_true", help="only say what it would do")
    schedule = command("schedule", "When it is indexed: always, asked, or hours as 22:00-06:30.")
    schedule.add_argument("when", metavar="WHEN")
    command("pause", "Index nothing more of it.")
    command("resume", "Go on with it, also when it is not its time.")
    command("rescan", "Look for changes in it.")
    move = command("move", "Say where a folder is now; what is known of it stays.", takes="OLD")
    move.add_argument("new", type=place, metavar="NEW")
    for name, text in (
        ("exclude", "Leave files or folders out by hand; without any, list those that are."),
        ("include", "Take that back."),
    ):
        some = commands.add_parser(name, help=text, description=text, parents=[common])
        count = "*" if name == "exclude" else "+"
        some.add_argument("paths", type=place, nargs=count, metavar="PATH")
    command("survey", "What is in a folder, by kind, before it is added.")


def add_queue(queue: argparse.ArgumentParser) -> None:
    queue.add_argument(
        "--cancel",
        type=place,
        action="append",
        default=[],
        metavar="FILE",
        help="leave this file for later, also in its middle; may be repeated",
    )
