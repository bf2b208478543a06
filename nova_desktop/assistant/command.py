"""`nova-desktop mcp`: what was typed, made into what is served."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from nova_desktop import log
from nova_desktop.calls import LibraryCalls
from nova_desktop.errors import BadInput
from nova_desktop.surroundings import sigterm_interrupts


def run(args: argparse.Namespace, data: Path, opener: Callable[[], LibraryCalls]) -> int:
    """Serves until the assistant is done; the exit code."""
    from nova_desktop.assistant.serving import serve  # half a second, and for nothing else

    within = [Path(os.path.realpath(folder)) for folder in args.folders]
    missing = [folder for folder in within if not folder.is_dir()]
    if missing:
        raise BadInput(f"There is no folder {missing[0]}. Check its name.")
    with sigterm_interrupts():
        serve(opener, not args.no_paths, within, lambda error: log.report(data, error))
    return 0
