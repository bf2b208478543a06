"""Labels and groups in the window."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from nova_desktop.labels import Cluster, Clusters, Said, Suggestion
from nova_desktop.model import Modality, Preview
from nova_desktop.ui.labels import said

CAT, LION = Path("/a/cat.jpg"), Path("/a/lion.jpg")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (128, 96), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def dialog(qtbot, window, library):
    library.suggested = {"cat": [Suggestion(it, "c", Modality.IMAGE, 2.0) for it in (CAT, LION)]}
    library.alike = Clusters((Cluster("beach, sea", "beach sea", 40, (CAT,), "k"),))
    window.menus.labels.trigger()
    made = window.verbs.labels
    qtbot.waitUntil(lambda: made.files.count() == 2)
    return made


def test_suggestions_are_accepted_or_refused_and_taken_back(qtbot, dialog, library):
    dialog.files.item(1).setSelected(False)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("say_label", "cat", (CAT,), Said.YES) in library.calls)
    qtbot.waitUntil(lambda: dialog.files.count() == 1)
    qtbot.mouseClick(dialog.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("say_label", "cat", (CAT,), Said.NOTHING) in library.calls)
    qtbot.mouseClick(dialog.refuse, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("say_label", "cat", (LION,), Said.NO) in library.calls)


def test_a_label_is_added_found_by_and_removed(qtbot, dialog, library, window):
    dialog.word.setText("dog")
    qtbot.keyClick(dialog.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.labels.count() == 2)
    assert dialog.label() == "dog"  # what it is suggested for is what one wants to see now
    qtbot.mouseClick(dialog.find_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(q.filters.tags == {"dog"} for q in library.queries))
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.labels.count() == 1)


def test_a_group_is_opened_as_a_search(qtbot, dialog, library):
    dialog.tabs.setCurrentIndex(1)
    dialog.groups.list.setCurrentRow(0)
    qtbot.mouseClick(dialog.groups.show_group, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any(q.parts and q.parts[0].text == "beach sea" for q in library.queries)
    )


def test_an_album_is_made_of_a_group_and_taken_back(qtbot, dialog, library):
    page = dialog.groups
    dialog.tabs.setCurrentIndex(1)
    assert page.list.item(0).text() == "beach, sea\n40 files"
    assert page.album.text() == "beach, sea"
    page.album.setText(" By  the sea ")
    qtbot.keyClick(page.album, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("keep_group", "k", "By the sea") in library.calls)
    qtbot.waitUntil(lambda: any(q.filters.tags == {"By the sea"} for q in library.queries))
    qtbot.waitUntil(lambda: "By the sea has 40 files" in dialog.notice.label.text())
    qtbot.mouseClick(dialog.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("drop_album", "By the sea") in library.calls)
    page.album.clear()
    assert not page.keep.isEnabled()


def test_files_and_groups_are_seen_and_only_those_in_view_are_loaded(qtbot, dialog, library):
    many = [Path(f"/a/{number}.jpg") for number in range(400)]
    library.previews = dict.fromkeys([CAT, LION, *many], Preview(jpeg=jpeg()))
    dialog.show_page()
    qtbot.waitUntil(lambda: dialog.files.pictured() == {CAT, LION})
    dialog.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.groups.list.pictured() == {CAT})
    library.suggested["cat"] = [Suggestion(it, "c", Modality.IMAGE, 2.0) for it in many]
    dialog.tabs.setCurrentIndex(0)
    dialog.show_page()
    qtbot.waitUntil(lambda: many[0] in dialog.files.pictured())
    assert len(dialog.files.pictured()) < 60
    dialog.files.scrollToBottom()
    qtbot.waitUntil(lambda: many[-1] in dialog.files.pictured())
    assert many[200] not in dialog.files.pictured()


def test_a_group_without_words_is_called_by_place_and_time_and_never_by_a_number():
    noon = 1718359200.0
    assert said.name(Cluster("", "", 9, (CAT,), place="Kiel", day_s=noon)) == "Kiel, 14 June 2024"
    assert said.name(Cluster("", "", 9, (CAT,), month_s=noon)) == "June 2024"
    assert said.name(Cluster("sea", "", 9, (CAT,), place="Kiel", month_s=noon)) == "sea, Kiel"
    assert said.name(Cluster("", "", 9, (CAT,))) == "Like cat.jpg"
    for number in ("IMG_0412", "DSC00017", "8d0f3a9c5be14d20", "20240614_101500"):
        assert said.name(Cluster("", "", 9, (Path(f"/a/{number}.jpg"),))) == "Much alike"
