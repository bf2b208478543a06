"""What a scan finds, leaves out, and can't look at."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput, TryLater
from nova_desktop.library import rules as reasons
from nova_desktop.library.mounts import kernel_mounts
from nova_desktop.library.plan import plan
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import KERNEL, LINK, SPECIAL, scan
from nova_desktop.model import Stamp

DEFAULT = Rules()


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode(errors="surrogateescape"))


def found(root: Path, rules: Rules = DEFAULT, under: Path | None = None) -> list[str]:
    return sorted(os.path.relpath(path, root) for path in scan(root, rules, under).files)


def test_files_are_found_with_their_stamps(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "x/y/b.mp4", "x/empty/.keep")
    listing = scan(tmp_path, DEFAULT)
    assert found(tmp_path) == ["a.jpg", "x/y/b.mp4"]
    assert listing.files[str(tmp_path / "a.jpg")] == Stamp.of((tmp_path / "a.jpg").stat())
    assert listing.complete


def test_a_second_look_at_the_same_disk_finds_nothing_to_do(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "x/b.jpg")
    assert not plan(scan(tmp_path, DEFAULT).files, scan(tmp_path, DEFAULT).files)


@pytest.mark.parametrize(
    "name",
    [b"line\nbreak.txt", "☃🎞.jpg".encode(), b"\xff\xfe.jpg", b"x" * 255, b" ", b"-rf", b"'\""],
)
def test_odd_names_come_back_byte_for_byte(tmp_path: Path, name: bytes) -> None:
    make(tmp_path, os.fsdecode(name))
    (path,) = scan(tmp_path, DEFAULT).files
    assert os.fsencode(path) == os.fsencode(tmp_path) + b"/" + name


def test_links_are_counted_but_never_followed(tmp_path: Path) -> None:
    make(tmp_path, "real/a.jpg")
    (tmp_path / "real/loop").symlink_to(tmp_path)
    (tmp_path / "file").symlink_to(tmp_path / "real/a.jpg")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    assert found(tmp_path) == ["real/a.jpg"]
    links = ["broken", "file", "itself", "real/loop"]
    assert scan(tmp_path, DEFAULT).excluded == {str(tmp_path / name): LINK for name in links}


def test_a_root_that_is_a_link_is_scanned_where_it_leads(tmp_path: Path) -> None:
    make(tmp_path, "real/a.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert found(tmp_path / "link") == ["a.jpg"]


def test_pipes_and_sockets_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        excluded = scan(tmp_path, DEFAULT).excluded
    assert excluded == {str(tmp_path / "pipe"): SPECIAL, str(tmp_path / "socket"): SPECIAL}


@pytest.mark.parametrize(
    ("name", "counted", "reason"),
    [
        (".hidden.jpg", ".hidden.jpg", reasons.HIDDEN),
        ("._IMG_1.jpg", "._IMG_1.jpg", reasons.HIDDEN),
        (".git/objects/a", ".git", reasons.HIDDEN),
        ("site/node_modules/a/b.png", "site/node_modules", reasons.PROGRAMS),
        ("@eaDir/a.jpg", "@eaDir", reasons.SYSTEM),
        ("__MACOSX/a.jpg", "__MACOSX", reasons.UNPACKED),
        ("System Volume Information/a", "System Volume Information", reasons.SYSTEM),
        ("$RECYCLE.BIN/a.jpg", "$RECYCLE.BIN", reasons.SYSTEM),
        ("Thumbs.db", "Thumbs.db", reasons.SYSTEM),
        ("Desktop.ini", "Desktop.ini", reasons.SYSTEM),
        ("Mine.photoslibrary/originals/a.heic", "Mine.photoslibrary", reasons.PHOTO_LIBRARY),
        ("film.mp4.part", "film.mp4.part", reasons.PARTIAL),
        ("film.mp4.crdownload", "film.mp4.crdownload", reasons.PARTIAL),
        ("film.download/film.mp4", "film.download", reasons.PARTIAL),
        ("a.TMP", "a.TMP", reasons.PARTIAL),
        ("letter.odt~", "letter.odt~", reasons.PARTIAL),
        ("~$letter.docx", "~$letter.docx", reasons.PARTIAL),
    ],
)
def test_what_nobody_means_to_search_is_left_out(
    tmp_path: Path, name: str, counted: str, reason: str
) -> None:
    make(tmp_path, name, "kept.jpg")
    assert found(tmp_path) == ["kept.jpg"]
    assert scan(tmp_path, DEFAULT).excluded == {str(tmp_path / counted): reason}


def test_the_programs_own_data_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "data/index.db", "a.jpg")
    rules = Rules.of([tmp_path / "data"], ["!data"])
    assert found(tmp_path, rules) == ["a.jpg"]
    assert scan(tmp_path, rules).excluded == {str(tmp_path / "data"): reasons.OWN}


def test_a_hidden_folder_can_itself_be_watched(tmp_path: Path) -> None:
    make(tmp_path, ".mine/a.jpg")
    assert found(tmp_path / ".mine") == ["a.jpg"]


def test_patterns_are_read_as_in_a_gitignore(tmp_path: Path) -> None:
    make(tmp_path, "a.bak", "x/b.bak", "x/keep.bak", "Drafts/c.txt", "x/Drafts/d.txt", "e.txt")
    rules = Rules.of([], ["# mine", "", "*.bak", "!keep.bak", "/Drafts/"])
    assert found(tmp_path, rules) == ["e.txt", "x/Drafts/d.txt", "x/keep.bak"]
    assert scan(tmp_path, rules).excluded == {
        str(tmp_path / "a.bak"): "Your pattern *.bak leaves it out.",
        str(tmp_path / "x/b.bak"): "Your pattern *.bak leaves it out.",
        str(tmp_path / "Drafts"): "Your pattern /Drafts/ leaves it out.",
    }


def test_a_pattern_can_bring_back_what_is_left_out_by_default(tmp_path: Path) -> None:
    make(tmp_path, ".photos/a.jpg", ".other/b.jpg")
    assert found(tmp_path, Rules.of([], ["!.photos"])) == [".photos/a.jpg"]


@pytest.mark.parametrize("pattern", ["!", "\\", "[z-a]", "[", "a[b", "/"])
def test_a_pattern_that_means_nothing_is_refused_by_name(pattern: str) -> None:
    with pytest.raises(BadInput) as refusal:
        Rules.of([], ["*.bak", pattern])
    assert repr(pattern) in str(refusal.value)


def test_a_root_that_is_gone_is_offline(tmp_path: Path) -> None:
    with pytest.raises(TryLater, match="can't be reached"):
        scan(tmp_path / "gone", DEFAULT)
    with pytest.raises(TryLater):
        scan(tmp_path / "gone", DEFAULT, tmp_path / "gone/inside")


def test_a_file_in_the_place_of_the_root_is_offline(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg")
    with pytest.raises(TryLater):
        scan(tmp_path / "a.jpg", DEFAULT)


def test_a_part_is_scanned_alone(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "x/b.jpg", "x/y/c.jpg", "z/d.jpg")
    assert found(tmp_path, under=tmp_path / "x") == ["x/b.jpg", "x/y/c.jpg"]
    assert found(tmp_path, under=tmp_path / "x/y/c.jpg") == ["x/y/c.jpg"]
    assert found(tmp_path, under=tmp_path) == ["a.jpg", "x/b.jpg", "x/y/c.jpg", "z/d.jpg"]


@pytest.mark.parametrize("gone", ["gone", "gone/deeper", "a.jpg/below"])
def test_a_part_that_is_gone_is_empty_and_that_is_certain(tmp_path: Path, gone: str) -> None:
    make(tmp_path, "a.jpg")
    listing = scan(tmp_path, DEFAULT, tmp_path / gone)
    assert listing.files == listing.excluded == {}
    assert listing.complete


def test_a_part_obeys_the_rules_of_the_whole(tmp_path: Path) -> None:
    make(tmp_path, ".git/x/a.jpg", "x/.b.jpg", "real/a.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for under in (".git", ".git/x", ".git/x/a.jpg", "x/.b.jpg", "link", "link/a.jpg"):
        assert found(tmp_path, under=tmp_path / under) == []
    at_file = scan(tmp_path, DEFAULT, tmp_path / "x/.b.jpg")
    assert at_file.excluded == {str(tmp_path / "x/.b.jpg"): reasons.HIDDEN}


def test_a_part_outside_the_root_is_our_mistake(tmp_path: Path) -> None:
    make(tmp_path, "x/a.jpg")
    with pytest.raises(ValueError, match="not inside"):
        scan(tmp_path / "x", DEFAULT, tmp_path)


SCAN_AS_NOBODY = """
import os, sys
from pathlib import Path
from nova_desktop.library.scan import scan
from nova_desktop.library.rules import Rules
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
listing = scan(Path(sys.argv[1]), Rules())
assert sorted(map(os.path.basename, listing.files)) == ["a.jpg", "b.jpg"], listing
(path,) = listing.unlisted
assert os.path.basename(path) == "locked" and not listing.complete
print(listing.problems[path])
"""


def test_a_folder_without_permission_leaves_the_rest_and_is_never_forgotten() -> None:
    # Not in tmp_path, which another user may not enter.
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        make(root, "a.jpg", "locked/hidden.jpg", "open/b.jpg")
        (root / "locked").chmod(0)
        try:
            done = subprocess.run(
                [sys.executable, "-c", SCAN_AS_NOBODY, place], capture_output=True, text=True
            )
        finally:
            (root / "locked").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "Permission denied" in done.stdout
    assert "give yourself permission" in done.stdout


def test_an_unplugged_drive_is_not_an_emptied_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "usb/x/b.jpg")
    usb = str(tmp_path / "usb")
    # It was a drive of its own the last time; now it is an ordinary folder.
    listing = scan(tmp_path, DEFAULT, mounts=[usb])
    assert found(tmp_path) == ["a.jpg", "usb/x/b.jpg"]
    assert [Path(path).name for path in listing.files] == ["a.jpg"]
    assert listing.unlisted == {usb}
    assert scan(tmp_path, DEFAULT, tmp_path / "usb/x", [usb]).unlisted == {usb}
    assert listing.mounts == {usb}  # and so it stays until the drive is back
    with pytest.raises(TryLater, match="plug it in"):
        scan(tmp_path, DEFAULT, mounts=[str(tmp_path)])


def test_a_drive_whose_folder_went_with_it_is_not_forgotten(tmp_path: Path) -> None:
    make(tmp_path, "a.jpg", "node_modules/b.jpg")
    gone, excluded = str(tmp_path / "media/usb"), str(tmp_path / "node_modules/usb")
    listing = scan(tmp_path, DEFAULT, mounts=[gone, excluded])
    assert listing.unlisted == listing.mounts == {gone}
    for under in ("media", "media/usb", "media/usb/x/b.jpg"):
        assert scan(tmp_path, DEFAULT, tmp_path / under, [gone]).unlisted == {gone}
    assert scan(tmp_path, DEFAULT, tmp_path / "a.jpg", [gone]).complete
    before = {str(tmp_path / "media/usb/b.jpg"): Stamp(1, 2, 3)}
    assert plan(listing.files, {**listing.files, **before}, listing.unlisted).forget == ()


def test_other_file_systems_inside_are_walked_and_known_as_such() -> None:
    shm = Path("/dev/shm")  # noqa: S108  # a file system of its own on Linux
    if not shm.is_dir() or shm.stat().st_dev == Path("/dev").stat().st_dev:
        pytest.skip("no /dev/shm here")
    probe = shm / f"nova-desktop-test-{os.getpid()}"
    probe.write_bytes(b"a")
    try:
        listing = scan(Path("/dev"), DEFAULT)
    finally:
        probe.unlink()
    assert str(probe) in listing.files
    assert str(shm) in listing.mounts
    assert set(listing.excluded.values()) >= {SPECIAL, LINK}


@pytest.mark.skipif("/dev/pts" not in kernel_mounts(), reason="no such place on this system")
def test_what_the_kernel_shows_is_no_file_of_anybodys() -> None:
    listing = scan(Path("/dev"), DEFAULT)
    assert listing.excluded["/dev/pts"] == KERNEL
    assert not any(path.startswith("/dev/pts/") for path in listing.excluded)
