"""The search box and the filters, with their small windows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nova_desktop.model import Modality, Span, Unit
from nova_desktop.query import Part, SavedSearch
from nova_desktop.ui.look.offers import Offers
from nova_desktop.ui.search.calendar import DatesChoice
from nova_desktop.ui.search.chip import Chip
from nova_desktop.ui.search.chips import Chips
from nova_desktop.ui.search.choices import ChoicePopup
from nova_desktop.ui.search.filters import FilterRow
from nova_desktop.ui.search.kinds import Kinds
from nova_desktop.ui.search.naming import Naming
from nova_desktop.ui.search.narrowing import Field, Length, Narrowing
from nova_desktop.ui.search.pill import Pill
from nova_desktop.ui.search.popups import Values
from nova_desktop.ui.search.proposed import Proposed
from nova_desktop.ui.search.saved import SavedPane
from nova_desktop.ui.search.weighing import Weighing
from tests.ui.pages import page
from tests.ui.stage import LONG, Stage


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


@page()
def a_moment_of_a_film_is_asked_with(stage: Stage) -> QWidget:
    _with_parts(stage)
    film = stage.window.found.results.hits[0]
    moment = Part(path=film.path, span=Span(Unit.SECONDS, 62, 77))
    stage.window.search_box.ask("", [moment])
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
    stage.until(lambda: stage.window.filters.facets == stage.library.facets_known)
    stage.settle()
    stage.window.filters.open(field)
    return stage.newest(ChoicePopup)


@page(Offers)
def no_close_matches_among_what_is_narrowed_to(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    length = Length(60, 300)
    stage.window.filters.narrow(Narrowing(frozenset({Modality.VIDEO}), length=length, tags=(LONG,)))
    stage.search((), "something that nobody ever filmed")
    return stage.window


@page(Naming)
def a_search_is_named(stage: Stage) -> QWidget:
    stage.folders()
    stage.open()
    stage.search(stage.of_each_kind(4))
    stage.settle()
    stage.window.menus.save_search.trigger()
    return stage.newest(Naming)


@page(SavedPane)
def saved_searches(stage: Stage) -> QWidget:
    stage.folders()
    stage.library.saved = {
        name: SavedSearch(name, "cat type:photo") for name in ("Cats", LONG, "Like the lion")
    }
    stage.open()
    stage.until(lambda: stage.window.saved.list.count() == len(stage.library.saved))
    return stage.window


@page(Proposed)
def what_can_be_typed(stage: Stage) -> QWidget:
    stage.folders()
    stage.values()
    stage.open()
    stage.until(lambda: stage.window.completing.facets.tags)
    stage.settle()
    stage.qtbot.keyClicks(stage.window.search_box.line, "lion camera:")
    stage.until(lambda: stage.window.completing.proposed.isVisible())
    return stage.window
