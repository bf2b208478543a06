"""The review of what there is more than once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nova_desktop.duplicates import Copy, Duplicates, Group, Reason, Same
from nova_desktop.errors import TryLater
from nova_desktop.model import Modality, Preview


def a_group(folder: Path, name: str, count: int, same: Same = Same.PICTURE) -> Group:
    copies = []
    for number in range(count):
        path = folder / f"{name} {number}.jpg"
        path.write_bytes(b"x" * (9 - number))
        size = path.stat().st_size
        copies.append(Copy(path, path.name, Modality.IMAGE, size, 1e9, 900 - number, 600))
    return Group(same, tuple(copies), Reason.PIXELS)


@pytest.fixture
def trash(tmp_path, monkeypatch) -> Path:
    """The desktop's trash, for this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home/Trash/files"


@pytest.fixture
def review(qtbot, window, library, tmp_path):
    groups = a_group(tmp_path, "beach", 3), a_group(tmp_path, "forest", 2, Same.CONTENT)
    library.twice = Duplicates(groups, 2, sum(group.spare_bytes for group in groups))
    window.menus.duplicates.trigger()
    dialog = window.verbs.duplicates
    qtbot.waitUntil(lambda: dialog.groups.rowCount() == 2)
    return dialog


def names(cards) -> list[str]:
    return [card.copy.path.name for card in cards]


def test_the_files_of_a_group_stand_side_by_side_and_the_best_is_kept(review):
    cards = review.cards.cards
    assert names(cards) == ["beach 0.jpg", "beach 1.jpg", "beach 2.jpg"]
    assert [card.keep.isChecked() for card in cards] == [True, False, False]
    assert review.throw.text() == "Move 2 files to the trash"
    assert review.summary.text().startswith("2 groups")


