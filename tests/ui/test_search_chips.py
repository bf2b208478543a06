"""The chips of the search box: what they show, how much they count, and their keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from nova_desktop.errors import BadInput
from nova_desktop.model import Preview
from nova_desktop.query import Part
from nova_desktop.ui.search.chip import spoken
from nova_desktop.ui.search.weighing import WEIGHTS, nearest

LEFT = Qt.MouseButton.LeftButton


def part(path: str, weight: float = 1.0) -> Part:
    return Part(path=Path(path), weight=weight)


def png(color: Qt.GlobalColor) -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(color)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def asked(library) -> list[float]:
    """How much the first part counted in each question."""
    return [query.parts[0].weight for query in library.queries if query.parts]


def weigh(qtbot, window, at: int = 0):
    """Opens the small window of a chip by a click on it."""
    qtbot.mouseClick(window.search_box.parts[at].body, LEFT)
    made = window.search_box.parts.weighing
    assert made.isVisible()
    return made


def test_a_click_on_a_chip_says_how_much_it_counts(qtbot, window, library):
    window.search_box.add(part("/a/lion.jpg"))
    weighing = weigh(qtbot, window)
    assert weighing.weight() == 1.0
    weighing.slider.setValue(nearest(2.0))
    qtbot.waitUntil(lambda: asked(library)[-1:] == [2.0])
    assert window.search_box.chips() == ["×2 lion.jpg"]
    qtbot.mouseClick(weighing.less, LEFT)
    qtbot.waitUntil(lambda: asked(library)[-1:] == [-2.0])
    assert window.search_box.chips() == ["− ×2 lion.jpg"]
    chip = window.search_box.parts[0]
    assert chip.body.accessibleName() == "Less like lion.jpg, weight 2"
    assert chip.property("minus") is True
    qtbot.keyClick(weighing, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.search_box.parts.weighing is None)


def test_the_small_window_takes_a_chip_out(qtbot, window):
    window.search_box.add(part("/a/lion.jpg"), part("/a/cat.jpg"))
    qtbot.mouseClick(weigh(qtbot, window).remove, LEFT)
    assert window.search_box.chips() == ["cat.jpg"]


def test_weights_go_from_a_quarter_to_three():
    assert (WEIGHTS[0], WEIGHTS[-1]) == (0.25, 3.0)
    assert WEIGHTS[nearest(-0.25)] == 0.25
    assert WEIGHTS[nearest(100)] == 3.0


def test_arrows_go_to_the_chips_and_among_them(qtbot, window):
    box = window.search_box
    box.add(part("/a/1.jpg"), part("/a/2.jpg"))
    box.line.setText("cat")
    box.line.setFocus()
    box.line.setCursorPosition(1)
    qtbot.keyClick(box.line, Qt.Key.Key_Left)
    assert box.line.hasFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_Left)
    assert box.parts[1].body.hasFocus()
    qtbot.keyClick(box.parts[1].body, Qt.Key.Key_Left)
    assert box.parts[0].body.hasFocus()
    qtbot.keyClick(box.parts[0].body, Qt.Key.Key_Delete)
    assert box.chips() == ["2.jpg"]
    assert box.parts[0].body.hasFocus()
    qtbot.keyClick(box.parts[0].body, Qt.Key.Key_Right)
    assert box.line.hasFocus()


def test_arrows_are_mirrored_where_the_language_is(qtbot, window):
    box = window.search_box
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    box.add(part("/a/1.jpg"), part("/a/2.jpg"))
    box.line.setFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_Right)
    assert box.parts[1].body.hasFocus()
    qtbot.keyClick(box.parts[1].body, Qt.Key.Key_Right)
    assert box.parts[0].body.hasFocus()
    assert box.parts[0].x() > box.parts[1].x()
    box.line.setFocus()
    box.line.setText("cat")  # reads to the right wherever it stands
    box.line.setCursorPosition(0)
    qtbot.keyClick(box.line, Qt.Key.Key_Right)
    assert box.line.hasFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_Home)
    qtbot.keyClick(box.line, Qt.Key.Key_Left)
    assert box.parts[1].body.hasFocus()


def test_enter_on_a_chip_weighs_it_and_plus_and_minus_turn_it(qtbot, window):
    box = window.search_box
    box.add(part("/a/1.jpg"))
    box.parts.enter()
    chip = box.parts[0]
    qtbot.keyClick(chip.body, Qt.Key.Key_Minus)
    assert box.parts.parts()[0].weight == -1.0
    qtbot.keyClick(chip.body, Qt.Key.Key_Plus)
    assert box.parts.parts()[0].weight == 1.0
    qtbot.keyClick(chip.body, Qt.Key.Key_Return)
    assert box.parts.weighing.isVisible()
    box.parts.weighing.close()


def test_words_become_a_chip_by_shift_and_enter_and_forms_stay(qtbot, window, library):
    box = window.search_box
    box.add(part("/a/lion.jpg"))
    box.line.setFocus()
    qtbot.keyClicks(box.line, "at night -people type:photo")
    qtbot.keyClick(box.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert box.chips() == ["lion.jpg", "“at night”", "− “people”"]
    assert box.line.text() == "type:photo "
    qtbot.waitUntil(lambda: bool(library.queries) and len(library.queries[-1].parts) == 3)
    assert [(it.text, it.weight) for it in library.queries[-1].parts] == [
        ("", 1.0),
        ("at night", 1.0),
        ("people", -1.0),
    ]


def test_the_plus_makes_a_chip_of_the_words(qtbot, window):
    box = window.search_box
    assert not box.apart_button.isVisible()
    qtbot.keyClicks(box.line, "at night")
    qtbot.mouseClick(box.apart_button, LEFT)
    assert box.chips() == ["“at night”"]
    assert box.line.hasFocus()
    assert not box.apart_button.isVisible()


def test_the_words_of_a_chip_can_be_changed(qtbot, window):
    box = window.search_box
    box.add(Part(text="people", weight=-1.0))
    qtbot.mouseClick(weigh(qtbot, window).edit, LEFT)
    assert box.chips() == []
    assert box.line.text() == "-people"


def test_a_chip_shows_its_picture_and_keeps_its_icon_where_there_is_none(qtbot, window, library):
    library.previews[Path("/a/lion.jpg")] = Preview(jpeg=png(Qt.GlobalColor.red))
    library.previews[Path("/a/broken.mp4")] = BadInput("It is damaged.")
    window.search_box.add(part("/a/lion.jpg"), part("/a/broken.mp4"), Part(data=png("blue")))

    def middle(at: int):
        icon = window.search_box.parts[at].body.icon().pixmap(24, 24).toImage()
        return icon.pixelColor(icon.width() // 2, icon.height() // 2)

    qtbot.waitUntil(lambda: middle(0).red() > 240 and middle(0).blue() < 20)
    qtbot.waitUntil(lambda: middle(2).blue() > 240 and middle(2).red() < 20)
    assert window.search_box.chips() == ["lion.jpg", "broken.mp4", "pasted picture"]
    assert Path("/a/broken.mp4") in library.previewed


def test_a_chip_says_its_path_and_no_control_character(window):
    window.search_box.add(part("/a/two\nlines & more.jpg"))
    (chip,) = window.search_box.parts
    assert chip.text() == "two lines & more.jpg"
    assert chip.body.text() == "two lines && more.jpg"
    assert chip.body.toolTip().startswith("/a/two lines & more.jpg")
    assert spoken(chip.part) == "More like two lines & more.jpg, weight 1"


def test_the_same_file_is_not_added_twice(window):
    window.search_box.add(part("/a/1.jpg"))
    window.search_box.add(part("/a/1.jpg"), part("/a/2.jpg"))
    assert window.search_box.chips() == ["1.jpg", "2.jpg"]


@pytest.mark.parametrize("width", [760, 1280])
def test_chips_leave_room_for_words_however_many_and_long(qtbot, window, width):
    window.resize(width, 700)
    names = [f"/a/a very long name of a file that goes on {n}.jpg" for n in range(6)]
    window.search_box.add(*(part(name) for name in names))
    QTest.qWait(20)
    box = window.search_box
    assert box.line.width() >= 120
    last = box.parts[5]
    right = last.mapTo(box, last.rect().topRight()).x()
    assert right < box.line.x()
    assert all(chip.close_button.isVisible() for chip in box.parts)
