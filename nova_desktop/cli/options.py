"""Options that several commands have, meaning the same in each."""

from __future__ import annotations

import argparse

from nova_desktop.cli.values import KINDS, limit, offset, place


def add_kinds(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--type", action="append", default=[], choices=KINDS, help="only this kind; repeatable"
    )


def add_folders(to: argparse.ArgumentParser, text: str) -> None:
    """`text` says what a folder narrows."""
    to.add_argument(
        "--in",
        type=place,
        dest="folders",
        action="append",
        default=[],
        metavar="FOLDER",
        help=f"{text} inside this folder; may be repeated",
    )


def add_limit(to: argparse.ArgumentParser, what: str, most: int) -> None:
    """`what` is counted, `most` of them unless told."""
    text = f"at most so many {what} ({most})"
    to.add_argument("--limit", type=limit, default=most, metavar="N", help=text)


def add_page(to: argparse.ArgumentParser, what: str, most: int) -> None:
    """As `add_limit`, and where to begin."""
    add_limit(to, what, most)
    to.add_argument(
        "--offset", type=offset, default=0, metavar="N", help="leave so many out: the next page"
    )
