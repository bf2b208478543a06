"""Finds ffmpeg, builds its command lines, and runs them with a limit, progress and a stop."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater, shown
from nova_desktop.media.opening import damaged

INSTALL = {
    "darwin": "Install it with “brew install ffmpeg”",
    "win32": "Install it with “winget install ffmpeg”",
}.get(sys.platform, "Install the package ffmpeg with your package manager")
POLL_S = 0.1  # how soon a stop or the limit is noticed
STDERR_LINES = 20  # kept of what ffmpeg says; the last ones tell the cause

# The demuxers behind the formats we read. Without this list a text file would be played as
# terminal art, and a playlist would be followed to other files.
DEMUXERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,mpeg,mpegts,mpegvideo,flv,live_flv,"
    "mp3,aac,wav,w64,flac,ogg,aiff,caf,amr,dv,m4v,ac3,eac3"
)


class DiskFull(NeedsUser):
    """What ffmpeg writes found no room."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where ffmpeg was found. `ffprobe` is "" where there is none; nothing here needs it."""

    ffmpeg: str
    ffprobe: str
    origin: str  # "settings", "NOVA_FFMPEG", "PATH" or "imageio-ffmpeg"


def programs(setting: str = "") -> Programs:
    """The setting's ffmpeg, else NOVA_FFMPEG's, else the one on PATH, else imageio-ffmpeg's.

    A setting may name the program or its folder. Raises NeedsUser when it names neither, or when
    there is no ffmpeg at all.
    """
    for chosen, origin in (
        (setting, "settings"),
        (os.environ.get("NOVA_FFMPEG", ""), "NOVA_FFMPEG"),
    ):
        if chosen:
            return _chosen(chosen, origin)
    on_path = [
        Programs(found, probe, "PATH")
        for folder in os.get_exec_path()
        if (found := shutil.which("ffmpeg", path=folder))
        for probe in [shutil.which("ffprobe", path=folder) or ""]
    ]
    if on_path:  # two that belong together, rather than the first of each
        return next((pair for pair in on_path if pair.ffprobe), on_path[0])
    with contextlib.suppress(ImportError, RuntimeError):  # RuntimeError: it has no binary either
        import imageio_ffmpeg

        return Programs(imageio_ffmpeg.get_ffmpeg_exe(), "", "imageio-ffmpeg")
    raise NeedsUser(f"ffmpeg is needed to read videos and is not installed. {INSTALL}.")


def _chosen(chosen: str, origin: str) -> Programs:
    path = Path(chosen).expanduser()
    folder, name = (path, "ffmpeg") if path.is_dir() else (path.parent, path.name)
    found = shutil.which(name, path=str(folder)) or (
        shutil.which(chosen) if path.name == chosen else None
    )
    if not found:
        where = "The setting ffmpeg" if origin == "settings" else origin
        raise NeedsUser(
            f"{where} names “{chosen}”, where there is no ffmpeg. Correct or clear it. {INSTALL}."
        )
    beside = str(Path(found).parent)
    return Programs(found, shutil.which("ffprobe", path=beside) or "", origin)


def input_of(path: Path, **options: Any) -> Any:
    """An ffmpeg-python input: `file:` and absolute, so that no name is taken for an option or URL.

    Only local files are followed, and only the containers that we read.
    """
    import ffmpeg

    return ffmpeg.input(
        _name(path), protocol_whitelist="file", format_whitelist=DEMUXERS, **options
    )


def output_to(path: Path, *streams: Any, **options: Any) -> Any:
    """An ffmpeg-python output of these streams to a file, which is replaced when it exists."""
    import ffmpeg

    return ffmpeg.output(*streams, _name(path), **options)


def _name(path: Path) -> str:
    """Quoted, because ffmpeg-python can't take the names that are no valid text."""
    return "file:" + urllib.parse.quote(os.fsencode(path.absolute()))


