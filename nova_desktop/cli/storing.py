"""The commands about where the library lies: its size, backups, and erasing it."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from nova_desktop.as_json import fields_of
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.errors import BadInput
from nova_desktop.events import BackingUp, Event
from nova_desktop.settings import Settings
from nova_desktop.upkeep import Backup, Part

PARTS = {
    Part.CATALOG: "what is known of your files",
    Part.VECTORS: "what they are found by",
    Part.PREVIEWS: "pictures of results",
    Part.LOG: "log",
    Part.OTHER: "other",
    Part.ASIDE: "earlier libraries, kept aside",
}


def storage(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    del args
    found = library.storage()
    if terminal.answer(fields_of(found, total=found.total)):
        return 0
    terminal.print(plain(str(found.data)))
    sizes = [(name, _mb(found.sizes.get(part, 0))) for part, name in PARTS.items()]
    for line in table([*sizes, ("together", _mb(found.total)), ("free there", _mb(found.free))]):
        terminal.print(line)
    if not found.private:
        terminal.remark(f"Other users may read it: chmod 700 {plain(str(found.data))}")
    return 0


def compact(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    del args
    freed = library.compact()
    if not terminal.answer({"freed_bytes": freed}):
        terminal.print(f"{_mb(freed)} were given back to the disk.")
    return 0


def backup(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    def heard(event: Event) -> None:
        if isinstance(event, BackingUp):
            terminal.share(event.done, event.total)

    unsubscribe = library.subscribe(heard)
    try:
        made = library.back_up(Path(args.file).expanduser().absolute())
    except KeyboardInterrupt:
        library.stop_backup()
        raise
    finally:
        unsubscribe()
        terminal.clear()
    if not terminal.answer(made):
        terminal.print(f"{plain(str(made.file))}: {_said(made)}")
    return 0


def restore(data: Path, args: argparse.Namespace, terminal: Terminal) -> int:
    """Asks first; the present library is kept aside."""
    from nova_desktop import closed

    file = Path(args.file).expanduser().absolute()
    examined = closed.examine(file)
    terminal.print(f"{plain(str(file))}: {_said(examined)}")
    terminal.print("It takes the place of the present library, which is kept aside.")
    if not (args.yes or terminal.agrees("Go on?")):
        raise BadInput("Nothing was restored. To have it done without being asked, add --yes.")
    try:
        closed.restore(data, file, terminal.share, lambda: False)
    finally:
        terminal.clear()
    terminal.print("Restored. What has changed since is looked at when the library is used.")
    terminal.answer(examined)
    return 0


def erase(data: Path, args: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Asks first. What lies in S3 comes first, as its credentials may not be there tomorrow."""
    from nova_desktop import closed

    terminal.print(f"All that Nova Desktop knows in {plain(str(data))} is removed for ever.")
    terminal.print("Your own files, backups and the settings stay.")
    if args.s3 and not settings.bucket:
        raise BadInput("There is no bucket in the settings. Leave --s3 out.")
    if args.s3:
        place = f"s3://{settings.bucket}/{settings.bucket_prefix}"
        terminal.print(f"All that lies in {plain(place)} is deleted, too.")
    if not (args.yes or terminal.agrees("Erase everything?")):
        raise BadInput("Nothing was erased. To have it done without being asked, add --yes.")
    objects = size = 0
    if args.s3:
        from nova_desktop import compose_aws

        objects, size = compose_aws.remove_left(settings)
        terminal.print(f"{objects} objects ({_mb(size)}) were deleted in S3.")
    closed.erase(data)
    terminal.print("Everything is erased.")
    terminal.answer({"data": data, "s3_objects": objects, "s3_bytes": size})
    return 0


def _said(backup: Backup) -> str:
    at = datetime.datetime.fromtimestamp(backup.made_s)
    return f"{backup.contents} contents of {at:%Y-%m-%d %H:%M}, {_mb(backup.bytes)}"


def _mb(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 999_500_000 else f"{number / 1e6:.1f} MB"
