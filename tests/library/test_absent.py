"""Only what a second listing of its folder does not show either is gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nova_desktop.errors import Stopped
from nova_desktop.library.absent import absent, identity


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "root"
    (made / "a/b").mkdir(parents=True)
    (made / "a/there.txt").touch()
    return made


def asked(root: Path, *names: str) -> list[str]:
    """Which of these are gone."""
    found = absent(str(root), [str(root / name) for name in names])
    return sorted(os.path.relpath(path, root) for path in found)


def test_what_is_there_again_is_not_gone(root: Path) -> None:
    assert asked(root, "a/there.txt", "a/gone.txt") == ["a/gone.txt"]


def test_what_was_in_a_folder_that_is_gone_is_gone_with_it(root: Path) -> None:
    assert asked(root, "x/y/z.txt", "a/b/c.txt") == ["a/b/c.txt", "x/y/z.txt"]


def test_without_the_root_nothing_is_gone(root: Path) -> None:
    root.rename(root.with_name("elsewhere"))
    assert asked(root, "a/there.txt", "gone.txt", "x/y.txt") == []


def test_a_folder_that_cannot_be_listed_proves_nothing(root: Path, monkeypatch) -> None:
    def refuse(folder, real=os.scandir):
        if os.fspath(folder) == str(root / "a"):
            raise PermissionError(13, "Permission denied", folder)
        return real(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert asked(root, "a/gone.txt", "gone.txt") == ["gone.txt"]


def test_a_link_in_its_place_is_not_the_file(root: Path) -> None:
    (root / "a/link.txt").symlink_to(root / "a/there.txt")
    assert asked(root, "a/link.txt") == ["a/link.txt"]


def test_a_folder_in_its_place_is_not_the_file_nor_a_file_the_folder(root: Path) -> None:
    (root / "a/was a file.txt").mkdir()
    (root / "was a folder").touch()
    names = ["a/was a file.txt", "was a folder/x.txt", "was a folder/y/z.txt"]
    assert asked(root, *names, "a/there.txt") == names


def test_each_folder_is_listed_once(root: Path, monkeypatch) -> None:
    listed: list[str] = []
    monkeypatch.setattr(os, "scandir", lambda f, real=os.scandir: listed.append(f) or real(f))
    assert len(asked(root, *(f"a/{n}.txt" for n in range(1000)))) == 1000
    assert listed == [str(root / "a")]


def test_it_stops_when_it_is_told_to(root: Path) -> None:
    with pytest.raises(Stopped):
        absent(str(root), [str(root / "gone.txt")], lambda: True)


def test_another_folder_in_its_place_is_not_the_same(root: Path) -> None:
    before = identity(str(root))
    root.rename(root.with_name("elsewhere"))
    assert identity(str(root)) is None
    root.mkdir()
    assert identity(str(root)) not in (None, before)
