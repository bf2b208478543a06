"""The page of models in the settings: fetching, stopping, using and removing them."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from nova_desktop.errors import NeedsUser
from nova_desktop.settings import Settings, load
from nova_desktop.shelf import Fetching
from tests.ui.fake_models import SHELF

TINY, MANY, WHISPER = "maker/tiny", "maker/many-languages", "maker/whisper"


@pytest.fixture
def dialog(qtbot, window, tmp_path):
    window.settings_file = tmp_path / "settings.toml"
    window.menus.settings.trigger()
    made = window.settings.dialog
    made.build()
    made.show_page(made.shelf)
    qtbot.waitUntil(lambda: len(made.models.rows) == len(SHELF))
    return made


@pytest.fixture
def here(library):
    """All of the shelf lies on this computer."""
    library.shelf = tuple(replace(one, folder=Path("/models") / one.name) for one in SHELF)


def press(qtbot, push):
    qtbot.waitUntil(lambda: not push.isHidden() and push.isEnabled())
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)


def test_each_says_what_it_is_what_it_weighs_and_under_which_licence(dialog):
    about = dialog.models.rows[MANY].about.text()
    assert about == "The best here. · sees pictures and films · Apache-2.0 · 690 MB"
    assert "writes down speech" in dialog.models.rows[WHISPER].about.text()
    assert dialog.models.rows[MANY].use.isHidden()


def test_a_fetch_shows_how_far_it_is_and_then_offers_the_model(qtbot, library, dialog):
    library.fetch_gate = threading.Event()
    library.far = (Fetching(TINY, 48_000_000, 96_000_000, "onnx/model.onnx"),)
    row = dialog.models.rows[TINY]
    press(qtbot, row.fetch)
    qtbot.waitUntil(lambda: row.about.text() == "Fetching: 48 MB of 96 MB")
    assert row.bar.value() == 500
    assert row.fetch.isHidden()
    assert not dialog.models.rows[MANY].fetch.isHidden()
    library.far = ()
    library.fetch_gate.set()
    qtbot.waitUntil(lambda: not row.use.isHidden())
    assert dialog.models.said.text() == "tiny is here."
    assert row.bar.isHidden()


def test_a_fetch_can_be_stopped_and_is_no_failure(qtbot, library, dialog):
    library.fetch_gate = threading.Event()
    library.far = (Fetching(TINY, 1, 96_000_000, "onnx/model.onnx"),)
    row = dialog.models.rows[TINY]
    press(qtbot, row.fetch)
    qtbot.waitUntil(lambda: not row.stop.isHidden())
    library.far = ()
    press(qtbot, row.stop)
    qtbot.waitUntil(lambda: dialog.models.said.text().startswith("Stopped."))
    assert not dialog.models.said.property("warning")
    qtbot.waitUntil(lambda: not row.fetch.isHidden())


def test_a_fetch_that_fails_says_why(qtbot, library, dialog):
    library.fetch_error = NeedsUser("The disk is full. Make room.")
    press(qtbot, dialog.models.rows[TINY].fetch)
    qtbot.waitUntil(lambda: dialog.models.said.text() == "The disk is full. Make room.")
    assert dialog.models.said.property("warning")
    assert not dialog.models.rows[TINY].fetch.isHidden()


@pytest.mark.usefixtures("here")
def test_a_model_is_used_beside_amazon_nova_where_that_is_used(qtbot, window, dialog):
    window.chosen.change(engine="nova")
    dialog.shelving.refresh()
    press(qtbot, dialog.models.rows[TINY].use)
    qtbot.waitUntil(lambda: window.chosen.now.engine == "clip+nova")
    assert window.chosen.now.clip_model == TINY
    qtbot.waitUntil(lambda: load(window.settings_file).clip_model == TINY)


@pytest.mark.usefixtures("here")
def test_a_speech_model_is_used_for_speech(qtbot, window, dialog):
    dialog.shelving.refresh()
    press(qtbot, dialog.models.rows[WHISPER].use)
    qtbot.waitUntil(lambda: window.chosen.now.speech_model == WHISPER)
    assert window.chosen.now.engine == "basic"


def test_a_model_in_use_can_be_left(qtbot, library, window, dialog):
    window.chosen.change(engine="clip", clip_model=TINY)
    library.shelf = (replace(SHELF[1], folder=Path("/m"), used=True), *SHELF[::2])
    dialog.shelving.refresh()
    qtbot.waitUntil(lambda: TINY in dialog.models.rows and dialog.models.rows[TINY].model.used)
    row = dialog.models.rows[TINY]
    assert row.about.text().startswith("In use · ")
    assert row.remove.isHidden()
    press(qtbot, row.leave)
    qtbot.waitUntil(lambda: window.chosen.now.engine == "basic")


@pytest.mark.usefixtures("here")
def test_what_the_library_refuses_is_not_chosen(qtbot, library, window, dialog):
    dialog.shelving.refresh()
    library.settings_error = NeedsUser("It ranks at chance.")
    press(qtbot, dialog.models.rows[TINY].use)
    qtbot.waitUntil(lambda: dialog.models.said.text() == "It ranks at chance.")
    assert window.chosen.now == Settings()


def test_a_folder_with_a_model_is_looked_at_and_used(qtbot, library, window, dialog, tmp_path):
    dialog.shelving.use_folder(str(tmp_path))
    qtbot.waitUntil(lambda: window.chosen.now.clip_model == str(tmp_path))
    assert ("check", str(tmp_path)) in library.models_asked
    assert window.chosen.now.engine == "clip"


@pytest.mark.usefixtures("here")
def test_removing_is_asked_about_first(qtbot, library, window, dialog):
    dialog.shelving.refresh()
    for text in ("Cancel", "Remove"):
        press(qtbot, dialog.models.rows[TINY].remove)
        boxes = [box for box in dialog.findChildren(QMessageBox) if box.isVisible()]
        button = next(it for it in boxes[-1].buttons() if it.text().replace("&", "") == text)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        if text == "Cancel":
            assert library.models_asked == []
    qtbot.waitUntil(lambda: ("remove", TINY) in library.models_asked)
    qtbot.waitUntil(lambda: not dialog.models.rows[TINY].fetch.isHidden())
    assert "are free again" in dialog.models.said.text()
    assert window.chosen.now == Settings()
