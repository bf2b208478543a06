"""A hostile file ends a child, never the program, and nothing outlives the program."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater
from nova_desktop.isolated import IsolatedDescriber, IsolatedReader
from nova_desktop.isolation import Children
from nova_desktop.model import (
    Chunk,
    Info,
    Limits,
    Modality,
    Piece,
    Preview,
    Reading,
    Source,
    Span,
    Words,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the helpers here send POSIX signals")


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children(1) as some:
        yield some


def pid_of(*_: object) -> int:
    return os.getpid()


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(3)


def refuse(kind: type[ExpectedError]) -> None:
    raise kind("“x.mp4” is strange; look at it.")


def fail() -> None:
    raise KeyError("our bug")


def call_home(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as e:
        return type(e).__name__
    return "reached"


def call_home_by_a_program(port: int) -> str:
    code = f"from tests.test_isolation import call_home; print(call_home({port}))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout


def who_am_i(path: str) -> tuple[int, str]:
    return os.geteuid(), Path(path).read_text()


def print_much() -> None:
    os.write(1, b"native noise\n" * 20_000)
    os.write(2, b"native noise\n")


def use_memory(size: int) -> int:
    return len(bytes(size))


def start_a_sleeper(note: str) -> None:
    sleeper = subprocess.Popen(["sleep", "600"], process_group=0)
    Path(note).write_text(f"{os.getpid()} {sleeper.pid}")
    sleeper.wait()


def crash_beside_a_sleeper(note: str) -> None:
    sleeper = subprocess.Popen(["sleep", "600"], process_group=0)
    Path(note).write_text(f"{os.getpid()} {sleeper.pid}")
    crash()


def modules() -> list[str]:
    return sorted(sys.modules)


def gone(pid: int, within_s: float = 5.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def numbers_in(note: Path) -> list[int]:
    deadline = time.monotonic() + 40
    while not (note.exists() and len(note.read_text().split()) == 2):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return [int(word) for word in note.read_text().split()]


def test_a_call_runs_in_another_process_which_is_kept(children):
    first = children.call(pid_of, limit_s=30)
    assert first != os.getpid()
    assert children.call(pid_of, limit_s=30) == first


def test_large_results_come_back_whole(children):
    assert children.call(bytes, 30_000_000, limit_s=30) == bytes(30_000_000)


@pytest.mark.parametrize("kind", [BadInput, TryLater, NeedsUser])
def test_an_expected_error_comes_back_as_it_was(children, kind):
    child = children.call(pid_of, limit_s=30)
    with pytest.raises(kind, match=r"^“x\.mp4” is strange; look at it\.$"):
        children.call(refuse, kind, limit_s=30)
    assert children.call(pid_of, limit_s=30) == child


def test_a_bug_comes_back_with_the_childs_traceback(children):
    with pytest.raises(KeyError, match="our bug") as caught:
        children.call(fail, limit_s=30)
    assert "in fail" in "".join(caught.value.__notes__)


def test_a_result_that_cannot_be_sent_is_a_bug_and_not_a_hang(children):
    with pytest.raises(Exception, match=r"pickle|lock") as caught:
        children.call(threading.Lock, limit_s=30)
    assert not isinstance(caught.value, ExpectedError)


@pytest.mark.parametrize("end", [crash, leave])
def test_a_crash_is_a_sentence_and_the_child_is_replaced(children, end):
    with pytest.raises(BadInput, match=r"^“a\.mp4” could not be decoded: it crashed the decoder"):
        children.call(end, limit_s=30, about="“a.mp4”")
    assert children.call(pid_of, limit_s=30)


def test_a_crash_leaves_nothing_of_the_child_behind(children, tmp_path):
    note = tmp_path / "note"
    with pytest.raises(BadInput):
        children.call(crash_beside_a_sleeper, str(note), limit_s=30)
    assert all(gone(pid) for pid in numbers_in(note))


def test_the_time_limit_ends_the_child_and_all_it_started(children, tmp_path):
    note = tmp_path / "note"
    children.call(pid_of, limit_s=30)  # which imports this module in the child
    with pytest.raises(BadInput, match=r"^“b\.mp4” took longer than 0\.5 s to read"):
        children.call(start_a_sleeper, str(note), limit_s=0.5, about="“b.mp4”")
    assert all(gone(pid) for pid in numbers_in(note))


def test_a_stop_ends_the_child_within_half_a_second(children, tmp_path):
    note = tmp_path / "note"
    stop = threading.Event()
    children.call(pid_of, limit_s=30)  # so that the start of a child is not what is measured
    outcome: list[BaseException] = []

    def run() -> None:
        try:
            children.call(start_a_sleeper, str(note), limit_s=60, stop=stop)
        except TryLater as e:
            outcome.append(e)

    thread = threading.Thread(target=run)
    thread.start()
    pids = numbers_in(note)
    began = time.monotonic()
    stop.set()
    thread.join(10)
    assert time.monotonic() - began < 0.5
    assert [str(e) for e in outcome] == ["Stopped."]
    assert all(gone(pid) for pid in pids)


def test_a_call_that_waits_for_a_free_child_can_be_stopped(tmp_path):
    note = tmp_path / "note"
    stop = threading.Event()
    with Children(1) as children:

        def block() -> None:
            with pytest.raises(TryLater):
                children.call(start_a_sleeper, str(note), limit_s=60)

        thread = threading.Thread(target=block)
        thread.start()
        numbers_in(note)
        stop.set()
        with pytest.raises(TryLater, match="Stopped"):
            children.call(pid_of, limit_s=60, stop=stop)
        children.close()
        thread.join(5)
        assert not thread.is_alive()


def test_there_are_never_more_children_than_allowed():
    seen: set[int] = set()
    with Children(2) as children:
        threads = [
            threading.Thread(target=lambda: seen.add(children.call(pid_of, limit_s=30)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert 1 <= len(seen) <= 2
    assert all(gone(pid) for pid in seen)


def test_what_native_code_prints_stays_off_the_terminal(children, capfd):
    children.call(print_much, limit_s=30)
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces it")
def test_a_call_that_needs_too_much_memory_is_a_sentence(children):
    with pytest.raises(BadInput, match=r"^“bomb\.mov” needs more than 6 GB of memory"):
        children.call(use_memory, 7 * 1024**3, limit_s=30, about="“bomb.mov”")
    assert children.call(use_memory, 1000, limit_s=30) == 1000


def test_a_child_imports_neither_the_window_nor_the_store(children):
    loaded = children.call(modules, limit_s=30)
    assert not {"PySide6.QtCore", "lancedb", "pyarrow", "onnxruntime"} & set(loaded)


PARENT = """
    import sys, threading
    from pathlib import Path
    from nova_desktop.isolation import Children
    sys.path.insert(0, {root!r})
    from tests.test_isolation import start_a_sleeper

    if __name__ == "__main__":
        children = Children(1)
        children.call(start_a_sleeper, {note!r}, limit_s=600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_parent_that_is_killed(tmp_path, how):
    note = tmp_path / "note"
    script = tmp_path / "parent.py"
    root = str(Path(__file__).parent.parent)
    script.write_text(textwrap.dedent(PARENT).format(root=root, note=str(note)))
    with subprocess.Popen([sys.executable, str(script)]) as parent:
        try:
            pids = numbers_in(note)
            others = [child.pid for child in psutil.Process(parent.pid).children(recursive=True)]
            assert set(pids) <= set(others)
        finally:
            parent.send_signal(how)
    assert all(gone(pid) for pid in others)


def test_a_program_that_forgets_to_close_still_ends(tmp_path):
    script = tmp_path / "program.py"
    script.write_text(
        "from nova_desktop.isolation import Children\nimport os\n"
        "if __name__ == '__main__':\n    print(Children(1).call(os.getpid, limit_s=60))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert gone(int(done.stdout))


@dataclass(frozen=True)
class SomeReader:
    """Reads nothing; its preview tells how often this very object was asked."""

    asked: list[int] = field(default_factory=list)

    modality = Modality.VIDEO

    def read(self, path: Path) -> Reading:
        if path.name.startswith("crash"):
            crash()
        return Reading(Info(title=path.name), (Chunk(0, Modality.VIDEO, None),))

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        return (Piece.of_words(f"{path.name} {chunk.number} {limits.pixels}"),)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        self.asked.append(1)
        return Preview(text=f"{path.name} {span} {edge} {frames} {len(self.asked)}")


class SomeDescriber:
    name, source, limits = "some", Source.TAGS, Limits({})

    def missing(self) -> str:
        return ""

    def describe(self, pieces):
        return tuple(Words(Source.TAGS, piece.text) for piece in pieces)


def test_an_isolated_reader_reads_as_the_one_inside(children, tmp_path):
    reader = IsolatedReader(SomeReader(), children, 30, threading.Event())
    path = tmp_path / "a.mp4"
    assert reader.modality is Modality.VIDEO
    assert reader.read(path) == SomeReader().read(path)
    (piece,) = reader.encode(path, Chunk(7, Modality.VIDEO, None), Limits({}, pixels=5))
    assert piece.text == "a.mp4 7 5"
    assert reader.preview(path, None, 64, 3).text == "a.mp4 None 64 3 1"
    assert reader.preview(path, None, 64, 3).text == "a.mp4 None 64 3 2"  # it was kept in the child


def test_an_isolated_reader_names_the_file_in_one_printable_line(children, tmp_path):
    reader = IsolatedReader(SomeReader(), children, 30)
    with pytest.raises(BadInput, match=r"^“crash.b.” could not be decoded") as caught:
        reader.read(tmp_path / "crash\nb\udcff")
    assert str(caught.value).isprintable()


def test_an_isolated_describer_describes_as_the_one_inside(children):
    describer = IsolatedDescriber(SomeDescriber(), children, 30)
    assert (describer.name, describer.source, describer.missing()) == ("some", Source.TAGS, "")
    words = describer.describe([Piece.of_words("a cat"), Piece.of_words("a dog")])
    assert [word.text for word in words] == ["a cat", "a dog"]


def namespaces() -> bool:
    """Whether the system lets this user leave the network."""
    if sys.platform != "linux":
        return False
    return subprocess.run(["unshare", "-rn", "true"], check=False).returncode == 0


@pytest.mark.skipif(not namespaces(), reason="no namespaces here")
def test_what_decodes_reaches_nothing_over_the_network(children: Children) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert call_home(port) == "reached"
        assert children.call(call_home, port, limit_s=30) != "reached"
        said = children.call(call_home_by_a_program, port, limit_s=30)
        assert "reached" not in said
        assert "Error" in said


def test_it_reads_as_the_same_user(children: Children, tmp_path: Path) -> None:
    secret = tmp_path / "mine"
    secret.write_text("mine")
    secret.chmod(0o600)
    assert children.call(who_am_i, str(secret), limit_s=30) == (
        os.geteuid(),
        "mine",
    )


SCRIPT = """
import sys
from pathlib import Path
from nova_desktop.isolation import Children
print("the script runs")
with Children(1) as children:
    print(children.call(Path.exists, Path(sys.argv[1]), limit_s=20))
"""


def test_a_script_that_uses_it_is_not_run_again_in_its_children(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, script, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.stdout == "the script runs\nTrue\n", done.stderr
