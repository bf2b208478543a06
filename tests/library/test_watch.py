"""What is said about watched folders while they change: by the real system, in real time."""

from __future__ import annotations

import errno
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from nova_desktop.library.mounts import network_mounts
from nova_desktop.library.watch import OVERFLOW_LOG, Watch

SOON_S = 10.0


class Hints:
    """Collects hints, and waits for the ones that a test expects."""

    def __init__(self) -> None:
        self.arrived: queue.Queue[tuple[Path, Path]] = queue.Queue()
        self.told: list[str] = []

    def __call__(self, root: Path, under: Path) -> None:
        self.arrived.put((root, under))

    def wait_for(self, root: Path, under: Path) -> None:
        self.wait_for_any(root, under)

    def wait_for_any(self, root: Path, *places: Path) -> None:
        until = time.monotonic() + SOON_S
        seen = []
        while (left := until - time.monotonic()) > 0:
            try:
                hint = self.arrived.get(timeout=left)
            except queue.Empty:
                break
            if hint in [(root, under) for under in places]:
                return
            seen.append(hint)
        pytest.fail(f"no hint at {places}; only {seen}")

    def none_within(self, seconds: float) -> bool:
        try:
            self.arrived.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


Start = Callable[..., Watch]


@pytest.fixture
def hints() -> Hints:
    return Hints()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def start(hints: Hints) -> Iterator[Start]:
    started = []

    def begin(root: Path, observer: Callable[[], BaseObserver] = Observer) -> Watch:
        watch = Watch(hints, hints.told.append, poll_s=0.1, check_s=0.1, observer=observer)
        started.append(watch)
        watch.add(root)
        hints.wait_for(root, root)  # watched from here on
        return watch

    yield begin
    for watch in started:
        watch.close()


def test_a_new_file_is_hinted_at(start: Start, hints: Hints, root: Path) -> None:
    start(root)
    (root / "a.jpg").write_bytes(b"a")
    hints.wait_for(root, root / "a.jpg")


def test_a_file_deep_in_a_new_folder_is_hinted_at(start: Start, hints: Hints, root: Path) -> None:
    start(root)
    (root / "x/y").mkdir(parents=True)
    hints.wait_for(root, root / "x")
    (root / "x/y/z").mkdir()
    hints.wait_for(root, root / "x/y/z")
    (root / "x/y/z/a.jpg").write_bytes(b"a")
    hints.wait_for(root, root / "x/y/z/a.jpg")


def test_a_rewritten_and_a_removed_file_are_hinted_at(
    start: Start, hints: Hints, root: Path
) -> None:
    (root / "a.jpg").write_bytes(b"a")
    start(root)
    (root / "a.jpg").write_bytes(b"other")
    hints.wait_for(root, root / "a.jpg")
    (root / "a.jpg").unlink()
    hints.wait_for(root, root / "a.jpg")


def test_a_move_hints_at_both_places(start: Start, hints: Hints, root: Path) -> None:
    (root / "a.jpg").write_bytes(b"a")
    start(root)
    (root / "a.jpg").rename(root / "b.jpg")
    hints.wait_for(root, root / "a.jpg")
    hints.wait_for(root, root / "b.jpg")


