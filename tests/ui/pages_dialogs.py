"""The dialogs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from nova_desktop.model import Failure
from nova_desktop.shelf import Fetching
from nova_desktop.spending import FurtherStatus, Rule
from nova_desktop.ui.crash import CrashDialog
from nova_desktop.ui.folders.failures import FailuresPage
from nova_desktop.ui.folders.library import LibraryDialog
from nova_desktop.ui.nova.account import Account
from nova_desktop.ui.nova.allowing import AllowingPage
from nova_desktop.ui.nova.checked import Checked
from nova_desktop.ui.nova.sending import Sending
from nova_desktop.ui.nova.sent import SentPage
from nova_desktop.ui.nova.spent import Meter, SpentPage
from nova_desktop.ui.settings.dialog import SettingsDialog
from nova_desktop.ui.settings.erasing import Erasing
from nova_desktop.ui.settings.models import ModelRow, ModelsBox
from nova_desktop.ui.settings.page import Page as SettingsPage
from nova_desktop.ui.settings.privacy import Privacy
from nova_desktop.ui.settings.row import Row
from nova_desktop.ui.settings.shortcuts import KeyRow, Shortcuts
from nova_desktop.ui.settings.spaces import SpacesBox
from nova_desktop.ui.settings.storage import StoragePage
from tests.ui.pages import page
from tests.ui.stage import LONG, Stage


@page(LibraryDialog, FailuresPage)
def failures(stage: Stage) -> QWidget:
    stage.folders(indexed=3, failed=60)
    stage.library.failed = [
        Failure(stage.place / f"{LONG} {n}.jpg", "It is truncated. Copy it here again.")
        for n in range(60)
    ]
    return _failures(stage)


@page()
def no_failures(stage: Stage) -> QWidget:
    stage.folders()
    return _failures(stage)


def _failures(stage: Stage) -> QWidget:
    stage.open()
    stage.window.menus.failures.trigger()
    dialog = stage.window.verbs.library
    assert dialog
    stage.until(lambda: dialog.failures.files.rowCount() == len(stage.library.failed))
    return stage.dialog(dialog)


@page(Sending, AllowingPage)
def amazon_nova_folders(stage: Stage) -> QWidget:
    dialog = _sending(stage)
    dialog.tabs.setCurrentWidget(dialog.allowing)
    return stage.dialog(dialog)


@page(Account)
def amazon_nova_account(stage: Stage) -> QWidget:
    dialog = _sending(stage)
    dialog.tabs.setCurrentWidget(dialog.account)
    return stage.dialog(dialog)


@page(Checked)
def amazon_nova_account_checked(stage: Stage) -> QWidget:
    dialog = _sending(stage)
    dialog.tabs.setCurrentWidget(dialog.account)
    dialog.account.check.click()
    stage.until(lambda: dialog.findChild(Checked) is not None)
    stage.until(dialog.account.check.isEnabled)
    return stage.dialog(dialog)


@page(SpentPage, Meter)
def amazon_nova_spent(stage: Stage) -> QWidget:
    dialog = _sending(stage)
    dialog.tabs.setCurrentWidget(dialog.spent)
    return stage.dialog(dialog)


@page(SentPage)
def amazon_nova_sent(stage: Stage) -> QWidget:
    dialog = _sending(stage)
    dialog.tabs.setCurrentWidget(dialog.sent)
    return stage.dialog(dialog)


@page()
def amazon_nova_not_chosen(stage: Stage) -> QWidget:
    return stage.dialog(_sending(stage, chosen=False))


def _sending(stage: Stage, chosen: bool = True) -> Sending:
    stage.folders()
    if chosen:
        allowed = (stage.place / "Pictures",)
        note = "Amazon Nova in a test."
        stage.library.further = FurtherStatus("fake", note, 204, 1000, 3, "", allowed)
        stage.library.decided = {allowed[0]: Rule.CLOUD}
    stage.open()
    stage.window.menus.sending.trigger()
    dialog = stage.window.verbs.sending
    assert dialog
    stage.until(lambda: dialog.allowing.folders.topLevelItemCount() == len(stage.library.folders))
    stage.until(dialog.account.check.isEnabled)
    return dialog


@page(CrashDialog)
def crash(stage: Stage) -> QWidget:
    stage.open()
    dialog = CrashDialog(stage.window)
    dialog.report.setPlainText("Traceback (most recent call last):\n" + "  File “x.py”\n" * 40)
    dialog.show()
    return stage.dialog(dialog)


@page()
def remove_a_folder(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.window.verbs.remove_folder(stage.library.folders[0].path)
    return stage.newest(QMessageBox)


@page()
def about(stage: Stage) -> QWidget:
    stage.open()
    stage.window.menus.about.trigger()
    return stage.newest(QMessageBox)


@page()
def about_the_engine(stage: Stage) -> QWidget:
    stage.open()
    stage.window.menus.engine.trigger()
    return stage.newest(QMessageBox)


def _settings(stage: Stage, name: str) -> SettingsDialog:
    stage.folders()
    stage.open()
    stage.window.menus.settings.trigger()
    dialog = stage.window.settings.dialog
    assert dialog
    dialog.build()
    dialog.show_page(getattr(dialog, name))
    stage.dialog(dialog)
    return dialog


@page(SettingsDialog, SettingsPage, Row)
def settings_of_the_engine(stage: Stage) -> QWidget:
    return _settings(stage, "engine")


@page(ModelsBox, ModelRow)
def settings_of_models(stage: Stage) -> QWidget:
    first, second, *others = stage.library.shelf
    stage.library.shelf = (replace(first, folder=Path("/models"), used=True), second, *others)
    stage.library.far = (Fetching(second.name, 31_000_000, second.bytes, "onnx/model.onnx"),)
    dialog = _settings(stage, "shelf")
    stage.until(lambda: bool(dialog.models.rows))
    stage.settle()
    return dialog


@page()
def settings_of_reading(stage: Stage) -> QWidget:
    return _settings(stage, "reading")


@page()
def settings_of_performance(stage: Stage) -> QWidget:
    return _settings(stage, "performance")


@page(Privacy)
def settings_of_privacy(stage: Stage) -> QWidget:
    return _settings(stage, "privacy")


@page()
def settings_of_appearance(stage: Stage) -> QWidget:
    return _settings(stage, "appearance")


@page(Shortcuts, KeyRow)
def settings_of_shortcuts(stage: Stage) -> QWidget:
    return _settings(stage, "shortcuts")


@page(StoragePage, SpacesBox)
def settings_of_storage(stage: Stage) -> QWidget:
    return _settings(stage, "storage")


@page()
def settings_of_the_desktop(stage: Stage) -> QWidget:
    return _settings(stage, "desktop")


@page()
def settings_that_are_searched(stage: Stage) -> QWidget:
    dialog = _settings(stage, "engine")
    dialog.search.setText("language")
    return dialog


@page()
def settings_of_which_none_is_called_that(stage: Stage) -> QWidget:
    dialog = _settings(stage, "engine")
    dialog.search.setText("something else")
    return dialog


@page(Erasing)
def everything_is_to_be_erased(stage: Stage) -> QWidget:
    _settings(stage, "storage").keeping.ask_to_erase()
    return stage.newest(Erasing)
