"""Labels and groups in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nova_desktop.labels import Cluster, Clusters, Said, Suggestion
from nova_desktop.model import Modality

CAT, LION = Path("/a/cat.jpg"), Path("/a/lion.jpg")


@pytest.fixture
def dialog(qtbot, window, library):
    library.suggested = {"cat": [Suggestion(it, "c", Modality.IMAGE, 2.0) for it in (CAT, LION)]}
    library.alike = Clusters((Cluster("beach, sea", "beach sea", 40, (CAT,)),))
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
    qtbot.mouseClick(dialog.find_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(q.filters.tags == {"cat"} for q in library.queries))
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.labels.count() == 1)


def test_a_group_is_opened_as_a_search(qtbot, dialog, library):
    dialog.tabs.setCurrentIndex(1)
    dialog.groups.setCurrentRow(0)
    qtbot.mouseClick(dialog.show_group, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any(q.parts and q.parts[0].text == "beach sea" for q in library.queries)
    )
