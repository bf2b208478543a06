"""Opens a file for a Reader: regular files only, read-only, and every failure as a sentence."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias

from nova_desktop.errors import BadInput, ExpectedError, Forbidden, TryLater, shown

# Errors of the disk or the network, not of the file: a later attempt may succeed.
_PASSING = """
    EAGAIN EBUSY EINTR EIO EMFILE ENFILE ENETDOWN ENETRESET ENETUNREACH ENODEV ENOMEM ENXIO
    ECONNABORTED ECONNRESET EHOSTDOWN EHOSTUNREACH ESHUTDOWN ESTALE ETIMEDOUT ETXTBSY ENOTCONN
    EREMOTEIO
"""  # not every system has every one
PASSING = frozenset(getattr(errno, name) for name in _PASSING.split() if hasattr(errno, name))
SHARING_VIOLATION = 32  # Windows: another program holds the file (winerror.h)

Version: TypeAlias = tuple[int, int, int, int]  # see `version`


def checked(path: Path) -> os.stat_result:
    """The status of a regular, non-empty file. Raises BadInput or TryLater; opens nothing."""
    try:
        status = os.stat(path)  # noqa: PTH116  # Path.stat says the same, but "loop" as RuntimeError
    except (OSError, ValueError) as e:
        raise _refusal(path, e) from e
    if stat.S_ISDIR(status.st_mode):
        raise BadInput(f"“{shown(path)}” is a folder; add it as a folder instead.")
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(f"“{shown(path)}” is not a regular file, so there is nothing to read in it.")
    if status.st_size == 0:
        raise BadInput(f"“{shown(path)}” is empty; copy it here again if it should not be.")
    return status


def version(path: Path) -> Version:
    """What tells whether a file is what it was when it was read, also where its time was put back.

    As `checked`; but of a file's second name it is another one.
    """
    status = checked(path)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading bytes. Raises BadInput or TryLater, also while it is read."""
    checked(path)
    # A file may turn into a pipe between the check and here: never wait for its other end.
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    try:
        file = open(os.open(path, flags), "rb")  # noqa: SIM115, PTH123  # closed by `with` below
    except (OSError, ValueError) as e:
        raise _refusal(path, e) from e
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise BadInput(
                f"“{shown(path)}” is not a regular file; there is nothing to read in it."
            )
        with decoding(path):
            yield file


@contextmanager
def decoding(path: Path) -> Iterator[None]:
    """Wrap what reads or decodes the bytes of `path`: a damaged file comes out as BadInput.

    Decoders raise whatever the damaged bytes lead them to (OSError, SyntaxError, struct.error,
    KeyError, ZeroDivisionError, ...), so every exception in here is taken as the file's fault.
    """
    try:
        yield
    except ExpectedError:
        raise
    except MemoryError as e:
        raise BadInput(f"“{shown(path)}” needs more memory than there is; make it smaller.") from e
    except Exception as e:
        if isinstance(e, OSError) and e.errno in PASSING:
            raise _refusal(path, e) from e
        raise damaged(path, e) from e


def damaged(path: Path, why: object = "") -> BadInput:
    """The refusal for a file whose bytes can't be decoded."""
    said = " ".join(str(why).split())
    said = "".join(c if c.isprintable() else "�" for c in said)[:120].rstrip(".")
    told = f" ({said})" if said else ""
    return BadInput(f"“{shown(path)}” is damaged or incomplete{told}; replace it with a good copy.")


def _refusal(path: Path, e: OSError | ValueError) -> ExpectedError:
    name = shown(path)
    if isinstance(e, FileNotFoundError | NotADirectoryError):
        return TryLater(f"“{name}” is no longer there; it is read again when it comes back.")
    if isinstance(e, OSError) and getattr(e, "winerror", None) == SHARING_VIOLATION:
        return TryLater(f"“{name}” is in use by another program; it is read once that is done.")
    if isinstance(e, PermissionError):
        return Forbidden(f"“{name}” may not be read; give your user the right to, then try again.")
    if isinstance(e, OSError) and e.errno == errno.ELOOP:
        return BadInput(f"“{name}” is a link that leads back to itself; remove the link.")
    if isinstance(e, OSError) and e.errno in PASSING:
        return TryLater(f"“{name}” can't be read now ({e.strerror}); it is tried again later.")
    reason = e.strerror if isinstance(e, OSError) and e.strerror else str(e)
    return BadInput(f"“{name}” can't be opened ({reason}); check the file and its name.")
