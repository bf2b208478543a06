"""What can be typed: the commands, and the options of those that have no module of their own."""

from __future__ import annotations

import argparse
import os
from collections.abc import Container, Sequence
from typing import NoReturn

from nova_desktop import __version__
from nova_desktop.cli.duplicate_arguments import add_duplicates
from nova_desktop.cli.find_arguments import FIND, add_find, add_searches, with_minus_words
from nova_desktop.cli.folder_arguments import add_folder, add_queue
from nova_desktop.cli.label_arguments import add_label
from nova_desktop.cli.model_arguments import add_model
from nova_desktop.cli.options import add_folders, add_limit
from nova_desktop.cli.sync_arguments import add_sync
from nova_desktop.cli.values import account_id, bucket, place

RULES = ("device", "cloud", "never")  # those of spending.Rule, which is slow to import
VALUED = ("--data", "--settings")  # options of all commands that take the next word

EPILOG = """\
Without a command the window opens; with files in place of one, as `open` does it.

exit codes: 0 done (also when nothing was found) · 1 a bug, with a report in the data folder ·
2 wrong arguments · 3 an input that cannot work · 4 busy or out of reach, try later ·
5 something for you to do first · 130 interrupted"""


def read(argv: Sequence[str]) -> argparse.Namespace:
    """What was typed. Raises SystemExit when that was a mistake, or a question for help."""
    if not argv:
        # Most starts of the window: as the parser would say, without the 5 ms that making it takes.
        return argparse.Namespace(command=None, data=None, settings=None, verbose=None, json=None)
    asks = argv[0] == "find" or (argv[0] in VALUED and argv[2:3] == ["find"])
    made = parser("find" if asks else "")
    return made.parse_args(with_minus_words(with_open(argv, made.get_default("commands"))))


def parser(alone: str = "") -> argparse.ArgumentParser:
    """For all commands; with `alone` "find" for that one, as the others take 10 ms to add."""
    top = argparse.ArgumentParser(
        "nova-desktop",
        description="Search everything you filmed, photographed, recorded and wrote.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument(
        "--version",
        action=Version,
        nargs=0,
        dest=argparse.SUPPRESS,
        help="say what is inside, and exit",
    )
    add_globals(top, default=None)
    common = argparse.ArgumentParser(add_help=False)
    add_globals(common, default=argparse.SUPPRESS)  # after the command too, and never undoing it
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    if alone == "find":
        add_find(command("find", FIND))
        top.set_defaults(commands=frozenset(commands.choices))
        return top
    add_open(command("open", "Open the window, or raise it where it is open already."))
    index = command("index", "Watch folders, and index what is in them until nothing waits.")
    index.add_argument("folders", type=place, nargs="+", metavar="FOLDER")
    add_find(command("find", FIND))
    add_searches(
        command("searches", "The questions that are kept by name, and changes to them."), common
    )
    add_duplicates(command("duplicates", "What there is twice, or nearly, and which file to keep."))
    add_label(
        command("label", "Your own words for what files show, and what is suggested for them."),
        common,
    )
    command("groups", "Files that are like one another, as albums that could be.")
    command("status", "The folders, their files in numbers, and the engine.")
    command("watch", "Keep the index up to date until Ctrl+C, saying what happens.")
    doctor = command("doctor", "Check what the program needs, and say how to mend what is missing.")
    doctor.add_argument("--repair", action="store_true", help="mend a damaged index first")
    forget = command("forget", "Stop watching a folder and forget its files, which stay on disk.")
    forget.add_argument("folder", type=place, metavar="FOLDER")
    retry = command("retry", "Try failed files again: these, or all.")
    retry.add_argument("files", type=place, nargs="*", metavar="FILE")
    command("failures", "The files that could not be indexed, each with its reason.")
    cost = command("cost", "What Amazon Nova would cost for folders, and what was spent.")
    cost.add_argument("folders", type=place, nargs="*", metavar="FOLDER")
    rule = command("rule", "Say where a folder's files may go, or list what was said.")
    rule.add_argument("folder", type=place, nargs="?", metavar="FOLDER")
    rule.add_argument("rule", nargs="?", choices=RULES, help="where they may go")
    rule.add_argument("--yes", action="store_true", help="allow what the quote says without asking")
    sent = command("sent", "The files that were sent from this device, newest first.")
    add_limit(sent, "files", 100)
    storage = command("storage", "Where the index lies, and how large its parts are.")
    storage.add_argument(
        "--remove", default="", metavar="NAME", help="the vectors of an engine that is not used"
    )
    storage.add_argument("--yes", action="store_true", help="remove them without asking")
    command("compact", "Make the index as small as it can be.")
    backup = command("backup", "Write all that is known into one new file.")
    backup.add_argument("file", type=place, metavar="FILE")
    restore = command("restore", "Put a backup in the place of the index, which is kept aside.")
    restore.add_argument("file", type=place, metavar="FILE")
    erase = command("erase", "Remove all that is known; your own files stay.")
    erase.add_argument("--s3", action="store_true", help="delete what lies in the S3 bucket, too")
    for asks in (restore, erase):
        asks.add_argument("--yes", action="store_true", help="do it without asking")
    add_aws(command("aws", "The AWS account that Amazon Nova is asked with."), common)
    add_model(command("model", "Models that run on this device: CLIP, and larger Whisper."), common)
    add_sync(command("sync", "A library that several machines share, in a vector bucket."), common)
    about = command("folder", "One watched folder: its state, its rules, and where it is.")
    add_folder(about, common)
    add_queue(command("queue", "What is being indexed now, and what comes next."))
    mcp = command(
        "mcp", "Serve the library to an assistant, read-only, by MCP on stdin and stdout."
    )
    add_mcp(mcp)
    command("demo", "Index the sample library, ask it a dozen questions, and show the window.")
    # Without help it is not listed: the window and the command line start it, nobody else.
    commands.add_parser("host", parents=[common])
    top.set_defaults(commands=frozenset(commands.choices))
    return top


