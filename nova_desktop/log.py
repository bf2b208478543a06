"""One logging set-up: a file in the data folder, warnings on stderr, and a report of each bug."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import logging
import os
import sys
import threading
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from nova_desktop.cli.terminal import plain
from nova_desktop.errors import NeedsUser

FILE_BYTES = 2_000_000
FILES_KEPT = 3
REPORTS_KEPT = 20

log = logging.getLogger(__name__)


class OneLine(logging.Formatter):
    """A record is one line, whatever the names in it; the lines of a traceback are indented.

    So nothing that a file is named can look like another record.
    """

    def __init__(self, form: str, traces: bool) -> None:
        super().__init__(form, style="{")
        self._traces = traces

    def format(self, record: logging.LogRecord) -> str:
        record.message = plain(record.getMessage())
        record.asctime = self.formatTime(record)
        line = self.formatMessage(record)
        if self._traces and record.exc_info:
            line += "\n" + indented(self.formatException(record.exc_info))
        return line


def indented(text: str) -> str:
    return "\n".join("    " + plain(line) for line in text.splitlines())


class LogFile(logging.FileHandler):
    """A rotating file that its owner alone can read, and that several processes may write.

    Whoever finds that another process rotated the file goes on in the new one. Not the handler of
    `logging.handlers`: to import that takes a tenth of the time until the window is painted.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        append = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        return os.fdopen(
            os.open(self.baseFilename, append, 0o600),
            "a",
            encoding="utf-8",
            errors="backslashreplace",
        )

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream and self._was_rotated(self.stream):
                self.stream.close()
                self.stream = self._open()
            if self.stream and self._would_hold(self.stream, record) >= FILE_BYTES:
                self.stream.close()
                self._rotate()
                self.stream = self._open()
        except Exception:  # as all handlers do: what goes wrong here must stop nobody
            self.handleError(record)
        super().emit(record)

    def _would_hold(self, stream: TextIOWrapper, record: logging.LogRecord) -> int:
        line = self.format(record).encode("utf-8", "backslashreplace")
        return os.fstat(stream.fileno()).st_size + len(line) + 1

    def _rotate(self) -> None:
        """nova-desktop.log → .1 → .2 → …, of which FILES_KEPT stay."""
        names = [self.baseFilename, *(f"{self.baseFilename}.{n + 1}" for n in range(FILES_KEPT))]
        for older, newer in reversed(list(itertools.pairwise(names))):
            with contextlib.suppress(FileNotFoundError):
                Path(older).replace(newer)

    def _was_rotated(self, stream: TextIOWrapper) -> bool:
        try:
            there = Path(self.baseFilename).stat()
        except FileNotFoundError:
            return True
        ours = os.fstat(stream.fileno())
        return (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino)


def set_up(data: Path, verbose: bool = False) -> None:
    """Logs to `data`/log from now on; what was set up before is replaced.

    Raises NeedsUser when the folder can't be written to.
    """
    try:
        to_file = LogFile(_folder(data) / "nova-desktop.log")
    except OSError as e:
        raise NeedsUser(
            f"The data folder {data} can't be written to ({e.strerror}). "
            "Make room or give access, or choose another folder with --data."
        ) from e
    to_file.setFormatter(OneLine("{asctime} {levelname} {process} {name}: {message}", traces=True))
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(OneLine("{levelname}: {message}", traces=False))
    to_stderr.setLevel(logging.INFO if verbose else logging.WARNING)
    to_stderr.addFilter(logging.Filter("nova_desktop"))  # what others say is for the file
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, OneLine):
            root.removeHandler(handler)
            handler.close()
    root.addHandler(to_file)
    root.addHandler(to_stderr)
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, trace: _uncaught(data, kind, error, trace)
    threading.excepthook = lambda args: _uncaught(
        data, args.exc_type, args.exc_value, args.exc_traceback
    )


def report(data: Path, error: BaseException) -> Path:
    """Writes what is needed to find a bug into a file of its own; gives its path.

    Raises OSError when it can't be written.
    """
    from nova_desktop import bug  # only here, and slow

    now = datetime.datetime.now(datetime.UTC)
    folder = _folder(data)
    path = folder / f"report-{now:%Y%m%dT%H%M%S.%f}-{os.getpid()}.txt"
    text = "".join(plain(line) + "\n" for line in bug.told(error).splitlines())
    new = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(new, "w", encoding="utf-8") as file:
        file.write(text)
    for old in sorted(folder.glob("report-*.txt"))[:-REPORTS_KEPT]:
        old.unlink(missing_ok=True)
    return path


def _folder(data: Path) -> Path:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = data / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _uncaught(
    data: Path,
    kind: type[BaseException],
    error: BaseException | None,
    trace: TracebackType | None,
) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    try:
        where = f"A report is in {report(data, error)}."
    except OSError as e:
        where = f"No report could be written ({e.strerror})."
    log.error("This is a bug in Nova Desktop: %s. %s", kind.__name__, where, exc_info=error)
