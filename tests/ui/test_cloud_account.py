"""The page of the AWS account: picked, checked, saved, and in use without a new start."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from nova_desktop import settings
from nova_desktop.errors import NeedsUser, Stopped
from nova_desktop.settings import Settings, address_file
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.nova import account as page_module
from nova_desktop.ui.tasks import abandonable
from tests.ui.fake_library import FakeLibrary, folder

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def account(dialog):
    dialog.tabs.setCurrentWidget(dialog.account)
    return dialog.account


@pytest.fixture
def saved(window):
    """What the settings file says."""
    return lambda: settings.load(window.settings_file)


def press(qtbot, push):
    assert push.isEnabled()
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)


def test_what_there_is_can_be_picked(account):
    shown = [account.profile.itemText(row) for row in range(account.profile.count())]
    assert shown[1:] == ["home (nothing, us-east-1)", "work (nothing, eu-west-1)"]
    assert shown[0].startswith("As AWS chooses")
    assert account.region.currentText() == "us-east-1"
    assert account.region.findText("eu-west-1") > 0
    assert [account.dimension.itemData(row) for row in range(4)] == [3072, 1024, 384, 256]
    assert account.month.text() == "$20.00"
    assert account.run.text() == "no limit"


def test_where_requests_go_instead_of_to_aws_is_said(account):
    assert account.overrides.isVisible()
    first, *others = account.overrides.text().splitlines()
    assert first == "Instead of at AWS:"
    assert f"Amazon S3 is asked at {NOBODY}" in others


def test_there_is_nothing_to_save_until_something_is_changed(account):
    assert not account.save.isEnabled()
    account.skip.setChecked(False)
    assert account.save.isEnabled()
    account.skip.setChecked(True)
    assert not account.save.isEnabled()


def test_what_is_saved_is_used_by_a_library_that_is_opened_again(
    qtbot, window, account, library, saved
):
    account.use.setChecked(True)
    account.profile.setCurrentIndex(1)
    account.region.setCurrentText("us-gov-west-1")
    account.bucket.clear()
    qtbot.keyClicks(account.bucket, " mine ")
    account.dimension.setCurrentIndex(0)
    account.apart.setChecked(True)
    account.skip.setChecked(False)
    account.month.setValue(5)
    account.run.setValue(1.5)
    opened = []
    window.link.opened.connect(opened.append)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: account.said.text() == tr(*page_module.SAVED))
    assert library.closed
    assert opened == [library]
    assert saved() == Settings(
        engine="nova",
        aws_profile="home",
        aws_region="us-gov-west-1",
        bucket="mine",
        dimension=3072,
        separate_sound=True,
        skip_still=False,
        month_cap_usd=5.0,
        run_cap_usd=1.5,
    )
    assert not account.save.isEnabled()


def test_the_other_settings_stay_as_they_are(qtbot, window, account, saved):
    window.settings_file.write_text('segment_s = 10.0\nexclude = ["*.tmp"]')
    with qtbot.waitSignal(account.use.toggled, raising=False, timeout=300):
        account.refresh()
    qtbot.waitUntil(account.check.isEnabled)
    account.use.setChecked(True)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: account.said.text() == tr(*page_module.SAVED))
    assert (saved().segment_s, saved().exclude, saved().engine) == (10.0, ("*.tmp",), "nova")


@pytest.mark.parametrize(
    ("bucket", "why"),
    [("No Bucket", "can't be the name of an S3 bucket"), ("a", "3 to 63 small letters")],
)
def test_what_can_not_be_is_said_and_nothing_is_saved(qtbot, dialog, window, account, bucket, why):
    qtbot.keyClicks(account.bucket, bucket)
    press(qtbot, account.save)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert why in dialog.trouble.text()
    assert not window.settings_file.exists()
    assert account.save.isEnabled()
    account.bucket.clear()
    account.bucket.textEdited.emit("")
    assert not account.save.isEnabled()


def test_a_profile_that_is_gone_can_be_left(qtbot, dialog, window, account, saved):
    window.settings_file.write_text('engine = "nova"\naws_profile = "gone"')
    account.refresh()
    qtbot.waitUntil(lambda: account.profile.currentText() == "gone (missing)")
    account.skip.setChecked(False)
    press(qtbot, account.save)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "gone" in dialog.trouble.text()
    assert saved().skip_still
    account.use.setChecked(False)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: account.said.text() == tr(*page_module.SAVED))
    assert saved().engine == "basic"
    assert not dialog.trouble.isVisible()


def test_a_bad_settings_file_is_named_and_kept(qtbot, window, dialog, account):
    window.settings_file.write_text("engine = 3")
    account.refresh()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "engine must be a text" in dialog.trouble.text()
    assert window.settings_file.read_text() == "engine = 3"


def test_what_is_not_saved_yet_is_not_lost_by_closing(qtbot, dialog, window, account):
    account.month.setValue(7)
    dialog.close()
    window.menus.sending.trigger()
    assert account.month.value() == 7
    assert account.save.isEnabled()


def test_the_library_is_opened_when_the_other_process_has_left(qtbot, window, account, library):
    address = address_file(window.data)
    address.parent.mkdir(exist_ok=True)
    address.write_text("{}")
    account.skip.setChecked(False)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: account.said.text() == tr(*page_module.SAVING))
    assert window.link.library is None
    assert not account.check.isEnabled()
    qtbot.waitUntil(lambda: library.closed)
    address.unlink()
    qtbot.waitUntil(lambda: account.said.text() == tr(*page_module.SAVED))
    assert window.link.library is library
    assert account.check.isEnabled()


def test_a_library_that_others_keep_open_is_joined_and_that_is_said(
    qtbot, window, account, monkeypatch
):
    monkeypatch.setattr("nova_desktop.ui.link.LEAVE_S", 0.2)
    address = address_file(window.data)
    address.parent.mkdir(exist_ok=True)
    address.write_text("{}")
    account.skip.setChecked(False)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: account.said.text() == tr(*page_module.ELSEWHERE))


def test_closing_the_window_waits_for_no_other_process(qtbot, window, account, library):
    address = address_file(window.data)
    address.parent.mkdir(exist_ok=True)
    address.write_text("{}")
    account.skip.setChecked(False)
    press(qtbot, account.save)
    qtbot.waitUntil(lambda: library.closed)
    began = time.monotonic()
    window.close()
    window.shutdown()
    assert time.monotonic() - began < 2


def test_a_library_that_does_not_open_again_is_said_and_can_be_tried_again(
    qtbot, build, library, no_aws
):
    window = build()
    outcomes = [library, NeedsUser("The library does not start."), library]

    def connect() -> FakeLibrary:
        outcome = outcomes.pop(0)
        if isinstance(outcome, NeedsUser):
            raise outcome
        return outcome

    library.folders = [folder(no_aws.parent, indexed=1)]
    window.settings_file = no_aws.with_name("settings.toml")
    with qtbot.waitSignal(window.link.status_known):
        window.open(connect)
    window.menus.sending.trigger()
    dialog = window.verbs.sending
    qtbot.waitUntil(dialog.account.check.isEnabled, timeout=20_000)
    dialog.account.skip.setChecked(False)
    press(qtbot, dialog.account.save)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text() == "The library does not start."
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.trouble)
    press(qtbot, window.trouble.button)
    qtbot.waitUntil(lambda: window.link.library is library)


def test_the_account_is_looked_at_when_that_is_asked_for(qtbot, account):
    assert account.checks.texts() == []
    assert "costs nothing but" in account.checks.empty.text().replace("\n", " ")
    press(qtbot, account.check)
    assert not account.check.isEnabled()
    qtbot.waitUntil(lambda: bool(account.checks.texts()), timeout=20_000)
    ok, text = account.checks.texts()[0]
    assert not ok
    assert "no AWS credentials" in text
    assert account.checks.heading.text().endswith("to mend")
    assert account.check.isEnabled()
    assert not account.checks.empty.isVisible()
    account.skip.setChecked(False)  # what was found was of something else
    assert account.checks.texts() == []


def test_a_check_that_aws_does_not_answer_holds_up_no_end():
    hangs, abandoned = threading.Event(), threading.Event()
    work = abandonable(lambda: hangs.wait(30), abandoned)
    threading.Timer(0.05, abandoned.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        work()
    assert time.monotonic() - began < 5
    hangs.set()


def test_what_is_waited_for_comes_as_it_is():
    assert abandonable(lambda: 7, threading.Event())() == 7
    with pytest.raises(ZeroDivisionError):
        abandonable(lambda: 1 // 0, threading.Event())()


def test_no_two_controls_of_the_page_have_one_key(account):
    texts = [label.text() for label in account.findChildren(QLabel) if label.buddy()]
    texts += [it.text() for it in account.findChildren(QAbstractButton)]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) >= 10
    assert len(keys) == len(set(keys))