def test_what_is_not_kept_goes_to_the_trash_and_comes_back(qtbot, review, tmp_path, trash):
    qtbot.keyClick(review, Qt.Key.Key_2)
    assert review.throw.text() == "Move 1 file to the trash"
    qtbot.keyClick(review.list, Qt.Key.Key_Delete)
    gone = tmp_path / "beach 2.jpg"
    qtbot.waitUntil(lambda: "In the trash" in review.notice.label.text(), timeout=20_000)
    assert not gone.exists()
    assert [path.name for path in trash.iterdir()] == ["beach 2.jpg"]
    assert (tmp_path / "beach 1.jpg").exists()
    forest = ["forest 0.jpg", "forest 1.jpg"]
    qtbot.waitUntil(lambda: names(review.cards.cards) == forest, timeout=20_000)
    assert review.summary.text().startswith("1 group ")
    qtbot.mouseClick(review.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(gone.exists, timeout=20_000)
    qtbot.waitUntil(lambda: review.groups.rowCount() == 2)


def test_one_file_at_least_is_always_kept(qtbot, review, tmp_path, trash):
    qtbot.keyClick(review, Qt.Key.Key_1)
    assert not review.throw.isEnabled()
    assert review.throw.text() == "Keep one at least"
    qtbot.keyClick(review.list, Qt.Key.Key_Delete)
    assert all(card.copy.path.exists() for card in review.cards.cards)


def test_a_file_that_is_gone_meanwhile_is_told_and_its_group_stays(qtbot, review, tmp_path, trash):
    (tmp_path / "beach 2.jpg").unlink()
    qtbot.mouseClick(review.throw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "beach 2.jpg is not there any more." in review.notice.label.text())
    assert review.groups.rowCount() == 2


def test_where_none_that_is_kept_is_there_any_more_nothing_is_moved(qtbot, review, tmp_path, trash):
    (tmp_path / "beach 0.jpg").unlink()
    qtbot.mouseClick(review.throw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nothing was moved" in review.notice.label.text())
    assert (tmp_path / "beach 1.jpg").exists()
    assert (tmp_path / "beach 2.jpg").exists()
    assert review.groups.rowCount() == 2


def test_what_was_changed_since_it_was_compared_stays(qtbot, review, tmp_path, trash):
    (tmp_path / "beach 1.jpg").write_bytes(b"edited meanwhile")
    qtbot.mouseClick(review.throw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "beach 1.jpg was changed meanwhile" in review.notice.label.text())
    assert (tmp_path / "beach 1.jpg").exists()
    assert not (tmp_path / "beach 2.jpg").exists()


def test_it_is_said_how_the_files_of_a_group_are_alike(qtbot, review):
    assert review.about.text().startswith("One picture: saved again")
    qtbot.keyClick(review.list, Qt.Key.Key_Down)
    assert review.about.text() == "These files are the same, byte for byte."


def test_what_are_no_duplicates_is_remembered_and_can_be_taken_back(qtbot, review, library):
    paths = tuple(card.copy.path for card in review.cards.cards)
    qtbot.mouseClick(review.apart, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("set_apart", paths, True) in library.calls)
    qtbot.waitUntil(review.notice.button.isVisible)
    assert review.groups.rowCount() == 1
    qtbot.mouseClick(review.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("set_apart", paths, False) in library.calls)
    assert review.groups.rowCount() == 2


def test_only_one_kind_of_groups_is_shown_where_that_is_chosen(qtbot, review):
    review.kinds.setCurrentIndex(review.kinds.findData(Same.CONTENT))
    qtbot.waitUntil(lambda: names(review.cards.cards) == ["forest 0.jpg", "forest 1.jpg"])


def test_a_look_says_how_far_it_is_and_can_be_stopped(qtbot, review, library):
    library.twice = Duplicates(done=False, share=0.5)
    qtbot.mouseClick(review.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: review.summary.text() == "Comparing… 50 %")
    qtbot.mouseClick(review.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("stop_duplicates",) in library.calls)
    assert review.summary.text() == "Stopped"


def test_what_ends_a_look_is_said_with_what_to_do(qtbot, review, library):
    library.twice_error = TryLater("The library is busy.")
    qtbot.mouseClick(review.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The library is busy." in review.notice.label.text())
    library.twice_error = None
    qtbot.mouseClick(review.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not review.notice.isVisible() or not review.notice.label.text())


def test_many_groups_come_page_by_page(qtbot, window, library, tmp_path):
    one = a_group(tmp_path, "beach", 2)
    library.twice = Duplicates((one,) * 1000, 1000, 0)
    window.menus.duplicates.trigger()
    dialog = window.verbs.duplicates
    qtbot.waitUntil(lambda: dialog.groups.rowCount() >= 200)
    assert dialog.groups.rowCount() < 1000
    dialog.list.scrollToBottom()
    qtbot.waitUntil(lambda: dialog.groups.rowCount() > 200)


def test_closing_ends_a_look_that_is_under_way(qtbot, review, library):
    library.twice = Duplicates(done=False, share=0.5)
    review.look()
    qtbot.waitUntil(lambda: review.summary.text() == "Comparing… 50 %")
    review.close()
    qtbot.waitUntil(lambda: ("stop_duplicates",) in library.calls)


def test_parts_and_versions_are_all_kept_until_the_user_says_otherwise(
    qtbot, window, library, tmp_path, trash
):
    library.twice = Duplicates((a_group(tmp_path, "film", 3, Same.EXCERPT),), 1, 0)
    window.menus.duplicates.trigger()
    dialog = window.verbs.duplicates
    qtbot.waitUntil(lambda: dialog.groups.rowCount() == 1)
    assert dialog.throw.text() == "All are kept"
    assert not dialog.throw.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_3)
    assert dialog.throw.text() == "Move 1 file to the trash"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not (tmp_path / "film 2.jpg").exists())
    assert (tmp_path / "film 1.jpg").exists()


def test_texts_are_read_and_sounds_are_seen_on_their_cards(qtbot, window, library, tmp_path):
    group = a_group(tmp_path, "note", 2, Same.TEXT)
    first, second = (copy.path for copy in group.copies)
    library.previews = {
        first: Preview(text="Beans in May, after the last frost."),
        second: Preview(peaks=(0.1, 0.9, 0.4)),
    }
    library.twice = Duplicates((group,), 1, 0)
    window.menus.duplicates.trigger()
    dialog = window.verbs.duplicates
    qtbot.waitUntil(lambda: len(dialog.cards.cards) == 2)
    one, other = dialog.cards.cards
    qtbot.waitUntil(lambda: one.picture.text().startswith("Beans in May"))
    qtbot.waitUntil(lambda: not other.picture.pixmap().isNull())
