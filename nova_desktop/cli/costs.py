"""The commands about money and privacy: what it would cost, what may be sent, and what was."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable
from pathlib import Path

from nova_desktop.as_json import fields_of
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.errors import BadInput
from nova_desktop.spending import FurtherStatus, Quote, Rule, Spent

PER = {"text": "tokens", "audio": "seconds", "video": "seconds"}  # the others: pictures
SAID = {
    Rule.DEVICE: "stays on this device",
    Rule.CLOUD: "may be sent",
    Rule.NEVER: "is never indexed",
}


def cost(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    folders = [Path(folder).absolute() for folder in args.folders]
    watched = [folder.path for folder in library.status().folders]
    quotes = [library.quote(folder) for folder in folders or watched]
    if terminal.answer([fields_of(quote, usd=quote.usd) for quote in quotes]):
        return 0
    for quote in quotes:
        for line in quoted(quote):
            terminal.print(line)
        terminal.print()
    for line in meter(library.spent()):
        terminal.print(line)
    return 0


def rule(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    if args.folder is None:
        decided = library.rules()
        if terminal.answer(decided):
            return 0
        for line in table([(plain(str(one.path)), SAID[one.rule]) for one in decided]):
            terminal.print(line)
        if not decided:
            terminal.print("Nothing was decided: every folder stays on this device.")
        return 0
    folder, chosen = Path(args.folder).absolute(), Rule(args.rule)
    if chosen is not Rule.CLOUD:
        library.set_rule(folder, chosen)
    else:
        quote = library.quote(folder)
        for line in quoted(quote):
            terminal.print(line)
        if not (args.yes or terminal.agrees("Send it?")):
            raise BadInput("Nothing was changed. To allow it without being asked, add --yes.")
        library.set_rule(folder, chosen, quote.usd)
    terminal.print(f"{plain(str(folder))} {SAID[chosen]}.")
    if terminal.json:
        terminal.answer(library.rules())
    return 0


def sent(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    lines = library.sent(args.limit)
    if terminal.answer(lines):
        return 0
    if not lines:
        terminal.print("Nothing was ever sent from this device.")
    rows = [
        (
            instant(line.at_s),
            size(line.bytes),
            plain(line.place),
            f"deleted {instant(line.deleted_s)}" if line.deleted_s is not None else "",
            plain(str(line.path)),
        )
        for line in lines
    ]
    for text in table(rows):
        terminal.print(text)
    return 0


def quoted(quote: Quote) -> Iterable[str]:
    """A quote in lines: what each kind costs, what is spared, and where the prices are from."""
    yield f"{plain(str(quote.folder))}: about ${quote.usd:.4f} with {plain(quote.space)}"
    rows = [
        (
            f"  {line.kind}",
            f"{line.files} files",
            f"{line.units:.0f} {PER.get(line.kind, 'pictures')}",
            f"${line.usd:.4f}",
            f"{line.spared:.0f} spared" if line.spared else "",
            f"{line.by_job} as one job each, through S3" if line.by_job else "",
        )
        for line in quote.lines
    ]
    yield from table(rows)
    if not quote.lines:
        yield "  Nothing is left to send."
    if quote.unknown:
        yield f"  {quote.unknown} files are not in it: this device has to index them first."
    if quote.whole:
        yield f"  {quote.whole} films and sounds are quoted in full: it may become less."
    yield f"  {plain(quote.prices)}"


def meter(spent: Spent) -> Iterable[str]:
    """What was spent, and what may be."""
    month = "no limit" if spent.month_cap_usd is None else f"of ${spent.month_cap_usd:.2f}"
    run = "no limit" if spent.run_cap_usd is None else f"of ${spent.run_cap_usd:.2f}"
    yield from table(
        [
            ("Spent this month", f"${spent.month_usd:.4f}", month),
            ("Spent in this run", f"${spent.run_usd:.4f}", run),
            ("Spent in all", f"${spent.total_usd:.4f}", ""),
            *((f"  {kind} this month", f"${usd:.4f}", "") for kind, usd in spent.by_kind),
        ]
    )


def further_facts(further: FurtherStatus) -> list[tuple[str, str]]:
    """What `status` says of a space beside the device's."""
    numbers = f"{further.indexed} indexed, {further.waiting} waiting, {further.failed} failed"
    allowed = ", ".join(plain(str(path)) for path in further.allowed)
    return [
        ("Beside it", f"{plain(further.space)}: {numbers}"),
        ("", further.note),
        ("Sent from", allowed or "no folder: nova-desktop rule FOLDER cloud"),
        *([("Held", plain(further.held))] if further.held else []),
    ]


def instant(at_s: float) -> str:
    return f"{datetime.datetime.fromtimestamp(at_s):%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"
