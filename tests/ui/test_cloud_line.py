"""The footer's line about Amazon Nova: it tells how far it is, and leads to the dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nova_desktop.events import FoldersChanged
from nova_desktop.spending import FurtherStatus, Spent
from nova_desktop.ui.nova import paying
from tests.ui.fake_library import folder

PICTURES = Path("/pictures")


def further(*allowed: Path, held: str = "") -> FurtherStatus:
    return FurtherStatus("fake", "Amazon Nova in a test.", 12, 28, 0, held, allowed)


@pytest.fixture
def line(qtbot, window, library):
    library.further = further(PICTURES)
    window.link.refresh()
    qtbot.waitUntil(window.footer.nova.isVisible)
    return window.footer.nova


def test_without_amazon_nova_there_is_no_line(window):
    assert not window.footer.nova.isVisible()
    assert window.footer.engine.isVisible()


def test_the_line_opens_the_dialog_by_mouse_and_by_keyboard(qtbot, window, line):
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert window.verbs.sending.isVisible()
    window.verbs.sending.close()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert window.verbs.sending.isVisible()


def test_why_it_is_held_stands_in_place_of_the_numbers(qtbot, window, line, library):
    library.further = further(PICTURES, held="The sign-in is over. Run aws sso login.")
    window.link.refresh()
    wanted = "Amazon Nova: The sign-in is over. Run aws sso login."
    qtbot.waitUntil(lambda: line.whole() == wanted)
    assert line.toolTip().startswith(wanted)


def test_a_long_line_is_elided_and_its_name_is_not(qtbot, window, line, library):
    library.further = further(PICTURES, held="R&D " + "is not signed in. " * 20)
    window.link.refresh()
    qtbot.waitUntil(lambda: line.text().endswith("…"))
    assert line.text().startswith("Amazon Nova: R&&D")
    assert line.accessibleName().endswith("signed in. ")
    assert window.width() == 1280


def test_a_folder_that_is_added_is_said_to_stay_until_it_is_allowed(qtbot, window, line, library):
    holiday = Path("/holiday")
    library.folders.append(folder(holiday, waiting=2))
    library.tell(FoldersChanged())
    hint = "Amazon Nova: “holiday” stays on this computer until you allow it"
    qtbot.waitUntil(lambda: line.whole() == hint)
    window.link.refresh()  # the numbers change all the time
    with qtbot.waitSignal(window.link.status_known):
        pass
    assert line.whole() == hint
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: line.whole().startswith("Amazon Nova: 12 of 40"))


def test_the_hint_goes_when_the_dialog_is_opened_from_the_menu(qtbot, window, line, library):
    library.folders.append(folder(Path("/holiday"), waiting=2))
    library.tell(FoldersChanged())
    qtbot.waitUntil(lambda: "holiday" in line.whole())
    window.menus.sending.trigger()
    assert "holiday" not in line.whole()


def test_the_hint_goes_when_the_folder_is_allowed(qtbot, window, line, library):
    holiday = Path("/holiday")
    library.folders.append(folder(holiday, waiting=2))
    library.tell(FoldersChanged())
    qtbot.waitUntil(lambda: "holiday" in line.whole())
    library.further = further(PICTURES, holiday)
    library.tell(FoldersChanged())
    qtbot.waitUntil(lambda: "holiday" not in line.whole())


def test_what_was_there_at_the_start_and_what_may_be_sent_already_gets_no_hint():
    old, new, inner = Path("/old"), Path("/new"), Path("/may/inner")
    assert paying.added([old], [old, new, inner], [Path("/may")]) == (new,)
    assert paying.stays([old, new]).startswith("Amazon Nova: 2 new folders stay")


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "$0.00"), (0.00003, "under $0.0001"), (0.0736, "$0.0736"), (1204, "$1,204.00")],
)
def test_money_has_cents_or_what_a_picture_costs(amount, text):
    assert paying.usd(amount) == text


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [
        ("text", 2722, "2,722 tokens"),
        ("image", 1, "1 picture"),
        ("document image", 2, "2 pages"),
        ("audio", 25.2, "25 s"),
        ("video", 98, "1:38 min"),
        ("video", 3725, "1:02:05 h"),
    ],
)
def test_a_kind_is_told_in_what_it_is_paid_by(kind, number, text):
    assert paying.units(kind, number) == text


def test_nothing_allowed_yet_is_said_with_or_without_money():
    for spent in (None, Spent(0, 0, 0, 20, None)):
        assert paying.progress(further(), spent) == "Amazon Nova: no folder may be sent yet"
