"""Every page, dialog and popup of the window, each brought about as a user would meet it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtWidgets import QMessageBox, QWidget

from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.events import Paused, Progress
from nova_desktop.model import Failure, Folder, FolderState, Modality, State
from nova_desktop.query import Part
from nova_desktop.spending import FurtherStatus, Rule
from nova_desktop.ui.crash import CrashDialog
from nova_desktop.ui.folders.failures import Failures
from nova_desktop.ui.folders.pane import FolderPane
from nova_desktop.ui.footer import Footer
from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import OneLine
from nova_desktop.ui.look.offers import Offers
from nova_desktop.ui.notice import Notice
from nova_desktop.ui.nova.account import Account
from nova_desktop.ui.nova.allowing import AllowingPage
from nova_desktop.ui.nova.checked import Checked
from nova_desktop.ui.nova.line import NovaLine
from nova_desktop.ui.nova.sending import Sending
from nova_desktop.ui.nova.sent import SentPage
from nova_desktop.ui.nova.spent import Meter, SpentPage
from nova_desktop.ui.overlay import Overlay
from nova_desktop.ui.preview.details import Details
from nova_desktop.ui.preview.facts import Facts
from nova_desktop.ui.preview.pane import PreviewPane
from nova_desktop.ui.preview.passage import Passage
from nova_desktop.ui.preview.picture import Picture
from nova_desktop.ui.preview.player import Player
from nova_desktop.ui.preview.seekbar import SeekBar
from nova_desktop.ui.results.controls import Controls
from nova_desktop.ui.results.found import Found
from nova_desktop.ui.results.grid import Grid
from nova_desktop.ui.results.listing import Listing
from nova_desktop.ui.search.box import SearchBox
from nova_desktop.ui.search.calendar import DatesChoice
from nova_desktop.ui.search.chip import Chip
from nova_desktop.ui.search.chips import Chips
from nova_desktop.ui.search.choices import ChoicePopup
from nova_desktop.ui.search.filters import FilterRow
from nova_desktop.ui.search.kinds import Kinds
from nova_desktop.ui.search.line import Line
from nova_desktop.ui.search.narrowing import Field, Length, Narrowing
from nova_desktop.ui.search.pill import Pill
from nova_desktop.ui.search.popups import Values
from nova_desktop.ui.search.weighing import Weighing
from nova_desktop.ui.states import Message
from nova_desktop.ui.window import Window
from tests.ui.stage import LONG, Stage

Bring: TypeAlias = Callable[[Stage], QWidget]


@dataclass(frozen=True)
class Page:
    """`bring` leads to it; `shows` are the widgets of ours that must be seen on it."""

    bring: Bring
    shows: tuple[type[QWidget], ...] = ()


PAGES: dict[str, Page] = {}


def page(*shows: type[QWidget]) -> Callable[[Bring], Bring]:
    """Puts a function into the walk; its name is the page's."""

    def put(bring: Bring) -> Bring:
        PAGES[bring.__name__] = Page(bring, shows)
        return bring

    return put


@page(Window, Message, SearchBox, Line, Footer)
def first_start(stage: Stage) -> QWidget:
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


@page(Chip, Chips)
def parts_in_the_search_box(stage: Stage) -> QWidget:
    _with_parts(stage)
    return stage.window


@page(Weighing)
def how_much_a_part_counts(stage: Stage) -> QWidget:
    _with_parts(stage)
    stage.settle()
    stage.window.search_box.parts[0].body.click()
    return stage.newest(Weighing)


def _with_parts(stage: Stage) -> None:
    stage.folders()
    stage.open()
    found = stage.of_each_kind(4, long=True)
    stage.search(found)
    stage.window.search_box.add(
        Part(text="a dog", weight=-1), *(Part(path=it.path) for it in found)
    )


@page(FilterRow, Kinds, Pill)
def filters_with_values(stage: Stage) -> QWidget:
    stage.folders()
    stage.values()
    stage.open()
    narrowing = Narrowing(
        kinds=frozenset({Modality.VIDEO}),
        length=Length(60, 300),
        tags=(LONG, "value 1"),
        least_rating=3,
    )
    stage.window.filters.narrow(narrowing)
    stage.search(stage.of_each_kind())
    return stage.window


@page(ChoicePopup, Values)
def filter_by_tags(stage: Stage) -> QWidget:
    return _choice(stage, Field.TAG)


@page()
def filter_by_folders(stage: Stage) -> QWidget:
    return _choice(stage, Field.FOLDER)


@page()
def filter_by_rating(stage: Stage) -> QWidget:
    return _choice(stage, Field.RATING)


@page()
def filter_by_length(stage: Stage) -> QWidget:
    return _choice(stage, Field.LENGTH)


@page(DatesChoice)
def filter_by_date(stage: Stage) -> QWidget:
    return _choice(stage, Field.DATE)


@page()
def filter_by_a_camera_that_there_is_none_of(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.window.filters.open(Field.CAMERA)
    return stage.newest(ChoicePopup)


def _choice(stage: Stage, field: Field) -> QWidget:
    stage.folders()
    stage.values()
    stage.open()
    stage.until(lambda: stage.window.filters.facets.tags)
    stage.settle()
    stage.window.filters.open(field)
    return stage.newest(ChoicePopup)


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


@page(Offers)
def no_close_matches_among_what_is_narrowed_to(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    length = Length(60, 300)
    stage.window.filters.narrow(Narrowing(frozenset({Modality.VIDEO}), length=length, tags=(LONG,)))
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


@page(Details, Facts, Picture)
def preview_of_a_picture(stage: Stage) -> QWidget:
    return _preview(stage, Modality.IMAGE)


@page(Player, SeekBar)
def preview_of_a_film(stage: Stage) -> QWidget:
    return _preview(stage, Modality.VIDEO)


@page()
def preview_of_a_sound(stage: Stage) -> QWidget:
    return _preview(stage, Modality.AUDIO)


@page()
def preview_of_a_page(stage: Stage) -> QWidget:
    return _preview(stage, Modality.DOCUMENT)


@page(Passage)
def preview_of_a_text(stage: Stage) -> QWidget:
    return _preview(stage, Modality.TEXT)


@page()
def preview_that_fails(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    hit = stage.result(Modality.IMAGE, 3, long=True)
    stage.library.previews[hit.path] = TryLater(f"{hit.path} is not there now. Connect its drive.")
    return stage.show(hit)


def _preview(stage: Stage, kind: Modality) -> QWidget:
    stage.folders()
    stage.open()
    return stage.show(stage.result(kind, 3, long=kind is Modality.VIDEO))


@page(Failures)
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
    dialog = stage.window.verbs.failures
    assert dialog
    stage.until(lambda: dialog.list.topLevelItemCount() == len(stage.library.failed))
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


@page(NovaLine)
def amazon_nova_in_the_footer(stage: Stage) -> QWidget:
    stage.folders()
    stage.library.further = FurtherStatus("fake", "Amazon Nova in a test.", 1, 2, 0, "", ())
    stage.open()
    stage.until(lambda: stage.window.footer.nova.isVisible())
    return stage.window


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
