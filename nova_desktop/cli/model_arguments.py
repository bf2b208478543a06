"""What can be typed after `nova-desktop model`."""

from __future__ import annotations

import argparse


def add_model(model: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    commands = model.add_subparsers(dest="what", metavar="WHAT", title="what to do", required=True)

    def command(name: str, text: str, takes: str = "NAME", about: str = "") -> None:
        made = commands.add_parser(name, help=text, description=text, parents=[common])
        if takes:
            made.add_argument("model", metavar=takes, help=about or None)
        if name == "fetch":
            made.add_argument(
                "--revision", default="", metavar="REV", help="this one, not the pinned or newest"
            )

    command("list", "The models that are offered, and those that are here.", takes="")
    command("fetch", "Fetch a model from the hub; the next try goes on where one stopped.")
    command(
        "check",
        "Load a model, and ask one that sees about known pictures.",
        "MODEL",
        "the name of one that was fetched, or a folder",
    )
    command(
        "use",
        "Search, or write down speech, with a model from now on.",
        "MODEL",
        "the name of one that was fetched, or a folder; basic, or base for speech, is what ships",
    )
    command("remove", "Delete a model that was fetched, or what a stopped fetch left.")
