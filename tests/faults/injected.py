"""What goes wrong on a computer, done to the real program from outside, each compared at the end.

Each raises Untrue when the index is not what it must be, and Impossible where it can't be tried.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

from tests.faults.program import Program, Untrue

QUEUED = 16_384  # events that Linux keeps for a program that does not read: inotify(7)


class Impossible(Exception):
    """This system does not let it be tried; the message says why."""


def kill(program: Program, files: int, times: int) -> str:
    """Kills it again and again while it indexes and while the folder changes."""
    program.write(max(2, files // 10))
    for _ in range(times):
        child = program.start("index", program.folder)
        program.write(max(1, files // times))
        time.sleep(program.chance.uniform(0.8, 3.0))
        program.change(10)
        program.kill(child)
    program.index()
    program.compare()
    return f"killed {times} times while it indexed {files} files"


def fill(program: Program, files: int, times: int) -> str:
    """Lets the disk of the data folder fill up, and makes room again."""
    _mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", program.data)
    for _ in range(times):
        program.write(max(400, files), paragraphs=40)
        code, said = program.run("index", program.folder)
        if code != 5 or "full" not in said:
            raise Untrue(f"a full disk was not told ({code}): {said[-500:]}")
        known = program.known()
        _mount("-o", "remount,size=300m", program.data)
        program.index()
        if lost := known - program.known():
            raise Untrue(f"forgotten with a full disk: {sorted(lost)[:3]}")
        program.compare()
        used = sum(file.stat().st_blocks for file in program.data.rglob("*") if file.is_file())
        _mount("-o", f"remount,size={used * 512 + (1 << 20)}", program.data)
    return f"a full disk {times} times below {len(program.known())} files"


def revoke(program: Program, files: int, times: int) -> str:
    """Takes the permission for the folder, one in it and a file, and gives it back."""
    program.write(files, "inside")
    program.write(2)
    program.index()
    child = program.watch()
    longest = 0.0
    for _ in range(times):
        file = program.chance.choice(sorted(program.folder.glob("*.txt")))
        for places in ([program.folder / "inside", file], [program.folder]):
            known, rights = program.known(), [place.stat().st_mode for place in places]
            for place in places:
                place.chmod(0)
            try:
                for place in places:
                    _write_in(place)
                program.until(partial(_told, program, len(places)))
                if lost := known - program.known():
                    raise Untrue(f"forgotten with the permission: {sorted(lost)[:3]}")
            finally:
                for place, mode in zip(places, rights, strict=True):
                    place.chmod(mode)
            longest = max(longest, program.settle(60))
    program.kill(child)
    program.index()
    program.compare()
    return (
        f"permission for a folder, one in it and a file lost {times} times: told each time, and "
        f"all of it back by itself, within {longest:.0f} s"
    )


def _told(program: Program, places: int) -> bool:
    """Whether so many are said to be closed now: folders as a whole, and what is in them."""
    closed = program.asked("SELECT count(*) FROM folders WHERE offline")
    closed += program.asked(
        "SELECT count(*) FROM files WHERE state = 'failed' "
        "AND (reason LIKE '%permission%' OR reason LIKE '%may not be read%')"
    )
    return closed == places


def _write_in(place: Path) -> None:
    """Something new, which the program can't see: as its owner, or as who may do all."""
    try:
        if place.is_dir():
            (place / f"later {time.time_ns()}.txt").write_text("written while nobody may look")
        else:
            with place.open("a") as file:
                file.write("more")
    except PermissionError:
        pass  # not as root: then there is nothing new to be found


def unmount(program: Program, files: int, times: int) -> str:
    """Pulls the drive of the folder out, and one inside it; both come back, changed meanwhile."""
    drive, other = Drive(program), program.place / "other drive"
    other.mkdir()
    inner = program.folder / "inner"
    drive.plug()
    inner.mkdir()
    if drive.is_real:
        _mount("--bind", other, inner)
    program.write(files)
    program.write(files, "inner")
    program.index()
    child = program.watch()
    for _ in range(times):
        known = program.known()
        if drive.is_real:
            _run("umount", "-l", inner)
            program.until(lambda: program.asked("SELECT count(*) FROM files WHERE size IS NULL"))
            _nothing_forgotten(program, known, "a drive in the folder")
        drive.pull()
        program.until(lambda: program.asked("SELECT count(*) FROM folders WHERE offline"))
        _nothing_forgotten(program, known, "the drive of the folder")
        if "offline" not in (said := program.run("status")[1]):
            raise Untrue(f"a drive that is away is not told: {said}")
        if ".txt" not in (said := program.run("find", "boats", "--limit", "3")[1]):
            raise Untrue(f"what is on a drive that is away is not found: {said}")
        drive.plug()
        if drive.is_real:
            _mount("--bind", other, inner)
        program.change(20)
        program.settle(60)
    program.kill(child)
    program.index()
    program.compare()
    what = "a drive, and one inside it," if drive.is_real else "a folder in place of a drive"
    return f"{what} pulled out {times} times below {2 * files} files"


def _nothing_forgotten(program: Program, known: set[bytes], drive: str) -> None:
    if lost := known - program.known():
        raise Untrue(f"forgotten with {drive}: {sorted(lost)[:3]} and {len(lost)} in all")


class Drive:
    """The drive that the watched folder is: a mounted image, or a folder that is moved away."""

    def __init__(self, program: Program) -> None:
        self._at, self._image = program.folder, program.place / "drive.img"
        self._away = program.place / "unplugged"
        self.is_real = os.geteuid() == 0 and shutil.which("mkfs.ext4") is not None
        if self.is_real:
            self._image.touch()
            os.truncate(self._image, 64 << 20)
            _run("mkfs.ext4", "-q", self._image)
            try:
                self.plug()
                (self._at / "lost+found").rmdir()
                self.pull()
            except Impossible:  # no loop devices
                self.is_real = False
        if not self.is_real:
            self._at.rename(self._away)

    def plug(self) -> None:
        if self.is_real:
            _mount("-o", "loop", self._image, self._at)
        else:
            self._away.rename(self._at)

    def pull(self) -> None:
        if self.is_real:
            _run("umount", "-l", self._at)
        else:
            self._at.rename(self._away)


def _run(*command: str | Path) -> None:
    subprocess.run(list(map(str, command)), check=True)


def _mount(*arguments: str | Path) -> None:
    done = subprocess.run(
        ["mount", *map(str, arguments)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Impossible(f"Nothing can be mounted here: {done.stderr.strip()}")


def flood(program: Program, files: int, times: int) -> str:
    """Makes more changes than the system keeps for a program that is stopped meanwhile."""
    count = max(files, QUEUED * 2 // 3)  # two events a file, and some to spare
    program.write(5)
    program.index()
    child = program.watch()
    longest = 0.0
    for _ in range(times):
        child.send_signal(signal.SIGSTOP)
        try:
            for number in range(20):
                program.write(count // 20, f"flood {number}")
            program.change(200)
        finally:
            child.send_signal(signal.SIGCONT)
        longest = max(longest, program.settle(600))
    program.kill(child)
    program.index()
    program.compare()
    return f"{count} files in a flood of events {times} times: index = disk in {longest:.0f} s"
