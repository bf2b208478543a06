"""A look at a folder before it is added: counts by kind, what is left out, and how quick it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.kinds import Modality
from nova_desktop.library.online import online_only
from nova_desktop.library.rules import HIDDEN, Rules
from nova_desktop.library.scan import LINK
from nova_desktop.library.survey import Surveyor


def surveyed(library, path: Path):
    end = time.monotonic() + 30
    while not (found := library.survey(path)).done:
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "stuff"
    (made / "deep" / "er").mkdir(parents=True)
    (made / ".hidden").mkdir()
    for name in ("a.JPG", "deep/b.heic", "deep/er/c.mp4", "d.txt", "e.xyz", "f", "deep/g.mp3"):
        (made / name).write_bytes(b"x" * 10)
    (made / "to a").symlink_to(made / "a.JPG")
    with (made / "cloud.mp4").open("wb") as file:
        file.truncate(5_000_000)  # a size, and not one block
    return made


def test_kinds_are_counted_by_name_and_nothing_is_opened(desk, folder):
    for path in folder.rglob("*.*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0)
    found = surveyed(desk.library, folder)
    assert found.files == {
        Modality.IMAGE: 2,
        Modality.VIDEO: 1,
        Modality.TEXT: 1,
        Modality.AUDIO: 1,
    }
    assert found.total == 5
    assert found.bytes[Modality.IMAGE] == 20
    assert found.other == 2
    assert found.online_only == 1
    assert found.excluded == {HIDDEN: 1, LINK: 1}


def test_a_folder_that_is_not_there_is_refused(desk, tmp_path):
    with pytest.raises(BadInput, match="There is no folder"):
        desk.library.survey(tmp_path / "nowhere")


def test_a_survey_can_be_asked_while_it_goes_on_and_ended(desk, tmp_path):
    for n in range(300):
        (tmp_path / "many" / f"{n}").mkdir(parents=True)
        (tmp_path / "many" / f"{n}" / "a.jpg").write_bytes(b"x")
    desk.library.survey(tmp_path / "many")
    desk.library.end_survey(tmp_path / "many")
    desk.library.end_survey(tmp_path / "many")  # again does no harm
    assert surveyed(desk.library, tmp_path / "many").files == {Modality.IMAGE: 300}
    assert surveyed(desk.library, tmp_path / "many").files == {Modality.IMAGE: 300}


def test_a_flagged_file_is_online_only():
    facts = Path(__file__).stat()
    assert not online_only(facts)

    class Flagged:
        st_file_attributes = 0x400000
        st_size, st_mode = 10, facts.st_mode

    assert online_only(Flagged())


def test_a_hundred_thousand_files_take_seconds(tmp_path):
    tenth = 10_000  # of them: making them takes longer than looking
    for n in range(100):
        (tmp_path / f"{n}").mkdir()
        for name in range(tenth // 100):
            (tmp_path / f"{n}" / f"{name}.jpg").touch()
    began = time.process_time()
    surveyor = Surveyor(tmp_path, Rules.of())
    while not (found := surveyor.found()).done:
        time.sleep(0.01)
    assert found.total == tenth
    assert time.process_time() - began < 0.5
