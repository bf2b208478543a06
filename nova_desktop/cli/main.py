"""The command line: reads the arguments, opens the library, and turns outcomes into exit codes."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, cast

from nova_desktop.errors import EXIT_CODES, BadInput, ExpectedError, Lost, NeedsUser
from nova_desktop.surroundings import has_display, sigterm_interrupts

if TYPE_CHECKING:
    import argparse

    from nova_desktop.calls import LibraryCalls
    from nova_desktop.cli.demo import Show
    from nova_desktop.cli.terminal import Terminal
    from nova_desktop.settings import Settings

    Opener = Callable[[Path, Settings], LibraryCalls]

BUG, USAGE, INTERRUPTED = 1, 2, 130
COSTS = ("cost", "rule", "sent")  # these are in a module of their own
FOLDERS = ("folder", "queue")
FINDING = ("find", "searches")
DUPLICATES = ("duplicates",)
LABELS = ("label", "groups")
STORING = ("storage", "compact", "backup")
GO_ON = ("index", "watch")  # these take over when the process that had the library open ends
FOR_YOU = ("index", "demo")  # somebody waits for these, so they take what there is
WITHOUT_JSON = (None, "open", "host", "mcp")


def main(
    argv: Sequence[str] | None = None,
    open_library: Opener | None = None,
    terminal: Terminal | None = None,
    show: Show | None = None,
) -> int:
    """Runs one command and gives the exit code.

    Everything but the arguments is imported after they are read: `--help` answers at once.
    """
    try:
        args = _read(sys.argv[1:] if argv is None else argv)
    except SystemExit as e:
        return int(e.code or 0)
    if problem := _contradiction(args):
        from nova_desktop.cli import arguments

        arguments.parser().print_usage(sys.stderr)
        print(f"nova-desktop: error: {problem}", file=sys.stderr)
        return USAGE

    from nova_desktop.cli.terminal import Terminal, plain

    terminal = terminal or Terminal()
    terminal.json = bool(args.json)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # whatever letters the terminal lacks
    data: Path | None = None
    try:
        from nova_desktop import log, settings

        data = Path(args.data).absolute() if args.data else settings.data_folder()
        path = Path(args.settings) if args.settings else settings.settings_path()
        if args.settings and not path.is_file():
            raise BadInput(f"There is no settings file {path}. Leave --settings out, or make it.")
        chosen = settings.load(path)
        log.set_up(data, bool(args.verbose))
        os.environ["NOVA_DESKTOP_SETTINGS"] = str(path.absolute())
        os.environ["NOVA_DESKTOP_DATA"] = str(data)  # the window and our children agree on it
        return _run(args, data, chosen, open_library, terminal, show)
    except ExpectedError as e:
        terminal.remark(f"nova-desktop: {plain(str(e))}")
        kind = next(kind for kind in EXIT_CODES if isinstance(e, kind))
        terminal.answer({"error": {"kind": kind.__name__, "text": str(e)}}, line=True)
        return EXIT_CODES[kind]
    except KeyboardInterrupt:
        terminal.remark("Stopped. What is done is kept; the same command goes on from here.")
        return INTERRUPTED
    except BrokenPipeError:
        # Who read the answer has seen enough (`| head`). Python would complain at exit otherwise.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as e:
        return _bug(e, data, terminal)


def _read(argv: Sequence[str]) -> argparse.Namespace:
    """What was typed. Where that is nothing, as a desktop's menu starts the window, nothing is
    asked of argparse, which takes a tenth of the time to the first paint.
    """
    if not argv:
        nothing = SimpleNamespace(command=None, data=None, settings=None, verbose=None, json=None)
        return cast("argparse.Namespace", nothing)
    from nova_desktop.cli import arguments

    return arguments.read(argv)


def _contradiction(args: argparse.Namespace) -> str:
    if args.command == "rule" and args.folder is not None and args.rule is None:
        from nova_desktop.cli.arguments import RULES

        return f"rule needs one of {', '.join(RULES)} after the folder."
    if args.json and args.command in WITHOUT_JSON:
        return "--json is for commands that answer; this one opens a window, or serves."
    if args.command != "find":
        return ""
    asked = args.text or args.file or args.saved or args.sort
    narrowed = args.type or args.folders or args.name
    if not (asked or narrowed) and args.since is args.until is None:
        return "find needs words, a filter, or --file PATH."
    if args.since is not None and args.until is not None and args.since >= args.until:
        return "--since is after --until: nothing could be found."
    return ""


def _run(
    args: argparse.Namespace,
    data: Path,
    settings: Settings,
    open_library: Opener | None,
    terminal: Terminal,
    show: Show | None,
) -> int:
    if args.command == "host":
        from nova_desktop import host

        with sigterm_interrupts():
            host.serve(data, settings)
        return 0
    if args.command == "aws":
        from nova_desktop.cli import aws_command

        return aws_command.run(args, settings, terminal)
    opener = open_library or _open_library
    if args.command in FOR_YOU:
        settings = replace(settings, cores=settings.cores_away or os.cpu_count() or 1)
    show = show or _shower(args, settings)
    if args.command == "mcp":
        from nova_desktop.assistant import command as assistant

        return assistant.run(args, data, lambda: opener(data, settings))
    if args.command in (None, "open"):
        return _window(data, args, show)
    if args.command == "demo":
        from nova_desktop.cli import demo

        return demo.run(data, settings, opener, terminal, show)

    if args.command in ("restore", "erase"):
        from nova_desktop.cli import storing

        if args.command == "restore":
            return storing.restore(data, args, terminal)
        return storing.erase(data, args, settings, terminal)

    if args.command == "doctor" and args.repair:
        from nova_desktop import closed

        for sentence in closed.repair(data):
            terminal.print(sentence)

    command: Callable[[LibraryCalls, argparse.Namespace, Terminal], int]
    command = getattr(_module(args.command), args.command)
    with sigterm_interrupts(), _garbage_left(args.command in FINDING):
        while True:
            with contextlib.closing(opener(data, settings)) as library:
                try:
                    return command(library, args, terminal)
                except Lost:
                    if args.command not in GO_ON:
                        raise


@contextlib.contextmanager
def _garbage_left(left: bool) -> Iterator[None]:
    """While one question is answered there is little, and looking for it takes a tenth of that."""
    if left:
        gc.disable()
    try:
        yield
    finally:
        if left:
            gc.enable()


def _module(command: str) -> ModuleType:
    """Where a command is answered; the others are not imported for it."""
    if command in FINDING:
        from nova_desktop.cli import finding

        return finding
    if command in COSTS:
        from nova_desktop.cli import costs

        return costs
    if command in FOLDERS:
        from nova_desktop.cli import folder_command

        return folder_command
    if command in DUPLICATES:
        from nova_desktop.cli import duplicate_command

        return duplicate_command
    if command in LABELS:
        from nova_desktop.cli import label_command

        return label_command
    if command in STORING:
        from nova_desktop.cli import storing

        return storing
    if command == "model":
        from nova_desktop.cli import model_command

        return model_command
    if command == "sync":
        from nova_desktop.cli import sync_command

        return sync_command
    from nova_desktop.cli import commands

    return commands


def _open_library(data: Path, settings: Settings) -> LibraryCalls:
    from nova_desktop import remote

    os.umask(0o077)  # all that is made is for this user alone
    return remote.open_library(data, settings)


def _shower(args: argparse.Namespace, settings: Settings) -> Show:
    """Shows the window on a library in a process of its own, so that it never stalls."""

    def show(
        data: Path,
        *,
        screenshot: Path | None = None,
        query: str = "",
        places: Sequence[str] = (),
        hidden: bool = False,
    ) -> int:
        # Looking for garbage while Qt is imported finds none; `run` turns it on again.
        gc.disable()
        from nova_desktop.ui import app
        from nova_desktop.ui.manners.errand import errand_for

        def connect() -> LibraryCalls:
            from nova_desktop import remote  # a third of the first paint, and not needed for it

            return remote.connect(data, settings_file)

        os.umask(0o077)  # all that is made is for this user alone
        os.environ["NOVA_DESKTOP_DATA"] = str(data)
        settings_file = Path(args.settings).absolute() if args.settings else None
        errand = errand_for(places, query, hidden)
        return app.run(
            connect,
            errand=errand,
            screenshot=screenshot,
            chosen=settings,
            settings_file=settings_file,
        )

    return show


def _window(data: Path, args: argparse.Namespace, show: Show) -> int:
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise NeedsUser(
            "There is no display, so the window can't be seen. Start this in a desktop session, "
            "or use the command line: nova-desktop --help."
        )
    if args.command is None:
        return show(data)
    return show(data, query=args.search, places=args.places, hidden=args.hidden)


def _bug(error: Exception, data: Path | None, terminal: Terminal) -> int:
    from nova_desktop import log, settings

    try:
        where = f"Please send us the report {log.report(data or settings.data_folder(), error)}."
    except OSError as e:
        where = f"No report could be written ({e.strerror}): {type(error).__name__}: {error}"
    from nova_desktop.cli.terminal import plain

    terminal.remark(plain(f"nova-desktop: This is a bug in Nova Desktop. {where}"))
    return BUG
