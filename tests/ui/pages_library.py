"""The pages of the library's dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nova_desktop.errors import ErasedThere, TryLater
from nova_desktop.folders import Exclusion, Queue, Step, UnderWay
from nova_desktop.sync import Differences, Direction, SyncRun, SyncState
from nova_desktop.ui.folders.activity import ActivityPage
from nova_desktop.ui.folders.overview import FoldersPage
from nova_desktop.ui.folders.rules import RulesDialog
from nova_desktop.ui.sync.dialog import SyncDialog
from tests.ui.pages import page
from tests.ui.stage import LONG, Stage


@page(FoldersPage)
def library_folders(stage: Stage) -> QWidget:
    stage.folders(indexed=3, failed=60, waiting=12)
    stage.open()
    stage.window.menus.library.trigger()
    dialog = stage.window.verbs.library
    assert dialog
    stage.until(lambda: dialog.folders.list.topLevelItemCount() > 0)
    return stage.dialog(dialog)


@page(ActivityPage)
def library_activity(stage: Stage) -> QWidget:
    stage.folders(indexed=3, waiting=60)
    film, photo = stage.place / f"{LONG}.mp4", stage.place / "a photo.jpg"
    stage.library.now = Queue(
        (UnderWay(film, Step.DESCRIBING, 0.42), UnderWay(photo, Step.SENT, 0.1, "Amazon Nova")),
        60,
        tuple(stage.place / f"{LONG} {n}.jpg" for n in range(58)),
        ((stage.place, 60),),
        "",
        0.31,
        754.0,
    )
    stage.open()
    stage.window.menus.activity.trigger()
    dialog = stage.window.verbs.library
    assert dialog
    stage.until(lambda: dialog.activity.active.topLevelItemCount() == 2)
    return stage.dialog(dialog)


@page(RulesDialog)
def folder_rules(stage: Stage) -> QWidget:
    stage.folders(indexed=3)
    stage.open()
    path = stage.library.folders[0].path
    stage.library.left_out = {path / "private": Exclusion(path / "private", 1e9, True)}
    library = stage.window.verbs.library_dialog()
    library.show_rules(path)
    dialog = library.rules
    assert dialog
    stage.until(lambda: dialog.left_out.count() == 1)
    return stage.dialog(dialog)


SHARED = SyncState(
    "s3vectors://my-library, us-east-1",
    "the desk",
    contents=12_345,
    rows=98_765,
    elsewhere=4_321,
    kept_back=17,
    machines=("the laptop", LONG),
    differences=Differences(push=12, pull=3, push_rows=40, push_bytes=180_000, usd=0.0021),
    last=SyncRun(1e9, 12.5, Direction.BOTH, Differences(push=5), 9),
    usd_month=0.03,
    prices="Prices of 2026-11-22 from a test. An estimate: vectors put.",
)


def shared_library(stage: Stage, state: SyncState) -> SyncDialog:
    stage.library.shared = state
    stage.open()
    stage.window.menus.sharing.trigger()
    dialog = stage.window.verbs.sharing
    assert dialog
    stage.until(lambda: dialog.state == state)
    return dialog


@page(SyncDialog)
def shared_library_none(stage: Stage) -> QWidget:
    return stage.dialog(shared_library(stage, SyncState("", "")))


@page(SyncDialog)
def shared_library_known(stage: Stage) -> QWidget:
    return stage.dialog(shared_library(stage, SHARED))


@page(SyncDialog)
def shared_library_failed(stage: Stage) -> QWidget:
    dialog = shared_library(stage, SHARED)
    stage.library.synced = TryLater("Amazon S3 Vectors can't be reached. Check the network.")
    dialog.both.click()
    stage.until(lambda: not dialog.trouble.isHidden())
    return stage.dialog(dialog)


@page(SyncDialog)
def shared_library_erased(stage: Stage) -> QWidget:
    dialog = shared_library(stage, SHARED)
    stage.library.synced = ErasedThere(
        f"What this computer had pushed is not in {SHARED.place} any more: it was erased there, or "
        "that is another bucket. To push all of it again, say so: nova-desktop sync push --again."
    )
    dialog.both.click()
    stage.until(lambda: not dialog.again.isHidden())
    return stage.dialog(dialog)
