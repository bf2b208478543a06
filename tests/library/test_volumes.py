"""A folder's volume is known again wherever it is mounted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nova_desktop.library.volumes import Volume, places_of, volume_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="mounts are read from Linux's table")


@linux
def test_a_folder_has_a_volume_and_a_place_in_it(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    one, other = volume_of(str(tmp_path)), volume_of(str(tmp_path / "photos"))
    assert one
    assert one.name == other.name
    assert other.place == os.path.join(one.place, "photos")  # noqa: PTH118  # as it is kept
    assert str(tmp_path.resolve() / "photos") in places_of(other)


def test_without_a_table_of_mounts_no_volume_is_known(tmp_path: Path) -> None:
    assert not volume_of(str(tmp_path), tmp_path / "no table")
    assert places_of(Volume("a", "/b"), tmp_path / "no table") == []


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        volume_of(str(tmp_path / "gone"))


@linux
def test_names_with_blanks_are_read_from_the_table(tmp_path: Path) -> None:
    place = tmp_path / "a drive"
    place.mkdir()
    table = tmp_path / "mountinfo"
    escaped = str(place).replace(" ", "\\040")
    table.write_text(f"1 0 8:1 / {escaped} rw - ext4 /dev/none rw\nnonsense\n1 2 3 - x\n")
    volume = volume_of(str(place), table)
    assert volume.name.startswith("ext4:")
    assert volume.place == "/"
    assert places_of(volume, table) == [str(place)]


MOVED = """
import os, subprocess, sys
from nova_desktop.library.volumes import places_of, volume_of
top = sys.argv[1]
first, second = os.path.join(top, "first"), os.path.join(top, "second place")
def mount(*arguments): subprocess.run(["mount", *arguments], check=True)
mount("-o", "loop", os.path.join(top, "one.img"), first)
os.makedirs(os.path.join(first, "photos"), exist_ok=True)
known = volume_of(os.path.join(first, "photos"))
assert known.place == "/photos", known
subprocess.run(["umount", first], check=True)
os.makedirs(os.path.join(first, "photos"))
assert volume_of(os.path.join(first, "photos")) != known  # the mount point is not the drive
mount("-o", "loop", os.path.join(top, "two.img"), first)
os.makedirs(os.path.join(first, "photos"), exist_ok=True)
assert volume_of(os.path.join(first, "photos")) != known  # nor is another drive at its place
mount("-o", "loop", os.path.join(top, "one.img"), second)
assert places_of(known) == [os.path.join(second, "photos")], places_of(known)
subprocess.run(["umount", first, second], check=True)
print("as it should be")
"""


@linux
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mkfs.ext4"), reason="may not mount")
def test_a_drive_is_known_again_at_another_mount_point_and_no_other_is_taken_for_it(
    tmp_path: Path,
) -> None:
    for name in ("one.img", "two.img"):
        (tmp_path / name).write_bytes(b"")
        os.truncate(tmp_path / name, 4 << 20)
        subprocess.run(["mkfs.ext4", "-q", tmp_path / name], check=True, capture_output=True)
    for name in ("first", "second place"):
        (tmp_path / name).mkdir()
    command = ["unshare", "-m", sys.executable, "-c", MOVED, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    if "failed to setup loop device" in done.stderr:
        pytest.skip("no loop devices here")
    assert done.stdout == "as it should be\n", done.stderr
