"""The process of a command ends at once, and loses nothing by it."""

from __future__ import annotations

import subprocess
import sys

import pytest

ENDED = "import sys, threading, time, atexit; from nova_desktop import __main__ as program; "


def ended(main: str, before: str = "pass") -> subprocess.CompletedProcess[str]:
    code = f"{ENDED}\n{before}\ndef main():\n    {main}\nprogram.main = main\nprogram.run()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("code", [0, 3, 130])
def test_what_was_printed_is_out_and_the_code_is_the_command_s(code: int) -> None:
    done = ended(f"print('said', end=''); print('told', end='', file=sys.stderr); return {code}")
    assert (done.stdout, done.stderr, done.returncode) == ("said", "told", code)


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    done = ended("atexit.register(print, 'swept'); print('said'); return 0")
    assert done.stdout.split() == ["said", "swept"]


def test_a_thread_that_is_at_work_is_waited_for() -> None:
    at_work = "def work():\n    time.sleep(0.3)\n    print('kept')"
    done = ended("threading.Thread(target=work).start(); return 4", at_work)
    assert (done.stdout, done.returncode) == ("kept\n", 4)


def test_nothing_is_taken_apart_after_the_answer() -> None:
    apart = (
        "class Kept:\n    def __del__(self):\n        print('taken apart')\nprogram.kept = Kept()"
    )
    assert ended("return 0", apart).stdout == ""
    assert ended("import PySide6; return 0", apart).stdout == "taken apart\n"  # a window has been
