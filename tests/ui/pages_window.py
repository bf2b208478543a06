"""The window itself: asked nothing, full, busy, failing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.events import Paused, Progress
from nova_desktop.model import Folder, FolderState, State
from nova_desktop.spending import FurtherStatus
from nova_desktop.ui.folders.pane import FolderPane
from nova_desktop.ui.footer import Footer
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import OneLine
from nova_desktop.ui.notice import Notice
from nova_desktop.ui.nova.line import NovaLine
from nova_desktop.ui.overlay import Overlay
from nova_desktop.ui.preview.pane import PreviewPane
from nova_desktop.ui.results.controls import Controls
from nova_desktop.ui.results.found import Found
from nova_desktop.ui.results.grid import Grid
from nova_desktop.ui.results.listing import Listing
from nova_desktop.ui.search.box import SearchBox
from nova_desktop.ui.search.line import Line
from nova_desktop.ui.start.engine import EngineStep
from nova_desktop.ui.start.folders import FolderRow, FoldersStep
from nova_desktop.ui.start.page import StartPage
from nova_desktop.ui.states import Message
from nova_desktop.ui.window import Window
from tests.ui.pages import page
from tests.ui.stage import LONG, Stage


@page(Window, StartPage, FoldersStep, FolderRow, SearchBox, Line, Footer)
def first_start(stage: Stage) -> QWidget:
    stage.open()
    stage.qtbot.waitUntil(lambda: stage.window.starting.page is not None)
    folders = stage.window.starting.page.folders
    folders.add(stage.place)
    stage.qtbot.waitUntil(lambda: folders.rows[-1].isVisible())
    return stage.window


@page(EngineStep)
def first_start_engine(stage: Stage) -> QWidget:
    first_start(stage)
    stage.window.starting.page.show_step(1)
    return stage.window


@page()
def first_start_ready(stage: Stage) -> QWidget:
    first_start(stage)
    stage.window.starting.page.show_step(2)
    return stage.window


@page(Message)
def first_start_left(stage: Stage) -> QWidget:
    stage.window.remembered.keep_start("left")
    stage.open()
    return stage.window


@page()
def before_the_library_is_there(stage: Stage) -> QWidget:
    return stage.window


@page(FolderPane, PreviewPane, IconButton, OneLine)
def nothing_asked(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    return stage.window


@page()
def the_library_can_not_be_opened(stage: Stage) -> QWidget:
    def connect() -> None:
        raise NeedsUser("Another Nova Desktop uses the index. Close it, then try again.")

    stage.window.open(connect)  # type: ignore[arg-type]  # it never answers
    stage.until(lambda: stage.window.trouble.isVisible())
    return stage.window


@page(Grid, Found, Controls)
def results(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.search(stage.of_each_kind())
    return stage.window


@page(Listing)
def results_as_a_list(stage: Stage) -> QWidget:
    results(stage)
    stage.window.menus.showing.list.trigger()
    stage.window.found.choose(1)
    stage.until(stage.window.found.settled)
    stage.settle()
    return stage.window


@page()
def results_in_large_tiles(stage: Stage) -> QWidget:
    results(stage)
    stage.window.menus.showing.larger.trigger()
    stage.until(stage.window.found.settled)
    stage.settle()
    return stage.window


@page()
def few_results_with_a_note(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    note = "Amazon Nova can't be asked now, so only this computer has answered. It is tried again."
    stage.search(stage.of_each_kind(3), note=note)
    return stage.window


@page()
def results_with_long_names_in_many_folders(stage: Stage) -> QWidget:
    stage.folders(60, indexed=1_204_332, failed=1200, waiting=40_000)
    stage.open()
    stage.search(stage.of_each_kind(long=True), f"{LONG} and what else was asked " * 3)
    return stage.window


@page()
def indexing(stage: Stage) -> QWidget:
    stage.folders(indexed=1192, failed=12, waiting=4106)
    stage.open()
    stage.library.tell(Progress(1204, 5310, f"/a/{LONG}.jpg", 170))
    stage.until(lambda: stage.window.footer.bar.isVisible())
    return stage.window


@page()
def paused(stage: Stage) -> QWidget:
    stage.folders(indexed=12, waiting=41)
    stage.open()
    stage.library.paused = "The disk is full. Free 2 GB, then resume."
    stage.library.tell(Paused(stage.library.paused))
    stage.until(stage.window.footer.paused)
    return stage.window


@page()
def a_folder_is_away(stage: Stage) -> QWidget:
    stage.folders()
    stage.library.folders.append(
        Folder(stage.place / "usb", FolderState.OFFLINE, {State.OFFLINE: 7})
    )
    stage.open()
    return stage.window


@page()
def no_close_matches(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.search((), "something that nobody ever filmed")
    return stage.window


@page()
def a_refused_question(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.library.answers["disk"] = TryLater("The library is busy. Try again in a moment.")
    stage.window.search_box.line.setText("disk")
    stage.until(lambda: stage.window.trouble.isVisible())
    return stage.window


@page(Notice)
def a_notice(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.window.verbs.add_folder(stage.place / LONG)
    stage.until(lambda: stage.window.notice.isVisible())
    return stage.window


@page(Overlay)
def something_is_dragged_over(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.window.overlay.say("Drop to search by it")
    return stage.window


@page(NovaLine)
def amazon_nova_in_the_footer(stage: Stage) -> QWidget:
    stage.folders()
    stage.library.further = FurtherStatus("fake", "Amazon Nova in a test.", 1, 2, 0, "", ())
    stage.open()
    stage.until(lambda: stage.window.footer.nova.isVisible())
    return stage.window
