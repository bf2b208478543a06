"""Does to the real program what goes wrong on computers, then compares its index with the disk.

python -m tests.faults [FAULT ...] [--files N] [--times N] [--keep DIR]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import in_the_cloud, injected
from tests.faults.injected import Impossible
from tests.faults.program import Program, Untrue

FAULTS = {
    fault.__name__: fault
    for fault in (
        *(injected.kill, injected.fill, injected.revoke, injected.unmount, injected.flood),
        *(in_the_cloud.throttle, in_the_cloud.cut),
    )
}
APART = "NOVA_FAULTS_APART"  # set where mounts are this process's own


def main(arguments: list[str]) -> int:
    listed = "\n".join(f"  {name:9} {fault.__doc__}" for name, fault in FAULTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=(__doc__ or "").partition("\n")[0],
        epilog=f"faults:\n{listed}\n\n"
        "Mounts are made in a name space of their own, which root can have, or any user where the\n"
        "system allows it. Exit code 1: an index that is not true; the data are kept with --keep.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("faults", nargs="*", metavar="FAULT", help="which; all without")
    parser.add_argument("--files", type=int, default=200, help="that are indexed (200)")
    parser.add_argument("--times", type=int, default=3, help="that each fault strikes (3)")
    parser.add_argument("--keep", type=Path, help="a new folder for what each fault leaves")
    given = parser.parse_args(arguments)
    if unknown := set(given.faults) - FAULTS.keys():
        parser.error(f"no fault is called {', '.join(sorted(unknown))}: {', '.join(FAULTS)}")
    if (apart := _apart()) is not None and APART not in os.environ:
        command = [*apart, sys.executable, "-m", "tests.faults", *arguments]
        return subprocess.run(command, check=False, env={**os.environ, APART: "1"}).returncode
    untrue = 0
    for name in given.faults or FAULTS:
        began = time.monotonic()
        try:
            said = _strike(name, given.files, given.times, given.keep)
        except Impossible as e:
            said = f"not tried. {e}"
        except Untrue as e:
            untrue += 1
            said = f"UNTRUE. {e}"
        sys.stdout.write(f"{name}: {said} ({time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()
    return 1 if untrue else 0


def _strike(name: str, files: int, times: int, keep: Path | None) -> str:
    place = Path(tempfile.mkdtemp(prefix=f"faults-{name}-"))
    try:
        with Program(place) as program:
            try:
                return FAULTS[name](program, files, times)
            finally:
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    shutil.copytree(place, keep / name, dirs_exist_ok=True)
    finally:
        for mounted in (place / "library" / "inner", place / "library", place / "data"):
            if mounted.is_mount():
                subprocess.run(["umount", "-l", mounted], check=False)
        shutil.rmtree(place)


def _apart() -> list[str] | None:
    """What gives a command mounts of its own; None where nothing does."""
    for command in (["unshare", "-m"], ["unshare", "--map-root-user", "-m"]):
        try:
            if subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0:
                return command
        except OSError:
            return None
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
