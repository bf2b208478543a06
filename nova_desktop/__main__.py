"""`nova-desktop` and `python -m nova_desktop`: the window, or the command line given a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code; `nova_desktop.cli` says what each means."""
    if hasattr(sys, "frozen"):
        # A packaged program starts itself to make a child; nobody else need pay for the import.
        import multiprocessing

        multiprocessing.freeze_support()
    from nova_desktop import cli

    return cli.main(argv)


if __name__ == "__main__":
    sys.exit(main())