def test_a_file_moved_in_and_out_is_hinted_at(
    start: Start, hints: Hints, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    start(root)
    (tmp_path / "a.jpg").rename(root / "a.jpg")
    hints.wait_for(root, root / "a.jpg")
    (root / "a.jpg").rename(tmp_path / "a.jpg")
    hints.wait_for(root, root / "a.jpg")


@pytest.mark.parametrize("name", [b"line\nbreak", "☃🎞".encode(), b"\xff\xfe", b"x" * 255])
def test_odd_names_arrive_unchanged(start: Start, hints: Hints, root: Path, name: bytes) -> None:
    start(root)
    path = root / os.fsdecode(name)
    path.write_bytes(b"a")
    hints.wait_for(root, path)


def test_reading_hints_at_nothing(start: Start, hints: Hints, root: Path) -> None:
    (root / "a.jpg").write_bytes(b"a")
    start(root)
    (root / "a.jpg").read_bytes()
    assert hints.none_within(0.7)  # longer than watchdog holds back a move


def test_a_root_that_is_a_link_is_watched_where_it_leads(
    start: Start, hints: Hints, root: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(root)
    start(link)
    (root / "a.jpg").write_bytes(b"a")
    hints.wait_for(link, link / "a.jpg")


def test_a_root_that_goes_and_comes_back_is_watched_again(
    start: Start, hints: Hints, root: Path, tmp_path: Path
) -> None:
    start(root)
    root.rename(tmp_path / "away")
    hints.wait_for(root, root)
    (tmp_path / "away").rename(root)
    hints.wait_for(root, root)
    (root / "a.jpg").write_bytes(b"a")
    hints.wait_for(root, root / "a.jpg")


def test_a_root_replaced_by_another_folder_is_looked_at(
    start: Start, hints: Hints, root: Path, tmp_path: Path
) -> None:
    start(root)
    (tmp_path / "other").mkdir()
    root.rename(tmp_path / "away")
    (tmp_path / "other").rename(root)
    hints.wait_for(root, root)
    (root / "a.jpg").write_bytes(b"a")
    hints.wait_for(root, root / "a.jpg")


def test_a_root_that_is_not_there_yet_is_waited_for(
    start: Start, hints: Hints, tmp_path: Path
) -> None:
    start(tmp_path / "later")
    (tmp_path / "later").mkdir()
    hints.wait_for(tmp_path / "later", tmp_path / "later")
    (tmp_path / "later/a.jpg").write_bytes(b"a")
    hints.wait_for(tmp_path / "later", tmp_path / "later/a.jpg")


def test_lost_events_make_every_root_be_looked_at_twice(
    start: Start, hints: Hints, root: Path, tmp_path: Path
) -> None:
    watch = start(root)
    watch.add(tmp_path / "second")
    hints.wait_for(tmp_path / "second", tmp_path / "second")
    logging.getLogger(OVERFLOW_LOG).warning("Inotify queue overflowed")
    arrived = sorted(hints.arrived.get(timeout=SOON_S) for _ in range(4))
    second = tmp_path / "second"
    # At once, and once more when watchdog has put back the watches of new folders.
    assert arrived == sorted([(root, root), (root, root), (second, second), (second, second)])


class _Limited:
    """Makes observers of which only the first few may watch, as below a low limit."""

    def __init__(self, allowed: int, code: int) -> None:
        self.left = allowed
        self.code = code

    def __call__(self) -> BaseObserver:
        if self.left == 0:
            raise OSError(self.code, "inotify limit reached")
        self.left -= 1
        return Observer()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EMFILE])
@pytest.mark.parametrize("allowed", [0, 1])
def test_at_the_system_limit_the_root_is_polled_and_the_remedy_told_once(
    start: Start, hints: Hints, root: Path, tmp_path: Path, code: int, allowed: int
) -> None:
    watch = start(root, _Limited(allowed, code))
    second = tmp_path / "second"
    second.mkdir()
    watch.add(second)
    hints.wait_for(second, second)
    assert len(hints.told) == 1
    assert "fs.inotify.max_user_watches" in hints.told[0]
    for place in (root, second):
        (place / "a.jpg").write_bytes(b"a")
        hints.wait_for(place, place / "a.jpg")
    (root / "a.jpg").write_bytes(b"longer")
    hints.wait_for(root, root / "a.jpg")


def test_a_limit_reached_by_a_later_folder_is_noticed(
    start: Start, hints: Hints, root: Path
) -> None:
    limited = _Limited(2, errno.ENOSPC)  # one for the root, one to see that there is room
    start(root, limited)
    assert hints.told == []
    (root / "new").mkdir()
    hints.wait_for(root, root / "new")
    until = time.monotonic() + SOON_S
    while not hints.told and time.monotonic() < until:
        time.sleep(0.02)
    assert hints.told
    # What comes while the watching changes to polling is found by a look at the whole root.
    (root / "new/a.jpg").write_bytes(b"a")
    hints.wait_for_any(root, root / "new/a.jpg", root)


WATCH_BELOW_A_LOW_LIMIT = """
import queue, sys
from pathlib import Path
from nova_desktop.library.watch import Watch
Path("/proc/sys/user/max_inotify_watches").write_text("20")
root, hints, told = Path(sys.argv[1]), queue.Queue(), queue.Queue()
watch = Watch(lambda _, under: hints.put(under), told.put, poll_s=0.1, check_s=0.1)
watch.add(root)
assert "max_user_watches" in told.get(timeout=10)
assert hints.get(timeout=10) == root
(root / "39/a.jpg").touch()
assert hints.get(timeout=10) == root / "39/a.jpg"
watch.close()
assert told.empty()
"""


