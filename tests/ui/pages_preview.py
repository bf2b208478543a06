"""One result looked at: the preview pane, and the viewer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nova_desktop.closeup import Strength, Timeline
from nova_desktop.errors import TryLater
from nova_desktop.model import Modality
from nova_desktop.ui.preview.buttons import Buttons
from nova_desktop.ui.preview.canvas import Canvas
from nova_desktop.ui.preview.clipping import Clipping
from nova_desktop.ui.preview.details import Details
from nova_desktop.ui.preview.facts import Facts
from nova_desktop.ui.preview.passage import Passage
from nova_desktop.ui.preview.picture import Picture
from nova_desktop.ui.preview.player import Player
from nova_desktop.ui.preview.seekbar import SeekBar
from nova_desktop.ui.preview.stage import Stage as StageOfOne
from nova_desktop.ui.preview.timeline import TimelineBar
from nova_desktop.ui.preview.viewer import Viewer
from nova_desktop.ui.preview.viewer_bars import FactsPanel, TopBar
from nova_desktop.ui.preview.zoombar import ZoomBar
from tests.ui.pages import page
from tests.ui.stage import Stage


@page(Details, Facts, Picture, Buttons)
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


@page(Viewer, Canvas, TopBar, ZoomBar, StageOfOne)
def viewer_of_a_picture(stage: Stage) -> QWidget:
    return _viewer(stage, Modality.IMAGE)


@page(TimelineBar)
def viewer_of_a_film(stage: Stage) -> QWidget:
    return _viewer(stage, Modality.VIDEO)


@page()
def viewer_of_a_sound(stage: Stage) -> QWidget:
    return _viewer(stage, Modality.AUDIO)


@page()
def viewer_of_a_page(stage: Stage) -> QWidget:
    return _viewer(stage, Modality.DOCUMENT)


@page()
def viewer_of_a_text(stage: Stage) -> QWidget:
    return _viewer(stage, Modality.TEXT)


@page(FactsPanel)
def viewer_with_facts(stage: Stage) -> QWidget:
    viewer = _viewer(stage, Modality.VIDEO)
    viewer.toggle_facts()
    return viewer


@page(Clipping)
def viewer_where_a_clip_is_cut(stage: Stage) -> QWidget:
    viewer = _viewer(stage, Modality.VIDEO)
    viewer.stage.ask_for_clip()
    return viewer


def _viewer(stage: Stage, kind: Modality) -> Viewer:
    stage.folders()
    stage.open()
    hit = stage.result(kind, 3, long=True)
    lane = (Strength(0, 2, 0.3), Strength(2, 4, 1.0))
    stage.library.timelines[hit.path] = Timeline(6.0, lane, lane[:1], lane[1:])
    stage.show(hit)
    stage.window.showing.view(hit)
    viewer = stage.window.showing.viewer
    assert viewer
    stage.until(viewer.stage.loads.settled)
    return viewer
