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
from nova_desktop.upkeep import Backup, Part, SpaceRoom

PARTS = {
    Part.CATALOG: "what is known of your files",
    Part.VECTORS: "what they are found by",
    Part.PREVIEWS: "pictures of results",
    Part.LOG: "log",
    Part.OTHER: "other",
    Part.ASIDE: "earlier libraries, kept aside",
}


def storage(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    if args.remove:
        _remove(library, args, terminal)
        return 0
    found, spaces = library.storage(), library.spaces()
    if terminal.answer(fields_of(found, total=found.total, spaces=spaces)):
        return 0
    terminal.print(plain(str(found.data)))
    sizes = [(name, _mb(found.sizes.get(part, 0))) for part, name in PARTS.items()]
    for line in table([*sizes, ("together", _mb(found.total)), ("free there", _mb(found.free))]):
        terminal.print(line)
    if spaces:
        terminal.print("vectors, by the engine that made them:")
        for line in table([(one.name, _mb(one.bytes), _used(one)) for one in spaces]):
            terminal.print(f"  {line}")
    if any(not one.used for one in spaces):
        terminal.remark("What is not used can be removed: nova-desktop storage --remove NAME.")
    if not found.private:
        terminal.remark(f"Other users may read it: chmod 700 {plain(str(found.data))}")
    return 0


def _used(space: SpaceRoom) -> str:
    return f"{space.contents} files, {'in use' if space.used else 'not used'}"


def _remove(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    """Asks first, as it can't be undone."""
    of = next((one for one in library.spaces() if one.name == args.remove), None)
    if of is not None and not of.used:
        said = f"{_mb(of.bytes)} of vectors of {of.contents} files are removed for ever."
        paid = "They were paid for: to have them again costs money again."
        shared = f"In the shared library {of.shared} of them stay."
        sentences = [said, *([paid] if of.paid else []), *([shared] if of.shared else [])]
        terminal.print(plain(f"{of.name}: {' '.join(sentences)}"))
        if not (args.yes or terminal.agrees("Remove them?")):
            raise BadInput("Nothing was removed. To have it done without being asked, add --yes.")
    freed = library.remove_space(args.remove)  # which says why, where it can't be
    if not terminal.answer({"removed": args.remove, "freed_bytes": freed}):
        terminal.print(f"{_mb(freed)} were given back to the disk.")


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
