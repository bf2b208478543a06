"""What can be typed: the commands, their options, and how a date or a kind is read."""

from __future__ import annotations

import argparse
import datetime
import os
import re
from collections.abc import Container, Sequence
from typing import NoReturn

from nova_desktop import __version__
from nova_desktop.cli.duplicate_arguments import add_duplicates
from nova_desktop.cli.file_arguments import add_files
from nova_desktop.cli.folder_arguments import add_folder, add_queue
from nova_desktop.cli.label_arguments import add_label
from nova_desktop.cli.model_arguments import add_model
from nova_desktop.cli.sync_arguments import add_sync
from nova_desktop.kinds import Modality

KINDS = tuple(modality.value for modality in Modality)
SORTS = ("relevance", "newest", "oldest", "name")  # those of query.Sort, likewise slow to import
RULES = ("device", "cloud", "never")  # those of spending.Rule, which is slow to import
VALUED = ("--data", "--settings")  # options of all commands that take the next word

FIND = "Find files by words, by files that are like them, or all that pass the filters."
FORMS = """\
forms in TEXT, each in quotes of the shell's:
  "exact phrase"       stands in the words or in the file's name
  -word -"a phrase"    less of this
  word^2 +"a part"^2   counts for so many times as much; a plus: for itself
  type:photo,video     also sound, document, note; -type:note is all but these
  in:Trips             inside folders of this name, or of this path
  name:IMG_2024        the file's name contains this
  ext:jpg,png          the file's name ends so
  date:2024-05         also 2023..2024, >2024-01-01, "3 days ago", may, "last summer"
  dur:<30s             also >5m, 1m..3m
  camera:Canon         the camera's name contains this
  rating:>=3           at least so many stars, 1 to 5
  tag:family           has this keyword
  near:Rome~50km       within 25 km unless told; also near:47.37,8.54
  sort:newest          also oldest, name, relevance
A backslash before a word takes it as it is: \\type:photo."""

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
    made = parser()
    return made.parse_args(with_minus_words(with_open(argv, made.get_default("commands"))))


