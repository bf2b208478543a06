"""The pages of the review of duplicates."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nova_desktop.duplicates import Copy, Duplicates, Group, Reason, Same
from nova_desktop.labels import Cluster, Clusters, Suggestion
from nova_desktop.model import Modality
from nova_desktop.ui.duplicates.cards import Card, Cards
from nova_desktop.ui.duplicates.dialog import DuplicatesDialog
from nova_desktop.ui.labels.dialog import LabelsDialog
from nova_desktop.ui.labels.groups import GroupsPage
from nova_desktop.ui.labels.pictured import PicturedList
from nova_desktop.ui.states import Message
from tests.ui.pages import page
from tests.ui.stage import LONG, Stage


def review(stage: Stage) -> DuplicatesDialog:
    stage.folders(indexed=3)
    stage.open()
    stage.window.menus.duplicates.trigger()
    dialog = stage.window.verbs.duplicates
    assert dialog
    return dialog


@page(DuplicatesDialog, Cards, Card)
def duplicates(stage: Stage) -> QWidget:
    copies = tuple(
        Copy(stage.place / name, name, Modality.IMAGE, size, 1.7e9, edge, edge, offline=away)
        for name, size, edge, away in (
            ("beach.jpg", 3_400_000, 4000, False),
            (f"{LONG}.png", 640_000, 1200, False),
            ("beach (1).jpg", 640_000, 1200, True),
        )
    )
    group = Group(Same.PICTURE, copies, Reason.PIXELS)
    stage.library.twice = Duplicates((group, Group(Same.BURST, copies[:2], Reason.SHARPNESS)), 2, 9)
    dialog = review(stage)
    stage.until(lambda: len(dialog.cards.cards) == 3)
    return stage.dialog(dialog)


@page(Message)
def duplicates_none(stage: Stage) -> QWidget:
    dialog = review(stage)
    stage.until(lambda: bool(dialog.summary.text()))
    return stage.dialog(dialog)


@page(Message)
def duplicates_busy(stage: Stage) -> QWidget:
    stage.library.twice = Duplicates(done=False, share=0.34)
    dialog = review(stage)
    stage.until(lambda: dialog.busy.value() == 340)
    return stage.dialog(dialog)


@page(LabelsDialog)
def labels(stage: Stage) -> QWidget:
    stage.folders(indexed=3)
    stage.library.suggested = {
        "cat": [Suggestion(stage.place / f"{LONG}.jpg", "c", Modality.IMAGE, 2.0)],
        "invoice": [],
    }
    stage.open()
    stage.window.menus.labels.trigger()
    dialog = stage.window.verbs.labels
    assert dialog
    stage.until(lambda: dialog.files.count() == 1)
    return stage.dialog(dialog)


@page(LabelsDialog, GroupsPage, PicturedList)
def groups(stage: Stage) -> QWidget:
    stage.folders(indexed=3)
    stage.library.alike = Clusters(
        (Cluster("beach, sea", "beach sea", 40, ()), Cluster("", "", 9, (stage.place / "a.jpg",)))
    )
    stage.open()
    stage.window.menus.labels.trigger()
    dialog = stage.window.verbs.labels
    assert dialog
    dialog.tabs.setCurrentIndex(1)
    stage.until(lambda: dialog.groups.list.count() == 2)
    return stage.dialog(dialog)
