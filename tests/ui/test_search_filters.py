"""The row of filters: small windows with counts, values that combine, and room for them."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QMenu

from nova_desktop.errors import BadInput
from nova_desktop.model import Modality
from nova_desktop.query import Answer, Around, Facet, Facets, Filters
from nova_desktop.ui.search.joining import both
from nova_desktop.ui.search.narrowing import Days, Field, Length, Narrowing, Recent, days_of, year
from tests.ui.fake_library import folder, hits

LEFT = Qt.MouseButton.LeftButton
FACETS = Facets(
    kinds=(Facet("image", 1204), Facet("video", 2)),
    cameras=tuple(Facet(f"Camera {n}", 40 - n) for n in range(40)),
    tags=(Facet("beach", 12), Facet("dog", 2)),
    ratings=(Facet("5", 2), Facet("3", 1)),
    places=(Facet("Paris, France", 4), Facet("Rome, Italy", 1)),
    years=(Facet("2024", 5), Facet("2023", 7)),
    folders=(Facet("/pictures", 9), Facet("/pictures/2023", 4)),
)


@pytest.fixture
def known(qtbot, window, library):
    """The window, with values to choose from, on a Wednesday in May."""
    library.facets_known = FACETS
    window.filters.today = lambda: date(2024, 5, 15)
    window.questions._facets.setInterval(0)
    window.questions.refresh_facets()
    qtbot.waitUntil(lambda: window.filters.facets == FACETS)
    return window


def opened(window, field: Field):
    """The small window of a chip."""
    window.filters.open(field)
    return window.filters.popup


def rows(popup) -> list[str]:
    items = [popup.choice.list.item(row) for row in range(popup.choice.list.count())]
    return [item.data(Qt.ItemDataRole.AccessibleTextRole) for item in items]


def click(qtbot, values, row: int) -> None:
    place = values.list.visualItemRect(values.list.item(row)).center()
    qtbot.mouseClick(values.list.viewport(), LEFT, pos=place)


def test_a_chip_that_is_opened_before_its_values_are_known_lists_them_then(window):
    filters = window.filters
    filters.facets = None
    popup = opened(window, Field.TAG)
    assert rows(popup) == []
    filters.show_facets(FACETS)
    assert rows(filters.popup) == ["beach, 12 files", "dog, 2 files"]
    assert filters.popup.isVisible()
    assert not popup.isVisible()


def test_a_chip_lists_values_with_counts_and_says_what_is_chosen(qtbot, known, library):
    pill = known.filters.pills[Field.RATING]
    assert pill.body.accessibleName() == "Rating: any"
    popup = opened(known, Field.RATING)
    assert rows(popup) == [
        "★★★★★, 2 files",
        "★★★★ and more, 2 files",
        "★★★ and more, 3 files",
        "★★ and more, 3 files",
        "★ and more, 3 files",
    ]
    click(qtbot, popup.choice, 2)
    assert known.filters.chosen() == Filters(least_rating=3)
    assert pill.body.accessibleName() == "Rating: ★★★ and more"
    assert pill.isVisible()
    assert known.filters.popup is None or not known.filters.popup.isVisible()
    qtbot.waitUntil(lambda: bool(library.queries) and library.queries[-1].filters.least_rating == 3)
    qtbot.mouseClick(pill.close_button, LEFT)
    assert known.filters.chosen() == Filters()
    assert not pill.close_button.isVisible()


def test_several_tags_can_be_chosen_and_dropped_by_keys(qtbot, known):
    popup = opened(known, Field.TAG)
    popup.choice.list.setFocus()
    qtbot.keyClick(popup.choice.list, Qt.Key.Key_Space)
    qtbot.keyClick(popup.choice.list, Qt.Key.Key_Down)
    qtbot.keyClick(popup.choice.list, Qt.Key.Key_Space)
    assert known.filters.chosen().tags == {"beach", "dog"}
    assert popup.isVisible()
    assert known.filters.narrowing().said(Field.TAG) == "beach and 1 more"
    qtbot.keyClick(popup.choice.list, Qt.Key.Key_Space)
    assert known.filters.chosen().tags == {"beach"}
    qtbot.keyClick(popup.choice.list, Qt.Key.Key_Return)
    assert not popup.isVisible()


def test_a_long_list_can_be_searched(qtbot, known):
    popup = opened(known, Field.CAMERA)
    assert popup.choice.field.isVisible()
    qtbot.keyClicks(popup.choice.field, "camera 39")
    assert rows(popup) == ["Camera 39, 1 file"]
    qtbot.keyClick(popup.choice.field, Qt.Key.Key_Return)
    assert known.filters.chosen().cameras == {"Camera 39"}
    popup.choice.field.setText("nikon")
    assert popup.choice.nothing.isVisible()
    popup.close()


def test_thousands_of_folders_are_offered_at_once_and_all_can_be_found(qtbot, known):
    many = tuple(Facet(f"/a/folder {n}", 1) for n in range(20_000))
    known.filters.show_facets(Facets(folders=many))
    popup = opened(known, Field.FOLDER)
    assert popup.choice.list.count() < 1000
    assert popup.choice.nothing.text().endswith("more: type to find them.")
    popup.choice.field.setText("folder 19999")
    assert rows(popup) == ["folder 19999, /a, 1 file"]
    assert not popup.choice.nothing.isVisible()
    popup.close()


def test_a_short_list_has_no_field(known):
    popup = opened(known, Field.PLACE)
    assert not popup.choice.field.isVisible()
    popup.close()


def test_a_place_is_one(qtbot, known):
    click(qtbot, opened(known, Field.PLACE).choice, 1)
    assert known.filters.chosen().around == Around("Rome, Italy")


def test_folders_of_the_chip_and_of_the_list_are_the_same(qtbot, known, library):
    library.folders = [folder(Path("/pictures"), indexed=9), folder(Path("/videos"))]
    known.link.refresh()
    qtbot.waitUntil(lambda: known.folders.list.count() == 3)
    known.folders.list.setCurrentRow(1)
    assert known.filters.narrowing().folders == (Path("/pictures"),)
    popup = opened(known, Field.FOLDER)
    assert rows(popup)[0] == "pictures, /, 9 files"
    click(qtbot, popup.choice, 1)
    assert known.filters.narrowing().folders == (Path("/pictures"), Path("/pictures/2023"))
    assert known.folders.path() is None  # the list can't show two
    popup.close()
    known.filters.clear_field(Field.FOLDER)
    known.filters.choose_folder(Path("/videos"))
    assert known.folders.path() == Path("/videos")
    qtbot.mouseClick(known.filters.pills[Field.FOLDER].close_button, LEFT)
    assert known.folders.path() is None


def test_dates_are_preset_years_or_from_and_to(qtbot, known):
    popup = opened(known, Field.DATE)
    dates = popup.choice
    texts = [dates.values.list.item(row).text() for row in range(dates.values.list.count())]
    assert texts == ["Today", "This week", "This month", "This year", "2024", "2023"]
    click(qtbot, dates.values, 1)
    monday, after = datetime(2024, 5, 13), datetime(2024, 5, 20)
    chosen = known.filters.chosen()
    assert (chosen.since_s, chosen.until_s) == (monday.timestamp(), after.timestamp())
    assert known.filters.narrowing().said(Field.DATE) == "This week"
    dates = opened(known, Field.DATE).choice
    dates.first.setDate(QDate(2023, 5, 1))
    assert dates.since.isChecked()
    assert known.filters.narrowing().dates == Days(date(2023, 5, 1), None)
    assert known.filters.narrowing().said(Field.DATE) == "From 1 May 2023"
    dates.last.setDate(QDate(2023, 4, 1))  # before the first: the other way round
    assert known.filters.narrowing().dates == Days(date(2023, 4, 1), date(2023, 5, 1))
    dates.until.setChecked(False)
    dates.since.setChecked(False)
    assert known.filters.narrowing().dates is None
    known.filters.popup.close()


def test_length_has_steps(qtbot, known):
    click(qtbot, opened(known, Field.LENGTH).choice, 1)
    chosen = known.filters.chosen()
    assert (chosen.shortest_s, chosen.longest_s) == (60, 300)
    assert known.filters.narrowing().said(Field.LENGTH) == "1 to 5 min"


def test_a_library_without_values_says_so(window):
    popup = opened(window, Field.CAMERA)
    assert "No file here says" in popup.choice.nothing.text()
    assert not popup.choice.list.isVisible()
    popup.close()


def test_clearing_takes_all_filters_and_leaves_the_words(qtbot, known):
    known.search_box.line.setText("cat")
    assert not known.filters.clear_button.isVisible()
    known.kinds.choose(Modality.VIDEO)
    known.filters.narrow(Narrowing(tags=("dog",), dates=Recent.TODAY))
    assert known.filters.clear_button.isVisible()
    qtbot.mouseClick(known.filters.clear_button, LEFT)
    assert known.filters.chosen() == Filters()
    assert known.search_box.line.text() == "cat"
    assert not known.filters.clear_button.isVisible()


@pytest.mark.parametrize("width", [840, 900, 1100, 1400, 1900])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_what_does_not_fit_is_under_more_filters_and_nothing_is_clipped(
    qtbot, known, width, direction
):
    known.setLayoutDirection(direction)
    known.filters.narrow(Narrowing(place="Paris, France"))
    known.resize(width, 700)
    row = known.filters
    qtbot.waitUntil(lambda: known.width() == width)
    qtbot.wait(20)
    seen = [pill for pill in row.pills.values() if pill.isVisible()]
    assert len(seen) + len(row.hidden()) == len(Field)
    parts = [row.kinds, *seen, *([row.more] if row.hidden() else []), row.clear_button]
    for one in parts:
        assert row.rect().contains(one.geometry()), one
        assert one.width() >= one.sizeHint().width()
    for one, other in itertools.pairwise(parts):
        assert not one.geometry().intersects(other.geometry())
    assert row.more.isVisible() == bool(row.hidden())
    if width > 1000:
        assert row.pills[Field.PLACE].isVisible()  # it has a value
    elif not row.pills[Field.PLACE].isVisible():
        assert row.more.accessibleName() == "More filters (1): Place"


@pytest.mark.parametrize("narrowing", [Narrowing(), Narrowing(tags=("dog",))])
def test_with_the_largest_letters_filters_come_before_the_count_and_are_whole(
    qtbot, known, narrowing
):
    known.chosen.change(text_size=200)
    try:
        known.filters.narrow(narrowing)
        known.resize(1000, 700)
        row = known.filters
        qtbot.waitUntil(lambda: not known.count.isVisible())
        qtbot.wait(20)
        assert row.more.isVisible()
        for one in (row.kinds, row.more, row.clear_button):
            assert not one.isVisible() or row.rect().contains(one.geometry()), one
    finally:
        known.chosen.change(text_size=100)
    qtbot.waitUntil(known.count.isVisible)


def test_a_chip_that_does_not_fit_opens_from_more_filters(qtbot, known):
    known.resize(840, 700)
    qtbot.waitUntil(lambda: Field.TAG in known.filters.hidden())
    known.filters.more.click()
    (menu,) = [it for it in known.filters.findChildren(QMenu) if it.isVisible()]
    (action,) = [it for it in menu.actions() if it.text() == "Tag…"]
    menu.close()
    action.trigger()
    click(qtbot, known.filters.popup.choice, 0)
    assert known.filters.chosen().tags == {"beach"}
    known.filters.popup.close()


def test_no_close_matches_offers_to_drop_each_filter(qtbot, known, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    known.kinds.choose(Modality.AUDIO)
    known.filters.narrow(Narrowing(kinds=frozenset({Modality.AUDIO}), tags=("dog",)))
    known.search_box.line.setText("cat camera:canon")
    qtbot.waitUntil(lambda: known.pages.currentWidget() is known.nothing)
    buttons = known.nothing.offers.buttons
    assert [it.text() for it in buttons] == ["Sounds", "Tag: dog", "camera:canon"]
    assert buttons[1].accessibleName() == "Search without Tag: dog"
    qtbot.mouseClick(buttons[0], LEFT)
    qtbot.waitUntil(lambda: known.pages.currentWidget() is known.found)
    assert known.filters.chosen() == Filters(tags=frozenset({"dog"}))
    known.nothing.pressed.emit()
    assert known.filters.chosen() == Filters()
    assert known.search_box.line.text() == "cat"


def test_days_that_move_are_those_of_today():
    today = date(2024, 2, 29)
    assert days_of(Recent.TODAY, today) == Days(today, today)
    assert days_of(Recent.WEEK, today) == Days(date(2024, 2, 26), date(2024, 3, 3))
    assert days_of(Recent.MONTH, today) == Days(date(2024, 2, 1), today)
    assert days_of(Recent.MONTH, date(2023, 12, 31)) == Days(date(2023, 12, 1), date(2023, 12, 31))
    assert days_of(Recent.YEAR, today) == year(2024)


def test_what_is_chosen_and_typed_both_hold():
    chosen = Filters(
        modalities=frozenset({Modality.IMAGE, Modality.VIDEO}),
        folders=(Path("/a"),),
        since_s=10,
        until_s=50,
        cameras=frozenset({"Canon EOS R5"}),
        least_rating=2,
        tags=frozenset({"dog"}),
    )
    typed = Filters(
        modalities=frozenset({Modality.VIDEO, Modality.AUDIO}),
        folders=(Path("/a/b"), Path("/c")),
        since_s=20,
        name="x",
        cameras=frozenset({"canon"}),
        least_rating=4,
        tags=frozenset({"beach"}),
        phrases=("hello",),
    )
    assert both(chosen, typed) == Filters(
        modalities=frozenset({Modality.VIDEO}),
        folders=(Path("/a/b"),),
        since_s=20,
        until_s=50,
        name="x",
        cameras=frozenset({"Canon EOS R5"}),
        least_rating=4,
        tags=frozenset({"dog", "beach"}),
        phrases=("hello",),
    )
    assert both(chosen, Filters()) == chosen
    assert both(Filters(), typed) == typed


def test_a_typed_folder_is_looked_up_among_those_that_hold_files():
    known = [Path("/a/Trips"), Path("/b/Trips"), Path("/a/Trips/2023")]
    chosen, typed = Filters(folders=(Path("/a"),)), Filters(folders=(Path("trips"),))
    assert both(chosen, typed, known).folders == (Path("/a/Trips"),)


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        (Filters(folders=(Path("/a"),)), Filters(folders=(Path("/b"),))),
        (
            Filters(modalities=frozenset({Modality.IMAGE})),
            Filters(modalities=frozenset({Modality.TEXT})),
        ),
        (Filters(since_s=10), Filters(until_s=10)),
        (Filters(shortest_s=60), Filters(longest_s=50)),
        (Filters(cameras=frozenset({"Canon"})), Filters(cameras=frozenset({"Nikon"}))),
        (Filters(around=Around("Rome")), Filters(around=Around("Paris"))),
    ],
)
def test_what_nothing_can_pass_is_said(chosen, typed):
    with pytest.raises(BadInput):
        both(chosen, typed)


def test_a_length_between_is_said():
    assert Narrowing(length=Length(90, 120)).said(Field.LENGTH) == "1:30 to 2:00"
