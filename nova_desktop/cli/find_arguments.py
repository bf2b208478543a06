"""What can be typed after `nova-desktop find` and `nova-desktop searches`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

from nova_desktop.cli.file_arguments import add_files
from nova_desktop.cli.options import add_folders, add_kinds, add_page
from nova_desktop.cli.values import since, until

SORTS = ("relevance", "newest", "oldest", "name")  # those of query.Sort, likewise slow to import

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
  date:2024-05         also 2023..2024, >2024-01-01, "3 days ago", may, "last summer", gestern
  dur:<30s             also >5m, 1m..3m
  camera:Canon         the camera's name contains this
  rating:>=3           at least so many stars, 1 to 5
  tag:family           has this keyword
  near:Rome~50km       within 25 km unless told; also near:47.37,8.54
  like:beach.jpg       like this file; a moment: film.mp4@1:02..1:17, a page: plan.pdf#3
  sort:newest          also oldest, name, relevance
a minus before a form leaves out what it says: -ext:jpg, -in:Trips, -tag:family
A backslash before a word takes it as it is: \\type:photo."""


def add_find(find: argparse.ArgumentParser) -> None:
    find.epilog, find.formatter_class = FORMS, argparse.RawDescriptionHelpFormatter
    find.add_argument(
        "text", nargs="*", metavar="TEXT", help="what it is about, in words, with forms as below"
    )
    add_files(find)
    add_kinds(find)
    add_folders(find, "only")
    find.add_argument(
        "--since", type=since, metavar="DATE", help="taken on or after, as 2024-05-31 or yesterday"
    )
    find.add_argument("--until", type=until, metavar="DATE", help="taken on or before")
    find.add_argument("--name", default="", metavar="TEXT", help="the file's name contains this")
    add_page(find, "files", 20)
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
    add_files(save)
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
