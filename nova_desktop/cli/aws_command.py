"""`nova-desktop aws`: the account that Amazon Nova is asked with, without opening a library."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from nova_desktop import compose_aws
from nova_desktop.cli.answers import looked_at
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.compose_aws import Bucket
from nova_desktop.errors import BadInput
from nova_desktop.settings import Settings


def run(args: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """The exit code."""
    commands: dict[str, Callable[[argparse.Namespace, Settings, Terminal], int]] = {
        "profiles": profiles,
        "check": check,
        "policy": policy,
        "setup": setup,
    }
    return commands[args.what](args, settings, terminal)


def profiles(args: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    del args
    found = compose_aws.choices(settings)
    keys = ("name", "credentials", "region")
    told = {
        "profiles": [dict(zip(keys, profile, strict=True)) for profile in found.profiles],
        "used": dict(zip(keys, (*found.used, settings.aws_region), strict=True)),
        "overrides": found.overrides,
    }
    if terminal.answer(told):
        return 0
    rows = [("Profile", "Credentials", "Region"), *found.profiles]
    for line in table([tuple(plain(cell) or "–" for cell in row) for row in rows]):
        terminal.print(line)
    name, kind = found.used
    used = f"the profile “{plain(name)}” ({kind})" if name else f"the {kind}"
    terminal.print(f"Used: {used}, in {plain(settings.aws_region)}.")
    for sentence in found.overrides:
        terminal.print(f"{plain(sentence)}, instead of at AWS.")
    return 0


def check(args: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """5 when something is to be done, else 0."""
    checks = compose_aws.checks(settings, args.bucket or "", paid=args.paid)
    if not terminal.answer(checks):
        for line in looked_at(checks):
            terminal.print(line)
    return 0 if all(check.ok for check in checks) else 5


def policy(args: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    text, missing = compose_aws.policy(settings, args.bucket or "", args.account_id or "")
    if not terminal.answer(json.loads(text)):
        terminal.print(text)
    if missing:
        terminal.remark(plain(missing))
    return 0


def setup(args: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    def agreed(bucket: Bucket) -> bool:
        terminal.print(f"{plain(bucket.arn)} would make the S3 bucket {bucket.name}")
        terminal.print(f"in {bucket.region}, or look after it, for what begins with")
        terminal.print(f"{plain(bucket.prefix)}. Amazon bills what lies in it.")
        return bool(args.yes) or terminal.agrees("Go on?")

    name = compose_aws.set_up(
        settings, args.bucket or "", agreed, lambda done: terminal.print(done)
    )
    if name is None:
        raise BadInput("Nothing was made. To have it made without being asked, add --yes.")
    if name != settings.bucket:
        terminal.print(f'Now put this line into the settings: bucket = "{name}"')
    terminal.answer({"bucket": name, "in_settings": name == settings.bucket})
    return 0
