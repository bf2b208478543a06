"""`nova-desktop duplicates`: what is told, and that nothing is removed."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from nova_desktop.cli import main as cli
from nova_desktop.cli.terminal import Terminal
from nova_desktop.library import opened
from nova_desktop.settings import resource
from tests.library.desk import Desk

PHOTOS = resource("sample") / "photos"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One photo in four files, two others, and a text that is there twice."""
    folder = tmp_path_factory.mktemp("twice")
    whole = Image.open(PHOTOS / "rocket launch.jpg").convert("RGB")
    whole.save(folder / "rocket.jpg", quality=95)
    shutil.copy(folder / "rocket.jpg", folder / "rocket (1).jpg")
    whole.resize((whole.width // 3, whole.height // 3)).save(folder / "small.png")
    whole.crop((12, 8, whole.width - 9, whole.height - 10)).save(folder / "cut.jpg", quality=60)
    for name in ("horse.png", "galaxies.jpg"):
        shutil.copy(PHOTOS / name, folder)
    for name in ("plan.txt", "plan copy.txt"):
        (folder / name).write_text("Beans in May, after the last frost.")
    return folder


@pytest.fixture(scope="module")
def desk(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A library of that folder."""
    desk = Desk(tmp_path_factory.mktemp("data"))
    with opened(desk.open()) as library:
        library.add_folder(folder)
        assert library.wait(60)
    return desk


def asked(desk: Desk, *argv: str) -> tuple[int, str, str]:
    terminal = Terminal(io.StringIO(), io.StringIO())
    code = cli.main(["duplicates", *argv], lambda *_: desk.open(), terminal, lambda *_, **__: 0)
    return code, terminal.out.getvalue(), terminal.err.getvalue()  # type: ignore[attr-defined]


def groups(desk: Desk, *argv: str) -> list[dict[str, object]]:
    code, out, err = asked(desk, "--json", *argv)
    assert code == 0, err
    found: list[dict[str, object]] = json.loads(out)["groups"]
    return found


def names(group: dict[str, object]) -> list[str]:
    return [Path(file["path"]).name for file in group["files"]]  # type: ignore[index,attr-defined]


def test_a_photo_is_known_again_whatever_was_done_to_it(desk: Desk, folder: Path) -> None:
    before = sorted(folder.iterdir())
    first, second = groups(desk)
    assert first["same"] == "picture"
    assert set(names(first)) == {"rocket.jpg", "rocket (1).jpg", "small.png", "cut.jpg"}
    assert names(first)[0] == "rocket.jpg"
    assert first["reason"] == "name"  # its copy has the same pixels
    assert (second["same"], names(second)) == ("content", ["plan.txt", "plan copy.txt"])
    assert sorted(folder.iterdir()) == before


def test_people_read_what_to_keep_and_why(desk: Desk) -> None:
    code, out, _ = asked(desk, "--same", "content")
    assert code == 0
    assert out.splitlines()[0].startswith("1. identical, ")
    assert "keep  " in out
    assert "the others are named as copies" in out
    assert "Nothing was removed." in out


def test_filters_and_pages_narrow_what_is_told(desk: Desk, folder: Path, tmp_path: Path) -> None:
    assert [group["same"] for group in groups(desk, "--type", "text")] == ["content"]
    assert [group["same"] for group in groups(desk, "--offset", "1")] == ["content"]
    assert len(groups(desk, "--in", str(folder))) == 2
    code, _, err = asked(desk, "--in", str(tmp_path))
    assert code == 3
    assert "not in a watched folder" in err


def test_what_is_told_apart_is_remembered_and_can_be_taken_back(desk: Desk, folder: Path) -> None:
    files = [str(folder / name) for name in ("rocket.jpg", "small.png", "cut.jpg")]
    left = groups(desk, "--apart", *files)
    assert all(not {"small.png", "cut.jpg"} <= set(names(group)) for group in left)
    assert groups(desk) == left  # also when it is looked again
    assert len(groups(desk, "--not-apart", *files)[0]["files"]) == 4  # type: ignore[arg-type]
    code, _, err = asked(desk, "--apart", files[0], str(folder / "nowhere.jpg"))
    assert code == 3
    assert "nowhere.jpg is not indexed" in err


def test_a_library_without_duplicates_says_so(desk: Desk) -> None:
    code, out, _ = asked(desk, "--same", "film")
    assert (code, out) == (0, "Nothing is there twice.\n")


def test_of_a_file_with_several_names_none_is_offered_for_removal(tmp_path):
    folder = tmp_path / "linked"
    folder.mkdir()
    shutil.copy(PHOTOS / "horse.png", folder / "a.png")
    shutil.copy(PHOTOS / "horse.png", folder / "horse.png")
    (folder / "horse by another name.png").hardlink_to(folder / "horse.png")
    Image.open(PHOTOS / "horse.png").resize((200, 160)).save(folder / "small.png")
    (folder / "small by another name.png").hardlink_to(folder / "small.png")
    (tmp_path / "data").mkdir()
    desk = Desk(tmp_path / "data")
    with opened(desk.open()) as library:
        library.add_folder(folder)
        assert library.wait(60)
    (group,) = groups(desk)
    assert Path(group["keep"]).name.startswith("horse")
    assert [Path(copy["path"]).name for copy in group["files"][1:]] == ["a.png"]
    assert group["reason"] == "linked"
    assert group["spare_bytes"] == (folder / "a.png").stat().st_size
