"""The life of a child process that runs calls for its parent: see `isolation`."""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import pickle
import queue
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.errors import ExpectedError

if TYPE_CHECKING:
    import psutil

Call = tuple[Callable[..., Any], tuple[Any, ...], float]  # with its limit in seconds

MEMORY_LIMIT = 6 * 1024**3  # bytes a child may write to; generous: speech and OCR models live here
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # sched.h
START_LIMIT_S = 120.0  # a first import from a slow disk


def serve(
    conn: Connection, output: Connection, folder: str, ready: Callable[[], object] | None
) -> None:
    """The child's whole life: answers calls one by one until its parent is gone."""
    _settle(output, folder)
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    receiving = threading.Thread(target=_receive, args=(conn, calls, folder), daemon=True)
    receiving.start()
    Path(folder).mkdir(mode=0o700)
    with contextlib.suppress(ConnectionError):  # the parent is gone
        conn.send_bytes(_answer_to((ready or _nothing, (), START_LIMIT_S)))
        while True:
            conn.send_bytes(_answer(calls.get()))
    receiving.join()  # for ever: it ends this process, and leaves nothing behind


def _answer(packed: bytes) -> bytes:
    try:
        call: Call = pickle.loads(packed)  # noqa: S301 - from our own parent
    except Exception as e:  # a call that can't be unpickled is a bug of the caller's
        return _packed_error(e)
    return _answer_to(call)


def _nothing() -> None:
    pass


def _settle(output: Connection, folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    tempfile.tempdir = folder
    if sys.platform != "win32":
        # Libraries make locks when they are imported. With this they have no names, so that a
        # child that is killed leaves none behind; no child starts children of its own by it.
        multiprocessing.set_start_method("fork", force=True)
        os.setsid()
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    else:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    output.close()
    sys.stdout = open(1, "w", errors="replace", closefd=False, buffering=1)  # noqa: SIM115 - for ever
    sys.stderr = open(2, "w", errors="replace", closefd=False, buffering=1)  # noqa: SIM115 - for ever
    faulthandler.enable()
    if sys.platform == "linux":
        import resource

        # Not RLIMIT_AS: threads and models reserve far more addresses than they ever use.
        # Other systems do not enforce either for mapped memory.
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
        leave_network()


def leave_network() -> bool:
    """On Linux: this process, and all that it will start, can reach nothing over the network.

    What a hostile file makes a decoder do then stays on this device. False where the system allows
    no namespaces (unshare(2)), and on other systems. Before the first thread.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NETWORK) == 0:  # as root
        return True
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(NEW_NETWORK | NEW_USER) != 0:
        return False
    # In a namespace of its own a user is nobody, until it is said who that is outside.
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with contextlib.suppress(OSError):  # it goes on as nobody, who may read the same
            Path(f"/proc/self/{name}").write_text(text)
    return True


def _receive(conn: Connection, calls: queue.SimpleQueue[bytes], folder: str) -> None:
    """Hands calls on; the end of the connection means that the parent is gone."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            calls.put(conn.recv_bytes())
    # However busy this child is, it must not outlive its parent, and neither must ffmpeg.
    kill_session(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _answer_to(call: Call) -> bytes:
    function, args, limit_s = call
    # The parent keeps the time; this one is for a parent that is gone while native code holds the
    # interpreter, so that no thread of ours can act.
    faulthandler.dump_traceback_later(limit_s + 30, exit=True)
    try:
        return pickle.dumps((False, function(*args)))
    except Exception as e:  # every outcome is the parent's to judge
        return _packed_error(e)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _packed_error(error: Exception) -> bytes:
    trace = "".join(traceback.format_exception(error))
    if not isinstance(error, ExpectedError):
        error.add_note(f"In the child process:\n{trace}")
    try:
        packed = pickle.dumps((True, error))
        pickle.loads(packed)  # noqa: S301 - some exceptions can be packed but not unpacked
    except Exception:  # whatever goes wrong in a foreign exception's own code
        plain = MemoryError() if isinstance(error, MemoryError) else RuntimeError(repr(error))
        plain.add_note(f"In the child process:\n{trace}")
        packed = pickle.dumps((True, plain))
    return packed


_kept: dict[bytes, Any] = {}  # in a child: what it was given before, with the models it loaded


def on_kept(packed: bytes, method: str, *args: Any) -> Any:
    """Calls a method of a pickled object; the object is kept, so it loads its model only once."""
    if packed not in _kept:
        _kept[packed] = pickle.loads(packed)  # noqa: S301 - from our own parent
    return getattr(_kept[packed], method)(*args)


def calmly() -> None:
    """In a child: lets all else go first."""
    if sys.platform != "win32":
        os.nice(10)
    else:
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)


def keep_session_to(leader: int, processors: frozenset[int]) -> None:
    """Has a child and all that it started run on these processors alone; empty: on all.

    Nothing happens on macOS, which decides that by itself.
    """
    import psutil

    for process in _session(leader):
        with contextlib.suppress(psutil.Error, OSError, AttributeError):
            if sys.platform == "linux":
                keep_threads_to((int(t.id) for t in process.threads()), processors)
            else:
                process.cpu_affinity(sorted(processors))


def keep_threads_to(threads: Iterable[int], processors: frozenset[int]) -> None:
    """The same for threads of any process, by the numbers that Linux gives them."""
    if sys.platform == "linux":
        chosen = processors or os.sched_getaffinity(os.getpid())  # what this process was given
        for thread in threads:
            with contextlib.suppress(OSError):  # it has ended
                os.sched_setaffinity(thread, chosen)


def session_bytes(leader: int) -> int:
    """Memory that a child and all that it started hold."""
    import psutil

    total = 0
    for process in _session(leader):
        with contextlib.suppress(psutil.Error):
            total += _shared_out(process.pid) or process.memory_info().rss
    return total


def _shared_out(pid: int) -> int:
    """Memory of a process in bytes, with its part of what it shares; 0 where that is not told."""
    # Children share most of Python and its libraries: counted for each, that is half a gigabyte.
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):  # "Proportional set size", proc(5), in kB
                return int(line.split()[1]) * 1024
    return 0


def _session(leader: int) -> list[psutil.Process]:
    import psutil

    try:
        process = psutil.Process(leader)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def kill_session(leader: int) -> None:
    """Kills every process that `leader` started, also when `leader` is dead already."""
    import psutil

    me = os.getpid()
    for _ in range(3):  # one that was just being started shows up the second time
        doomed = [pid for pid in psutil.pids() if pid not in (leader, me) and _owns(leader, pid)]
        for pid in doomed:
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                psutil.Process(pid).kill()
        if not doomed:
            return


def _owns(leader: int, pid: int) -> bool:
    import psutil

    if os.name == "posix":
        with contextlib.suppress(OSError):  # it ended meanwhile, or is not ours
            return os.getsid(pid) == leader
        return False
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        return any(parent.pid == leader for parent in psutil.Process(pid).parents())
    return False
