"""What is done with results: copied, dragged, left out, thrown away, and taken back."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication

from nova_desktop.errors import TryLater
from nova_desktop.query import Answer
from nova_desktop.ui.results import programs, trash
from nova_desktop.ui.results.files import COPIED, dragged, parts
from nova_desktop.ui.results.handling import drag
from tests.ui.fake_library import hits

linux = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="of freedesktop.org")


@pytest.fixture
def shown(window, library, tmp_path, search):
    """Four real files among the results; the last is on a drive that is away."""
    paths = [tmp_path / "pictures" / f"{name}.jpg" for name in ("a", "b c#d", "e")]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_bytes(b"x" * 1000)
    (away,) = hits(tmp_path / "away" / "f.jpg", offline=True)
    library.answer = Answer((*hits(*paths), away), 0.0)
    search(window, "x")
    return window


@pytest.fixture
def bin_at(monkeypatch, tmp_path) -> Path:
    """The trash of a home folder of its own, on the same volume as the files."""
    from send2trash import plat_other

    home = tmp_path / "home" / ".local" / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setattr(plat_other, "XDG_DATA_HOME", os.fsencode(home))
    monkeypatch.setattr(plat_other, "HOMETRASH_B", os.fsencode(home / "Trash"))
    monkeypatch.setattr(plat_other, "get_dev", lambda _: 1)
    return home / "Trash"


def choose_all(window) -> None:
    window.found.view().setFocus()
    window.menus.results.select_all.trigger()


def test_files_are_copied_for_file_managers_and_paths_for_text(shown):
    choose_all(shown)
    shown.menus.results.copy.trigger()
    mime = QGuiApplication.clipboard().mimeData()
    names = [Path(url.toLocalFile()).name for url in mime.urls()]
    assert names == ["a.jpg", "b c#d.jpg", "e.jpg"]
    assert bytes(mime.data(COPIED).data()).split(b"\n")[0] == b"copy"
    assert bytes(mime.data(COPIED).data()).count(b"file:///") == 3
    assert "b%20c%23d" in bytes(mime.data(COPIED).data()).decode()
    assert "1 file can't be copied now" in shown.notice.label.text()
    shown.menus.results.copy_path.trigger()
    assert QGuiApplication.clipboard().text().count("\n") == 3


def test_how_much_is_chosen_is_said_in_files_and_bytes(qtbot, shown):
    choose_all(shown)
    assert shown.count.text() == "4 selected"
    qtbot.waitUntil(lambda: shown.count.text().endswith("4 selected · 3.0 kB"))
    shown.found.choose(0)
    assert shown.count.text().startswith("4 results")


def test_what_is_dragged_out_is_what_is_chosen_and_there(shown, monkeypatch):
    carried = []
    monkeypatch.setattr(
        "nova_desktop.ui.results.handling.QDrag.exec", lambda it, _: carried.append(it)
    )
    choose_all(shown)
    drag(shown.found.view(), shown.found.choice.hits(), None)
    assert [Path(url.toLocalFile()).name for url in carried[0].mimeData().urls()][1] == "b c#d.jpg"
    assert not carried[0].pixmap().isNull()
    shown.found.choose(3)  # away: it can be searched by, and taken nowhere
    drag(shown.found.view(), shown.found.choice.hits(), None)
    assert carried[1].mimeData().urls() == []
    assert [part.path.name for part in parts(carried[1].mimeData())] == ["f.jpg"]


def test_a_result_that_is_dropped_where_it_came_from_is_not_searched_by(shown, monkeypatch):
    mime = dragged(shown.found.results.hits[:1])
    keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    for source, taken in ((None, True), (shown.found.view(), False)):
        event = QDragEnterEvent(QPoint(400, 400), Qt.DropAction.CopyAction, mime, left, keys)
        event.setAccepted(False)
        monkeypatch.setattr(QDragEnterEvent, "source", lambda _, it=source: it)
        shown.dragEnterEvent(event)
        assert event.isAccepted() == taken
        shown.overlay.hide()


@linux
def test_what_is_thrown_away_comes_back_by_undo(qtbot, shown, bin_at):
    paths = [hit.path for hit in shown.found.results.hits if not hit.offline]
    choose_all(shown)
    shown.menus.results.trash.trigger()
    qtbot.waitUntil(lambda: "3 files are in the trash" in shown.notice.label.text())
    assert not any(path.exists() for path in paths)
    assert len(list((bin_at / "files").iterdir())) == 3
    assert set(shown.found.results.gone) == set(paths)
    assert shown.menus.results.undo.isEnabled()
    shown.notice.button.click()
    qtbot.waitUntil(lambda: all(path.exists() for path in paths))
    qtbot.waitUntil(lambda: not shown.found.results.gone)
    assert list((bin_at / "info").iterdir()) == []
    assert not shown.menus.results.undo.isEnabled()


@linux
def test_delete_throws_away_results_and_nothing_while_another_part_has_the_keys(
    qtbot, shown, bin_at
):
    path = shown.found.results.hits[0].path
    shown.found.choose(0)
    for elsewhere in (shown.folders.list, shown.search_box.line):
        elsewhere.setFocus()
        qtbot.keyClick(elsewhere, Qt.Key.Key_Delete)
    shown.found.view().setFocus()
    assert path.exists()
    qtbot.keyClick(shown.found.view(), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not path.exists())


def test_whoever_sorts_out_by_keys_goes_on_with_the_next_result(shown):
    found = shown.found
    told = []
    found.chosen.connect(told.append)
    for row, rest in ((1, 3), (2, 2)):  # in the middle, and the last one
        hits = list(found.results.hits)
        found.choose(row)
        found.results.set_gone([hits[row].path], "in the trash")
        left = [hit for hit in hits if hit is not hits[row]]
        found.show_answer(Answer(tuple(left), 0.0), again=True)
        assert len(found.results.hits) == rest
        assert found.hit() == told[-1] == left[min(row, rest - 1)]
        assert found.choice.number() == 1
    found.show_answer(Answer((), 0.0), again=True)
    assert found.hit() is None
    assert told[-1] is None


@linux
def test_ctrl_z_takes_back_the_newest_first(qtbot, shown, bin_at):
    first, second = shown.found.results.hits[:2]
    for row, hit in enumerate((first, second)):
        shown.found.choose(row)
        shown.menus.results.trash.trigger()
        qtbot.waitUntil(lambda hit=hit: hit.path in shown.found.results.gone)
    shown.menus.results.undo.trigger()
    qtbot.waitUntil(second.path.exists)
    assert not first.path.exists()
    shown.menus.results.undo.trigger()
    qtbot.waitUntil(first.path.exists)


@linux
def test_nothing_is_overwritten_by_what_comes_back(bin_at, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")
    thrown = trash.throw_away([file]).done
    file.write_text("new")
    outcome = trash.put_back(thrown)
    assert outcome.done == ()
    assert "Another file is in the place of a.txt now. It lies in" in outcome.refused[0]
    assert file.read_text() == "new"


@linux
def test_of_two_files_of_one_name_each_comes_back_to_its_place(bin_at, tmp_path):
    files = [tmp_path / folder / "a.txt" for folder in ("one", "two")]
    for file in files:
        file.parent.mkdir()
        file.write_text(file.parent.name)
    thrown = trash.throw_away(files).done
    assert trash.put_back(thrown).done == thrown
    assert [file.read_text() for file in files] == ["one", "two"]


def test_what_is_gone_or_must_not_be_touched_is_said_of_each(tmp_path, bin_at):
    kept = tmp_path / "kept.txt"
    kept.write_text("x")
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        outcome = trash.throw_away([tmp_path / "missing.txt", kept])
    finally:
        tmp_path.chmod(stat.S_IRWXU)
    assert outcome.refused[0] == "missing.txt is not there any more."
    assert kept.exists() == (len(outcome.refused) == 2)  # root may do it all the same


@linux
def test_a_drive_without_a_trash_says_so(monkeypatch, tmp_path):
    from send2trash import TrashPermissionError

    def refuse(_: str) -> None:
        raise TrashPermissionError(b"/mnt/.Trash-1000")

    monkeypatch.setattr("send2trash.send2trash", refuse)
    outcome = trash.throw_away([tmp_path / "a.jpg"])
    assert outcome.refused == (
        "The drive that holds a.jpg has no trash. Delete it in your file manager.",
    )


def test_what_is_offline_can_not_be_thrown_away(shown):
    shown.found.choose(3)
    menu = shown.menus.results
    assert not any(action.isEnabled() for action in (menu.trash, menu.copy, menu.open))
    assert menu.copy_path.isEnabled()
    assert "Connect the drive that holds" in shown.found.results.index(3, 0).data(3)


def test_what_is_left_out_is_told_to_the_library_and_taken_back(qtbot, shown, library):
    path = shown.found.results.hits[0].path
    shown.found.choose(0)
    shown.menus.results.leave_out.trigger()
    qtbot.waitUntil(lambda: "a.jpg is left out" in shown.notice.label.text())
    assert ("exclude", (path,)) in library.calls
    shown.notice.button.click()
    qtbot.waitUntil(lambda: ("include", (path,)) in library.calls)
    shown.menus.results.leave_out_folder.trigger()
    qtbot.waitUntil(lambda: ("exclude", (path.parent,)) in library.calls)


def test_files_are_added_to_the_question(qtbot, shown):
    shown.found.choose(0)
    shown.menus.results.search_with.trigger()
    parts = shown.search_box.asked().parts
    assert [part.path.name if part.path else part.text for part in parts][-1] in ("a.jpg", "x")
    assert any(part.path for part in parts)
    assert any(part.text == "x" for part in parts)
    shown.menus.results.similar.trigger()
    assert [bool(part.path) for part in shown.search_box.asked().parts] == [True]


@pytest.fixture
def desktop_files(monkeypatch, tmp_path) -> Path:
    """A home folder whose desktop entries are the only ones."""
    folder = tmp_path / "share" / "applications"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder.parent))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "nothing"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "nothing"))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    (tmp_path / "config").mkdir()
    return folder


def entry(folder: Path, name: str, command: str, more: str = "") -> None:
    text = f"[Desktop Entry]\nType=Application\nName={name.title()}\nExec={command}\n{more}"
    (folder / f"{name}.desktop").write_text(text)


@linux
def test_programs_are_offered_as_the_desktop_has_them(desktop_files):
    for name in ("viewer", "painter", "removed", "added"):
        entry(desktop_files, name, "true %f")
    entry(desktop_files, "hidden", "true %f", "Hidden=true\n")
    entry(desktop_files, "gone", "no-such-program-at-all %f")
    entry(desktop_files, "in-terminal", "true %f", "Terminal=true\n")
    entry(desktop_files, "broken", 'true "%f')
    (desktop_files / "mimeinfo.cache").write_text(
        "[MIME Cache]\nimage/jpeg=painter.desktop;viewer.desktop;removed.desktop;hidden.desktop;"
        "gone.desktop;in-terminal.desktop;broken.desktop;missing.desktop;\n"
    )
    config = desktop_files.parent.parent / "config"
    (config / "gnome-mimeapps.list").write_text(
        "[Default Applications]\nimage/jpeg=viewer.desktop\n"
    )
    (config / "mimeapps.list").write_text(
        "[Added Associations]\nimage/jpeg=added.desktop;\n"
        "[Removed Associations]\nimage/jpeg=removed.desktop;\n"
    )
    names = [it.name for it in programs.programs_for(Path("/a/b.jpg"))]
    assert names == ["Viewer", "Added", "Painter"]
    assert programs.programs_for(Path("/a/b.mp4")) == ()


@linux
def test_a_program_gets_the_files_in_the_way_it_takes_them(qtbot, desktop_files, tmp_path):
    out = tmp_path / "out"
    script = tmp_path / "write it.sh"
    script.write_text(f'#!/bin/sh\nfor one in "$@"; do echo "$one" >> {out}; done\n')
    script.chmod(0o755)
    paths = (tmp_path / "a b.jpg", tmp_path / "c;d.jpg")
    entry(desktop_files, "each", f'"{script}" --name=%c %f %%')
    entry(desktop_files, "all", f'"{script}" %U')
    (desktop_files / "mimeinfo.cache").write_text(
        "[MIME Cache]\nimage/jpeg=each.desktop;all.desktop;\n"
    )
    each, every = programs.programs_for(paths[0])
    programs.open_with(each, paths)
    qtbot.waitUntil(lambda: out.exists() and len(out.read_text().splitlines()) == 6)
    assert set(out.read_text().splitlines()) == {*map(str, paths), "--name=%c", "%"}
    out.unlink()
    programs.open_with(every, paths)
    qtbot.waitUntil(lambda: out.exists() and len(out.read_text().splitlines()) == 2)
    assert out.read_text().splitlines() == [path.as_uri() for path in paths]


@linux
def test_a_program_that_can_not_be_started_says_so(tmp_path):
    missing = programs.Program("x.desktop", "Painter", (str(tmp_path / "none"), "%f"), tmp_path)
    with pytest.raises(TryLater, match="Painter could not be started"):
        programs.open_with(missing, (tmp_path / "a.jpg",))


@linux
def test_the_menu_offers_them(qtbot, shown, desktop_files):
    entry(desktop_files, "viewer", "true %f")
    (desktop_files / "mimeinfo.cache").write_text("[MIME Cache]\nimage/jpeg=viewer.desktop;\n")
    shown.found.choose(0)
    shown.menus.results.menu.aboutToShow.emit()
    menu = shown.menus.results.programs
    qtbot.waitUntil(lambda: [action.text() for action in menu.actions()] == ["Viewer"])
    menu.actions()[0].trigger()