def _unquoted(word: str) -> str:
    if not word.startswith("file:"):
        return word
    return os.fsdecode(urllib.parse.unquote_to_bytes(word))


def run(
    stream: Any,
    program: str,
    about: Path,
    limit_s: float,
    progress: Callable[[float], object] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Runs what ffmpeg-python describes. `progress` gets the seconds written so far.

    `about` is the file that errors name. Raises BadInput when ffmpeg refuses the file or takes
    longer than `limit_s`, TryLater when `stop` is set, NeedsUser when this ffmpeg or the disk
    can't do it. ffmpeg and whatever it started are gone on return.
    """
    import ffmpeg

    command = [program, "-nostdin", "-hide_banner", "-v", "error", "-progress", "pipe:1"]
    command = [_unquoted(word) for word in ffmpeg.compile(stream, command, overwrite_output=True)]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A group of its own, so that a wrapper script and its ffmpeg end together.
            process_group=0 if os.name == "posix" else None,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as e:
        raise NeedsUser(f"“{program}” can't be started ({e.strerror}). {INSTALL}.") from e
    said: deque[str] = deque(maxlen=STDERR_LINES)
    with process:
        readers = [
            threading.Thread(target=_tell, args=(process.stdout, progress), name="ffmpeg-progress"),
            threading.Thread(target=_keep, args=(process.stderr, said), name="ffmpeg-errors"),
        ]
        try:
            for reader in readers:
                reader.start()
            _wait(process, about, limit_s, stop)
        finally:
            _end(process)
            for reader in readers:
                reader.join()
    if process.returncode:
        raise reaction_to(said, about)


def _wait(
    process: subprocess.Popen[bytes], about: Path, limit_s: float, stop: threading.Event | None
) -> None:
    deadline = time.monotonic() + limit_s
    while True:
        if stop is not None and stop.is_set():
            raise TryLater("Stopped.")
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise BadInput(f"“{shown(about)}” took longer than {limit_s:g} s to convert.")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(min(POLL_S, left_s))
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: only zombies left
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _tell(lines: IO[bytes] | None, progress: Callable[[float], object] | None) -> None:
    for line in lines or ():
        name, _, value = line.decode(errors="replace").strip().partition("=")
        if progress and name == "out_time_us" and value.lstrip("-").isdigit():
            progress(max(0.0, int(value) / 1e6))


def _keep(stream: IO[bytes] | None, said: deque[str]) -> None:
    while stream and (line := stream.readline(1000)):  # a line may have no end
        said.append(line.decode(errors="replace").strip())


# What ffmpeg says → what it means, the first that fits (ffmpeg 4 to 7).
REACTIONS: tuple[tuple[str, type[ExpectedError], str], ...] = (
    ("No space left", DiskFull, "The disk is full. Make room, then resume."),
    ("Unknown encoder", NeedsUser, f"This ffmpeg lacks an encoder. {INSTALL} in full."),
    ("Encoder not found", NeedsUser, f"This ffmpeg lacks an encoder. {INSTALL} in full."),
    ("Unrecognized option", NeedsUser, f"This ffmpeg is too old. {INSTALL} in version 5 or later."),
    ("Permission denied", TryLater, "{name} can't be opened now; it is tried again later."),
    ("No such file", TryLater, "{name} is no longer there; it is read again when it comes back."),
)


def reaction_to(said: Iterable[str], about: Path) -> ExpectedError:
    """The error for what ffmpeg wrote before it gave up: the file's fault, unless it says else."""
    lines = [line for line in said if line]
    for sign, kind, sentence in REACTIONS:
        if any(sign in line for line in lines):
            return kind(sentence.format(name=f"“{shown(about)}”"))
    # The last line is about the file; its leading "[mov,mp4 @ 0x55d0]" or path tells nothing.
    last = lines[-1].rpartition("] ")[2].rpartition(": ")[2] if lines else ""
    return damaged(about, last)
