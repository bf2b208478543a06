"""What can be typed after `nova-desktop sync`."""

from __future__ import annotations

import argparse


def add_sync(sync: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = sync.add_subparsers(dest="what", metavar="WHAT", title="what to do", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    command("status", "How this library and the shared one stand, and what a sync would do.")
    push = command("push", "Send what is new here, and take away there what is gone here.")
    pull = command("pull", "Get what other machines pushed.")
    both = command("both", "Push, then pull.")
    restore = command(
        "restore", "Get all that lies there, and look at all that is here again: a new computer."
    )
    for which in (push, pull, both, restore):
        which.add_argument("--dry-run", action="store_true", help="only say what would be done")
    for which in (push, both):
        which.add_argument("--again", action="store_true", help="push anew what was erased there")
    erase = command("erase", "Remove all that was pushed, by every machine; what is here stays.")
    erase.add_argument("--yes", action="store_true", help="do it without asking")
