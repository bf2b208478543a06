"""The settings dialog: what is chosen counts at once and is kept, what can't be is said."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from nova_desktop import settings
from nova_desktop.errors import BadInput
from nova_desktop.library.conditions import Reason
from nova_desktop.model import State
from nova_desktop.settings import Settings
from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.look.sentences import SENTENCES
from nova_desktop.ui.look.tones import DARK, LIGHT, tones
from nova_desktop.upkeep import Around, Conditions
from tests.ui.fake_library import FakeLibrary, folder


@pytest.fixture
def shown(qtbot, window, tmp_path):
    """The dialog, with all its pages made."""
    window.settings_file = tmp_path / "settings.toml"
    window.menus.settings.trigger()
    dialog = window.settings.dialog
    qtbot.waitUntil(dialog.isVisible)
    dialog.build()
    yield dialog
    window.chosen.change(**{f.name: getattr(Settings(), f.name) for f in fields(Settings)})


@pytest.fixture
def kept(qtbot, window):
    """What the settings file says, once all is written."""

    def read() -> Settings:
        window.chosen.flush()
        return settings.load(window.settings_file)

    return read


def row(dialog, name):
    return next(page.rows[name] for page in dialog.pages if name in page.rows)


def press(qtbot, push):
    assert push.isEnabled()
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)


def listed(dialog) -> list[str]:
    items = [dialog.list.item(at) for at in range(dialog.list.count())]
    return [item.text() for item in items if not item.isHidden()]


ELSEWHERE = {"aws_profile", "aws_region", "bucket", "shortcuts"}  # in dialogs of their own


def test_every_setting_can_be_chosen(shown):
    here = {name for page in shown.pages for name in page.rows}
    assert here | ELSEWHERE == {field.name for field in fields(Settings)}


def test_every_control_has_a_name_and_says_what_it_does(shown):
    for page in shown.pages:
        for one in page.rows.values():
            assert one.control.focus.accessibleName()
            assert one.control.focus.accessibleDescription() == one.effect.text()
            assert one.effect.text().endswith(".")


def test_the_dialog_is_reached_by_its_keys(window):
    assert window.menus.settings.shortcut() == QKeySequence("Ctrl+,")


@pytest.mark.parametrize(("theme", "wanted"), [("dark", DARK), ("light", LIGHT)])
def test_a_theme_counts_at_once_and_in_the_menu_too(qtbot, window, shown, kept, theme, wanted):
    box = row(shown, "theme").control.box
    box.setCurrentIndex(box.findData("light" if theme == "dark" else "dark"))
    box.setCurrentIndex(box.findData(theme))
    assert tones() is wanted
    assert window.menus.themes[Theme(theme)].isChecked()
    assert kept().theme == theme


def test_a_theme_of_the_menu_is_shown_in_the_dialog(window, shown):
    window.menus.themes[Theme.DARK].trigger()
    assert row(shown, "theme").control.box.currentData() == "dark"


def test_the_size_of_text_counts_at_once(window, shown):
    before = QApplication.font().pointSizeF()
    row(shown, "text_size").control.box.setValue(150)
    assert QApplication.font().pointSizeF() == pytest.approx(before * 1.5)
    press_back = row(shown, "text_size").back
    press_back.click()
    assert QApplication.font().pointSizeF() == pytest.approx(before)
    assert window.chosen.now.text_size == 100


def test_the_titles_of_pages_are_whole_with_the_largest_letters(qtbot, shown):
    wide = shown.list.width()
    box = row(shown, "text_size").control.box
    box.setValue(200)
    try:
        qtbot.waitUntil(lambda: shown.list.width() > wide)
        for page in shown.pages:
            needed = shown.list.fontMetrics().horizontalAdvance(page.title)
            assert needed <= shown.list.viewport().width() - 2 * 10
    finally:
        box.setValue(100)
    qtbot.waitUntil(lambda: shown.list.width() == wide)


def test_the_way_back_is_there_only_for_what_was_changed(qtbot, shown, kept):
    one = row(shown, "cores")
    assert one.back.isHidden()
    one.control.box.setValue(3)
    assert not one.back.isHidden()
    assert "1" in one.back.toolTip()
    one.back.click()
    assert one.control.box.value() == 1
    assert one.back.isHidden()
    assert kept() == Settings()


def test_conditions_reach_the_library_without_opening_it_again(qtbot, window, library, shown):
    opened = []
    window.link.opened.connect(opened.append)
    row(shown, "pause_on_battery").control.box.setChecked(False)
    row(shown, "cores").control.box.setValue(2)
    wanted = ("use_conditions", Conditions(cores=2, pause_on_battery=False))
    qtbot.waitUntil(lambda: wanted in library.calls)
    qtbot.wait(50)
    assert opened == []


def test_what_the_library_is_opened_with_opens_it_again_once(qtbot, window, library, shown):
    window.settings.applying._calm.setInterval(50)
    opened = []
    window.link.opened.connect(lambda it: opened.append(settings.load(window.settings_file)))
    row(shown, "ocr").control.box.setChecked(False)
    row(shown, "tags").control.box.setChecked(False)
    qtbot.waitUntil(lambda: opened != [], timeout=8000)
    qtbot.waitUntil(lambda: "in use" in shown.said.text())
    assert opened == [Settings(ocr=False, tags=False)]
    assert library.closed


def test_what_a_library_can_not_be_opened_with_is_refused_beside_it(
    qtbot, window, library, shown, kept
):
    library.settings_error = BadInput("“[” is no pattern. Write it as in a .gitignore.")
    one = row(shown, "exclude")
    shown.list.setCurrentRow(1)
    one.control.text.setFocus()
    qtbot.keyClicks(one.control.text, "[")
    shown.search.setFocus()
    qtbot.waitUntil(lambda: not one.trouble.isHidden())
    assert "is no pattern" in one.trouble.text()
    assert kept() == Settings()
    library.settings_error = None
    one.control.text.setPlainText("*.bak\n\n /Private/ \n")
    one.control.text.left.emit()
    qtbot.waitUntil(lambda: window.chosen.now.exclude == ("*.bak", "/Private/"))
    assert one.trouble.isHidden()


def test_quiet_hours_that_are_none_are_refused(window, shown, kept):
    one = row(shown, "quiet_hours")
    one.control.on.setChecked(True)
    assert kept().quiet_hours == "22:00-07:00"
    one.control.start.setTime(one.control.stop.time())
    assert not one.trouble.isHidden()
    assert "22:00-07:00" in one.trouble.text()
    assert kept().quiet_hours == "22:00-07:00"
    one.control.on.setChecked(False)
    assert kept().quiet_hours == ""


def test_a_setting_is_found_by_what_it_does(qtbot, shown):
    qtbot.keyClicks(shown.search, "battery")
    assert listed(shown) == ["Performance"]
    assert row(shown, "pause_on_battery").isVisible()
    assert row(shown, "cores").isHidden()
    qtbot.keyClick(shown.search, Qt.Key.Key_Escape)
    assert len(listed(shown)) == len(shown.pages)
    assert shown.isVisible()
    qtbot.keyClicks(shown.search, "storage")
    assert listed(shown)[-1] == "Storage"


def test_a_search_that_finds_nothing_says_so_and_can_be_taken_back(qtbot, shown):
    qtbot.keyClicks(shown.search, "qqqq")
    assert listed(shown) == []
    assert shown.nothing.isVisible()
    shown.search.clear()
    assert shown.pages[max(0, shown.list.currentRow())].isVisible()


def test_what_is_not_installed_is_said_with_how_to(qtbot, shown):
    note = row(shown, "speech").note
    qtbot.waitUntil(lambda: "pip install" in note.text())
    assert row(shown, "ocr").note.text() == ""


def test_what_this_computer_does_not_tell_is_said(qtbot, shown):
    qtbot.waitUntil(lambda: row(shown, "pause_on_metered").note.text() != "")
    assert row(shown, "pause_on_battery").note.text() == ""


def test_the_wheel_scrolls_the_page_and_changes_no_number(qtbot, shown):
    shown.list.setCurrentRow(2)
    box = row(shown, "memory_mb").control.box
    shown.search.setFocus()
    before = box.value()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.value() == before


def test_what_can_not_be_written_is_said_and_counts_until_the_end(qtbot, window, shown, tmp_path):
    (tmp_path / "file").write_text("")
    window.settings_file = tmp_path / "file" / "settings.toml"
    row(shown, "theme").control.box.setCurrentIndex(2)
    qtbot.waitUntil(lambda: "can't be written" in shown.said.text())
    assert tones() is DARK
    window.settings_file = tmp_path / "settings.toml"


def test_what_another_program_wrote_meanwhile_stays(window, shown, kept):
    settings.save(Settings(month_cap_usd=5.0), window.settings_file)
    row(shown, "cores").control.box.setValue(2)
    assert kept() == replace(Settings(), month_cap_usd=5.0, cores=2)


def test_enter_in_a_field_does_not_close_the_dialog(qtbot, window, shown, kept):
    line = row(shown, "bucket_prefix").control.line
    line.setText("mine/")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.chosen.now.bucket_prefix == "mine/")
    assert shown.isVisible()


def test_a_settings_file_that_can_not_be_read_is_told_and_the_window_opens(qtbot, build):
    file = settings.settings_path()
    file.parent.mkdir(parents=True)
    file.write_text("cores = 'many'")
    made = build()
    made.open(FakeLibrary)
    qtbot.waitUntil(lambda: made.notice.isVisible())
    assert "cores must be a whole number" in made.notice.findChild(QLabel).text()


def test_tab_goes_through_the_page_and_then_to_close(qtbot, window, shown):
    shown.list.setCurrentRow(shown.pages.index(shown.appearance))
    shown.list.setFocus()
    reached = []
    for _ in range(20):
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
        reached.append(shown.focusWidget())
        if reached[-1] is shown.close_button:
            break
    names = ("theme", "language", "text_size", "tile_size", "reduced_motion")
    assert reached == [*(row(shown, name).control.focus for name in names), shown.close_button]


# Shortcuts


def keys_of(dialog, name):
    return dialog.shortcuts.lines[name]


def give(line, keys):
    line.field.setKeySequence(QKeySequence(keys))
    line.field.editingFinished.emit()


def test_keys_are_given_kept_and_taken_back(window, shown, kept):
    line = keys_of(shown, "find")
    give(line, "Ctrl+K")
    assert window.menus.find.shortcut() == QKeySequence("Ctrl+K")
    assert kept().shortcuts == ("find=Ctrl+K",)
    assert not line.back.isHidden()
    line.back.click()
    assert window.menus.find.shortcut() == QKeySequence("Ctrl+F")
    assert kept().shortcuts == ()


def test_keys_that_another_action_has_are_refused_with_its_name(window, shown, kept):
    line = keys_of(shown, "find")
    give(line, "Ctrl+O")
    assert "Add a folder" in line.trouble.text()
    assert window.menus.find.shortcut() == QKeySequence("Ctrl+F")
    assert line.field.keySequence() == QKeySequence("Ctrl+F")
    assert kept().shortcuts == ()


def test_all_keys_can_be_taken_away_and_come_back_together(window, shown, kept):
    give(keys_of(shown, "find"), "")
    give(keys_of(shown, "rescan"), "F6")
    assert set(kept().shortcuts) == {"find=", "rescan=F6"}
    assert window.menus.find.shortcut().isEmpty()
    shown.shortcuts.reset.click()
    assert kept().shortcuts == ()
    assert window.menus.find.shortcut() == QKeySequence("Ctrl+F")
    assert not shown.shortcuts.reset.isEnabled()


def test_keys_of_the_settings_are_there_from_the_start(build):
    file = settings.settings_path()
    settings.save(Settings(shortcuts=("find=Ctrl+K", "of_a_newer_version=F12")), file)
    made = build()
    assert made.menus.find.shortcut() == QKeySequence("Ctrl+K")


# What the footer says of resting


def test_the_footer_says_why_it_rests_and_offers_to_go_on(qtbot, window, library):
    library.folders = [folder(library.folders[0].path, indexed=1, waiting=2)]
    library.paused, library.resting = "Resting: this computer runs on its battery.", True
    with qtbot.waitSignal(window.link.status_known):
        window.link.refresh()
    footer = window.footer
    assert footer.line.text().endswith("runs on its battery. · 2 waiting")
    assert footer.anyway.isVisible()
    assert not footer.pause.isVisible()
    press(qtbot, footer.anyway)
    qtbot.waitUntil(lambda: ("resume",) in library.calls)
    assert State.WAITING in library.folders[0].counts


@pytest.mark.parametrize("reason", Reason)
def test_why_it_rests_can_be_said_in_every_language(reason):
    assert reason.value in {text for _, text in SENTENCES}


def test_a_rest_with_nothing_to_do_is_not_worth_a_word(qtbot, window, library):
    library.paused, library.resting = "Resting: these are quiet hours.", True
    with qtbot.waitSignal(window.link.status_known):
        window.link.refresh()
    assert "Resting" not in window.footer.line.text()
    assert not window.footer.anyway.isVisible()
    assert library.around_now == Around(on_battery=False, untouched_s=1.0)