def parser() -> argparse.ArgumentParser:
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

    add_open(command("open", "Open the window, or raise it where it is open already."))
    index = command("index", "Watch folders, and index what is in them until nothing waits.")
    index.add_argument("folders", type=place, nargs="+", metavar="FOLDER")
    add_find(command("find", FIND))
    add_searches(
        command("searches", "The questions that are kept by name, and changes to them."), common
    )
    add_duplicates(
        command("duplicates", "What there is twice, or nearly, and which file to keep."),
        *(place, limit, offset, KINDS),
    )
    add_label(
        command("label", "Your own words for what files show, and what is suggested for them."),
        *(common, place, limit),
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
    sent.add_argument("--limit", type=limit, default=100, metavar="N", help="so many lines (100)")
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
    add_folder(about, common, place)
    add_queue(command("queue", "What is being indexed now, and what comes next."), place)
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


def add_find(find: argparse.ArgumentParser) -> None:
    find.epilog, find.formatter_class = FORMS, argparse.RawDescriptionHelpFormatter
    find.add_argument(
        "text", nargs="*", metavar="TEXT", help="what it is about, in words, with forms as below"
    )
    add_files(find, place)
    find.add_argument(
        "--type", action="append", default=[], choices=KINDS, help="only this kind; repeatable"
    )
    find.add_argument(
        "--in",
        type=place,
        dest="folders",
        action="append",
        default=[],
        metavar="FOLDER",
        help="only inside this folder; may be repeated",
    )
    find.add_argument(
        "--since", type=since, metavar="DATE", help="taken on or after, as 2024-05-31 or 2024"
    )
    find.add_argument("--until", type=until, metavar="DATE", help="taken on or before")
    find.add_argument("--name", default="", metavar="TEXT", help="the file's name contains this")
    find.add_argument(
        "--limit", type=limit, default=20, metavar="N", help="at most so many files (20)"
    )
    find.add_argument(
        "--offset", type=offset, default=0, metavar="N", help="leave so many out: the next page"
    )
    find.add_argument("--sort", choices=SORTS, help="the order; without words the newest are first")
    find.add_argument(
        "--remote", action="store_true", help="ask the shared library, too, whatever is here"
    )
    find.add_argument("--saved", default="", metavar="NAME", help="ask what is kept by this name")
    find.add_argument(
        "--unfold",
        action="store_true",
        help="show near-duplicates one by one, not with the best of them",
    )


def add_mcp(mcp: argparse.ArgumentParser) -> None:
    mcp.add_argument(
        "--in",
        type=place,
        dest="folders",
        action="append",
        default=[],
        metavar="FOLDER",
        help="tell only of what is inside this folder; may be repeated",
    )
    mcp.add_argument(
        "--no-paths", action="store_true", help="tell names of files, and not where they lie"
    )


def add_searches(searches: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = searches.add_subparsers(dest="what", metavar="WHAT", title="what to do")

    def command(name: str, text: str, named: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        if named:
            made.add_argument("name", metavar="NAME")
        return made

    command("list", "The questions that are kept; this is done without WHAT too.", named=False)
    save = command("save", "Keep a question, instead of one of that name; find --saved asks it.")
    save.add_argument("text", nargs="*", metavar="TEXT", help="words and forms, as find takes them")
    add_files(save, place)
    command("forget", "Remove a question that is kept.")
    command("rename", "Give a question that is kept another name.").add_argument("to", metavar="TO")


def with_minus_words(argv: Sequence[str]) -> list[str]:
    """The arguments, where -word and -type:photo of a question are words and no options.

    argparse takes what holds a space for a word; one more in a question means nothing.
    """
    found: list[str] = []
    asking = False
    for at, one in enumerate(argv):
        if one == "--":
            return [*found, *argv[at:]]
        before = found[-1] if found else ""
        value = before.startswith("--") and before not in ("--json", "--verbose")
        minus = re.fullmatch(r"-[^-\s].+", one, re.DOTALL) and not re.fullmatch(r"-[hv]+", one)
        found.append(f" {one}" if asking and minus and not value else one)
        asking = asking or one in ("find", "searches")
    return found


def offset(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 999999999")
    return int(text)


def place(text: str) -> str:
    """A path; "" is what an unset variable of the shell leaves, and would mean this folder."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; name a file or a folder")
    return text


def bucket(text: str) -> str:
    """A name; what S3 makes of it is told later."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; name an S3 bucket")
    return text


def account_id(text: str) -> str:
    digits = text.replace("-", "")  # as the AWS console shows it
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise argparse.ArgumentTypeError(f"{text!r} is not an AWS account's number of 12 digits")
    return digits


def since(text: str) -> float:
    """The beginning of a day, month, year or minute, as seconds since 1970."""
    return _span_of(text)[0]


def until(text: str) -> float:
    """Its end: `--until 2024` includes all of 2024."""
    return _span_of(text)[1]


def limit(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 10000")
    return int(text)


def _span_of(text: str) -> tuple[float, float]:
    """[start, stop) of an ISO date in local time, as long as its last part says."""
    try:
        if re.fullmatch(r"\d{4}", text):
            start = datetime.datetime(int(text), 1, 1)
            stop = start.replace(year=start.year + 1)
        elif re.fullmatch(r"\d{4}-\d{2}", text):
            start = datetime.datetime.strptime(text, "%Y-%m")
            stop = (start + datetime.timedelta(days=31)).replace(day=1)
        else:
            start = datetime.datetime.fromisoformat(text)
            day = re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text)
            stop = start + datetime.timedelta(days=1) if day else start
        return start.timestamp(), stop.timestamp()
    except (ValueError, OverflowError, OSError) as e:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write it as 2024-05-31, 2024-05 or 2024"
        ) from e
