"""What can be typed after `nova-desktop label`."""

from __future__ import annotations

import argparse

from nova_desktop.cli.options import add_limit
from nova_desktop.cli.values import place


def add_label(label: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = label.add_subparsers(dest="what", metavar="WHAT", title="what to do")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    def of_label(name: str, text: str) -> argparse.ArgumentParser:
        made = command(name, text)
        made.add_argument("label", metavar="LABEL")
        return made

    command("list", "Every label; this is done without WHAT too.")
    add = command("add", "Words of your own for what files show.")
    add.add_argument("names", nargs="+", metavar="LABEL")
    of_label("remove", "Take a label away, also from files.")
    suggest = of_label("suggest", "The files that clearly are what it says, surest first.")
    add_limit(suggest, "files", 100)
    for name, text in (
        ("accept", "Give files the label, all that are suggested without FILE; tag: finds them."),
        ("refuse", "Say that files have it not, so that they are not suggested again."),
        ("clear", "Take back what was said of files."),
    ):
        count = "*" if name == "accept" else "+"
        of_label(name, text).add_argument("files", type=place, nargs=count, metavar="FILE")