class Version(argparse.Action):
    """Prints the version, then what the program is made of with versions and licences."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from nova_desktop.cli.terminal import table
        from nova_desktop.inside import told  # a tenth of a second

        print(f"Nova Desktop {__version__}\n", *table(told()), sep="\n")
        parser.exit()


def with_open(argv: Sequence[str], known: Container[str]) -> list[str]:
    """`argv` with `open` before a path that stands in place of a `known` command.

    File managers hand over paths alone. A file named as a command is meant as the command.
    """
    words = iter(enumerate(argv))
    for at, word in words:
        if word in VALUED:
            next(words, None)
        elif not word.startswith("-"):
            path = word not in known and (word.startswith("file://") or os.path.lexists(word))
            return [*argv[:at], "open", *argv[at:]] if path else [*argv]
    return [*argv]


def add_open(opening: argparse.ArgumentParser) -> None:
    opening.add_argument(
        "places",
        type=place,
        nargs="*",
        metavar="PATH",
        help="a file to find what is like it, or a folder to add",
    )
    opening.add_argument("--search", default="", metavar="TEXT", help="search for these words")
    opening.add_argument(
        "--hidden", action="store_true", help="stay in the system's tray, where there is one"
    )


def add_globals(to: argparse.ArgumentParser, default: str | None) -> None:
    to.add_argument(
        "--data",
        type=place,
        metavar="DIR",
        default=default,
        help="where the index is (see the README)",
    )
    to.add_argument(
        "--settings", type=place, metavar="FILE", default=default, help="the settings file to read"
    )
    to.add_argument(
        "-v", "--verbose", action="store_true", default=default, help="say more on stderr"
    )
    to.add_argument(
        "--json", action="store_true", default=default, help="answer with JSON (see the README)"
    )


def add_aws(aws: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = aws.add_subparsers(dest="what", metavar="WHAT", title="what to do", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    command("profiles", "The profiles in AWS's own configuration, and which one is used.")
    check = command("check", "Look at credentials, region, model, bucket and permissions.")
    check.add_argument(
        "--paid", action="store_true", help="call the model too, for less than 0.000001 USD"
    )
    policy = command("policy", "Print the least that an AWS identity must be allowed, as JSON.")
    policy.add_argument(
        "--account-id", type=account_id, metavar="N", help="of 12 digits; else asked"
    )
    setup = command("setup", "Make the S3 bucket that long films and sounds go through.")
    setup.add_argument("--yes", action="store_true", help="make it without asking")
    for which in (check, policy, setup):
        which.add_argument(
            "--bucket", type=bucket, metavar="NAME", help="this one, not the settings'"
        )


def add_mcp(mcp: argparse.ArgumentParser) -> None:
    add_folders(mcp, "tell only of what is")
    mcp.add_argument(
        "--no-paths", action="store_true", help="tell names of files, and not where they lie"
    )
