"""The first start: which folders, what searches, go; it traps nobody, and is taken up again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent

from nova_desktop.errors import BadInput
from nova_desktop.folders import Survey
from nova_desktop.kinds import Modality
from nova_desktop.ui.start import proposed
from tests.ui.fake_library import FakeLibrary, folder

Location = QStandardPaths.StandardLocation


@pytest.fixture
def places(tmp_path, monkeypatch) -> dict[str, Path]:
    """A home with pictures and documents, where videos lie nowhere."""
    home = tmp_path / "home"
    made = {name: home / name for name in ("Pictures", "Documents")}
    for path in made.values():
        path.mkdir(parents=True)
    where = {
        Location.HomeLocation: home,
        Location.PicturesLocation: made["Pictures"],
        Location.DocumentsLocation: made["Documents"],
        Location.MoviesLocation: home / "Movies",  # which does not exist
        Location.MusicLocation: home,  # what is answered where nobody set it
    }
    monkeypatch.setattr(
        proposed.QStandardPaths, "writableLocation", lambda place: str(where[place])
    )
    return made


class Counting(FakeLibrary):
    """It counts for ever, unless a test says what is in a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: dict[Path, Survey | BadInput] = {}

    def survey(self, path: Path) -> Survey:
        found = self.counted.get(path, Survey(path, {}, {}))
        if isinstance(found, BadInput):
            raise found
        return found


@pytest.fixture
def empty() -> Counting:
    return Counting()


@pytest.fixture
def begun(qtbot, build, empty, places):
    """The window of somebody who has no folders yet."""
    window = build()
    window.open(lambda: empty)
    qtbot.waitUntil(lambda: window.starting.page is not None)
    return window


def survey(path: Path, done: bool = True, **more: object) -> Survey:
    files = {Modality.IMAGE: 1204, Modality.VIDEO: 1}
    return Survey(path, files, {}, done=done, **more)


def test_it_proposes_the_folders_that_are_there(begun, places):
    page = begun.starting.page
    assert begun.pages.currentWidget() is page
    assert page.folders.chosen() == [places["Pictures"], places["Documents"]]
    assert page.where.text() == "Step 1 of 3"


def test_it_counts_what_would_be_indexed_and_says_what_would_not(qtbot, begun, empty, places):
    row = begun.starting.page.folders.rows[0]
    empty.counted[row.path] = survey(row.path, done=False)
    qtbot.waitUntil(lambda: row.inside.text() == "1,204 photos, 1 video so far…")
    empty.counted[row.path] = survey(
        row.path, other=3, excluded={"hidden": 2}, online_only=1, unreadable_count=1
    )
    qtbot.waitUntil(lambda: row.inside.text() == "1,204 photos, 1 video")
    out = row.left_out.text()
    assert "2 left out: hidden" in out
    assert "3 files of other kinds" in out
    assert "1 file only online" in out
    assert "1 place that can't be opened" in out


def test_a_folder_that_can_t_be_looked_into_can_t_be_chosen(qtbot, begun, empty, tmp_path):
    gone = tmp_path / "gone"
    empty.counted[gone] = BadInput("There is no such folder. Choose another.")
    page = begun.starting.page
    page.folders.add(gone)
    row = page.folders.rows[-1]
    qtbot.waitUntil(lambda: not row.check.isEnabled())
    assert "no such folder" in row.inside.text()
    assert gone not in page.folders.chosen()


def test_it_leads_through_three_steps_and_adds_the_folders(qtbot, begun, empty, places):
    page = begun.starting.page
    page.folders.rows[1].check.setChecked(False)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert page.steps.currentWidget() is page.engine
    assert "nothing leaves this computer" in page.engine.device.accessibleDescription()
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert "Pictures" in page.summary.text()
    assert page.next.text() == "Start indexing"
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("add_folder", places["Pictures"]) in empty.calls)
    assert ("add_folder", places["Documents"]) not in empty.calls
    qtbot.waitUntil(lambda: begun.pages.currentWidget() is begun.hint)


def test_without_a_folder_there_is_nothing_to_go_on_with(begun):
    page = begun.starting.page
    for row in page.folders.rows:
        row.check.setChecked(False)
    assert not page.next.isEnabled()
    assert page.next.toolTip()


@pytest.mark.parametrize("how", ["later", "escape"])
def test_it_can_be_left_and_taken_up_again(qtbot, begun, how):
    page = begun.starting.page
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    if how == "later":
        qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    else:
        page.next.setFocus()
        qtbot.keyClick(page.next, Qt.Key.Key_Escape)
    assert begun.pages.currentWidget() is begun.invitation
    begun.menus.start.trigger()
    assert begun.pages.currentWidget() is page
    assert page.steps.currentIndex() == 1


def test_where_one_was_is_remembered_for_the_next_start(qtbot, begun, build, places):
    qtbot.mouseClick(begun.starting.page.next, Qt.MouseButton.LeftButton)
    begun.close()
    again = build()
    again.open(FakeLibrary)
    qtbot.waitUntil(lambda: again.starting.page is not None)
    assert again.starting.page.steps.currentIndex() == 1


def test_who_said_later_is_not_asked_at_the_next_start(qtbot, begun, build):
    qtbot.mouseClick(begun.starting.page.later, Qt.MouseButton.LeftButton)
    begun.close()
    again = build()
    again.open(FakeLibrary)
    qtbot.waitUntil(lambda: again.pages.currentWidget() is again.invitation)


def test_with_folders_nobody_is_led(qtbot, window):
    assert window.starting.page is None
    window.menus.start.trigger()
    assert window.pages.currentWidget() is window.starting.page
    window.starting.page.later.click()
    assert window.pages.currentWidget() is window.hint


def test_a_folder_can_be_dropped_on_it(qtbot, begun, tmp_path):
    dropped = tmp_path / "dropped"
    dropped.mkdir()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(dropped))])
    step = begun.starting.page.folders
    step.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert dropped in step.chosen()
    step.add(dropped)
    assert len([row for row in step.rows if row.path == dropped]) == 1


def test_a_better_model_on_this_computer_is_offered_where_it_is_fetched(begun):
    engine = begun.starting.page.engine
    assert "sees pictures and films" in engine.models.accessibleDescription()
    engine.models.click()
    dialog = begun.settings.dialog
    assert dialog.isVisible()
    assert dialog.stack.currentWidget() is dialog.shelf
    assert begun.starting.page.isVisible()  # the first start goes on behind it
    dialog.close()


def test_amazon_nova_leads_to_its_own_dialog(qtbot, begun, no_aws):
    begun.settings_file = no_aws.with_name("settings.toml")
    engine = begun.starting.page.engine
    assert not engine.set_up.isEnabled()
    engine.nova.setChecked(True)
    engine.set_up.click()
    qtbot.waitUntil(lambda: begun.verbs.sending is not None and begun.verbs.sending.isVisible())


def test_a_watched_folder_is_not_proposed_again(qtbot, build, places):
    library = FakeLibrary()
    library.folders = [folder(places["Pictures"], indexed=1)]
    window = build()
    with qtbot.waitSignal(window.link.status_known):
        window.open(lambda: library)
    window.menus.start.trigger()
    assert window.starting.page.folders.chosen() == [places["Documents"]]
