"""What can be typed after `nova-desktop duplicates`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

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


def add_duplicates(
    duplicates: argparse.ArgumentParser,
    place: Callable[[str], str],
    limit: Callable[[str], int],
    offset: Callable[[str], int],
    kinds: Sequence[str],
) -> None:
    """`place`, `limit` and `offset` read what stands after options."""
    duplicates.add_argument(
        "--same", action="append", default=[], choices=SAMES, help="only alike so; repeatable"
    )
    duplicates.add_argument(
        "--type", action="append", default=[], choices=kinds, help="only this kind; repeatable"
    )
    duplicates.add_argument(
        "--in",
        type=place,
        dest="folders",
        action="append",
        default=[],
        metavar="FOLDER",
        help="only groups with a file inside this folder; may be repeated",
    )
    for name, text in (
        ("--apart", "remember that these are no duplicates of one another"),
        ("--not-apart", "forget that"),
    ):
        duplicates.add_argument(name, type=place, nargs="+", default=[], metavar="FILE", help=text)
    duplicates.add_argument(
        "--limit", type=limit, default=100, metavar="N", help="at most so many groups (100)"
    )
    duplicates.add_argument(
        "--offset", type=offset, default=0, metavar="N", help="leave so many out: the next page"
    )
