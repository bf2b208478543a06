"""What can be typed to ask with files: `--file`, and which part of each is meant."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Sequence

from nova_desktop.cli.values import place

Part = tuple[str, float, float]  # a value of kinds.Unit, where it begins and where it ends
AT, PAGE = "--at", "--page"
MOST_PAGES = 1_000_000


def add_files(to: argparse.ArgumentParser) -> None:
    """`file` is the list of paths; `spans` has by their places in it which part is meant."""
    to.add_argument(
        "--file",
        type=place,
        action="append",
        default=[],
        metavar="PATH",
        help="find what is like this file; may be repeated",
    )
    to.add_argument(
        AT,
        type=moment,
        action=_OfFile,
        dest="spans",
        default={},
        metavar="TIME",
        help="of the film or sound before it only this moment, as 1:02 or 1:02..1:17",
    )
    to.add_argument(
        PAGE,
        type=pages,
        action=_OfFile,
        dest="spans",
        default={},
        metavar="N",
        help="of the document before it only this page, or these, as 3..5",
    )


class _OfFile(argparse.Action):
    """Belongs to the `--file` before it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        files: Sequence[str] = namespace.file
        if not files:
            parser.error(f"{option_string} belongs after the --file whose part it is")
        at = len(files) - 1
        if at in namespace.spans:
            parser.error(f"{option_string}: {files[at]} has a part already; name the file again")
        namespace.spans = {**namespace.spans, at: values}


def moment(text: str) -> Part:
    """1:02, or from when to when; a time alone is where a moment begins."""
    from nova_desktop.grammar.lengths import seconds
    from nova_desktop.query import MOMENT_S

    first, dots, last = text.partition("..")
    start, stop = seconds(first), seconds(last) if dots else None
    if start is None or (dots and stop is None):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time in a film; write it as 1:02, 62s or 1:02..1:17"
        )
    stop_s = stop[0] if stop else start[0] + MOMENT_S
    if not start[0] < stop_s or not math.isfinite(stop_s):
        raise argparse.ArgumentTypeError(f"{text!r} ends before it begins; the earlier time first")
    return "seconds", start[0], stop_s


def pages(text: str) -> Part:
    """3, or 3..5."""
    found = re.fullmatch(r"([0-9]{1,7})(?:\.\.([0-9]{1,7}))?", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= MOST_PAGES:
        raise argparse.ArgumentTypeError(f"{text!r} is no page; write it as 3, or 3..5")
    return "page", first, last
