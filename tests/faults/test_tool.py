"""The tool that breaks things from outside finds what is not true, and the program mends itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.program import Program, Untrue

linux = pytest.mark.skipif(sys.platform != "linux", reason="the faults are those of Linux")


def tool(*typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *typed], capture_output=True, text=True, check=False
    )


@linux
def test_what_may_not_be_opened_is_told_kept_and_comes_back_by_itself() -> None:
    done = tool("revoke", "--files", "5", "--times", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all of it back by itself" in done.stdout


@linux
def test_an_index_that_is_not_what_the_disk_is_does_not_pass(tmp_path: Path) -> None:
    with Program(tmp_path) as program:
        program.write(2)
        program.index()
        program.compare()
        gone = next(program.folder.iterdir())
        text = gone.read_text()
        gone.unlink()
        with pytest.raises(Untrue, match="not there any more"):
            program.compare()
        gone.write_text(text)
        (program.folder / "more.txt").write_text("of which it was not told")
        with pytest.raises(Untrue, match="not known"):
            program.compare()


def test_a_fault_that_there_is_not_is_refused_by_name() -> None:
    done = tool("earthquake")
    assert done.returncode == 2
    assert "earthquake" in done.stderr
