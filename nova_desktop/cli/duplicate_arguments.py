"""What can be typed after `nova-desktop duplicates`."""

from __future__ import annotations

import argparse

from nova_desktop.cli.options import add_folders, add_kinds, add_page
from nova_desktop.cli.values import place

SAMES = (
    "content",
    "picture",
    "burst",
    "film",
    "sound",
    "recording",
    "excerpt",
    "text",
)  # values of duplicates.Same


def add_duplicates(duplicates: argparse.ArgumentParser) -> None:
    duplicates.add_argument(
        "--same", action="append", default=[], choices=SAMES, help="only alike so; repeatable"
    )
    add_kinds(duplicates)
    add_folders(duplicates, "only groups with a file")
    for name, text in (
        ("--apart", "remember that these are no duplicates of one another"),
        ("--not-apart", "forget that"),
    ):
        duplicates.add_argument(name, type=place, nargs="+", default=[], metavar="FILE", help=text)
    add_page(duplicates, "groups", 100)
