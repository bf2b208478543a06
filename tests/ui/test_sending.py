"""The dialog of Amazon Nova: a quote before anything is allowed, and what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nova_desktop import settings
from nova_desktop.errors import NeedsUser
from nova_desktop.spending import FurtherStatus, Rule

PICTURES = Path("/pictures")


@pytest.fixture(autouse=True)
def no_aws(monkeypatch, tmp_path):
    """Two profiles of nobody's, and a settings file of this test's own."""
    config = tmp_path / "aws-config"
    config.write_text("[profile home]\nregion = us-east-1\n[profile work]\nregion = eu-west-1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def window(window, tmp_path):
    window.settings_file = tmp_path / "settings.toml"
    return window


@pytest.fixture
def dialog(qtbot, window, library):
    library.further = FurtherStatus("fake", "Amazon Nova in a test.", 1, 2, 0, "", ())
    window.menus.sending.trigger()
    made = window.verbs.sending
    qtbot.waitUntil(lambda: made.folders.topLevelItemCount() == 1)
    return made


def choose(dialog):
    dialog.folders.topLevelItem(0).setSelected(True)


def texts(tree, column):
    return [tree.topLevelItem(row).text(column) for row in range(tree.topLevelItemCount())]


def press(qtbot, push):
    assert push.isEnabled()
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)


def test_nothing_can_be_allowed_before_its_quote_was_seen(qtbot, dialog, library):
    choose(dialog)
    assert texts(dialog.folders, 1) == ["stay on this computer"]
    assert not dialog.allow.isEnabled()
    press(qtbot, dialog.ask)
    qtbot.waitUntil(dialog.allow.isEnabled)
    assert dialog.allow.text() == "Allow sending (about $0.4201)"
    assert texts(dialog.lines, 2) == ["2 pictures", "600 seconds"]
    assert texts(dialog.lines, 1) == ["3", "1, 1 as jobs"]
    assert "1 file must be indexed here first" in dialog.said.text()
    press(qtbot, dialog.allow)
    qtbot.waitUntil(lambda: texts(dialog.folders, 1) == ["may be sent to Amazon Nova"])
    (call,) = [call for call in library.calls if call[0] == "set_rule"]
    assert call[1:3] == (PICTURES, Rule.CLOUD)
    assert abs(call[3] - 0.42012) < 1e-9
    assert not dialog.allow.isEnabled()  # the next time it is quoted anew


def test_a_quote_of_another_folder_allows_nothing(qtbot, dialog, library):
    library.decided[Path("/pictures/private")] = Rule.NEVER
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.folders.topLevelItemCount() == 2)
    assert texts(dialog.folders, 1)[1] == "are not indexed at all"
    choose(dialog)
    press(qtbot, dialog.ask)
    qtbot.waitUntil(dialog.allow.isEnabled)
    dialog.folders.topLevelItem(0).setSelected(False)
    dialog.folders.topLevelItem(1).setSelected(True)
    assert not dialog.allow.isEnabled()
    assert dialog.lines.topLevelItemCount() == 0


@pytest.mark.parametrize(("push", "rule"), [("keep", Rule.DEVICE), ("never", Rule.NEVER)])
def test_the_other_rules_take_no_quote(qtbot, dialog, library, push, rule):
    choose(dialog)
    press(qtbot, getattr(dialog, push))
    qtbot.waitUntil(lambda: library.decided == {PICTURES: rule})


def test_what_was_spent_and_sent_is_listed(qtbot, dialog):
    assert texts(dialog.spent, 1) == ["0.5000", "0.2500", "1.5000", "0.5000"]
    assert texts(dialog.spent, 2) == ["20.00", "none", "none", ""]
    assert dialog.sent.topLevelItem(0).text(3) == "Amazon Bedrock"
    assert "\n" not in dialog.sent.topLevelItem(0).text(1)


def test_what_can_not_be_done_is_said_and_changes_nothing(qtbot, dialog, library):
    choose(dialog)
    library.error = NeedsUser("There is no price for video. Add one.")
    press(qtbot, dialog.ask)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text() == "There is no price for video. Add one."
    assert not dialog.allow.isEnabled()


def test_without_a_paid_engine_it_says_how_to_get_one(qtbot, window):
    window.menus.sending.trigger()
    dialog = window.verbs.sending
    qtbot.waitUntil(lambda: "choose it under Account" in dialog.head.text())


def test_the_footer_says_how_far_the_further_space_is(qtbot, window, library):
    library.further = FurtherStatus("fake", "A note.", 12, 28, 1, "", (PICTURES,))
    window.link.refresh()
    line = window.footer.nova
    qtbot.waitUntil(lambda: line.whole() == "Amazon Nova: 12 of 40, $0.5000 this month")
    assert line.accessibleName() == line.whole()
    assert not window.footer.engine.isVisible()
    assert window.footer.failures.text() == "1 failure"


@pytest.fixture
def account(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.account.profile.count() == 3, timeout=20_000)
    return dialog.account


def test_profile_and_region_are_picked_from_what_there_is_and_saved(qtbot, window, account):
    assert [account.profile.itemData(row) for row in range(3)] == ["", "home", "work"]
    assert account.region.currentText() == "us-east-1"
    assert "127.0.0.1:9" in account.said.text()  # where requests would go instead of to AWS
    account.use.setChecked(True)
    account.profile.setCurrentIndex(1)
    account.bucket.setText(" mine ")
    account.cap.setValue(5)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: "next start" in account.said.text())
    kept = settings.load(window.settings_file)
    assert (kept.engine, kept.aws_profile, kept.bucket) == ("nova", "home", "mine")
    assert kept.month_cap_usd == 5


def test_a_bad_settings_file_is_named_and_kept(qtbot, window, dialog, account):
    window.settings_file.write_text("engine = 3")
    account.refresh()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "engine must be a text" in dialog.trouble.text()
    assert window.settings_file.read_text() == "engine = 3"


def test_the_account_is_looked_at_when_that_is_asked_for(qtbot, account):
    press(qtbot, account.check)
    qtbot.waitUntil(lambda: account.checks.topLevelItemCount() > 0, timeout=20_000)
    assert account.checks.topLevelItem(0).text(0) == "✗"
    assert "no AWS credentials" in account.checks.topLevelItem(0).text(2)
    assert account.check.isEnabled()
