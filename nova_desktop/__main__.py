"""`nova-desktop` and `python -m nova_desktop`: the window, or the command line given a command."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code; `nova_desktop.cli.main` says what each means."""
    if hasattr(sys, "frozen"):
        # A packaged program starts itself to make a child; nobody else need pay for the import.
        import multiprocessing

        give_back_the_libraries()
        multiprocessing.freeze_support()
    from nova_desktop.cli import main as cli

    code = cli.main(argv)
    gc.freeze()  # else Python looks through all there is before it ends, for 50 ms
    return code


def run() -> NoReturn:
    """What programs and packages start with: `main`, and then the end of the process."""
    code = main()
    if _all_is_done():
        atexit._run_exitfuncs()
        os._exit(code)
    sys.exit(code)


def _all_is_done() -> bool:
    """Whether nothing is left but to take the interpreter apart, for 30 ms after the answer.

    What was printed is out, no thread is at work that Python would wait for, and there was no
    window: Qt has its own end.
    """
    if "PySide6" in sys.modules:
        return False
    if any(not one.daemon for one in threading.enumerate() if one is not threading.main_thread()):
        return False
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # there is none where a desktop starts a program
                stream.flush()
    except (OSError, ValueError):  # Python says so in its own way
        return False
    return True


def give_back_the_libraries() -> None:
    """Lets the programs that we start find the system's libraries, and not ours.

    A packaged program is started with its own folder in LD_LIBRARY_PATH; PyInstaller keeps what
    stood there before in LD_LIBRARY_PATH_ORIG. ffmpeg would take our libraries for its own. The
    loader read it when we started, and children of ours are started with it again.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    run()