def test_the_real_limit_of_the_system_is_noticed(root: Path) -> None:
    alone = ["unshare", "--user", "--map-root-user"]  # with limits of its own
    if sys.platform != "linux" or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("no user namespaces here")
    for number in range(40):
        (root / str(number)).mkdir()
    command = [*alone, sys.executable, "-c", WATCH_BELOW_A_LOW_LIMIT, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_polling_does_not_follow_links_in_a_circle(start: Start, hints: Hints, root: Path) -> None:
    for name in ("a", "b"):
        (root / name).symlink_to(root)
    start(root, _Limited(0, errno.ENOSPC))
    (root / "new.jpg").write_bytes(b"a")
    hints.wait_for(root, root / "new.jpg")


def test_a_removed_root_is_silent(start: Start, hints: Hints, root: Path) -> None:
    watch = start(root)
    watch.remove(root)
    (root / "a.jpg").write_bytes(b"a")
    assert hints.none_within(0.7)


def test_closing_takes_no_time(start: Start, root: Path) -> None:
    watch = start(root)
    began = time.monotonic()
    watch.close()
    assert time.monotonic() - began < 1.0


TABLE = b"""\
/dev/sda / ext4 rw 0 0
nas:/media /media/nas nfs4 rw 0 0
//srv/my\\040photos /home/me/my\\040photos cifs rw 0 0
/dev/sdb /media/nas/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("/home/other", []),
        ("/media/nas", ["/media/nas"]),
        ("/media/nas/2024", ["/media/nas/2024"]),
        ("/media/nas/local/x", []),
        ("/home/me", ["/home/me/my photos"]),
        ("/home/me/my photos/2024", ["/home/me/my photos/2024"]),
        ("/", ["/home/me/my photos", "/media/nas"]),
    ],
)
def test_network_drives_are_told_from_local_ones(
    tmp_path: Path, folder: str, found: list[str]
) -> None:
    (tmp_path / "mounts").write_bytes(TABLE)
    assert network_mounts(Path(folder), tmp_path / "mounts") == [Path(path) for path in found]


def test_without_a_table_of_mounts_nothing_is_a_network_drive(tmp_path: Path) -> None:
    assert network_mounts(tmp_path, tmp_path / "missing") == []


def test_stopping_in_the_middle_of_an_event_is_not_called_an_error(
    start: Start, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    start(root)
    logger = logging.getLogger("watchdog.observers.inotify")
    logger.error("InotifyEmitter.queue_events() called when the thread is inactive")
    logger.error("something else")
    assert [record.getMessage() for record in caplog.records] == ["something else"]


def test_a_root_is_looked_through_now_and_then_whatever_was_told(hints: Hints, root: Path) -> None:
    watch = Watch(hints, hints.told.append, check_s=0.1, every_s=0.5)
    try:
        watch.add(root)
        for _ in range(3):
            hints.wait_for(root, root)
    finally:
        watch.close()


def test_an_observer_that_cannot_count_its_folders_does_not_end_the_watching(
    hints: Hints, root: Path
) -> None:
    class Confused(Observer):
        def stop(self) -> None:
            super().stop()
            raise KeyError(b"a folder that was moved")

    watch = Watch(hints, hints.told.append, check_s=0.1, observer=Confused)
    try:
        watch.add(root)
        hints.wait_for(root, root)
        root.rename(root.with_name("elsewhere"))
        root.mkdir()  # another folder in its place: the observers are replaced
        hints.wait_for(root, root)
        (root / "new.jpg").touch()
        hints.wait_for(root, root / "new.jpg")
    finally:
        watch.close()


def test_a_place_of_which_no_event_tells_is_asked_after_though_it_hangs(
    hints: Hints, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung, asked = threading.Event(), threading.Event()
    place = root / "drive"
    place.mkdir()
    real = os.stat

    def stat(path: str | Path, **more: object) -> os.stat_result:
        if str(path) == str(place) and asked.is_set():
            hung.wait(20)
        return real(path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", stat)
    watch = Watch(hints, hints.told.append, check_s=0.1, doubts=lambda _: {str(place): False})
    try:
        watch.add(root)
        hints.wait_for(root, place)  # it can be opened
        asked.set()
        root.rename(root.with_name("away"))  # while the drive inside hangs
        hints.wait_for(root, root)
    finally:
        hung.set()
        watch.close()


def test_a_file_that_was_open_for_writing_is_told_of(hints: Hints, root: Path) -> None:
    (root / "a.txt").write_text("a")
    written: queue.Queue[Path] = queue.Queue()
    watch = Watch(hints, hints.told.append, check_s=0.1, written=written.put)
    try:
        watch.add(root)
        hints.wait_for(root, root)
        with (root / "a.txt").open("r+"):
            pass
        assert written.get(timeout=SOON_S) == root / "a.txt"
    finally:
        watch.close()
